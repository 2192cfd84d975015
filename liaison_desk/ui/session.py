"""One data file open in one window, from its start to its end."""

from __future__ import annotations

import sys
import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from liaison_desk.domain.errors import DeskError
from liaison_desk.store.backup import backups_of
from liaison_desk.ui import messages
from liaison_desk.ui.context import Context
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.opening import Opening
from liaison_desk.ui.pages import pages_of
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.settings_page import SettingsPage
from liaison_desk.ui.single_window import SingleWindow
from liaison_desk.ui.style import ZOOMS, Style

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.page import Page


class Session(QObject):
    """One data file open in one window; a second start on the file brings it forward."""

    backed_up = Signal(str)
    failed_in_thread = Signal(object, object, object)

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        super().__init__()
        self.window: MainWindow | None = None
        self._application = application
        self._settings = settings
        self._single = SingleWindow(self)
        self._single.called.connect(self._come_forward)
        self._opening = Opening(settings)
        self._backup: threading.Thread | None = None
        self._is_telling = False
        self.failed_in_thread.connect(self.crash)
        self.style = self._style()
        self.style.apply(application)

    @property
    def failed(self) -> bool:
        """Whether there is no window because a file could not be opened."""
        return self._opening.failed

    def start(self, file: Path | None) -> bool:
        """Open a file and show its window; False when there is nothing to show.

        A file that cannot be opened is told of; the clerk may choose another, or leave.
        """
        return self._opening.open(file, self._begin)

    def close(self) -> None:
        """Let the file go, once a running backup has ended."""
        if self._backup is not None:
            self._backup.join()
        if self.window is not None:
            self.window.hide()
            delete(self.window)  # at once: its threads end with it, and none may lose the file
            self.window = None
        self._opening.let_go()
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

    # -- the window ------------------------------------------------------------------------

    def _begin(self, desk: Desk) -> None:
        """Show the window of a file just opened, and make its copy of the day."""
        self._single.listen(desk.database.path)
        self._show(desk)
        QTimer.singleShot(0, self._back_up)

    def _show(self, desk: Desk) -> MainWindow:
        """Make the window in the present look."""
        context = Context(desk, self.style, backups_of(desk.database))
        window = MainWindow(context, pages_of(context), self._settings)
        window.stack.made.connect(self._hear_of_look)
        for page in window.stack.pages:
            self._hear_of_look(page)
        window.zoomed.connect(self._change_zoom)
        self.backed_up.connect(window.show_backup_state)
        window.status.backup.setText(_backup_state(context.backups.newest()))
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
            self.backed_up.emit(_backup_state(context.backups.newest()))

        self._backup = threading.Thread(target=work, name="backup")
        self._backup.start()

    def _hear_of_look(self, page: Page) -> None:
        """Another look is chosen on the page of settings, once that is made."""
        if isinstance(page, SettingsPage):
            page.look_changed.connect(self._change_look)

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
        old.stack.give_up_others()  # or each would be dressed anew, to go at once
        self.backed_up.disconnect(old.show_backup_state)
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


def _name_of(widget: QWidget | None) -> str:
    """What a field is called, to find it again in a window made anew."""
    while widget is not None and not widget.objectName():
        widget = widget.parentWidget()
    return widget.objectName() if widget is not None else ""


def _backup_state(newest: datetime | None) -> str:
    """When the last copy was made, for the status line."""
    return f"上次备份 {newest:%m-%d %H:%M} ✓" if newest else "还没有备份"
