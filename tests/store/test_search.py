"""Finding records by words: nothing missed, nothing wrong, in the order of a Chinese list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.record_changes import change_between
from liaison_desk.store.check import faults
from liaison_desk.store.queries import ListQuery
from liaison_desk.store.search import base_of, folded, sort_key
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
    wanted = folded(words).split()
    return {
        each.id
        for each in villages
        if all(
            any(word in folded(text) for text in (each.name, each.contact, each.note))
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


def test_a_record_is_found_by_the_names_of_those_it_links_to(desk: Desk) -> None:
    seat = factory.member(desk, "陆䶮", sector="教育")
    factory.member(desk, "周㛃", sector="教育")
    for query in (ListQuery("䶮 教育"), ListQuery("䶮 教育", through=("person",))):
        assert desk.list_ids(Membership, query) == [seat.id]
    host = factory.person(desk, "李明")
    held = factory.meeting(desk, "停车难协商会", host=host.id)
    assert desk.list_ids(Meeting, ListQuery("停车 李明")) == [held.id]
    assert desk.list_ids(Meeting, ListQuery("liming")) == [held.id]


def test_a_new_name_is_found_wherever_the_old_one_was(desk: Desk) -> None:
    host = factory.person(desk, "李明")
    seat = desk.save(Membership(person=host.id, term="第十二届"))
    partner = desk.save(Pairing(membership=seat.id, partner=factory.person(desk, "王五").id))
    held = factory.meeting(desk, host=host.id)
    desk.save(with_values(host, {"name": "李鸣"}))
    for record_type, record in ((Membership, seat), (Meeting, held), (Person, host)):
        assert desk.list_ids(record_type, ListQuery("李鸣")) == [record.id]
        assert desk.list_ids(record_type, ListQuery("李明")) == []
    assert desk.list_ids(Pairing, ListQuery("王五")) == [partner.id]
    assert faults(desk.database) == []
    desk.undo()
    assert desk.list_ids(Meeting, ListQuery("李明")) == [held.id]
    assert faults(desk.database) == []


def test_a_link_written_before_what_it_names_is_found_by_the_name(desk: Desk) -> None:
    """As records may come in a packet."""
    host = Person(id="p", office=desk.office_id, name="李明")
    held = Meeting(id="m", office=desk.office_id, name="协商会", host="p")
    with desk.deed("接收"):
        for record in (held, host):
            change = change_between(None, record)
            assert change is not None
            desk.write([change])
    assert desk.list_ids(Meeting, ListQuery("李明")) == ["m"]
    assert faults(desk.database) == []


def test_a_part_is_not_found_by_the_name_of_its_whole(desk: Desk) -> None:
    held = factory.meeting(desk, "停车难协商会")
    place = factory.attendance(desk, held, factory.person(desk, "李明"))
    assert desk.list_ids(Attendance, ListQuery("停车")) == []
    assert desk.list_ids(Attendance, ListQuery("李明")) == [place.id]


@pytest.mark.parametrize(
    "words",
    ["2026-03-06", "3月6日", "2026年3月6日", "09:00", "2026-03-06 09:00", "77", "2026"],
)
def test_days_times_and_numbers_are_found_as_they_are_shown(desk: Desk, words: str) -> None:
    held = factory.meeting(desk, "协商会", votes_for=77)
    assert desk.list_ids(Meeting, ListQuery(words)) == [held.id]


def test_minutes_are_found_by_their_printed_number(desk: Desk) -> None:
    held = factory.meeting(desk)
    found = factory.minutes(desk, held, prefix="柳协纪", year=2026, number=1)
    factory.minutes(desk, held, prefix="柳协纪", year=2026, number=11)
    for words in ("〔2026〕1号", "柳协纪〔2026〕1号"):
        assert desk.list_ids(Minutes, ListQuery(words)) == [found.id]


def test_what_the_program_notes_for_itself_is_not_found(desk: Desk) -> None:
    held = factory.meeting(desk)
    kept = desk.save(
        Attachment(owner_table="meeting", owner=held.id, name="签到.jpg", sha256="e3b0", size=1234)
    )
    assert desk.list_ids(Attachment, ListQuery("签到")) == [kept.id]
    for words in ("meeting", held.id, "e3b0", "1234"):
        assert desk.list_ids(Attachment, ListQuery(words)) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张伟", "zhangwei zw zhang zhangw ZW"),
        ("单丽", "shanli sl danli dl"),
        ("仇和", "qiuhe qh chouhe ch"),
        ("解明", "xieming xm jieming jm"),
        ("朴永", "piaoyong puyong py"),
        ("区强", "ouqiang quqiang qq"),
        ("查理", "zhali zl chali cl"),
        ("覃芳", "qinfang tanfang qf tf"),
        ("翟红", "zhaihong dihong zh dh"),
    ],
)
def test_a_person_is_found_by_each_sound_of_the_name(desk: Desk, name: str, typed: str) -> None:
    who = factory.person(desk, name)
    for word in typed.split():
        assert desk.list_ids(Person, ListQuery(word)) == [who.id], word
    assert desk.list_ids(Person, ListQuery(typed.split()[0][1:])) == []
    assert desk.list_ids(Person, ListQuery(typed[0])) == []


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Ｂ７座５号楼", "b7座5号楼"),
        ("B7座5号楼", "Ｂ７座５号楼"),
        ("GB/T 9704", "gb/t"),
        ("ﬁne", "FINE"),
        ("（试行）", "(试行)"),
        ("豈有", "豈有"),
        ("反映人陆\ue863", "陆䶮"),
        ("反映人陆䶮", "陆\ue863"),
    ],
)
def test_wide_and_narrow_small_and_capital_are_one(desk: Desk, kept: str, typed: str) -> None:
    topic = factory.topic(desk, kept)
    assert desk.list_ids(Topic, ListQuery(typed)) == [topic.id]
    assert desk.list_ids(Topic, ListQuery(kept)) == [topic.id]


def test_every_table_has_numbers_of_its_own() -> None:
    assert len({base_of(each.table) for each in RECORD_TYPES}) == len(RECORD_TYPES)


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
