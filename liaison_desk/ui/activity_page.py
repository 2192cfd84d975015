"""活动: receptions, visits, studies and good works, with the numbers that reports ask for."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.parts_panel import PartList
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_table_model import Column
from liaison_desk.ui.totals import show_totals

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context

RECEPTIONS = ("接待日", "联络日")
"""The kinds of activity to which visitors come."""
COUNTED = {
    "visits": "接待走访 {} 人次",
    "households": "走访 {} 户",
    "problems_collected": "收集问题 {} 个",
    "problems_solved": "解决 {} 个",
    "donated_money": "捐款 {} 元",
    "donated_goods": "捐物 {} 元",
    "volunteer_hours": "志愿服务 {} 小时",
}
VISITOR_WIDTHS = {"name": 90, "phone": 110, "concern": 0, "answer": 110, "answer_text": 150}


class ActivityPage(PartsPage):
    """The activities, the latest first; the totals of those listed stand in the count line."""

    title = "活动"
    icon_name = "heart-handshake"
    section = "履职"
    key = "Alt+8"
    record_type = Activity
    record_types = (Activity, ActivityParticipant, Visitor)
    search_through = ("village",)
    part_lists = (
        PartList(ActivityParticipant, "参加人", {"person": 200, "note": 0}),
        PartList(Visitor, "来访群众", VISITOR_WIDTHS, "接待日、联络日来访的群众，一人一条。"),
    )
    empty_sentence = "接待日、视察、走访、学习、公益等活动都登记在这里。按 Ctrl+N 登记第一次活动。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        show_totals(self.list, self.desk, COUNTED)
        self.form.editors["kind"].edited.connect(self._name_tabs)

    def make_columns(self) -> tuple[Column, ...]:
        """When, what and where."""
        kinds = Activity.fields()
        return (
            Column("日期", "held_at", _day_of),
            *(Column(kinds[name].label, name) for name in ("kind", "name", "place")),
        )

    def make_form(self) -> RecordForm:
        """What it was, what came of it, and the numbers."""
        headings = {"content": "内容与成效", "visits": "数字"}
        return RecordForm(Activity, self.choices, headings=headings)

    def blank(self) -> Record:
        """An activity this morning."""
        return Activity(held_at=datetime.combine(self.desk.today, time(9, 0)))

    def has_list(self, part_type: type[Record]) -> bool:
        """Visitors come to a reception; those written down stay in sight whatever it is called."""
        if part_type is not Visitor:
            return True
        is_reception = self.form.editors["kind"].answer().strip() in RECEPTIONS
        return is_reception or bool(self.parts.tabs[Visitor].table.lines.written_rows())


def _day_of(activity: Activity) -> str:
    """The day of an activity, for the narrow list."""
    return f"{activity.held_at:%Y-%m-%d}" if activity.held_at else ""
