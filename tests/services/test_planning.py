"""The year's plan, and what the first page says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import MeetingTopic
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.topic import Topic
from liaison_desk.services.planning import (
    complete_item,
    meeting_of,
    next_position,
    plan_of,
    plan_topics,
    take_out,
    topics_to_plan,
)
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def test_topics_are_put_into_the_plan_in_order_and_ticked_as_one_deed(desk: Desk) -> None:
    topics = [factory.topic(desk, name) for name in ("停车", "充电桩")]
    plan_topics(desk, 2026, topics)
    items = desk.find(PlanItem, year=2026)
    assert [(each.position, each.topic) for each in items] == [(1, topics[0].id), (2, topics[1].id)]
    assert all(each.is_planned for each in desk.find(Topic))
    assert not topics_to_plan(desk, 2026)
    assert next_position(desk, 2026) == 3
    desk.undo()
    assert not desk.find(PlanItem)
    assert not any(each.is_planned for each in desk.find(Topic))


def test_the_plan_says_what_is_done_and_when_the_next_is_due(desk: Desk) -> None:
    for number, (month, status) in enumerate(
        (("2026.08", "未开始"), ("2026.03", "已完成"), ("2026.05", "进行中"), ("2026.04", "取消"))
    ):
        topic = factory.topic(desk, f"议题{number}")
        desk.save(PlanItem(year=2026, topic=topic.id, meeting_month=month, status=status))
    plan = plan_of(desk, 2026)
    assert (plan.done, plan.target, plan.next_month) == (1, 3, "2026.05")
    assert plan_of(desk, 2025).target == 0


def test_a_held_meeting_lets_an_item_be_done(desk: Desk) -> None:
    topic = factory.topic(desk)
    item = plan_topics(desk, 2026, [topic])[0]
    assert meeting_of(desk, item) is None
    held = factory.meeting(desk)
    desk.save(MeetingTopic(meeting=held.id, topic=topic.id, position=1))
    assert meeting_of(desk, item) == held
    assert complete_item(desk, item).status == "已完成"
    assert plan_of(desk, 2026).done == 1


def test_a_topic_taken_out_of_every_plan_is_no_longer_ticked(desk: Desk) -> None:
    topic = factory.topic(desk)
    items = [plan_topics(desk, year, [topic])[0] for year in (2026, 2027)]
    take_out(desk, items[:1])
    assert desk.find(Topic)[0].is_planned
    take_out(desk, items[1:])
    assert not desk.find(Topic)[0].is_planned
    desk.undo()
    assert desk.find(PlanItem) == items[1:]
    assert desk.find(Topic)[0].is_planned
