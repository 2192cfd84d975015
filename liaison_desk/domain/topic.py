"""What people want talked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import TOPIC_SOURCES, WEIGHTS, WORKFLOWS
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

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Topic(Record):
    """A topic for consultation, from the day it was raised."""

    table = "topic"
    title = "议题"
    order = ("-proposed_on", "name")

    name: str = text("名称", required=True, max_length=100, listed=True)
    source: str = choice("来源", TOPIC_SOURCES, listed=True)
    proposer: str = text("提出人", max_length=60, listed=True)
    proposed_on: date | None = day("提出日期", listed=True)
    village: str | None = link("村（社区）", to="village", listed=True)
    category: str = text("类别", max_length=30, hint="如 民生、生态、交通", words="议题类别")
    reason: str = long_text("选题案由")
    policy: str = long_text("政策依据")
    present_state: str = long_text("现实状况")
    shortcomings: str = long_text("存在问题")
    direction: str = long_text("建言方向")
    weight: str = choice("分量", WEIGHTS, listed=True)
    screening: str = text("筛选结果与理由")
    approver: str = text("审定机关", max_length=60)
    approved_on: date | None = day("审定日期")
    posted_from: date | None = day("公示开始")
    posted_until: date | None = day("公示结束")
    is_planned: bool = flag("列入年度计划", listed=True)
    workflow: str = choice("工作流程", WORKFLOWS, open_list=True, words="工作流程")
    step: str = text("当前步骤", max_length=30)
    convener: str | None = link("召集委员", to="person")


@dataclass(frozen=True, kw_only=True)
class TopicStep(Record):
    """A step of its workflow that a topic has passed or skipped, and what shows it."""

    table = "topic_step"
    title = "流程步骤"
    order = ("position",)
    parent = "topic"

    topic: str | None = link("议题", to="topic", required=True)
    position: int | None = whole_number("次序", searched=False)
    name: str = text("步骤", required=True, max_length=30, listed=True)
    done_on: date | None = day("完成日期", listed=True)
    is_skipped: bool = flag("跳过", listed=True)
    evidence_table: str = text("依据类别", max_length=40)
    evidence: str = text("依据记录", max_length=40)
    note: str = text("说明", listed=True)
