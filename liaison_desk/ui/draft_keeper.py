"""Keeps what is typed in a form after every pause, so that it survives a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.ui.context import Context

DRAFT_PAUSE_MS = 600
"""How long after the last keystroke a draft is kept."""


class DraftKeeper(QObject):
    """The drafts of one page: kept after a pause, dropped when saved or given up.

    Args:
        context: the desk that keeps them, and the voice that says when it cannot.
        keep: the page's way of keeping what its form holds.
    """

    def __init__(self, parent: QObject, context: Context, keep: Callable[[], None]) -> None:
        super().__init__(parent)
        self._context = context
        self._keep = keep
        self._pause = QTimer(self, singleShot=True, interval=DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)

    def note_typing(self) -> None:
        """A key was pressed; the draft is kept once the typing pauses."""
        self._pause.start()

    def keep_now(self) -> None:
        """Keep it; a full disk is said in the status line, as nobody asked for a draft."""
        self._pause.stop()
        try:
            self._keep()
        except DeskError as error:
            self._context.say(f"草稿没有留下：{error}", False)

    def drop(self, table: str, record: str) -> None:
        """Forget the draft of a form; one that cannot be forgotten is offered once more."""
        self._pause.stop()
        try:
            self._context.desk.drafts.drop(table, record)
        except DeskError as error:
            self._context.say(str(error), False)
