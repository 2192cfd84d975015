"""The year's plan of consultations: what is in it, what is done, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.evidence import held_meetings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.meeting import Meeting
    from liaison_desk.services.desk import Desk

DONE, CANCELLED = "已完成", "取消"


@dataclass(frozen=True)
class PlanProgress:
    """How far a year's plan is.

    Attributes:
        year: the year.
        target: how many items there are, those cancelled left out.
        done: how many are done.
        waiting: the others, the one due next first.
    """

    year: int
    target: int
    done: int
    waiting: tuple[PlanItem, ...]

    @property
    def next_month(self) -> str:
        """When the next one is due, 2026.05; "" when none has a month."""
        return next((each.meeting_month for each in self.waiting if each.meeting_month), "")


def plan_of(desk: Desk, year: int, office: str = "") -> PlanProgress:
    """How far the plan of a year is, of this office or of another."""
    items = [
        each
        for each in desk.find(PlanItem, office=office or desk.office_id, year=year)
        if each.status != CANCELLED
    ]
    waiting = [each for each in items if each.status != DONE]
    waiting.sort(key=lambda each: (each.meeting_month or "9999", each.position or 0))
    return PlanProgress(year, len(items), len(items) - len(waiting), tuple(waiting))


def topics_to_plan(desk: Desk, year: int) -> list[Topic]:
    """The topics that do not stand in the plan of a year yet and were not consulted on."""
    planned = {each.topic for each in desk.find(PlanItem, office=desk.office_id, year=year)}
    consulted = desk.queries.linked_ids("meeting_topic", "topic")
    return [
        each
        for each in desk.find(Topic, office=desk.office_id)
        if each.id not in planned and (each.id not in consulted or each.is_planned)
    ]


def plan_topics(desk: Desk, year: int, topics: Sequence[Topic]) -> list[PlanItem]:
    """Put topics into the plan of a year, at its end, as one deed."""
    there = [each.position or 0 for each in desk.find(PlanItem, year=year, office=desk.office_id)]
    first = max(there, default=0) + 1
    items = [
        PlanItem(year=year, position=first + row, topic=each.id) for row, each in enumerate(topics)
    ]
    with desk.deed(f"列入{year}年计划{len(topics)}个议题"):
        kept = desk.save_all(items)
        for each in topics:
            mark_planned(desk, each)
    return kept


def mark_planned(desk: Desk, topic: Topic) -> None:
    """Tick 列入年度计划 of a topic; inside a deed."""
    if not topic.is_planned and desk.is_own(topic):
        desk.save(with_values(topic, {"is_planned": True}))


def take_out(desk: Desk, items: Sequence[PlanItem], progress: Progress = no_progress) -> None:
    """Take items out of the plan, as one deed; topics in no plan any more are unticked.

    Raises:
        Cancelled: `progress` raised it; all stay in the plan.
    """
    with desk.deed(f"从年度计划删除{len(items)}项"):
        for done, each in enumerate(items):
            progress(done, len(items))
            desk.remove(each)
            topic = desk.get(Topic, each.topic)
            if topic is not None and not desk.find(PlanItem, topic=topic.id):
                desk.save(with_values(topic, {"is_planned": False}))


def complete_item(desk: Desk, item: PlanItem) -> PlanItem:
    """Note that an item of the plan is done."""
    with desk.deed("计划项目已完成"):
        return desk.save(with_values(item, {"status": DONE}))


def meeting_of(desk: Desk, item: PlanItem) -> Meeting | None:
    """The last meeting held on an item's topic in its year, or None."""
    topic = desk.get(Topic, item.topic)
    if topic is None:
        return None
    held = [
        each
        for each in held_meetings(desk, topic)
        if each.held_at and item.year in {None, each.held_at.year}
    ]
    return max(held, key=lambda each: each.held_at or desk.now(), default=None)


def next_position(desk: Desk, year: int) -> int:
    """The number after the last one of a year's plan."""
    there = (each.position or 0 for each in desk.find(PlanItem, year=year, office=desk.office_id))
    return max(there, default=0) + 1
