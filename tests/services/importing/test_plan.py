"""What the plan makes of rows: which are records, what is said of the whole, and doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain import names
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import (
    Options,
    RowState,
    Stock,
    apply_import,
    open_source,
    plan_import,
    propose_mapping,
    target_of,
)
from liaison_desk.services.importing.errors import PlanOutdated
from liaison_desk.services.importing.sheet import Figure, cell_text, place
from liaison_desk.services.importing.taking import take_stock
from liaison_desk.services.importing.targets import ROSTER
from tests import factory
from tests.services.importing import workbooks
from tests.services.importing.importing import imported, pasted
from tests.services.importing.importing import planned as planned_on

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing import ImportPlan, Table


def plan_of(table: Table, term: str | None = "第十二届") -> ImportPlan:
    """The plan of a table as a roster, on a desk that knows nobody."""
    target = target_of(ROSTER)
    stock = Stock({Person: (), Membership: ()})
    return plan_import(table, propose_mapping(table, target), stock, Options(term=term))


def planned(*rows: tuple[str, ...]) -> ImportPlan:
    """The plan of a roster made by hand."""
    return plan_of(pasted(*rows))


def saved(plan: ImportPlan, *fields: str) -> list[tuple[str, ...]]:
    """Some fields of everyone a plan saves, the seat's after the person's."""
    seats = {each.person: each for each in plan.saves if isinstance(each, Membership)}
    return [
        tuple(
            str(getattr(person if name in Person.fields() else seats[person.id], name))
            for name in fields
        )
        for person in plan.saves
        if isinstance(person, Person)
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓　名", "person.name"),
        ("姓 名*", "person.name"),
        ("手机", "person.phone"),
        ("电　话", "person.phone"),
        ("联系电话（手机）", "person.phone"),
        ("联系方式 手机", "person.phone"),
        ("单位职务", "person.post"),
        ("单位／职务", "person.post"),
        ("党派", "person.party"),
        ("文化\n程度", "person.education"),
        ("证号", "membership.card_number"),
        ("委员证号：", "membership.card_number"),
        ("所属界别", "membership.sector"),
        ("ＮＯ．", ""),
        ("血型", ""),
        ("进驻村\n（社区）", "membership.village"),
        ("手机号码1", "person.phone"),
        ("最高学历层次", "person.education"),
    ],
)
def test_headings_are_known_by_what_people_write(heading: str, field: str) -> None:
    table = pasted(("甲", f'"{heading}"'), ("张伟", "1"))
    mapping = propose_mapping(table, target_of(ROSTER))
    assert mapping.columns[1].field == field


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
    assert [(each.row, each.reason) for each in plan.left_out if not each.place] == [(4, reason)]
    assert [row.caption for row in plan.rows] == ["张伟", "李娜"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "没有姓名"),
        ("　", "没有姓名"),
        ("长" * 61, "最多60个字"),
        ("长" * 10_000, "最多60个字"),
    ],
)
def test_a_row_without_a_usable_name_is_listed_and_the_others_come_in(
    name: str, reason: str
) -> None:
    plan = planned(("姓名", "电话"), (name, "13800000001"), ("李娜", "13800000002"))
    assert saved(plan, "name") == [("李娜",)]
    [problem] = plan.problems
    assert (problem.row, reason in problem.reason) == (2, True)


def test_a_total_that_does_not_add_up_is_pointed_out() -> None:
    plan = planned(("姓名", "电话"), ("张伟", ""), ("合计：3人", ""))
    assert plan.notes[0] == "合计行写的是3，实际读到1行，请核对。"
    notes = planned(("姓名", "电话"), ("张伟", ""), ("合计：1人", "")).notes
    assert not any("合计" in note for note in notes)


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("政协濉溪县第十一届委员会委员名册", "第十一届"),
        ("县政协12届委员", "第十二届"),
        ("第9届", "第九届"),
        ("第20届", "第二十届"),
        ("三届一次会议", "第三届"),
        ("委员名册", ""),
    ],
)
def test_the_term_is_found_in_the_title_however_it_is_written(title: str, term: str) -> None:
    plan = plan_of(pasted((title, ""), ("姓名", "界别"), ("张伟", "教育")), None)
    assert (plan.offered_term, plan.term, bool(plan.blocked)) == (term, term, not term)


def test_a_remark_that_names_a_duty_is_the_duty_and_any_other_stays_a_remark() -> None:
    plan = planned(("姓名", "备注"), ("张伟", "副组长"), ("李娜", "退休"))
    assert saved(plan, "duty", "note") == [("副组长", ""), ("委员", "退休")]


def test_a_column_of_positions_joins_the_employer_or_names_the_duty() -> None:
    plan = planned(
        ("姓名", "工作单位", "职务", "政协职务"),
        ("张伟", "镇政府", "镇长", ""),
        ("李娜", "镇政府", "常委", ""),
        ("王五", "镇政府镇长", "镇长", "召集人"),
    )
    assert saved(plan, "post", "duty") == [
        ("镇政府镇长", "委员"),
        ("镇政府", "常委"),
        ("镇政府镇长", "召集人"),
    ]


def test_a_second_column_of_a_field_an_unknown_one_and_one_without_heading_are_not_imported() -> (
    None
):
    table = pasted(("姓名", "手机", "电话", "血型", "", ""), ("张伟", "1", "2", "A", "多", ""))
    mapping = propose_mapping(table, target_of(ROSTER))
    assert [
        (each.column.letter, mapping.label(each.column.position), str(each.why))
        for each in mapping.columns
    ] == [
        ("A", "姓名", "标题相同"),
        ("B", "手机", "标题相同"),
        ("C", "不导入", "与前面的列重复"),
        ("D", "不导入", "没有对应的栏目"),
        ("E", "不导入", "没有标题"),
    ]


def test_the_clerk_s_choice_takes_a_field_from_the_column_that_had_it() -> None:
    table = pasted(("姓名", "手机", "座机"), ("张伟", "1", "2"))
    mapping = propose_mapping(table, target_of(ROSTER)).with_field(2, "person.phone")
    assert [each.field for each in mapping.columns] == ["person.name", "", "person.phone"]
    both = mapping.with_field(1, "person.note")
    assert [mapping.target.field(each.field) is not None for each in both.columns] == [True] * 3


def test_two_columns_of_remarks_are_put_together_with_their_headings() -> None:
    plan = planned(("姓名", "备注", "身份"), ("张伟", "退休", "群众代表"))
    assert saved(plan, "note") == [("退休\n身份：群众代表",)]


def test_formulas_come_in_as_their_values_and_lost_ones_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "电话", "备注", "工作单位"])
        page.write_string(1, 0, "张伟")
        page.write_string(1, 3, "=cmd|' /c calc'!A0")
        page.write_formula(1, 1, "=1+1", value="13800000001")
        page.write_formula(1, 2, "=A9", value="")
        page.write_string(2, 0, "李娜")
        page.write_formula(2, 1, "=NA()", value="#N/A")
        page.write_string(3, 0, "合计")
        page.write_formula(3, 1, "=A9", value="")
    plan = plan_of(open_source(path).likely)
    assert saved(plan, "name", "phone", "post") == [
        ("张伟", "13800000001", "=cmd|' /c calc'!A0"),
        ("李娜", "", ""),
    ]
    assert [(each.place, each.reason[:9]) for each in plan.problems] == [
        ("C2", "是公式，文件里没有"),
        ("B3", "公式算出的是错误值"),
    ]


def test_a_wrong_identity_number_stays_out_and_its_person_comes_in() -> None:
    plan = planned(("姓名", "身份证号"), ("张伟", "340621197903031250"))
    [problem] = plan.problems
    assert (problem.place, problem.is_personal) == ("B2", True)
    assert "校验位不对" in problem.reason
    assert saved(plan, "name", "identity") == [("张伟", "")]


def test_birth_and_sex_that_the_identity_number_contradicts_are_pointed_out() -> None:
    heads = ("姓名", "性别", "出生年月", "身份证号")
    [row] = planned(heads, ("张伟", "女", "1979.04", "34062119790303125X")).rows
    assert [note[:4] for note in row.notes] == ["出生年月", "性别女和"]


def test_ten_thousand_characters_in_a_cell_are_listed_whole() -> None:
    plan = planned(("姓名", "备注", "工作单位"), ("张伟", "长" * 10_000, "镇政府"))
    [problem] = plan.problems
    assert (len(problem.text), "最多2000个字" in problem.reason) == (10_000, True)


@pytest.mark.parametrize("rows", [(), (("合计", "0人"),)])
def test_a_table_with_only_headings_imports_nothing(rows: tuple[tuple[str, ...], ...]) -> None:
    plan = planned(("姓名", "电话"), *rows)
    assert (plan.rows, plan.is_empty) == ((), True)


def test_a_table_without_names_waits_for_the_column(desk: Desk) -> None:
    plan = plan_of(pasted(("序号", "电话"), ("1", "13800000001")))
    assert plan.blocked == "还没有指定哪一列是“姓名”，请先选好。"
    assert plan.is_empty


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
    assert saved(plan_of(open_source(bare).likely), "name") == [("张伟",)]


@pytest.mark.parametrize("path", sorted(workbooks.FILES.iterdir()), ids=lambda path: path.suffix)
def test_the_roster_is_the_same_in_every_kind_of_workbook(path: Path) -> None:
    fields = ("name", "gender", "born", "party", "phone", "sector", "duty", "card_number")
    official = saved(plan_of(open_source(workbooks.OFFICIAL).likely), *fields)
    assert saved(plan_of(open_source(path).likely), *fields) == official
    assert len(official) == 14


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
        ("=1+1", "=1+1"),
    ],
)
def test_cells_of_every_kind_become_text(value: object, text: str) -> None:
    assert cell_text(value) == text
    assert isinstance(cell_text(value), Figure) == (
        isinstance(value, int | float) and not isinstance(value, bool)
    )


def test_a_cell_s_place_is_named_as_in_a_spreadsheet() -> None:
    assert [place(7, at) for at in (0, 25, 26, 701, 702)] == ["A7", "Z7", "AA7", "ZZ7", "AAA7"]


# -- on a desk ---------------------------------------------------------------------------------


def test_people_reported_by_other_offices_are_not_matched(county_desk: Desk) -> None:
    own = factory.person(county_desk, phone="13800000001")
    stock = take_stock(county_desk, target_of(ROSTER))
    assert [each.id for each in stock.records[Person]] == [own.id]


def test_a_removed_person_is_not_matched(desk: Desk) -> None:
    desk.remove(factory.person(desk, phone="13800000001"))
    plan = planned_on(desk, pasted(("姓名", "电话"), ("张伟", "13800000001")))
    assert [row.state for row in plan.rows] == [RowState.NEW]


def test_a_seat_that_was_given_up_is_pointed_out_and_not_changed(desk: Desk) -> None:
    factory.member(desk, card_number="HX-1", status="辞去", sector="教育界")
    table = pasted(("姓名", "委员证号", "界别"), ("张伟", "HX-1", "教育"))
    [row] = planned_on(desk, table, term="第十二届").rows
    assert row.state is RowState.SAME
    assert row.notes == ("资料里登记的状态是“辞去”，导入不会改动它，请核对",)


def test_a_plan_that_something_has_overtaken_is_refused(desk: Desk) -> None:
    plan = planned_on(desk, pasted(("姓名", "电话"), ("张伟", "13800000001")))
    factory.person(desk, "李娜")
    with pytest.raises(PlanOutdated, match="请重新预览"):
        apply_import(desk, plan)
    assert [each.name for each in desk.find(Person)] == ["李娜"]


def test_nothing_is_written_before_the_clerk_agrees(desk: Desk) -> None:
    stamp = desk.log.last_stamp()
    planned_on(desk, open_source(workbooks.OFFICIAL).likely)
    assert (desk.log.last_stamp(), desk.find(Person)) == (stamp, [])


def test_the_history_and_the_result_say_what_was_done(desk: Desk) -> None:
    result = imported(desk, open_source(workbooks.OFFICIAL).likely)
    assert result.summary == (
        "委员名册已导入：新增14行、更新0行（人员14条、委员任期14条）。按“撤销”可整批退回。"
    )
    assert desk.undo().title == "导入委员名册（14行）"


# -- anything at all ---------------------------------------------------------------------------


def xml_text() -> st.SearchStrategy[str]:
    """Any text a workbook can hold."""
    letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    return st.text(letters, min_size=1, max_size=20)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(xml_text(), min_size=1, max_size=30))
def test_names_of_any_characters_survive_or_are_listed(tmp_path: Path, texts: list[str]) -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("名册")
    page.append(["姓名", "电话"])
    for at, text in enumerate(texts):
        page.append([f"张{text}某", f"139{at:08}"])
    book.save(tmp_path / "名.xlsx")
    plan = plan_of(open_source(tmp_path / "名.xlsx").likely)
    written = [names.normalise(f"张{text}某") for text in texts]
    kept = [found for (found,) in saved(plan, "name")]
    listed = {each.row - 2 for each in plan.problems}
    assert kept == [name for at, name in enumerate(written) if at not in listed]
    assert all("名" in each.reason or "几个人" in each.reason for each in plan.problems)


cells = st.one_of(
    st.sampled_from(["", "张伟", "李娜", "13800000001", "1980.05", "柳河镇", "同上", "召集人"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=8))
def test_importing_any_roster_twice_adds_nobody(rows: list[tuple[str, ...]]) -> None:
    table = pasted(("姓名", "电话", "出生年月", "工作单位"), *rows, ("王五", "", "", ""))
    target = target_of(ROSTER)
    mapping, options = propose_mapping(table, target), Options(term="第十二届")
    once = plan_import(table, mapping, Stock({Person: (), Membership: ()}), options)
    people = tuple(each for each in once.saves if isinstance(each, Person))
    seats = tuple(each for each in once.saves if isinstance(each, Membership))
    again = plan_import(table, mapping, Stock({Person: people, Membership: seats}), options)
    assert [row.number for row in again.rows if row.state is RowState.NEW] == []
    assert [row.changes for row in again.rows if row.state is RowState.UPDATED] == []


def test_an_odd_telephone_number_is_warned_of_without_telling_it() -> None:
    [row] = planned(("姓名", "手机"), ("张伟", "1380561000")).rows
    assert row.notes == ("电话“138***1000”不像手机号或带区号的座机号，请核对",)


def test_of_two_agencies_with_one_name_the_number_is_hidden(desk: Desk) -> None:
    for phone in ("05616001234", "05616005678"):
        desk.save(Agency(name="城建所", phone=phone))
    [row] = planned_on(desk, pasted(("单位名称", "分管领导"), ("城建所", "周㛃")), "agency").rows
    assert {each.about for each in row.candidates} == {"电话056****1234", "电话056****5678"}
