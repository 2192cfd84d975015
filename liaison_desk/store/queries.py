"""Questions to the file that are more than `find`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liaison_desk.domain.minutes import DRAFT
from liaison_desk.store import search
from liaison_desk.store.repository import columns_for, order_by, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database


@dataclass(frozen=True)
class ListQuery:
    """Which records a list shows, and in what order.

    Attributes:
        words: what was typed in the filter; a record must hold every word, itself or in a record
            that one of its `through` links names.
        order: paths to sort by (`due_on`, `person.name`); `-` in front for falling.
        equals: values that columns must have.
        through: link fields whose records are searched too.
    """

    words: str = ""
    order: tuple[str, ...] = ()
    equals: Mapping[str, object] = field(default_factory=dict)
    through: tuple[str, ...] = ()


class Queries:
    """Answers from the file, for lists, the first page and numbering."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, record_type: type[Record], query: ListQuery) -> list[str]:
        """The ids of the records that a list shows, in its order."""
        columns_equal = columns_for(record_type, query.equals)
        tests = ["t.removed_at = ''", *(f"t.{quoted(name)} IS ?" for name in columns_equal)]
        values: list[object] = [*columns_equal.values()]
        for word in dict.fromkeys(query.words.split()):
            found, of_word = search.hits(word)
            columns = ("id", *query.through)
            either = " OR ".join(f"t.{quoted(column)} IN ({found})" for column in columns)
            tests.append(f"({either})")
            values += of_word * len(columns)
        paths = query.order or record_type.order
        order = ", ".join([*(order_by(record_type, path, "t.") for path in paths), "t.rowid"])
        rows = self._database.read(
            f"SELECT t.id FROM {record_type.table} AS t WHERE {_all_of(tests)} ORDER BY {order}",
            values,
        )
        return [row["id"] for row in rows]

    def linked_ids(self, table: str, link: str) -> set[str]:
        """The ids that the records of a table, not removed, name in a link field."""
        rows = self._database.read(
            f"SELECT DISTINCT {quoted(link)} AS id FROM {table} "
            f"WHERE removed_at = '' AND {quoted(link)} IS NOT NULL"
        )
        return {row["id"] for row in rows}

    def used_numbers(self, office: str, prefix: str, year: int | None) -> list[int]:
        """The numbers of a series' minutes in a year, or in all years, rising."""
        rows = self._database.read(
            "SELECT DISTINCT number FROM minutes WHERE office = ? AND prefix = ? "
            "AND (year = ? OR ? IS NULL) AND number IS NOT NULL AND removed_at = '' "
            "ORDER BY number",
            (office, prefix, year, year),
        )
        return [row["number"] for row in rows]

    def overdue_count(self, today: date, office: str = "") -> int:
        """How many open matters, of one office or of all, are past their due date."""
        rows = self._database.read(
            "SELECT count(*) AS n FROM matter WHERE removed_at = '' AND closed_on IS NULL "
            "AND due_on < ? AND ? IN (office, '')",
            (today.isoformat(), office),
        )
        return int(rows[0]["n"])

    def changed_since(self, stamp: str) -> int:
        """How many records have changed in deeds later than a stamp.

        Minutes that have only ever been drafts do not count: they do not leave the office.
        """
        rows = self._database.read(
            "SELECT count(DISTINCT change.record) AS n FROM deed JOIN change "
            "ON change.deed = deed.number WHERE deed.stamp > ? AND change.record_table != 'packet' "
            "AND NOT EXISTS (SELECT 1 FROM minutes WHERE id = change.record AND status = ? "
            "AND json_extract(stamps, '$.status') IS NULL)",
            (stamp, DRAFT),
        )
        return int(rows[0]["n"])

    def count(self, record_type: type[Record], **equals: object) -> int:
        """How many records, not removed, have these column values."""
        columns = columns_for(record_type, equals)
        tests = ["removed_at = ''", *(f"{quoted(name)} IS ?" for name in columns)]
        rows = self._database.read(
            f"SELECT count(*) AS n FROM {record_type.table} WHERE {' AND '.join(tests)}",
            tuple(columns.values()),
        )
        return int(rows[0]["n"])


def _all_of(tests: list[str]) -> str:
    """All tests joined; nested, as a pasted page of words is deeper than SQLite lets one nest."""
    if len(tests) <= 100:
        return " AND ".join(tests)
    middle = len(tests) // 2
    return f"({_all_of(tests[:middle])}) AND ({_all_of(tests[middle:])})"
