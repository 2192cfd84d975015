"""The table of the people: one key for each exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from liaison_desk.domain.fields import Choice, Field
from liaison_desk.domain.meeting import Attendance
from liaison_desk.ui.meeting.attendance_model import COLUMNS
from liaison_desk.ui.meeting.cell_delegate import CellDelegate, deed_of
from liaison_desk.ui.row_table import show_as_rows
from liaison_desk.ui.style import ROW_PX

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent

    from liaison_desk.ui.meeting.attendance_model import AttendanceModel
    from liaison_desk.ui.style import Style

PRESENCE_KEYS = {
    Qt.Key.Key_Space: "出席",
    Qt.Key.Key_Q: "请假",
    Qt.Key.Key_L: "列席",
    Qt.Key.Key_X: "缺席",
    Qt.Key.Key_C: "迟到",
    Qt.Key.Key_Z: "早退",
}
_REASON = COLUMNS.index("reason")


class AttendanceTable(QTableView):
    """Who is in the meeting."""

    finished = Signal()
    """Enter was pressed: on to the next name."""

    def __init__(
        self, people: AttendanceModel, style: Style, words: Callable[[str], list[str]]
    ) -> None:
        super().__init__()
        self._words = words
        self.people = people
        self._style = style
        self._delegate = CellDelegate(_kind_of, self._offers, self)
        self.setObjectName("attendance")
        self._arrange()
        self._delegate.asked.connect(self._act)

    def _offers(self, kind: Field) -> list[str]:
        """The words a cell can choose from: those the office edits, or those shipped."""
        words = self._words(kind.words) if kind.words else []
        return words or (list(kind.options) if isinstance(kind, Choice) else [])

    def choose(self, row: int) -> None:
        """Choose somebody, ready for a key."""
        self.setCurrentIndex(self.people.index(row, 0))
        self.scrollTo(self.currentIndex())
        self.setFocus()

    def chosen_rows(self) -> list[int]:
        """The rows a key acts on."""
        return [index.row() for index in self.selectionModel().selectedRows()]

    def set_presence(self, presence: str) -> None:
        """Note whether the chosen people came."""
        self.people.set_presence(self.chosen_rows(), presence)

    def write_reason(self) -> None:
        """Put the cursor into the reason of the chosen row."""
        index = self.people.index(self.currentIndex().row(), _REASON)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)

    def remove_chosen(self) -> None:
        """Take the chosen people off the list."""
        for row in sorted(self.chosen_rows(), reverse=True):
            self.people.remove(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the exceptions; F2 or Tab for the reason; Enter for the next name."""
        presence = PRESENCE_KEYS.get(Qt.Key(event.key()))
        is_plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        }
        deed = "remove" if event.key() == Qt.Key.Key_Delete else deed_of(event)
        if presence and is_plain:
            self.set_presence(presence)
        elif deed in {"enter", "remove", "move up", "move down"}:
            self._act(deed)
        elif event.key() == Qt.Key.Key_F2 or deed == "next":
            self.write_reason()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys are keys here, whatever the input method is set to."""
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def hideEvent(self, event: QHideEvent) -> None:
        """A cell being written is finished when the list goes out of view."""
        self._close_editor()
        super().hideEvent(event)

    def _act(self, deed: str) -> None:
        """Do what a key asks for, in a cell or on a row."""
        here = self.currentIndex()
        if deed in {"enter", "next"}:
            self._close_editor()
            self.finished.emit()
        elif deed == "back":
            self._close_editor()
            self.choose(here.row())
        elif deed in {"up", "down"}:
            row = here.row() + (1 if deed == "down" else -1)
            if 0 <= row < self.people.rowCount():
                self.setCurrentIndex(self.people.index(row, here.column()))
                self.edit(self.currentIndex())
        elif deed == "remove":
            self.remove_chosen()
        else:
            self.people.move(here.row(), -1 if deed == "move up" else 1)

    def _close_editor(self) -> None:
        """Finish the cell being written."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, CellDelegate.EndEditHint.NoHint)

    def _arrange(self) -> None:
        self.setModel(self.people)
        self.setItemDelegate(self._delegate)
        show_as_rows(self, self._style.scaled(ROW_PX - 2))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((110, 90, 80)):
            self.setColumnWidth(column, self._style.scaled(width))


def _kind_of(column: int) -> Field:
    """The kind of field of a column."""
    return Attendance.fields()[COLUMNS[column]]
