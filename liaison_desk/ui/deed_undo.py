"""撤销 and 重做 of deeds in the window: at once, or off the UI thread when they are large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.services.desk import Change
    from liaison_desk.store.repository import Deed
    from liaison_desk.ui.main_window import MainWindow

AT_ONCE = 100
"""A deed of more changes than this is undone off the UI thread."""


class DeedUndo:
    """Takes deeds back and does them again, and shows the page what came of it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._desk = window.desk

    def undo(self) -> None:
        """Take back the last deed."""
        self._repeat(self._desk.undo, self._desk.log.undoable(), "撤销")

    def redo(self) -> None:
        """Do the last undone deed again."""
        self._repeat(self._desk.redo, self._desk.log.redoable(), "重做")

    def offer(self) -> None:
        """Grey the two actions where there is nothing; their tips name the deed."""
        acts, log = self._window.actions_, self._desk.log
        for action, deed, word, key in (
            (acts.undo, log.undoable(), "撤销", "Ctrl+Z"),
            (acts.redo, log.redoable(), "重做", "Ctrl+Y"),
        ):
            action.setEnabled(deed is not None)
            action.setToolTip(f"{word}：{deed.title} ({key})" if deed else word)

    def _repeat(self, repeat: Callable[..., Change], target: Deed | None, word: str) -> None:
        """Undo or redo; what changed many records goes off this thread, with 取消."""
        window = self._window
        if not window.current.leave():
            return
        try:
            if target is not None and self._desk.log.size(target.number) > AT_ONCE:
                change = run_task(window, f"正在{word}：{target.title}", repeat)
            else:
                change = repeat()
            window.say(f"已{word}：{change.title}")
            window.current.show_changed(change)
        except DeskError as error:
            window.say(str(error))
