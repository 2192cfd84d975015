"""Typing as an input method does; `qtbot.keyClicks` with Chinese text aborts the interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def commit_text(widget: QWidget, text: str) -> None:
    """Compose a text and commit it in a widget."""
    QApplication.sendEvent(widget, QInputMethodEvent("pinyin", []))
    committed = QInputMethodEvent()
    committed.setCommitString(text)
    QApplication.sendEvent(widget, committed)
