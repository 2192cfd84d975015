"""Lists narrowed by field: what is found, and what is offered to choose from."""

from __future__ import annotations

import threading
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.filters import (
    BETWEEN,
    EMPTY,
    FILLED,
    IS,
    NO,
    PERIOD,
    PERIODS,
    YES,
    Filter,
    period_days,
)
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.office import Office
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.store.database import Database
from liaison_desk.store.queries import MOST_WORDS, ListQuery
from liaison_desk.store.question import Question
from tests import factory

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

TODAY = date(2026, 3, 9)


def found(desk: Desk, record_type: type[Record], *narrowings: Filter, words: str = "") -> set[str]:
    """The captions of what is found on 9 March 2026."""
    query = ListQuery(words, filters=narrowings, today=TODAY)
    ids = desk.list_ids(record_type, query)
    return {desk.caption(record_type.table, each) for each in ids}


def test_a_word_narrows_and_several_words_of_a_field_widen_again(desk: Desk) -> None:
    for name, source in (("甲", "群众提题"), ("乙", "委员荐题"), ("丙", "党政点题"), ("丁", "")):
        factory.topic(desk, name, source=source)
    assert found(desk, Topic, Filter("source", IS, ("群众提题",))) == {"甲"}
    assert found(desk, Topic, Filter("source", IS, ("群众提题", "委员荐题"))) == {"甲", "乙"}


def test_all_narrowings_and_words_must_hold(desk: Desk) -> None:
    factory.topic(desk, "停车", source="群众提题", weight="小事")
    factory.topic(desk, "路灯", source="群众提题", weight="小事")
    factory.topic(desk, "停车场", source="群众提题", weight="大事")
    narrowings = (Filter("source", IS, ("群众提题",)), Filter("weight", IS, ("小事",)))
    assert found(desk, Topic, *narrowings, words="停车") == {"停车"}


def test_filled_and_empty_part_the_list_for_every_kind_of_field(desk: Desk) -> None:
    village = desk.save(Village(name="袁庄村")).id
    factory.topic(
        desk,
        "满",
        village=village,
        source="群众提题",
        proposed_on=TODAY,
        reason="急",
        is_planned=True,
    )
    factory.topic(desk, "空")
    for path in ("village", "source", "proposed_on", "reason", "is_planned"):
        assert found(desk, Topic, Filter(path, FILLED)) == {"满"}, path
        assert found(desk, Topic, Filter(path, EMPTY)) == {"空"}, path
    factory.meeting(desk, "有票", votes_for=0)
    factory.meeting(desk, "无票")
    assert found(desk, Meeting, Filter("votes_for", FILLED)) == {"有票"}
    assert found(desk, Meeting, Filter("votes_for", EMPTY)) == {"无票"}


def test_a_tick_is_yes_or_no(desk: Desk) -> None:
    factory.topic(desk, "列入", is_planned=True)
    factory.topic(desk, "没列入")
    assert found(desk, Topic, Filter("is_planned", IS, (YES,))) == {"列入"}
    assert found(desk, Topic, Filter("is_planned", IS, (NO,))) == {"没列入"}


def test_a_field_of_several_words_is_found_by_each(desk: Desk) -> None:
    [own] = desk.find(Office)
    practices = "利益相关方占半数、议题经审定公示"
    desk.save(factory.office(id=own.id, office=own.id, practices=practices))
    assert found(desk, Office, Filter("practices", IS, ("议题经审定公示",))) == {own.name}
    assert found(desk, Office, Filter("practices", IS, ("议题经",))) == set()


def test_the_field_of_a_linked_record_narrows_too(desk: Desk) -> None:
    woman = factory.person(desk, "李娜", gender="女")
    man = factory.person(desk, "张伟", gender="男")
    for each in (woman, man):
        desk.save(Membership(person=each.id, term="第十二届"))
    assert found(desk, Membership, Filter("person.gender", IS, ("女",))) == {"李娜"}
    assert found(desk, Membership, Filter("person.phone", EMPTY)) == {"李娜", "张伟"}


def test_a_period_counts_its_first_and_last_day_to_the_end(desk: Desk) -> None:
    for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
        factory.topic(desk, day, proposed_on=date.fromisoformat(day))
        held = datetime.fromisoformat(day).replace(hour=23, minute=59)
        factory.meeting(desk, day, held_at=held)
    for record_type, path in ((Topic, "proposed_on"), (Meeting, "held_at")):
        assert found(desk, record_type, Filter(path, PERIOD, ("本月",))) == {
            "2026-03-01",
            "2026-03-31",
        }
        since = Filter(path, BETWEEN, ("2026-03-31", ""))
        assert found(desk, record_type, since) == {"2026-03-31", "2026-04-01"}
        until = Filter(path, BETWEEN, ("", "2026-03-01"))
        assert found(desk, record_type, until) == {"2026-02-28", "2026-03-01"}


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("今天", "2026-03-09", "2026-03-09"),
        ("本周", "2026-03-09", "2026-03-15"),
        ("本月", "2026-03-01", "2026-03-31"),
        ("上月", "2026-02-01", "2026-02-28"),
        ("本季", "2026-01-01", "2026-03-31"),
        ("本年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
    ],
)
def test_periods_are_those_of_the_calendar(name: str, first: str, last: str) -> None:
    assert [each.isoformat() for each in period_days(name, TODAY)] == [first, last]
    assert name in PERIODS


