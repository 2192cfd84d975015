"""Turning to a page brings up no window but the one there is, not even for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desk.ui.main_window import MainWindow
from tests.ui.windows import make_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk


class Watcher(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and not isinstance(watched, MainWindow)
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_page_takes_the_keyboard_away_by_a_window_of_its_own(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(desk, tmp_path, qtbot)
    watcher = Watcher()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watcher)
    for kind in window.kinds:
        window.show_kind(kind)
        window.new()
        assert window.isActiveWindow(), kind.title
    application.removeEventFilter(watcher)
    assert watcher.seen == []
