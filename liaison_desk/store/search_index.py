"""The search index: what is in it of each record, and keeping it in the record's transaction.

A record is found by its own words and by the names of the records it links to, so its host finds
a meeting. It is not found by the name of the record it is a part of: that would bring up every
place at the table with the meeting.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from liaison_desk.domain.fields import Flag, Link, Month, PersonName
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.store.pinyin import spellings
from liaison_desk.store.search import SPAN, SPOKEN, base_of, folded, tokens_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from liaison_desk.domain.fields import Field
    from liaison_desk.domain.record import Record

Names = dict[tuple[str, str], str]
"""What linked records are called, with how it sounds, by table and id."""


class Entry(NamedTuple):
    """What the index holds of a record: what it is called, and all its other words."""

    head: str
    body: str


def index(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Bring the index in line with records of one type; call it inside their transaction."""
    living = [each for each in records if not each.removed_at]
    names = names_for(connection, living)
    wanted = {each.id: entry_of(each, names) for each in living}
    old = _entries(connection, [each.id for each in records])
    gone = [(number, *entry) for key, (number, entry) in old.items() if wanted.get(key) != entry]
    new = {key: entry for key, entry in wanted.items() if key not in old or old[key][1] != entry}
    _take_out(connection, gone)
    if new:
        add(connection, records[0].table, new)


def add(connection: sqlite3.Connection, table: str, entries: Mapping[str, Entry]) -> None:
    """Put records of a table into the index that are not in it."""
    base = base_of(table)
    [last] = connection.execute(
        "SELECT max(number) FROM search_record WHERE number BETWEEN ? AND ?",
        (base, base + (1 << SPAN) - 1),
    ).fetchone()
    numbered = list(enumerate(entries.items(), (last or base) + 1))
    connection.executemany(
        "INSERT INTO search_record (number, record) VALUES (?, ?)",
        ((number, key) for number, (key, _) in numbered),
    )
    connection.executemany(
        "INSERT INTO search_text (number, head, body) VALUES (?, ?, ?)",
        ((number, *entry) for number, (_, entry) in numbered),
    )
    connection.executemany(
        "INSERT INTO search_index (rowid, head, body) VALUES (?, ?, ?)",
        ((number, *map(tokens_of, entry)) for number, (_, entry) in numbered),
    )


def entry_of(record: Record, names: Names) -> Entry:
    """What is to be found of a record.

    Args:
        record: a record.
        names: what the records it links to are called, from `names_for`.
    """
    head: list[str] = []
    body: list[str] = list(record.also_called())
    for name, kind in _told(record.table).items():
        value = getattr(record, name)
        if value is None or value == "":
            continue
        if isinstance(kind, Link):
            words = names.get((kind.to, value), "")
        else:
            words = _with_sound(kind, value)
        (head if name == record.headline else body).append(words)
    return Entry(_joined(head), _joined(body))


def names_for(connection: sqlite3.Connection, records: Iterable[Record]) -> Names:
    """What the records are called that some records link to."""
    wanted: dict[str, set[str]] = {}
    for record in records:
        for name, kind in _told(record.table).items():
            value = getattr(record, name)
            if value and isinstance(kind, Link):
                wanted.setdefault(kind.to, set()).add(value)
    names: Names = {}
    for table, ids in wanted.items():
        names |= {(table, key): words for key, words in _names(connection, table, ids).items()}
    return names


def naming(
    connection: sqlite3.Connection, named: Mapping[str, Iterable[str]]
) -> dict[str, set[str]]:
    """The ids, by table, of records that are found by the names of some others."""
    found: dict[str, set[str]] = {}
    waiting = [(table, set(ids)) for table, ids in named.items()]
    while waiting:
        table, ids = waiting.pop()
        values = (json.dumps(list(ids)),)
        for record_type, name in _linking(table):
            rows = connection.execute(
                f'SELECT id FROM {record_type.table} WHERE "{name}" IN '
                "(SELECT value FROM json_each(?))",
                values,
            )
            new = {row[0] for row in rows} - found.setdefault(record_type.table, set())
            found[record_type.table] |= new
            if new and name == record_type.headline:  # it is called what the other is called
                waiting.append((record_type.table, new))
    return {table: ids for table, ids in found.items() if ids}


@cache
def _told(table: str) -> Mapping[str, Field]:
    """The fields by whose words a record of a table is found."""
    record_type = BY_TABLE[table]
    return {
        name: kind
        for name, kind in record_type.fields().items()
        if name == record_type.headline
        or (kind.searched and name != record_type.parent and not isinstance(kind, Flag))
    }


@cache
def _linking(table: str) -> tuple[tuple[type[Record], str], ...]:
    """The link fields by whose records' names others are found, for one table."""
    return tuple(
        (each, name)
        for each in RECORD_TYPES
        for name, kind in _told(each.table).items()
        if isinstance(kind, Link) and kind.to == table
    )


def words_of(kind: Field, value: object) -> str:
    """A value as the clerk reads it, and as she may type it as well."""
    shown = kind.format(value)
    if not shown:
        return ""
    if isinstance(value, date):
        return f"{shown} {value.year}年{value.month}月{value.day}日"
    if isinstance(kind, Month) and shown[:4].isdigit() and shown[5:].isdigit():
        return f"{shown} {shown[:4]}年{int(shown[5:])}月"
    return shown


def _with_sound(kind: Field, value: object) -> str:
    """The words of a value, and how they sound if they are a person's name."""
    words = words_of(kind, value)
    if not words or not isinstance(kind, PersonName):
        return words
    return " ".join([words, *(SPOKEN + each for each in sorted(spellings(words)))])


def _joined(words: Iterable[str]) -> str:
    """The words of several fields as one folded text."""
    return folded("\n".join(filter(None, words)))


def _names(connection: sqlite3.Connection, table: str, ids: Iterable[str]) -> dict[str, str]:
    """What records of a table are called; a link to a link is followed."""
    record_type = BY_TABLE[table]
    kind = record_type.fields()[record_type.headline]
    rows = connection.execute(
        f'SELECT id, "{record_type.headline}" FROM {table} WHERE id IN '
        "(SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    if isinstance(kind, Link):
        further = _names(connection, kind.to, {row[1] for row in rows if row[1]})
        return {row[0]: further.get(row[1], "") for row in rows}
    return {row[0]: _with_sound(kind, kind.from_column(row[1])) for row in rows}


def _entries(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, tuple[int, Entry]]:
    """The numbers and contents of entries, by record."""
    rows = connection.execute(
        "SELECT record, number, head, body FROM json_each(?) AS wanted "
        "JOIN search_record ON record = wanted.value JOIN search_text USING (number)",
        (json.dumps(list(ids)),),
    )
    return {row[0]: (row[1], Entry(row[2], row[3])) for row in rows}


def _take_out(connection: sqlite3.Connection, entries: Sequence[tuple[int, str, str]]) -> None:
    """Take entries out; a contentless index wants their old tokens back."""
    connection.executemany(
        "INSERT INTO search_index (search_index, rowid, head, body) VALUES ('delete', ?, ?, ?)",
        ((number, tokens_of(head), tokens_of(body)) for number, head, body in entries),
    )
    numbers = [(number,) for number, _head, _body in entries]
    connection.executemany("DELETE FROM search_text WHERE number = ?", numbers)
    connection.executemany("DELETE FROM search_record WHERE number = ?", numbers)
