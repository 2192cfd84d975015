"""What lies in the recycle bin: nothing is ever deleted from the file, only marked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from liaison_desk.store.log import deed_of
from liaison_desk.store.repository import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database
    from liaison_desk.store.repository import Deed


class RemovedRecords:
    """Finds removed records, and the deeds that removed them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, record_types: Sequence[type[Record]], office: str) -> dict[str, list[str]]:
        """The ids of an office's removed records, by table."""
        rows = self._database.read(
            " UNION ALL ".join(
                f"SELECT '{each.table}' AS record_table, id FROM {each.table} "
                "WHERE removed_at <> '' AND office = ?1"
                for each in record_types
            ),
            (office,),
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["record_table"], []).append(row["id"])
        return found

    def deeds(self, ids: Iterable[str]) -> dict[str, Deed]:
        """By record, the last deed that removed it."""
        rows = self._database.read(
            "SELECT change.record AS gone, deed.* FROM change JOIN deed "
            "ON deed.number = change.deed WHERE change.record IN (SELECT value FROM json_each(?)) "
            "AND json_extract(change.after, '$.removed_at') <> '' ORDER BY deed.number",
            (json.dumps(list(ids)),),
        )
        return {row["gone"]: deed_of(row) for row in rows}

    def parts(self, record_type: type[Record], whole: str) -> list[str]:
        """The ids of removed records of a type that are parts of another."""
        rows = self._database.read(
            f"SELECT id FROM {record_type.table} WHERE {quoted(record_type.parent)} = ? "
            "AND removed_at <> '' ORDER BY rowid",
            (whole,),
        )
        return [row["id"] for row in rows]
