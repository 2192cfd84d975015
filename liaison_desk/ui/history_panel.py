"""The history of a record: who changed which field from what to what, when; and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.history import History, Line
from liaison_desk.ui.happening_tree import HappeningTree
from liaison_desk.ui.restoring import can_restore, restore

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from liaison_desk.ui.context import Context

HINT = "选一行改动，可以恢复原来的内容；恢复后也可以撤销。"


class HistoryPanel(QWidget):
    """Every change to a record and to what is edited with it, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._desk = context.desk
        self.history = History(context.desk)
        self._ids: list[str] = []
        self._wholes: list[tuple[str, str]] = []
        self._is_stale = False
        self.changes = HappeningTree(context.style, ("事项", "原来", "改为"))
        self.tree = self.changes.tree
        self.value_button = QPushButton("恢复这个值")
        self.moment_button = QPushButton("恢复到这个时候")
        self.personal_box = QCheckBox("显示完整号码")
        self.hint = QLabel(HINT)
        self._arrange()
        self.changes.chosen.connect(self._enable)
        self.value_button.clicked.connect(self.restore_value)
        self.moment_button.clicked.connect(self.restore_moment)
        self.personal_box.toggled.connect(self._show_in_full)

    def show_records(self, ids: list[str]) -> None:
        """Show the history of a record and its parts; read when the panel comes into view."""
        if ids[:1] != self._ids[:1]:
            self.personal_box.setChecked(False)
        self._ids, self._is_stale = ids, True
        if self.isVisible():
            self._fill()

    def restore_value(self) -> None:
        """Put the old value of the chosen field back."""
        line = self.changes.subject
        if isinstance(line, Line):
            deed = partial(self.history.restore_value, line)
            restore(self, self._context, deed, f"已恢复{line.label}")

    def restore_moment(self) -> None:
        """Make the whole record what it was after the chosen deed."""
        deed, wholes = self.changes.deed, self._wholes
        if deed is not None and wholes:
            when = deed.done_at.replace("T", " ")[:16]
            going_back = partial(self.history.restore_moment, wholes, deed)
            restore(self, self._context, going_back, f"已恢复到 {when}")

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history now that it is looked at."""
        super().showEvent(event)
        if self._is_stale:
            self._fill()

    # -- inside ----------------------------------------------------------------------------

    def _fill(self) -> None:
        self._is_stale = False
        was_on_button = self.value_button.hasFocus() or self.moment_button.hasFocus()
        self._wholes = self.history.wholes(self._ids)
        entries = self.history.of_records(self._ids) if self._ids else []
        self.changes.show_entries(entries, {each for _table, each in self._wholes})
        self.personal_box.setVisible(self.changes.has_personal)
        self._enable()
        if was_on_button:
            self.changes.tree.setFocus()  # Qt would go on to the box that shows whole numbers

    def _show_in_full(self, is_full: bool) -> None:
        self.changes.in_full = is_full
        if self.isVisible():
            self._fill()

    def _enable(self) -> None:
        """Offer what can be restored from the chosen line."""
        line = self.changes.subject
        self.value_button.setEnabled(can_restore(self._context, self.history, line))
        self.moment_button.setEnabled(self.changes.deed is not None and self._is_own())

    def _is_own(self) -> bool:
        """Whether this desk may change the record."""
        if not self._wholes:
            return False
        table, record_id = self._wholes[0]
        record = self._desk.get(BY_TABLE[table], record_id)
        return record is not None and self._desk.is_own(record)

    def _arrange(self) -> None:
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.value_button.setObjectName("restore_value")
        self.moment_button.setObjectName("restore_moment")
        self.personal_box.setObjectName("personal")
        self.personal_box.hide()
        row = QHBoxLayout()
        for part in (self.value_button, self.moment_button, self.personal_box):
            row.addWidget(part)
        row.addWidget(self.hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.changes, 1)
        layout.addLayout(row)
        self._enable()
