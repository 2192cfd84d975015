"""Who a row is: matched, asked about, or new; and what importing it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.importing import ANOTHER, RowState
from liaison_desk.services.importing.errors import ImportBlocked, PlanOutdated
from liaison_desk.services.importing.taking import apply_import
from tests import factory
from tests.services.importing.importing import imported, pasted, planned

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

IDENTITY = "340621197403121013"
OTHER_IDENTITY = "340621198311021028"


@pytest.mark.parametrize(
    ("known", "heading", "cell"),
    [
        ({"phone": "13800000001"}, "电话", "138 0000 0001"),
        ({"identity": IDENTITY}, "身份证号", IDENTITY),
        ({"born": "1974.03"}, "出生年月", "1974年3月"),
    ],
)
def test_the_name_with_a_mark_is_the_same_person(
    desk: Desk, known: dict[str, str], heading: str, cell: str
) -> None:
    person = factory.person(desk, "陆䶮", **known)
    plan = planned(desk, pasted(("姓名", heading, "学历"), ("陆\ue863", cell, "大学")))
    [row] = plan.rows
    assert row.state is RowState.UPDATED
    assert [(each.label, each.before, each.after) for each in row.changes] == [("学历", "", "大学")]
    apply_import(desk, plan)
    assert [(each.id, each.education) for each in desk.find(Person)] == [(person.id, "大学")]


def test_the_name_alone_asks_and_is_not_imported_before_the_answer(desk: Desk) -> None:
    factory.person(desk, "张伟", post="镇商会", phone="13800000001", born="1980.05")
    table = pasted(("姓名", "学历"), ("张伟", "大学"))
    plan = planned(desk, table)
    [row] = plan.rows
    assert row.state is RowState.ASK
    [candidate] = row.candidates
    assert candidate.about == "镇商会，1980.05，手机138****0001"
    assert [(each.label, each.after) for each in candidate.changes] == [("学历", "大学")]
    assert "核对" in plan.problems[0].reason
    assert plan.is_empty


def test_the_clerk_says_it_is_the_same_person(desk: Desk) -> None:
    person = factory.person(desk, "张伟", phone="13800000001")
    table = pasted(("姓名", "学历"), ("张伟", "大学"))
    imported(desk, table, decisions={2: person.id})
    assert [(each.id, each.education) for each in desk.find(Person)] == [(person.id, "大学")]


def test_the_clerk_says_it_is_another_person(desk: Desk) -> None:
    person = factory.person(desk, "张伟", phone="13800000001")
    table = pasted(("姓名", "学历"), ("张伟", "大学"))
    plan = planned(desk, table, decisions={2: ANOTHER})
    assert plan.rows[0].notes == ("资料里已有同名的“张伟”，按另一个人导入",)
    apply_import(desk, plan)
    assert {each.id == person.id: each.education for each in desk.find(Person)} == {
        True: "",
        False: "大学",
    }


def test_a_changed_telephone_number_asks(desk: Desk) -> None:
    factory.person(desk, "张伟", phone="13800000001")
    table = pasted(("姓名", "电话"), ("张伟", "13900000009"))
    assert planned(desk, table).rows[0].state is RowState.ASK


def test_two_identity_numbers_are_two_people_and_nobody_is_asked(desk: Desk) -> None:
    factory.person(desk, "张伟", identity=IDENTITY, phone="13800000001")
    table = pasted(("姓名", "身份证号", "电话"), ("张伟", OTHER_IDENTITY, "13800000001"))
    [row] = planned(desk, table).rows
    assert (row.state, row.notes[0]) == (RowState.NEW, "资料里已有同名的“张伟”，按另一个人导入")


def test_a_name_that_says_nothing_new_of_the_only_one_asks_nothing(desk: Desk) -> None:
    factory.person(desk, "张伟", post="镇商会", phone="13800000001")
    table = pasted(("姓名", "工作单位"), ("张伟", "镇商会"))
    assert planned(desk, table).rows[0].state is RowState.SAME


def test_a_seat_for_a_name_alone_asks_whose_it_is(desk: Desk) -> None:
    factory.person(desk, "张伟", phone="13800000001")
    table = pasted(("姓名", "界别"), ("张伟", "教育"))
    assert planned(desk, table, term="第十二届").rows[0].state is RowState.ASK
    person = desk.find(Person)[0]
    imported(desk, table, term="第十二届", decisions={2: person.id})
    assert planned(desk, table, term="第十二届").is_empty


def test_an_empty_cell_empties_nothing_and_a_remark_is_added_below(desk: Desk) -> None:
    factory.person(desk, "张伟", phone="13800000001", post="镇商会", note="老委员")
    table = pasted(("姓名", "电话", "工作单位", "备注"), ("张伟", "13800000001", "", "退休"))
    imported(desk, table)
    [person] = desk.find(Person)
    assert (person.post, person.note) == ("镇商会", "老委员\n退休")
    assert planned(desk, table).is_empty


def test_two_rows_of_one_person_are_put_together(desk: Desk) -> None:
    table = pasted(
        ("姓名", "单位", "电话", "学历"),
        ("陈𫖯", "镇农业站", "0561-6000003", ""),
        ("陈𫖯", "镇农业站", "13800000003", "研究生"),
    )
    imported(desk, table)
    [person] = desk.find(Person)
    assert (person.phone, person.education) == ("13800000003", "研究生")
    assert person.note == "另有电话：0561-6000003"
    assert planned(desk, table).is_empty


def test_a_row_that_contradicts_an_earlier_one_of_the_same_person_is_listed_cell_by_cell(
    desk: Desk,
) -> None:
    table = pasted(
        ("姓名", "电话", "学历"),
        ("张伟", "13800000001", "大学"),
        ("张伟", "13800000001", "高中"),
    )
    plan = planned(desk, table)
    [problem] = plan.problems
    assert (problem.place, problem.text) == ("C3", "高中")
    assert "按第2行导入" in problem.reason


def test_namesakes_in_one_file_are_different_people(desk: Desk) -> None:
    table = pasted(
        ("姓名", "电话", "出生年月"),
        ("张伟", "13800000001", "1980.05"),
        ("张伟", "13800000002", "1980.05"),
    )
    imported(desk, table)
    assert sorted(each.phone for each in desk.find(Person)) == ["13800000001", "13800000002"]
    assert planned(desk, table).is_empty


def test_people_of_the_roster_get_a_seat_and_keep_those_of_other_terms(desk: Desk) -> None:
    person = factory.person(desk, "张伟", phone="13800000001")
    desk.save(Membership(person=person.id, term="第十一届"))
    table = pasted(("姓名", "电话", "界别"), ("张伟", "13800000001", "教育"))
    imported(desk, table, term="第十二届")
    assert sorted(each.term for each in desk.find(Membership)) == ["第十一届", "第十二届"]


def test_without_a_term_the_roster_waits_for_it(desk: Desk) -> None:
    plan = planned(desk, pasted(("姓名", "界别"), ("张伟", "教育")))
    assert plan.blocked == "还不知道是哪一届，请填写届次，例如 第十二届。"
    with pytest.raises(ImportBlocked, match="请填写届次"):
        apply_import(desk, plan)
    assert desk.find(Person) == []


def test_a_column_of_terms_needs_no_other_word(desk: Desk) -> None:
    imported(desk, pasted(("姓名", "届次", "界别"), ("张伟", "12届", "教育")))
    assert [each.term for each in desk.find(Membership)] == ["第十二届"]


def test_a_plan_is_good_only_until_the_next_change(desk: Desk) -> None:
    plan = planned(desk, pasted(("姓名", "电话"), ("张伟", "13800000001")))
    apply_import(desk, plan)
    with pytest.raises(PlanOutdated):
        apply_import(desk, plan)
    assert len(desk.find(Person)) == 1


@pytest.mark.parametrize("written", ["桥口村", "桥口", "桥口村委会", "桥口 村", "桥口行政村"])
def test_a_village_is_known_with_and_without_its_ending(desk: Desk, written: str) -> None:
    village = desk.save(Village(name="桥口村"))
    imported(desk, pasted(("姓名", "村"), ("何木兰", written)))
    assert [each.village for each in desk.find(Person)] == [village.id]


def test_a_village_and_a_community_of_one_name_are_two(desk: Desk) -> None:
    for name in ("柳河村", "柳河社区"):
        desk.save(Village(name=name))
    plan = planned(desk, pasted(("姓名", "村"), ("何木兰", "柳河"), ("丁一", "柳河社区")))
    assert [(each.place, "柳河村、柳河社区" in each.reason) for each in plan.problems] == [
        ("B2", True)
    ]


def test_what_stands_behind_a_village_is_a_remark(desk: Desk) -> None:
    village = desk.save(Village(name="桥口村"))
    imported(desk, pasted(("姓名", "村"), ("何木兰", "桥口村3组")))
    [person] = desk.find(Person)
    assert (person.village, person.note) == (village.id, "桥口村3组")


def test_a_village_nobody_knows_is_made_with_the_row_and_told(desk: Desk) -> None:
    plan = planned(desk, pasted(("姓名", "村"), ("何木兰", "新河村")))
    assert "村（社区）“新河村”" in plan.rows[0].made
    assert plan.notes == ("将新增：村（社区）1条、人员1条。",)


@pytest.mark.parametrize("written", ["镇农业综合服务站", "农综站", "柳河镇农业综合服务站"])
def test_an_agency_is_known_by_its_short_name_and_with_the_township_s(
    desk: Desk, written: str
) -> None:
    agency = desk.save(Agency(name="镇农业综合服务站", short_name="农综站"))
    table = pasted(("事项", "主办单位", "时限"), ("修路", written, "2026.4.30"))
    imported(desk, table)
    assert [each.agency for each in desk.find(Matter)] == [agency.id]
    assert len(desk.find(Agency)) == 1


def test_a_list_of_any_kind_finds_its_own_records_again(desk: Desk) -> None:
    kept = desk.save(Topic(name="小区停车难", proposer="何木兰"))
    table = pasted(("议题名称", "提出人", "类别"), ("小区停车难", "何木兰", "交通"))
    [row] = planned(desk, table, "topic").rows
    assert (row.state, [each.label for each in row.changes]) == (RowState.UPDATED, ["类别"])
    imported(desk, table, "topic")
    assert [(each.id, each.category) for each in desk.find(Topic)] == [(kept.id, "交通")]
