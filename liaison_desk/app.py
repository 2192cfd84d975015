"""The composition root: makes the window of a data file, and is all that knows every layer."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QSettings, QTimer, QTranslator, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from liaison_desk.domain.errors import DeskError
from liaison_desk.services.desk import Desk
from liaison_desk.services.sample import fill_sample
from liaison_desk.store.backup import Backups
from liaison_desk.store.database import Database
from liaison_desk.ui import messages
from liaison_desk.ui.context import Context
from liaison_desk.ui.handoff_page import HandoffPage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.record_pages import AgencyPage, PersonPage, TopicPage, VillagePage
from liaison_desk.ui.settings_page import SettingsPage
from liaison_desk.ui.setup_wizard import Setup, SetupWizard
from liaison_desk.ui.style import RESOURCES, Style

if TYPE_CHECKING:
    from types import TracebackType

    from liaison_desk.ui.page import Page

PAGES: tuple[type[Page], ...] = (
    HomePage,
    MemberPage,
    TopicPage,
    MeetingPage,
    MinutesPage,
    MatterPage,
    HandoffPage,
    PersonPage,
    AgencyPage,
    VillagePage,
    SettingsPage,
)
CONNECT_MS = 500


def open_window(file: Path | None = None, *, quit_after_paint: bool = False) -> int:
    """Show the window of a data file until it is closed.

    Args:
        file: the data file; None for the one used last, or the first-start wizard.
        quit_after_paint: leave as soon as the window has been painted, to time the start.

    Returns:
        The exit code.
    """
    if is_headless():
        sys.stderr.write("没有图形界面，打不开窗口。可以加命令使用，见 --help。\n")
        return 3
    application = make_application()
    settings = QSettings("liaison-desk", "liaison-desk")
    session = Session(application, settings)
    sys.excepthook = session.crash
    if not session.start(file):
        return 1 if session.failed else 0
    if quit_after_paint:
        QTimer.singleShot(0, application.quit)
    code = application.exec()
    session.close()
    return code


def make_application() -> QApplication:
    """The Qt application, speaking Chinese."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationDisplayName("协商联络台")
    translator = QTranslator(application)
    if translator.load(
        "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    return application


class Session(QObject):
    """One data file open in one window; a second start on the file brings it forward."""

    backed_up = Signal(str)

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        super().__init__()
        self.failed = False
        self.window: MainWindow | None = None
        self._application = application
        self._settings = settings
        self._server = QLocalServer(self)
        self._database: Database | None = None
        self._backup: threading.Thread | None = None
        self.style = self._style()
        self.style.apply(application)

    def start(self, file: Path | None) -> bool:
        """Open a file and show its window; False when there is nothing to show."""
        path, setup = self._choose(file or self._last_file())
        if path is None:
            return False
        if _bring_forward(path):
            return False
        try:
            desk = self._open(path, setup)
        except DeskError as error:
            self.failed = True
            messages.tell(None, error)
            return False
        self._settings.setValue("data_file", str(path))
        self._listen(path)
        self._show(desk)
        return True

    def close(self) -> None:
        """Let the file go, once a running backup has ended."""
        if self._backup is not None:
            self._backup.join()
        if self.window is not None:
            self.window.deleteLater()
        if self._database is not None:
            self._database.close()
        self._server.close()

    def crash(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Tell the clerk of a bug of ours once; the log keeps the details."""
        report = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(report)
        if isinstance(error, DeskError):
            messages.tell(self.window, error)
        elif not isinstance(error, KeyboardInterrupt):
            messages.crash(self.window, report)

    # -- inside ----------------------------------------------------------------------------

    def _choose(self, asked: Path | None) -> tuple[Path | None, Setup | None]:
        """The file to open, and how to set it up when it is new; no file when she cancelled."""
        if asked is not None and asked.exists():
            return asked, None
        setup = SetupWizard.ask(folder=asked.parent if asked else None)
        if setup is None:
            return None, None
        named = asked is not None and setup.office is not None
        return (asked if named else setup.data_file), setup

    def _open(self, path: Path, setup: Setup | None) -> Desk:
        """Open the file; fill a new one as the wizard decided."""
        self._database = open_database(path)
        desk = Desk(self._database)
        if desk.office is None:
            if setup is None:
                setup = SetupWizard.ask(folder=path.parent)
            if setup is None:
                self._database.close()
                raise DeskError("还没有登记本室，已退出。再次打开时可以继续。")
            set_up(desk, setup)
        office = desk.office
        desk.operator = office.clerk if office else ""
        return desk

    def _show(self, desk: Desk) -> None:
        """Make the window and, once it is painted, today's backup."""
        geometry = self.window.saveGeometry() if self.window else None
        context = Context(desk, self.style, backups_of(desk))
        window = MainWindow(context, PAGES, self._settings)
        settings_page = window.page(SettingsPage)
        assert isinstance(settings_page, SettingsPage)
        settings_page.look_changed.connect(self._change_look)
        window.zoomed.connect(lambda zoom: self._change_look(self._is_dark(), zoom))
        self.backed_up.connect(window.show_backup_state)
        if geometry is not None:
            window.restoreGeometry(geometry)
        old, self.window = self.window, window
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        else:
            window.offer_drafts(desk.drafts.all())
            QTimer.singleShot(0, lambda: self._back_up(context))

    def _back_up(self, context: Context) -> None:
        """Make today's copy on a thread of its own, unless there is one."""

        def work() -> None:
            try:
                context.backups.make_if_due(context.data_file, context.desk.now())
            except DeskError as error:
                self.backed_up.emit(str(error))
                return
            self.backed_up.emit(backup_state(context.backups.newest()))

        self._backup = threading.Thread(target=work, name="backup")
        self._backup.start()

    def _change_look(self, dark: bool, zoom: int) -> None:
        """Make the window anew in another look; what is typed is kept as a draft and put back."""
        window = self.window
        assert window is not None
        page = window.current
        if page.is_dirty() and not page.save():
            return
        self._settings.setValue("dark", dark)
        self._settings.setValue("zoom", zoom)
        shown = window.stack.currentIndex()
        self.style = self._style()
        self.style.apply(self._application)
        self._show(window.desk)
        assert self.window is not None
        self.window.sidebar.setCurrentRow(shown)

    def _style(self) -> Style:
        zoom = int(str(self._settings.value("zoom", 100)))
        return Style(dark=self._is_dark(), zoom=zoom)

    def _is_dark(self) -> bool:
        return str(self._settings.value("dark", "false")) == "true"

    def _last_file(self) -> Path | None:
        last = str(self._settings.value("data_file", "") or "")
        return Path(last) if last and Path(last).exists() else None

    def _listen(self, path: Path) -> None:
        """Hear of a second start on this file."""
        name = _server_name(path)
        QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._come_forward)
        self._server.listen(name)

    def _come_forward(self) -> None:
        """A second start asks for the window that is here."""
        self._server.nextPendingConnection().disconnectFromServer()
        if self.window is not None:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
            self.window.raise_()
            self.window.activateWindow()


def open_database(path: Path) -> Database:
    """Open a data file, copying an older one before it is migrated.

    Raises:
        StoreError: see `Database.open`.
    """

    def copy(source: Path) -> None:
        Backups(source.parent / "备份").make(source, datetime.now(), before_migration=True)

    return Database.open(path, before_migration=copy)


def set_up(desk: Desk, setup: Setup) -> None:
    """Carry out what the wizard decided."""
    with desk.database.transaction():
        desk.database.set_setting("backup_folder", str(setup.backup_folder))
    if setup.office is None:
        fill_sample(desk, RESOURCES / "sample")
    else:
        desk.set_up(setup.office)


def backups_of(desk: Desk) -> Backups:
    """Where the copies of a desk's file go."""
    folder = desk.database.setting("backup_folder")
    return Backups(Path(folder) if folder else desk.database.path.parent / "备份")


def backup_state(newest: datetime | None) -> str:
    """When the last copy was made, for the status line."""
    return f"上次备份 {newest:%m-%d %H:%M} ✓" if newest else "还没有备份"


def _server_name(path: Path) -> str:
    """The name under which the window of a file can be called."""
    return "liaison-desk-" + hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]


def _bring_forward(path: Path) -> bool:
    """Ask the window that has the file open to come forward; whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(_server_name(path))
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.disconnectFromServer()
    return True


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
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        settings = QSettings(str(Path(scratch) / "look.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Context(desk, style, backups_of(desk)), PAGES, settings)
        window.resize(1366, 768)
        window.show()
        taken = [
            _picture(window, page, folder / f"{number:02}_{page.title}.png")
            for number, page in enumerate(window.pages, start=1)
        ]
        window.close()
        window.deleteLater()
    return taken


def _picture(window: MainWindow, page: Page, path: Path) -> Path:
    """Save a picture of the window with one page, its first record chosen."""
    window.show_page(page)
    page.show_first()
    QApplication.processEvents()
    window.grab().save(str(path))
    return path
