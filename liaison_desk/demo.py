"""The story from the roster to the county's desk, unattended, on the sample files."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.exports.packet_papers import PacketPapers
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import MadePacket, PacketOrder, make_packet
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.sample import fill_sample, read_story
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"
TOWNSHIP_FILE, COUNTY_FILE = "乡镇资料.db", "县级资料.db"
_COUNTED = (Membership, Meeting, Minutes, Matter)


class Demo:
    """Leaves in a folder everything that the story makes, and a summary naming it.

    Args:
        folder: made when it is not there; must not hold an earlier demo.
        take_pictures: saves a picture of each page of a desk in a folder.
    """

    def __init__(self, folder: Path, take_pictures: Callable[[Desk, Path], list[Path]]) -> None:
        self._folder = folder
        self._take_pictures = take_pictures
        self._files: dict[str, str] = {}
        self._pictures: list[str] = []

    def run(self) -> dict[str, Any]:
        """Live the story through; the summary, which is also in summary.json.

        Raises:
            DeskError: the folder cannot be written, or holds a demo already.
        """
        self._make_folder()
        township = Database.open(self._folder / TOWNSHIP_FILE)
        try:
            desk = Desk(township, operator="李文书")
            fill_sample(desk, SAMPLE)
            made = self._make_packet(desk)
            counts = {"township": _counts(desk)}
            self._picture(desk, "界面图")
            well = not faults(township)
        finally:
            township.close()
        counts["county"], again, is_county_well = self._receive(made)
        self._unpack(made)
        summary = {
            "files": self._files | {"township": TOWNSHIP_FILE, "county": COUNTY_FILE},
            "pictures": self._pictures,
            "counts": counts,
            "packet_again": again,
            "packet_sha256": made.sha256,
            "well": well and is_county_well,
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self._folder / "summary.json").write_text(text + "\n", "utf-8")
        return summary

    def _make_folder(self) -> None:
        """A folder without an earlier demo."""
        if (self._folder / TOWNSHIP_FILE).exists():
            raise DeskError(f"“{self._folder}”里已经有一次演示，没有改动它。请另写一个文件夹。")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeskError(f"文件夹“{self._folder}”建不了。请换一个可以写入的地方。") from error

    def _picture(self, desk: Desk, folder: str) -> None:
        """Pictures of every page of a desk."""
        taken = self._take_pictures(desk, self._folder / folder)
        self._pictures += [str(each.relative_to(self._folder)) for each in taken]

    def _make_packet(self, desk: Desk) -> MadePacket:
        """The packet of the last ninety days."""
        stick = self._folder / "U盘"
        stick.mkdir(exist_ok=True)
        order = PacketOrder(desk.today - timedelta(days=90), desk.today)
        made = make_packet(desk, order, stick, PacketPapers(desk, FontBook, desk.today))
        self._files["packet"] = str(made.path.relative_to(self._folder))
        return made

    def _receive(self, made: MadePacket) -> tuple[dict[str, int], str, bool]:
        """Take the packet in at the county, twice.

        Returns:
            What is there, what the second time said, and whether the county's file is well.
        """
        county = Database.open(self._folder / COUNTY_FILE)
        try:
            desk = Desk(county, operator="王科员")
            desk.set_up(Office(**read_story(SAMPLE)["county"]))
            apply_plan(desk, plan_reception(desk, read_packet(made.path)))
            again = apply_plan(desk, plan_reception(desk, read_packet(made.path)))
            self._picture(desk, "县级界面图")
            return _counts(desk), again.summary, not faults(county)
        finally:
            county.close()

    def _unpack(self, made: MadePacket) -> None:
        """Lay the papers of the packet open beside it."""
        with zipfile.ZipFile(made.path) as archive:
            for name in archive.namelist():
                if name.startswith(("纪要/", "台账/")):
                    archive.extract(name, self._folder)
                    kind = "minutes" if name.startswith("纪要/") else Path(name).stem
                    self._files[kind] = name


def _counts(desk: Desk) -> dict[str, int]:
    """How many records of the main types a desk has."""
    return {each.table: len(desk.find(each)) for each in _COUNTED}
