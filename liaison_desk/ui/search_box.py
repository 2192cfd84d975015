"""查找全部 (Ctrl+K): one box over all that the office keeps, and over the pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from liaison_desk.domain.short import short
from liaison_desk.services.searching import MANY, Piece, search_everything
from liaison_desk.ui.asker import Asker
from liaison_desk.ui.input_method import guard_composing
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.search_panel import SearchPanel
from liaison_desk.ui.search_rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.searching import Group, Results
    from liaison_desk.ui.main_window import MainWindow

BUSY_AFTER_MS = 150
"""How long an answer may take before the box says that it is looking."""
LONGEST = 200
LEAST_PX, MOST_PX = 160, 380
_STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class SearchBox(QLineEdit):
    """Asks while one types; the newest question alone is answered, off the UI thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._before: QWidget | None = None
        self._kinds = {
            kind.record_type.table: kind for kind in window.kinds if issubclass(kind, RecordPage)
        }
        self.panel = SearchPanel(window, window.context.style)
        self._asker = Asker(window.desk.database, self)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Go to the box (Ctrl+K); what was found last is shown again."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._ask()

    def leave(self) -> None:
        """Back to where the clerk was (Esc)."""
        self._close()
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._window.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the panel, while the cursor stays in the box."""
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Down: partial(self.panel.move_by, 1),
            Qt.Key.Key_Up: partial(self.panel.move_by, -1),
            Qt.Key.Key_PageDown: partial(self.panel.move_far, 1),
            Qt.Key.Key_PageUp: partial(self.panel.move_far, -1),
            Qt.Key.Key_Return: self._open_first_or_chosen,
            Qt.Key.Key_Enter: self._open_first_or_chosen,
            Qt.Key.Key_Escape: self.leave,
        }
        deed = deeds.get(event.key())
        if deed is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            deed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The panel goes with the cursor."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYING:
            self._close()

    # -- asking ----------------------------------------------------------------------------

    def _ask(self) -> None:
        """Look for what is typed now."""
        self._look_for(None)

    def _look_for(self, wanted: type[Record] | None) -> None:
        """Look for what is typed now; of one type for many rather than a few."""
        words = self.text().strip()
        self._opens_first = False
        if not words:
            self._close()
            return
        pages = [kind.title for kind in self._window.kinds]
        search = partial(
            search_everything,
            self._window.desk,
            words,
            pages=pages,
            tables=list(self._kinds),
            wanted=wanted,
        )
        self._busy.start()
        self._asker.ask(search, at_once=False)

    def _answer(self, results: Results) -> None:
        """Show what was found, unless the clerk has gone elsewhere."""
        self._busy.stop()
        if not self.hasFocus():
            return
        self.panel.show_rows(list(self._rows(results)), self)
        if self._opens_first:
            self._opens_first = False
            self.panel.open_chosen()

    def _say_busy(self) -> None:
        """It takes longer than it feels like nothing."""
        if self.hasFocus() and not self.panel.isVisible():
            self.panel.show_rows([_told("正在查找……")], self)

    def _open_first_or_chosen(self) -> None:
        """Enter: open what is chosen, or the first as soon as it is found."""
        if self._asker.is_busy:
            self._opens_first = True
        elif self.panel.isVisible():
            self.panel.open_chosen()
        else:
            self._ask()

    # -- what is found -----------------------------------------------------------------------

    def _rows(self, results: Results) -> Iterator[Row]:
        """The pages, then each group under its head."""
        kinds = {kind.title: kind for kind in self._window.kinds}
        if results.pages:
            yield _head("页面")
        for title in results.pages:
            go = partial(self._window.show_kind, kinds[title])
            yield Row((Piece(f"转到“{title}”"),), deed=go, is_way=True)
        for group in results.groups:
            yield from self._rows_of(group)
        if not results.pages and not results.groups:
            yield _told(f"没有找到含“{short(results.words)}”的资料。少输几个字再试试。")

    def _rows_of(self, group: Group) -> Iterator[Row]:
        """The head of a group with its count, what was found, and the rest."""
        kind = self._kinds.get(group.record_type.table)
        title = kind.title if kind is not None else group.record_type.title
        yield _head(f"{title}　{group.count} 条")
        for each in group.found:
            yield Row(each.caption, each.context, partial(self._open_record, each.record))
        left = group.count - len(group.found)
        if left > 0 and kind is not None:
            more = (Piece(f"还有 {left} 条，到“{title}”里看全部"),)
            yield Row(more, deed=partial(self._list_all, group.record_type), is_way=True)
        elif left > 0 and len(group.found) < MANY:
            deed = partial(self._look_for, group.record_type)
            more = (Piece(f"还有 {left} 条，在这里列出"),)
            yield Row(more, deed=deed, is_way=True, stays=True)
        elif left > 0:
            yield _told(f"还有 {left} 条没有列出。再输一个词，范围就小了。")

    def _open(self, row: Row) -> None:
        """Do what a line stands for, and leave the box if that is elsewhere."""
        if not row.stays:
            self._close()
        if row.deed is not None:
            row.deed()
        page = self._window.current
        if self.hasFocus() and not row.stays:
            target = page.list.table if isinstance(page, RecordPage) else page
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_record(self, record: Record) -> None:
        """Go to a record, or to what it is a part of."""
        self._window.go(record)

    def _list_all(self, record_type: type[Record]) -> None:
        """Turn to the list of a type with the words in its filter."""
        words = self.text().strip()
        self._window.turn_to(record_type)
        page = self._window.current
        if isinstance(page, RecordPage) and page.record_type is record_type:
            page.list.filter_line.setText(words)

    # -- inside ----------------------------------------------------------------------------

    def _close(self) -> None:
        """Put the panel away; nothing is looked for any more."""
        self._busy.stop()
        self._asker.give_up()
        self.panel.hide()

    def _note_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Remember where the clerk was before she came here."""
        if new is self and old is not None and old is not self:
            self._before = old

    def _arrange(self) -> None:
        style = self._window.context.style
        self._opens_first = False
        self.setObjectName("search_everything")
        self.setPlaceholderText("查找全部 Ctrl+K")
        self.setAccessibleName("查找全部")
        self.setMaxLength(LONGEST)
        self.setClearButtonEnabled(True)
        guard_composing(self)
        self.setMinimumWidth(style.scaled(LEAST_PX))
        self.setMaximumWidth(style.scaled(MOST_PX))
        self.addAction(style.icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def _connect(self) -> None:
        self.textEdited.connect(self._ask)
        self._asker.answered.connect(self._answer)
        self._busy.timeout.connect(self._say_busy)
        self.panel.opening.connect(self._open)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._note_focus)


def _head(text: str) -> Row:
    """The line over a group."""
    return Row((Piece(text),), is_head=True)


def _told(text: str) -> Row:
    """A line that only tells something."""
    return Row((Piece(text),))
