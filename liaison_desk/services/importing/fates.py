"""What became of every cell of a sheet: taken, or listed with the reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import clean_line
from liaison_desk.services.importing.import_plan import CellFate, Fate, LeftOut
from liaison_desk.services.importing.row_kinds import joined
from liaison_desk.services.importing.sheet import place
from liaison_desk.services.importing.values import is_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.services.importing.entries import Entry
    from liaison_desk.services.importing.mapping import Mapping
    from liaison_desk.services.importing.sheet import Lost, Row
    from liaison_desk.services.importing.tables import Table

HEADER = "表头"
_BESIDE = "属于旁边的另一个表，请单独导入"


class Fates:
    """Notes what becomes of the rows and cells of a table while they are read.

    Args:
        table: of which every filled cell is accounted for in the end.
        mapping: which columns are wanted.
    """

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self._table = table
        self._mapping = mapping
        self._cells: dict[tuple[int, int], tuple[Fate, str]] = {}
        self._told: set[str] = set()
        self._lost: dict[int, list[Lost]] = {}
        for lost in table.sheet.lost:
            self._lost.setdefault(lost.row, []).append(lost)
        self.left_out: list[LeftOut] = []
        self.problems: list[LeftOut] = []

    def leave_out(self, rows: Iterable[Row], reason: str) -> None:
        """List rows that are no records."""
        for row in rows:
            if reason != HEADER:
                self.left_out.append(LeftOut(row.number, joined(row), reason))
            self._list(row, reason)

    def keep(self, entry: Entry) -> None:
        """Note the cells of a row that is imported."""
        self.problems += entry.problems
        listed = {each.place: each.reason for each in entry.problems}
        for cell in entry.cells:
            where = place(entry.number, cell.column.position)
            fate = Fate.TAKEN, cell.field.label
            if where in listed:
                fate = Fate.LISTED, listed[where]
            elif is_nothing(cell.text) and not cell.field.required:
                fate = Fate.LISTED, f"写的是“{clean_line(cell.text)}”，没有内容"
            self._cells[entry.number, cell.column.position] = fate

    def list_row(self, entry: Entry, reason: str) -> None:
        """List a whole row, and its cells with it."""
        is_personal = any(cell.field.kind.personal for cell in entry.cells)
        self.problems.append(
            LeftOut(entry.number, joined(entry.row), reason, is_personal=is_personal)
        )
        self._list(entry.row, reason)

    def with_lost(self, reason: str, number: int, letters: Iterable[str]) -> str:
        """A reason, with that of cells in these columns whose value the file does not hold."""
        for lost in self._lost.get(number, ()):
            if lost.place.rstrip("0123456789") in letters:
                reason = f"{reason}：{lost.place}{lost.reason}"
                self._told.add(lost.place)
        return reason

    def list_lost(self) -> None:
        """List the cells whose value the file does not hold, unless nobody wanted it."""
        wanted = {column.letter for column, _ in self._mapping.taken}
        left_out = {each.row for each in self.left_out}
        numbers = {row.number for row in self._table.rows} - left_out
        for lost in self._table.sheet.lost:
            is_wanted = lost.row in numbers and lost.place.rstrip("0123456789") in wanted
            if is_wanted and lost.place not in self._told:
                self.problems.append(LeftOut(lost.row, "", lost.reason, lost.place))

    def columns_left_out(self) -> Iterable[LeftOut]:
        """The columns that are not imported and hold something, each once.

        One without a heading is told by what stands in it: remarks in the margin.
        """
        first = self._table.header[0].number if self._table.header else 1
        for each in self._mapping.columns:
            if each.field or not each.column.filled:
                continue
            samples = "；".join(map(clean_line, each.column.samples))
            text = each.column.heading or f"（没有标题）{samples}"
            told = f"{each.why}（{each.column.filled}格）"
            is_personal = not each.column.heading and bool(re.search(r"\d{7}", samples))
            yield LeftOut(first, text, told, f"{each.column.letter}列", is_personal=is_personal)
        for column in self._table.beside:
            if column.filled:
                yield LeftOut(first, column.heading, _BESIDE, f"{column.letter}列")

    def all_cells(self) -> Iterable[CellFate]:
        """Every filled cell of the sheet and what becomes of it."""
        whys = {each.column.position: str(each.why) for each in self._mapping.columns}
        whys |= {each.position: _BESIDE for each in self._table.beside}
        for row in self._table.sheet.rows:
            for at, text in enumerate(row.cells):
                if text.strip():
                    fate, told = self._cells.get(
                        (row.number, at), (Fate.LISTED, whys.get(at, "没有标题"))
                    )
                    yield CellFate(place(row.number, at), str(text), fate, told)
        for lost in self._table.sheet.lost:
            yield CellFate(lost.place, "", Fate.LISTED, lost.reason)

    def _list(self, row: Row, reason: str) -> None:
        """Note that no filled cell of a row is imported."""
        for at, text in enumerate(row.cells):
            if text.strip():
                self._cells[row.number, at] = (Fate.LISTED, reason)
