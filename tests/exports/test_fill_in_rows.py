"""Rows of a workbook repeated for each record: all below, and all that points there, moves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

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


@pytest.mark.parametrize("count", [0, 1, 2, 200])
def test_a_row_is_written_once_for_each_matter_and_what_is_below_moves_along(
    desk: Desk, tmp_path: Path, count: int
) -> None:
    book, _sheet = table_form()
    form = filled(desk, meeting_with(desk, count), saved(book, tmp_path))
    sheet = sheet_of(form, TITLE)
    rows = max(count, 1)
    numbers: list[object] = [*range(1, count + 1)]
    names: list[object] = [f"事项{n + 1}" for n in range(count)]
    assert sheet["A1"].value == "桥口村停车难专题协商会登记表"
    assert column(sheet, "B", 5, 4 + rows) == (names or [None])
    assert column(sheet, "A", 5, 4 + rows) == (numbers or [None])
    assert sheet[f"A{5 + rows}"].value == f"=COUNTA(B5:B{4 + rows})"
    assert sheet[f"B{5 + rows}"].value == "填表日期"
    assert f"C{5 + rows}:D{5 + rows}" in map(str, sheet.merged_cells.ranges)
    assert sheet.max_row == 5 + rows
    assert form.unknown == ()


def test_formulas_areas_and_everything_that_hangs_below_move_with_their_rows(
    desk: Desk, tmp_path: Path
) -> None:
    book, sheet = table_form()
    sheet["E4"], sheet["E5"] = "天数", "=D5-$C$6"
    sheet["F5"] = "=SUM(E$5:E5)"
    sheet["E6"] = "=SUM(E5:E5)+E4"
    sheet["A8"] = "见上"
    sheet["A8"].hyperlink = "https://example.org/"
    sheet["A9"].comment = Comment("核对", "李文书")
    other = book.create_sheet("汇总")
    other["A1"], other["A2"] = "='登记 表'!C6", "=SUM('登记 表'!E5:E6)"
    sheet.print_area = "A1:F9"
    sheet.print_title_rows = "4:4"
    sheet.auto_filter.ref = "A4:D5"
    sheet.conditional_formatting.add("E5:E6", Rule(type="expression", formula=["E5<E$6"]))
    rule = DataValidation(type="list", formula1="$A$8:$A$9", sqref="B7")
    sheet.add_data_validation(rule)
    form = filled(desk, meeting_with(desk, 3), saved(book, tmp_path))
    sheet, other = sheet_of(form, TITLE), sheet_of(form, "汇总")
    assert column(sheet, "E", 5, 8) == ["=D5-$C$8", "=D6-$C$8", "=D7-$C$8", "=SUM(E5:E7)+E4"]
    assert column(sheet, "F", 5, 7) == ["=SUM(E$5:E5)", "=SUM(E$5:E6)", "=SUM(E$5:E7)"]
    assert column(other, "A", 1, 2) == ["='登记 表'!C8", "=SUM('登记 表'!E5:E8)"]
    assert sheet.print_area == "'登记 表'!$A$1:$F$11"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.auto_filter.ref == "A4:D7"
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["E5:E8"]
    assert next(iter(sheet.conditional_formatting)).rules[0].formula == ["E5<E$8"]
    assert [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation] == [
        ("B9", "$A$10:$A$11")
    ]
    assert sheet["A10"].hyperlink.target == "https://example.org/"
    assert sheet["A11"].comment.text == "核对"
    remark = part(form.content, "xl/drawings/commentsDrawing1.vml")
    assert re.search(rb"<\w+:Row>10</", remark)


def test_shared_formulas_are_parted_before_rows_come_between_them(
    desk: Desk, tmp_path: Path
) -> None:
    book, _sheet = table_form()
    path = saved(book, tmp_path)
    xml = part(path.read_bytes(), "xl/worksheets/sheet1.xml").decode()
    rows = (
        '<row r="8"><c r="F8"><f t="shared" ref="F8:F9" si="0">B8*2+$A$6</f><v>0</v></c></row>'
        '<row r="9"><c r="F9"><f t="shared" si="0"/><v>0</v></c></row></sheetData>'
    )
    with_parts(path, {"xl/worksheets/sheet1.xml": xml.replace("</sheetData>", rows).encode()})
    read = sheet_of(filled(desk, meeting_with(desk, 3), path), TITLE)
    assert column(read, "F", 10, 11) == ["=B10*2+$A$8", "=B11*2+$A$8"]


def test_rows_and_cells_without_numbers_are_counted(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["{{会议.名称}}", "{{会议.地点}}"])
    path = saved(book, tmp_path)
    xml = part(path.read_bytes(), "xl/worksheets/sheet1.xml").decode()
    bare = re.sub(r'<(row|c) r="[A-Z0-9]+"', r"<\1", xml).encode()
    read = sheet_of(
        filled(desk, meeting_with(desk, 0), with_parts(path, {"xl/worksheets/sheet1.xml": bare}))
    )
    assert read["B1"].value == "镇政府三楼会议室"


def test_two_lists_on_one_sheet_and_two_side_by_side(desk: Desk, tmp_path: Path) -> None:
    held = meeting_with(desk, 2)
    for name in ("甲", "乙", "丙"):
        factory.attendance(desk, held, factory.person(desk, name))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["{{共识事项.事项}}"])
    sheet.append(["出席"])
    sheet.append(["{{序号}}", "{{出席.姓名}}", "{{共识事项.事项}}"])
    sheet.append(["共", "{{出席.条数}}"])
    read = sheet_of(filled(desk, held, saved(book, tmp_path)))
    assert [[c.value for c in row] for row in read.iter_rows()] == [
        ["事项1", None, None],
        ["事项2", None, None],
        ["出席", None, None],
        [1, "甲", "事项1"],
        [2, "乙", "事项2"],
        [3, "丙", None],
        ["共", 3, None],
    ]


@pytest.mark.parametrize("name", ["序号", "共识事项.责任单位"])
def test_a_cell_merged_over_two_rows_makes_them_one_entry(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["B2"] = f"{{{{{name}}}}}", "事项", "时限"
    sheet["C1"], sheet["C2"], sheet["A3"] = "{{共识事项.事项}}", "{{共识事项.时限}}", "完"
    sheet.merge_cells("A1:A2")
    sheet.row_dimensions[2].height = 33
    read = sheet_of(filled(desk, meeting_with(desk, 3), saved(book, tmp_path)))
    assert column(read, "C", 1, 6)[::2] == ["事项1", "事项2", "事项3"]
    assert column(read, "B", 1, 7) == ["事项", "时限"] * 3 + [None]
    assert {str(each) for each in read.merged_cells.ranges} == {"A1:A2", "A3:A4", "A5:A6"}
    assert [read.row_dimensions[n].height for n in (2, 4, 6)] == [33, 33, 33]
    assert read["A7"].value == "完"


def test_a_label_merged_over_head_and_rows_grows_with_them(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["B2"] = "协商共识", "事项", "{{共识事项.事项}}"
    sheet.merge_cells("A1:A2")
    sheet["A3"] = "审核"
    sheet.merge_cells("A3:B4")
    read = sheet_of(filled(desk, meeting_with(desk, 4), saved(book, tmp_path)))
    assert {str(each) for each in read.merged_cells.ranges} == {"A1:A5", "A6:B7"}
    assert read["A6"].value == "审核"


def test_pictures_charts_and_tables_stay_and_move(desk: Desk, tmp_path: Path) -> None:
    book, sheet = table_form()
    sheet.add_image(Image(picture(tmp_path)), "B2")
    sheet.add_image(Image(picture(tmp_path)), "B9")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=6, max_row=6))
    sheet.add_chart(chart, "F12")
    sheet["A20"], sheet["A21"] = "表头", 1
    sheet.add_table(Table(displayName="小表", ref="A20:A21"))
    form = filled(desk, meeting_with(desk, 3), saved(book, tmp_path))
    read = sheet_of(form, TITLE)
    rows = sorted(vars(each.anchor)["_from"].row for each in vars(read)["_images"])
    assert rows == [1, 10]
    assert part(form.content, "xl/media/image1.png").startswith(b"\x89PNG")
    assert b"$A$8" in part(form.content, "xl/charts/chart1.xml")
    assert read.tables["小表"].ref == "A22:A23"


def test_a_text_box_over_the_sheet_is_kept_and_filled(desk: Desk, tmp_path: Path) -> None:
    book, sheet = table_form()
    sheet.add_image(Image(picture(tmp_path)), "B9")
    path = saved(book, tmp_path)
    drawing = part(path.read_bytes(), "xl/drawings/drawing1.xml").decode()
    box = (
        "<twoCellAnchor><from><col>0</col><colOff>0</colOff><row>7</row><rowOff>0</rowOff></from>"
        "<to><col>2</col><colOff>0</colOff><row>9</row><rowOff>0</rowOff></to>"
        '<sp macro="" textlink=""><nvSpPr><cNvPr id="9" name="框"/><cNvSpPr txBox="1"/></nvSpPr>'
        "<spPr/><txBody><a:bodyPr/><a:p><a:r><a:t>地点：{{会</a:t></a:r><a:r><a:t>议.地点}}"
        "</a:t></a:r></a:p></txBody></sp><clientData/></twoCellAnchor></wsDr>"
    )
    ns = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    box = box.replace("<a:bodyPr/>", f"<a:bodyPr {ns}/>").replace("<a:p>", f"<a:p {ns}>")
    changed = re.sub(r"</(xdr:)?wsDr>", "", drawing) + box
    with_parts(path, {"xl/drawings/drawing1.xml": changed.encode()})
    form = filled(desk, meeting_with(desk, 2), path)
    written = part(form.content, "xl/drawings/drawing1.xml").decode()
    assert "地点：镇政府三楼会议室" in written
    assert "<row>8</row>" in written
