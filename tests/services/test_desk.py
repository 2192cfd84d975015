"""Deeds: whole or not at all, told, logged, undone and done again."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain.errors import Cancelled, NotValid
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.office import Office
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.desk import Change, Desk, ForeignRecord, NothingToUndo
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from liaison_desk.store.log import UNDO_DEPTH
from liaison_desk.store.queries import ListQuery
from liaison_desk.store.repository import RecordChange, columns_of
from tests import factory

if TYPE_CHECKING:
    from collections.abc import Iterator


CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def names(desk: Desk) -> list[str]:
    return [each.name for each in desk.find(Person)]


# -- atomic -----------------------------------------------------------------------------------


def test_nothing_is_kept_when_the_second_record_is_wrong(desk: Desk) -> None:
    stamp = desk.log.last_stamp()
    with pytest.raises(NotValid, match="请填写姓名"):
        desk.save_all([Person(name="甲"), Person(name="")])
    assert names(desk) == []
    assert desk.log.last_stamp() == stamp
    assert desk.list_ids(Person, ListQuery("甲")) == []


def test_a_deed_that_fails_half_way_leaves_nothing_behind(desk: Desk) -> None:
    told: list[Change] = []
    desk.on_change(told.append)
    deeds = len(desk.log.deeds())

    def fail() -> None:
        with desk.deed("大事"):
            factory.person(desk, "甲")
            with desk.deed("小事"):
                factory.person(desk, "乙")
            assert len(names(desk)) == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(desk) == []
    assert told == []
    assert len(desk.log.deeds()) == deeds
    factory.person(desk, "丙")
    assert names(desk) == ["丙"]
    assert faults(desk.database) == []


def test_a_deed_inside_a_deed_is_part_of_it(desk: Desk) -> None:
    with desk.deed("大事"):
        factory.person(desk, "甲")
        with desk.deed("小事"):
            factory.person(desk, "乙")
    assert desk.log.deeds()[0].title == "大事"
    assert desk.undo().title == "大事"
    assert names(desk) == []
    desk.redo()
    assert sorted(names(desk)) == ["乙", "甲"]


def test_saving_what_is_the_same_is_no_deed(desk: Desk) -> None:
    person = factory.person(desk)
    stamp = desk.log.last_stamp()
    assert desk.save(person) == person
    with desk.deed("无事"):
        pass
    assert desk.save_all([]) == []
    assert desk.log.last_stamp() == stamp


def test_listeners_are_called_once_for_each_deed_with_what_it_touched(desk: Desk) -> None:
    told: list[Change] = []
    desk.on_change(told.append)
    with desk.deed("登记"):
        first, second = factory.person(desk, "甲"), factory.person(desk, "乙")
        desk.save(with_values(first, {"note": "新"}))
        topic = factory.topic(desk)
        assert told == []
    [change] = told
    assert change.title == "登记"
    assert change.touched == {"person": (first.id, second.id), "topic": (topic.id,)}
    desk.undo()
    assert [each.title for each in told] == ["登记", "登记"]


def test_a_deed_names_what_it_did(desk: Desk) -> None:
    person = factory.person(desk, "张伟")
    held = factory.meeting(desk, "协商会")
    desk.save_all([Person(name="甲"), Person(name="乙")])
    desk.save_all([Attendance(meeting=held.id, person=person.id)])
    others = [Attendance(meeting=held.id, person=each.id) for each in desk.find(Person)[:2]]
    desk.save_all([each for each in others if each.person != person.id])
    desk.remove(person)
    titles = [each.title for each in desk.log.deeds()]
    assert titles[0] == "删除人员“张伟”"
    assert "保存出席" in titles
    assert "保存出席2条" in titles
    assert "保存人员“甲”等2条" in titles
    assert titles[-1] == "设置本室“柳河镇政协联络组”"


# -- history ----------------------------------------------------------------------------------


def test_the_history_says_who_changed_what_when_from_and_to(desk: Desk) -> None:
    person = factory.person(desk, "张伟", phone="13800000001")
    desk.operator = "王科员"
    desk.save(with_values(person, {"phone": "13900000002"}))
    (deed, change), (first, _) = desk.log.history(person.id)
    assert (deed.operator, deed.title, deed.kind) == ("王科员", "保存人员“张伟”", "do")
    assert change.before == {"phone": "13800000001"}
    assert change.after == {"phone": "13900000002"}
    assert change.stamps == {"phone": deed.stamp}
    assert first.operator == "李文书"
    assert factory.TODAY < datetime.fromisoformat(deed.done_at) < factory.TODAY + timedelta(hours=1)


def test_each_field_keeps_the_stamp_of_its_own_last_change(desk: Desk) -> None:
    person = factory.person(desk)
    made = desk.log.last_stamp()
    desk.save(with_values(person, {"phone": "13900000002"}))
    changed = desk.log.last_stamp()
    assert desk.stamps("person", [person.id]) == {person.id: {"*": made, "phone": changed}}


# -- undo and redo ----------------------------------------------------------------------------


def test_undo_takes_back_an_update_a_creation_and_a_removal(desk: Desk) -> None:
    person = factory.person(desk, "张伟")
    changed = desk.save(with_values(person, {"name": "李四"}))
    desk.remove(changed)
    assert names(desk) == []
    desk.undo()
    assert names(desk) == ["李四"]
    desk.undo()
    assert names(desk) == ["张伟"]
    desk.undo()
    assert names(desk) == []
    for expected in (["张伟"], ["李四"], []):
        desk.redo()
        assert names(desk) == expected
    assert faults(desk.database) == []


def test_the_last_hundred_deeds_can_be_undone_even_after_reopening(desk: Desk) -> None:
    for number in range(UNDO_DEPTH + 5):
        factory.person(desk, f"人{number}")
    path = desk.database.path
    desk.database.close()
    opened = Database.open(path)
    again = Desk(opened, operator="李文书", now=factory.Clock(factory.TODAY + timedelta(days=1)))
    for _ in range(UNDO_DEPTH):
        again.undo()
    with pytest.raises(NothingToUndo, match="没有可以撤销的操作"):
        again.undo()
    assert names(again) == [f"人{number}" for number in range(5)]
    opened.close()
    reopened = Database.open(path)
    third = Desk(reopened)
    for _ in range(UNDO_DEPTH):
        third.redo()
    with pytest.raises(NothingToUndo, match="没有可以重做的操作"):
        third.redo()
    assert len(names(third)) == UNDO_DEPTH + 5
    assert faults(reopened) == []
    reopened.close()


def test_a_new_deed_ends_redo(desk: Desk) -> None:
    factory.person(desk, "甲")
    desk.undo()
    factory.person(desk, "乙")
    with pytest.raises(NothingToUndo):
        desk.redo()
    assert names(desk) == ["乙"]


def test_what_a_new_deed_superseded_never_comes_back(desk: Desk) -> None:
    factory.person(desk, "甲")
    factory.person(desk, "乙")
    desk.undo()
    factory.person(desk, "丙")
    desk.undo()
    assert "丙" in desk.redo().title
    with pytest.raises(NothingToUndo):
        desk.redo()
    assert sorted(names(desk)) == ["丙", "甲"]


def test_setting_up_the_desk_cannot_be_undone(desk: Desk) -> None:
    with pytest.raises(NothingToUndo):
        desk.undo()
    assert desk.office is not None
    renamed = desk.save(with_values(desk.office, {"clerk": "王文书"}))
    assert desk.undo().touched == {"office": (renamed.id,)}
    assert desk.office.clerk == "李文书"


STEPS = st.lists(st.sampled_from(["new", "change", "remove", "undo", "redo"]), max_size=25)


@settings(max_examples=40, deadline=None, suppress_health_check=CALM)
@given(steps=STEPS)
def test_undo_and_redo_walk_through_the_states_there_were(desk: Desk, steps: list[str]) -> None:
    def state() -> list[Person]:
        return sorted(desk.find(Person), key=lambda each: each.id)

    factory.topic(desk, "起点")
    states, place = [state()], 0
    for number, step in enumerate(steps):
        living = state()
        if step in {"undo", "redo"}:
            place += 1 if step == "redo" else -1
            if not 0 <= place < len(states):
                place = max(0, min(place, len(states) - 1))
                continue
            (desk.redo if step == "redo" else desk.undo)()
            assert state() == states[place]
            continue
        if step == "new" or not living:
            factory.person(desk, f"人{number}")
        elif step == "change":
            desk.save(with_values(living[0], {"note": desk.log.last_stamp()}))  # never the same
        else:
            desk.remove(living[-1])
        states, place = [*states[: place + 1], state()], place + 1
    assert faults(desk.database) == []


# -- removal ----------------------------------------------------------------------------------


def test_a_record_goes_with_its_parts_and_comes_back_with_them(desk: Desk) -> None:
    held = factory.meeting(desk)
    factory.attendance(desk, held, factory.person(desk))
    factory.consensus(desk, held)
    desk.remove(held)
    assert (desk.find(Meeting), desk.find(Attendance)) == ([], [])
    assert desk.find(Person) != []
    desk.undo()
    assert len(desk.find(Attendance, meeting=held.id)) == 1


def test_a_removed_person_is_still_named_where_they_stood(desk: Desk) -> None:
    seat = factory.member(desk, "陆䶮")
    who = desk.get(Person, seat.person)
    assert who is not None
    desk.remove(who)
    assert desk.caption("person", who.id) == "陆䶮"
    assert desk.caption("person", None) == ""


def test_a_link_to_a_link_is_followed_to_a_name(desk: Desk) -> None:
    seat = factory.attendance(desk, factory.meeting(desk), factory.person(desk, "陆䶮"))
    assert desk.caption("attendance", seat.id) == "陆䶮"


def test_removing_what_a_window_shows_in_an_old_state_loses_no_newer_change(desk: Desk) -> None:
    shown = factory.person(desk, "张伟")
    desk.save(with_values(shown, {"phone": "13900000002"}))
    desk.remove(shown)
    desk.undo()
    [back] = desk.find(Person)
    assert back.phone == "13900000002"


# -- offices ----------------------------------------------------------------------------------


def foreign_topic(desk: Desk) -> Topic:
    """A topic of another office, as a packet would bring it."""
    other = factory.office(id="other", office="other", township="临涣镇")
    topic = Topic(id="t", office="other", name="别镇的议题")
    changes = [
        RecordChange(each.table, each.id, None, columns_of(each), {"*": "0001-0000-other"})
        for each in (other, topic)
    ]
    with desk.deed("接收"):
        desk.write(changes)
        desk.write([])
    return topic


def test_records_of_another_office_are_for_reading_only(desk: Desk) -> None:
    topic = foreign_topic(desk)
    assert desk.get(Topic, "t") == topic
    assert not desk.is_own(topic)
    for forbidden in (with_values(topic, {"name": "改"}), with_values(topic, {"office": ""})):
        with pytest.raises(ForeignRecord, match="只能查看"):
            desk.save(forbidden)
    with pytest.raises(ForeignRecord):
        desk.remove(topic)
    assert desk.find(Topic) == [topic]


def test_a_set_up_that_is_refused_leaves_the_file_as_new(database: Database) -> None:
    desk = Desk(database, now=factory.Clock())
    with pytest.raises(NotValid):
        desk.set_up(factory.office(name=""))
    assert (desk.office_id, desk.desk_id, desk.office) == ("", "", None)
    office = desk.set_up(factory.office())
    assert desk.office == office == desk.find(Office)[0]
    assert office.office == office.id


def test_an_attachment_is_kept_once_by_its_content(desk: Desk) -> None:
    with desk.deed("附件"):
        assert desk.contents.add(b"scan") == desk.contents.add(b"scan")
        sha256 = desk.contents.add(b"scan")
    assert desk.contents.read(sha256) == b"scan"
    assert desk.contents.read("0" * 64) is None


# -- the clock --------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None, suppress_health_check=CALM)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8))
def test_stamps_rise_whatever_the_wall_clock_does(database: Database, jumps: list[int]) -> None:
    moment = factory.TODAY

    def now() -> datetime:
        return moment

    desk = Desk(database, now=now)
    if not desk.office_id:
        desk.set_up(factory.office())
    for jump in jumps:
        before = desk.log.last_stamp()
        moment = factory.TODAY + timedelta(seconds=jump)
        factory.person(desk)
        assert desk.log.last_stamp() > before


def test_stamps_do_not_fall_behind_those_of_another_desk(desk: Desk) -> None:
    ahead = f"{int(datetime(2030, 1, 1).timestamp() * 1000):012x}-0000-other"
    with desk.deed("接收"):
        desk.see_stamp(ahead)
        desk.see_stamp("000000000001-0000-other")
    factory.person(desk)
    assert desk.log.last_stamp() > ahead
    assert desk.today == date(2026, 3, 9)


# -- threads ----------------------------------------------------------------------------------


@pytest.fixture
def running(desk: Desk) -> Iterator[tuple[Desk, threading.Event]]:
    """A desk in the middle of a deed on another thread, and the word to finish it."""
    half_way, go_on = threading.Event(), threading.Event()

    def work() -> None:
        with desk.deed("长事"):
            factory.person(desk, "甲")
            half_way.set()
            go_on.wait(10)
            factory.person(desk, "乙")

    factory.person(desk, "旧")
    worker = threading.Thread(target=work)
    worker.start()
    assert half_way.wait(10)

    def finish() -> None:
        go_on.set()
        worker.join(10)

    go_on.finish = finish  # type: ignore[attr-defined]
    yield desk, go_on
    finish()


def test_a_reader_sees_the_old_state_while_a_deed_runs_and_the_new_one_after(
    running: tuple[Desk, threading.Event],
) -> None:
    desk, go_on = running
    assert names(desk) == ["旧"]
    assert desk.list_ids(Person, ListQuery("甲")) == []
    go_on.finish()  # type: ignore[attr-defined]
    assert sorted(names(desk)) == ["乙", "旧", "甲"]
    assert faults(desk.database) == []


def test_a_snapshot_stays_of_one_moment(desk: Desk) -> None:
    factory.person(desk, "旧")
    with desk.database.snapshot():
        assert names(desk) == ["旧"]
        worker = threading.Thread(target=factory.person, args=(desk, "新"))
        worker.start()
        worker.join(10)
        assert names(desk) == ["旧"]
        with desk.database.snapshot():
            assert names(desk) == ["旧"]
    assert sorted(names(desk)) == ["新", "旧"]


def test_two_threads_that_save_at_once_both_get_their_turn(desk: Desk) -> None:
    def save_some(letter: str) -> None:
        for number in range(20):
            factory.person(desk, f"{letter}{number}")

    workers = [threading.Thread(target=save_some, args=(letter,)) for letter in "甲乙丙"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(names(desk)) == 60
    assert faults(desk.database) == []


def test_a_large_undo_can_be_cancelled_and_changes_nothing(desk: Desk) -> None:
    desk.save_all([Person(name=f"人{number}") for number in range(1200)])

    def stop(done: int, total: int) -> None:
        assert total == 1200
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.undo(stop)
    assert len(desk.find(Person)) == 1200
    assert desk.log.undoable() is not None
    desk.undo()
    assert desk.find(Person) == []
    assert faults(desk.database) == []
