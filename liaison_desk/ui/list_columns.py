"""The columns of one list: which are shown, how wide they are, and what they are sorted by."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from liaison_desk.domain.filters import kind_of
from liaison_desk.ui.columns_choice import columns_called, every_column
from liaison_desk.ui.columns_dialog import ColumnsDialog
from liaison_desk.ui.list_memory import ListMemory
from liaison_desk.ui.style import TEXT_PT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.ui.list_table import ListTable
    from liaison_desk.ui.record_table_model import RecordTableModel

LEAST_WIDEST_PX = 160
"""A column may always be this wide when it is fitted to its rows."""
MARGINS_PX = 6
"""What a cell has beside its text, at any size of text."""
_RISING, _FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class ListColumns:
    """Shows, sizes and remembers the columns of a table of records.

    Args:
        table: the table.
        model: its rows; the columns it has now are the page's own.
        zoom: the size of the text, in percent.
    """

    def __init__(self, table: ListTable, model: RecordTableModel, zoom: int) -> None:
        self._table = table
        self._model = model
        self._zoom = zoom
        self._memory = ListMemory()
        self._is_fitted = False
        self.usual = model.columns
        self.every = every_column(model.record_type, self.usual)

    def ask(self) -> list[str] | None:
        """Ask which heads to show; None when the clerk cancelled."""
        every, usual = [c.label for c in self.every], [c.label for c in self.usual]
        return ColumnsDialog.ask(self._table.window(), every, self._heads(), usual)

    def show(self, heads: Sequence[str]) -> bool:
        """Show the columns with these heads; whether that changes anything.

        The page's own are shown when none of them is known.
        """
        columns = columns_called(heads, self.every) or self.usual
        if columns == self._model.columns:
            return False
        self._memory = self.memory()
        self._model.set_columns(columns)
        self._size()
        self.show_order()
        return True

    def chosen_heads(self) -> tuple[str, ...]:
        """The heads; none where the page's own are shown, so that a later page's are then."""
        return () if self._model.columns == self.usual else tuple(self._heads())

    def memory(self) -> ListMemory:
        """The look of the list now; widths of columns out of sight as they were."""
        header, heads = self._table.horizontalHeader(), self._heads()
        widths = {head: self._width(head) for head in self._memory.widths}
        if self._is_fitted:
            # The last takes what room there is: in a wide window that is no width of its own.
            least = max(widths.get(heads[-1], 0), LEAST_WIDEST_PX)
            widths |= {head: header.sectionSize(n) for n, head in enumerate(heads)}
            widths[heads[-1]] = min(widths[heads[-1]], least)
        return ListMemory(widths, self._zoom, self.chosen_heads(), self._model.query.order)

    def take_back(self, memory: ListMemory) -> tuple[str, ...]:
        """Look as remembered, as far as this version knows it.

        Returns:
            The paths to sort by.
        """
        self._memory = memory
        self._model.set_columns(columns_called(memory.shown, self.every) or self.usual)
        self._is_fitted = set(self._heads()) <= set(memory.widths)
        self._size()
        return tuple(each for each in memory.order if self._is_path(each.lstrip("-")))

    def show_order(self) -> None:
        """Point at the head that the list is sorted by, if it is shown."""
        [first] = self._model.query.order[:1] or [""]
        places = map(self._model.order_path, range(len(self._model.columns)))
        place = next((n for n, path in enumerate(places) if path and path == first.lstrip("-")), -1)
        header = self._table.horizontalHeader()
        with QSignalBlocker(header):
            header.setSortIndicator(place, _FALLING if first.startswith("-") else _RISING)
        header.viewport().update()

    def fit(self) -> None:
        """Widths that fit the first rows, none wider than a third of the list; once."""
        if self._is_fitted or not self._model.ids:
            return
        self._is_fitted = True
        self._table.resizeColumnsToContents()
        for place in range(self._model.columnCount()):
            self._limit(place)

    def _size(self) -> None:
        """Give each column the width it had; a new one that of its rows."""
        header = self._table.horizontalHeader()
        for place, head in enumerate(self._heads()):
            width = self._width(head)
            if width:
                header.resizeSection(place, max(width, header.minimumSectionSize()))
            elif self._table.isVisible():
                self._table.resizeColumnToContents(place)
                self._limit(place)

    def _width(self, head: str) -> int:
        """The width a column had, in the present size of text; 0 when none is known.

        Letters grow by whole px, not as evenly as the zoom: a day that had just room keeps it.
        """
        kept = self._memory.widths.get(head, 0)
        if not kept or self._zoom == self._memory.zoom:
            return kept
        growth = self._day_px(self._zoom) / self._day_px(self._memory.zoom)
        as_letters_grow = ceil((kept - MARGINS_PX) * growth) + MARGINS_PX + 1
        return max(self._memory.width(head, self._zoom), as_letters_grow)

    def _day_px(self, zoom: int) -> float:
        """How wide a day is at a size of text."""
        font = QFont(self._table.font())
        font.setPointSizeF(TEXT_PT * zoom / 100)
        return QFontMetricsF(font).horizontalAdvance("2026-12-30")

    def _limit(self, place: int) -> None:
        """No column is wider than a third of the list."""
        widest = max(self._table.viewport().width() // 3, LEAST_WIDEST_PX)
        if self._table.columnWidth(place) > widest:
            self._table.setColumnWidth(place, widest)

    def _heads(self) -> list[str]:
        return [each.label for each in self._model.columns]

    def _is_path(self, path: str) -> bool:
        return kind_of(self._model.record_type, path) is not None
