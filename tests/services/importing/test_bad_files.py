"""Files that are no roster: each is told in its own sentence, and nothing changes."""

from __future__ import annotations

import errno
import os
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from liaison_desk.domain.progress import no_progress
from liaison_desk.services.importing import errors, open_source
from liaison_desk.services.importing.archive import UNPACKED_LIMIT
from liaison_desk.services.importing.errors import SheetTooLarge, SourceUnreadable
from liaison_desk.services.importing.ole import xls_extents
from liaison_desk.services.importing.sheet import Extent
from tests.services.importing import workbooks

BIFF_BEGIN = (0x0809, struct.pack("<HHHH", 0x0600, 0x0010, 0, 0))
MARKER = "没有导入，资料没有改动。"


def refusal(path: Path, kind: type[SourceUnreadable] = SourceUnreadable) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(kind) as caught:
        open_source(path)
    assert MARKER in str(caught.value) or "。没有导入，资料没有改动。" in str(caught.value)
    assert str(caught.value).endswith("。")
    return str(caught.value)


def zipped(path: Path, *parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for part in parts:
            archive.writestr(part, b"<x/>")
    return path


def html() -> bytes:
    page = '<html><meta charset="gb2312"><table><tr><td>姓名</td></tr></table></html>'
    return page.encode("gb18030")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "是空文件（0字节）"),
        ("乱.xlsx", bytes(range(256)) * 40, "不是表格文件"),
        ("乱.xlsx", b"\xff\xfe\x00\xd8\x00\xd8", "不是表格文件"),
        ("通知.xlsx", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "不是表格文件"),
        ("通知.xlsx", b"%PDF-1.4 plain", "不是表格文件"),
        ("网页.xls", html(), "其实是网页，不是真正的 Excel 表格"),
        ("空白.csv", b"\n \n,,\n", "里没有任何内容"),
        ("断.xlsx", b"PK\x03\x04" + b"\x14\x00" * 200, "已损坏，读不完整"),
        ("断.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "已损坏，读不完整"),
        ("断.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "已损坏，读不完整"),
    ],
)
def test_what_is_no_workbook_is_told_from_its_first_bytes(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert f"“{name}”{said}" in refusal(path)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("word/document.xml",), "其实是 Word 文档"),
        (("ppt/presentation.xml",), "其实是演示文稿"),
        (("照片.jpg",), "其实是压缩包"),
        (("xl/workbook.bin",), ".xlsb 二进制工作簿"),
        (("xl/workbook.xml",), "已损坏"),
    ],
)
def test_other_zipped_files_are_called_what_they_are(
    tmp_path: Path, parts: tuple[str, ...], said: str
) -> None:
    assert said in refusal(zipped(tmp_path / "名册.xlsx", *parts))


