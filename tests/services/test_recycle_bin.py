"""回收站: what is listed, and putting it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.activity import Visitor
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.services.conversions import link_existing, unlink
from liaison_desk.services.desk import ForeignRecord
from liaison_desk.services.matters import close_matter
from liaison_desk.services.planning import plan_topics, take_out
from liaison_desk.services.recycle_bin import NotRestored, RecycleBin
from liaison_desk.services.workflows import states_of, tick_step, untick_step
from liaison_desk.store.queries import ListQuery
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.recycle_bin import Gone


def captions(found: list[Gone]) -> list[str]:
    return [each.caption for each in found]


def test_what_was_removed_is_listed_last_first_with_when_and_by_whom(desk: Desk) -> None:
    for name in ("甲", "乙"):
        desk.remove(factory.topic(desk, name))
    factory.topic(desk, "还在的")
    newer, older = RecycleBin(desk).contents()
    assert [newer.caption, older.caption] == ["乙", "甲"]
    assert newer.operator == "李文书"
    assert newer.removed_at.date() == desk.today
    assert newer.record.title == "议题"


def test_parts_are_listed_with_what_they_belonged_to(desk: Desk) -> None:
    held = factory.meeting(desk)
    for name in ("张伟", "李娜"):
        factory.attendance(desk, held, factory.person(desk, name))
    factory.consensus(desk, held)
    desk.remove(held)
    [gone] = RecycleBin(desk).contents()
    assert gone.record.id == held.id
    assert gone.parts_counted == "出席2条、共识事项1条"
    assert {"张伟", "李娜"} < set(captions(list(gone.parts)))


def test_a_part_that_went_earlier_is_listed_by_itself(desk: Desk) -> None:
    held = factory.meeting(desk)
    desk.remove(factory.attendance(desk, held, factory.person(desk, "张伟")))
    desk.remove(held)
    whole, part = RecycleBin(desk).contents()
    assert whole.parts == ()
    assert part.caption == f"张伟（协商会“{held.name}”）"


def test_older_things_are_listed_only_when_asked_for(desk: Desk) -> None:
    clock = desk.now
    assert isinstance(clock, factory.Clock)
    desk.remove(factory.topic(desk, "很久以前"))
    clock.moment += timedelta(days=31)
    desk.remove(factory.topic(desk, "刚才"))
    assert captions(RecycleBin(desk).contents()) == ["刚才"]
    assert captions(RecycleBin(desk).contents(older_too=True)) == ["刚才", "很久以前"]


def test_a_record_comes_back_with_the_parts_that_went_with_it(desk: Desk) -> None:
    held = factory.meeting(desk)
    early = factory.attendance(desk, held, factory.person(desk, "早走的"))
    late = factory.attendance(desk, held, factory.person(desk, "一起的"))
    desk.remove(early)
    desk.remove(held)
    RecycleBin(desk).restore([held])
    assert desk.find(Meeting) == [held]
    assert desk.find(Attendance) == [late]
    [gone] = RecycleBin(desk).contents()
    assert gone.record.id == early.id


def test_a_part_brings_back_what_it_belongs_to_and_says_so(desk: Desk) -> None:
    held = factory.meeting(desk)
    part = factory.attendance(desk, held, factory.person(desk, "张伟"))
    desk.remove(part)
    desk.remove(held)
    done = RecycleBin(desk).restore([part])
    assert [each.id for each in done.wholes] == [held.id]
    assert desk.find(Meeting, id=held.id)
    assert desk.find(Attendance) == [part]


def test_a_file_brings_back_the_record_it_was_kept_with(desk: Desk) -> None:
    topic = factory.topic(desk)
    sheet = Attachment(
        owner_table="topic", owner=topic.id, name="照片.jpg", sha256="0" * 64, size=1
    )
    sheet = desk.save(sheet)
    desk.remove(sheet)
    desk.remove(topic)
    done = RecycleBin(desk).restore([sheet])
    assert [each.id for each in done.wholes] == [topic.id]
    assert desk.find(Topic) == [topic]


def test_several_come_back_as_one_deed_that_one_undo_takes_back(desk: Desk) -> None:
    topics = [factory.topic(desk, name) for name in ("甲", "乙", "丙")]
    for each in topics:
        desk.remove(each)
    RecycleBin(desk).restore(topics)
    assert len(desk.find(Topic)) == 3
    assert desk.undo().title == "恢复议题3条"
    assert desk.find(Topic) == []
    assert len(RecycleBin(desk).contents()) == 3


def test_what_came_back_is_found_by_its_words_again(desk: Desk) -> None:
    topic = factory.topic(desk, "停车难")
    desk.remove(topic)
    RecycleBin(desk).restore([topic])
    assert desk.list_ids(Topic, ListQuery("停车")) == [topic.id]


def test_a_person_in_the_meeting_again_is_not_put_there_twice(desk: Desk) -> None:
    held, who = factory.meeting(desk), factory.person(desk, "张伟")
    old = factory.attendance(desk, held, who)
    desk.remove(old)
    new = factory.attendance(desk, held, who)
    with pytest.raises(NotRestored, match="没有恢复出席“张伟”：这个人已经在到会名单里了"):
        RecycleBin(desk).restore([old])
    assert desk.find(Attendance) == [new]
    assert len(RecycleBin(desk).contents()) == 1


def test_one_refusal_leaves_all_of_them_where_they_are(desk: Desk) -> None:
    seat = factory.member(desk, "张伟")
    topic = factory.topic(desk)
    desk.remove(seat)
    desk.remove(topic)
    desk.save(Membership(person=seat.person, term=seat.term))
    with pytest.raises(NotRestored, match="已经是第十二届"):
        RecycleBin(desk).restore([topic, seat])
    assert desk.find(Topic) == []


def test_a_number_used_since_is_refused(desk: Desk) -> None:
    held = factory.meeting(desk)
    numbered = {"prefix": "柳政协", "year": 2026, "number": 3, "version": 1}
    old = factory.minutes(desk, held, **numbered)
    desk.remove(old)
    factory.minutes(desk, held, **numbered)
    with pytest.raises(NotRestored, match="资料都还在回收站里"):
        RecycleBin(desk).restore([old])
    assert len(desk.find(Minutes)) == 1


def test_a_closed_matter_comes_back_closed_with_its_reply(desk: Desk) -> None:
    matter = factory.matter(desk)
    desk.save(Reply(matter=matter.id, replied_on=desk.today, result="A 已解决", content="已划线"))
    close_matter(desk, matter)
    desk.remove(matter)
    RecycleBin(desk).restore([matter])
    [back] = desk.find(Matter)
    assert back.closed_on is not None
    assert len(desk.find(Reply)) == 1


def test_a_record_with_a_fault_of_its_own_still_comes_back_to_be_mended(desk: Desk) -> None:
    topic = factory.topic(desk)
    desk.remove(topic)
    with desk.database.transaction() as connection:
        connection.execute("UPDATE topic SET weight = '中事'")
    RecycleBin(desk).restore([topic])
    assert desk.find(Topic)[0].weight == "中事"


def test_what_another_office_removed_is_neither_listed_nor_put_back(desk: Desk) -> None:
    topic = factory.topic(desk)
    desk.remove(topic)
    with desk.database.transaction() as connection:
        connection.execute(
            "INSERT INTO office (id, office, stamps, name) VALUES ('别处', '别处', '{}', '别镇')"
        )
        connection.execute("UPDATE topic SET office = '别处'")
    assert RecycleBin(desk).contents() == []
    with pytest.raises(ForeignRecord):
        RecycleBin(desk).restore([topic])


def test_taking_back_a_new_record_puts_it_where_it_can_be_found(desk: Desk) -> None:
    factory.topic(desk, "误撤销的")
    desk.undo()
    [gone] = RecycleBin(desk).contents()
    RecycleBin(desk).restore([gone.record])
    assert [each.name for each in desk.find(Topic)] == ["误撤销的"]


def test_cancelling_puts_nothing_back(desk: Desk) -> None:
    topics = [factory.topic(desk, name, proposed_on=date(2026, 3, 1)) for name in ("甲", "乙")]
    for each in topics:
        desk.remove(each)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        RecycleBin(desk).restore(topics, stop)
    assert desk.find(Topic) == []


def test_an_item_of_the_plan_comes_back_with_its_topic_ticked(desk: Desk) -> None:
    topic = factory.topic(desk)
    [item] = plan_topics(desk, 2026, [topic])
    take_out(desk, [item])
    RecycleBin(desk).restore([item])
    assert desk.find(PlanItem) == [item]
    assert desk.find(Topic)[0].is_planned


def test_a_step_comes_back_and_the_topic_stands_where_it_stood(desk: Desk) -> None:
    topic = factory.topic(desk, workflow="七步闭环")
    ticked = tick_step(desk, topic, states_of(desk, topic)[0])
    [step] = desk.find(TopicStep)
    untick_step(desk, ticked, step)
    RecycleBin(desk).restore([step])
    assert desk.find(Topic) == [ticked]
    desk.remove(ticked)
    RecycleBin(desk).restore([ticked])
    assert desk.find(Topic) == [ticked]


def test_a_link_to_a_visitor_comes_back_with_the_answer(desk: Desk) -> None:
    held = factory.activity(desk)
    visitor = desk.save(Visitor(activity=held.id, name="王大娘", concern="路灯不亮"))
    conversion = link_existing(desk, visitor, factory.topic(desk))
    unlink(desk, conversion)
    RecycleBin(desk).restore([conversion])
    assert [each.answer for each in desk.find(Visitor)] == ["列为议题"]
