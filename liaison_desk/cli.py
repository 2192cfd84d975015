"""The command line: the same deeds without a window, for automation."""

from __future__ import annotations

import argparse
import json
import re
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from liaison_desk.demo import Demo
from liaison_desk.domain.errors import DeskError
from liaison_desk.exports.packet_papers import PacketPapers
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.handoff.report import describe
from liaison_desk.services.importing import apply_roster, plan_roster_file
from liaison_desk.store.backup import open_database
from liaison_desk.store.check import faults
from liaison_desk.store.errors import DamagedFile, FileMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

OK, NOT_WELL, WRONG_CALL, REFUSED = 0, 1, 2, 3
_EPILOG = """\
退出码：
  0  完成（预览也算完成）
  1  检查发现资料有问题
  2  命令写得不对
  3  没有做成：文件打不开、磁盘已满、报送包不完整等；资料没有改动

例：
  liaison-desk --file 资料.db
  liaison-desk import-roster 名册.xlsx --file 资料.db --yes
  liaison-desk export-packet --file 资料.db --from 2026-01-01 --to 2026-03-31 --out /media/U盘
"""
_USAGE = "liaison-desk [--file 资料文件] [命令] [选项]"


_COMPLAINTS = (
    (r"the following arguments are required: (.*)", r"还缺 \1"),
    (r"argument .*: invalid choice: ('.*?') .*", r"没有 \1 这个命令"),
    (r"unrecognized arguments: (.*)", r"多了 \1"),
    (r"argument (.*?): expected one argument", r"\1 后面要写内容"),
    (r"argument (.*?): (.*)", r"\2"),
)
"""What argparse says of a wrong call, and the same in Chinese."""


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # argparse's own options
        super().__init__(
            add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """The help without English."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and how to get help."""
        for english, chinese in _COMPLAINTS:
            message, changed = re.subn(f"^{english}$", chinese, message)
            if changed:
                break
        sys.stderr.write(f"命令写得不对：{message}。加 --help 看说明，什么也没有改动。\n")
        sys.exit(WRONG_CALL)


class Commands:
    """One method for each command; each returns the exit code.

    Args:
        open_window, take_pictures: what needs Qt, brought in from outside.
    """

    def __init__(
        self,
        open_window: Callable[[Path | None, bool], int],
        take_pictures: Callable[[Desk, Path], list[Path]],
    ) -> None:
        self._open_window = open_window
        self._take_pictures = take_pictures

    def window(self, asked: argparse.Namespace) -> int:
        """Show the window."""
        return self._open_window(asked.file, asked.quit_after_paint)

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
            plan = plan_roster_file(desk, asked.source, term=asked.term)
            told: dict[str, Any] = {
                "summary": plan.summary,
                "term": plan.term,
                "columns": {each.heading: each.label for each in plan.columns},
                "people": [
                    {"row": row.number, "state": str(row.state), "name": row.person.name}
                    for row in plan.rows
                ],
                "left_out": [
                    {"row": each.row, "text": each.text, "reason": each.reason}
                    for each in (*plan.problems, *plan.left_out)
                ],
                "written": asked.yes,
            }
            if asked.yes:
                apply_roster(desk, plan)
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
        """Look a data file over; one that is too damaged to be opened is not well either."""
        try:
            with _desk(asked.file) as desk:
                found = faults(desk.database)
        except DamagedFile as error:
            found = [str(error)]
        said = "\n".join(found) or "资料完好：文件、关联、附件、改动记录、查找索引都一致。"
        _answer(asked, {"well": not found, "faults": found}, said)
        return NOT_WELL if found else OK


def run(
    arguments: Sequence[str],
    *,
    open_window: Callable[[Path | None, bool], int],
    take_pictures: Callable[[Desk, Path], list[Path]],
) -> int:
    """Do what the arguments ask for; the exit code."""
    asked = make_parser().parse_args(arguments)
    commands = Commands(open_window, take_pictures)
    try:
        code: int = getattr(commands, asked.command)(asked)
    except DeskError as error:
        if getattr(asked, "json", False):
            print(json.dumps({"error": str(error)}, ensure_ascii=False))
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return code


def make_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = _Parser(prog="liaison-desk", usage=_USAGE, description="协商联络台", epilog=_EPILOG)
    parser.add_argument(
        "--file", type=Path, metavar="资料文件", help="资料文件；不写就打开上次用的那个"
    )
    parser.add_argument("--quit-after-paint", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(command="window")
    commands = parser.add_subparsers(title="命令", metavar="", parser_class=_Parser)

    demo = _command(commands, "demo", "文件夹", "用示例资料把整件工作走一遍，结果放进文件夹")
    demo.add_argument("folder", type=Path, metavar="文件夹", help="可以还不存在")

    told = "导入委员名册；不加 --yes 只看预览"
    roster = _command(commands, "import-roster", "名册 --file 资料文件 [--yes]", told)
    roster.add_argument("source", type=Path, metavar="名册", help=".xlsx、.xls、.ods 或 .csv")
    roster.add_argument("--term", metavar="届次", help="如 第十二届；不写就从标题里读")

    usage = "--file 资料文件 --from 日期 --to 日期 --out 文件夹"
    packet = _command(commands, "export-packet", usage, "做报送包")
    for option, name, what in (("--from", "begin", "起始日期"), ("--to", "end", "截止日期")):
        packet.add_argument(
            option,
            dest=name,
            type=_day,
            required=True,
            metavar="日期",
            help=f"{what}，如 2026-03-31",
        )
    packet.add_argument("--out", type=Path, required=True, metavar="文件夹", help="如U盘上的文件夹")
    packet.add_argument("--with-identity", action="store_true", help="带上身份证号")

    told = "县级接收报送包；不加 --yes 只看预览"
    receive = _command(commands, "import-packet", "报送包 --file 资料文件 [--yes]", told)
    receive.add_argument("source", type=Path, metavar="报送包", help=".zip 文件")

    check = _command(commands, "check", "--file 资料文件", "检查资料文件是否完好")
    for each in (roster, packet, receive, check):
        each.add_argument("--file", type=Path, required=True, metavar="资料文件", help="必须写")
    for each in (roster, receive):
        each.add_argument("--yes", action="store_true", help="同意写入")
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],  # argparse has no public name for it
    name: str,
    usage: str,
    told: str,
) -> argparse.ArgumentParser:
    """One command."""
    usage = f"liaison-desk {name} {usage} [--json]"
    parser = commands.add_parser(name, usage=usage, help=told, description=told)
    parser.set_defaults(command=name.replace("-", "_"))
    parser.add_argument("--json", action="store_true", help="结果以 JSON 写到标准输出")
    return parser


def _day(text: str) -> date:
    """A date on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期“{text}”请写成 2026-03-31") from error


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


def _answer(asked: argparse.Namespace, told: dict[str, Any], sentence: str) -> None:
    """Print the result, as JSON or in words."""
    print(json.dumps(told, ensure_ascii=False, indent=2) if asked.json else sentence)


def _written(asked: argparse.Namespace) -> str:
    """Whether anything was written."""
    return "已写入。" if asked.yes else "这是预览，什么也没有写入；加 --yes 才写入。"
