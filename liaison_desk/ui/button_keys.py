"""Keys that press a button from anywhere on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget


def give_key(page: QWidget, button: QPushButton, key: str) -> None:
    """Let a key press a button while it is in sight and enabled, and name the key in its tip."""
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lambda: button.click() if button.isVisible() else None)
    tip = button.toolTip()
    button.setToolTip(f"{tip} ({key})" if tip else key)
