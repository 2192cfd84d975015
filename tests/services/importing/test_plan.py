"""What the plan makes of headings, cells and rows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain import names
from liaison_desk.domain.village import Village
from liaison_desk.services.importing import known_people, plan_roster, read_sheet
from liaison_desk.services.importing.columns import SYNONYMS, field_of, label_of
from liaison_desk.services.importing.plan import Known
from liaison_desk.services.importing.sheet import Row, Sheet, cell_text, place
from tests.services.importing import workbooks

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing.plan import RosterPlan


def planned(*rows: tuple[str, ...]) -> RosterPlan:
    """The plan of a sheet made by hand."""
    return plan_roster(
        Sheet("名册", tuple(Row(at, row) for at, row in enumerate(rows, 1) if any(row))), Known()
    )


def one(heading: str, cell: str) -> RosterPlan:
    """The plan of one person with one more column."""
    return planned(("姓名", heading), ("张伟", cell))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓　名", "person.name"),
        ("姓 名*", "person.name"),
        ("手机", "person.phone"),
        ("电　话", "person.phone"),
        ("联系电话（手机）", "person.phone"),
        ("单位职务", "person.post"),
        ("单位及职务", "person.post"),
        ("单位／职务", "person.post"),
        ("党派", "person.party"),
        ("文化\n程度", "person.education"),
        ("证号", "membership.card_number"),
        ("委员证号：", "membership.card_number"),
        ("所属界别", "membership.sector"),
        ("ＮＯ．", "serial"),
        ("血型", ""),
    ],
)
def test_headings_are_known_by_what_people_write(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_every_field_of_the_mapping_has_a_label_and_one_meaning() -> None:
    words = [word for words in SYNONYMS.values() for word in words]
    assert len(words) == len(set(words))
    assert all(label_of(field) != "未导入" for field in SYNONYMS)
    assert label_of("") == "未导入"


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("民族", "汉", "ethnicity", "汉族"),
        ("民族", "维吾尔", "ethnicity", "维吾尔族"),
        ("民族", "穿青人", "ethnicity", "穿青人"),
        ("党派", "中共", "party", "中共党员"),
        ("党派", "党 员", "party", "中共党员"),
        ("党派", "中国共产党党员", "party", "中共党员"),
        ("党派", "民盟", "party", "民盟盟员"),
        ("党派", "九三学社", "party", "九三学社社员"),
        ("党派", "无党派", "party", "无党派人士"),
        ("性别", "M", "gender", "男"),
        ("性别", "女性", "gender", "女"),
        ("出生日期", "1974年3月", "born", "1974.03"),
        ("出生日期", "一九七九年三月", "born", "1979.03"),
        ("电话", "１３８ ００００ ０００１", "phone", "13800000001"),
        ("电话", "138-0000-0001", "phone", "13800000001"),
        ("单位", "=HYPERLINK(1)", "post", "=HYPERLINK(1)"),
        ("单位", "+86", "post", "+86"),
        ("单位", "-1", "post", "-1"),
        ("单位", "@某某", "post", "@某某"),
        ("单位", "镇\x00政\x02府\x07", "post", "镇政府"),
        ("备注", "退休，\n常住县城", "note", "退休，\n常住县城"),
        ("职务", "桥口村主任", "post", "桥口村主任"),
        ("身份证号", "34062119790303125x", "identity", "34062119790303125X"),
    ],
)
def test_cells_become_the_office_s_words(heading: str, cell: str, field: str, value: str) -> None:
    plan = one(heading, cell)
    assert getattr(plan.rows[0].person, field) == value
    assert plan.problems == ()


@pytest.mark.parametrize(
    ("written", "sector"),
    [
        ("教育", "教育界"),
        ("教育界", "教育界"),
        ("科技", "科技界"),
        ("科学技术", "科学技术界"),
        ("中国共产党", "中共"),
        ("工商联界", "工商联"),
        ("中华全国工商业联合会", "工商联"),
        ("特邀界", "特邀人士"),
        ("新乡贤", "新乡贤"),
    ],
)
def test_sectors_are_named_alike_however_they_are_written(written: str, sector: str) -> None:
    assert one("界别", written).rows[0].membership.sector == sector


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("性别", "不详", "性别请从"),
        ("出生年月", "七十年代", "看不懂"),
        ("电话", "1.38E+10", "科学计数"),
        ("身份证号", "340621197903031250", "校验位不对"),
        ("村（社区）", "桥口村", "村（社区）里还没有“桥口村”"),
        ("单位", "长" * 101, "最多100个字"),
        ("界别", "长" * 31, "最多30个字"),
    ],
)
def test_a_cell_that_cannot_be_read_is_listed_and_its_person_still_comes_in(
    heading: str, cell: str, reason: str
) -> None:
    plan = one(heading, cell)
    [problem] = plan.problems
    assert (problem.row, problem.place, problem.text) == (2, "B2", cell)
    assert reason in problem.reason
    assert problem.is_personal == (heading in {"电话", "身份证号"})
    assert plan.rows[0].person.name == "张伟"
    assert plan.summary == "名册共1人：新增1人、更新0人、不变0人。有1处没有导入，请看下面的原因。"


def test_an_odd_phone_number_is_kept_and_pointed_out() -> None:
    row = one("电话", "6000001").rows[0]
    assert row.person.phone == "6000001"
    assert row.notes == ()
    assert one("电话", "138").rows[0].notes == ("电话“138”不像手机号或带区号的座机号，请核对",)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "没有姓名"), ("　", "没有姓名"), ("长" * 61, "最多60个字"), ("长" * 200, "最多60个字")],
)
def test_a_row_without_a_usable_name_is_listed_and_the_others_come_in(
    name: str, reason: str
) -> None:
    plan = planned(("姓名", "电话"), (name, "13800000001"), ("李娜", "13800000002"))
    assert [row.person.name for row in plan.rows] == ["李娜"]
    [problem] = plan.problems
    assert (problem.row, reason in problem.reason) == (2, True)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("合 计", "2人", ""), "合计行"),
        (("", "总计：2人", ""), "合计行"),
        (("填表人（签字）：", "", ""), "签名行"),
        (("", "审核人：王", ""), "签名行"),
        (("单位负责人:", "", ""), "签名行"),
        (("说明：1.填到月", "", ""), "说明行"),
        (("", "以上共2人。", ""), "说明行"),
        (("2026年1月5日", "", ""), "说明行"),
        (("合计", "2人", "2部"), "合计行"),
        (("", "二、教育界", ""), "分组标题"),
        (("（三）特邀人士（2人）", "", ""), "分组标题"),
        (("农业界", "", ""), "分组标题"),
        (("序号", "姓名", "电话"), "重复的表头"),
        (("3", "", ""), "只有序号，没有内容"),
    ],
)
def test_rows_that_are_no_people_are_left_out_with_their_reason(
    row: tuple[str, ...], reason: str
) -> None:
    plan = planned(("序号", "姓名", "电话"), ("1", "张伟", "1"), ("2", "李娜", "2"), row)
    assert [(each.row, each.reason) for each in plan.left_out] == [(4, reason)]
    assert (len(plan.rows), plan.problems) == (2, ())


def test_a_total_that_does_not_add_up_is_pointed_out() -> None:
    plan = planned(("姓名",), ("张伟",), ("合计：3人",))
    assert plan.notes == ("合计行写的是3人，实际读到1人，请核对。",)
    assert planned(("姓名",), ("张伟",), ("合计：1人",)).notes == ()


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("政协濉溪县第十一届委员会委员名册", "第十一届"),
        ("县政协12届委员", "第十二届"),
        ("第9届", "第九届"),
        ("第10届", "第十届"),
        ("第20届", "第二十届"),
        ("三届一次会议", "第三届"),
        ("委员名册", ""),
    ],
)
def test_the_term_is_found_in_the_title_however_it_is_written(title: str, term: str) -> None:
    plan = planned((title, ""), ("姓名", "电话"), ("张伟", "1"))
    assert (plan.offered_term, plan.term) == (term, term)


def test_a_remark_that_names_a_duty_is_the_duty_and_any_other_stays_a_remark() -> None:
    plan = planned(("姓名", "备注"), ("张伟", "副组长"), ("李娜", "退休"))
    assert [(r.membership.duty, r.person.note) for r in plan.rows] == [
        ("副组长", ""),
        ("委员", "退休"),
    ]


def test_a_column_of_positions_joins_the_employer_or_names_the_duty() -> None:
    plan = planned(
        ("姓名", "工作单位", "职务", "政协职务"),
        ("张伟", "镇政府", "镇长", ""),
        ("李娜", "镇政府", "常委", ""),
        ("王五", "镇政府镇长", "镇长", "召集人"),
    )
    assert [(r.person.post, r.membership.duty) for r in plan.rows] == [
        ("镇政府镇长", "委员"),
        ("镇政府", "常委"),
        ("镇政府镇长", "召集人"),
    ]


def test_a_second_column_of_a_field_an_unknown_one_and_one_without_heading_are_not_imported() -> (
    None
):
    plan = planned(("姓名", "手机", "电话", "血型", "", ""), ("张伟", "1", "2", "A", "多", ""))
    assert [(each.letter, each.label, each.note, each.filled) for each in plan.columns] == [
        ("A", "姓名", "", 1),
        ("B", "手机", "", 1),
        ("C", "未导入", "与“手机”重复", 1),
        ("D", "未导入", "没有对应的栏目", 1),
        ("E", "未导入", "没有标题", 1),
    ]
    assert plan.rows[0].person.phone == "1"


def test_villages_that_the_desk_has_are_linked(desk: Desk) -> None:
    village = desk.save(Village(name="桥口村"))
    sheet = Sheet(
        "名册", (Row(1, ("姓名", "村（社区）", "联系村")), Row(2, ("张伟", "桥口村", "桥口村")))
    )
    row = plan_roster(sheet, known_people(desk)).rows[0]
    assert (row.person.village, row.membership.village) == (village.id, village.id)


def test_months_kept_as_numbers_are_october_only_where_the_column_proves_it(tmp_path: Path) -> None:
    people = [("张伟", 1974.1), ("李娜", 1969.07)]
    path = workbooks.roster(tmp_path / "数.xlsx", *people, headings=("姓名", "出生年月"))
    assert [row.person.born for row in plan_roster(read_sheet(path), Known()).rows] == [
        "1974.10",
        "1969.07",
    ]
    path = workbooks.roster(tmp_path / "数.xlsx", people[0], headings=("姓名", "出生年月"))
    plan = plan_roster(read_sheet(path), Known())
    assert plan.rows[0].person.born == ""
    assert "分不清是1月还是10月" in plan.problems[0].reason


def test_an_identity_number_kept_as_a_number_has_lost_digits_and_is_listed(tmp_path: Path) -> None:
    path = workbooks.roster(
        tmp_path / "数.xlsx", ("张伟", 340621197903031250), headings=("姓名", "身份证号")
    )
    [problem] = plan_roster(read_sheet(path), Known()).problems
    assert "末几位已经丢失" in problem.reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000001.0, "13800000001"),
        (3, "3"),
        (1974.03, "1974.03"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        (True, "是"),
        (False, "否"),
        (date(1974, 3, 12), "1974-03-12"),
        (datetime(1974, 3, 12), "1974-03-12"),
        (datetime(1974, 3, 12, 9, 30), "1974-03-12 09:30"),
        (time(9, 30), "09:30:00"),
        ("=1+1", "=1+1"),
    ],
)
def test_cells_of_every_kind_become_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_a_cell_s_place_is_named_as_in_a_spreadsheet() -> None:
    assert [place(7, at) for at in (0, 25, 26, 701, 702)] == ["A7", "Z7", "AA7", "ZZ7", "AAA7"]


def test_formulas_come_in_as_their_values_and_lost_ones_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "电话", "备注"])
        page.write_string(1, 0, "=张伟")
        page.write_formula(1, 1, "=1+1", value="13800000001")
        page.write_formula(1, 2, "=A9", value="")
        page.write_string(2, 0, "李娜")
        page.write_formula(2, 1, "=NA()", value="#N/A")
        page.write_string(3, 0, "合计")
        page.write_formula(3, 1, "=A9", value="")
    plan = plan_roster(read_sheet(path), Known())
    assert [(row.person.name, row.person.phone) for row in plan.rows] == [
        ("=张伟", "13800000001"),
        ("李娜", ""),
    ]
    assert [(each.place, each.reason[:9]) for each in plan.problems] == [
        ("C2", "是公式，文件里没有"),
        ("B3", "公式算出的是错误值"),
    ]


def test_cells_joined_downwards_count_for_each_of_their_people(tmp_path: Path) -> None:
    path = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range("A1:B1", "基本情况")
        page.merge_range("C1:C2", "界别")
        page.write_row("A2", ["姓名", "电话"])
        page.write_row("A3", ["张伟", "13800000001"])
        page.write_row("A4", ["李娜", "13800000002"])
        page.merge_range("C3:C4", "教育")
        page.merge_range("B5:B6", "13800000003")
        page.write_row("A5", ["王五"])
        page.write_row("A6", ["赵六"])
    plan = plan_roster(read_sheet(path), Known())
    assert [(row.person.name, row.person.phone, row.membership.sector) for row in plan.rows] == [
        ("张伟", "13800000001", "教育界"),
        ("李娜", "13800000002", "教育界"),
        ("王五", "13800000003", ""),
        ("赵六", "", ""),
    ]


def test_headings_in_two_rows_are_read_together() -> None:
    plan = planned(
        ("序号", "姓名", "基本信息", "", "联系方式", "", "界别"),
        ("", "", "性别", "出生年月", "手机", "办公电话", ""),
        ("1", "张伟", "男", "1974.03", "13800000001", "6000000", "教育界"),
        ("2", "", "女", "1980.05", "13800000002", "", "农业界"),
    )
    assert [each.label for each in plan.columns] == [
        "序号", "姓名", "性别", "出生年月", "手机", "未导入", "界别",
    ]  # fmt: skip
    person, seat = plan.rows[0].person, plan.rows[0].membership
    assert (person.name, person.gender, person.born) == ("张伟", "男", "1974.03")
    assert (person.phone, seat.sector) == ("13800000001", "教育界")
    assert [(each.row, each.reason) for each in plan.problems] == [(4, "没有姓名")]


def test_a_person_without_a_name_below_the_headings_is_no_second_row_of_them() -> None:
    plan = planned(("姓名", "电话"), ("", "13800000001"), ("李娜", "13800000002"))
    assert [(each.row, each.reason) for each in plan.problems] == [(2, "没有姓名")]
    assert [row.person.name for row in plan.rows] == ["李娜"]


def test_the_first_visible_sheet_with_names_is_read_and_the_others_are_named(
    tmp_path: Path,
) -> None:
    path = tmp_path / "多表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("填表说明").write("A1", "请认真填写")
        hidden = book.add_worksheet("旧名册")
        hidden.write_column("A1", ["姓名", "旧人"])
        hidden.hide()
        book.add_worksheet("空白")
        book.add_worksheet("名册").write_column("C4", ["姓名", "张伟"])
        book.add_worksheet("另一个").write("A1", "姓名")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=名册!$C$4:$C$5"})
        book.add_chartsheet("图").set_chart(chart)
    plan = plan_roster(read_sheet(path), Known())
    assert (plan.sheet, [row.number for row in plan.rows]) == ("名册", [5])
    assert plan.notes == ("只读了工作表“名册”；工作表“填表说明”、“旧名册”、“另一个”没有导入。",)


def test_a_workbook_whose_cells_do_not_say_where_they_are_is_read(tmp_path: Path) -> None:
    path = workbooks.roster(tmp_path / "甲.xlsx", ("张伟",), headings=("姓名",))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        "<row><c t='inlineStr'><is><t>姓名</t></is></c></row>"
        "<row><c t='inlineStr'><is><t>张伟</t></is></c></row></sheetData></worksheet>"
    )
    bare = workbooks.rezipped(
        path, tmp_path / "乙.xlsx", "xl/worksheets/sheet1.xml", sheet.encode()
    )
    assert plan_roster(read_sheet(bare), Known()).rows[0].person.name == "张伟"


def test_private_use_stand_ins_of_old_files_become_the_real_character() -> None:
    assert planned(("姓名",), ("陆\ue863",)).rows[0].person.name == "陆䶮"


def xml_text() -> st.SearchStrategy[str]:
    """Any text a workbook can hold."""
    letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    return st.text(letters, min_size=1, max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(xml_text(), min_size=1, max_size=30))
def test_names_of_any_characters_survive_the_workbook(tmp_path: Path, texts: list[str]) -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("名册")
    page.append(["姓名", "电话"])
    for at, text in enumerate(texts):
        page.append([f"张{text}某", f"139{at:08}"])
    book.save(tmp_path / "名.xlsx")
    plan = plan_roster(read_sheet(tmp_path / "名.xlsx"), Known())
    found = {row.number: row.person.name for row in plan.rows}
    for number, text in enumerate(texts, 2):
        assert found[number] == names.normalise(f"张{text}某")


cells = st.one_of(
    st.sampled_from(["", "姓名", "电话", "合计", "序号", "备注", "张伟", "1", "召集人"]), xml_text()
)


@settings(max_examples=200)
@given(st.lists(st.lists(cells, min_size=1, max_size=5), max_size=8))
def test_every_filled_row_of_any_sheet_is_a_person_or_listed(table: list[list[str]]) -> None:
    body: list[Any] = [("姓名", "电话", "备注"), ("开头", "1", ""), *map(tuple, table)]
    rows = tuple(
        Row(at, cells) for at, cells in enumerate(body, 1) if any(cell.strip() for cell in cells)
    )
    plan = plan_roster(Sheet("表", rows), Known())
    told = {row.number for row in plan.rows}
    told |= {each.row for each in (*plan.left_out, *plan.problems)}
    header = {row.number for row in rows} - told
    assert len(header) == 1
