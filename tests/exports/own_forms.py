"""A meeting with what hangs on it, and forms made and read back, for the tests of own forms."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
from docx import Document
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from liaison_desk.exports.fill_in import fill_in
from liaison_desk.exports.form_names import FormValues
from tests import factory

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument
    from openpyxl.workbook import Workbook

    from liaison_desk.domain.meeting import Meeting
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.fill_in import FilledForm
    from liaison_desk.services.desk import Desk

TODAY = date(2026, 3, 9)


def values(desk: Desk, record: Record | None, *, show_personal: bool = False) -> FormValues:
    """What the names stand for."""
    assert desk.office is not None
    return FormValues(desk, desk.office, TODAY, record, show_personal=show_personal)


def filled(
    desk: Desk, record: Record | None, path: Path, *, show_personal: bool = False
) -> FilledForm:
    """A form, filled in."""
    return fill_in(path, values(desk, record, show_personal=show_personal))


def meeting_with(desk: Desk, matters: int = 2) -> Meeting:
    """A meeting that agreed on some matters."""
    held = factory.meeting(desk)
    agency = factory.agency(desk).id
    for number in range(1, matters + 1):
        factory.consensus(desk, held, f"事项{number}", position=number, agency=agency)
    return held


def saved(book: Workbook, folder: Path) -> Path:
    """A workbook on the disk."""
    path = folder / "表.xlsx"
    book.save(path)
    return path


def sheet_of(form: FilledForm, title: str = "") -> Worksheet:
    """A sheet of a filled workbook, read back; the first when no title is given."""
    book = openpyxl.load_workbook(io.BytesIO(form.content), rich_text=True)
    found = book[title] if title else book.worksheets[0]
    assert isinstance(found, Worksheet)
    return found


def word(form: FilledForm) -> WordDocument:
    """A filled document, read back."""
    return Document(io.BytesIO(form.content))


def part(content: bytes, name: str) -> bytes:
    """A part of a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_parts(path: Path, changed: dict[str, bytes]) -> Path:
    """The file with some of its parts replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changed
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


TITLE = "登记 表"


def table_form(head: int = 4) -> tuple[Workbook, Worksheet]:
    """A form with a title, a row of heads, a row for each agreed matter, and a total below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TITLE
    sheet["A1"] = "{{会议.名称}}登记表"
    sheet.merge_cells("A1:D1")
    for column, name in zip("ABCD", ("序号", "事项", "责任单位", "时限"), strict=True):
        sheet[f"{column}{head}"] = name
    for column, name in zip(
        "ABCD", ("序号", "共识事项.事项", "共识事项.责任单位", "共识事项.时限"), strict=True
    ):
        sheet[f"{column}{head + 1}"] = f"{{{{{name}}}}}"
    sheet[f"A{head + 2}"] = f"=COUNTA(B{head + 1}:B{head + 1})"
    sheet[f"B{head + 2}"] = "填表日期"
    sheet[f"C{head + 2}"] = "{{今天}}"
    sheet.merge_cells(f"C{head + 2}:D{head + 2}")
    return book, sheet


def column(sheet: Worksheet, letter: str, first: int, last: int) -> list[object]:
    """The values of a column."""
    return [sheet[f"{letter}{row}"].value for row in range(first, last + 1)]


def picture(folder: Path) -> str:
    """A small picture on the disk."""
    Picture.new("RGB", (40, 20), "red").save(folder / "章.png")
    return str(folder / "章.png")
