"""The composition root: makes the window of a data file, and is all that knows every layer."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QTranslator,
    Signal,
)
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.services.desk import Desk
from liaison_desk.store.backup import Backups, open_database
from liaison_desk.store.database import BACKUP_FOLDER
from liaison_desk.store.errors import FileMissing, StoreError
from liaison_desk.ui import messages
from liaison_desk.ui.activity_page import ActivityPage
from liaison_desk.ui.bin_page import BinPage
from liaison_desk.ui.context import Context
from liaison_desk.ui.county_home_page import CountyHomePage
from liaison_desk.ui.directive_page import DirectivePage
from liaison_desk.ui.handoff.handoff_page import HandoffPage
from liaison_desk.ui.history_page import HistoryPage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.lists_page import ListsPage
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.opinion_page import OpinionPage
from liaison_desk.ui.pictures import save_pictures
from liaison_desk.ui.plan_page import PlanPage
from liaison_desk.ui.proposal_page import ProposalPage
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import AgencyPage, PersonPage, TopicPage, VillagePage
from liaison_desk.ui.settings_page import SettingsPage
from liaison_desk.ui.setup_wizard import Setup, SetupWizard
from liaison_desk.ui.single_window import SingleWindow, bring_forward
from liaison_desk.ui.style import RESOURCES, ZOOMS, Style
from liaison_desk.ui.survey_page import SurveyPage
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

    from liaison_desk.store.database import Database
    from liaison_desk.ui.page import Page

PAGES: tuple[type[Page], ...] = (
    HomePage,
    TopicPage,
    PlanPage,
    SurveyPage,
    MeetingPage,
    MinutesPage,
    MatterPage,
    MemberPage,
    OpinionPage,
    ProposalPage,
    ActivityPage,
    DirectivePage,
    HandoffPage,
    PersonPage,
    AgencyPage,
    VillagePage,
    ListsPage,
    HistoryPage,
    BinPage,
    SettingsPage,
)
COUNTY_PAGES: tuple[type[Page], ...] = (CountyHomePage, *PAGES[1:])


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


class Session(QObject):
    """One data file open in one window; a second start on the file brings it forward."""

    backed_up = Signal(str)
    failed_in_thread = Signal(object, object, object)

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        super().__init__()
        self.failed = False
        self.window: MainWindow | None = None
        self._application = application
        self._settings = settings
        self._single = SingleWindow(self)
        self._single.called.connect(self._come_forward)
        self._database: Database | None = None
        self._backup: threading.Thread | None = None
        self._is_telling = False
        self.failed_in_thread.connect(self.crash)
        self.style = self._style()
        self.style.apply(application)

    def start(self, file: Path | None) -> bool:
        """Open a file and show its window; False when there is nothing to show.

        A file that cannot be opened is told of; the clerk may choose another, or leave.
        """
        wanted = _Wanted(file=file)
        try:
            wanted = wanted if file is not None else self._last_file()
        except DeskError as error:
            wanted = self._instead(error)
        while not wanted.is_nothing:
            try:
                return self._open_wanted(wanted)
            except DeskError as error:
                self._let_go()
                wanted = self._instead(error)
        return False

    def close(self) -> None:
        """Let the file go, once a running backup has ended."""
        if self._backup is not None:
            self._backup.join()
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            self.window = None
        self._let_go()
        self._single.close()

    def crash(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Tell the clerk of a bug of ours, one box at a time; what is typed becomes a draft."""
        report = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(report)
        if self._is_telling or isinstance(error, KeyboardInterrupt):
            return
        self._is_telling = True
        try:
            if isinstance(error, DeskError):
                messages.tell(self.window, error)
                return
            self._keep_drafts()
            messages.crash(self.window, report)
        finally:
            self._is_telling = False

    def crash_in_thread(self, failed: threading.ExceptHookArgs) -> None:
        """Tell of a bug on another thread from this one."""
        self.failed_in_thread.emit(failed.exc_type, failed.exc_value, failed.exc_traceback)

    # -- opening ---------------------------------------------------------------------------

    def _open_wanted(self, wanted: _Wanted) -> bool:
        """Open what is wanted, asking first how to set it up when it is new.

        Raises:
            DeskError: it cannot be opened; nothing has changed.
        """
        path, setup = wanted.file, None
        if path is None or not path.exists():
            setup = SetupWizard.ask(folder=path.parent if path else None)
            if setup is None:
                return False
            path = path if path is not None and setup.is_new_office else setup.data_file
        if bring_forward(path):
            return False
        desk = self._open(path, setup)
        if desk is None:
            return False
        self.failed = False
        self._settings.setValue("data_file", str(path.resolve()))
        self._single.listen(path)
        self._show(desk)
        QTimer.singleShot(0, self._back_up)
        return True

    def _open(self, path: Path, setup: Setup | None) -> Desk | None:
        """Open the file; fill a new one as the wizard decided; None when she cancelled it."""
        self._database = open_off_thread(path)
        desk = Desk(self._database)
        if desk.office is None:
            setup = setup or SetupWizard.ask(folder=path.parent)
            if setup is None:
                self._let_go()
                return None
            set_up(desk, setup)
        office = desk.office
        desk.operator = office.clerk if office else ""
        return desk

    def _instead(self, error: DeskError) -> _Wanted:
        """Say what was wrong, and ask for another file."""
        self.failed = True
        answer = messages.ask_other_file(str(error))
        if answer == messages.SET_UP:
            return _Wanted(is_new=True)
        return _Wanted(file=answer) if isinstance(answer, Path) else _Wanted(is_nothing=True)

    def _last_file(self) -> _Wanted:
        """The file used last.

        Raises:
            FileMissing: it is not where it was, as on a stick that is not plugged in.
        """
        last = str(self._settings.value("data_file", "") or "")
        if not last:
            return _Wanted(is_new=True)
        if not Path(last).exists():
            raise FileMissing(
                f"找不到上次用的资料文件：\n{last}\n如果它在U盘或移动硬盘上，请插好后重新打开程序；"
                "如果已经搬到别处，请点“打开别的资料文件”。资料没有改动。"
            )
        return _Wanted(file=Path(last))

    def _let_go(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    # -- the window ------------------------------------------------------------------------

    def _show(self, desk: Desk) -> MainWindow:
        """Make the window in the present look."""
        context = Context(desk, self.style, backups_of(desk))
        window = MainWindow(context, pages_of(context), self._settings)
        settings_page = window.page(SettingsPage)
        assert isinstance(settings_page, SettingsPage)
        settings_page.look_changed.connect(self._change_look)
        window.zoomed.connect(self._change_zoom)
        self.backed_up.connect(window.show_backup_state)
        window.show_backup_state(backup_state(context.backups.newest()))
        old, self.window = self.window, window
        if old is not None:
            window.restoreGeometry(old.saveGeometry())
            window.offer_drafts(old.banners.drafts())
        else:
            window.offer_drafts(desk.drafts.all())
        is_first = old is None and not self._settings.contains("geometry")
        fits = window.screen().availableSize().width() >= window.minimumWidth()
        window.showMaximized() if is_first and fits else window.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        return window

    def _back_up(self) -> None:
        """Make today's copy on a thread of its own, unless there is one."""
        if self.window is None:
            return
        context = self.window.context

        def work() -> None:
            try:
                context.backups.make_if_due(context.data_file, context.desk.now())
            except DeskError as error:
                self.backed_up.emit(str(error))
                return
            self.backed_up.emit(backup_state(context.backups.newest()))

        self._backup = threading.Thread(target=work, name="backup")
        self._backup.start()

    def _change_zoom(self, zoom: int) -> None:
        """Another size of text."""
        self._change_look(self._is_dark(), zoom)

    def _change_look(self, dark: bool, zoom: int) -> None:
        """Make the window anew in another look; what is typed is put back as it stands."""
        old = self.window
        assert old is not None
        shown, key = old.current, old.current.draft_key()
        place = _name_of(QApplication.focusWidget())
        if key is not None:
            shown.keep_draft()
        chosen = shown.record if isinstance(shown, RecordPage) else None
        old.remember()
        self._settings.setValue("dark", dark)
        self._settings.setValue("zoom", zoom)
        self.style = self._style()
        self.style.apply(self._application)
        window = self._show(old.desk)
        page = window.page(type(shown))
        window.show_page(page)
        drafts = {(each.table, each.record): each for each in window.desk.drafts.all()}
        if key in drafts:
            page.resume(drafts[key])
        elif chosen is not None and chosen.id:
            page.choose(chosen)
        found = page.findChild(QWidget, place) if place else None
        if found is not None:
            found.setFocus()

    def _keep_drafts(self) -> None:
        """What is typed survives whatever went wrong."""
        if self.window is not None:
            with suppress(Exception):  # a second bug must not hide the first
                self.window.keep_drafts()

    def _style(self) -> Style:
        """The look that is remembered; a settings file that was tampered with is passed over."""
        try:
            zoom = int(str(self._settings.value("zoom", 100)))
        except ValueError:
            zoom = 100
        return Style(dark=self._is_dark(), zoom=zoom if zoom in ZOOMS else 100)

    def _is_dark(self) -> bool:
        return str(self._settings.value("dark", "false")).lower() == "true"  # True until it is read

    def _come_forward(self) -> None:
        """A second start asks for the window that is here."""
        window = self.window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()


@dataclass(frozen=True)
class _Wanted:
    """What is to be opened: a file, a new one that the wizard asks about, or nothing."""

    file: Path | None = None
    is_new: bool = False
    is_nothing: bool = False


def _name_of(widget: QWidget | None) -> str:
    """What a field is called, to find it again in a window made anew."""
    while widget is not None and not widget.objectName():
        widget = widget.parentWidget()
    return widget.objectName() if widget is not None else ""


def open_off_thread(path: Path) -> Database:
    """Open a data file, with a progress line when it is of an older version and takes a while.

    Raises:
        StoreError: see `open_database`; or the clerk pressed 取消. The file is as it was.
    """
    try:
        return run_task(
            None,
            "正在打开资料文件",
            lambda progress: open_database(
                path, lambda done, total: progress(done, total, "正在为新版本整理资料")
            ),
        )
    except Cancelled as error:
        raise StoreError(
            f"已取消，资料文件“{path.name}”没有改动，还和原来一样，原来的版本仍能打开它。"
            "要用这个版本，请重新打开程序，等它整理完。"
        ) from error


def pages_of(context: Context) -> tuple[type[Page], ...]:
    """The pages of a township's desk, or of the county's."""
    return COUNTY_PAGES if context.is_county else PAGES


def set_up(desk: Desk, setup: Setup) -> None:
    """Carry out what the wizard decided."""
    with desk.database.transaction():
        desk.database.set_setting("backup_folder", str(setup.backup_folder))
    if setup.is_sample:
        from liaison_desk.services.sample import fill_sample  # not needed on other mornings

        fill_sample(desk, RESOURCES / "sample")
    elif setup.office is not None:
        desk.set_up(setup.office)


def backups_of(desk: Desk) -> Backups:
    """Where the copies of a desk's file go."""
    folder, path = desk.database.setting("backup_folder"), desk.database.path
    return Backups(Path(folder) if folder else path.parent / BACKUP_FOLDER, path.stem)


def backup_state(newest: datetime | None) -> str:
    """When the last copy was made, for the status line."""
    return f"上次备份 {newest:%m-%d %H:%M} ✓" if newest else "还没有备份"


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
        context = Context(desk, style, backups_of(desk))
        window = MainWindow(context, pages_of(context), settings)
        taken = save_pictures(window, folder)
        window.close()
        window.deleteLater()
    return taken
