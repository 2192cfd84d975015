"""Old tables have old names: who was merged or renamed is known by them still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import RowState
from liaison_desk.services.importing.targets import MEETINGS, PEOPLE
from tests import factory
from tests.services.importing.importing import imported, pasted, planned

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

PHONE = "13805610001"


def renamed(desk: Desk, **values: str) -> Person:
    """陈桂英, who stands in old tables as 陈桂香."""
    return factory.person(desk, "陈桂英", former_names="陈小英、陈桂香", **values)


def test_a_row_with_the_old_name_and_the_same_telephone_is_the_same_person(desk: Desk) -> None:
    person = renamed(desk, phone=PHONE)
    table = pasted(("姓名", "手机", "性别"), ("陈桂香", PHONE, "女"))
    (row,) = planned(desk, table, PEOPLE).rows
    assert row.state is RowState.UPDATED
    assert any("曾用名" in note for note in row.notes)
    imported(desk, table, PEOPLE)
    [kept] = desk.find(Person)
    assert (kept.id, kept.name, kept.gender) == (person.id, "陈桂英", "女")


def test_an_identity_number_does_not_bring_an_old_name_back(desk: Desk) -> None:
    number = "11010519491231002X"
    renamed(desk, identity=number)
    table = pasted(("姓名", "身份证号", "手机"), ("陈桂香", number, PHONE))
    imported(desk, table, PEOPLE)
    assert [each.name for each in desk.find(Person)] == ["陈桂英"]


def test_with_the_old_name_alone_the_clerk_is_asked(desk: Desk) -> None:
    person = renamed(desk)
    table = pasted(("姓名", "手机"), ("陈桂香", PHONE))
    (row,) = planned(desk, table, PEOPLE).rows
    [may_be] = row.candidates
    assert may_be.id == person.id
    assert [each.label for each in may_be.changes] == ["手机"]
    imported(desk, table, PEOPLE, decisions={row.number: person.id})
    assert [(each.name, each.phone) for each in desk.find(Person)] == [("陈桂英", PHONE)]


def test_somebody_else_may_bear_the_old_name_now(desk: Desk) -> None:
    renamed(desk)
    other = factory.person(desk, "陈桂香", phone=PHONE)
    table = pasted(("姓名", "手机", "性别"), ("陈桂香", PHONE, "女"))
    imported(desk, table, PEOPLE)
    kept = desk.get(Person, other.id)
    assert kept is not None
    assert kept.gender == "女"
    assert len(desk.find(Person)) == 2


def test_the_host_of_an_old_meeting_is_found_by_the_old_name(desk: Desk) -> None:
    person = renamed(desk)
    table = pasted(("会议名称", "时间", "主持人"), ("路灯协商会", "2025-3-8", "陈桂香"))
    imported(desk, table, MEETINGS)
    assert [each.host for each in desk.find(Meeting)] == [person.id]
    assert len(desk.find(Person)) == 1
