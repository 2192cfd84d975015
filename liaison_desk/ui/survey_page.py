"""调研: what was looked into before a consultation, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.parts_panel import PartList
from liaison_desk.ui.record_table_model import Column
from liaison_desk.ui.totals import show_totals

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context

COUNTED = {"households": "走访 {} 户", "people_heard": "受访 {} 人"}


class SurveyPage(PartsPage):
    """The surveys, the latest first; the totals of those listed stand in the count line."""

    title = "调研"
    icon_name = "footprints"
    section = "协商"
    record_type = Survey
    record_types = (Survey, SurveyParticipant)
    search_through = ("topic",)
    part_lists = (
        PartList(
            SurveyParticipant, "参加人", {"person": 0}, "参加调研的委员和其他人员，写姓名即可。"
        ),
    )
    empty_sentence = "协商之前先调研：到哪里看了、听了谁的意见、发现了什么。按 Ctrl+N 登记。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        show_totals(self.list, self.desk, COUNTED)

    def make_columns(self) -> tuple[Column, ...]:
        """When and on what, and how many were heard."""
        kinds = Survey.fields()
        names = ("held_on", "topic", "way", "households", "people_heard")
        return tuple(Column(kinds[name].label, name) for name in names)

    def blank(self) -> Record:
        """A survey of today."""
        return Survey(held_on=self.desk.today)
