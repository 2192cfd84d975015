"""The panel of results under the box of 查找全部."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from liaison_desk.ui.search_rows import Row, SearchRowPainter, SearchRows
from liaison_desk.ui.style import GAP, ROW_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from liaison_desk.ui.style import Style

WIDTH_PX = 860


class SearchPanel(QFrame):
    """Lies over the page, never takes the focus: the keys stay with the box."""

    opening = Signal(object)
    """A line was opened, by Enter or a click; the line."""

    def __init__(self, window: QWidget, style: Style) -> None:
        super().__init__(window)
        self._style = style
        self._window = window
        self.rows = SearchRows()
        self.list = QListView()
        self._painter = SearchRowPainter(style)
        self.setObjectName("search_panel")
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self._arrange()
        self.list.clicked.connect(self._open)
        self.hide()

    def show_rows(self, rows: Sequence[Row], anchor: QWidget) -> None:
        """Show lines under a widget, the first that can be opened chosen."""
        self.rows.show_rows(rows)
        self._place_under(anchor)
        self.show()
        # Only now: a list that is not as large as it will be scrolls its head out of sight.
        self._choose(self.rows.next_row(-1, 1))
        self.raise_()

    def move_by(self, step: int) -> None:
        """Choose the next line down or up."""
        self._choose(self.rows.next_row(self.list.currentIndex().row(), step))

    def move_far(self, step: int) -> None:
        """Choose a line a page further down or up, or the last there is."""
        count = max(self.list.viewport().height() // self._style.scaled(ROW_PX) - 1, 1)
        for _ in range(count):
            now = self.list.currentIndex().row()
            further = self.rows.next_row(now, step)
            if (further - now) * step <= 0:
                break
            self._choose(further)

    def open_chosen(self) -> None:
        """Open the chosen line."""
        self._open(self.list.currentIndex())

    def _choose(self, row: int) -> None:
        index = self.rows.index(row)
        self.list.setCurrentIndex(index)
        head = self.rows.index(row - 1)
        if head.isValid() and self.rows.rows[row - 1].is_head:
            self.list.scrollTo(head)
        self.list.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.rows.rows[index.row()].deed is not None:
            self.opening.emit(self.rows.rows[index.row()])

    def _place_under(self, anchor: QWidget) -> None:
        """As wide as it is good to read, as high as the lines, inside the window."""
        window = self._window
        corner = anchor.mapTo(window, QPoint(0, anchor.height() + 2))
        width = min(self._style.scaled(WIDTH_PX), window.width() - corner.x() - GAP)
        wanted = len(self.rows.rows) * self._style.scaled(ROW_PX) + 2 * GAP
        height = min(wanted, window.height() - corner.y() - self._style.scaled(ROW_PX) - GAP)
        self.setGeometry(corner.x(), corner.y(), width, height)

    def _arrange(self) -> None:
        self.list.setObjectName("search_results")
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._painter)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("查找结果")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, GAP // 2, 1, GAP // 2)
        layout.addWidget(self.list)
