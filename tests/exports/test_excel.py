"""Workbooks read back: what the records say, as the right kind of cell, on a page to print."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO, cast

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from liaison_desk.domain.errors import Cancelled
from liaison_desk.exports import cells, ledger_model
from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.ledger_model import Column, Kind, Ledger, LedgerNotWritten, Total

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
LEADS = ("", " ", "\t", "\r", "\n", "\r\n", "\t\r", "\x00", "\u3000", "\u00a0", "\ufeff", "'")
CALL = "cmd|'/C calc'!A0"


def read_back(made: io.BytesIO | Path) -> Worksheet:
    """The one sheet of a workbook."""
    book = openpyxl.load_workbook(made)
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def written(
    rows: Sequence[Sequence[object]],
    columns: tuple[Column, ...] = (Column("内容"),),
    *,
    title: str = "台账",
    subtitle: str = "柳河镇政协联络组",
) -> Worksheet:
    """A small ledger, written and read back."""
    made = io.BytesIO()
    write_ledger(made, Ledger(title, columns, rows, subtitle))
    return read_back(made)


def text_after_writing(text: str) -> object:
    return written([[text]]).cell(4, 1).value


def test_the_page_is_as_a_person_would_make_it() -> None:
    columns = (Column("序号", Kind.NUMBER), Column("名称"), Column("电话", Kind.CODE))
    sheet = written([[1, "张伟", "13800000001"]], columns, title="委员名册")
    assert sheet.title == "委员名册"
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:C1", "A2:C2"}
    title, head = sheet["A1"], sheet["B3"]
    assert (title.value, title.font.size, title.font.bold) == ("委员名册", 16, True)
    assert sheet["A2"].value == "柳河镇政协联络组"
    assert (head.value, head.font.bold, head.fill.fgColor.rgb) == ("名称", True, "FFD9E1F2")
    assert {each.font.name for row in sheet["A1:C5"] for each in row} == {"宋体"}
    assert all(each.border.left.style == "thin" for each in sheet[4])
    assert all(each.alignment.wrap_text for each in sheet[4])
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'委员名册'!$A$1:$C$5"
    page = sheet.page_setup
    assert (page.orientation, int(page.paperSize or 0)) == ("landscape", 9)
    assert (page.fitToWidth, page.fitToHeight) == (None, 0)  # None is 1, one page wide
    fitting, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
    assert fitting is not None
    assert fitting.fitToPage
    assert footer is not None
    assert footer.center.text == "第 &P 页　共 &N 页"


def test_what_a_long_head_has_in_brackets_stands_on_a_line_of_its_own() -> None:
    sheet = written([["桥口村"]], (Column("联系村（社区）"),))
    assert sheet["A3"].value == "联系村\n（社区）"
    assert written([[1]], (Column("捐款（元）"),))["A3"].value == "捐款\n（元）"


def test_days_and_moments_are_real_dates() -> None:
    columns = (Column("日期", Kind.DATE), Column("时间", Kind.MOMENT))
    sheet = written([[date(2026, 3, 8), datetime(2026, 3, 8, 14, 30)]], columns)
    day, moment = sheet[4]
    assert (day.value, day.number_format) == (datetime(2026, 3, 8), "yyyy-mm-dd")
    assert (moment.value, moment.number_format) == (
        datetime(2026, 3, 8, 14, 30),
        "yyyy-mm-dd hh:mm",
    )


def test_a_day_before_the_first_day_of_a_sheet_stays_readable_text() -> None:
    assert written([[date(1899, 12, 31)]]).cell(4, 1).value == "1899-12-31"
    assert written([[datetime(1899, 12, 31, 9, 0)]]).cell(4, 1).value == "1899-12-31 09:00"


def test_long_numbers_are_text_and_stay_text_when_edited() -> None:
    numbers = ["11010519491231002X", "013800000001", "0012", "〔2026〕3号", "1-2"]
    sheet = written([[each] for each in numbers], (Column("号", Kind.CODE),))
    for row, number in enumerate(numbers, start=4):
        cell = sheet.cell(row, 1)
        assert (cell.value, cell.data_type, cell.number_format) == (number, "s", "@")


def test_a_whole_number_that_a_sheet_would_round_becomes_text() -> None:
    sheet = written([[999_999_999_999_999], [1_234_567_890_123_456], [float("inf")], [True]])
    assert [sheet.cell(row, 1).value for row in range(4, 8)] == [
        999_999_999_999_999,
        "1234567890123456",
        "inf",
        "是",
    ]


@pytest.mark.parametrize("lead", LEADS, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_no_text_becomes_a_formula_whatever_it_begins_with(lead: str, sign: str) -> None:
    text = f"{lead}{sign}{CALL}"
    made = io.BytesIO()
    write_ledger(made, Ledger(text, (Column(text),), [[text]], text))
    with zipfile.ZipFile(made) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    sheet = read_back(made)
    for row in (1, 2, 3, 4):
        cell = sheet.cell(row, 1)
        assert cell.data_type == "s"
        assert cell.value == cells.clean(text)
    assert CALL in str(sheet.cell(4, 1).value)


@pytest.mark.parametrize("sign", SIGNS)
def test_text_with_a_formula_sign_stays_text_when_the_cell_is_edited(sign: str) -> None:
    cell = written([[f" {sign}1+1"]]).cell(4, 1)
    assert cell.number_format == "@"
    assert cell.quotePrefix


def test_markup_in_a_text_is_text() -> None:
    for text in ("<r><t>a</t></r>", "<r></x></r>", "<b>&amp;</b>", "_x000D_", "]]>"):
        assert unescape(str(text_after_writing(text))) == text
        assert written([], title=text, subtitle=text)["A2"].value is not None


def test_control_characters_go_and_paragraphs_stay() -> None:
    assert text_after_writing("一\x00\x08\x1f\x7f二\r\n三\r四\t五\ufffe\uffff") == "一二\n三\n四 五"


def test_rare_and_broken_characters_survive_or_are_marked() -> None:
    assert text_after_writing("陆䶮 王𬭚 陈𫖯") == "陆䶮 王𬭚 陈𫖯"
    assert text_after_writing("半\ud800字") == "半\ufffd字"
    assert text_after_writing("旧\ue863字") == "旧\ue863字"


@pytest.mark.parametrize("character", ["文", "𬭚", "\n"], ids=["common", "rare", "line break"])
def test_a_text_that_is_too_long_is_cut_so_that_it_shows(character: str) -> None:
    found = str(text_after_writing("首" + character * 40_000))
    assert found.startswith("首" + character)
    assert found.endswith("…（过长，全文见系统）")
    assert 32_760 <= len(found.encode("utf-16-le")) // 2 <= 32_767


def test_a_text_that_just_fits_is_whole() -> None:
    for text in ("文" * 32_767, "𬭚" * 16_383):
        assert text_after_writing(text) == text


def test_the_totals_are_formulas_that_come_with_their_values() -> None:
    columns = (
        Column("序号", Kind.NUMBER),
        Column("姓名", total=Total.COUNT, unit="人"),
        Column("人次", Kind.NUMBER, Total.SUM),
    )
    rows = [[1, "张伟", 3], [2, "", 4], [3, "\x00", None], [4, "=李", 5]]
    made = io.BytesIO()
    write_ledger(made, Ledger("台账", columns, rows))
    formulas = [cell.value for cell in read_back(made)[8]]
    assert formulas == ["合计", "=COUNTA(B4:B7)", "=SUM(C4:C7)"]
    values = openpyxl.load_workbook(made, data_only=True).worksheets[0][8]
    assert [cell.value for cell in values] == ["合计", 2, 12]
    assert values[1].number_format == '0"人"'


def test_an_empty_ledger_has_its_head_and_a_total_of_nothing() -> None:
    sheet = written([], (Column("序号", Kind.NUMBER), Column("姓名", total=Total.COUNT)))
    assert [cell.value for cell in sheet[4]] == ["合计", 0]
    assert sheet.max_row == 4


def test_columns_are_as_wide_as_what_they_hold_and_no_page_gets_too_wide() -> None:
    sheet = written([["短", "很长的一段文字" * 20]], (Column("一"), Column("二")))
    narrow, wide = (sheet.column_dimensions[name].width for name in "AB")
    assert narrow < 6
    assert 45 < wide < 55
    many = written([["很长的一段文字" * 20] * 12], (Column("内容"),) * 12)
    assert sum(many.column_dimensions[name].width for name in "ABCDEFGHIJKL") < 190


def test_the_column_whose_texts_make_rows_high_gets_the_room() -> None:
    often, once = "建议在小学门口设置减速带", "已现场踏勘，列入计划。" * 5
    rows = [[often, once if place == 7 else "", *[""] * 8] for place in range(30)]
    rows[3][2:] = ["濉溪县住房和城乡建设局城市管理大队"] * 8
    sheet = written(rows, (Column("标题"), Column("办理情况"), *(Column("单位"),) * 8))
    widths = [sheet.column_dimensions[name].width for name in "ABCDEFGHIJ"]
    assert widths[0] >= 2 * len(often) + 1
    assert sum(widths) < 190


def test_a_line_is_high_enough_for_the_tallest_of_the_usual_fonts() -> None:
    made = io.BytesIO()
    write_ledger(made, Ledger("台账", (Column("内容"),), [["一\n二\n三\n四\n五"]]))
    height = read_back(made).row_dimensions[4].height
    assert height is not None
    assert height >= 5 * 1.45 * 11  # Noto Serif CJK, where 宋体 is not installed


def test_a_row_is_as_high_as_its_lines_and_still_follows_an_edit() -> None:
    made = io.BytesIO()
    rows = [["短"], ["长" * 100], ["一\n二\n三"], ["长" * 9000]]
    write_ledger(made, Ledger("台账", (Column("内容"),), rows))
    sheet = read_back(made)
    heights = [sheet.row_dimensions[row].height or 0.0 for row in range(4, 8)]
    assert heights == sorted(heights[:2]) + heights[2:]
    assert heights[0] < heights[2] < heights[1] < heights[3] <= 409.5
    with zipfile.ZipFile(made) as packed:
        assert b"customHeight" not in packed.read("xl/worksheets/sheet1.xml")


def test_a_title_that_no_sheet_may_bear_still_names_one() -> None:
    assert written([], title="a/b:c*[d]?" + "长" * 40).title == "a b c  d" + " " * 2 + "长" * 21
    assert written([], title="''").title == "台账"
    assert written([], title="History").title == "台账"


def test_the_progress_is_told_in_rows() -> None:
    told: list[int] = []
    write_ledger(io.BytesIO(), Ledger("台账", (Column("一"),), [["a"]] * 1200), told.append)
    assert told == [500, 1000, 1200]


def test_a_file_that_stood_there_is_unchanged_when_the_clerk_cancels(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")

    def cancel(done: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_ledger(target, Ledger("台账", (Column("一"),), [["a"]] * 600), cancel)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_row_of_the_wrong_length_is_our_own_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="argument"):
        write_ledger(tmp_path / "x.xlsx", Ledger("台账", (Column("一"),), [["a", "b"]]))
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotWritten, match=r"“台账\.xlsx”没有写成"):
        write_ledger(tmp_path / "没有" / "台账.xlsx", Ledger("台账", (Column("一"),), []))


class FullStick(io.RawIOBase):
    """A file on a stick without room."""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_stick_is_told_in_chinese() -> None:
    with pytest.raises(LedgerNotWritten, match="磁盘写不进去"):
        write_ledger(cast("BinaryIO", FullStick()), Ledger("台账", (Column("一"),), []))


def test_a_file_that_is_open_elsewhere_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(LedgerNotWritten, match="打开着"):
        write_ledger(tmp_path / "台账.xlsx", Ledger("台账", (Column("一"),), []))
    assert not list(tmp_path.iterdir())


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_model, "ROW_LIMIT", 10)
    write_ledger(io.BytesIO(), Ledger("台账", (Column("一"),), [["a"]] * 6))
    with pytest.raises(LedgerNotWritten, match="记录超过6条"):
        write_ledger(io.BytesIO(), Ledger("台账", (Column("一"),), [["a"]] * 7))


@pytest.fixture(scope="module")
def office_program(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that runs LibreOffice without a window and without the user's settings."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = tmp_path_factory.mktemp("profile")
    return [found, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]


def test_libreoffice_keeps_every_cell(office_program: list[str], tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "<r><t>a</t></r>", "陆䶮 王𬭚", "一\n二", "0012"]
    columns = (
        Column("文", total=Total.COUNT, unit="件"),
        Column("号", Kind.CODE),
        Column("日期", Kind.DATE),
        Column("灯", Kind.LIGHT),
    )
    rows = [[text, text, date(2026, 3, 8), "超期"] for text in texts]
    write_ledger(target, Ledger("台账", columns, rows))
    out = tmp_path / "again"
    subprocess.run(
        [*office_program, "xlsx", "--outdir", out, target], check=True, capture_output=True
    )
    sheet = read_back(out / target.name)
    found = [[cell.value for cell in sheet[row]] for row in range(4, 4 + len(texts))]
    assert found == [[text, text, datetime(2026, 3, 8), "超期"] for text in texts]
    assert all(sheet.cell(row, 1).data_type == "s" for row in range(4, 12))
    assert sheet.cell(12, 1).value == "=COUNTA(A4:A11)"
    assert sheet.cell(4, 1).number_format == sheet.cell(11, 2).number_format == "@"
