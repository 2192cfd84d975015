"""社情民意: what the public thinks, and which levels took it up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from liaison_desk.domain.codes import ADOPTION_LEVELS
from liaison_desk.domain.opinion import ADVISED_LENGTH, Adoption, Opinion, OpinionCosigner
from liaison_desk.services.numbers import next_number
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.parts_panel import PartList
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_table_model import Column
from liaison_desk.ui.roles import set_role
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context


class OpinionPage(PartsPage):
    """The reports, the latest first, with the highest levels that took each up."""

    title = "社情民意"
    icon_name = "megaphone"
    section = "履职"
    key = "Alt+7"
    record_type = Opinion
    record_types = (Opinion, OpinionCosigner, Adoption)
    search_through = ("reporter", "village")
    part_lists = (
        PartList(OpinionCosigner, "联名", {"person": 0}, "与反映人一起署名的委员。"),
        PartList(
            Adoption,
            "采用",
            {"level": 80, "adopted_on": 110, "way": 90, "instructed_by": 110, "instruction": 0},
            "哪一级采用、转办或批示，各记一条。",
        ),
    )
    empty_sentence = "一条社情民意只反映一件事，正文一般不超过1500字。按 Ctrl+N 登记。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.form.edited.connect(self._count)
        self._count()

    def make_columns(self) -> tuple[Column, ...]:
        """What was reported by whom, and what became of it."""
        kinds = Opinion.fields()
        names = ("number", "name", "reported_on", "reporter")
        columns = [Column(kinds[name].label, name) for name in names]
        columns.insert(2, Column("采用", compute=self._levels))
        return tuple(columns)

    def make_form(self) -> RecordForm:
        """The report, and what became of it."""
        return RecordForm(Opinion, self.choices, headings={"reported_on": "报送与办理"})

    def make_content(self) -> QWidget:
        """The form with the length of the report under it."""
        self.length_label = QLabel()
        self.length_label.setObjectName("length")
        self.length_label.setContentsMargins(GAP, 0, GAP, 0)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(super().make_content(), 1)
        layout.addWidget(self.length_label)
        return content

    def blank(self) -> Record:
        """The next number of this year."""
        return Opinion(number=next_number(self.desk, Opinion, f"{self.desk.today.year}-001"))

    def show_state(self, record: Record | None) -> None:
        """The lists, and the length of the report."""
        super().show_state(record)
        self._count()

    def _count(self) -> None:
        """Say how long the report is; too long is warned of, never refused."""
        length = len(re.sub(r"\s", "", self.form.editors["body"].answer()))
        over = length - ADVISED_LENGTH
        told = f"，超出 {over} 字，报送前请压缩" if over > 0 else ""
        self.length_label.setText(f"正文 {length} 字，一般不超过 {ADVISED_LENGTH} 字{told}")
        set_role(self.length_label, "wrong" if over > 0 else "muted")

    def _levels(self, opinion: Opinion) -> str:
        """The levels that took a report up, the highest first."""
        found = {each.level for each in self.desk.find(Adoption, opinion=opinion.id)}
        return "、".join(each for each in reversed(ADOPTION_LEVELS) if each in found)
