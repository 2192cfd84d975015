"""List and detail side by side, or one over the other where there is no room for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

LEAST_EM = 70
"""How many Chinese characters wide both must be to stand side by side."""


class ListDetail(QSplitter):
    """A list at the left and a detail at the right.

    Under `LEAST_EM` the detail opens over the list, and is closed again to get back to it.
    """

    turned = Signal()
    """The two now stand side by side, or no longer do."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.is_narrow = False
        self._is_open = False
        self._left: QWidget | None = None
        self._right: QWidget | None = None

    def set_parts(self, left: QWidget, right: QWidget) -> None:
        """Put the two in."""
        self._left, self._right = left, right
        self.addWidget(left)
        self.addWidget(right)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)

    def open_detail(self) -> None:
        """Bring the detail over the list where both do not fit."""
        self._is_open = True
        self._show_parts()

    def close_detail(self) -> None:
        """Show the list again."""
        self._is_open = False
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether both fit."""
        super().resizeEvent(event)
        is_narrow = self.width() < LEAST_EM * self.fontMetrics().horizontalAdvance("国")
        if is_narrow is not self.is_narrow:
            self.is_narrow = is_narrow
            self._show_parts()
            self.turned.emit()

    def _show_parts(self) -> None:
        if self._left is None or self._right is None:
            return
        self._right.setVisible(not self.is_narrow or self._is_open)
        self._left.setVisible(not self.is_narrow or not self._is_open)
