"""The line above a list in which one types what to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from liaison_desk.ui.input_method import guard_composing

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ONWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class FilterLine(QLineEdit):
    """Keeps Enter and Esc to itself: Qt would hand them on to the page, after the cursor moved."""

    entered = Signal()
    """Enter or ↓ was pressed: go on to what was found."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filter")
        self.setPlaceholderText("查找，可输几个词 (Ctrl+F)")
        self.setClearButtonEnabled(True)
        guard_composing(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and ↓ go to the rows; Esc empties the line, and only when it is empty leaves it."""
        if event.key() in _ONWARD and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
