"""A list with its filter line and its count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.store.queries import ListQuery
from liaison_desk.ui.record_table_model import Column, RecordTableModel
from liaison_desk.ui.style import GAP, ROW_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context

FILTER_PAUSE_MS = 150
_RISING = Qt.SortOrder.AscendingOrder


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
        self._is_fitted = False
        self._note = ""
        self.model = RecordTableModel(context.desk, record_type, columns)
        self.filter_line = QLineEdit()
        self.count_label = QLabel()
        self.table = QTableView()
        self.empty_label = QLabel(empty)
        self.buttons = QHBoxLayout()
        self._bars = QVBoxLayout()
        self._pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._arrange()
        self._connect()

    def add_button(self, button: QPushButton) -> None:
        """Put a button beside the filter."""
        self.buttons.addWidget(button)

    def add_bar(self, bar: QWidget) -> None:
        """Put a line of its own between the filter and the rows."""
        self._bars.addWidget(bar)

    def load(self, equals: dict[str, object] | None = None) -> None:
        """Show the records with these column values, keeping words and order."""
        query = self.model.query
        self._show(ListQuery(query.words, query.order, equals or {}, self._through))

    def refresh(self) -> None:
        """Show the present state, keeping the chosen record."""
        self._show(None)

    def current(self) -> Record | None:
        """The chosen record, or None."""
        index = self.table.currentIndex()
        return self.model.record(index.row()) if index.isValid() else None

    def choose(self, record_id: str) -> bool:
        """Choose a record, widening the filter when it hides it; False when it is not there."""
        if not record_id:
            return False
        if self.model.row_of(record_id) < 0 and self.filter_line.text():
            self.filter_line.clear()
            self._pause.stop()
            self._search()
        row = self.model.row_of(record_id)
        if row < 0:
            return False
        self.table.setCurrentIndex(self.model.index(row, 0))
        return True

    def choose_silently(self, record_id: str) -> None:
        """Choose a record without saying so."""
        self.blockSignals(True)
        if not self.choose(record_id):
            self.table.setCurrentIndex(QModelIndex())
        self.blockSignals(False)

    def chosen_records(self) -> list[Record]:
        """Every record that is selected."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.record(row) for row in rows]

    def go_to_rows(self) -> None:
        """From the filter to what it found."""
        if self._pause.isActive():
            self._pause.stop()
            self._search()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.current() is None and self.model.ids:
            self.choose(self.model.ids[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the filter empties it."""
        is_escape = event.key() == Qt.Key.Key_Escape
        if is_escape and self.filter_line.hasFocus() and self.filter_line.text():
            self.filter_line.clear()
            return
        super().keyPressEvent(event)

    def clear_choice(self) -> None:
        """Choose nothing, so that the row chosen before can be chosen again."""
        self.blockSignals(True)
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self.blockSignals(False)

    def remember(self, settings: QSettings, key: str) -> None:
        """Keep the widths of the columns and the order, by the heads."""
        if not self._is_fitted:
            return
        header = self.table.horizontalHeader()
        heads = [each.label for each in self.model.columns]
        sorted_by = header.sortIndicatorSection()
        kept = {
            "widths": {head: header.sectionSize(place) for place, head in enumerate(heads)},
            "zoom": self._context.style.zoom,
            "sorted_by": heads[sorted_by] if 0 <= sorted_by < len(heads) else "",
            "falling": header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        }
        settings.setValue(f"{key}/columns", json.dumps(kept, ensure_ascii=False))

    def recall(self, settings: QSettings, key: str) -> None:
        """Take back what was kept of the columns that are still there."""
        try:
            kept = json.loads(str(settings.value(f"{key}/columns", "")))
            widths, zoom = dict(kept["widths"]), int(kept["zoom"])
        except (ValueError, KeyError, TypeError):
            return
        heads = [each.label for each in self.model.columns]
        header = self.table.horizontalHeader()
        self._is_fitted = set(heads) == set(widths)
        for place, head in enumerate(heads):
            if head in widths:
                scaled = int(widths[head]) * self._context.style.zoom // max(zoom, 1)
                header.resizeSection(place, max(scaled, header.minimumSectionSize()))
        if kept.get("sorted_by") in heads:
            order = Qt.SortOrder.DescendingOrder if kept.get("falling") else _RISING
            header.setSortIndicator(heads.index(kept["sorted_by"]), order)

    def _arrange(self) -> None:
        self.filter_line.setObjectName("filter")
        self.filter_line.setPlaceholderText("查找，可输几个词 (Ctrl+F)")
        self.filter_line.setClearButtonEnabled(True)
        self.count_label.setProperty("role", "muted")
        self.count_label.setObjectName("count")
        self.empty_label.setProperty("role", "muted")
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setWordWrap(True)
        self._set_up_table()
        top = QHBoxLayout()
        top.addWidget(self.filter_line, 1)
        top.addLayout(self.buttons)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty_label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP // 2)
        layout.addLayout(top)
        layout.addLayout(self._bars)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.count_label)

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("list")
        table.setModel(self.model)
        table.setSortingEnabled(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self._context.style.scaled(ROW_PX))
        header = table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _connect(self) -> None:
        self.filter_line.textChanged.connect(lambda _text: self._pause.start())
        self.filter_line.returnPressed.connect(self.go_to_rows)
        self._pause.timeout.connect(self._search)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.table.selectionModel().currentRowChanged.connect(self._announce)
        self.table.selectionModel().selectionChanged.connect(lambda _in, _out: self._count())

    def _search(self) -> None:
        chosen = self.current()
        self.model.search(self.filter_line.text())
        self._count()
        if chosen is not None and self.model.row_of(chosen.id) >= 0:
            self.choose_silently(chosen.id)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        header = self.table.horizontalHeader()
        if column >= 0 and not self.model.can_sort(column):
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            return
        chosen = self.current()
        self.model.sort(column, order)
        self._count()
        if chosen is not None:
            self.choose_silently(chosen.id)

    def _show(self, query: ListQuery | None) -> None:
        """Reset the model, keeping the place and, the first time, fitting the columns."""
        chosen = self.current()
        if query is None:
            self.model.refresh()
        else:
            self.model.show(query)
        if self.isVisible():
            self._fit_columns()
        self._count()
        if chosen is not None:
            self.choose_silently(chosen.id)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns now that there is a width to fit them to."""
        super().showEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Widths that fit the first rows, none wider than a third of the list; once."""
        if self._is_fitted or not self.model.ids:
            return
        self._is_fitted = True
        table = self.table
        table.resizeColumnsToContents()
        widest = max(table.viewport().width() // 3, 160)
        for column in range(self.model.columnCount()):
            if table.columnWidth(column) > widest:
                table.setColumnWidth(column, widest)

    def set_note(self, note: str) -> None:
        """Stand a remark beside the count."""
        self._note = note
        self._count()

    def _count(self) -> None:
        """共 128 条, 选中 3 条; and the sentence of an empty list."""
        found = len(self.model.ids)
        words = self.filter_line.text().strip()
        selected = len(self.table.selectionModel().selectedRows())
        chosen = f"，选中 {selected} 条" if selected > 1 else ""
        told = f"找到 {found} 条" if words else f"共 {found} 条"
        self.count_label.setText(told + chosen + self._note)
        self.empty_label.setText(
            f"没有找到含“{words[:20]}”的资料。按 Esc 清空查找。" if words else self._empty
        )
        self._stack.setCurrentIndex(0 if found else 1)

    def _announce(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.model.record(current.row()))
