"""Records just as the file keeps them, removed ones too: what a packet carries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from liaison_desk.store.repository import SYSTEM_FIELDS, WHOLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database


@dataclass(frozen=True)
class StoredRecord:
    """One record as columns, with the stamp of each.

    `columns` holds `office`, `removed_at` and the declared fields as SQLite keeps them. `stamps`
    holds the stamp of the first save under `WHOLE` and those of single columns by name; an empty
    stamp means that nothing is known of the column.
    """

    table: str
    id: str
    columns: Mapping[str, Any]
    stamps: Mapping[str, str]

    def stamp_of(self, column: str) -> str:
        """When a column last changed; "" when nothing is known of it."""
        return self.stamps.get(column, self.stamps.get(WHOLE, ""))


class StoredRecords:
    """Reads whole tables and many ids at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_office(self, record_type: type[Record], office: str) -> list[StoredRecord]:
        """Every record of an office, removed or not, in the order in which they were first kept."""
        rows = self._database.read(
            f"SELECT * FROM {record_type.table} WHERE office = ? ORDER BY rowid", (office,)
        )
        return [_stored(record_type, row) for row in rows]

    def with_ids(self, record_type: type[Record], ids: Iterable[str]) -> list[StoredRecord]:
        """The records with these ids, removed or not, in no order."""
        rows = self._database.read(
            f"SELECT * FROM {record_type.table} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return [_stored(record_type, row) for row in rows]


def _stored(record_type: type[Record], row: sqlite3.Row) -> StoredRecord:
    """One row."""
    columns = {name: row[name] for name in (*SYSTEM_FIELDS, *record_type.fields())}
    return StoredRecord(record_type.table, row["id"], columns, json.loads(row["stamps"]))
