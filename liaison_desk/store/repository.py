"""Records in and out of the file, and the log of every change to them."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.fields import Choice, LongText, Text
from liaison_desk.domain.record import Record
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.store import search_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from liaison_desk.store.database import Database

R = TypeVar("R", bound=Record)
SYSTEM_FIELDS = ("office", "removed_at")
"""Columns that every record has beside its declared fields, and that change like them."""
WHOLE = "*"
"""The key under which a record's stamps keep that of its first save."""


@dataclass(frozen=True)
class RecordChange:
    """What happens to one record: column values before and after, and each field's stamp.

    `before` is None for a new record, whose `after` then holds every column; otherwise both hold
    the same keys, those that change. `stamps` holds a stamp for each key of `after`, or just one
    under `WHOLE`.
    """

    table: str
    record: str
    before: dict[str, Any] | None
    after: dict[str, Any]
    stamps: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether the record comes into being by it."""
        return self.before is None


@dataclass(frozen=True)
class Deed:
    """One thing the clerk did, undone or redone as a whole.

    `done_at` is local time in ISO 8601; `target` is the number of the deed that an undo or redo
    is about.
    """

    stamp: str
    done_at: str
    operator: str
    title: str
    kind: str = "do"
    target: int | None = None
    number: int = 0


class Repository:
    """Reads records freely; writes them only as changes of a deed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, record_type: type[R], record_id: str | None) -> R | None:
        """One record by its id, removed or not, or None."""
        if not record_id:
            return None
        found = self.many(record_type, [record_id])
        return found[0] if found else None

    def many(self, record_type: type[R], ids: Sequence[str]) -> list[R]:
        """The records with these ids, in this order, removed or not; unknown ids are left out."""
        rows = self._database.read(
            f"SELECT t.* FROM json_each(?) AS wanted JOIN {record_type.table} AS t "
            "ON t.id = wanted.value ORDER BY wanted.key",
            (json.dumps(list(ids)),),
        )
        return [record_of(record_type, row) for row in rows]

    def find(self, record_type: type[R], **equals: object) -> list[R]:
        """The records, not removed, whose fields equal these values, in the type's own order."""
        columns = columns_for(record_type, equals)
        tests = ["removed_at = ''", *(f"{quoted(name)} IS ?" for name in columns)]
        order = ", ".join([*(order_by(record_type, path) for path in record_type.order), "rowid"])
        rows = self._database.read(
            f"SELECT * FROM {record_type.table} WHERE {' AND '.join(tests)} ORDER BY {order}",
            tuple(columns.values()),
        )
        return [record_of(record_type, row) for row in rows]

    def stamps(self, table: str, ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """The stamps of some records, by id."""
        rows = self._database.read(
            f"SELECT id, stamps FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {row["id"]: json.loads(row["stamps"]) for row in rows}

    def begin(self, deed: Deed) -> int:
        """Open a deed in the log; call it inside a transaction.

        Returns:
            Its number, for `write`.
        """
        number = self._database.connection.execute(
            "INSERT INTO deed (stamp, done_at, operator, title, kind, target) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (deed.stamp, deed.done_at, deed.operator, deed.title, deed.kind, deed.target),
        ).lastrowid
        assert number is not None
        return number

    def write(self, number: int, changes: Sequence[RecordChange]) -> None:
        """Make changes and log them under a deed; call it inside the deed's transaction."""
        connection = self._database.connection
        for (table, is_new), group in groupby(changes, key=lambda each: (each.table, each.is_new)):
            batch = list(group)
            try:
                (_insert if is_new else _update)(connection, table, batch)
            except sqlite3.IntegrityError as error:
                raise _clash(BY_TABLE[table], error) or error from error
        connection.executemany(
            "INSERT INTO change (deed, record_table, record, before, after, stamps) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            ((number, *_logged(each)) for each in changes),
        )
        self._index(changes)

    def _index(self, changes: Sequence[RecordChange]) -> None:
        """Bring the search index in line with what changed, and with what shows its name."""
        touched: dict[str, dict[str, None]] = {}
        named: dict[str, set[str]] = {}
        for each in changes:
            touched.setdefault(each.table, {})[each.record] = None
            if each.is_new or BY_TABLE[each.table].headline in each.after:
                named.setdefault(each.table, set()).add(each.record)
        connection = self._database.connection
        for ids_of in (touched, search_index.naming(connection, named)):
            for table, ids in ids_of.items():
                search_index.index(connection, self.many(BY_TABLE[table], list(ids)))


def _clash(record_type: type[Record], error: sqlite3.IntegrityError) -> NotValid | None:
    """The sentence for a value that only one record may have; None for a bug of ours."""
    if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
        return None
    columns = re.findall(rf"\b{record_type.table}\.(\w+)", str(error))
    declared = [name for name in columns if name in record_type.fields()]
    labels = "、".join(record_type.fields()[name].label for name in declared)
    sentence = f"{record_type.title}的{labels}与另一条相同，请改一个再保存"
    return NotValid([Problem(declared[-1], sentence)]) if declared else None


def record_of(record_type: type[R], row: sqlite3.Row) -> R:
    """The record that a row of its table holds."""
    values = {name: kind.from_column(row[name]) for name, kind in record_type.fields().items()}
    return record_type(id=row["id"], office=row["office"], removed_at=row["removed_at"], **values)


def order_by(record_type: type[Record], path: str, row: str = "") -> str:
    """One term of ORDER BY: text as a Chinese list has it; a `-` in front for falling.

    Args:
        record_type: the records that are sorted.
        path: a field, or `person.name` for a field of the record that a link names.
        row: what the query calls the sorted table, with a point behind it.
    """
    way = "DESC" if path.startswith("-") else "ASC"
    name, _, rest = path.lstrip("-").partition(".")
    column = f"{row}{quoted(name)}"
    kind = record_type.fields()[name]
    if rest:
        target = BY_TABLE[record_type.links()[name].to]
        kind = target.fields()[rest]
        column = f"(SELECT {quoted(rest)} FROM {target.table} WHERE id = {column})"
    is_text = isinstance(kind, Text | LongText | Choice)
    return f"sort_key({column}) {way}" if is_text else f"{column} {way}"


def columns_of(record: Record) -> dict[str, Any]:
    """Every column of a record but its id and stamps."""
    system = {name: getattr(record, name) for name in SYSTEM_FIELDS}
    return system | {
        name: kind.to_column(getattr(record, name)) for name, kind in record.fields().items()
    }


def columns_for(record_type: type[Record], values: Mapping[str, object]) -> dict[str, Any]:
    """Some values of a record as SQLite keeps them."""
    kinds = record_type.fields()
    return {
        name: kinds[name].to_column(value) if name in kinds else value
        for name, value in values.items()
    }


def quoted(name: str) -> str:
    """A column's name as SQL; some fields are called like a keyword."""
    return f'"{name}"'


def _insert(connection: sqlite3.Connection, table: str, changes: Sequence[RecordChange]) -> None:
    """Add new rows; every one has the same columns."""
    names = list(changes[0].after)
    marks = ", ".join("?" * (len(names) + 2))
    columns = ", ".join(map(quoted, ("id", *names, "stamps")))
    connection.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",
        (
            (each.record, *(each.after[name] for name in names), json.dumps(each.stamps))
            for each in changes
        ),
    )


def _update(connection: sqlite3.Connection, table: str, changes: Sequence[RecordChange]) -> None:
    """Change some columns of rows, and the stamps of just those."""
    for each in changes:
        sets = ", ".join(f"{quoted(name)} = ?" for name in each.after)
        connection.execute(
            f"UPDATE {table} SET {sets}, stamps = json_patch(stamps, ?) WHERE id = ?",
            (*each.after.values(), json.dumps(each.stamps), each.record),
        )


def _logged(change: RecordChange) -> tuple[str | None, ...]:
    """A change as the log keeps it."""
    before = None if change.before is None else _json(change.before)
    stamps = _json(change.stamps)
    return (change.table, change.record, before, _json(change.after), stamps)


def _json(values: Mapping[str, Any]) -> str:
    """Compact JSON, Chinese as it is."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
