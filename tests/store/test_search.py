"""Finding records by words: nothing missed, nothing wrong, in the order of a Chinese list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.store.check import faults
from liaison_desk.store.queries import ListQuery
from liaison_desk.store.search import sort_key
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LETTERS = "停车难桥口村䶮𬭚𫖯㛃〇abAßİ15号#-\"'*%_，。 　"
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=4)
NOTES = st.text(st.sampled_from(LETTERS), max_size=25)


def found(desk: Desk, words: str) -> set[str]:
    return set(desk.list_ids(Village, ListQuery(words)))


def scanned(villages: list[Village], words: str) -> set[str]:
    """What a plain reading of every text finds."""
    wanted = [word.casefold() for word in words.split()]
    return {
        each.id
        for each in villages
        if all(
            any(word in text.casefold() for text in (each.name, each.contact, each.note))
            for word in wanted
        )
    }


@settings(max_examples=80, deadline=None, suppress_health_check=CALM)
@given(
    notes=st.lists(NOTES, min_size=1, max_size=6),
    again=NOTES,
    searches=st.lists(
        st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6
    ),
)
def test_search_finds_just_what_reading_everything_finds(
    desk: Desk, notes: list[str], again: str, searches: list[str]
) -> None:
    for old in desk.find(Village):
        desk.remove(old)
    kept = desk.save_all(
        [Village(name=f"村{place}", note=note) for place, note in enumerate(notes)]
    )

    def check() -> None:
        living = desk.find(Village)
        for words in searches:
            assert found(desk, words) == scanned(living, words)

    check()
    desk.save(with_values(kept[0], {"note": again}))
    check()
    desk.remove(kept[-1])
    check()
    desk.undo()
    check()
    desk.undo()
    check()
    assert faults(desk.database) == []


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("停", True),
        ("䶮", True),
        ("5", True),
        ("停车", True),
        ("车停", False),
        ("停车 5号楼", True),
        ("5号楼　停车", True),
        ("停车难5号楼", True),
        ("停车 6号楼", False),
        ("a座", True),
        ("号楼A", True),
        ("难5号", True),
        ("13800000001", True),
        ("0000001", True),
        ("", True),
        ("   ", True),
        ('"', False),
        ("*", False),
        ("%", False),
        ("NOT", False),
        ("停车 OR 学校", False),
        ("\ud800", True),
    ],
)
def test_words_find_the_topic_or_not(desk: Desk, words: str, is_found: bool) -> None:
    topic = factory.topic(desk, "桥口村停车难5号楼A座", proposer="陆䶮13800000001")
    assert (topic.id in desk.list_ids(Topic, ListQuery(words))) is is_found


def test_a_pasted_page_of_text_is_searched_for_like_any_word(desk: Desk) -> None:
    page = "，".join(chr(0x4E00 + place) for place in range(600))
    topic = factory.topic(desk, reason=page)
    assert desk.list_ids(Topic, ListQuery(page)) == [topic.id]
    assert desk.list_ids(Topic, ListQuery(page.replace("，", " "))) == [topic.id]
    many = " ".join(f"词{place}" for place in range(2500))
    assert desk.list_ids(Topic, ListQuery(many)) == []


def test_a_record_is_found_through_the_record_it_links_to(desk: Desk) -> None:
    seat = factory.member(desk, "陆䶮", sector="教育")
    factory.member(desk, "周㛃", sector="教育")
    query = ListQuery("䶮 教育", through=("person",))
    assert desk.list_ids(Membership, query) == [seat.id]
    assert desk.list_ids(Membership, ListQuery("䶮")) == []


def test_links_dates_and_numbers_are_not_text(desk: Desk) -> None:
    factory.meeting(desk, "协商会", votes_for=77)
    assert desk.list_ids(Meeting, ListQuery("77")) == []


def test_common_names_are_listed_by_pinyin(desk: Desk) -> None:
    for name in ("张伟", "李四", "王五", "赵六", "安一", "孙七"):
        factory.person(desk, name)
    names = [each.name for each in desk.many(Person, desk.list_ids(Person, ListQuery()))]
    assert names == ["安一", "李四", "孙七", "王五", "张伟", "赵六"]
    assert [each.name for each in desk.find(Person)] == names


def test_a_list_is_sorted_by_a_field_of_a_linked_record_both_ways(desk: Desk) -> None:
    seats = {name: factory.member(desk, name).id for name in ("张伟", "安一", "李四")}
    rising = desk.list_ids(Membership, ListQuery(order=("person.name",)))
    falling = desk.list_ids(Membership, ListQuery(order=("-person.name",)))
    assert rising == [seats["安一"], seats["李四"], seats["张伟"]]
    assert falling == rising[::-1]


def test_a_list_is_sorted_by_number_and_date_and_then_by_age(desk: Desk) -> None:
    held = factory.meeting(desk)
    people = [factory.person(desk, name) for name in "甲乙丙"]
    places = [10, 9, None]
    seats = [
        factory.attendance(desk, held, who, position=place)
        for who, place in zip(people, places, strict=True)
    ]
    ids = [each.id for each in seats]
    assert desk.list_ids(Attendance, ListQuery(order=("position",))) == [ids[2], ids[1], ids[0]]
    assert desk.list_ids(Attendance, ListQuery(order=("-presence",))) == ids
    first = factory.topic(desk, "一", proposed_on=date(2026, 1, 2))
    second = factory.topic(desk, "二", proposed_on=date(2026, 2, 1))
    assert desk.list_ids(Topic, ListQuery(order=("proposed_on",))) == [first.id, second.id]
    assert desk.list_ids(Topic, ListQuery()) == [second.id, first.id]


def test_a_list_shows_only_what_equals_and_nothing_removed(desk: Desk) -> None:
    march = factory.topic(desk, "三月", proposed_on=date(2026, 3, 1), is_planned=True)
    factory.topic(desk, "四月", proposed_on=date(2026, 4, 1))
    gone = factory.topic(desk, "没了", proposed_on=date(2026, 3, 1))
    desk.remove(gone)
    equals = {"proposed_on": date(2026, 3, 1), "is_planned": True}
    assert desk.list_ids(Topic, ListQuery(equals=equals)) == [march.id]
    assert desk.find(Topic, **equals) == [march]
    assert desk.queries.count(Topic, proposed_on=date(2026, 3, 1)) == 1
    assert desk.queries.count(Topic) == 2
    assert desk.list_ids(Topic, ListQuery(equals={"village": None})) != []


def test_the_questions_of_the_first_page_are_answered(desk: Desk) -> None:
    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held)
    factory.matter(desk, consensus=agreed.id, agency=agreed.agency, due_on=date(2026, 3, 8))
    factory.minutes(desk, held, prefix="柳", year=2026, number=3)
    factory.minutes(desk, held, prefix="柳", year=2026, number=1)
    queries = desk.queries
    assert queries.overdue_count(date(2026, 3, 9)) == 1
    assert queries.overdue_count(date(2026, 3, 8)) == 0
    assert queries.used_numbers(desk.office_id, "柳", 2026) == [1, 3]
    assert queries.used_numbers(desk.office_id, "柳", 2025) == []
    assert queries.used_numbers(desk.office_id, "柳", None) == [1, 3]
    assert queries.linked_ids("matter", "consensus") == {agreed.id}


def test_what_changed_since_a_stamp_is_counted_by_record(desk: Desk) -> None:
    stamp = desk.log.last_stamp()
    assert desk.queries.changed_since(stamp) == 0
    person = factory.person(desk)
    desk.save(with_values(person, {"note": "新"}))
    factory.person(desk, "乙")
    assert desk.queries.changed_since(stamp) == 2


def test_every_text_has_its_place_in_a_list() -> None:
    assert sort_key(None) is None
    assert sort_key(3) == 3
    keys = [sort_key(text) for text in ("A", "安", "张", "䶮", "𬭚", "\ud800")]
    assert all(isinstance(key, bytes) for key in keys)
    assert sort_key("A") < sort_key("安") < sort_key("张")  # type: ignore[operator]
