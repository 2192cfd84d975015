"""Ledgers as workbooks with a sheet for each year."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
import pytest

from liaison_desk.domain.membership import Membership
from liaison_desk.exports.excel import write_ledgers
from liaison_desk.exports.yearly import BOOKS, LedgerBook, Period, yearly
from tests import factory

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from liaison_desk.services.desk import Desk

TODAY = date(2026, 3, 9)
ROSTER, MEETINGS, MATTERS, OPINIONS, ACTIVITIES = BOOKS
HEAD_ROWS = 3


def book_of(desk: Desk, book: LedgerBook, period: Period | None = None) -> Workbook:
    """The workbook, written and read back."""
    assert desk.office is not None
    made = io.BytesIO()
    write_ledgers(made, yearly(desk, desk.office, book, TODAY, period))
    return openpyxl.load_workbook(made)


def names(book: Workbook, head: str) -> dict[str, list[object]]:
    """What stands under a head, sheet by sheet, without the totals."""
    found: dict[str, list[object]] = {}
    for sheet in book.worksheets:
        column = next(cell.column for cell in sheet[HEAD_ROWS] if cell.value == head)
        rows = range(HEAD_ROWS + 1, sheet.max_row)
        found[sheet.title] = [sheet.cell(row, column).value for row in rows]
    return found


def two_years_of_meetings(desk: Desk) -> None:
    for name, day in (
        ("今年二月", datetime(2026, 2, 5, 9)),
        ("去年十二月", datetime(2025, 12, 30, 9)),
        ("今年一月", datetime(2026, 1, 8, 9)),
    ):
        factory.meeting(desk, name, held_at=day)


def test_each_year_has_a_sheet_with_its_records_by_day(desk: Desk) -> None:
    two_years_of_meetings(desk)
    assert names(book_of(desk, MEETINGS), "名称") == {
        "2025": ["去年十二月"],
        "2026": ["今年一月", "今年二月"],
    }


def test_every_sheet_is_a_page_to_print_with_its_own_totals(desk: Desk) -> None:
    two_years_of_meetings(desk)
    book = book_of(desk, MEETINGS)
    for sheet, count in zip(book.worksheets, (1, 2), strict=True):
        end = HEAD_ROWS + count
        assert sheet["A1"].value == "协商活动台账"
        assert f"　　{sheet.title}年　　" in str(sheet["A2"].value)
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.print_area == f"'{sheet.title}'!$A$1:$L${end + 1}"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == (
            "landscape",
            9,
        )
        assert sheet.cell(end + 1, 3).value == f"=COUNTA(C4:C{end})"


def test_a_period_leaves_the_rest_out_and_is_said_on_the_sheet(desk: Desk) -> None:
    two_years_of_meetings(desk)
    book = book_of(desk, MEETINGS, Period(since=date(2026, 2, 1), until=date(2026, 3, 31)))
    assert names(book, "名称") == {"2026": ["今年二月"]}
    assert "2026年2月1日至2026年3月31日" in str(book.worksheets[0]["A2"].value)
    assert names(book_of(desk, MEETINGS, Period.of_year(2025)), "名称") == {"2025": ["去年十二月"]}


def test_what_has_no_day_stands_on_a_sheet_of_its_own(desk: Desk) -> None:
    factory.opinion(desk, "有日期")
    factory.opinion(desk, "没日期", reported_on=None)
    assert names(book_of(desk, OPINIONS), "标题") == {"2026": ["有日期"], "日期未填": ["没日期"]}


def test_a_matter_stands_once_on_the_sheet_of_the_year_it_was_handed_over(desk: Desk) -> None:
    factory.matter(desk, "去年交办", handed_over_on=date(2025, 12, 1))
    factory.matter(desk, "未交办")
    assert names(book_of(desk, MATTERS), "事项") == {"2025": ["去年交办"], "2026": ["未交办"]}


def test_the_roster_of_a_year_has_those_who_served_in_it(desk: Desk) -> None:
    for name, since, until in (
        ("一直在任", date(2022, 1, 8), None),
        ("去年离任", date(2022, 1, 8), date(2025, 6, 1)),
        ("今年增补", date(2026, 2, 1), None),
    ):
        who = factory.person(desk, name)
        status = "辞去" if until else "在任"
        desk.save(
            Membership(person=who.id, term="第十二届", since=since, until=until, status=status)
        )
    assert sorted(map(str, names(book_of(desk, ROSTER), "姓名")["2026"])) == [
        "一直在任",
        "今年增补",
    ]
    both = names(book_of(desk, ROSTER, Period(since=date(2025, 1, 1))), "姓名")
    assert sorted(map(str, both["2025"])) == ["一直在任", "去年离任"]
    assert "去年离任" not in both["2026"]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.key)
def test_a_ledger_without_records_is_an_empty_sheet_of_this_year(
    desk: Desk, book: LedgerBook
) -> None:
    made = book_of(desk, book)
    assert made.sheetnames == ["2026"]
    assert made.worksheets[0]["A1"].value == book.title


def test_libreoffice_takes_the_sheets_as_they_are(desk: Desk, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    assert desk.office is not None
    for number in range(70):
        held_at = datetime(2025 + number % 2, 1 + number % 12, 5, 9)
        factory.meeting(desk, f"第{number}次协商会", held_at=held_at)
    path = tmp_path / "台账.xlsx"
    write_ledgers(path, yearly(desk, desk.office, MEETINGS, TODAY))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for form in ("xlsx:Calc MS Excel 2007 XML", "pdf"):
        subprocess.run(
            [
                soffice,
                profile,
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                tmp_path / "b",
                path,
            ],
            check=True,
            capture_output=True,
        )
    again = openpyxl.load_workbook(tmp_path / "b" / "台账.xlsx")
    assert again.sheetnames == ["2025", "2026"]
    values = openpyxl.load_workbook(tmp_path / "b" / "台账.xlsx", data_only=True)
    for sheet in again.worksheets:
        # What is frozen belongs to a window; LibreOffice has none here and writes it not.
        assert sheet.print_title_rows == "$3:$3"
        assert isinstance(sheet["B4"].value, datetime)
        assert sheet["C39"].value == "=COUNTA(C4:C38)"
        assert values[sheet.title]["C39"].value == 35
    pages = [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(tmp_path / "b" / "台账.pdf")
    ]
    assert len(pages) > 2
    assert all("序号" in page and "纪要编号" in page for page in pages)  # the head on each
