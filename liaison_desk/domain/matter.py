"""What was agreed and is to be done, until it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from liaison_desk.domain.codes import MATTER_SOURCES, RATERS, RESULTS, REVISIT_FINDINGS
from liaison_desk.domain.declare import (
    choice,
    day,
    flag,
    link,
    long_text,
    text,
    whole_number,
)
from liaison_desk.domain.record import Record

SOON = timedelta(days=3)
"""A matter is 临期 from three days before it is due."""
LIGHTS = ("超期", "临期", "正常", "办结")


@dataclass(frozen=True, kw_only=True)
class Matter(Record):
    """A matter handed to an agency, with a due date and an answer."""

    table = "matter"
    title = "办理事项"
    order = ("closed_on", "due_on")

    name: str = text("事项", required=True, max_length=500, listed=True)
    source: str = choice("来源", MATTER_SOURCES, default="共识事项", listed=True)
    consensus: str | None = link("共识事项", to="consensus")
    minutes: str | None = link("纪要", to="minutes")
    agency: str | None = link("主办单位", to="agency", required=True, listed=True)
    partners: str = text("协办", max_length=100)
    handler: str = text("承办人", max_length=60)
    handover_number: str = text("交办文号", max_length=60)
    handed_over_on: date | None = day("交办日期", listed=True)
    signed_on: date | None = day("签收日期")
    due_on: date | None = day("时限", required=True, listed=True)
    requirement: str = long_text("要求", max_length=2000)
    is_posted: bool = flag("公示")
    closed_on: date | None = day("办结日期", listed=True)

    def light(self, today: date) -> str:
        """正常, 临期, 超期 or 办结, as of `today`."""
        return "办结" if self.closed_on is not None else light_of(self.due_on, today)


def light_of(due_on: date | None, today: date) -> str:
    """正常, 临期 or 超期 of what is open and due on a day, as of `today`."""
    if due_on is None or due_on - today > SOON:
        return "正常"
    return "超期" if due_on < today else "临期"


@dataclass(frozen=True, kw_only=True)
class Progress(Record):
    """One step an agency has taken on a matter."""

    table = "progress"
    title = "办理进展"
    headline = "content"
    order = ("reported_on",)
    parent = "matter"

    matter: str | None = link("办理事项", to="matter", required=True)
    reported_on: date | None = day("日期", required=True, listed=True)
    content: str = long_text("内容", required=True, max_length=5000, listed=True)
    handler: str = text("经办人", max_length=60, listed=True)


@dataclass(frozen=True, kw_only=True)
class Reply(Record):
    """An agency's answer on a matter."""

    table = "reply"
    title = "办理反馈"
    headline = "result"
    order = ("replied_on",)
    parent = "matter"

    matter: str | None = link("办理事项", to="matter", required=True)
    replied_on: date | None = day("日期", required=True, listed=True)
    result: str = choice("结果", RESULTS, required=True, listed=True)
    content: str = long_text("内容", required=True, max_length=5000, listed=True)
    reply_number: str = text("复文号", max_length=60, listed=True)


@dataclass(frozen=True, kw_only=True)
class Extension(Record):
    """A later due date that was granted; the matter's own is changed with it."""

    table = "extension"
    title = "延期"
    headline = "reason"
    order = ("granted_on", "new_due_on")
    parent = "matter"

    matter: str | None = link("办理事项", to="matter", required=True)
    granted_on: date | None = day("日期", required=True, listed=True)
    old_due_on: date | None = day("原时限", listed=True)
    new_due_on: date | None = day("新时限", required=True, listed=True)
    reason: str = long_text("理由", required=True, max_length=2000, listed=True)
    approver: str = text("同意人", max_length=60, listed=True)


@dataclass(frozen=True, kw_only=True)
class Rating(Record):
    """How satisfied one group of people is with the work on a matter, and with its outcome."""

    table = "rating"
    title = "满意度"
    headline = "rater"
    order = ("rated_on",)
    parent = "matter"

    matter: str | None = link("办理事项", to="matter", required=True)
    rated_on: date | None = day("日期", required=True, listed=True)
    rater: str = choice("对象", RATERS, required=True, listed=True)
    work_good: int | None = whole_number("办理工作满意人数", listed=True)
    work_fair: int | None = whole_number("办理工作基本满意人数", listed=True)
    work_poor: int | None = whole_number("办理工作不满意人数", listed=True)
    outcome_good: int | None = whole_number("办理结果满意人数", listed=True)
    outcome_fair: int | None = whole_number("办理结果基本满意人数", listed=True)
    outcome_poor: int | None = whole_number("办理结果不满意人数", listed=True)
    reason: str = long_text("理由", max_length=2000, listed=True)


@dataclass(frozen=True, kw_only=True)
class Revisit(Record):
    """What was found when the office went back to look."""

    table = "revisit"
    title = "回头看"
    headline = "situation"
    order = ("visited_on",)
    parent = "matter"

    matter: str | None = link("办理事项", to="matter", required=True)
    visited_on: date | None = day("日期", required=True, listed=True)
    finding: str = choice("结论", REVISIT_FINDINGS, listed=True)
    situation: str = long_text("情况", required=True, max_length=5000, listed=True)
    visitors: str = text("参加人", listed=True)
