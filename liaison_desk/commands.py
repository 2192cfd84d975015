"""The commands: the same deeds as in the window, for automation."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from liaison_desk.demo import Demo
from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.names import mask, mask_numbers
from liaison_desk.exports.packet_papers import PacketPapers
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.handoff.report import describe
from liaison_desk.services.importing import ROSTER, Options, apply_import, plan_file
from liaison_desk.store.backup import open_database
from liaison_desk.store.check import Findings, look_over
from liaison_desk.store.errors import DamagedFile, FileMissing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from liaison_desk.services.importing import LeftOut

OK, NOT_WELL = 0, 1


class Commands:
    """One method for each command; each returns the exit code.

    Args:
        take_pictures: what needs Qt, brought in from outside.
    """

    def __init__(self, take_pictures: Callable[[Desk, Path], list[Path]]) -> None:
        self._take_pictures = take_pictures

    def demo(self, asked: argparse.Namespace) -> int:
        """Live the whole story through, unattended."""
        summary = Demo(asked.folder, self._take_pictures).run()
        lines = [
            f"演示做好了，都在“{asked.folder}”里：",
            *(f"  {path}" for path in summary["files"].values()),
            f"  界面图 {len(summary['pictures'])} 张",
            "  summary.json（各有多少条、校验码）",
        ]
        _answer(asked, summary, "\n".join(lines))
        return OK

    def import_roster(self, asked: argparse.Namespace) -> int:
        """Show what a roster would change; with --yes, import it."""
        with _desk(asked.file) as desk:
            plan = plan_file(desk, asked.source, ROSTER, Options(term=asked.term))
            told: dict[str, Any] = {
                "summary": plan.summary,
                "term": plan.term,
                "columns": {
                    each.column.heading: plan.mapping.label(each.column.position)
                    for each in plan.mapping.columns
                },
                "people": [
                    {"row": row.number, "state": str(row.state), "name": row.caption}
                    for row in plan.rows
                ],
                "left_out": [
                    {"row": each.row, "text": _veiled(each), "reason": each.reason}
                    for each in (*plan.problems, *plan.left_out)
                ],
                "written": asked.yes,
            }
            if asked.yes:
                apply_import(desk, plan)
        left_out = [f"第{each['row']}行没有导入：{each['reason']}" for each in told["left_out"]]
        _answer(asked, told, "\n".join((told["summary"], *left_out, _written(asked))))
        return OK

    def export_packet(self, asked: argparse.Namespace) -> int:
        """Make a packet in a folder."""
        with _desk(asked.file) as desk:
            papers = PacketPapers(desk, FontBook, desk.today)
            order = PacketOrder(asked.begin, asked.end, asked.with_identity)
            made = make_packet(desk, order, asked.out, papers)
        told = {
            "path": str(made.path),
            "number": made.number,
            "sha256": made.sha256,
            "size": made.size,
        }
        _answer(asked, told, f"报送包已做好并核对：{made.path}\n校验码 {made.sha256}")
        return OK

    def import_packet(self, asked: argparse.Namespace) -> int:
        """Show what a packet would change; with --yes, take it in."""
        with _desk(asked.file) as desk:
            plan = plan_reception(desk, read_packet(asked.source))
            report = describe(plan)
            told: dict[str, Any] = {
                "title": report.title,
                "summary": report.summary,
                "notices": list(report.notices),
                "new": {each.title: len(each.new) for each in report.types},
                "changed": {each.title: len(each.changed) for each in report.types},
                "already_known": report.is_known,
                "written": asked.yes,
            }
            if asked.yes:
                told["summary"] = apply_plan(desk, plan).summary
        lines = (report.title, told["summary"], *report.notices, _written(asked))
        _answer(asked, told, "\n".join(lines))
        return OK

    def check(self, asked: argparse.Namespace) -> int:
        """Look a data file over and mend its index; one too damaged to be opened is not well."""
        try:
            with _desk(asked.file) as desk:
                found = look_over(desk.database)
        except DamagedFile as error:
            found = Findings((str(error),))
        is_well = not found.faults
        told = {"well": is_well, "faults": list(found.faults), "mended": list(found.mended)}
        _answer(asked, told, "\n".join(found.told))
        return OK if is_well else NOT_WELL


@contextmanager
def _desk(path: Path) -> Iterator[Desk]:
    """The desk of an existing data file, for one command."""
    if not path.exists():
        raise FileMissing(f"找不到资料文件“{path}”。请核对文件名和文件夹。")
    database = open_database(path)
    try:
        desk = Desk(database)
        office = desk.office
        if office is None:
            raise DeskError("这个资料文件还没有登记本室。请先打开窗口完成登记。")
        desk.operator = office.clerk
        yield desk
    finally:
        database.close()


def _veiled(left: LeftOut) -> str:
    """What was not imported; of a personal cell or row no number, as the answer may be kept."""
    if not left.is_personal:
        return left.text
    return mask(left.text) if left.place else mask_numbers(left.text)


def _answer(asked: argparse.Namespace, told: dict[str, Any], sentence: str) -> None:
    """Print the result, as JSON or in words."""
    print(json.dumps(told, ensure_ascii=False, indent=2) if asked.json else sentence)


def _written(asked: argparse.Namespace) -> str:
    """Whether anything was written."""
    return "已写入。" if asked.yes else "这是预览，什么也没有写入；加 --yes 才写入。"
