"""Files that are no form: refused in the clerk's words, and never written to."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.exports.fill_in import Names
from liaison_desk.exports.form_names import Value
from liaison_desk.exports.office_file import FileUnusable
from tests import factory
from tests.exports.own_forms import filled, meeting_with, part, with_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from liaison_desk.services.desk import Desk

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
)


def refusal(desk: Desk, path: Path) -> str:
    """Why a file is not filled in."""
    with pytest.raises(FileUnusable) as told:
        filled(desk, factory.meeting(desk), path)
    assert "没有填" in str(told.value)
    assert path.name in str(told.value)
    return str(told.value)


def workbook(folder: Path) -> Path:
    """A workbook with a name, its texts kept together as Excel does."""
    with xlsxwriter.Workbook(folder / "表.xlsx") as book:
        book.add_worksheet().write("A1", "{{会议.名称}}")
    return folder / "表.xlsx"


def document(folder: Path) -> Path:
    """A document with a name."""
    made = Document()
    made.add_paragraph("{{会议.名称}}")
    made.save(str(folder / "表.docx"))
    return folder / "表.docx"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("表.xls", OLE + b"\0" * 600, "另存为"),
        ("表.doc", OLE + b"WordDocument", ".docx"),
        ("表.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("表.xlsx", b"", "空文件"),
        ("表.xlsx", b"%PDF-1.7", "PDF"),
        ("表.docx", b"{\\rtf1", "RTF"),
        ("表.xlsx", b"PK\x03\x04 not a zip", "已损坏"),
        ("表.xlsx", b"<html><table>", "不是"),
    ],
)
def test_other_files_are_refused_with_what_to_do(
    desk: Desk, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert told in refusal(desk, path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("make", [workbook, document])
def test_a_file_cut_short_is_refused(
    desk: Desk, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    assert "已损坏" in refusal(desk, path)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (workbook, "xl/worksheets/sheet1.xml"),
        (workbook, "xl/sharedStrings.xml"),
        (workbook, "xl/styles.xml"),
        (workbook, "xl/workbook.xml"),
        (document, "word/document.xml"),
    ],
)
def test_xml_that_grows_or_breaks_is_refused(
    desk: Desk, tmp_path: Path, make: Callable[[Path], Path], name: str
) -> None:
    path = with_parts(make(tmp_path), {name: BOMB})
    assert "不安全" in refusal(desk, path)
    path = with_parts(path, {name: b"<a><b></a>"})
    assert "已损坏" in refusal(desk, path)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("xl/_rels/workbook.xml.rels", (b'styles.xml"', b'nothing.xml"')),
        ("xl/worksheets/sheet1.xml", (b'<row r="1"', b'<row r="one"')),
    ],
)
def test_a_workbook_whose_parts_make_no_sense_is_refused(
    desk: Desk, tmp_path: Path, name: str, change: tuple[bytes, bytes]
) -> None:
    path = workbook(tmp_path)
    before = part(path.read_bytes(), name)
    assert change[0] in before
    with_parts(path, {name: before.replace(*change)})
    assert "已损坏" in refusal(desk, path)


def test_a_zip_that_unpacks_to_far_too_much_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 210 * 1024 * 1024)
    assert "太大" in refusal(desk, path)


def test_a_sheet_far_larger_than_any_form_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = with_parts(
        workbook(tmp_path), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 17 * 1024 * 1024}
    )
    assert "太大" in refusal(desk, path)


def test_a_file_with_macros_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = with_parts(workbook(tmp_path), {"xl/vbaProject.bin": b"x"})
    assert "宏" in refusal(desk, path)


def test_a_missing_file_is_told(desk: Desk, tmp_path: Path) -> None:
    assert "找不到" in refusal(desk, tmp_path / "没有.xlsx")


@pytest.mark.parametrize("make", [workbook, document])
def test_filling_reads_the_form_and_leaves_it_as_it_is(
    desk: Desk, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    before = path.read_bytes()
    form = filled(desk, meeting_with(desk, 0), path)
    assert path.read_bytes() == before
    assert form.ending == path.suffix
    assert zipfile.ZipFile(io.BytesIO(form.content)).testzip() is None


def test_an_ending_that_lies_does_not_matter(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path).rename(tmp_path / "表.docx")
    assert filled(desk, factory.meeting(desk), path).ending == ".xlsx"


@given(
    st.lists(st.sampled_from(["{", "}", "{{", "}}", "｛｛会议", ".名称", "｝｝", "甲", " ", ""])),
    st.data(),
)
def test_a_text_is_filled_alike_however_it_is_cut_into_pieces(
    words: list[str], data: st.DataObject
) -> None:
    whole = "".join(words)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=6)))
    ends = zip([0, *cuts], [*cuts, len(whole)], strict=True)
    pieces = [whole[start:stop] for start, stop in ends]
    names = Names(Always())
    assert "".join(names.filled_pieces(pieces, names.values)) == names.filled(whole, names.values)


class Always:
    """Knows one name."""

    def one(self, name: str) -> Value | None:
        return Value("{{乙}}") if name == "会议.名称" else None

    def list_of(self, _name: str) -> str:
        return ""

    def rows(self, _lists: Sequence[str]) -> Sequence[Always]:
        return [self]
