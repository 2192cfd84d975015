"""The rows of a list: ids first, the records as they come into view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from liaison_desk.domain.fields import Link
from liaison_desk.domain.names import mask
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.store.queries import ListQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

Index = QModelIndex | QPersistentModelIndex
BLOCK = 200
"""How many records are read at a time."""


@dataclass(frozen=True)
class Column:
    """One column of a list.

    Attributes:
        label: its head.
        path: the field, `name`, or a linked record's field, `person.name`.
        compute: how to work the text out instead of reading `path`; such a column sorts by `path`.
        colour: the colour of the text, given the text.
    """

    label: str
    path: str = ""
    compute: Callable[[Any], str] | None = None
    colour: Callable[[str], str] | None = None


def listed_columns(record_type: type[Record]) -> tuple[Column, ...]:
    """The columns a type declares for its list."""
    return tuple(
        Column(kind.label, name) for name, kind in record_type.fields().items() if kind.listed
    )


class RecordTableModel(QAbstractTableModel):
    """The records of one type that a query finds."""

    def __init__(
        self, desk: Desk, record_type: type[Record], columns: Sequence[Column] = ()
    ) -> None:
        super().__init__()
        self._desk = desk
        self.record_type = record_type
        self.columns = tuple(columns) or listed_columns(record_type)
        self.ids: list[str] = []
        self.query = ListQuery()
        self._blocks: dict[int, list[Record]] = {}
        self._linked: dict[str, Record | None] = {}

    def show(self, query: ListQuery) -> None:
        """Show what a query finds now."""
        self.beginResetModel()
        self.query = query
        self.ids = self._desk.list_ids(self.record_type, query)
        self._blocks.clear()
        self._linked.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Ask the same again."""
        self.show(self.query)

    def record(self, row: int) -> Record:
        """The record of a row."""
        block, place = divmod(row, BLOCK)
        if block not in self._blocks:
            ids = self.ids[block * BLOCK : (block + 1) * BLOCK]
            self._blocks[block] = list(self._desk.many(self.record_type, ids))
        return self._blocks[block][place]

    def row_of(self, record_id: str) -> int:
        """The row of a record, or -1."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """How many records there are."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads, and row numbers at the left."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].label
        return str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, its colour and its tip."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(self.record(index.row()), column)
        if role == Qt.ItemDataRole.ForegroundRole and column.colour:
            return QColor(column.colour(self.text(self.record(index.row()), column)))
        return None

    def text(self, record: Record, column: Column) -> str:
        """One cell as the clerk reads it; personal numbers are masked."""
        if column.compute is not None:
            return column.compute(record)
        link_name, _, rest = column.path.partition(".")
        kind = record.fields()[link_name]
        if isinstance(kind, Link):
            linked = self._follow(kind.to, getattr(record, link_name))
            if linked is None:
                return ""
            if not rest:
                return self._desk.caption(kind.to, linked.id)
            record, link_name = linked, rest
            kind = record.fields()[rest]
        shown = kind.format(getattr(record, link_name)).replace("\n", " ")
        return mask(shown) if kind.personal and shown else shown

    def can_sort(self, column: int) -> bool:
        """Whether the file can put the records in the order of a column."""
        return 0 <= column < len(self.columns) and bool(self.columns[column].path)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, in the file."""
        path = self.columns[column].path if self.can_sort(column) else ""
        link = self.record_type.links().get(path)
        if link is not None:
            path = f"{path}.{BY_TABLE[link.to].headline}"
        sign = "-" if order == Qt.SortOrder.DescendingOrder else ""
        query = self.query
        order_by = (sign + path,) if path else ()
        self.show(ListQuery(query.words, order_by, query.equals, query.through))

    def search(self, words: str) -> None:
        """Show only what holds these words, in the same order."""
        query = self.query
        self.show(ListQuery(words, query.order, query.equals, query.through))

    def _follow(self, table: str, record_id: str | None) -> Record | None:
        """A linked record, read once for as long as the list stands."""
        if not record_id:
            return None
        if record_id not in self._linked:
            self._linked[record_id] = self._desk.get(BY_TABLE[table], record_id)
        return self._linked[record_id]
