"""年度计划: the year's consultations, how many are done and which is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton

from liaison_desk.domain.codes import DELAYED
from liaison_desk.domain.meeting import Meeting, MeetingTopic
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.topic import Topic
from liaison_desk.services.planning import (
    CANCELLED,
    DONE,
    complete_item,
    mark_planned,
    meeting_of,
    next_position,
    plan_of,
    plan_topics,
    take_out,
)
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.plan_dialog import PlanDialog
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_table_model import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.progress import Progress
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context

SIGNS = {DONE: "✓", "进行中": "◆", DELAYED: "▲", CANCELLED: "✕", "未开始": "○"}
"""The shape that stands with each state of an item."""
LIGHTS = {DONE: "正常", "进行中": "临期", DELAYED: "超期"}
"""The colour of each state, as that of a light."""


class PlanPage(PartsPage):
    """The plan by year, its line of done and target above the list."""

    title = "年度计划"
    icon_name = "calendar-check"
    section = "协商"
    key = "Alt+9"
    record_type = PlanItem
    record_types = (PlanItem, Topic, Meeting, MeetingTopic)
    search_through = ("topic", "agency")
    empty_sentence = "年度协商计划从议题里选：点“从议题列入计划”，或按 Ctrl+N 逐项登记。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.plan_button = QPushButton("从议题列入计划")
        self.plan_button.setObjectName("plan_topics")
        self.plan_button.setIcon(context.style.icon("plus"))
        self.plan_button.clicked.connect(self.plan_topics)
        self.list.add_button(self.plan_button)
        self.plan_button.setVisible(not context.is_county)
        self.progress_label = QLabel()
        self.progress_label.setObjectName("progress")
        self.progress_label.setWordWrap(True)
        self.list.add_bar(self.progress_label)

    def make_columns(self) -> tuple[Column, ...]:
        """The state first, as a word with its shape and colour."""
        kinds = PlanItem.fields()
        names = ("topic", "meeting_month", "year", "position")
        return (
            Column(kinds["status"].label, "status", _state, self._colour),
            *(Column(kinds[name].label, name) for name in names),
        )

    def make_form(self) -> RecordForm:
        """What is planned, and what became of it."""
        headings = {"survey_month": "时间与成果", "status": "完成情况"}
        return RecordForm(PlanItem, self.choices, headings=headings)

    def detail_buttons(self) -> list[QPushButton]:
        """已完成 is offered once the topic's meeting was held."""
        self.done_button = QPushButton("改为已完成")
        self.done_button.setObjectName("complete")
        self.done_button.clicked.connect(self.complete)
        return [self.done_button]

    def blank(self) -> Record:
        """The next item of this year."""
        year = self.desk.today.year
        return PlanItem(year=year, position=next_position(self.desk, year))

    def reload(self, change: Change | None = None) -> None:
        """The list, and how far this year's plan is."""
        super().reload(change)
        plan = plan_of(self.desk, self.desk.today.year, self.context.township)
        told = f"{plan.year}年计划 {plan.target} 项，已完成 {plan.done} 项"
        if plan.waiting:
            topic = self.desk.caption("topic", plan.waiting[0].topic)
            when = f"{plan.waiting[0].meeting_month} " if plan.waiting[0].meeting_month else ""
            told += f"；下一项：{when}{topic}"
        self.progress_label.setText(told)
        self.progress_label.setVisible(bool(plan.target))

    def show_state(self, record: Record | None) -> None:
        """Say when the topic was consulted on, and offer 已完成."""
        super().show_state(record)
        is_kept = isinstance(record, PlanItem) and bool(record.id)
        held = meeting_of(self.desk, record) if isinstance(record, PlanItem) and is_kept else None
        is_open = isinstance(record, PlanItem) and record.status not in {DONE, CANCELLED}
        is_own = record is not None and self.desk.is_own(record)
        self.done_button.setVisible(held is not None and is_open and is_own)
        if held is not None and held.held_at is not None and is_own:
            self.detail.show_source(f"已于 {held.held_at:%Y-%m-%d} 召开“{held.name}”")

    def keep(self) -> Record:
        """Save the item; its topic is ticked as planned in the same deed."""
        with self.desk.deed(self.deed_title()):
            kept = super().keep()
            topic = self.desk.get(Topic, kept.topic) if isinstance(kept, PlanItem) else None
            if topic is not None:
                mark_planned(self.desk, topic)
        return kept

    def remove_all(self, records: Sequence[Record], progress: Progress) -> None:
        """Take items out of the plan; their topics are no longer ticked as planned."""
        items = [each for each in records if isinstance(each, PlanItem)]
        take_out(self.desk, items, progress)

    def complete(self) -> None:
        """Note that the item is done."""
        if self.save() and isinstance(self.record, PlanItem):
            complete_item(self.desk, self.record)
            self.context.say("已改为已完成", True)

    def plan_topics(self) -> None:
        """Choose topics and put them into a year's plan."""
        if not self.leave():
            return
        chosen = PlanDialog.ask(self, self.desk)
        if chosen is not None:
            kept = plan_topics(self.desk, *chosen)
            self.choose(kept[0])
            self.context.say(f"已列入计划 {len(kept)} 项", True)

    def _colour(self, text: str) -> str:
        return self.context.style.light_colour(LIGHTS.get(text[2:], ""))


def _state(item: PlanItem) -> str:
    """How far an item is, as a shape and a word."""
    return f"{SIGNS.get(item.status, '○')} {item.status}"
