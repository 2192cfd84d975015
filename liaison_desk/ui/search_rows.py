"""What stands in the panel of results: one row for each thing that Enter can open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from liaison_desk.ui.style import GAP, ROW_PX

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.services.searching import Piece
    from liaison_desk.ui.headed_model import Index
    from liaison_desk.ui.style import Style

ROW = Qt.ItemDataRole.UserRole
CAPTION_SHARE = 0.42
"""How much of a row's width what a record is called may take."""


@dataclass(frozen=True)
class Row:
    """One line: what is found and where in it; a line without a deed only tells something.

    Attributes:
        is_head: whether it stands over a group.
        is_way: whether it leads to a page or to more of a group.
        stays: whether the panel stays open after the deed.
    """

    caption: tuple[Piece, ...]
    context: tuple[Piece, ...] = ()
    deed: Callable[[], None] | None = None
    is_head: bool = False
    is_way: bool = False
    stays: bool = False

    @property
    def text(self) -> str:
        """The whole line, as it is read out."""
        return "　".join(
            "".join(each.text for each in part) for part in (self.caption, self.context) if part
        ).strip()


class SearchRows(QAbstractListModel):
    """The lines of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a line, and the line itself for who draws it."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.text
        return row if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what can be opened can be chosen."""
        if index.isValid() and self.rows[index.row()].deed is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def next_row(self, row: int, step: int) -> int:
        """The next line that can be opened, from the other end after the last; -1 for none."""
        count = len(self.rows)
        for distance in range(1, count + 1):
            place = (row + step * distance) % count if row >= 0 or step > 0 else count - distance
            if self.rows[place].deed is not None:
                return place
        return -1


class SearchRowPainter(QStyledItemDelegate):
    """Draws a line: hits bold, what a record is called at the left, its words in context after."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows as high as those of a list."""
        return QSize(0, self._style.scaled(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        row: Row = index.data(ROW)
        painter.save()
        palette: QPalette = option.palette
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, palette.color(QPalette.ColorRole.Highlight))
        inner = place.adjusted(GAP * (1 if row.is_head else 2), 0, -GAP, 0)
        tokens = self._style.tokens
        if row.is_head or row.deed is None:
            self._write(painter, inner, row.caption, tokens.muted, is_bold=row.is_head)
        else:
            caption = QRect(inner)
            if row.context:
                caption.setWidth(int(inner.width() * CAPTION_SHARE))
            colour = tokens.link if row.is_way else tokens.text
            end = self._write(painter, caption, row.caption, colour)
            inner.setLeft(max(end, caption.left() + self._style.scaled(160)) + GAP * 2)
            self._write(painter, inner, row.context, tokens.muted)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        place: QRect,
        pieces: Sequence[Piece],
        colour: str,
        *,
        is_bold: bool = False,
    ) -> int:
        """Draw pieces side by side as far as there is room; returns where they end."""
        left, right = place.left(), place.right()
        for text, is_hit in pieces:
            font: QFont = self._style.font(bold=is_hit or is_bold)
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
            painter.setFont(font)
            painter.setPen(QColor(self._style.tokens.link if is_hit else colour))
            base = place.center().y() + (metrics.ascent() - metrics.descent()) // 2
            painter.drawText(QPoint(left, base), shown)
            left += metrics.horizontalAdvance(shown)
            if shown != text:
                break
        return left
