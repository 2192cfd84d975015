"""What happened to a record, told in words; and the way back to what it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.attaching import attach_content, rename
from liaison_desk.services.desk import ForeignRecord
from liaison_desk.services.history import SHOWN_CHANGES, History, Line, NotRestorable
from liaison_desk.services.minutes import finalise
from liaison_desk.store.check import faults
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


@pytest.fixture
def history(desk: Desk) -> History:
    return History(desk)


def told(history: History, record: Record) -> list[str]:
    """What is said to have happened, newest first."""
    return [each.sentence for entry in history.of_records([record.id]) for each in entry.happenings]


def line(history: History, record: Record, label: str, place: int = 0) -> Line:
    """The newest change of a field, or an older one."""
    found = [
        each
        for entry in history.of_records([record.id])
        for happening in entry.happenings
        for each in happening.lines
        if each.label == label
    ]
    return found[place]


def changed(desk: Desk, record: Record, **values: object) -> None:
    now = desk.get(type(record), record.id)
    assert now is not None
    desk.save(with_values(now, values))


def test_making_changing_removing_and_bringing_back_are_told_in_words(
    desk: Desk, history: History
) -> None:
    topic = factory.topic(desk, "停车难")
    changed(desk, topic, name="停车太难")
    desk.remove(topic)
    desk.undo()
    called = "议题“停车太难”"
    assert told(history, topic) == [
        f"恢复{called}",
        f"删除{called}",
        f"修改{called}",
        f"新建{called}",
    ]
    entries = history.of_records([topic.id])
    assert entries[0].title == "撤销：删除议题“停车太难”"
    assert entries[0].deed.operator == "李文书"


def test_a_line_says_from_what_to_what_with_links_by_their_names(
    desk: Desk, history: History
) -> None:
    first, second = factory.agency(desk, "农业站"), factory.agency(desk, "水利站")
    matter = factory.matter(desk, agency=first.id)
    changed(desk, matter, agency=second.id, due_on=date(2026, 4, 30))
    found = line(history, matter, "主办单位")
    assert (found.before, found.after) == ("农业站", "水利站")
    due = line(history, matter, "时限")
    assert (due.before, due.after) == ("2026-03-31", "2026-04-30")


def test_a_personal_number_is_masked_until_it_is_asked_for(desk: Desk, history: History) -> None:
    who = factory.person(desk, phone="13800000001")
    changed(desk, who, phone="13800000002")
    found = line(history, who, "手机")
    assert found.shown(in_full=False) == ("138****0001", "138****0002")
    assert found.shown(in_full=True) == ("13800000001", "13800000002")


def test_parts_and_files_belong_to_the_history_even_when_they_are_gone(
    desk: Desk, history: History
) -> None:
    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held)
    file = attach_content(desk, held, "签到.jpg", b"scan")
    rename(desk, file, "签到表.jpg")
    desk.remove(agreed)
    assert told(history, held)[:3] == [
        "删除共识事项“新划停车位30个”",
        "修改附件“签到表.jpg”",
        "新建附件“签到表.jpg”",
    ]
    assert "新建共识事项“新划停车位30个”" in told(history, held)


def test_a_value_comes_back_as_a_deed_that_can_be_undone(desk: Desk, history: History) -> None:
    topic = factory.topic(desk, "停车难", proposer="何木兰")
    changed(desk, topic, name="停车太难", proposer="欧阳喆")
    found = line(history, topic, "名称")
    assert not history.is_present(found)
    history.restore_value(found)
    now = desk.get(Topic, topic.id)
    assert now is not None
    assert (now.name, now.proposer) == ("停车难", "欧阳喆")
    assert desk.log.deeds(1)[0].title == "恢复议题“停车太难”的名称"
    assert history.is_present(found)
    desk.undo()
    again = desk.get(Topic, topic.id)
    assert again is not None
    assert again.name == "停车太难"
    assert faults(desk.database) == []


def test_any_earlier_value_can_come_back_the_first_one_too(desk: Desk, history: History) -> None:
    topic = factory.topic(desk, "一")
    for name in ("二", "三"):
        changed(desk, topic, name=name)
    history.restore_value(line(history, topic, "名称", place=2))
    now = desk.get(Topic, topic.id)
    assert now is not None
    assert now.name == "一"
    with pytest.raises(NotRestorable, match="现在就是这个值"):
        history.restore_value(line(history, topic, "名称", place=3))


def test_locked_minutes_refuse_an_old_value_with_the_reason(desk: Desk, history: History) -> None:
    held = factory.meeting(desk)
    draft = factory.minutes(desk, held)
    changed(desk, draft, body="一、会议认为，停车难要尽快解决。")
    now = desk.get(type(draft), draft.id)
    assert now is not None
    finalise(desk, now)
    deeds = len(desk.log.deeds())
    with pytest.raises(NotValid, match="纪要已定稿，不能改动"):
        history.restore_value(line(history, draft, "正文", place=0))
    assert len(desk.log.deeds()) == deeds


def test_a_record_in_the_bin_or_of_another_office_is_not_restored_into(
    desk: Desk, history: History
) -> None:
    topic = factory.topic(desk, "停车难")
    changed(desk, topic, name="停车太难")
    found = line(history, topic, "名称")
    desk.remove(topic)
    with pytest.raises(NotRestorable, match="在回收站里"):
        history.restore_value(found)
    desk.undo()
    desk.database.set_setting("office", "another")
    with pytest.raises(ForeignRecord):
        history.restore_value(found)


def test_a_link_to_what_is_gone_for_good_is_refused_in_words(desk: Desk, history: History) -> None:
    old, new = factory.agency(desk, "农业站"), factory.agency(desk, "水利站")
    matter = factory.matter(desk, agency=old.id)
    changed(desk, matter, agency=new.id)
    found = line(history, matter, "主办单位")
    connection = desk.database.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM agency WHERE id = ?", (old.id,))
    with pytest.raises(NotRestorable, match="已经彻底删除"):
        history.restore_value(found)


def test_a_whole_record_goes_back_to_a_moment_with_its_parts(desk: Desk, history: History) -> None:
    held = factory.meeting(desk, place="三楼会议室")
    who, other = factory.person(desk, "陆䶮"), factory.person(desk, "周㛃")
    factory.attendance(desk, held, who)
    goes = factory.consensus(desk, held, "原来的事项")
    deed = desk.log.deeds(1)[0]
    changed(desk, held, place="四楼会议室", name="改过的名称")
    factory.attendance(desk, held, other)
    desk.remove(goes)
    minutes = factory.minutes(desk, held)
    before = len(desk.log.deeds())

    history.restore_moment([("meeting", held.id)], deed)

    now = desk.get(Meeting, held.id)
    assert now is not None
    assert (now.place, now.name) == ("三楼会议室", "桥口村停车难专题协商会")
    assert [each.person for each in desk.find(Attendance, meeting=held.id)] == [who.id]
    assert [each.name for each in desk.find(Consensus, meeting=held.id)] == ["原来的事项"]
    assert len(desk.find(type(minutes), meeting=held.id)) == 1, "minutes have a page of their own"
    assert len(desk.log.deeds()) == before + 1
    assert desk.log.deeds(1)[0].title.startswith("恢复协商会“改过的名称”到2026-03-09 09:00")
    desk.undo()
    assert len(desk.find(Attendance, meeting=held.id)) == 2
    assert desk.find(Consensus, meeting=held.id) == []
    assert faults(desk.database) == []


def test_a_member_goes_back_with_the_person(desk: Desk, history: History) -> None:
    seat = factory.member(desk, "陆䶮", sector="教育")
    then = desk.log.deeds(1)[0]
    who = desk.find(Person)[0]
    changed(desk, who, phone="13800000001")
    changed(desk, seat, sector="经济")
    wholes = history.wholes([seat.id, who.id])
    assert wholes == [("membership", seat.id), ("person", who.id)]
    history.restore_moment(wholes, then)
    assert desk.find(Person)[0].phone == ""
    assert desk.find(type(seat))[0].sector == "教育"


def test_a_moment_comes_back_whichever_of_whole_and_parts_the_rules_want_first(
    desk: Desk, history: History
) -> None:
    matter = factory.matter(desk)
    reply = desk.save(
        Reply(matter=matter.id, replied_on=date(2026, 3, 20), result="A 已解决", content="已划线")
    )
    changed(desk, matter, closed_on=date(2026, 3, 21))
    closed = desk.log.deeds(1)[0]
    changed(desk, matter, closed_on=None)
    desk.remove(reply)
    history.restore_moment([("matter", matter.id)], closed)
    now = desk.get(Matter, matter.id)
    assert now is not None
    assert now.closed_on == date(2026, 3, 21)

    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held, due_on=date(2026, 3, 10))
    early = desk.log.deeds(1)[0]
    changed(desk, agreed, due_on=date(2026, 5, 1))
    changed(desk, held, held_at=datetime(2026, 4, 6, 9, 0))
    history.restore_moment([("meeting", held.id)], early)
    assert desk.find(Consensus, meeting=held.id)[0].due_on == date(2026, 3, 10)


def test_the_present_and_the_time_in_the_bin_are_no_moments_to_go_back_to(
    desk: Desk, history: History
) -> None:
    topic = factory.topic(desk)
    with pytest.raises(NotRestorable, match="和那时一样"):
        history.restore_moment([("topic", topic.id)], desk.log.deeds(1)[0])
    desk.remove(topic)
    gone = desk.log.deeds(1)[0]
    desk.undo()
    with pytest.raises(NotRestorable, match="已经删除，恢复不到那时"):
        history.restore_moment([("topic", topic.id)], gone)
    desk.remove(topic)
    with pytest.raises(NotRestorable, match="在回收站里"):
        history.restore_moment([("topic", topic.id)], desk.log.deeds()[-1])


def test_a_deed_of_thousands_shows_its_first_and_how_many_there_are(
    desk: Desk, history: History
) -> None:
    desk.save_all([Person(name=f"张{number}") for number in range(SHOWN_CHANGES + 50)], "导入名册")
    happenings, size = history.of_deed(desk.log.deeds(1)[0].number)
    assert (len(happenings), size) == (SHOWN_CHANGES, SHOWN_CHANGES + 50)
    assert happenings[0].sentence == "新建人员“张0”"


def test_a_history_of_many_changes_is_told_at_once(desk: Desk, history: History) -> None:
    held = factory.meeting(desk)
    for number in range(300):
        changed(desk, held, place=f"{number}号会议室")
    started = datetime.now()
    assert len(history.of_records([held.id])) == 301
    assert datetime.now() - started < timedelta(seconds=1)
