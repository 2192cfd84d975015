"""The rows of a list: ids first, the records as they come into view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from liaison_desk.domain.fields import Link
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.store.queries import ListQuery
from liaison_desk.ui.asker import Asker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.domain.filters import Filter
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.headed_model import Index

BLOCK = 200
"""How many records are read at a time."""
MOST_BLOCKS = 50
"""How many blocks are kept; those read first go first."""


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
    """The records of one type that a query finds.

    Short lists are found at once; for long ones the file is asked on another thread, and the old
    rows stand until the new ones are there.
    """

    answered = Signal()
    """The rows are those of `query`."""

    def __init__(
        self, desk: Desk, record_type: type[Record], columns: Sequence[Column] = ()
    ) -> None:
        super().__init__()
        self._desk = desk
        self.record_type = record_type
        self.columns = tuple(columns) or listed_columns(record_type)
        self.ids: list[str] = []
        self.query = ListQuery()
        self._rows: dict[str, int] = {}
        self._blocks: dict[int, list[Record]] = {}
        self._linked: dict[str, Record | None] = {}
        self._captions: dict[str, str] = {}
        self._asker = Asker(desk.database, self)
        self._asker.answered.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether the rows are still those of an earlier query."""
        return self._asker.is_busy

    def show(self, query: ListQuery) -> None:
        """Show what a query finds now; `answered` follows."""
        self.query = query = replace(query, today=self._desk.today)
        record_type = self.record_type

        def find() -> tuple[list[str], dict[str, int]]:
            ids = self._desk.list_ids(record_type, query)
            return ids, dict(zip(ids, range(len(ids)), strict=True))

        self._asker.ask(find, at_once=self._desk.queries.is_quick(record_type))

    def refresh(self) -> None:
        """Ask the same again."""
        self.show(self.query)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def record(self, row: int) -> Record:
        """The record of a row."""
        block, place = divmod(row, BLOCK)
        if block not in self._blocks:
            self._read(block)
        return self._blocks[block][place]

    def row_of(self, record_id: str) -> int:
        """The row of a record, or -1."""
        return self._rows.get(record_id, -1)

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
                return self._caption(linked)
            record, link_name = linked, rest
            kind = record.fields()[rest]
        shown = kind.format(getattr(record, link_name)).replace("\n", " ")
        return kind.veiled(shown)

    def can_sort(self, column: int) -> bool:
        """Whether the file can put the records in the order of a column."""
        return 0 <= column < len(self.columns) and bool(self.columns[column].path)

    def order_path(self, column: int) -> str:
        """What the file sorts a column by: of a link what its record is called; "" for none."""
        path = self.columns[column].path if self.can_sort(column) else ""
        link = self.record_type.links().get(path)
        return path if link is None else f"{path}.{BY_TABLE[link.to].headline}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, in the file."""
        path = self.order_path(column)
        sign = "-" if order == Qt.SortOrder.DescendingOrder else ""
        self.show(replace(self.query, order=(sign + path,) if path else ()))

    def search(self, words: str) -> None:
        """Show only what holds these words, in the same order."""
        self.show(replace(self.query, words=words))

    def narrow(self, filters: tuple[Filter, ...]) -> None:
        """Show only what these filters let through, in the same order."""
        self.show(replace(self.query, filters=filters))

    def _take(self, answer: tuple[list[str], dict[str, int]]) -> None:
        """The new rows are here."""
        self.beginResetModel()
        self.ids, self._rows = answer
        self._blocks.clear()
        self._linked.clear()
        self._captions.clear()
        self.endResetModel()
        self.answered.emit()

    def _read(self, block: int) -> None:
        """Read a block of records, and at once what they link to in the columns."""
        while len(self._blocks) >= MOST_BLOCKS:
            self._blocks.pop(next(iter(self._blocks)))
        ids = self.ids[block * BLOCK : (block + 1) * BLOCK]
        records = self._blocks[block] = list(self._desk.many(self.record_type, ids))
        names = {column.path.partition(".")[0] for column in self.columns if not column.compute}
        for name, kind in self.record_type.links().items():
            wanted = {getattr(each, name) for each in records} - self._linked.keys() - {None}
            if name in names and wanted:
                found = self._desk.many(BY_TABLE[kind.to], list(wanted))
                self._linked.update((each.id, each) for each in found)

    def _follow(self, table: str, record_id: str | None) -> Record | None:
        """A linked record, read once for as long as the list stands."""
        if not record_id:
            return None
        if record_id not in self._linked:
            self._linked[record_id] = self._desk.get(BY_TABLE[table], record_id)
        return self._linked[record_id]

    def _caption(self, linked: Record) -> str:
        """What a linked record is called, looked up once for as long as the list stands."""
        if linked.id not in self._captions:
            self._captions[linked.id] = self._desk.caption(linked.table, linked.id)
        return self._captions[linked.id]
