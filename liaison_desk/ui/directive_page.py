"""县级交办: what comes down from the county, until it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.directive import Directive
from liaison_desk.services.directives import state_of
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_table_model import Column

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record

SIGNS = {"已回复": "✓", "超期": "▲", "临期": "◆", "待回复": "●", "不需回复": "○"}
"""The shape that stands with each state."""
TYPED = tuple(name for name in Directive.fields() if name != "packet")
"""The fields for typing; which packet brought it is noted by the desk."""


class DirectivePage(RecordPage):
    """The directives, the latest first, with what is still to be answered."""

    title = "县级交办"
    icon_name = "inbox"
    section = "履职"
    record_type = Directive
    record_types = (Directive,)
    empty_sentence = (
        "县里交办的事、领导批示和回执登记在这里，到期没有回复的首页会提醒。按 Ctrl+N 登记。"
    )

    def make_columns(self) -> tuple[Column, ...]:
        """The state first, as a word with its shape and colour."""
        kinds = Directive.fields()
        names = ("kind", "name", "due_on", "issued_by", "received_on")
        return (
            Column("状态", "due_on", self._state, self._colour),
            *(Column(kinds[name].label, name) for name in names),
        )

    def make_form(self) -> RecordForm:
        """What came, and the answer."""
        return RecordForm(Directive, self.choices, TYPED, headings={"due_on": "办理与回复"})

    def blank(self) -> Record:
        """What came in today."""
        return Directive(received_on=self.desk.today, issued_by="县政协办公室")

    def _state(self, directive: Directive) -> str:
        state = state_of(directive, self.desk.today)
        return f"{SIGNS[state]} {state}"

    def _colour(self, text: str) -> str:
        lights = {"超期": "超期", "临期": "临期", "待回复": "正常"}
        return self.context.style.light_colour(lights.get(text[2:], ""))
