"""The composition root: makes the application, and the window of a data file."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from liaison_desk.store.backup import backups_of
from liaison_desk.ui.context import Context
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.pages import pages_of
from liaison_desk.ui.pictures import save_pictures
from liaison_desk.ui.session import Session
from liaison_desk.ui.style import RESOURCES, Style

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def open_window(
    file: Path | None = None, *, quit_after_paint: bool = False, settings: QSettings | None = None
) -> int:
    """Show the window of a data file until it is closed.

    Args:
        file: the data file; None for the one used last, or the first-start wizard.
        quit_after_paint: leave as soon as the window has been painted, to time the start.
        settings: where look and sizes are remembered; the user's own unless a test brings others.

    Returns:
        The exit code.
    """
    if is_headless():
        sys.stderr.write("没有图形界面，打不开窗口。可以加命令使用，见 --help。\n")
        return 3
    application = make_application()
    session = Session(application, settings or QSettings("liaison-desk", "liaison-desk"))
    sys.excepthook = session.crash
    threading.excepthook = session.crash_in_thread
    if not session.start(file):
        return 1 if session.failed else 0
    if quit_after_paint and session.window is not None:
        session.window.installEventFilter(_QuitAfterPaint(session))
    code = application.exec()
    session.close()
    return code


class _QuitAfterPaint(QObject):
    """Leaves the program once its window has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the first painting; whatever else is under way then ends by itself."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, QApplication.quit)
        return False


def make_application() -> QApplication:
    """The Qt application, speaking Chinese."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationDisplayName("协商联络台")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (
        ("qtbase_zh_CN", of_qt),
        ("qt_missing_zh_CN", str(RESOURCES / "translations")),
    ):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    return application


def is_headless() -> bool:
    """Whether there is no screen to show a window on."""
    return sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("QT_QPA_PLATFORM")
    )


def take_pictures(desk: Desk, folder: Path) -> list[Path]:
    """Save a picture of each page, as it looks on a 1366x768 screen; needs no screen itself."""
    if is_headless():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # it cannot size real windows
    application = make_application()
    style = Style()
    style.apply(application)
    with tempfile.TemporaryDirectory() as scratch:
        settings = QSettings(str(Path(scratch) / "look.ini"), QSettings.Format.IniFormat)
        context = Context(desk, style, backups_of(desk.database))
        window = MainWindow(context, pages_of(context), settings)
        taken = save_pictures(window, folder)
        window.close()
        delete(window)  # at once, with its threads: the file is closed next
    return taken
