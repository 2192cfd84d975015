"""What records say about themselves."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass
from datetime import date, timedelta

import pytest

from liaison_desk.domain.declare import text
from liaison_desk.domain.errors import Cancelled, NotValid, Problem
from liaison_desk.domain.fields import Link
from liaison_desk.domain.matter import LIGHTS, Matter
from liaison_desk.domain.meeting import Attendance
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES, children_of
from tests import factory

TODAY = date(2026, 3, 9)
of_every_type = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: each.table)


def test_a_matter_is_overdue_the_day_after_its_date_and_soon_three_days_before() -> None:
    lights = [
        Matter(name="停车位", due_on=TODAY + timedelta(days=days)).light(TODAY)
        for days in (-1, 0, 3, 4)
    ]
    assert lights == ["超期", "临期", "临期", "正常"]
    assert set(lights) < set(LIGHTS)


def test_a_closed_matter_is_closed_however_late() -> None:
    matter = Matter(name="停车位", due_on=date(2020, 1, 1), closed_on=TODAY)
    assert matter.light(TODAY) == "办结"
    assert Matter(name="停车位").light(TODAY) == "正常"


@pytest.mark.parametrize(
    ("presence", "was_there"),
    [
        ("出席", True),
        ("迟到", True),
        ("早退", True),
        ("列席", False),
        ("请假", False),
        ("缺席", False),
    ],
)
def test_only_those_with_a_voice_were_there(presence: str, was_there: bool) -> None:
    assert Attendance(presence=presence).was_there is was_there


@pytest.mark.parametrize(
    ("status", "is_serving"),
    [("在任", True), ("增补", True), ("辞去", False), ("撤销", False), ("免除", False)],
)
def test_only_members_in_office_are_on_the_roster(status: str, is_serving: bool) -> None:
    assert Membership(status=status).is_serving is is_serving


def test_minutes_have_a_number_once_they_are_final() -> None:
    draft = Minutes(heading="纪要")
    assert (draft.full_number, draft.is_locked) == ("", False)
    final = with_values(draft, {"prefix": "柳协纪", "year": 2026, "number": 3, "status": "已定稿"})
    assert (final.full_number, final.is_locked) == ("柳协纪〔2026〕3号", True)


def test_a_township_goes_by_its_own_name_and_a_county_by_its() -> None:
    assert (factory.office().place, factory.office().is_county) == ("柳河镇", False)
    assert (factory.county_office().place, factory.county_office().is_county) == ("濉溪县", True)
    assert factory.office(township="").place == "柳河镇政协联络组"


def test_a_record_cannot_be_changed_only_replaced() -> None:
    person = Person(name="张伟")
    with pytest.raises(FrozenInstanceError):
        person.name = "李四"  # type: ignore[misc]
    assert with_values(person, {"name": "李四"}).name == "李四"


def test_a_record_without_a_name_is_still_called_something() -> None:
    assert Person().caption == "未命名的人员"
    assert Person(name="张伟").caption == "张伟"


def test_all_that_is_wrong_is_said_at_once() -> None:
    problems = Person(name="", identity="123", gender="无").problems()
    assert [each.field for each in problems] == ["name", "gender", "identity"]
    error = NotValid(problems)
    assert str(error).startswith("没有保存：请填写姓名；性别请从")
    assert error.problems == problems
    assert Problem("name", "请填写姓名") in problems
    assert "没有改动" in str(Cancelled())


@of_every_type
def test_every_type_is_declared_whole(record_type: type[Record]) -> None:
    names = record_type.fields()
    assert record_type.headline in names
    assert {each.lstrip("-") for each in record_type.order} <= set(names)
    assert any(kind.listed for kind in names.values())
    assert record_type.__doc__
    assert BY_TABLE[record_type.table] is record_type
    labels = [kind.label for kind in names.values()]
    assert len(set(labels)) == len(labels)
    assert all(kind.label.strip() == kind.label != "" for kind in names.values())


@of_every_type
def test_every_link_leads_to_a_type_there_is(record_type: type[Record]) -> None:
    assert {link.to for link in record_type.links().values()} <= set(BY_TABLE)
    if record_type.parent:
        link = record_type.links()[record_type.parent]
        assert link.required
        assert record_type in children_of(BY_TABLE[link.to])


@of_every_type
def test_parts_come_after_what_they_belong_to(record_type: type[Record]) -> None:
    order = list(RECORD_TYPES)
    for child in children_of(record_type):
        assert order.index(child) > order.index(record_type)


def test_a_field_that_is_not_declared_as_one_is_no_field() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Note(Record):
        table = "note"
        title = "便条"
        name: str = text("标题")
        shade: str = ""

    assert list(Note.fields()) == ["name"]
    assert not any(isinstance(kind, Link) for kind in Note.fields().values())
