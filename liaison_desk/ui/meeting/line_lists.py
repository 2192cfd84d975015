"""The lists under a meeting, each on its tab with its key and its count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QWidget

from liaison_desk.domain.meeting import AgendaItem, Consensus, Dissent, MeetingTopic, Statement
from liaison_desk.ui.line_buttons import line_buttons
from liaison_desk.ui.meeting.line_table import LineTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.meeting_sheet import MeetingSheet
    from liaison_desk.ui.meeting.sheet_names import SheetNames
    from liaison_desk.ui.style import Style

LISTS: tuple[tuple[type[Record], str, dict[str, int]], ...] = (
    (MeetingTopic, "议题", {"topic": 0}),
    (AgendaItem, "议程", {"name": 0, "starts": 110, "speaker": 200}),
    (Statement, "发言", {"person": 120, "kind": 80, "point": 0}),
    (Consensus, "共识事项", {"name": 0, "agency": 190, "partners": 160, "due_on": 120}),
    (Dissent, "未达成共识的意见", {"name": 0, "raised_by": 160, "handling": 200}),
)
FIRST_KEY = 3
"""Ctrl+1 is the facts, Ctrl+2 the people."""


class LineLists(QTabWidget):
    """议题, 议程, 发言, 共识事项, 未达成共识的意见."""

    edited = Signal()

    def __init__(self, names: SheetNames, style: Style) -> None:
        super().__init__()
        self.setObjectName("lists")
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.tables = {
            record_type: LineTable(record_type, widths, names, style)
            for record_type, _title, widths in LISTS
        }
        for record_type, _title, _widths in LISTS:
            self.addTab(self.tables[record_type], "")
        self._buttons = self._make_buttons()
        self._count()
        for table in self.tables.values():
            table.edited.connect(self._touch)

    def show_sheet(self, sheet: MeetingSheet) -> None:
        """Show the lists of a meeting."""
        shown = (sheet.topics, sheet.agenda, sheet.statements, sheet.consensus, sheet.dissents)
        for (record_type, _title, _widths), records in zip(LISTS, shown, strict=True):
            self.tables[record_type].show_records(records)
        self._count()

    def records(self, record_type: type[Record]) -> tuple[Any, ...]:
        """The records of one list.

        Raises:
            PartNotValid: a line cannot be read.
        """
        return tuple(self.tables[record_type].records())

    def answers(self) -> dict[str, list[dict[str, str]]]:
        """The texts of all lists by table, for a draft."""
        return {each.table: table.lines.answers() for each, table in self.tables.items()}

    def show_answers(self, answers: dict[str, Sequence[dict[str, str]]]) -> None:
        """Put a draft back."""
        for record_type, table in self.tables.items():
            table.show_answers(answers.get(record_type.table, ()))
        self._count()

    def add_button(self, button: QPushButton, record_type: type[Record]) -> None:
        """One more thing that can be done with the chosen line of one list."""
        layout = self._buttons.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(0, button)

        def show(_place: int) -> None:
            button.setVisible(self.currentWidget() is self.tables[record_type])

        self.currentChanged.connect(show)
        show(self.currentIndex())

    def set_read_only(self, read_only: bool) -> None:
        """Let the lists be read only."""
        for table in self.tables.values():
            table.set_read_only(read_only)
        self._buttons.setVisible(not read_only)

    def write_in(self, record_type: type[Record]) -> None:
        """Bring a list into view, the cursor on its empty line."""
        table = self.tables[record_type]
        self.setCurrentWidget(table)
        table.write_next()

    def show_list(self, record_type: type[Record]) -> LineTable:
        """Bring a list into view."""
        self.setCurrentWidget(self.tables[record_type])
        return self.tables[record_type]

    def _current(self) -> LineTable:
        """The list in view."""
        table = self.currentWidget()
        assert isinstance(table, LineTable)
        return table

    def _make_buttons(self) -> QWidget:
        """The same as the keys, for the mouse."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in line_buttons(lambda deed: self._current().act(deed)):
            row.addWidget(button)
        self.setCornerWidget(box)
        return box

    def _touch(self) -> None:
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        """How many lines each list has, and its key."""
        for place, (record_type, title, _widths) in enumerate(LISTS):
            count = len(self.tables[record_type].lines.written_rows())
            number = f" {count}条" if count else ""
            self.setTabText(place, f"{title}{number}")
            self.setTabToolTip(place, f"{title} (Ctrl+{FIRST_KEY + place})")
