"""Consultation meetings, and what happened in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import (
    AT_MEETING,
    CAPACITIES,
    DISSENT_HANDLINGS,
    MEETING_FORMS,
    PRESENCES,
    STATEMENT_KINDS,
)
from liaison_desk.domain.declare import choice, day, link, long_text, moment, text, whole_number
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """One consultation meeting."""

    table = "meeting"
    title = "协商会"
    order = ("-held_at",)

    name: str = text("名称", required=True, max_length=100, listed=True)
    form: str = choice(
        "形式", MEETING_FORMS, default="专题协商", open_list=True, listed=True, words="协商形式"
    )
    held_at: datetime | None = moment("日期时间", required=True, listed=True)
    place: str = text("地点", max_length=60, listed=True)
    host: str | None = link("主持人", to="person", listed=True)
    recorder: str | None = link("记录人", to="person")
    votes_for: int | None = whole_number("同意票")
    votes_against: int | None = whole_number("反对票")
    abstentions: int | None = whole_number("弃权票")
    vote_way: str = text("表决方式", max_length=30, hint="如 举手、无记名")
    headcount: int | None = whole_number("参加人数", hint="没有登记到会名单时填")
    note: str = long_text("备注", max_length=2000)


@dataclass(frozen=True, kw_only=True)
class MeetingTopic(Record):
    """A topic that a meeting talked about."""

    table = "meeting_topic"
    title = "会上议题"
    headline = "topic"
    order = ("position",)
    parent = "meeting"

    meeting: str | None = link("协商会", to="meeting", required=True)
    position: int | None = whole_number("次序", searched=False)
    topic: str | None = link("议题", to="topic", required=True, listed=True)


@dataclass(frozen=True, kw_only=True)
class AgendaItem(Record):
    """One item of a meeting's agenda."""

    table = "agenda_item"
    title = "议程"
    order = ("position",)
    parent = "meeting"

    meeting: str | None = link("协商会", to="meeting", required=True)
    position: int | None = whole_number("次序", searched=False)
    name: str = text("项目", required=True, listed=True)
    starts: str = text("时间", max_length=20, listed=True, hint="如 9:00")
    speaker: str = text("发言人", max_length=60, listed=True)


@dataclass(frozen=True, kw_only=True)
class Attendance(Record):
    """One person in one meeting."""

    table = "attendance"
    title = "出席"
    headline = "person"
    order = ("position",)
    parent = "meeting"

    meeting: str | None = link("协商会", to="meeting", required=True)
    position: int | None = whole_number("次序", searched=False)
    person: str | None = link("人员", to="person", required=True, listed=True)
    capacity: str = choice(
        "身份", CAPACITIES, default="委员", open_list=True, listed=True, words="参会身份"
    )
    presence: str = choice("出席情况", PRESENCES, default="出席", listed=True)
    reason: str = text("原因", listed=True)

    @property
    def was_there(self) -> bool:
        """Whether the person sat in the meeting with a voice."""
        return self.presence in AT_MEETING


@dataclass(frozen=True, kw_only=True)
class Statement(Record):
    """What one person said."""

    table = "statement"
    title = "发言"
    headline = "point"
    order = ("position",)
    parent = "meeting"

    meeting: str | None = link("协商会", to="meeting", required=True)
    position: int | None = whole_number("次序", searched=False)
    person: str | None = link("人员", to="person", required=True, listed=True)
    kind: str = choice("问答辩", STATEMENT_KINDS, default="发言", listed=True)
    point: str = long_text("要点", required=True, max_length=5000, listed=True)


@dataclass(frozen=True, kw_only=True)
class Consensus(Record):
    """A matter that the meeting agreed on; finalised minutes turn it into a Matter."""

    table = "consensus"
    title = "共识事项"
    order = ("position",)
    parent = "meeting"

    meeting: str | None = link("协商会", to="meeting", required=True)
    position: int | None = whole_number("次序", searched=False)
    name: str = text("事项", required=True, max_length=500, listed=True)
    agency: str | None = link("责任单位", to="agency", listed=True)
    partners: str = text("协办", max_length=100, listed=True)
    due_on: date | None = day("时限", listed=True)


@dataclass(frozen=True, kw_only=True)
class Dissent(Record):
    """What stayed open in the meeting."""

    table = "dissent"
    title = "未达成共识的意见"
    order = ("position",)
    parent = "meeting"

    meeting: str | None = link("协商会", to="meeting", required=True)
    position: int | None = whole_number("次序", searched=False)
    name: str = text("意见", required=True, max_length=500, listed=True)
    raised_by: str = text("提出方", max_length=60, listed=True)
    handling: str = choice(
        "处理", DISSENT_HANDLINGS, open_list=True, listed=True, words="未达成共识的处理"
    )
