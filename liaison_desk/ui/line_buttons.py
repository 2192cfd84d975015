"""上移, 下移, 删除这条: what the keys do with the lines of a table, for the mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from collections.abc import Callable

DEEDS = (
    ("上移", "Alt+↑", "move up"),
    ("下移", "Alt+↓", "move down"),
    ("删除这条", "Ctrl+Delete", "remove"),
)
"""The words of each button, its key, and the deed of a table of lines."""


def line_buttons(act: Callable[[str], object]) -> list[QPushButton]:
    """The buttons, each of which does its deed by `act`; the cursor stays in the table."""
    buttons = []
    for words, key, deed in DEEDS:
        button = QPushButton(words)
        button.setToolTip(f"{words} ({key})")
        button.setProperty("role", "link")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(_do, act, deed))
        buttons.append(button)
    return buttons


def _do(act: Callable[[str], object], deed: str, _is_checked: bool = False) -> None:
    act(deed)
