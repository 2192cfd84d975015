"""Widgets side by side, and on the next line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

from liaison_desk.ui.style import GAP


class FlowLayout(QLayout):
    """Lays its widgets out like words of a text."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  # Qt's own name
        """Put an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    # Qt asks past the end to learn that there is no more, and then wants None, which the
    # declarations do not know of.
    def itemAt(self, index: int) -> QLayoutItem:  # noqa: N802  # Qt's own name
        """One item."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:  # noqa: N802  # Qt's own name
        """One item, no longer laid out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  # Qt's own name
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in px of all lines."""
        return self._place(QRect(0, 0, width, 0), is_meant=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  # Qt's own name
        """Lay the items out."""
        super().setGeometry(rect)
        self._place(rect, is_meant=True)

    def sizeHint(self) -> QSize:
        """As the smallest size: the width is given from outside."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802  # Qt's own name
        """Room for the widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, is_meant: bool) -> int:
        """Put the items into a rectangle, or only see how high they become, in px."""
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(rect.width(), 10_000))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + GAP // 2, 0
            if is_meant:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + GAP // 2
            line = max(line, size.height())
        return y + line - rect.y()
