"""历史: every change of the whole office, newest first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.history import SHOWN_CHANGES, Happening, History, Line
from liaison_desk.services.wholes import whole_of
from liaison_desk.ui.asker import Asker
from liaison_desk.ui.deed_filter import DeedFilter
from liaison_desk.ui.deed_table_model import DeedTableModel
from liaison_desk.ui.happening_tree import HappeningTree
from liaison_desk.ui.page import Page
from liaison_desk.ui.restoring import can_restore, restore
from liaison_desk.ui.row_table import show_as_rows
from liaison_desk.ui.style import GAP, ROW_PX
from liaison_desk.ui.tab_order import order_by_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context

WIDTHS = (150, 100, 0, 240)
"""Of the columns at 100 %, in px; what was done takes the rest."""


class HistoryPage(Page):
    """The list of deeds with its filter, and below it what the chosen deed changed."""

    title = "历史"
    icon_name = "history"
    is_overview = True
    can_find = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.history = History(context.desk)
        self.filter = DeedFilter(context.style, lambda: self.desk.today)
        self.model = DeedTableModel(self.history.deeds)
        self.table = QTableView()
        self.count_label = QLabel()
        self.changes = HappeningTree(context.style, ("改动", "原来", "改为"))
        self.changes_label = QLabel()
        self.open_button = QPushButton("打开这条")
        self.value_button = QPushButton("恢复这个值")
        self.personal_box = QCheckBox("显示完整号码")
        self._asker = Asker(context.desk.database, self)
        self._arrange()
        self._connect()

    def reload(self, change: Change | None = None) -> None:
        """Show the present deeds."""
        self.filter.show_operators(self.history.deeds.operators())
        self._find()

    def shows(self, change: Change) -> bool:
        """Every deed stands here."""
        return True

    def show_first(self) -> None:
        """Choose the newest deed."""
        self._show(self.history.deeds.numbers(self.filter.query()))
        if self.model.numbers:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def take_cursor(self) -> None:
        """Into the list, a deed of which is chosen."""
        self._choose_newest()  # before Qt makes it current without choosing it
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        """Put the cursor into the filter."""
        self.filter.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.words.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the filter and goes to the list; from the filter one goes down into it."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.filter.is_empty():
                self.filter.clear()
            self.table.setFocus()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return) and self.filter.words.hasFocus():
            self._choose_newest()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def open_chosen(self) -> None:
        """Open the record of the chosen change, or the first one of the chosen deed."""
        subject = self.changes.subject
        if subject is None:
            index = self.table.currentIndex()
            happenings = self._happenings(index.row()) if index.isValid() else []
            subject = happenings[0] if happenings else None
        if subject is not None:
            self._open(subject)

    def restore_value(self) -> None:
        """Put the old value of the chosen field back."""
        line = self.changes.subject
        if isinstance(line, Line):
            deed = partial(self.history.restore_value, line)
            restore(self, self.context, deed, f"已恢复{line.label}")

    # -- inside ----------------------------------------------------------------------------

    def _choose_newest(self) -> None:
        """Choose the newest deed, unless one is chosen."""
        if self.model.numbers and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _find(self) -> None:
        """Ask for the deeds; only words, or very many of them, take a while."""
        query = self.filter.query()
        is_quick = not query.words and not self.history.deeds.has_many()
        self._asker.ask(lambda: self.history.deeds.numbers(query), at_once=is_quick)
        if self._asker.is_busy:
            self.count_label.setText("正在查找……")

    def _show(self, numbers: Sequence[int]) -> None:
        """Show what was found, the chosen deed chosen still."""
        row = self.table.currentIndex().row()
        kept = self.model.numbers[row] if 0 <= row < len(self.model.numbers) else 0
        self.model.show(numbers)
        none = "没有这样的改动。按 Esc 看全部。" if not self.filter.is_empty() else "还没有改动。"
        self.count_label.setText(f"共 {len(numbers):,} 条" if numbers else none)
        if kept in self.model.numbers:
            self.table.setCurrentIndex(self.model.index(self.model.numbers.index(kept), 0))
        else:
            self._show_changes(-1)

    def _happenings(self, row: int) -> list[Happening]:
        return self.history.of_deed(self.model.numbers[row])[0]

    def _show_changes(self, row: int) -> None:
        """Show what a deed changed."""
        self.changes.clear()
        self.changes_label.setText("选上面一条，这里列出改了什么。" if self.model.numbers else "")
        if 0 <= row < len(self.model.numbers):
            happenings, size = self.history.of_deed(self.model.numbers[row])
            self.changes.show_happenings(happenings)
            first = f"，列出前 {SHOWN_CHANGES} 处" if size > len(happenings) else ""
            self.changes_label.setText(f"这一步共改动 {size:,} 处{first}")
        self.open_button.setEnabled(row >= 0)
        self._enable()
        self.personal_box.setVisible(self.changes.has_personal)

    def _open(self, subject: Happening | Line) -> None:
        """Open the page of what was changed."""
        record_type = BY_TABLE[subject.table]
        record = self.desk.get(record_type, subject.record)
        if record is None:
            self.context.say(f"这条{record_type.title}已经彻底删除，打不开了", False)
            return
        whole = whole_of(self.desk, record)
        if whole.removed_at:
            called = self.desk.caption(whole.table, whole.id)
            self.context.say(f"{whole.title}“{called}”已删除，在回收站里", False)
        else:
            self.context.go(whole)

    def _enable(self) -> None:
        self.value_button.setEnabled(can_restore(self.context, self.history, self.changes.subject))

    def _show_in_full(self, is_full: bool) -> None:
        self.changes.in_full = is_full
        self._show_changes(self.table.currentIndex().row())

    def _row_changed(self, now: QModelIndex) -> None:
        self.personal_box.blockSignals(True)
        self.personal_box.setChecked(False)
        self.personal_box.blockSignals(False)
        self.changes.in_full = False
        self._show_changes(now.row())

    def _connect(self) -> None:
        self.filter.changed.connect(self._find)
        self._asker.answered.connect(self._show)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._row_changed(now)
        )
        self.table.activated.connect(lambda _index: self.open_chosen())
        self.changes.opened.connect(self._open)
        self.open_button.clicked.connect(self.open_chosen)
        self.value_button.clicked.connect(self.restore_value)
        self.changes.chosen.connect(self._enable)
        self.personal_box.toggled.connect(self._show_in_full)

    def _arrange(self) -> None:
        table, style = self.table, self.context.style
        table.setObjectName("deeds")
        table.setModel(self.model)
        show_as_rows(table, style.scaled(ROW_PX))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, style.scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.count_label.setObjectName("count")
        self.changes_label.setObjectName("changes_count")
        self.open_button.setEnabled(False)
        self.value_button.setEnabled(False)
        self.personal_box.hide()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(_stack(self.table, self.count_label))
        below = _stack(self.changes)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addWidget(self.value_button)
        row.addWidget(self.changes_label)
        row.addStretch(1)
        row.addWidget(self.personal_box)
        below_layout = below.layout()
        assert isinstance(below_layout, QVBoxLayout)
        below_layout.insertLayout(0, row)
        splitter.addWidget(below)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([330, 270])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.addWidget(self.filter)
        layout.addWidget(splitter, 1)
        order_by_layout(self)


def _stack(*widgets: QWidget) -> QWidget:
    """Widgets one above another."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        box.addWidget(each)
    return whole
