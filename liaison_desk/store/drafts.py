"""What is typed in a form that has not been saved yet; it survives a crash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liaison_desk.store.database import Database


@dataclass(frozen=True)
class Draft:
    """An open form's answers: texts as typed, by field name.

    `record` is the id of the record being edited, or "" for a new one; `saved_at` is local time
    in ISO 8601.
    """

    table: str
    record: str
    answers: dict[str, Any]
    saved_at: str


class Drafts:
    """Drafts by what they are drafts of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, draft: Draft) -> None:
        """Keep the newest state of an open form."""
        with self._database.transaction() as connection:
            # Escaped JSON holds half a character too, as an input method may leave one behind.
            connection.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)",
                (
                    draft.table,
                    draft.record,
                    json.dumps(draft.answers),
                    draft.saved_at,
                ),
            )

    def drop(self, table: str, record: str) -> None:
        """Forget a draft: its form was saved or given up."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM draft WHERE record_table = ? AND record = ?", (table, record)
            )

    def all(self) -> list[Draft]:
        """Every draft, newest first."""
        rows = self._database.read("SELECT * FROM draft ORDER BY saved_at DESC")
        return [
            Draft(row["record_table"], row["record"], json.loads(row["answers"]), row["saved_at"])
            for row in rows
        ]
