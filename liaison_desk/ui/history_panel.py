"""The history of a record: who changed which field from what to what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from liaison_desk.domain.fields import Link
from liaison_desk.domain.names import mask
from liaison_desk.domain.registry import BY_TABLE

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from liaison_desk.store.repository import Deed, RecordChange
    from liaison_desk.ui.context import Context

_KINDS = {"undo": "撤销：", "redo": "重做："}


class HistoryPanel(QWidget):
    """Every change to a record and to what is edited with it, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.desk
        self._ids: list[str] = []
        self._is_stale = False
        self.tree = QTreeWidget()
        self.tree.setObjectName("history")
        self.tree.setHeaderLabels(["时间", "经手人", "事项", "原来", "改为"])
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAlternatingRowColors(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tree)

    def show_records(self, ids: list[str]) -> None:
        """Show the history of a record and its parts; read when the panel comes into view."""
        self._ids, self._is_stale = ids, True
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history now that it is looked at."""
        super().showEvent(event)
        if self._is_stale:
            self._fill()

    def _fill(self) -> None:
        self._is_stale = False
        self.tree.clear()
        found = [entry for each in self._ids for entry in self._desk.log.history(each)]
        for deed, change in sorted(found, key=lambda entry: -entry[0].number):
            self.tree.addTopLevelItem(self._item(deed, change))
        self.tree.expandAll()

    def _item(self, deed: Deed, change: RecordChange) -> QTreeWidgetItem:
        """One deed, with a line for each field it changed in the record."""
        when = deed.done_at.replace("T", " ")[:16]
        title = _KINDS.get(deed.kind, "") + deed.title
        item = QTreeWidgetItem([when, deed.operator, title])
        for name, after in change.after.items():
            before = (change.before or {}).get(name)
            shown = self._shown(change.table, name, before), self._shown(change.table, name, after)
            if any(shown):
                label = self._label(change.table, name)
                item.addChild(QTreeWidgetItem(["", "", label, *shown]))
        return item

    def _label(self, table: str, name: str) -> str:
        """A column's Chinese name."""
        if name == "removed_at":
            return "删除"
        kind = BY_TABLE[table].fields().get(name)
        return kind.label if kind else ""

    def _shown(self, table: str, name: str, value: object) -> str:
        """A column's value as the clerk reads it."""
        if name == "removed_at":
            return "在回收站" if value else ""
        kind = BY_TABLE[table].fields().get(name)
        if kind is None or value is None:
            return ""
        if isinstance(kind, Link):
            return self._desk.caption(kind.to, str(value))
        shown = kind.format(kind.from_column(value))[:200]
        return mask(shown) if kind.personal and shown else shown
