"""The papers that a packet brings to a county without the program."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from liaison_desk.domain.record import with_values
from liaison_desk.exports.packet_papers import PacketPapers
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.words import CannotPrint
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.minutes import draft_minutes, finalise
from tests import factory

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.minutes import Minutes
    from liaison_desk.services.desk import Desk

FIRST_QUARTER = PacketOrder(date(2026, 1, 1), date(2026, 3, 31))
SECOND_QUARTER = PacketOrder(date(2026, 4, 1), date(2026, 6, 30))


def printed_minutes(desk: Desk, stick: Path, order: PacketOrder) -> list[str]:
    """The names of the minutes in a packet."""
    papers = PacketPapers(desk, lambda: FontBook(bundled_only=True), desk.today)
    with zipfile.ZipFile(make_packet(desk, order, stick, papers).path) as archive:
        return [name for name in archive.namelist() if name.startswith("纪要/")]


def final_minutes(desk: Desk, name: str, dated: date, host: str = "张伟") -> Minutes:
    """Final minutes of a meeting in March 2026."""
    held = factory.meeting(desk, name)
    factory.attendance(desk, held, factory.person(desk, host))
    return finalise(desk, with_values(draft_minutes(desk, held), {"dated": dated}))


def set_clock(desk: Desk, moment: datetime) -> None:
    """Move the wall clock of a test's desk."""
    assert isinstance(desk.now, factory.Clock)
    desk.now.moment = moment


def test_minutes_that_became_final_after_their_packet_come_with_the_next(
    desk: Desk, tmp_path: Path
) -> None:
    final_minutes(desk, "按时", date(2026, 3, 12))
    set_clock(desk, datetime(2026, 4, 2, 9, 0))
    assert len(printed_minutes(desk, tmp_path, FIRST_QUARTER)) == 1
    final_minutes(desk, "迟到", date(2026, 3, 30))
    set_clock(desk, datetime(2026, 7, 2, 9, 0))
    assert printed_minutes(desk, tmp_path, SECOND_QUARTER) == [
        "纪要/〔2026〕2号_关于迟到的协商纪要.pdf"
    ]


def test_minutes_come_as_files_to_be_kept_for_good(desk: Desk, tmp_path: Path) -> None:
    final_minutes(desk, "三月", date(2026, 3, 12))
    papers = PacketPapers(desk, lambda: FontBook(bundled_only=True), desk.today)
    with zipfile.ZipFile(make_packet(desk, FIRST_QUARTER, tmp_path, papers).path) as archive:
        (name,) = (each for each in archive.namelist() if each.startswith("纪要/"))
        assert b"<pdfaid:part>2</pdfaid:part>" in archive.read(name)


def test_the_five_ledgers_come_with_what_is_of_the_period(desk: Desk, tmp_path: Path) -> None:
    factory.opinion(desk, "三月的信息", reported_on=date(2026, 3, 3))
    factory.opinion(desk, "二月的信息", reported_on=date(2026, 2, 3))
    factory.opinion(desk, "去年的信息", reported_on=date(2025, 12, 3))
    factory.activity(desk, "三月接待日")
    papers = PacketPapers(desk, lambda: FontBook(bundled_only=True), desk.today)
    with zipfile.ZipFile(make_packet(desk, FIRST_QUARTER, tmp_path, papers).path) as archive:
        ledgers = [name for name in archive.namelist() if name.startswith("台账/")]
        assert ledgers == [
            f"台账/{title}.xlsx"
            for title in ("委员名册", "协商活动台账", "办理事项台账", "社情民意台账", "活动台账")
        ]
        opinions = openpyxl.load_workbook(io.BytesIO(archive.read(ledgers[3]))).worksheets[0]
        activities = openpyxl.load_workbook(io.BytesIO(archive.read(ledgers[4]))).worksheets[0]
    assert [row[3].value for row in opinions.iter_rows(min_row=4)][:-1] == [
        "二月的信息",
        "三月的信息",
    ]
    assert activities["D4"].value == "三月接待日"


def test_a_first_packet_brings_no_minutes_of_an_earlier_period(desk: Desk, tmp_path: Path) -> None:
    final_minutes(desk, "三月", date(2026, 3, 12))
    assert printed_minutes(desk, tmp_path, SECOND_QUARTER) == []


def test_a_packet_that_cannot_be_printed_says_for_which_minutes(desk: Desk, tmp_path: Path) -> None:
    final_minutes(desk, "生僻字", date(2026, 3, 12), host="陆\U00030ede")
    with pytest.raises(CannotPrint, match=r"报送包没有做成.*〔2026〕1号纪要排不出来.*U\+30EDE"):
        printed_minutes(desk, tmp_path, FIRST_QUARTER)
    assert list(tmp_path.glob("*.zip")) == []
