"""回收站: everything that was removed, to be looked through and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
)

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.short import short
from liaison_desk.services.recycle_bin import DAYS, KEPT_TYPES, RecycleBin
from liaison_desk.store.search import folded, sort_key
from liaison_desk.ui.asker import Asker
from liaison_desk.ui.filter_line import FilterLine
from liaison_desk.ui.headed_model import HeadedModel
from liaison_desk.ui.list_table import ListTable
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_list import BUSY_AFTER_MS, FILTER_PAUSE_MS
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from liaison_desk.services.desk import Change
    from liaison_desk.services.recycle_bin import Gone, Restored
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.headed_model import Index

WIDTHS_EM = (8, 20, 10, 6, 16)
"""The columns' widths in Chinese characters."""
AT_ONCE = 50
"""So many records are put back before the clerk would notice."""
MOST_NAMED = 15
"""How many parts the tip of a row names."""


class BinModel(HeadedModel):
    """What lies in the bin, as the filter and the order have it."""

    heads = ("类别", "名称", "删除时间", "经手人", "一起删除的")
    WAYS: tuple[Callable[[Gone], object], ...] = (
        lambda gone: sort_key(gone.record.title),
        lambda gone: sort_key(gone.caption),
        lambda gone: gone.removed_at,
        lambda gone: sort_key(gone.operator),
        lambda gone: len(gone.parts),
    )
    """What each column is sorted by."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Gone] = []
        self._all: list[Gone] = []
        self._words: tuple[str, ...] = ()
        self._column, self._is_falling = 2, True

    def show_all(self, contents: Sequence[Gone]) -> None:
        """Show what is in the bin now."""
        self._all = list(contents)
        self._show()

    def search(self, words: str) -> None:
        """Show only what has every word in its row, or in the names of its parts."""
        self._words = tuple(folded(words).split())
        self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._column, self._is_falling = column, order == Qt.SortOrder.DescendingOrder
        self._show()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; the tip of the last column names the parts."""
        if not index.isValid():
            return None
        gone = self.shown[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == len(self.heads) - 1:
            return _named(gone)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _cells(gone)[index.column()]
        return None

    def _show(self) -> None:
        """Apply the filter and the order."""
        self.beginResetModel()
        found = [gone for gone in self._all if self._has_words(gone)]
        way: Callable[[Gone], object] = self.WAYS[self._column]
        found.sort(key=way, reverse=self._is_falling)  # type: ignore[arg-type]
        self.shown = found
        self.endResetModel()

    def _has_words(self, gone: Gone) -> bool:
        text = folded("\n".join((*_cells(gone), *(part.caption for part in gone.parts))))
        return all(word in text for word in self._words)


class BinPage(Page):
    """What was removed in the last 30 days, or ever, with 恢复."""

    title = "回收站"
    icon_name = "trash-2"
    record_types = KEPT_TYPES
    is_overview = True
    can_find = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._bin = RecycleBin(context.desk)
        self._asker = Asker(context.desk.database, self)
        self._pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self.model = BinModel()
        self.filter_line = FilterLine()
        self.older_box = QCheckBox("也列出更早的")
        self.restore_button = QPushButton("恢复")
        self.wrong = QLabel()
        self.table = ListTable(self.model, context.style)
        self.empty_label = QLabel()
        self.count_label = QLabel()
        self._arrange()
        self._connect()

    def reload(self, change: Change | None = None) -> None:
        """Look into the bin again."""
        older_too = self.older_box.isChecked()
        self._asker.ask(
            lambda: self._bin.contents(older_too=older_too), at_once=self._bin.is_quick()
        )
        if self._asker.is_busy:
            self._busy.start()

    def take_cursor(self) -> None:
        """Into the list, a row of which is chosen."""
        self._go_to_rows()

    def focus_search(self) -> None:
        """Put the cursor into the filter (Ctrl+F)."""
        self.filter_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_line.selectAll()

    def show_first(self) -> None:
        """Choose the first row."""
        if self.model.shown:
            self.table.choose_row(0)

    def chosen(self) -> list[Gone]:
        """What is selected."""
        return [self.model.shown[row] for row in self.table.chosen_rows()]

    def restore(self) -> None:
        """Put back what is selected, as one deed."""
        chosen = self.chosen()
        self._complain("")
        if not chosen:
            return
        records = [gone.record for gone in chosen]
        row = self.table.chosen_rows()[0]
        try:
            if sum(len(gone.parts) + 1 for gone in chosen) > AT_ONCE:
                done = run_task(self, "正在恢复", lambda told: self._bin.restore(records, told))
            else:
                done = self._bin.restore(records)
        except DeskError as error:
            self._complain(str(error))
            self.context.say(str(error), False)
            return
        self.context.say(_told(done), True)
        self._choose_near(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list puts back; Esc goes back to it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.table.hasFocus():
            self.restore()
        elif event.key() == Qt.Key.Key_Escape:
            self._go_to_rows()
        else:
            super().keyPressEvent(event)

    # -- inside ----------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._name()
        top = QHBoxLayout()
        top.addWidget(self.filter_line, 1)
        top.addWidget(self.older_box)
        top.addWidget(self.restore_button)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP // 2)
        layout.addLayout(top)
        layout.addWidget(self.wrong)
        layout.addLayout(self._stack, 1)
        # Only now: without a parent the first of them would come up as a window of its own.
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty_label)
        layout.addWidget(self.count_label)
        self._size_columns()

    def _size_columns(self) -> None:
        """Room for each, and what is left for the name."""
        em = self.fontMetrics().horizontalAdvance("国")
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        for place, width in enumerate(WIDTHS_EM):
            self.table.setColumnWidth(place, width * em)
        header.setSectionResizeMode(BinModel.heads.index("名称"), QHeaderView.ResizeMode.Stretch)

    def _name(self) -> None:
        """What tests and the style sheet know the parts by."""
        self.older_box.setObjectName("older")
        self.restore_button.setObjectName("restore")
        self.restore_button.setProperty("role", "main")
        self.restore_button.setToolTip("放回原来的地方，删除时一起走的也一起回来 (Enter)")
        self.wrong.setObjectName("whole")
        self.wrong.setProperty("role", "wrong")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.count_label.setObjectName("count")
        self.count_label.setProperty("role", "muted")
        self.empty_label.setProperty("role", "muted")
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setWordWrap(True)

    def _connect(self) -> None:
        self._asker.answered.connect(self._take)
        self._busy.timeout.connect(lambda: self.count_label.setText("正在查找……"))
        self._pause.timeout.connect(self._search)
        self.filter_line.entered.connect(self._go_to_rows)
        self.filter_line.textChanged.connect(lambda _text: self._pause.start())
        self.older_box.toggled.connect(lambda _on: self.reload())
        self.restore_button.clicked.connect(self.restore)
        self.table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(lambda _in, _out: self._count())

    def _take(self, contents: list[Gone]) -> None:
        """What is in the bin is here."""
        self._busy.stop()
        self._keeping_choice(lambda: self.model.show_all(contents))

    def _search(self) -> None:
        self._keeping_choice(lambda: self.model.search(self.filter_line.text()))

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._keeping_choice(lambda: self.model.sort(column, order))

    def _keeping_choice(self, deed: Callable[[], None]) -> None:
        """Change the rows; the current one stays so if it is among them."""
        row = self.table.currentIndex().row()
        current = self.model.shown[row].record.id if row >= 0 else ""
        deed()
        rows = {gone.record.id: row for row, gone in enumerate(self.model.shown)}
        if current in rows:
            self.table.choose_row(rows[current])
        self._count()

    def _choose_near(self, row: int) -> None:
        """Go on with the row that moved up."""
        if self.model.shown and not self.table.chosen_rows():
            self.table.choose_row(min(row, len(self.model.shown) - 1))

    def _go_to_rows(self) -> None:
        """From the filter to what it found."""
        if self._pause.isActive():
            self._pause.stop()
            self._search()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose_near(0)

    def _count(self) -> None:
        """How many there are; why there are none; what can be done."""
        found, chosen = len(self.model.shown), self.table.chosen_count()
        words = self.filter_line.text().strip()
        told = f"找到 {found} 条" if words else f"共 {found} 条"
        self.count_label.setText(told + (f"，选中 {chosen} 条" if chosen > 1 else ""))
        self.restore_button.setEnabled(chosen > 0)
        self._stack.setCurrentIndex(0 if found else 1)
        period = "" if self.older_box.isChecked() else f"最近{DAYS}天"
        self.empty_label.setText(
            f"没有找到含“{short(words)}”的资料。按 Esc 清空查找。"
            if words
            else f"{period}没有删除过资料。删除的资料都会留在这里，随时可以恢复。"
        )

    def _complain(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))


def _cells(gone: Gone) -> tuple[str, ...]:
    """One row."""
    when = f"{gone.removed_at:%Y-%m-%d %H:%M}"
    return (gone.record.title, gone.caption, when, gone.operator, gone.parts_counted)


def _named(gone: Gone) -> str:
    """The parts by name, as many as fit."""
    named = [f"{part.record.title}：{short(part.caption, 40)}" for part in gone.parts[:MOST_NAMED]]
    more = len(gone.parts) - MOST_NAMED
    return "\n".join([*named, *([f"……还有{more}条"] if more > 0 else [])])


def _told(done: Restored) -> str:
    """What came back, for the status line."""
    wholes = "、".join(f"{each.title}“{short(each.caption)}”" for each in done.wholes[:3])
    return f"已{done.title}" + (f"，连同它所属的{wholes}" if wholes else "")
