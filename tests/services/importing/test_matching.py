"""Who is known already: added, changed field by field, or left alone."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import Record
from liaison_desk.services.importing import apply_roster, known_people, plan_roster
from liaison_desk.services.importing.errors import PlanOutdated, TermMissing
from liaison_desk.services.importing.plan import Known, KnownPerson, RowState
from liaison_desk.services.importing.sheet import Row, Sheet
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing.plan import RosterPlan

R = TypeVar("R", bound=Record)
HEADINGS = ("姓名", "电话", "证号", "出生年月", "身份证号", "界别", "备注")
IDENTITIES = ("340621197903031250", "34062119790303125X", "340621198212251274")


def sheet(*people: tuple[str, ...]) -> Sheet:
    """A roster of the twelfth term; people are written as far as they are known."""
    rows = (("委员名册（第十二届）",), HEADINGS, *people)
    return Sheet("名册", tuple(Row(at, row) for at, row in enumerate(rows, 1)))


def planned(desk: Desk, *people: tuple[str, ...], term: str | None = None) -> RosterPlan:
    return plan_roster(sheet(*people), known_people(desk), term=term)


def states(plan: RosterPlan) -> list[str]:
    return [str(row.state) for row in plan.rows]


@pytest.mark.parametrize(
    ("known", "row", "label"),
    [
        ({"phone": "13800000001"}, ("张伟", "13800000001", "", "", "", "", "新"), "备注"),
        ({"born": "1980.05"}, ("张伟", "13800000009", "", "1980.5"), "手机"),
        ({"identity": IDENTITIES[1]}, ("张卫", "", "", "", IDENTITIES[1]), "姓名"),
        ({}, ("张伟", "", "", "", "", "", "新"), "备注"),
    ],
    ids=["phone", "birth", "identity", "only the name"],
)
def test_someone_known_is_found_and_the_change_is_shown(
    desk: Desk, known: dict[str, Any], row: tuple[str, ...], label: str
) -> None:
    person = factory.person(desk, **known)
    desk.save(Membership(person=person.id, term="第十二届"))
    [found] = planned(desk, row).rows
    assert (found.state, found.person.id) == (RowState.UPDATED, person.id)
    assert [each.label for each in found.changes] == [label]


def test_someone_known_is_found_by_the_card_of_any_term(desk: Desk) -> None:
    seat = factory.member(desk, term="第十一届", card_number="HX-1")
    [found] = planned(desk, ("张伟", "", "HX-1")).rows
    assert found.person.id == seat.person
    assert [(each.label, each.before, each.after) for each in found.changes] == [
        ("委员任期", "", "第十二届")
    ]


def test_what_an_update_changes_is_told_field_by_field(desk: Desk) -> None:
    person = factory.person(desk, phone="13800000001", born="1980.04", note="爱好书法")
    desk.save(Membership(person=person.id, term="第十二届", sector="经济界", duty="组长"))
    row = ("张伟", "13800000001", "HX-1", "1980.5", "", "教育", "退休")
    [found] = planned(desk, row).rows
    assert [(each.label, each.before, each.after, each.is_personal) for each in found.changes] == [
        ("出生年月", "1980.04", "1980.05", False),
        ("备注", "爱好书法", "爱好书法\n退休", False),
        ("界别", "经济界", "教育界", False),
        ("委员证号", "", "HX-1", False),
    ]
    apply_roster(desk, planned(desk, row))
    kept = desk.get(Person, person.id)
    assert kept is not None
    assert (kept.born, kept.note) == ("1980.05", "爱好书法\n退休")
    [seat] = desk.find(Membership)
    assert (seat.sector, seat.card_number, seat.duty) == ("教育界", "HX-1", "组长")
    assert states(planned(desk, row)) == ["不变"]
    desk.undo()
    assert desk.get(Person, person.id) == person


def test_an_empty_cell_clears_nothing(desk: Desk) -> None:
    person = factory.person(desk, phone="13800000001", note="爱好书法")
    desk.save(Membership(person=person.id, term="第十二届", card_number="HX-1"))
    assert states(planned(desk, ("张伟", "13800000001"))) == ["不变"]


def test_two_people_of_one_name_with_different_phones_stay_two(desk: Desk) -> None:
    people = (("张伟", "13800000001", "", "1980.05"), ("张伟", "13800000002", "", "1980.05"))
    plan = planned(desk, *people)
    assert states(plan) == ["新增", "新增"]
    assert plan.rows[0].notes == ("名册里有2个“张伟”，按不同的人导入",)
    apply_roster(desk, plan)
    assert sorted(each.phone for each in desk.find(Person)) == ["13800000001", "13800000002"]
    assert states(planned(desk, *people)) == ["不变", "不变"]


def test_one_of_two_namesakes_known_leaves_the_other_to_be_added(desk: Desk) -> None:
    known = factory.person(desk, phone="13800000002", born="1980.05")
    plan = planned(
        desk, ("张伟", "13800000001", "", "1980.05"), ("张伟", "13800000002", "", "1980.05")
    )
    assert states(plan) == ["新增", "更新"]
    assert plan.rows[1].person.id == known.id
    assert "资料里已有同名的“张伟”" in plan.rows[0].notes[-1]


def test_two_identity_numbers_prove_two_people(desk: Desk) -> None:
    factory.person(desk, phone="13800000001", identity=IDENTITIES[1])
    assert states(planned(desk, ("张伟", "13800000001", "", "", IDENTITIES[2]))) == ["新增"]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (("张伟", "13800000001"), "姓名和电话相同"),
        (("张伟", "", "HX-1"), "姓名和委员证号相同"),
        (("张卫", "", "", "", IDENTITIES[1]), "身份证号相同"),
    ],
)
def test_a_person_who_stands_twice_in_the_roster_comes_in_once(
    desk: Desk, second: tuple[str, ...], said: str
) -> None:
    plan = planned(desk, ("张伟", "13800000001", "HX-1", "", IDENTITIES[1]), second)
    assert len(plan.rows) == 1
    assert [(each.row, each.reason) for each in plan.problems] == [
        (4, f"和第3行是同一个人（{said}），只导入第3行")
    ]


def test_a_bare_name_among_namesakes_is_the_bare_one(desk: Desk) -> None:
    people = (("张伟",), ("张伟", "13800000001"), ("张伟", "13800000002"))
    apply_roster(desk, planned(desk, *people))
    assert states(planned(desk, *people)) == ["不变"] * 3
    factory.person(desk, "李娜", phone="13800000001")
    factory.person(desk, "李娜", phone="13800000002")
    assert states(planned(desk, ("李娜",))) == ["新增"]


def test_a_new_term_is_a_new_seat_and_the_old_one_stays(desk: Desk) -> None:
    old = factory.member(desk, term="第十一届", card_number="HX-1")
    apply_roster(desk, planned(desk, ("张伟", "", "HX-1")))
    assert [seat.term for seat in desk.find(Membership, person=old.person)] == [
        "第十一届",
        "第十二届",
    ]


def test_a_seat_that_was_given_up_is_pointed_out_and_not_changed(desk: Desk) -> None:
    factory.member(desk, card_number="HX-1", status="辞去")
    [row] = planned(desk, ("张伟", "", "HX-1")).rows
    assert row.state is RowState.SAME
    assert row.notes == ("资料里登记的状态是“辞去”，导入不会改动它，请核对",)


def test_people_reported_by_other_offices_are_not_matched(county_desk: Desk) -> None:
    assert known_people(county_desk).people == ()
    own = factory.person(county_desk, phone="13800000001")
    assert [each.person.id for each in known_people(county_desk).people] == [own.id]


def test_a_removed_person_is_not_matched(desk: Desk) -> None:
    desk.remove(factory.person(desk, phone="13800000001"))
    assert states(planned(desk, ("张伟", "13800000001"))) == ["新增"]


def test_without_a_term_nothing_is_imported(desk: Desk) -> None:
    plan = planned(desk, ("张伟", "13800000001"), term=" ")
    with pytest.raises(TermMissing, match="请先填写届次"):
        apply_roster(desk, plan)
    assert desk.find(Person) == []


def test_a_plan_that_something_has_overtaken_is_refused(desk: Desk) -> None:
    plan = planned(desk, ("张伟", "13800000001"))
    factory.person(desk, "李娜")
    with pytest.raises(PlanOutdated, match="请重新预览"):
        apply_roster(desk, plan)
    assert [each.name for each in desk.find(Person)] == ["李娜"]


def test_a_second_click_does_not_import_twice(desk: Desk) -> None:
    plan = planned(desk, ("张伟", "13800000001"))
    apply_roster(desk, plan)
    with pytest.raises(PlanOutdated):
        apply_roster(desk, plan)
    assert len(desk.find(Person)) == 1


def applied(plan: RosterPlan, known: Known) -> Known:
    """What is known once a plan has been applied, without a data file."""
    people = {each.person.id: each for each in known.people}
    for row in plan.rows:
        person = with_id(row.person, f"p{len(people)}")
        old = people.get(person.id)
        seats = [each for each in (old.memberships if old else ()) if each.id != row.membership.id]
        people[person.id] = KnownPerson(person, (*seats, with_id(row.membership, f"s{person.id}")))
    return Known(tuple(people.values()))


def with_id(record: R, identity: str) -> R:
    """A record with an id, as the desk would give it."""
    return record if record.id else dataclasses.replace(record, id=identity)


small_row = st.tuples(
    st.sampled_from(["张伟", "李娜"]),
    st.sampled_from(["", "13800000001", "13800000002"]),
    st.sampled_from(["", "HX-1", "HX-2"]),
    st.sampled_from(["", "1980.05", "1981.06"]),
    st.sampled_from(["", *IDENTITIES[1:]]),
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(small_row, min_size=1, max_size=6))
def test_importing_any_roster_twice_adds_nobody(people: list[tuple[str, ...]]) -> None:
    source = sheet(*people)
    once = applied(plan_roster(source, Known()), Known())
    again = plan_roster(source, once)
    assert again.count(RowState.NEW) == 0
    assert again.count(RowState.UPDATED) == 0
