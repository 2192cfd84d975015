"""The frame: sidebar, menus, the page shown, and the status line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.office import Office
from liaison_desk.services.overview import unreported_count
from liaison_desk.ui import messages
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.style import GAP, ICON_PX, ZOOMS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.page import Page

SIDEBAR_ROW_PX = 38
SAID_MS = 10_000
"""How long a sentence and its 撤销 stand in the status line."""


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
        self._settings = settings
        context.say = self.say
        context.go = self.go
        self._make(pages)
        self._arrange()
        self._connect()
        self.reload()
        self._recall()

    def page(self, kind: type[Page]) -> Page:
        """One of the pages, by its class."""
        return next(each for each in self.pages if type(each) is kind)

    def show_page(self, page: Page) -> None:
        """Show a page, once what is typed on the present one has been dealt with."""
        self.sidebar.setCurrentRow(self.pages.index(page))

    def go(self, record: Record) -> None:
        """Show the page of a record and choose it there."""
        for page in self.pages:
            if isinstance(page, RecordPage) and page.record_type is type(record):
                self.show_page(page)
                page.choose(record)
                return
        for page in self.pages:
            if type(record) in page.record_types:
                self.show_page(page)
                page.choose(record)
                return

    def say(self, sentence: str, can_undo: bool = False) -> None:
        """Show a sentence in the status line for 10 s, with 撤销 when it can be undone."""
        self._said.setText(sentence)
        self._undo_link.setVisible(can_undo)
        self._said_pause.start()

    def offer_drafts(self, drafts: Sequence[Draft]) -> None:
        """Offer what was typed and not saved when the program last stopped."""
        for draft in drafts:
            page = self._page_of(draft.table)
            if page is not None:
                self._banner_layout.addWidget(DraftBanner(self, page, draft))
        self._banners.setVisible(self._banner_layout.count() > 0)

    def drop_banner(self, banner: QWidget) -> None:
        """Take a banner away."""
        self._banner_layout.removeWidget(banner)
        banner.deleteLater()
        self._banners.setVisible(self._banner_layout.count() > 0)

    def reload(self, change: Change | None = None) -> None:
        """Show the present state everywhere."""
        for page in self.pages:
            if change is None or page.shows(change):
                page.reload(change)
        self._refresh_frame()

    def show_backup_state(self, sentence: str) -> None:
        """Say in the status line when the last backup was made, or why not."""
        self._backup.setText(sentence)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once about what is typed and not saved."""
        for page in self.pages:
            if page.is_dirty() and not self._may_leave(page):
                event.ignore()
                return
        self._remember()
        super().closeEvent(event)

    # -- making ----------------------------------------------------------------------------

    def _make(self, pages: Sequence[type[Page]]) -> None:
        self.sidebar = QListWidget()
        self.stack = QStackedWidget()
        self.pages: list[Page] = [each(self.context) for each in pages]
        self.office_label = QLabel()
        self.township_box = QComboBox()
        self._said = QLabel()
        self._undo_link = QPushButton("撤销")
        self._backup = QLabel()
        self._saved = QLabel()
        self._unreported = QLabel()
        self._said_pause = QTimer(self, singleShot=True, interval=SAID_MS)
        self._banners = QWidget()
        self._banner_layout = QVBoxLayout(self._banners)
        self._make_actions()

    def _make_actions(self) -> None:
        """Every deed of the menus, with its key."""
        keys = QKeySequence.StandardKey
        self.new_action = self._action("新建", "plus", "Ctrl+N", self._new)
        self.save_action = self._action("保存", "save", "Ctrl+S", self._save)
        self.undo_action = self._action("撤销", "undo-2", "Ctrl+Z", self.undo)
        self.redo_action = self._action("重做", "redo-2", "Ctrl+Y", self.redo)
        self.find_action = self._action("查找", "search", "Ctrl+F", self._find)
        self.print_action = self._action("打印", "printer", "Ctrl+P", self._print)
        self.quit_action = self._action("退出", "x", "Ctrl+Q", self.close)
        self.keys_action = self._action("按键一览", "circle-help", "Ctrl+/", self._show_keys)
        self.help_action = self._action("帮助", "circle-help", "F1", self._show_help)
        self.larger_action = self._action("放大文字", "", "Ctrl+=", lambda: self._zoom(1))
        self.larger_action.setShortcuts([QKeySequence("Ctrl+="), QKeySequence(keys.ZoomIn)])
        self.smaller_action = self._action("缩小文字", "", "Ctrl+-", lambda: self._zoom(-1))

    def _action(self, text: str, icon: str, key: str, deed: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        if icon:
            action.setIcon(self.context.style.icon(icon))
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{text} ({key})")
        action.triggered.connect(lambda _checked=False: deed())
        return action

    def _arrange(self) -> None:
        self.setWindowTitle("协商联络台")
        self._fill_menus()
        self._fill_toolbar()
        self._fill_sidebar()
        self._fill_status()
        self._banners.hide()
        self._banner_layout.setContentsMargins(0, 0, 0, 0)
        self._banner_layout.setSpacing(0)
        right = QWidget()
        right.setObjectName("content")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banners)
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

    def _fill_menus(self) -> None:
        entries = {
            "文件(&F)": [self.new_action, self.save_action, self.print_action, self.quit_action],
            "编辑(&E)": [self.undo_action, self.redo_action, self.find_action],
            "查看(&V)": [self.larger_action, self.smaller_action],
            "转到(&G)": [],
            "帮助(&H)": [self.help_action, self.keys_action],
        }
        menus = {title: self.menuBar().addMenu(title) for title in entries}
        for title, actions in entries.items():
            menus[title].addActions(actions)
        go = menus["转到(&G)"]
        for number, page in enumerate(self.pages, start=1):
            key = f"Alt+{number}" if number < 10 else ""
            show = partial(self.show_page, page)
            go.addAction(self._action(page.title, page.icon_name, key, show))

    def _fill_toolbar(self) -> None:
        bar = QToolBar("常用")
        bar.setMovable(False)
        bar.setIconSize(QSize(ICON_PX, ICON_PX))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for action in (self.new_action, self.save_action, self.undo_action, self.redo_action):
            bar.addAction(action)
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        bar.addAction(self.find_action)
        bar.addAction(self.print_action)
        self.addToolBar(bar)

    def _fill_sidebar(self) -> None:
        style = self.context.style
        self.sidebar.setObjectName("sidebar")
        self.sidebar.setIconSize(QSize(ICON_PX, ICON_PX))
        self.sidebar.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self.pages:
            item = QListWidgetItem(style.icon(page.icon_name), page.title)
            item.setSizeHint(QSize(0, style.scaled(SIDEBAR_ROW_PX)))
            self.sidebar.addItem(item)
            self.stack.addWidget(page)
        self.office_label.setProperty("role", "heading")
        self.office_label.setContentsMargins(GAP * 2, GAP, GAP, GAP)
        self.township_box.setObjectName("township")
        self._side = QWidget()
        self._side.setFixedWidth(style.scaled(160))
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.office_label)
        column.addWidget(self.township_box)
        column.addWidget(self.sidebar, 1)

    def _fill_status(self) -> None:
        self._undo_link.setProperty("role", "link")
        self._undo_link.setObjectName("undo_link")
        self._undo_link.hide()
        self._said.setObjectName("said")
        self.statusBar().addWidget(self._said)
        self.statusBar().addWidget(self._undo_link)
        for label in (self._backup, self._unreported, self._saved):
            label.setProperty("role", "muted")
            self.statusBar().addPermanentWidget(label)

    def _connect(self) -> None:
        self.sidebar.currentRowChanged.connect(self._turn)
        self._undo_link.clicked.connect(self.undo)
        self._said_pause.timeout.connect(lambda: self.say("", False))
        self.township_box.currentIndexChanged.connect(self._filter_township)
        for page in self.pages:
            page.edited.connect(self._enable)
        self.desk.on_change(self.changed.emit)
        self.changed.connect(self._hear)

    # -- deeds of the menus ------------------------------------------------------------------

    @property
    def current(self) -> Page:
        """The page shown."""
        return self.pages[self.stack.currentIndex()]

    def undo(self) -> None:
        """Take back the last deed."""
        self._undo_or_redo(self.desk.undo, "已撤销")

    def redo(self) -> None:
        """Do the last undone deed again."""
        self._undo_or_redo(self.desk.redo, "已重做")

    def _undo_or_redo(self, deed: Callable[[], Change], word: str) -> None:
        if self.current.is_dirty() and not self._may_leave(self.current):
            return
        try:
            self.say(f"{word}：{deed().title}")
        except DeskError as error:
            self.say(str(error))

    def _new(self) -> None:
        if self.current.can_new:
            self.current.new()

    def _save(self) -> None:
        self.current.save()

    def _find(self) -> None:
        self.current.focus_search()

    def _print(self) -> None:
        if self.current.can_print:
            self.current.print_paper()

    def _show_keys(self) -> None:
        HelpDialog.show_topic(self, "keys")

    def _show_help(self) -> None:
        HelpDialog.show_topic(self, type(self.current).__name__)

    def _zoom(self, step: int) -> None:
        place = ZOOMS.index(self.context.style.zoom) + step
        if 0 <= place < len(ZOOMS):
            self.zoomed.emit(ZOOMS[place])

    # -- inside ----------------------------------------------------------------------------

    def _turn(self, row: int) -> None:
        """Another page was chosen in the sidebar."""
        now = self.stack.currentIndex()
        if row < 0 or row == now:
            return
        if self.current.is_dirty() and not self._may_leave(self.current):
            self.sidebar.blockSignals(True)
            self.sidebar.setCurrentRow(now)
            self.sidebar.blockSignals(False)
            return
        self.stack.setCurrentIndex(row)
        self._enable()

    def _may_leave(self, page: Page) -> bool:
        """Ask once about what is typed on a page; False when the clerk stays."""
        answer = messages.ask_leaving(self, f"{page.title}的改动")
        if answer == "discard":
            page.discard()
        return answer == "discard" or (answer == "save" and page.save())

    def _hear(self, change: Change) -> None:
        """A deed was done."""
        self.reload(change)
        self._saved.setText(f"已保存 {self.desk.now():%H:%M:%S}")

    def _enable(self) -> None:
        page = self.current
        self.new_action.setEnabled(page.can_new)
        self.print_action.setEnabled(page.can_print)
        self.save_action.setEnabled(page.is_dirty())

    def _refresh_frame(self) -> None:
        """The office's name, what can be undone, and the counts."""
        office = self.desk.office
        undoable, redoable = self.desk.log.undoable(), self.desk.log.redoable()
        self.undo_action.setEnabled(undoable is not None)
        self.undo_action.setToolTip(f"撤销：{undoable.title} (Ctrl+Z)" if undoable else "撤销")
        self.redo_action.setEnabled(redoable is not None)
        if office is None:
            return
        self.office_label.setText(office.place)
        self.setWindowTitle(f"{office.name} — 协商联络台")
        overdue = self.desk.queries.overdue_count(self.desk.today)
        for row, page in enumerate(self.pages):
            number = f"　{overdue}" if page.title == "办理事项" and overdue else ""
            self.sidebar.item(row).setText(page.title + number)
        self._unreported.setText(
            "" if office.is_county else f"未报送 {unreported_count(self.desk)} 条"
        )
        self._fill_townships(office)
        self._enable()

    def _fill_townships(self, office: Office) -> None:
        """On a county desk, let one township be looked at alone."""
        self.township_box.setVisible(office.is_county)
        if not office.is_county:
            return
        chosen = self.township_box.currentData()
        self.township_box.blockSignals(True)
        self.township_box.clear()
        self.township_box.addItem("全部乡镇", "")
        for each in self.desk.find(Office):
            if each.id != office.id:
                self.township_box.addItem(each.place, each.id)
        self.township_box.setCurrentIndex(max(self.township_box.findData(chosen), 0))
        self.township_box.blockSignals(False)

    def _filter_township(self, _index: int) -> None:
        """Limit every list to one township."""
        self.context.township = self.township_box.currentData() or ""
        for page in self.pages:
            page.reload()

    def _page_of(self, table: str) -> Page | None:
        for page in self.pages:
            if any(each.table == table for each in page.record_types[:1]):
                return page
        return None

    def _remember(self) -> None:
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("page", self.stack.currentIndex())
        for page in self.pages:
            if isinstance(page, RecordPage):
                self._settings.setValue(f"{page.title}/splitter", page.splitter.saveState())
                page.list.remember(self._settings, page.title)

    def _recall(self) -> None:
        geometry = self._settings.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        for page in self.pages:
            if isinstance(page, RecordPage):
                state = self._settings.value(f"{page.title}/splitter")
                if state is not None:
                    page.splitter.restoreState(state)
                page.list.recall(self._settings, page.title)
        last = int(str(self._settings.value("page", 0) or 0))
        self.sidebar.setCurrentRow(last if last < len(self.pages) else 0)


class DraftBanner(QFrame):
    """One kept draft: 继续填写 or 丢弃."""

    def __init__(self, window: MainWindow, page: Page, draft: Draft) -> None:
        super().__init__()
        self._window, self._page, self._draft = window, page, draft
        self.setProperty("role", "banner")
        self.setObjectName("draft_banner")
        when = draft.saved_at.replace("T", " ")[5:16]
        self.go_on_button = QPushButton("继续填写")
        self.go_on_button.setObjectName("resume_draft")
        self.drop_button = QPushButton("丢弃")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, GAP // 2, GAP, GAP // 2)
        row.addWidget(QLabel(f"上次在“{page.title}”里有没保存的内容（{when}）。"), 1)
        row.addWidget(self.go_on_button)
        row.addWidget(self.drop_button)
        self.go_on_button.clicked.connect(self.go_on)
        self.drop_button.clicked.connect(self.drop)

    def go_on(self) -> None:
        """Put the draft back into its form."""
        self._window.show_page(self._page)
        self._page.resume(self._draft)
        self._window.drop_banner(self)

    def drop(self) -> None:
        """Forget the draft."""
        self._window.desk.drafts.drop(self._draft.table, self._draft.record)
        self._window.drop_banner(self)
