"""A list with its filter line, its narrowings, its columns and its count."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.short import short
from liaison_desk.services.saved_searches import SavedSearch, SavedSearches
from liaison_desk.ui.filter_line import FilterLine
from liaison_desk.ui.filter_menu import FilterMenu, sentence_of
from liaison_desk.ui.list_columns import ListColumns
from liaison_desk.ui.list_memory import ListMemory
from liaison_desk.ui.list_table import ListTable
from liaison_desk.ui.list_tools import ListTools
from liaison_desk.ui.record_table_model import Column, RecordTableModel
from liaison_desk.ui.saved_searches_menu import SavedSearchesMenu
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tab_order import order_by_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QShowEvent

    from liaison_desk.domain.filters import Filter
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context

FILTER_PAUSE_MS = 150
BUSY_AFTER_MS = 100
"""How long the old rows stand without a word when new ones are looked for."""


class RecordList(QWidget):
    """The records of a type: filter, sorting, count, and a sentence when there are none."""

    chosen = Signal(object)
    """The clerk moved to another record; the record."""

    def __init__(
        self,
        context: Context,
        record_type: type[Record],
        columns: Sequence[Column] = (),
        *,
        through: tuple[str, ...] = (),
        empty: str = "",
    ) -> None:
        super().__init__()
        self._context = context
        self._through = through
        self._empty = empty
        self._note = ""
        self._is_loaded = False
        self._kept_id = ""
        self._waiting: list[Callable[[], object]] = []
        self.model = RecordTableModel(context.desk, record_type, columns)
        self.filter_line = FilterLine()
        self.tools = ListTools()
        self.count_label = QLabel()
        self.table = ListTable(self.model, context.style)
        self.columns = ListColumns(self.table, self.model, context.style.zoom)
        self.empty_label = QLabel(empty)
        self.buttons = QHBoxLayout()
        self._bars = QVBoxLayout()
        self._last_at_top: QWidget = self.filter_line
        self._pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._make_menus()
        self._arrange()
        self._connect()

    def add_button(self, button: QPushButton) -> None:
        """Put a button beside the filter."""
        self.buttons.addWidget(button)
        QWidget.setTabOrder(self._last_at_top, button)
        self._last_at_top = button

    def add_bar(self, bar: QWidget) -> None:
        """Put a line of its own between the filter and the rows."""
        self._bars.addWidget(bar)
        order_by_layout(self)

    def load(self, equals: dict[str, object] | None = None) -> None:
        """Show the records with these column values, keeping words, narrowings and order."""
        self._is_loaded = True
        query = replace(self.model.query, equals=equals or {}, through=self._through)
        self._ask(lambda: self.model.show(query))

    def refresh(self) -> None:
        """Show the present state, keeping the chosen record."""
        self._ask(self.model.refresh)

    def when_ready(self, deed: Callable[[], object]) -> None:
        """Do something once the rows are those that were asked for; now if they are."""
        if self.model.is_busy:
            self._waiting.append(deed)
        else:
            deed()

    def current(self) -> Record | None:
        """The chosen record, or None."""
        index = self.table.currentIndex()
        return self.model.record(index.row()) if index.isValid() else None

    def choose(self, record_id: str) -> bool:
        """Choose a record, widening the list when it is hidden; False when it is not there.

        While the rows are being looked for it is chosen later, and taken to be there.
        """
        if not record_id:
            return False
        if self.model.is_busy:
            self._waiting.append(lambda: self.choose(record_id))
            return True
        if self.model.row_of(record_id) < 0 and self.is_narrowed:
            self.widen()
            self.refresh()
            if self.model.is_busy:
                return self.choose(record_id)
        row = self.model.row_of(record_id)
        if row < 0:
            return False
        self.table.choose_row(row)
        return True

    def choose_silently(self, record_id: str) -> None:
        """Choose a record without saying so."""
        if self.model.is_busy:
            self._waiting.append(lambda: self.choose_silently(record_id))
            return
        self.blockSignals(True)
        if not self.choose(record_id):
            self.table.setCurrentIndex(QModelIndex())
        self.blockSignals(False)
        if self.model.is_busy:  # the list was widened: say nothing then either
            self._waiting[:] = [lambda: self.choose_silently(record_id)]

    @property
    def is_narrowed(self) -> bool:
        """Whether words or narrowings hide some of the records."""
        return bool(self.filter_line.text() or self.model.query.words or self.model.query.filters)

    def widen(self) -> None:
        """Drop the words and narrowings; the next `load` or `refresh` shows it."""
        self._pause.stop()
        with QSignalBlocker(self.filter_line):
            self.filter_line.clear()
        self.model.query = replace(self.model.query, words="", filters=())
        self._show_filters()

    def narrow_by(self, filters: tuple[Filter, ...]) -> None:
        """Show only what all of these let through."""
        self._ask(lambda: self.model.narrow(filters))
        self._show_filters()

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        heads = self.columns.ask()
        if heads is not None:
            self.show_columns(heads)

    def show_columns(self, heads: Sequence[str]) -> None:
        """Show the columns with these heads; the page's own when none of them is known."""
        chosen = self.current()
        if self.columns.show(heads) and chosen is not None:
            self.choose_silently(chosen.id)

    def show_search(self, search: SavedSearch) -> None:
        """Show what was kept under a name."""
        self._pause.stop()
        with QSignalBlocker(self.filter_line):
            self.filter_line.setText(search.words)
        self.show_columns(search.columns)
        asked = replace(
            self.model.query, words=search.words, filters=search.filters, order=search.order
        )
        self._ask(lambda: self.model.show(asked))
        self._show_filters()
        self.columns.show_order()

    def present_search(self, name: str) -> SavedSearch:
        """What the list shows now, under a name."""
        query = self.model.query
        words = self.filter_line.text().strip()
        return SavedSearch(name, words, query.filters, query.order, self.columns.chosen_heads())

    def chosen_records(self) -> list[Record]:
        """Every record that is selected."""
        return [self.model.record(row) for row in self.table.chosen_rows()]

    def go_to_rows(self) -> None:
        """From the filter to what it found."""
        if self._pause.isActive():
            self._pause.stop()
            self._search()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.when_ready(self._choose_first)

    def take_cursor(self) -> None:
        """Into the rows, or where there are none into the filter: keys are the page's then."""
        into = self.filter_line if self.table.isHidden() else self.table
        into.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def wait_for_choice(self) -> None:
        """Hold the cursor with nothing chosen: the next Down chooses the first row."""
        with QSignalBlocker(self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear_choice()

    def clear_choice(self) -> None:
        """Choose nothing, so that the row chosen before can be chosen again."""
        self._kept_id = ""
        self.blockSignals(True)
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self.blockSignals(False)

    def remember(self, settings: QSettings, key: str) -> None:
        """Keep the columns, their widths and the order, by the heads."""
        self.columns.memory().keep(settings, key)

    def recall(self, settings: QSettings, key: str) -> None:
        """Take back what was kept, as far as this version knows it."""
        kept = ListMemory.read(settings, key)
        if kept is None:
            return
        order = self.columns.take_back(kept)
        self.model.query = replace(self.model.query, order=order)
        self.columns.show_order()
        if self._is_loaded:
            self.refresh()

    def _make_menus(self) -> None:
        """What opens under 筛选 and 常用."""
        desk, record_type = self._context.desk, self.model.record_type
        followed = [c.path.partition(".")[0] for c in self.columns.usual if "." in c.path]
        self.filter_menu = FilterMenu(self, desk, record_type, followed)
        searches = SavedSearches(desk, record_type)
        self.searches_menu = SavedSearchesMenu(self, searches, self.present_search)
        self.tools.filter_button.setMenu(self.filter_menu)
        self.tools.searches_button.setMenu(self.searches_menu)

    def _arrange(self) -> None:
        self.count_label.setProperty("role", "muted")
        self.count_label.setObjectName("count")
        self.empty_label.setProperty("role", "muted")
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self.filter_line, 1)
        top.addLayout(self.buttons)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP // 2)
        layout.addLayout(top)
        layout.addWidget(self.tools)
        layout.addLayout(self._bars)
        layout.addLayout(self._stack, 1)
        # Only now: without a parent the first of them would come up as a window of its own.
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty_label)
        layout.addWidget(self.count_label)

    def _connect(self) -> None:
        self.filter_line.textChanged.connect(lambda _text: self._pause.start())
        self.filter_line.entered.connect(self.go_to_rows)
        self._pause.timeout.connect(self._search)
        self._busy.timeout.connect(self._count)
        header = self.table.horizontalHeader()
        header.sortIndicatorChanged.connect(self._sort)
        header.customContextMenuRequested.connect(lambda _place: self.choose_columns())
        self.tools.columns_button.clicked.connect(self.choose_columns)
        self.tools.dropped.connect(self._drop_filter)
        self.filter_menu.chosen.connect(self.narrow_by)
        self.searches_menu.chosen.connect(self.show_search)
        self.searches_menu.said.connect(lambda sentence: self._context.say(sentence, False))
        self.table.selectionModel().currentRowChanged.connect(self._announce)
        self.table.selectionModel().selectionChanged.connect(lambda _in, _out: self._count())
        self.model.answered.connect(self._answered)

    def _ask(self, deed: Callable[[], None]) -> None:
        """Ask for other rows; the chosen record stays chosen if it is among them."""
        chosen = self.current()
        if not self.model.is_busy or chosen is not None:
            self._kept_id = chosen.id if chosen is not None else ""
        deed()
        if self.model.is_busy:
            self._busy.start()

    def _answered(self) -> None:
        """The rows asked for are here."""
        self._busy.stop()
        if self.isVisible():
            self.columns.fit()
        self._count()
        waiting, self._waiting = self._waiting, []
        if self.model.row_of(self._kept_id) >= 0:
            self.choose_silently(self._kept_id)
        for deed in waiting:
            deed()

    def _search(self) -> None:
        self._ask(lambda: self.model.search(self.filter_line.text()))

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0 and not self.model.can_sort(column):
            self.columns.show_order()
            return
        self._ask(lambda: self.model.sort(column, order))

    def _show_filters(self) -> None:
        """Stand the narrowings under the filter line."""
        filters, desk = self.model.query.filters, self._context.desk
        self.filter_menu.filters = filters
        record_type = self.model.record_type
        self.tools.show_filters([(f, sentence_of(f, desk, record_type)) for f in filters])

    def _drop_filter(self, narrowing: Filter) -> None:
        """A chip was pressed."""
        self.narrow_by(tuple(f for f in self.model.query.filters if f != narrowing))

    def _choose_first(self) -> None:
        if self.current() is None and self.model.ids:
            self.choose(self.model.ids[0])

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns now that there is a width to fit them to."""
        super().showEvent(event)
        self.columns.fit()

    def set_note(self, note: str) -> None:
        """Stand a remark beside the count."""
        self._note = note
        self._count()

    def _count(self) -> None:
        """共 128 条, 选中 3 条; and the sentence of an empty list."""
        if self.model.is_busy:
            self.count_label.setText("正在查找……")
            return
        found, query = len(self.model.ids), self.model.query
        words = query.words.strip()
        selected = self.table.chosen_count()
        chosen = f"，选中 {selected} 条" if selected > 1 else ""
        told = f"找到 {found} 条" if words or query.filters else f"共 {found} 条"
        self.count_label.setText(told + chosen + self._note)
        self.empty_label.setText(self._why_empty(words))
        self._stack.setCurrentIndex(0 if found else 1)

    def _why_empty(self, words: str) -> str:
        """Why there is nothing to see, and how to see something."""
        if words:
            also = "，或去掉上面的筛选" if self.model.query.filters else ""
            return f"没有找到含“{short(words)}”的资料。按 Esc 清空查找{also}。"
        if self.model.query.filters:
            return "没有符合筛选的资料。点上面带 ✕ 的条件可以去掉它。"
        return self._empty

    def _announce(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.model.record(current.row()))
