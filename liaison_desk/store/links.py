"""Which records link to which: what a chain is followed by, and what a merger moves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from liaison_desk.store.repository import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database


class Links:
    """Follows links backwards, many at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def living(
        self, record_type: type[Record], name: str, targets: Sequence[str]
    ) -> dict[str, list[str]]:
        """The ids of the records, not removed, whose link names one of `targets`; by target."""
        found: dict[str, list[str]] = {}
        for target, record in self._pairs(record_type, name, targets, "removed_at = '' AND "):
            found.setdefault(target, []).append(record)
        return found

    def every(self, record_type: type[Record], name: str, target: str) -> list[str]:
        """The ids of the records, those in the recycle bin too, whose field names `target`."""
        return [record for _, record in self._pairs(record_type, name, [target], "")]

    def _pairs(
        self, record_type: type[Record], name: str, targets: Sequence[str], test: str
    ) -> list[tuple[str, str]]:
        rows = self._database.read(
            f"SELECT {quoted(name)} AS target, id FROM {record_type.table} WHERE {test}"
            f"{quoted(name)} IN (SELECT value FROM json_each(?)) ORDER BY rowid",
            (json.dumps(list(targets)),),
        )
        return [(row["target"], row["id"]) for row in rows]
