"""What there is to show that a step of a topic's workflow has been taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.matter import Matter, Rating, Reply, Revisit
from liaison_desk.domain.meeting import Consensus, Meeting, MeetingTopic
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.record import Record
from liaison_desk.domain.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from liaison_desk.domain.topic import Topic
    from liaison_desk.services.desk import Desk

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Evidence:
    """A record that shows something was done, and when it was."""

    record: Record
    on: date | None


def evidence_of(desk: Desk, topic: Topic) -> dict[str, Evidence]:
    """What there is for a topic, by the words of `STEP_NEEDS`; what is not there is left out."""
    meetings = held_meetings(desk, topic)
    consensus = [part for each in meetings for part in desk.find(Consensus, meeting=each.id)]
    matters = matters_of(desk, topic, consensus)
    days = {each.id: each.held_at.date() if each.held_at else None for each in meetings}
    found: dict[str, Evidence | None] = {
        "审定": Evidence(topic, topic.approved_on) if topic.approved_on else None,
        "公示": Evidence(topic, topic.posted_from) if topic.posted_from else None,
        "列入计划": _last((e, None) for e in desk.find(PlanItem, topic=topic.id)),
        "调研": _last((e, e.held_on) for e in desk.find(Survey, topic=topic.id)),
        "协商会": _last((e, days[e.id]) for e in meetings),
        "纪要": _last(
            (e, e.dated)
            for meeting in meetings
            for e in desk.find(Minutes, meeting=meeting.id)
            if e.is_locked
        ),
        "共识事项": _last((e, days.get(e.meeting or "")) for e in consensus),
        "办理事项": _last((e, e.handed_over_on) for e in matters),
    }
    return {need: each for need, each in (found | _follow_up(desk, matters)).items() if each}


def held_meetings(desk: Desk, topic: Topic) -> list[Meeting]:
    """The meetings that have talked about a topic, as of now."""
    links = desk.find(MeetingTopic, topic=topic.id)
    found = (desk.get(Meeting, each.meeting) for each in links)
    now = desk.now()
    return [e for e in found if e and not e.removed_at and e.held_at and e.held_at <= now]


def matters_of(desk: Desk, topic: Topic, consensus: Iterable[Consensus]) -> list[Matter]:
    """The matters that came of a topic's meetings, or of the topic itself."""
    agreed = [part for each in consensus for part in desk.find(Matter, consensus=each.id)]
    turned = (
        desk.get(Matter, each.into_matter) for each in desk.find(Conversion, from_topic=topic.id)
    )
    every = (*agreed, *(each for each in turned if each and not each.removed_at))
    return list({each.id: each for each in every}.values())


def _follow_up(desk: Desk, matters: list[Matter]) -> dict[str, Evidence | None]:
    """What became of the matters; an answer and a closing count once every matter has one."""
    replies = {each.id: desk.find(Reply, matter=each.id) for each in matters}
    is_answered = bool(matters) and all(replies.values())
    is_closed = bool(matters) and all(each.closed_on for each in matters)
    return {
        "办理反馈": _last((e, e.replied_on) for part in replies.values() for e in part)
        if is_answered
        else None,
        "满意度": _last((e, e.rated_on) for m in matters for e in desk.find(Rating, matter=m.id)),
        "回头看": _last(
            (e, e.visited_on) for m in matters for e in desk.find(Revisit, matter=m.id)
        ),
        "办结": _last((e, e.closed_on) for e in matters) if is_closed else None,
    }


def _last(found: Iterable[tuple[R, date | None]]) -> Evidence | None:
    """The latest of some records."""
    dated = [Evidence(record, on) for record, on in found]
    return max(dated, key=lambda each: (each.on is not None, each.on), default=None)
