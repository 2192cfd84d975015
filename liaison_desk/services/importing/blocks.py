"""Lists that go on beside themselves: 序号 姓名 电话, and to the right 序号 姓名 电话 again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from liaison_desk.services.importing import synonyms
from liaison_desk.services.importing.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.importing.tables import SourceColumn, Table

_TELLING = 2
"""How many headings, 序号 apart, must come again for a block to be one."""


def blocks(table: Table) -> tuple[Table, ...]:
    """The tables that a table consists of, from the left; most often itself alone."""
    starts = _starts(table.columns)
    if len(starts) < 2:
        return (table,)
    ends = [*starts[1:], len(table.columns)]
    return tuple(_block(table, start, end) for start, end in zip(starts, ends, strict=True))


def _starts(columns: Sequence[SourceColumn]) -> list[int]:
    """Where the headings of the first columns begin again, and nothing else comes with them."""
    words = [synonyms.plain(each.heading) for each in columns]
    first = next((at for at, word in enumerate(words) if word and not synonyms.is_serial(word)), 0)
    again = [at - first for at in range(first + 1, len(words)) if words[at] == words[first]]
    starts = [0, *(at for at in again if at > first and words[at : at + first] == words[:first])]
    ends = [*starts[1:], len(words)]
    kinds = [{*words[at:end]} - {""} for at, end in zip(starts, ends, strict=True)]
    return starts if all(each <= kinds[0] and _tells(each) for each in kinds) else [0]


def _tells(words: set[str]) -> bool:
    """Whether headings say what a list is of."""
    return sum(not synonyms.is_serial(word) for word in words) >= _TELLING


def _block(table: Table, start: int, end: int) -> Table:
    """The columns from one place to before another, with nothing of the others in its rows."""
    own = table.columns[start:end]
    others = (*table.columns[:start], *table.columns[end:])
    left, right = own[0].position, table.columns[end - 1].position + 1
    rows = [_only(row, left, right) for row in table.rows]
    return replace(
        table,
        header=tuple(_only(row, left, right) for row in table.header),
        columns=own,
        rows=tuple(row for row in rows if any(cell.strip() for cell in row.cells)),
        beside=others,
    )


def _only(row: Row, left: int, right: int) -> Row:
    """A row with nothing outside some columns."""
    cells = (cell if left <= at < right else "" for at, cell in enumerate(row.cells))
    return Row(row.number, tuple(cells))