def test_how_to_save_a_fake_xls_is_told(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes(html())
    assert "另存为" in refusal(path)


@pytest.mark.parametrize(
    "content", ["姓名\t电话\n陆䶮\t13800000001\n", "姓名,电话\n陆䶮,13800000001\n"]
)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_fake_xls_of_plain_columns_is_simply_read(
    tmp_path: Path, content: str, encoding: str
) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes(content.encode(encoding))
    [row] = open_source(path).likely.rows
    assert (row.number, row.cells) == (2, ("陆䶮", "13800000001"))


def test_a_huge_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "长.csv"
    path.write_text("姓名\n" + "张\n" * 100_001, "utf-8")
    refusal(path, SheetTooLarge)
    path.write_text("姓名," * 300, "utf-8")
    refusal(path, SheetTooLarge)
    path.write_text('姓名\n"' + "张" * 200_000, "utf-8")
    assert "不是表格文件" in refusal(path)


def test_a_workbook_without_any_rows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    openpyxl.Workbook().save(path)
    assert "里没有任何内容" in refusal(path)


def test_a_workbook_of_blanks_is_told(tmp_path: Path) -> None:
    assert "里没有任何内容" in refusal(workbooks.write(tmp_path / "空格.xlsx", [" ", "　"]))


def test_rows_of_many_numbers_in_an_old_workbook_are_measured(tmp_path: Path) -> None:
    many = (0x00BD, struct.pack("<HH", 7, 2) + b"\0" * 18 + struct.pack("<H", 4))
    sheets = (BIFF_BEGIN, (0x0200, struct.pack("<HHHH", 0, 8, 0, 5)), many)
    path = workbooks.compound_file(tmp_path / "多.xls", "Book", workbooks.records(*sheets))
    assert xls_extents(path, path.read_bytes(), no_progress) == [Extent(8, 5)]


def test_a_compound_file_with_a_second_list_of_sectors_is_followed(tmp_path: Path) -> None:
    path = workbooks.compound_file(tmp_path / "大.xls", "Workbook", workbooks.records(BIFF_BEGIN))
    content = bytearray(path.read_bytes())
    struct.pack_into("<II", content, 68, len(content) // 512 - 1, 1)
    content += struct.pack("<128I", *[0xFFFFFFFF] * 127, 0xFFFFFFFE)
    assert xls_extents(path, bytes(content), no_progress) == [Extent()]


def test_a_list_of_sectors_that_runs_in_a_ring_ends(tmp_path: Path) -> None:
    path = workbooks.compound_file(tmp_path / "圈.xls", "Workbook", workbooks.records(BIFF_BEGIN))
    content = bytearray(path.read_bytes())
    here = len(content) // 512 - 1
    struct.pack_into("<II", content, 68, here, 1)
    path.write_bytes(content + struct.pack("<128I", *[0xFFFFFFFF] * 127, here))
    refusal(path)


def test_a_workbook_with_a_password_is_told(tmp_path: Path) -> None:
    locked = workbooks.compound_file(tmp_path / "密.xlsx", "EncryptedPackage", b"\x01" * 5000)
    assert "设了打开密码" in refusal(locked)


def test_an_old_workbook_with_a_password_is_told(tmp_path: Path) -> None:
    book = workbooks.records(BIFF_BEGIN, (0x002F, b"\0" * 6))
    locked = workbooks.compound_file(tmp_path / "密.xls", "Workbook", book)
    assert "设了打开密码" in refusal(locked)


def test_an_open_document_with_a_password_is_told(tmp_path: Path) -> None:
    source = workbooks.FILES / "roster.ods"
    manifest = b"<manifest><encryption-data/></manifest>"
    locked = workbooks.rezipped(source, tmp_path / "密.ods", "META-INF/manifest.xml", manifest)
    assert "设了打开密码" in refusal(locked)


def test_a_zip_with_a_password_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "密.xlsx", "xl/workbook.xml")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "设了打开密码" in refusal(path)


def test_the_readers_own_word_for_a_password_is_understood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(content: object) -> None:
        raise python_calamine.PasswordError

    monkeypatch.setattr(python_calamine.CalamineWorkbook, "from_filelike", locked, raising=True)
    assert "设了打开密码" in refusal(workbooks.OFFICIAL)


def test_a_word_document_called_xls_is_told(tmp_path: Path) -> None:
    path = workbooks.compound_file(tmp_path / "名册.xls", "WordDocument", b"\x01" * 5000)
    assert "其实是 Word 文档" in refusal(path)
    path = workbooks.compound_file(tmp_path / "名册.xls", "Anything", b"\x01" * 5000)
    assert "不是表格" in refusal(path)


@pytest.mark.parametrize(
    "wrong",
    [
        (0x0200, struct.pack("<IIHHH", 0, 0xFFFFFF00, 0, 0xFFFF, 0)),
        (0x0200, struct.pack("<HHHH", 9, 3, 0, 1)),
        (0x0203, struct.pack("<HHH", 1, 40_000, 0) + b"\0" * 8),
        (0x0203, b"\0"),
    ],
    ids=["dimensions", "reversed", "column", "short"],
)
def test_a_damaged_xls_cannot_end_the_program_by_asking_for_terabytes(
    tmp_path: Path, wrong: tuple[int, bytes]
) -> None:
    book = workbooks.records(BIFF_BEGIN, wrong)
    path = workbooks.compound_file(tmp_path / "坏.xls", "Workbook", book)
    assert "已损坏" in refusal(path)


@pytest.mark.parametrize("at", [(512, 2), (516, 900), (1024 + 128 + 116, 70_000), (48, 4000)])
def test_a_compound_file_that_contradicts_itself_is_damaged(
    tmp_path: Path, at: tuple[int, int]
) -> None:
    path = workbooks.compound_file(tmp_path / "坏.xls", "Workbook", workbooks.records(BIFF_BEGIN))
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, *at)
    path.write_bytes(content)
    refusal(path)


@pytest.mark.parametrize("source", [workbooks.OFFICIAL, workbooks.FILES / "roster.xls"])
@pytest.mark.parametrize("percent", [3, 30, 60, 97])
def test_half_a_file_is_damaged(tmp_path: Path, source: Path, percent: int) -> None:
    whole = source.read_bytes()
    cut = tmp_path / source.name
    cut.write_bytes(whole[: len(whole) * percent // 100])
    assert "已损坏" in refusal(cut)


def test_a_part_with_a_wrong_checksum_is_damaged(tmp_path: Path) -> None:
    content = bytearray(workbooks.OFFICIAL.read_bytes())
    with zipfile.ZipFile(workbooks.OFFICIAL) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[offset + 200] ^= 0xFF
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    assert "已损坏" in refusal(path)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'),
        ("xl/worksheets/sheet1.xml", b'<worksheet><c r="A1"><v>1</v></c><'),
    ],
)
def test_a_workbook_with_broken_xml_is_damaged(tmp_path: Path, part: str, content: bytes) -> None:
    path = workbooks.rezipped(workbooks.OFFICIAL, tmp_path / "坏.xlsx", part, content)
    assert "已损坏" in refusal(path) or "没有任何内容" in refusal(path)


