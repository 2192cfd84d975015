"""The table of every list: rows are chosen as a whole, and Tab goes on to what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from liaison_desk.ui.row_table import show_as_rows
from liaison_desk.ui.style import ROW_PX

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from liaison_desk.ui.style import Style

    Index = QModelIndex | QPersistentModelIndex

_SIDEWAYS = {
    Qt.Key.Key_Left: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Right: QAbstractSlider.SliderAction.SliderSingleStepAdd,
}


class ListCells(QStyledItemDelegate):
    """Cells that keep the colour of a state in a chosen row, where Qt would drop it."""

    def initStyleOption(  # noqa: N802  # Qt's own name
        self, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Write on the chosen row in the cell's own colour."""
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(colour, QColor):
            palette = option.palette
            palette.setColor(QPalette.ColorRole.HighlightedText, colour)
            option.palette = palette


class ListTable(QTableView):
    """Rows of one height, heads to sort by, no grid."""

    def __init__(self, model: QAbstractTableModel, style: Style) -> None:
        super().__init__()
        self.setObjectName("list")
        self.setModel(model)
        self.setItemDelegate(ListCells(self))
        self.setSortingEnabled(False)
        show_as_rows(self, style.scaled(ROW_PX))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_head()

    def choose_row(self, row: int) -> None:
        """Choose one row and no other, whatever keys are held down (Qt would heed Ctrl)."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def scrollTo(  # noqa: N802  # Qt's own name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Up and down alone: rows are chosen whole, and what they are called stays in sight."""
        bar = self.horizontalScrollBar()
        place = bar.value()
        super().scrollTo(index, hint)
        bar.setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right bring other columns into sight."""
        step = _SIDEWAYS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.horizontalScrollBar().triggerAction(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cursor's first row is chosen as well: Qt alone makes it current, but not chosen."""
        was_nowhere = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if was_nowhere and self.currentIndex().isValid():
            self.choose_row(self.currentIndex().row())

    def chosen_rows(self) -> list[int]:
        """The rows that are selected, from the top."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def chosen_count(self) -> int:
        """How many rows are selected, however many there are."""
        ranges = self.selectionModel().selection().toList()
        return sum(each.height() for each in ranges if each.left() == 0)

    def _set_up_head(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        # Qt looks through every row to see whether a column is chosen whole; here none ever is.
        header.setSelectionModel(QItemSelectionModel(self.model(), self))
        header.setResizeContentsPrecision(0)  # the rows in sight; more would take a while
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
