"""The search index against the records: making it anew, and what differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.store import errors, search_index
from liaison_desk.store.called import called
from liaison_desk.store.repository import record_of
from liaison_desk.store.search import base_of, tokens_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database
    from liaison_desk.store.search_index import Entry

_BATCH = 500
"""How many records are in memory at a time."""


def rebuild(connection: sqlite3.Connection, progress: Progress = no_progress) -> None:
    """Make the whole index anew; call it inside a transaction.

    Raises:
        Cancelled: `progress` raised it.
    """
    done, total = 0, sum(_count(connection, each) for each in RECORD_TYPES)
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    connection.execute("DELETE FROM search_text")
    connection.execute("DELETE FROM search_record")
    for record_type in RECORD_TYPES:
        for batch in _living(connection, record_type):
            progress(done, total)
            search_index.add(connection, record_type.table, _wanted(connection, batch))
            done += len(batch)


def faults(database: Database) -> Iterator[str]:
    """Where the index is not what the records say, in sentences.

    Raises:
        StoreError: the file is damaged.
        ValueError: a record cannot be read.
    """
    with errors.told_while_reading(database.path):
        for record_type in RECORD_TYPES:
            yield from _of_type(database, record_type)
        own = " UNION ALL ".join(f"SELECT id FROM {each.table}" for each in RECORD_TYPES)
        for _ in database.read(f"SELECT 1 FROM search_record WHERE record NOT IN ({own})"):
            yield "查找索引有一条没有资料的"
        yield from _tokens(database)


def _of_type(database: Database, record_type: type[Record]) -> Iterator[str]:
    """Records of a type whose entry is missing, wrong, or among those of another type."""
    base = base_of(record_type.table)
    indexed = {
        row["record"]: (row["number"], row["head"], row["body"])
        for row in database.read(
            "SELECT record, number, head, body FROM search_record JOIN search_text "
            f"USING (number) WHERE record IN (SELECT id FROM {record_type.table})"
        )
    }
    for batch in _living(database.connection, record_type):
        wanted = _wanted(database.connection, batch)
        for record in batch:
            number, *texts = indexed.pop(record.id, (0, "", ""))
            if number <= base or tuple(texts) != wanted[record.id]:
                yield f"{called(database, record)}与查找索引不一致"
    for _ in indexed:
        yield f"查找索引还有已删除的{record_type.title}"


def _count(connection: sqlite3.Connection, record_type: type[Record]) -> int:
    """How many records of a type are not removed."""
    found = connection.execute(f"SELECT count(*) FROM {record_type.table} WHERE removed_at = ''")
    return int(found.fetchone()[0])


def _living(connection: sqlite3.Connection, record_type: type[Record]) -> Iterator[list[Record]]:
    """The records of a type that are not removed, some at a time."""
    rows = connection.execute(
        f"SELECT * FROM {record_type.table} WHERE removed_at = '' ORDER BY rowid"
    )
    while batch := rows.fetchmany(_BATCH):
        yield [record_of(record_type, row) for row in batch]


def _wanted(connection: sqlite3.Connection, records: list[Record]) -> dict[str, Entry]:
    """What should be in the index of some records."""
    names = search_index.names_for(connection, records)
    return {each.id: search_index.entry_of(each, names) for each in records}


def _tokens(database: Database) -> Iterator[str]:
    """An index whose characters are not those of the texts it was made of."""
    often: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    count = 0
    for row in database.connection.execute("SELECT head, body FROM search_text"):
        tokens = [each for text in row for each in tokens_of(text).split()]
        often.update(tokens)
        texts.update(set(tokens))
        count += 1
    indexed = database.read("SELECT count(*) AS n FROM search_index")[0]["n"]
    if indexed != count:
        yield f"查找索引有{indexed}条，应有{count}条"
    database.read("DROP TABLE IF EXISTS temp.search_term")
    database.read(
        "CREATE VIRTUAL TABLE temp.search_term USING fts5vocab('main', 'search_index', 'row')"
    )
    found = {
        row["term"]: (row["cnt"], row["doc"])
        for row in database.read("SELECT term, cnt, doc FROM temp.search_term")
    }
    wrong = sum(
        found.get(term, (0, 0)) != (often[term], texts[term]) for term in often | found.keys()
    )
    if wrong:
        yield f"查找索引有{wrong}个字与资料不一致"
