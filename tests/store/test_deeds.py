"""The list of the office's deeds: what each filter finds, and how fast."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.person import Person
from liaison_desk.store.deeds import DeedQuery, Deeds
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


@pytest.fixture
def deeds(desk: Desk) -> Deeds:
    return Deeds(desk.database)


def titles(deeds: Deeds, query: DeedQuery) -> list[str]:
    return [each.deed.title for each in deeds.listed(deeds.numbers(query))]


def test_without_a_filter_every_deed_is_there_newest_first(desk: Desk, deeds: Deeds) -> None:
    factory.topic(desk, "停车难")
    factory.person(desk, "陆䶮")
    assert titles(deeds, DeedQuery()) == [
        "保存人员“陆䶮”",
        "保存议题“停车难”",
        "设置本室“柳河镇政协联络组”",
    ]


def test_words_are_found_in_titles_and_in_what_was_written(desk: Desk, deeds: Deeds) -> None:
    factory.topic(desk, "停车难", proposer="何木兰")
    factory.person(desk, "孙頔", note='他说"50%"，再看_看')
    assert titles(deeds, DeedQuery("何木兰")) == ["保存议题“停车难”"]
    assert titles(deeds, DeedQuery("停车 何木")) == ["保存议题“停车难”"]
    assert titles(deeds, DeedQuery("停车 孙頔")) == []
    for word in ("孙頔", '"50%"', "看_看"):
        assert titles(deeds, DeedQuery(word)) == ["保存人员“孙頔”"]
    assert titles(deeds, DeedQuery("看%看")) == []


def test_ids_and_names_of_columns_are_not_found(desk: Desk, deeds: Deeds) -> None:
    seat = factory.member(desk, "陆䶮")
    assert titles(deeds, DeedQuery(str(seat.person)[:8])) == []
    assert titles(deeds, DeedQuery("ethnicity")) == []


def test_kind_person_and_period_limit_the_list(desk: Desk, deeds: Deeds) -> None:
    factory.topic(desk, "停车难")
    desk.operator = "王文书"
    factory.person(desk, "陆䶮")
    assert titles(deeds, DeedQuery(tables=("topic",))) == ["保存议题“停车难”"]
    assert titles(deeds, DeedQuery(operator="王文书")) == ["保存人员“陆䶮”"]
    today = factory.TODAY.date()
    assert len(titles(deeds, DeedQuery(first=today, last=today))) == 3
    assert titles(deeds, DeedQuery(first=today + timedelta(days=1))) == []
    assert titles(deeds, DeedQuery(last=today - timedelta(days=1))) == []
    assert titles(deeds, DeedQuery("陆", ("person",), "王文书", today, date(2030, 1, 1)))
    assert set(deeds.operators()) == {"李文书", "王文书"}


def test_a_listed_deed_says_what_it_touched_and_whether_it_is_undone(
    desk: Desk, deeds: Deeds
) -> None:
    factory.member(desk, "陆䶮")
    desk.save_all([Person(name=f"张{number}") for number in range(5)])
    desk.undo()
    undoing, saved, *_ = deeds.listed(deeds.numbers(DeedQuery()))
    assert (undoing.deed.kind, undoing.is_undone, undoing.touched) == ("undo", False, {"person": 5})
    assert (saved.deed.kind, saved.is_undone, saved.touched) == ("do", True, {"person": 5})


def test_parts_are_found_removed_ones_too_and_those_of_parts(desk: Desk, deeds: Deeds) -> None:
    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held)
    draft = factory.minutes(desk, held)
    desk.remove(agreed)
    found = deeds.part_ids(type(held), held.id)
    assert set(found) == {("consensus", agreed.id), ("minutes", draft.id)}
    without = deeds.part_ids(type(held), held.id, without=frozenset({"minutes"}))
    assert without == [("consensus", agreed.id)]


def test_a_history_of_fifty_thousand_changes_is_filtered_without_a_wait(
    desk: Desk, deeds: Deeds
) -> None:
    person = factory.person(desk, "陆䶮", note="停车难" * 50)
    row = desk.database.read("SELECT * FROM change WHERE record = ?", (person.id,))[0]
    with desk.database.transaction() as connection:
        connection.executemany(
            "INSERT INTO deed (stamp, done_at, operator, title, kind) "
            "VALUES (?, ?, '李文书', '保存', 'do')",
            ((f"x{n}", f"2026-01-{n % 28 + 1:02}T08:00:00") for n in range(50_000)),
        )
        connection.execute(
            "INSERT INTO change SELECT number, 'person', ?, '{}', ?, '{}' FROM deed "
            "WHERE title = '保存'",
            (person.id, row["after"]),
        )
    started = time.monotonic()
    numbers = deeds.numbers(DeedQuery())
    assert len(numbers) == 50_002
    deeds.listed(numbers[20_000:20_200])
    assert time.monotonic() - started < 0.5
    started = time.monotonic()
    assert deeds.numbers(DeedQuery("灌溉渠", tables=("person",))) == []
    assert time.monotonic() - started < 3
