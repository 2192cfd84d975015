"""The year's plan of consultations."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.codes import MEETING_FORMS, PLAN_OUTCOMES, PLAN_STATES
from liaison_desk.domain.declare import choice, link, month, text, whole_number
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class PlanItem(Record):
    """One consultation of a year's plan (年度协商计划)."""

    table = "plan_item"
    title = "年度协商计划"
    headline = "topic"
    order = ("-year", "position")

    year: int | None = whole_number("年度", required=True, listed=True, hint="如 2026")
    position: int | None = whole_number("序号", listed=True)
    topic: str | None = link("议题", to="topic", required=True, listed=True)
    form: str = choice(
        "协商形式", MEETING_FORMS, open_list=True, listed=True, words="协商形式", default="专题协商"
    )
    leader: str = text("牵头领导", max_length=60)
    responsible: str = text("责任单位／召集人", max_length=60, listed=True)
    scope: str = text("参加范围")
    survey_month: str = month("调研时间", hint="如 2026.04")
    meeting_month: str = month("协商时间", hint="如 2026.05", listed=True)
    outcome: str = choice("成果形式", PLAN_OUTCOMES, open_list=True, words="成果形式")
    agency: str | None = link("落实部门", to="agency")
    status: str = choice("完成情况", PLAN_STATES, default="未开始", listed=True)
    delay_reason: str = text("延期原因")
