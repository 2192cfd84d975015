"""The frame: sidebar, menus, the page shown, and the status line."""

from __future__ import annotations

import weakref
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.office import Office
from liaison_desk.services.overview import has_many_unreported, unreported_count
from liaison_desk.services.wholes import whole_of
from liaison_desk.ui.asker import Asker
from liaison_desk.ui.deed_undo import DeedUndo
from liaison_desk.ui.draft_banner import DraftBanners
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.importing.doors import ImportDoors
from liaison_desk.ui.offered_drafts import OfferedDrafts
from liaison_desk.ui.operator_button import OperatorButton
from liaison_desk.ui.page_of_record import kind_for, own_tables
from liaison_desk.ui.page_stack import PageStack
from liaison_desk.ui.printing.doors import PrintDoors
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.sidebar import Sidebar
from liaison_desk.ui.status_line import StatusLine
from liaison_desk.ui.style import GAP, ZOOMS
from liaison_desk.ui.toolbar import Toolbar
from liaison_desk.ui.township_box import TownshipBox
from liaison_desk.ui.typing_undo import TypingUndo
from liaison_desk.ui.window_actions import WindowActions
from liaison_desk.ui.window_memory import WindowMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.context import Context, Narrowing
    from liaison_desk.ui.page import Page


class MainWindow(QMainWindow):
    """The window of one data file.

    Args:
        context: the desk and its look; the window becomes its voice.
        pages: what stands in the sidebar, in order.
        settings: where sizes and the last page are remembered.
    """

    zoomed = Signal(int)
    """The clerk asked for another size of text, in percent."""
    changed = Signal(object)
    """A deed was done; on whichever thread, the pages hear it on this one."""

    def __init__(self, context: Context, pages: Sequence[type[Page]], settings: QSettings) -> None:
        super().__init__()
        self.context = context
        self.desk = context.desk
        self._memory = WindowMemory(settings)
        context.say = self.say
        context.go = self.go
        context.turn_to = self.turn_to
        context.start_new = self.new
        context.start_from = self.start_from
        self._make(pages, settings)
        self._arrange()
        self._connect()
        self._recall()
        self.reload()

    @property
    def kinds(self) -> tuple[type[Page], ...]:
        """The classes of the pages, in the order of the sidebar."""
        return self.stack.kinds

    def page(self, kind: type[Page]) -> Page:
        """One of the pages, by its class; made now if it has not been turned to yet."""
        return self.stack.page(kind)

    def page_of(self, table: str) -> Page | None:
        """The page that shows the records of a table, rather than counting them."""
        kind = kind_for(self.kinds, table)
        return self.page(kind) if kind is not None else None

    def show_kind(self, kind: type[Page]) -> None:
        """Show the page of a kind, the cursor in it."""
        if self.show_page(self.page(kind)):
            self.current.take_cursor()

    def show_page(self, page: Page) -> bool:
        """Show a page, once what is typed on the present one has been dealt with.

        Returns:
            Whether it is shown; False when the clerk stays where she is.
        """
        self.sidebar.show_kind(type(page))
        return self.current is page

    def go(self, record: Record) -> None:
        """Show the page of a record, or of what it is a part of, and choose it there."""
        if isinstance(record, Office) and self.township_box.choose(record):
            self.turn_to(Meeting)
            return
        record = whole_of(self.desk, record, own_tables(self.kinds))
        page, before = self.page_of(record.table), self.current
        if page is not None and self.show_page(page):
            page.choose(record)
            if page is not before:
                page.take_cursor()  # Qt would hand it to whatever comes next on the window

    def turn_to(self, record_type: type[Record], narrowing: Narrowing | None = None) -> None:
        """Show the page of a type of record, for the moment limited to some of them."""
        page = self.page_of(record_type.table)
        if page is not None and self.show_page(page) and page.leave():
            page.narrow(narrowing)

    def start_from(self, record: Record, source: Record) -> None:
        """Show the page of a new record that another was turned into, its form filled."""
        page = self.page_of(record.table)
        if isinstance(page, RecordPage) and self.show_page(page):
            page.start_from(record, source)

    def say(self, sentence: str, can_undo: bool = False) -> None:
        """Show a sentence in the status line for 10 s, with 撤销 when it can be undone."""
        self.status.say(sentence, can_undo)

    def offer_drafts(self, drafts: Sequence[Draft]) -> None:
        """Offer what was typed and not saved when the program last stopped."""
        self.drafts.offer(drafts)

    def keep_drafts(self) -> None:
        """Keep what is typed at this moment."""
        for page in self.stack.pages:
            page.keep_draft()

    def reload(self, change: Change | None = None) -> None:
        """Show the present state; a page out of sight does so when it is turned to."""
        self.stack.outdate(change)
        self.stack.catch_up(change)
        self._refresh_frame()

    def show_backup_state(self, sentence: str) -> None:
        """Say in the status line when the last backup was made, or why not."""
        self.status.backup.setText(sentence)
        self.stack.outdate()
        if not self.current.is_dirty():
            self.stack.catch_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the cursor, as Space does; Qt leaves that to the desktop.

        Held down it does not: Enter goes through a form, and must not go on to save it.
        """
        button = self.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_enter and is_plain and isinstance(button, QPushButton):
            if not event.isAutoRepeat():
                button.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once about what is typed and not saved."""
        if not all(page.leave() for page in self.stack.pages):
            event.ignore()
            return
        self.remember()
        super().closeEvent(event)

    # -- deeds of the menus ------------------------------------------------------------------

    @property
    def current(self) -> Page:
        """The page shown."""
        return self.stack.current

    def new(self) -> None:
        """Start a new record on the page shown."""
        if self.current.can_new:
            self.current.new()

    def save(self) -> None:
        """Keep what is typed on the page shown."""
        self.current.save()

    def save_and_new(self) -> None:
        """Keep it and start the next one."""
        if self.current.can_new:
            self.current.save_and_new()

    def undo(self) -> None:
        """Undo typing where the cursor is, or else the last deed."""
        if not self.typing.undo():
            self.undo_deed()

    def redo(self) -> None:
        """Redo typing where the cursor is, or else the last undone deed."""
        if not self.typing.redo():
            self.deeds.redo()

    def undo_deed(self) -> None:
        """Take back the last deed, wherever the cursor is."""
        self.deeds.undo()

    def edit_chosen(self) -> None:
        """Go from the chosen row into its form."""
        self.current.edit_chosen()

    def find_text(self) -> None:
        """Go to the filter."""
        self.current.focus_search()

    def find_everything(self) -> None:
        """Go to the box over all that the office keeps."""
        self.toolbar.search_box.start()

    def print_papers(self) -> None:
        """Print what is chosen on the page shown."""
        self.printing.print_chosen()

    def print_office(self) -> None:
        """Print what is of the whole office."""
        self.printing.print_office()

    def show_keys(self) -> None:
        """The page of all keys."""
        HelpDialog.show_topic(self, "keys")

    def show_help(self) -> None:
        """What the manual says of the page shown."""
        HelpDialog.show_topic(self, type(self.current).__name__)

    def zoom(self, step: int) -> None:
        """Ask for larger or smaller text."""
        place = ZOOMS.index(self.context.style.zoom) + step
        if 0 <= place < len(ZOOMS):
            self.zoomed.emit(ZOOMS[place])

    # -- making ----------------------------------------------------------------------------

    def _make(self, pages: Sequence[type[Page]], settings: QSettings) -> None:
        self.sidebar = Sidebar(pages, self.context.style)
        self.stack = PageStack(self.context, pages)
        self.office_label = QLabel()
        self.township_box = TownshipBox(self.context)
        self.status = StatusLine()
        self.operator_button = OperatorButton(self.context)
        self.banners = DraftBanners()
        self.drafts = OfferedDrafts(self)
        self.typing = TypingUndo(self)
        self.deeds = DeedUndo(self)
        self._unreported = Asker(self.desk.database, self)
        self.imports = ImportDoors(self)
        self.printing = PrintDoors(self, settings)
        self.actions_ = WindowActions(self)
        self.toolbar = Toolbar(self)
        self.printing.hang_menu(self.toolbar.widgetForAction(self.actions_.print))

    def _arrange(self) -> None:
        self.setWindowTitle("协商联络台")
        self.actions_.fill_menus()
        self.addToolBar(self.toolbar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._fill_sidebar()
        self.setStatusBar(self.status)
        self.status.addPermanentWidget(self.operator_button)
        right = QWidget()
        right.setObjectName("content")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self.stack, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(right, 1)
        self.setCentralWidget(whole)
        self.resize(1366, 720)
        self.setMinimumSize(900, 560)

    def _fill_sidebar(self) -> None:
        style = self.context.style
        self.office_label.setProperty("role", "heading")
        self.office_label.setWordWrap(True)
        self.office_label.setContentsMargins(GAP * 2, GAP, GAP, GAP)
        self._side = QWidget()
        self._side.setObjectName("side")
        self._side.setFixedWidth(style.scaled(160))
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.office_label)
        column.addWidget(self.township_box)
        column.addWidget(self.sidebar, 1)

    def _connect(self) -> None:
        self.sidebar.turned.connect(self._turn)
        self.sidebar.entered.connect(lambda: self.current.take_cursor())
        self.status.undo_asked.connect(self.undo_deed)
        self._unreported.answered.connect(
            lambda count: self.status.unreported.setText(f"未报送 {count} 条")
        )
        self.township_box.turned.connect(self.reload)
        self.stack.made.connect(self._welcome)
        self.desk.on_change(_hearing(self))
        self.changed.connect(self._hear)

    # -- inside ----------------------------------------------------------------------------

    def _turn(self, kind: type[Page]) -> None:
        """Another page was chosen in the sidebar."""
        now = self.kinds[self.stack.currentIndex()]
        if kind is now:
            return
        if not self.current.leave():
            # the list chooses what was clicked once more when it has told us
            QTimer.singleShot(0, self.sidebar, partial(self.sidebar.show_silently, now))
            return
        self.stack.setCurrentIndex(self.kinds.index(kind))
        self.stack.catch_up()
        self._enable()

    def _hear(self, change: Change) -> None:
        """A deed was done."""
        self.reload(change)
        self.status.saved.setText(f"已保存 {self.desk.now():%H:%M:%S}")

    def _enable(self) -> None:
        """Grey what cannot be done on the page shown."""
        page, acts = self.current, self.actions_
        acts.new.setEnabled(page.can_new)
        acts.find.setEnabled(page.can_find)
        acts.save.setEnabled(page.is_dirty())
        acts.save_and_new.setEnabled(page.can_new and (page.is_dirty() or page.is_new()))
        acts.edit.setEnabled(isinstance(page, RecordPage) and page.record is not None)

    def _refresh_frame(self) -> None:
        """The office's name, what can be undone, and the counts."""
        office = self.desk.office
        self.deeds.offer()
        self.operator_button.refresh()
        if office is None:
            return
        self.office_label.setText(office.place)
        self.setWindowTitle(f"{office.name} — 协商联络台")
        if not office.is_county:
            self._unreported.ask(
                lambda: unreported_count(self.desk), at_once=not has_many_unreported(self.desk)
            )
        self.township_box.refresh(office)
        overdue = self.desk.queries.overdue_count(self.desk.today, self.context.township)
        self.sidebar.count_overdue(overdue)
        self._enable()

    def remember(self) -> None:
        """Keep sizes, columns and the page for the next start."""
        self._memory.keep(self, self.current, self.stack.pages)

    def _recall(self) -> None:
        self._memory.give_back(self)
        last = self._memory.last(self.kinds)
        self.stack.setCurrentIndex(self.kinds.index(last))
        self.sidebar.show_silently(last)

    def _welcome(self, page: Page) -> None:
        """A page was made: give it its sizes, and what it shows when it is turned to."""
        page.edited.connect(self._enable)
        page.print_wanted.connect(self.printing.print_chosen)
        self.imports.offer_on(page)
        self._memory.lay(page)


def _hearing(window: MainWindow) -> Callable[[Change], None]:
    """A listener that outlives its window: the desk goes on when the look is changed."""
    reference = weakref.ref(window)

    def hear(change: Change) -> None:
        alive = reference()
        if alive is not None and isValid(alive):
            alive.changed.emit(change)

    return hear
