"""The county's own workbook, filled in: what was in it is in it still, and in its place."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation

from liaison_desk.domain.activity import Activity
from tests import factory
from tests.exports.own_forms import (
    TITLE,
    column,
    filled,
    meeting_with,
    part,
    picture,
    saved,
    sheet_of,
    table_form,
    with_parts,
)

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk


def test_a_day_is_a_day_and_a_number_a_number_where_the_form_says_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    book, sheet = table_form()
    sheet.column_dimensions["C"].width = sheet.column_dimensions["D"].width = 20
    form = filled(desk, meeting_with(desk, 1), saved(book, tmp_path))
    read = sheet_of(form, TITLE)
    assert read["D5"].value == datetime(2026, 3, 31)
    assert read["D5"].is_date
    assert read["D5"].number_format == 'yyyy"年"m"月"d"日"'
    assert (read["A5"].value, read["A5"].data_type) == (1, "n")


def test_a_day_is_written_out_where_its_column_would_show_only_signs(
    desk: Desk, tmp_path: Path
) -> None:
    book, sheet = table_form()
    sheet.column_dimensions["D"].width = 8
    form = filled(desk, meeting_with(desk, 1), saved(book, tmp_path))
    assert sheet_of(form, TITLE)["D5"].value == "2026年3月31日"


def test_the_format_of_a_cell_decides_how_a_day_or_number_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    book, sheet = table_form()
    sheet["D5"].number_format = "yyyy-mm-dd"
    sheet["A5"].number_format = "@"
    sheet["C6"].number_format = "@"
    read = sheet_of(filled(desk, meeting_with(desk, 1), saved(book, tmp_path)), TITLE)
    assert (read["D5"].value, read["D5"].number_format) == (datetime(2026, 3, 31), "yyyy-mm-dd")
    assert (read["A5"].value, read["A5"].data_type) == ("1", "s")
    assert read["C6"].value == "2026年3月9日"


@pytest.mark.parametrize(("hour", "minute"), [(14, 5), (8, 30), (9, 7), (19, 59)])
def test_a_time_is_exact_to_the_second(desk: Desk, tmp_path: Path, hour: int, minute: int) -> None:
    held_at = datetime(2026, 3, 8, hour, minute)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.column_dimensions["A"].width = 30
    sheet["A1"] = "{{会议.时间}}"
    form = filled(desk, factory.meeting(desk, held_at=held_at), saved(book, tmp_path))
    assert sheet_of(form, sheet.title)["A1"].value == held_at


def test_the_days_of_a_workbook_that_counts_from_1904_are_right(desk: Desk, tmp_path: Path) -> None:
    book, sheet = table_form()
    book.epoch = CALENDAR_MAC_1904
    sheet["D5"].number_format = "yyyy-mm-dd"
    read = sheet_of(filled(desk, meeting_with(desk, 1), saved(book, tmp_path)), TITLE)
    assert read["D5"].value == datetime(2026, 3, 31)


def test_a_telephone_and_an_identity_number_stay_text_and_are_masked_unless_asked_for(
    desk: Desk, tmp_path: Path
) -> None:
    who = factory.person(desk, "单丽", phone="13805610001")
    held = meeting_with(desk, 0)
    factory.attendance(desk, held, who)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["{{出席.姓名}}", "{{出席.手机}}", "电话{{出席.手机}}"])
    path = saved(book, tmp_path)
    masked = sheet_of(filled(desk, held, path))
    full = sheet_of(filled(desk, held, path, show_personal=True))
    assert masked["B1"].value == "138****0001"
    assert (full["B1"].value, full["B1"].data_type) == ("13805610001", "s")
    assert full["B1"].number_format == "@"
    assert full["C1"].value == "电话13805610001"
    assert full["C1"].number_format == "General"


@pytest.mark.parametrize("card", ["3-8", "1974.10", "007", "1/2", "1E5", "12:30"])
def test_what_a_sheet_would_make_a_number_or_day_of_stays_text_when_it_is_edited(
    desk: Desk, tmp_path: Path, card: str
) -> None:
    seat = factory.member(desk, card_number=card)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["{{委员.委员证号}}", "{{委员.界别}}"])
    read = sheet_of(filled(desk, seat, saved(book, tmp_path)))
    assert (read["A1"].value, read["A1"].data_type) == (card, "s")
    assert read["A1"].number_format == "@"
    assert read["B1"].number_format == "General"


def test_a_sum_of_money_is_a_number_and_keeps_its_format(desk: Desk, tmp_path: Path) -> None:
    from decimal import Decimal

    spent = factory.activity(desk, expenses=Decimal("1200.50"))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "{{活动." + Activity.fields()["expenses"].label + "}}"
    sheet["A1"].number_format = "#,##0.00"
    sheet["A2"] = "=A1*2"
    read = sheet_of(filled(desk, spent, saved(book, tmp_path)))
    assert (read["A1"].value, read["A1"].number_format) == (1200.5, "#,##0.00")
    assert read["A1"].data_type == "n"


@pytest.mark.parametrize("evil", ["=1+1", "+86", "@SUM(A1)", "=cmd|' /C calc'!A0", "-1"])
def test_a_value_that_looks_like_a_formula_is_never_one(
    desk: Desk, tmp_path: Path, evil: str
) -> None:
    held = factory.meeting(desk, evil)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "{{会议.名称}}"
    read = sheet_of(filled(desk, held, saved(book, tmp_path)))
    assert (read["A1"].value, read["A1"].data_type) == (evil, "s")
    assert read["A1"].number_format == "@"


def test_braces_in_a_record_are_words_and_not_filled_again(desk: Desk, tmp_path: Path) -> None:
    held = factory.meeting(desk, "甲{{会议.地点}}乙")
    factory.consensus(desk, held, "丙{{会议.名称}}丁")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["{{会议.名称}}"])
    book.active.append(["{{共识事项.事项}}"])
    form = filled(desk, held, saved(book, tmp_path))
    read = sheet_of(form)
    assert read["A1"].value == "甲{{会议.地点}}乙"
    assert read["A2"].value == "丙{{会议.名称}}丁"
    assert (form.names, form.unknown) == (("会议.名称", "共识事项.事项"), ())


@pytest.mark.parametrize(
    "written",
    [
        "{{会议.名称}}",
        "｛｛会议.名称｝｝",
        "{｛ 会议．名称 ｝}",
        "{{　会议 . 名称　}}",
        "{{协商会。名称}}",
        "{{会议\n.名称}}",
    ],
)
def test_a_name_is_understood_however_its_braces_dots_and_blanks_are_typed(
    desk: Desk, tmp_path: Path, written: str
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = f"关于{written}的"
    read = sheet_of(filled(desk, meeting_with(desk, 0), saved(book, tmp_path)))
    assert read["A1"].value == "关于桥口村停车难专题协商会的"


def test_a_name_that_means_nothing_is_told_once_and_stands_as_it_stood(
    desk: Desk, tmp_path: Path
) -> None:
    book, sheet = table_form()
    sheet["A2"] = "{{会议.主持}}和{{ 会议.主持 }}在{{会议.地点}}"
    sheet["C5"] = "{{共识事项.负责人}}"
    sheet["A3"] = "{{}}{{ }}{名称}"
    form = filled(desk, meeting_with(desk, 2), saved(book, tmp_path))
    read = sheet_of(form, TITLE)
    assert form.unknown == ("会议.主持", "共识事项.负责人")
    assert read["A2"].value == "{{会议.主持}}和{{ 会议.主持 }}在镇政府三楼会议室"
    assert column(read, "C", 5, 6) == ["{{共识事项.负责人}}"] * 2
    assert read["A3"].value == "{{}}{{ }}{名称}"


def test_a_text_kept_as_the_result_of_no_formula_is_filled(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "在{{会议.地点}}"
    path = saved(book, tmp_path)
    xml = part(path.read_bytes(), "xl/worksheets/sheet1.xml").decode()
    odd = re.sub(r't="inlineStr"><is><t>(.*?)</t></is>', r't="str"><v>\1</v>', xml)
    assert odd != xml
    with_parts(path, {"xl/worksheets/sheet1.xml": odd.encode()})
    assert sheet_of(filled(desk, meeting_with(desk, 0), path))["A1"].value == "在镇政府三楼会议室"


def test_fonts_fills_widths_heights_and_the_set_up_of_the_page_are_kept(
    desk: Desk, tmp_path: Path
) -> None:
    book, sheet = table_form()
    sheet["B5"].font = Font(name="仿宋_GB2312", size=14, bold=True, color="FF0000")
    sheet["B5"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B5"].alignment = Alignment(wrap_text=True, vertical="center")
    sheet.column_dimensions["B"].width = 31.5
    sheet.row_dimensions[5].height = 40
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_margins.left = 1.1
    assert sheet.oddFooter is not None
    sheet.oddFooter.center.text = "{{会议.名称}} 第&P页 &12{{今天.年}}"
    sheet.freeze_panes = "A5"
    sheet.protection.sheet = True
    read = sheet_of(filled(desk, meeting_with(desk, 2), saved(book, tmp_path)), TITLE)
    for row in (5, 6):
        cell = read[f"B{row}"]
        assert (cell.font.name, cell.font.size, cell.font.bold) == ("仿宋_GB2312", 14, True)
        assert cell.fill.fgColor.rgb == "00FFFF00"
        assert read.row_dimensions[row].height == 40
    assert read.column_dimensions["B"].width == 31.5
    assert (read.page_setup.orientation, read.page_setup.paperSize) == ("landscape", 8)
    assert read.page_margins.left == 1.1
    assert read.freeze_panes == "A5"
    assert read.protection.sheet
    assert read.oddFooter is not None
    assert "桥口村停车难专题协商会 第&P页" in str(read.oddFooter.center.text)


@pytest.mark.parametrize("height", [None, 20])
def test_a_row_grows_for_a_long_text(desk: Desk, tmp_path: Path, height: int | None) -> None:
    held = meeting_with(desk, 0)
    factory.consensus(desk, held, "长" * 100)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "{{共识事项.事项}}"
    sheet["A1"].alignment = Alignment(wrap_text=True)
    sheet.column_dimensions["A"].width = 21
    sheet.row_dimensions[1].height = height
    read = sheet_of(filled(desk, held, saved(book, tmp_path)))
    grown = read.row_dimensions[1].height
    assert grown is not None
    assert grown >= 10 * 11 * 1.2


def test_part_of_a_cell_in_another_look_keeps_it_and_a_name_over_two_looks_is_found(
    desk: Desk, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    bold = InlineFont(b=True)
    book.active["A1"] = CellRichText(
        "关于{{会", TextBlock(bold, "议.名称}}"), "的通知", TextBlock(bold, "急")
    )
    read = sheet_of(filled(desk, meeting_with(desk, 0), saved(book, tmp_path)))
    rich = read["A1"].value
    assert str(rich) == "关于桥口村停车难专题协商会的通知急"
    assert [each.text for each in rich if isinstance(each, TextBlock) and each.font.b] == ["急"]


def test_texts_that_cells_share_are_filled_in_each_and_left_for_the_others(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for row in range(2):
            sheet.write_row(row, 0, ["{{会议.地点}}", "不变", "{{共识事项.事项}}" if row else ""])
        sheet.write_rich_string("A3", "在", bold, "{{会议", ".地点}}", bold, "开")
    strings = part(path.read_bytes(), "xl/sharedStrings.xml")
    spoken = '<si><t>{{会议.地点}}</t><rPh sb="0" eb="1"><t>读音</t></rPh></si>'.encode()
    plain = "<si><t>{{会议.地点}}</t></si>".encode()
    assert plain in strings
    with_parts(path, {"xl/sharedStrings.xml": strings.replace(plain, spoken)})
    read = sheet_of(filled(desk, meeting_with(desk, 2), path))
    assert column(read, "A", 1, 3) == ["镇政府三楼会议室"] * 3
    assert column(read, "B", 1, 3) == ["不变"] * 3
    assert column(read, "C", 2, 3) == ["事项1", "事项2"]
    rich = read["A4"].value
    assert [str(each) for each in rich] == ["在", "镇政府三楼会议室", "开"]
    assert [each.font.b for each in rich if isinstance(each, TextBlock)] == [True, True]


def test_several_lines_stand_one_under_the_other(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "{{全部共识事项.事项}}"
    read = sheet_of(filled(desk, meeting_with(desk, 3), saved(book, tmp_path)))
    assert read["A1"].value == "事项1\n事项2\n事项3"
    assert read["A1"].alignment.wrap_text


def test_what_nobody_asked_to_change_is_byte_for_byte_what_it_was(
    desk: Desk, tmp_path: Path
) -> None:
    book, _sheet = table_form()
    path = saved(book, tmp_path)
    kept = {"xl/cellimages.xml": b"<a/>", "customXml/item1.xml": b"<b/>"}
    with_parts(path, kept)
    form = filled(desk, meeting_with(desk, 2), path)
    for name in (*kept, "xl/theme/theme1.xml", "docProps/app.xml"):
        assert part(form.content, name) == part(path.read_bytes(), name)


def test_the_lines_of_a_hint_are_kept(desk: Desk, tmp_path: Path) -> None:
    book, sheet = table_form()
    rule = DataValidation(type="list", formula1='"甲,乙"', sqref="B2", prompt="第一行\n第二行")
    sheet.add_data_validation(rule)
    read = sheet_of(filled(desk, meeting_with(desk, 2), saved(book, tmp_path)), TITLE)
    (kept,) = read.data_validations.dataValidation
    assert (kept.prompt, kept.formula1) == ("第一行\n第二行", '"甲,乙"')


def test_a_sheet_formatted_to_its_last_row_is_filled_at_once(desk: Desk, tmp_path: Path) -> None:
    book, sheet = table_form()
    sheet["XFD1048576"].font = Font(bold=True)
    read = sheet_of(filled(desk, meeting_with(desk, 1), saved(book, tmp_path)), TITLE)
    assert read["B5"].value == "事项1"


def test_libreoffice_opens_the_filled_form_and_works_its_formulas_out(
    desk: Desk, tmp_path: Path
) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    book, sheet = table_form()
    sheet.add_image(Image(picture(tmp_path)), "B9")
    form = filled(desk, meeting_with(desk, 200), saved(book, tmp_path))
    path = tmp_path / "填好.xlsx"
    path.write_bytes(form.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(tmp_path / "b"), str(path)], check=True, capture_output=True)
    read = openpyxl.load_workbook(tmp_path / "b" / "填好.xlsx", data_only=True)[TITLE]
    assert read["A205"].value == 200
    assert column(read, "B", 5, 204) == [f"事项{n + 1}" for n in range(200)]
    assert "A1:D1" in map(str, read.merged_cells.ranges)
    assert len(vars(read)["_images"]) == 1
