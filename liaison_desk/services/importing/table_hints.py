"""What a table tells about its own cells: the year, the way months are written, joined cells."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from liaison_desk.services.importing.sheet import Figure
from liaison_desk.services.importing.values import NOTHING
from liaison_desk.services.importing.written_dates import year_in

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from liaison_desk.services.importing.tables import SourceColumn, Table
    from liaison_desk.services.importing.targets import TargetField

_LOOKED_AT = 200
_NEVER_SHARED = frozenset(
    {"person.name", "person.phone", "person.identity", "membership.card_number"}
)
"""Fields that a cell joined downwards never says for more than its first row."""


def first_year(table: Table) -> int | None:
    """The year that most of the table's own days name."""
    years = Counter(
        year
        for row in table.rows[:_LOOKED_AT]
        for cell in row.cells
        if len(cell) < 20 and (year := year_in(cell)) is not None
    )
    return years.most_common(1)[0][0] if years else None


def has_two_digit_month(
    table: Table, taken: Dictionary[int, tuple[SourceColumn, TargetField]]
) -> bool:
    """Whether months kept as numbers have two digits: 1974.03 is there, so .1 is October."""
    at = next((at for at, (_, field) in taken.items() if field.key == "person.born"), None)
    return at is not None and any(
        isinstance(row.cells[at], Figure) and re.fullmatch(r"\d{4}\.0\d", row.cells[at])
        for row in table.rows
        if at < len(row.cells)
    )


def shared_cells(
    table: Table, taken: Dictionary[int, tuple[SourceColumn, TargetField]]
) -> dict[tuple[int, int], str]:
    """The text of cells joined downwards, for every row and column that they cover."""
    rows = {row.number: row for row in table.rows}
    found: dict[tuple[int, int], str] = {}
    for merge in table.sheet.merges:
        first = rows.get(merge.first)
        wanted = taken.get(merge.column)
        if first is None or wanted is None or wanted[1].key in _NEVER_SHARED:
            continue
        text = first.cells[merge.column] if merge.column < len(first.cells) else ""
        if text.strip() and text not in NOTHING:
            covered = (each for each in rows if merge.first < each <= merge.last)
            found |= {(number, merge.column): text for number in covered}
    return found
