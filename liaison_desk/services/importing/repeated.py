"""Headings and titles that come again among the rows of a table, as at a page break."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.services.importing.row_kinds import joined
from liaison_desk.services.importing.tables import heading_words

if TYPE_CHECKING:
    from liaison_desk.services.importing.sheet import Row
    from liaison_desk.services.importing.tables import Table


class Repeated:
    """Knows the headings and titles of a table when they come again among its rows.

    Args:
        table: whose rows are asked about.
    """

    def __init__(self, table: Table) -> None:
        self._headings = heading_words(table.header)
        self._written = {_compact(cell) for row in table.header for cell in row.cells} - {""}
        self._titles = {_without_page(row) for row in table.above} - {""}
        self._widest = max((_filled(row) for row in table.above), default=0)

    def reason(self, row: Row) -> str:
        """Why a row is a heading or title again, as at a page break; "" when it is none."""
        if self._is_header(row):
            return "重复的表头"
        is_title = _filled(row) <= self._widest and _without_page(row) in self._titles
        return "重复的标题" if is_title else ""

    def _is_header(self, row: Row) -> bool:
        """Whether a row has the headings again."""
        if self._written.isdisjoint(map(_compact, row.cells)):
            return False  # so it is with nearly all, and the next look is dear
        words = heading_words([row])
        return len(words) > 1 and len(words & self._headings) * 5 >= len(words) * 4


def _compact(cell: str) -> str:
    """A cell without spaces."""
    return "".join(cell.split())


def _filled(row: Row) -> int:
    """How many cells of a row have something in them."""
    return sum(map(bool, map(str.strip, row.cells)))


def _without_page(row: Row) -> str:
    """The words of a row without the number of a page."""
    return re.sub(r"[\s\d第页共/]", "", joined(row))