def test_last_month_of_january_is_december() -> None:
    assert period_days("上月", date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))


def test_the_words_in_use_are_offered_once_without_those_of_removed_records(desk: Desk) -> None:
    for term in ("第十二届", "第十一届", "第十二届", ""):
        desk.save(Membership(person=factory.person(desk).id, term=term or "第九届"))
    gone = desk.save(Membership(person=factory.person(desk).id, term="第三届"))
    desk.remove(gone)
    assert set(desk.queries.words_of(Membership, "term")) == {"第十二届", "第十一届", "第九届"}


def test_too_many_words_are_not_offered(desk: Desk) -> None:
    desk.save_all([Village(name=f"第{n}村") for n in range(MOST_WORDS)])
    assert len(desk.queries.words_of(Village, "name")) == MOST_WORDS
    desk.save(Village(name="多一个"))
    assert desk.queries.words_of(Village, "name") == []


def test_a_filter_of_another_version_is_not_sound() -> None:
    assert Filter("source", IS, ("群众提题",)).is_sound(Topic)
    assert not Filter("gone", FILLED).is_sound(Topic)
    assert not Filter("village.gone", FILLED).is_sound(Topic)
    assert not Filter("name.first", FILLED).is_sound(Topic)
    assert not Filter("source", PERIOD, ("本月",)).is_sound(Topic)
    assert not Filter("proposed_on", PERIOD, ("下个世纪",)).is_sound(Topic)
    assert not Filter("proposed_on", BETWEEN, ("2026-01-01",)).is_sound(Topic)
    assert not Filter("proposed_on", "near", ("2026-01-01",)).is_sound(Topic)


def test_a_question_is_answered_beside_what_is_being_written(desk: Desk) -> None:
    factory.topic(desk, "甲")
    with desk.deed("写"):
        factory.topic(desk, "乙")
        asked = Question(desk.database, lambda: len(desk.find(Topic)))
        assert asked.answer() == 1
    assert len(desk.find(Topic)) == 2


def test_a_question_given_up_stops_in_the_middle(desk: Desk) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    begun = threading.Event()

    def ask() -> object:
        begun.set()
        return desk.database.read(endless)

    asked = Question(desk.database, ask)
    assert begun.wait(10)
    while not asked.is_answered:  # what is interrupted before it began goes on
        asked.give_up()
    with pytest.raises(Cancelled):
        asked.answer()


def test_closing_the_file_stops_the_questions_under_way(desk: Desk) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    asked = Question(desk.database, lambda: desk.database.read(endless))
    desk.database.close()
    with pytest.raises(Cancelled):
        asked.answer()
    with pytest.raises(Cancelled):
        Question(desk.database, lambda: desk.find(Topic)).answer()


def test_closing_the_file_while_questions_end_by_themselves_lets_it_go(tmp_path: Path) -> None:
    counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 9999) SELECT 1"
    for number in range(40):
        database = Database.open(tmp_path / f"{number}.db")
        for _ in range(6):
            Question(database, lambda opened=database: opened.read(counting))  # type: ignore[misc]
        database.close()
        Database.open(database.path).close()


def test_closing_the_file_takes_it_from_nobody_who_is_reading(tmp_path: Path) -> None:
    counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 9999) SELECT *"
    lost: list[BaseException] = []

    def read(opened: Database, closed: threading.Event, begun: threading.Event) -> None:
        try:
            while not closed.is_set():
                opened.read(f"{counting} FROM n")
                begun.set()
        except Cancelled:
            pass  # it is told that the file is being closed
        except Exception as error:
            lost.append(error)

    for number in range(20):
        database = Database.open(tmp_path / f"{number}.db")
        closed, begun = threading.Event(), threading.Event()
        threads = [threading.Thread(target=read, args=(database, closed, begun)) for _ in range(2)]
        for thread in threads:
            thread.start()
        assert begun.wait(10)
        database.close()
        closed.set()
        for thread in threads:
            thread.join()
    assert lost == []


def test_a_fault_of_the_file_comes_out_where_the_answer_is_asked_for(desk: Desk) -> None:
    def fail() -> None:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        Question(desk.database, fail).answer()
