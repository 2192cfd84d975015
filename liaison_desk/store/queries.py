"""Questions to the file that are more than `find`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liaison_desk.domain import filters
from liaison_desk.domain.fields import Flag, Link, Moment, Number, Several
from liaison_desk.domain.minutes import DRAFT
from liaison_desk.store import search
from liaison_desk.store.repository import columns_for, order_by, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from liaison_desk.domain.fields import Field
    from liaison_desk.domain.filters import Filter
    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database

QUICK_ROWS = 5_000
"""In a table of up to this many records a list is found at once, with words or without."""
MOST_WORDS = 200
"""How many different values of a field are offered to choose from."""


@dataclass(frozen=True)
class ListQuery:
    """Which records a list shows, and in what order.

    Attributes:
        words: what was typed in the filter; a record must hold every word, itself or in a record
            that one of its `through` links names.
        order: paths to sort by (`due_on`, `person.name`); `-` in front for falling.
        equals: values that columns must have.
        through: link fields whose records are searched too.
        filters: narrowings by field, all of which must hold.
        today: the day that a filter's 本月 and the like are counted from.
    """

    words: str = ""
    order: tuple[str, ...] = ()
    equals: Mapping[str, object] = field(default_factory=dict)
    through: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    today: date | None = None


class Queries:
    """Answers from the file, for lists, the first page and numbering."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, record_type: type[Record], query: ListQuery) -> list[str]:
        """The ids of the records that a list shows, in its order."""
        columns_equal = columns_for(record_type, query.equals)
        tests = ["t.removed_at = ''", *(f"t.{quoted(name)} IS ?" for name in columns_equal)]
        values: list[object] = [*columns_equal.values()]
        for each in query.filters:
            test, of_filter = _test_of(record_type, each, query.today)
            tests.append(test)
            values += of_filter
        for word in dict.fromkeys(query.words.split()):
            links = record_type.links()
            tables = {"id": record_type.table} | {name: links[name].to for name in query.through}
            asked = {name: search.hits(word, table) for name, table in tables.items()}
            either = " OR ".join(f"t.{quoted(name)} IN ({sql})" for name, (sql, _) in asked.items())
            tests.append(f"({either})")
            values += [value for _, of_word in asked.values() for value in of_word]
        paths = query.order or record_type.order
        order = ", ".join([*(order_by(record_type, path, "t.") for path in paths), "t.rowid"])
        rows = self._database.read(
            f"SELECT t.id FROM {record_type.table} AS t WHERE {_all_of(tests)} ORDER BY {order}",
            values,
        )
        return [row["id"] for row in rows]

    def texts(
        self, record_type: type[Record], names: tuple[str, str], **equals: object
    ) -> list[tuple[str, str, str]]:
        """The id and two text fields of the records with these values, in the type's own order.

        Of 100,000 records in some 200 ms, a tenth of what `find` takes. The second field may be
        "", and reads "" then.
        """
        columns = columns_for(record_type, equals)
        tests = ["removed_at = ''", *(f"{quoted(name)} IS ?" for name in columns)]
        order = ", ".join([*(order_by(record_type, path) for path in record_type.order), "rowid"])
        first, second = (quoted(name) if name else "''" for name in names)
        rows = self._database.read(
            f"SELECT id, coalesce({first}, '') AS first, coalesce({second}, '') AS second "
            f"FROM {record_type.table} WHERE {_all_of(tests)} ORDER BY {order}",
            tuple(columns.values()),
        )
        return [tuple(row) for row in rows]

    def is_quick(self, record_type: type[Record]) -> bool:
        """Whether a list is surely found before the clerk would notice (some 10 ms).

        Records are never deleted from the file, so the last row numbers count them.
        """
        return self._last_row(record_type.table) <= QUICK_ROWS

    def words_of(self, record_type: type[Record], name: str) -> list[str]:
        """The values, not empty, that a field has in the records of a type, in Chinese order.

        There are none when there are more than one would choose from. Of a link they are ids.
        """
        column = f"+{quoted(name)}"  # read along the table: an index would jump about in it
        rows = self._database.read(
            f"SELECT DISTINCT {column} AS word FROM {record_type.table} "
            f"WHERE removed_at = '' AND {column} <> '' LIMIT ?",
            (MOST_WORDS + 1,),
        )
        words = [str(row["word"]) for row in rows] if len(rows) <= MOST_WORDS else []
        return sorted(words, key=lambda word: word.encode("gb18030", "replace"))

    def _last_row(self, table: str) -> int:
        """The number of the last row of a table."""
        return int(self._database.read(f"SELECT max(rowid) AS n FROM {table}")[0]["n"] or 0)

    def linked_ids(self, table: str, link: str) -> set[str]:
        """The ids that the records of a table, not removed, name in a link field."""
        rows = self._database.read(
            f"SELECT DISTINCT {quoted(link)} AS id FROM {table} "
            f"WHERE removed_at = '' AND {quoted(link)} IS NOT NULL"
        )
        return {row["id"] for row in rows}

    def totals(
        self, record_type: type[Record], ids: Sequence[str], names: Sequence[str]
    ) -> dict[str, int]:
        """The sums of number fields over some records, as they are kept, by field."""
        columns = ", ".join(f"total({quoted(name)}) AS {quoted(name)}" for name in names)
        rows = self._database.read(
            f"SELECT {columns} FROM {record_type.table} "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {name: int(rows[0][name]) for name in names}

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

    def has_many_changes(self, stamp: str) -> bool:
        """Whether `changed_since` would keep the clerk waiting."""
        rows = self._database.read(
            "SELECT 1 FROM deed JOIN change ON change.deed = deed.number WHERE deed.stamp > ? "
            "LIMIT 1 OFFSET ?",
            (stamp, QUICK_ROWS),
        )
        return bool(rows)

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


def _column(path: str, record_type: type[Record]) -> str:
    """The column of a listed row, or of the row that its link names."""
    name, _, rest = path.partition(".")
    if not rest:
        return f"t.{quoted(name)}"
    table = record_type.links()[name].to
    return f"(SELECT {quoted(rest)} FROM {table} WHERE id = t.{quoted(name)})"


def _test_of(
    record_type: type[Record], narrowing: Filter, today: date | None
) -> tuple[str, list[object]]:
    """One narrowing as a test of WHERE, and its values."""
    column = _column(narrowing.path, record_type)
    kind = filters.kind_of(record_type, narrowing.path)
    assert kind is not None, narrowing.path
    if narrowing.way in (filters.FILLED, filters.EMPTY):
        return _filled_test(column, kind, narrowing.way == filters.FILLED), []
    if narrowing.way == filters.IS:
        return _word_test(column, kind, narrowing.values)
    assert today is not None, "a period is asked for without a day to count from"
    first, last = narrowing.days(today)
    whole_day = "T23:59:59" if isinstance(kind, Moment) else ""
    bounds = [(">=", first, ""), ("<=", last, whole_day)]
    tests = [f"{column} {sign} ?" for sign, day, _ in bounds if day] or [f"{column} IS NOT NULL"]
    return " AND ".join(tests), [day + rest for _, day, rest in bounds if day]


def _filled_test(column: str, kind: Field, is_filled: bool) -> str:
    """Whether something has been filled in; a tick that is not set counts as empty."""
    nothing = "0" if isinstance(kind, Flag) else "NULL" if isinstance(kind, Number | Link) else "''"
    bare = f"coalesce({column}, '')" if nothing == "''" else column
    return f"{bare} {'IS NOT' if is_filled else 'IS'} {nothing}"


def _word_test(column: str, kind: Field, words: tuple[str, ...]) -> tuple[str, list[object]]:
    """Whether a field has one of some words; where it holds several, whether it is among them."""
    if isinstance(kind, Several):
        either = " OR ".join([f"instr('、' || {column} || '、', ?)"] * len(words))
        return f"({either})", [f"、{each}、" for each in words]
    values: list[object] = [*words]
    if isinstance(kind, Flag):
        values = [int(each == filters.YES) for each in words]
    return f"{column} IN ({', '.join('?' * len(values))})", values


def _all_of(tests: list[str]) -> str:
    """All tests joined; nested, as a pasted page of words is deeper than SQLite lets one nest."""
    if len(tests) <= 100:
        return " AND ".join(tests)
    middle = len(tests) // 2
    return f"({_all_of(tests[:middle])}) AND ({_all_of(tests[middle:])})"
