"""The list of the office's deeds, filtered, and what they did to some records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.registry import children_of
from liaison_desk.store.log import change_of, deed_of
from liaison_desk.store.repository import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database
    from liaison_desk.store.repository import Deed, RecordChange

MANY = 20_000
"""So many deeds are listed in some 20 ms."""
# A word is looked for in the texts a change left, not among ids, hashes and names of columns.
_IN_A_CHANGE = (
    "EXISTS (SELECT 1 FROM change AS c, json_each(c.after) AS v WHERE c.deed = d.number "
    "AND c.after LIKE ? ESCAPE '\\' AND v.type = 'text' AND v.value LIKE ? ESCAPE '\\' "
    "AND NOT (length(v.value) IN (36, 64) AND v.value NOT GLOB '*[^0-9a-f-]*'))"
)


@dataclass(frozen=True)
class DeedQuery:
    """Which deeds a list shows; what is empty limits nothing.

    Attributes:
        words: words that the deed's title or the texts it left hold, all of them.
        tables: it touched a record of one of these.
        operator: who did it.
        first: on this day or later.
        last: on this day or before.
    """

    words: str = ""
    tables: tuple[str, ...] = ()
    operator: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class ListedDeed:
    """A deed with what a list shows of it: how many records of each table it touched."""

    deed: Deed
    is_undone: bool
    touched: dict[str, int]


class Deeds:
    """Reads deeds as lists and histories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def numbers(self, query: DeedQuery) -> list[int]:
        """The numbers of the deeds a query finds, newest first."""
        tests, values = _tests(query)
        where = f"WHERE {' AND '.join(tests)} " if tests else ""
        # As one text: a hundred thousand rows, one by one, take three times as long.
        rows = self._database.read(
            "SELECT json_group_array(number) AS found FROM "
            f"(SELECT number FROM deed AS d {where}ORDER BY number DESC)",
            values,
        )
        return list(json.loads(rows[0]["found"]))

    def has_many(self) -> bool:
        """Whether looking them through takes longer than the window may wait."""
        return bool(self._database.read("SELECT 1 FROM deed WHERE number > ? LIMIT 1", (MANY,)))

    def listed(self, numbers: Sequence[int]) -> list[ListedDeed]:
        """Some deeds, in this order."""
        wanted = json.dumps(list(numbers))
        touched: dict[int, dict[str, int]] = {}
        for row in self._database.read(
            "SELECT deed, record_table, count(*) AS n FROM change "
            "WHERE deed IN (SELECT value FROM json_each(?)) "
            "GROUP BY deed, record_table ORDER BY min(rowid)",
            (wanted,),
        ):
            touched.setdefault(row["deed"], {})[row["record_table"]] = row["n"]
        rows = self._database.read(
            "SELECT d.* FROM json_each(?) AS w JOIN deed AS d ON d.number = w.value ORDER BY w.key",
            (wanted,),
        )
        return [
            ListedDeed(deed_of(row), bool(row["is_undone"]), touched.get(row["number"], {}))
            for row in rows
        ]

    def operators(self) -> list[str]:
        """Everyone who has done anything, who did most first."""
        rows = self._database.read(
            "SELECT operator FROM deed WHERE operator <> '' "
            "GROUP BY operator ORDER BY count(*) DESC"
        )
        return [row["operator"] for row in rows]

    def changes(self, number: int, limit: int) -> list[RecordChange]:
        """The first changes of a deed, in order."""
        rows = self._database.read(
            "SELECT * FROM change WHERE deed = ? ORDER BY rowid LIMIT ?", (number, limit)
        )
        return [change_of(row) for row in rows]

    def history(self, ids: Sequence[str]) -> list[tuple[Deed, RecordChange]]:
        """Every change to some records, newest first; within a deed in its order."""
        rows = self._database.read(
            "SELECT deed.*, change.* FROM change JOIN deed ON deed.number = change.deed "
            "WHERE change.record IN (SELECT value FROM json_each(?)) "
            "ORDER BY deed.number DESC, change.rowid",
            (json.dumps(list(ids)),),
        )
        return [(deed_of(row), change_of(row)) for row in rows]

    def tables(self, ids: Sequence[str]) -> dict[str, str]:
        """The table of each record that anything ever happened to."""
        rows = self._database.read(
            "SELECT DISTINCT record, record_table FROM change "
            "WHERE record IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {row["record"]: row["record_table"] for row in rows}

    def part_ids(
        self, record_type: type[Record], record_id: str, *, without: frozenset[str] = frozenset()
    ) -> list[tuple[str, str]]:
        """Tables and ids of a record's parts and of their parts, removed ones too.

        Args:
            record_type: the record's type.
            record_id: its id.
            without: tables whose records count as records of their own.
        """
        found: list[tuple[str, str]] = []
        for child in children_of(record_type):
            if child.table in without:
                continue
            rows = self._database.read(
                f"SELECT id FROM {child.table} WHERE {quoted(child.parent)} = ? ORDER BY rowid",
                (record_id,),
            )
            for row in rows:
                found += [
                    (child.table, row["id"]),
                    *self.part_ids(child, row["id"], without=without),
                ]
        return found

    def attachment_ids(self, ids: Sequence[str]) -> list[str]:
        """The ids of the files kept with some records, removed ones too."""
        rows = self._database.read(
            f"SELECT id FROM {Attachment.table} WHERE owner IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return [row["id"] for row in rows]


def _tests(query: DeedQuery) -> tuple[list[str], list[object]]:
    """The conditions of a query, and the values in them."""
    tests: list[str] = []
    values: list[object] = []
    if query.operator:
        tests.append("operator = ?")
        values.append(query.operator)
    if query.first:
        tests.append("done_at >= ?")
        values.append(query.first.isoformat())
    if query.last:
        tests.append("done_at < ?")
        values.append((query.last + timedelta(days=1)).isoformat())
    if query.tables:
        tests.append(
            "EXISTS (SELECT 1 FROM change WHERE deed = d.number "
            "AND record_table IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(query.tables))
    for word in query.words.split():
        tests.append(f"(title LIKE ? ESCAPE '\\' OR {_IN_A_CHANGE})")
        written = json.dumps(word, ensure_ascii=False)[1:-1]
        values += [_like(word), _like(written), _like(word)]
    return tests, values


def _like(word: str) -> str:
    """A pattern that finds a word anywhere."""
    return "%" + "".join(f"\\{each}" if each in "\\%_" else each for each in word) + "%"
