"""Finding the table in a sheet, whatever stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from liaison_desk.domain.meeting import Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import (
    apply_import,
    open_source,
    paste_source,
    plan_import,
    propose_mapping,
    take_stock,
    target_of,
    with_header,
)
from liaison_desk.services.importing.errors import SourceUnreadable
from tests.services.importing import workbooks
from tests.services.importing.importing import imported, pasted, planned

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk


def names(desk: Desk) -> list[str]:
    """Everybody's name."""
    return sorted(each.name for each in desk.find(Person))


def test_columns_shifted_right_and_rows_left_empty_do_not_hide_a_table(
    tmp_path: Path, desk: Desk
) -> None:
    path = tmp_path / "移位.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("名单")
        page.write("D3", "柳河镇群众代表名单")
        page.write_row("D6", ["姓名", "电话"])
        page.write_row("D9", ["何木兰", "13900000000"])
        page.write_row("D12", ["丁一", "13900000003"])
    table = open_source(path).likely
    assert [(each.letter, each.heading) for each in table.columns] == [("D", "姓名"), ("E", "电话")]
    assert table.title == "柳河镇群众代表名单"
    imported(desk, table)
    assert names(desk) == ["丁一", "何木兰"]


def test_headings_in_two_rows_with_joined_cells_are_read_together(tmp_path: Path) -> None:
    path = tmp_path / "两行.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range("A1:D1", "委员名册")
        page.merge_range("A2:A3", "姓名")
        page.merge_range("B2:C2", "联系方式")
        page.write_row("B3", ["手机", "单位"])
        page.merge_range("D2:D3", "界别")
        page.write_row("A4", ["张伟", "13800000001", "镇政府", "教育"])
    table = open_source(path).likely
    assert [each.heading for each in table.columns] == ["姓名", "手机", "单位", "界别"]
    assert [row.number for row in table.header] == [2, 3]


def test_the_sheet_that_looks_right_is_offered_and_every_other_can_be_chosen(
    tmp_path: Path,
) -> None:
    path = tmp_path / "多表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("填表说明").write("A1", "请认真填写，逐项核对。")
        hidden = book.add_worksheet("旧名册")
        hidden.write_column("A1", ["姓名", "旧人"])
        hidden.hide()
        book.add_worksheet("空白")
        book.add_worksheet("名册").write_row("A1", ["姓名", "性别", "界别"])
        book.get_worksheet_by_name("名册").write_row("A2", ["张伟", "男", "教育"])
        book.add_worksheet("台账").write_row("A1", ["时间", "议题"])
        book.get_worksheet_by_name("台账").write_row("A2", ["2025.3.8", "停车难"])
    source = open_source(path)
    assert source.likely.sheet.name == "名册"
    assert [each.caption for each in source.tables] == ["填表说明", "旧名册", "名册", "台账"]
    assert [each.name for each in source.sheets if each.is_hidden] == ["旧名册"]


def test_headings_that_come_again_at_a_page_break_are_no_records(desk: Desk) -> None:
    table = pasted(
        ("柳河镇协商活动台账", "", ""),
        ("序号", "时间", "议题"),
        ("1", "2025.3.8", "小区停车难"),
        ("本页小计", "1次", ""),
        ("柳河镇协商活动台账", "", ""),
        ("序号", "时间", "议题"),
        ("2", "2025.4.8", "不文明养犬"),
    )
    plan = planned(desk, table)
    assert [row.caption for row in plan.rows] == ["小区停车难协商会", "不文明养犬协商会"]
    assert [(each.row, each.reason) for each in plan.left_out][1:4] == [
        (4, "合计行"),
        (5, "重复的标题"),
        (6, "重复的表头"),
    ]


def test_a_second_table_below_with_other_headings_is_a_table_of_its_own(desk: Desk) -> None:
    source = paste_source(
        "姓名\t电话\t界别\n张伟\t13800000001\t教育\n\n"
        "协商活动台账\n时间\t议题\t地点\n2025.3.8\t停车难\t村部\n"
    )
    first, second = source.tables
    assert [row.number for row in first.rows] == [2]
    assert second.title == "协商活动台账"
    assert second.caption == "粘贴的内容（第5行起）"
    left = {each.reason for each in planned(desk, first, term="第十二届").left_out}
    assert left == {"属于这张工作表上的另一个表，请单独导入"}
    assert planned(desk, second).mapping.target.title == "协商活动台账"


