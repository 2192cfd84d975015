"""The log of deeds: what can be undone, and the history of a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from liaison_desk.store.repository import Deed, RecordChange

if TYPE_CHECKING:
    import sqlite3

    from liaison_desk.store.database import Database

UNDO_DEPTH = 100
"""How many deeds back the clerk can undo."""
_DONE = "+kind = 'do'"
"""A deed that is no 撤销 or 重做; the log is read from its end, not sorted by way of an index."""


class Log:
    """Reads the log; `Repository.write` adds to it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_stamp(self) -> str:
        """The highest stamp of any deed, or "" before the first."""
        return str(self._database.read("SELECT max(stamp) AS s FROM deed")[0]["s"] or "")

    def undoable(self) -> Deed | None:
        """The deed that 撤销 would take back, if it is among the last hundred.

        Setting up the desk is none of them: nothing can be done at a desk without its office.
        Nor is one that changed no record, such as printing with full telephone numbers.
        """
        rows = self._database.read(
            f"SELECT * FROM (SELECT * FROM deed WHERE {_DONE} ORDER BY number DESC LIMIT ?) "
            "AS d WHERE is_undone = 0 AND EXISTS (SELECT 1 FROM change WHERE deed = number) "
            "AND number NOT IN (SELECT deed FROM change WHERE "
            "before IS NULL AND record = (SELECT value FROM setting WHERE name = 'office')) "
            "ORDER BY number DESC LIMIT 1",
            (UNDO_DEPTH,),
        )
        return deed_of(rows[0]) if rows else None

    def redoable(self) -> Deed | None:
        """The deed that 重做 would do again: the first one undone since the last new deed."""
        rows = self._database.read(
            "SELECT * FROM deed WHERE is_undone = 1 AND number IN "
            "(SELECT target FROM deed WHERE +kind = 'undo' AND number > coalesce("
            f"(SELECT number FROM deed WHERE {_DONE} ORDER BY number DESC LIMIT 1), 0)) "
            "ORDER BY number LIMIT 1"
        )
        return deed_of(rows[0]) if rows else None

    def size(self, number: int) -> int:
        """How many records a deed changed."""
        rows = self._database.read("SELECT count(*) AS n FROM change WHERE deed = ?", (number,))
        return int(rows[0]["n"])

    def changes(self, number: int) -> list[RecordChange]:
        """What a deed changed, in order."""
        rows = self._database.read("SELECT * FROM change WHERE deed = ? ORDER BY rowid", (number,))
        return [change_of(row) for row in rows]

    def stamps_before(self, number: int) -> dict[str, dict[str, str]]:
        """The stamps that the records a deed touched had before it, by id; none for new ones."""
        rows = self._database.read(
            "SELECT record, stamps FROM change WHERE deed < ? AND record IN "
            "(SELECT record FROM change WHERE deed = ?) ORDER BY rowid",
            (number, number),
        )
        found: dict[str, dict[str, str]] = {}
        for row in rows:
            found.setdefault(row["record"], {}).update(json.loads(row["stamps"]))
        return found

    def mark(self, number: int, *, is_undone: bool) -> None:
        """Note that a deed is undone, or done again; call it inside a transaction."""
        self._database.connection.execute(
            "UPDATE deed SET is_undone = ? WHERE number = ?", (int(is_undone), number)
        )

    def history(self, record_id: str) -> list[tuple[Deed, RecordChange]]:
        """Every change to a record, newest first."""
        rows = self._database.read(
            "SELECT deed.*, change.* FROM change JOIN deed ON deed.number = change.deed "
            "WHERE change.record = ? ORDER BY deed.number DESC, change.rowid DESC",
            (record_id,),
        )
        return [(deed_of(row), change_of(row)) for row in rows]

    def deeds(self, limit: int = 200) -> list[Deed]:
        """The newest deeds of the whole office, newest first."""
        rows = self._database.read("SELECT * FROM deed ORDER BY number DESC LIMIT ?", (limit,))
        return [deed_of(row) for row in rows]


def deed_of(row: sqlite3.Row) -> Deed:
    """A row of the deed table."""
    names = ("stamp", "done_at", "operator", "title", "kind", "target", "number")
    return Deed(**{name: row[name] for name in names})


def change_of(row: sqlite3.Row) -> RecordChange:
    """A row of the change table."""
    return RecordChange(
        table=row["record_table"],
        record=row["record"],
        before=None if row["before"] is None else json.loads(row["before"]),
        after=json.loads(row["after"]),
        stamps=json.loads(row["stamps"]),
    )
