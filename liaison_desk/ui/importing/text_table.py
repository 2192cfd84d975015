"""A table for reading, of any length: heads, rows of text, and perhaps a colour for a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor

from liaison_desk.ui.headed_model import HeadedModel
from liaison_desk.ui.list_table import ListTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.ui.headed_model import Index
    from liaison_desk.ui.style import Style

_MEASURED = 60
"""How many rows widths are fitted to; Qt measures every row of a table that is out of sight."""


class TextModel(HeadedModel):
    """Rows of text under heads."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self.heads = tuple(heads)
        self._rows: list[tuple[str, ...]] = []
        self._colours: list[str] = []

    def show(self, rows: Sequence[tuple[str, ...]], colours: Sequence[str] = ()) -> None:
        """Show other rows; `colours` of their first cells, "" for the usual."""
        self.beginResetModel()
        self._rows = list(rows)
        self._colours = list(colours)
        self.endResetModel()

    def texts(self, column: int) -> list[str]:
        """What stands in a column."""
        return [row[column] for row in self._rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text; all of it as the tip."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0 and self._colours:
            colour = self._colours[index.row()]
            return QColor(colour) if colour else None
        return None


class PlainTable(ListTable):
    """A list whose heads sort nothing."""

    def __init__(self, model: QAbstractTableModel, style: Style) -> None:
        super().__init__(model, style)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSortIndicatorShown(False)
        header.setResizeContentsPrecision(_MEASURED)

    def fit(self, widest: int) -> None:
        """Give each column the width of its first rows, but none more than `widest` px."""
        self.resizeColumnsToContents()
        for place in range(self.model().columnCount() - 1):
            if self.columnWidth(place) > widest:
                self.setColumnWidth(place, widest)
