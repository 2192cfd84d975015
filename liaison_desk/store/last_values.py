"""What was entered last: the values a field had in the newest records of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.store.repository import quoted

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database

LOOKED_AT = 2_000
"""So many of the newest rows of a table are looked at: a question stays under 5 ms."""
MOST_VALUES = 12


class LastValues:
    """Values used last, newest first, from an office's own records that are not removed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, record_type: type[Record], name: str, office: str) -> list[str]:
        """The last values, each once, of a field kept as text; of a link they are ids."""
        column, table = quoted(name), record_type.table
        rows = self._database.read(
            f"SELECT {column} AS value FROM {table} WHERE rowid > "
            f"(SELECT coalesce(max(rowid), 0) FROM {table}) - {LOOKED_AT} "
            f"AND removed_at = '' AND office = ? AND coalesce({column}, '') <> '' "
            f"GROUP BY {column} ORDER BY max(rowid) DESC LIMIT {MOST_VALUES}",
            (office,),
        )
        return [row["value"] for row in rows]

    def newest(self, record_type: type[Record], office: str) -> str | None:
        """The id of the record that was entered last, or None."""
        rows = self._database.read(
            f"SELECT id FROM {record_type.table} WHERE removed_at = '' AND office = ? "
            "ORDER BY rowid DESC LIMIT 1",
            (office,),
        )
        return str(rows[0]["id"]) if rows else None

    def texts(self, table: str, column: str) -> dict[str, str]:
        """One column of all records of a table that are not removed, by id."""
        rows = self._database.read(
            f"SELECT id, {quoted(column)} AS text FROM {table} WHERE removed_at = ''"
        )
        return {row["id"]: row["text"] or "" for row in rows}
