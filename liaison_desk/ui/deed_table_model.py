"""The rows of the office's history: numbers first, the deeds as they come into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.history import title_of
from liaison_desk.ui.headed_model import HeadedModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.store.deeds import Deeds, ListedDeed
    from liaison_desk.ui.headed_model import Index

BLOCK = 200
"""How many deeds are read at a time."""
UNDONE = "（已撤销）"
_FIRST_TABLES = 3
"""How many kinds of record are named in a row."""


class DeedTableModel(HeadedModel):
    """The deeds with these numbers; one that was undone is struck through."""

    heads = ("时间", "经手人", "做了什么", "涉及")

    def __init__(self, deeds: Deeds) -> None:
        super().__init__()
        self._deeds = deeds
        self.numbers: list[int] = []
        self._blocks: dict[int, list[ListedDeed]] = {}
        self._struck = QFont()
        self._struck.setStrikeOut(True)

    def show(self, numbers: Sequence[int]) -> None:
        """Show other deeds."""
        self.beginResetModel()
        self.numbers = list(numbers)
        self._blocks.clear()
        self.endResetModel()

    def listed(self, row: int) -> ListedDeed:
        """The deed of a row."""
        block, place = divmod(row, BLOCK)
        if block not in self._blocks:
            numbers = self.numbers[block * BLOCK : (block + 1) * BLOCK]
            self._blocks[block] = self._deeds.listed(numbers)
        return self._blocks[block][place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """How many deeds there are."""
        return 0 if parent.isValid() else len(self.numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, its tip, and its font."""
        if not index.isValid():
            return None
        listed = self.listed(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _texts(listed)[index.column()]
        if role == Qt.ItemDataRole.FontRole and listed.is_undone and index.column() == 2:
            return self._struck
        return None


def _texts(listed: ListedDeed) -> tuple[str, ...]:
    """The cells of one row."""
    deed = listed.deed
    touched = [f"{BY_TABLE[table].title} {n}" for table, n in listed.touched.items()]
    more = "……" if len(touched) > _FIRST_TABLES else ""
    return (
        deed.done_at.replace("T", " ")[:16],
        deed.operator,
        title_of(deed) + (UNDONE if listed.is_undone else ""),
        "、".join(touched[:_FIRST_TABLES]) + more,
    )