def test_a_panic_of_the_reader_is_told_as_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {})

    def from_filelike(content: object) -> None:
        raise panic("range end index out of range")

    monkeypatch.setattr(python_calamine.CalamineWorkbook, "from_filelike", from_filelike)
    assert "已损坏" in refusal(workbooks.OFFICIAL)


def test_a_bug_of_ours_is_not_taken_for_damage() -> None:
    def progress(done: int, total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        open_source(workbooks.OFFICIAL, progress)


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "炸.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(UNPACKED_LIMIT // (1 << 24) + 1):
                part.write(b" " * (1 << 24))
    assert path.stat().st_size < 4 << 20
    assert "解压后超过256兆" in refusal(path, SheetTooLarge)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liaison_desk.services.importing.archive.UNPACKED_LIMIT", 5_000_000)
    path = tmp_path / "炸.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 6_000_000)
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(content)
    refusal(path, SheetTooLarge)


def test_a_file_beyond_any_roster_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert "超过64兆" in refusal(path, SheetTooLarge)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "找不到了" in refusal(tmp_path / "没有.xlsx")


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert "是文件夹" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "locked"), "打不开"),
        (OSError(errno.EIO, "gone"), "读到一半出错"),
    ],
)
def test_a_locked_file_or_a_pulled_stick_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def fail(path: Path, mode: str) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    assert said in refusal(tmp_path / "名册.xlsx")


def test_a_stray_cell_in_the_last_row_is_named_and_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["A2"], page["L1048576"] = "姓名", "张伟", " "
    book.save(tmp_path / "远.xlsx")
    assert "一直填到 L1048576" in refusal(tmp_path / "远.xlsx", SheetTooLarge)


def test_an_open_document_of_a_million_repeated_rows_is_not_read(tmp_path: Path) -> None:
    source = workbooks.FILES / "roster.ods"
    with zipfile.ZipFile(source) as archive:
        xml = archive.read("content.xml")
    row = (
        b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        b' table:number-columns-repeated="12" office:value-type="string"><text:p>x</text:p>'
        b"</table:table-cell></table:table-row></table:table>"
    )
    bomb = xml.replace(b"</table:table>", row, 1)
    path = workbooks.rezipped(source, tmp_path / "多.ods", "content.xml", bomb)
    refusal(path, SheetTooLarge)


def test_a_file_is_only_ever_read(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(workbooks.OFFICIAL.read_bytes())
    path.chmod(0o444)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    open_source(path)
    assert path.stat().st_mtime == 1_700_000_000
    assert [each.name for each in tmp_path.iterdir()] == ["名册.xlsx"]


def test_every_refusal_says_what_happened_what_is_safe_and_what_next() -> None:
    said = str(errors.unreadable(Path("甲.xlsx"), "打不开", "请重试。"))
    assert said == "“甲.xlsx”打不开，没有导入，资料没有改动。请重试。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["名单.csv", "名单.xlsx", "名单.xls", "名单.txt"])
def test_a_text_is_read_in_every_encoding_and_under_any_name(
    tmp_path: Path, name: str, encoding: str
) -> None:
    path = tmp_path / name
    path.write_bytes("姓名,电话\r\n陆䶮,13800000001\r\n".encode(encoding))
    assert open_source(path).likely.rows[0].cells == ("陆䶮", "13800000001")


def test_a_quote_that_is_never_closed_swallows_no_row(tmp_path: Path) -> None:
    path = tmp_path / "引号.csv"
    path.write_text('姓名,备注\n张三,"没有关的引号\n李四,乙\n王五,丙\n', "utf-8")
    rows = [each.cells for each in open_source(path).likely.rows]
    assert rows == [("张三", '"没有关的引号'), ("李四", "乙"), ("王五", "丙")]
    path.write_text('姓名,备注\n张三,"两行\n备注"\n李四,15"屏\n', "utf-8")
    rows = [each.cells for each in open_source(path).likely.rows]
    assert rows == [("张三", "两行\n备注"), ("李四", '15"屏')]


def test_mixed_line_ends_divide_rows_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,电话\r\n张伟,1\n李娜,2\r王五,3\r\n".encode())
    assert [row.cells[0] for row in open_source(path).likely.rows] == ["张伟", "李娜", "王五"]


def test_a_csv_with_null_bytes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,电话\n张伟,1\n".encode() + b"\0\0\0" + "李娜,2\n".encode())
    assert "不是表格文件" in refusal(path)


def test_a_workbook_under_the_name_of_a_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes(workbooks.OFFICIAL.read_bytes())
    assert len(open_source(path).likely.rows) == 16


def test_an_entity_that_grows_is_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    path = workbooks.rezipped(workbooks.OFFICIAL, tmp_path / "炸.xlsx", "xl/workbook.xml", bomb)
    assert "已损坏" in refusal(path)
