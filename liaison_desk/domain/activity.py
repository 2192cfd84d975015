"""What the members do beside consulting: receptions, visits, studies, good works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import ACTIVITY_KINDS, VISITOR_ANSWERS
from liaison_desk.domain.declare import (
    amount,
    choice,
    link,
    long_text,
    moment,
    person_name,
    phone,
    text,
    whole_number,
)
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Activity(Record):
    """One activity, with the numbers that reports ask for."""

    table = "activity"
    title = "活动"
    order = ("-held_at",)

    kind: str = choice(
        "类型", ACTIVITY_KINDS, required=True, open_list=True, listed=True, words="活动类型"
    )
    name: str = text("主题", required=True, max_length=100, listed=True)
    held_at: datetime | None = moment("时间", required=True, listed=True)
    place: str = text("地点", max_length=60, listed=True)
    organiser: str = text("组织者", max_length=60, listed=True)
    village: str | None = link("村（社区）", to="village")
    content: str = long_text("内容")
    outcome: str = long_text("成效")
    visits: int | None = whole_number("接待／走访人次")
    households: int | None = whole_number("走访户数")
    problems_collected: int | None = whole_number("收集问题")
    problems_solved: int | None = whole_number("解决问题")
    donated_money: Decimal | None = amount("捐款（元）")
    donated_goods: Decimal | None = amount("捐物折价（元）")
    volunteer_hours: Decimal | None = amount("志愿服务（小时）")
    media_reports: int | None = whole_number("媒体报道（篇）")
    expenses: Decimal | None = amount("经费支出（元）")


@dataclass(frozen=True, kw_only=True)
class ActivityParticipant(Record):
    """One person who took part in an activity."""

    table = "activity_participant"
    title = "活动参加人"
    headline = "person"
    order = ("position",)
    parent = "activity"

    activity: str | None = link("活动", to="activity", required=True)
    position: int | None = whole_number("次序", searched=False)
    person: str | None = link("人员", to="person", required=True, listed=True)
    note: str = text("备注", listed=True)


@dataclass(frozen=True, kw_only=True)
class Visitor(Record):
    """Someone who came to a reception day, and what they were told."""

    table = "visitor"
    title = "来访群众"
    order = ("position",)
    parent = "activity"

    activity: str | None = link("活动", to="activity", required=True)
    position: int | None = whole_number("次序", searched=False)
    name: str = person_name("姓名", required=True, listed=True)
    phone: str = phone("电话", listed=True)
    concern: str = long_text("反映事项", required=True, max_length=5000, listed=True)
    answer: str = choice("答复方式", VISITOR_ANSWERS, listed=True)
    answer_text: str = long_text("答复内容", max_length=5000, listed=True)
