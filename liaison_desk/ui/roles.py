"""Changing what a widget is for the style sheet, once it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role of the style sheet, such as `main`, `muted` or `wrong`."""
    widget.setProperty("role", role)
    look_again(widget)


def look_again(*widgets: QWidget) -> None:
    """Let the style sheet see that a property changed, such as read-only."""
    for widget in widgets:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