def test_a_cell_joined_downwards_holds_for_each_of_its_rows(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "2025年台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row("A1", ["序号", "时间", "议题", "共识事项", "责任单位", "完成时限"])
        page.merge_range("A2:A3", "1")
        page.merge_range("B2:B3", "2025.3.8")
        page.merge_range("C2:C3", "小区停车难")
        page.write_row("D2", ["新划车位30个", "镇城建所", "2025.4.30"])
        page.write_row("D3", ["安排专人管理", "派出所", "2025.5.31"])
    imported(desk, open_source(path).likely)
    [meeting] = desk.find(Meeting)
    assert [
        (each.meeting, each.name, desk.caption("agency", each.agency), str(each.due_on))
        for each in desk.find(Consensus)
    ] == [
        (meeting.id, "新划车位30个", "镇城建所", "2025-04-30"),
        (meeting.id, "安排专人管理", "派出所", "2025-05-31"),
    ]


def test_the_same_as_above_is_what_stands_above(desk: Desk) -> None:
    table = pasted(
        ("姓名", "界别", "工作单位"), ("张伟", "教育", "柳河中学"), ("李娜", "同上", "〃")
    )
    imported(desk, table, term="第十二届")
    assert {seat.sector for seat in desk.find(Membership)} == {"教育界"}
    assert {person.post for person in desk.find(Person)} == {"柳河中学"}


def test_one_phone_joined_downwards_is_the_first_person_s(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row("A1", ["姓名", "电话"])
        page.write_column("A2", ["张伟", "李娜"])
        page.merge_range("B2:B3", "13800000001")
    imported(desk, open_source(path).likely)
    assert sorted((each.name, each.phone) for each in desk.find(Person)) == [
        ("张伟", "13800000001"),
        ("李娜", ""),
    ]


def test_headings_nobody_knows_are_a_guess_and_can_be_pointed_out(desk: Desk) -> None:
    table = pasted(("甲", "乙", "丙"), ("标志", "属性", "数值"), ("张伟", "13800000001", "1"))
    assert not table.is_certain
    again = with_header(table, 2, 2)
    assert [each.heading for each in again.columns] == ["标志", "属性", "数值"]
    assert [row.number for row in again.rows] == [3]
    assert with_header(again, 90, 95) is again
    assert planned(desk, again).blocked.startswith("还没有指定哪一列是")


def test_rows_copied_without_their_headings_begin_with_a_person(desk: Desk) -> None:
    table = pasted(("马小兰", "女", "13900001111"), ("牛大力", "男", "13900002222"))
    assert table.header == ()
    assert [row.number for row in table.rows] == [1, 2]
    columns = [each.letter for each in table.columns]
    assert columns == ["A", "B", "C"]
    mapping = propose_mapping(table, target_of("person"), desk)
    for position, name in enumerate(("name", "gender", "phone")):
        mapping = mapping.with_field(position, f"person.{name}")
    apply_import(desk, plan_import(table, mapping, take_stock(desk, target_of("person"))))
    found = {(each.name, each.gender, each.phone) for each in desk.find(Person)}
    assert found == {("马小兰", "女", "13900001111"), ("牛大力", "男", "13900002222")}


def test_a_heading_row_that_is_none_can_be_told_so(desk: Desk) -> None:
    table = pasted(("甲", "乙"), ("标志", "属性"))
    again = with_header(table, 0, 0)
    assert (again.header, [row.number for row in again.rows]) == ((), [1, 2])
    assert [row.number for row in with_header(again, 1, 1).header] == [1]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('姓名\t备注\n张伟\t"退休\n常住县城"\n', ("张伟", "退休\n常住县城")),
        ('姓名\t备注\n张伟\t"说""好"""\n', ("张伟", '说"好"')),
        ('姓名\t备注\n张伟\t5" 屏\n', ("张伟", '5" 屏')),
        ('姓名\t备注\n张伟\t"没有结束\n', ("张伟", '"没有结束')),
        ("姓名\t备注\r\n张伟\t甲\r\n", ("张伟", "甲")),
        ("姓名,备注\n张伟,甲\n", ("张伟", "甲")),
        ("姓名\n张伟", ("张伟",)),
    ],
)
def test_what_was_copied_from_a_spreadsheet_is_read(text: str, cells: tuple[str, ...]) -> None:
    assert paste_source(text).likely.rows[0].cells == cells


def test_nothing_pasted_is_told() -> None:
    with pytest.raises(SourceUnreadable, match="里没有任何内容"):
        paste_source(" \n\t\n")


def test_macros_and_links_are_ignored_and_said_so(tmp_path: Path) -> None:
    path = workbooks.write(tmp_path / "宏.xlsm", ["姓名"], ["张伟"])
    with_macro = workbooks.with_parts(
        path, "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"
    )
    source = open_source(with_macro)
    assert source.likely.rows[0].cells == ("张伟",)
    assert [note[:7] for note in source.notes] == ["文件里带有宏，", "文件引用了别的"]
