"""One row of a table on its way into records: its cells by field, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.fields import Amount, Link, WrongText, clean_line
from liaison_desk.services.importing.import_plan import LeftOut
from liaison_desk.services.importing.sheet import place
from liaison_desk.services.importing.values import in_unit_of, is_nothing, read_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.importing.sheet import Row
    from liaison_desk.services.importing.tables import SourceColumn
    from liaison_desk.services.importing.targets import TargetField
    from liaison_desk.services.importing.values import Reading


@dataclass(frozen=True)
class Cell:
    """A filled cell of an entry.

    Attributes:
        column: where it stands.
        field: what it goes into.
        text: as it stands there.
        is_shared: whether it stands in a row above, joined or marked 同上.
        is_guess: whether the head of a group or the sheet's name says it; what is known stays.
    """

    column: SourceColumn
    field: TargetField
    text: str
    is_shared: bool = False
    is_guess: bool = False


@dataclass
class Entry:
    """A row, read.

    Attributes:
        row: of the source.
        cells: those that are imported, in the order of the source.
        values: what they say, by field key; links are still text.
        remarks: what goes into 备注 because it fits nowhere else.
        notes: what the clerk should look at.
        problems: cells that are not imported, each with its reason.
    """

    row: Row
    cells: tuple[Cell, ...]
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[LeftOut] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The row's number."""
        return self.row.number

    def text(self, key: str) -> str:
        """A value that is text, or ""."""
        return str(self.values.get(key) or "")

    def of_table(self, table: str, names: Iterable[str]) -> dict[str, Any]:
        """The values for the fields of one table."""
        keys = {f"{table}.{name}": name for name in names}
        return {keys[key]: value for key, value in self.values.items() if key in keys}

    def without_guesses(self, values: dict[str, Any], record: Record) -> dict[str, Any]:
        """The values for a record that is known, without guesses at what it says already."""
        guessed = {cell.field.key for cell in self.cells if cell.is_guess}
        kept = dict(values)
        for name in values:
            if f"{record.table}.{name}" in guessed and getattr(record, name):
                del kept[name]
                self.notes.append(f"资料里的{record.fields()[name].label}没有改动")
        return kept

    def refuse(self, key: str, reason: str) -> None:
        """List the cells of a field as not imported."""
        self.values.pop(key, None)
        for cell in self.cells:
            if cell.field.key == key:
                self.list_cell(cell, reason)

    def list_cell(self, cell: Cell, reason: str) -> None:
        """List one cell as not imported."""
        where = place(self.number, cell.column.position)
        personal = cell.field.kind.personal
        listed = LeftOut(self.number, clean_line(cell.text), reason, where, is_personal=personal)
        if listed not in self.problems:
            self.problems.append(listed)


def read_entry(row: Row, cells: tuple[Cell, ...], reading: Reading) -> Entry:
    """Read the cells of a row; what cannot be read is listed among its problems.

    Links stay text: who or what is meant is found out later.
    """
    entry = Entry(row, cells)
    for cell in cells:
        key = cell.field.key
        if is_nothing(cell.text) and not cell.field.required:
            continue
        if isinstance(cell.field.kind, Link):
            entry.values[key] = _one_a_line(cell.text)
            continue
        try:
            text = cell.text
            if isinstance(cell.field.kind, Amount):
                text = in_unit_of(cell.column.heading, text)
            found = read_value(cell.field, text, reading)
        except WrongText as error:
            entry.list_cell(cell, str(error))
            continue
        if found.spill:
            entry.remarks.append(found.spill)
        entry.notes += found.notes
        if not cell.field.kind.is_empty(found.value):
            entry.values[key] = _together(entry.values.get(key), found.value, cell)
    return entry


def _one_a_line(text: str) -> str:
    """What links name, one below the other as it stands in the cell."""
    return "\n".join(filter(None, map(clean_line, re.split(r"[\r\n]+", text))))


def _together(before: Any, value: Any, cell: Cell) -> Any:  # noqa: ANN401
    """A second column of one field goes below the first; an odd heading is written out."""
    if cell.field.takes_several and cell.column.heading not in _PLAIN_REMARKS:
        value = f"{cell.column.heading}：{value}" if cell.column.heading else value
    return f"{before}\n{value}" if before and cell.field.takes_several else value


_PLAIN_REMARKS = frozenset({"", "备注", "备考", "说明", "备 注"})
