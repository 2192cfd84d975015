"""Cells that another one speaks for: joined with it, marked 同上, or below the head of a group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import clean_line
from liaison_desk.services.importing import codes
from liaison_desk.services.importing.entries import Cell
from liaison_desk.services.importing.table_hints import shared_cells
from liaison_desk.services.importing.tables import SourceColumn
from liaison_desk.services.importing.targets import PEOPLE, ROSTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from liaison_desk.services.importing.mapping import Mapping
    from liaison_desk.services.importing.sheet import Row
    from liaison_desk.services.importing.tables import Table
    from liaison_desk.services.importing.targets import TargetField

_DITTO = re.compile(
    r"[\u3003\u2033\u201c\u201d\u02ee\u02ba\u301e\u301f\uff02\"]+|['\u2019\u2032]{2}"
    r"|[同如]上[行格]?|上同|同前|ditto"
)
"""同上 in words, and every sign that an input method offers for it."""
_LONGEST_DITTO = 10
_AROUND = re.compile(r"[\s()\uff08\uff09\u2010-\u2015\uff0d-]")
_GROUP_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）])"
)
_COUNT = re.compile(r"[（(]?(?:共|计)?\d+[人名位]?[)）]?$")
_VILLAGE = re.compile(
    r"(?!全|各|本|所有|重点|示范|试点|贫困|涉及|其他)[㐀-鿿]{2,8}(?:村|社区|村委会|居委会)"
)


@dataclass(frozen=True)
class Group:
    """What the head of a group says of every row below it.

    Attributes:
        field: what it is.
        text: 教育界, without the number before it and the headcount behind it.
        where: how the clerk finds it: 第5行的“二、教育界（3人）”.
    """

    field: TargetField
    text: str
    where: str


class SpokenFor:
    """Gives the cells of the rows of a table, from the top, with what stands for empty ones.

    Args:
        table: whose rows they are.
        mapping: which columns are wanted.

    Attributes:
        taken: the wanted columns, by their place.
        filled_in: the text of cells that another one speaks for, by row and column.
        group: the head of the group that the rows belong to, if its field has no column.
    """

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.taken = {column.position: (column, field) for column, field in mapping.taken}
        self.filled_in: dict[tuple[int, int], str] = {}
        self._shared = shared_cells(table, self.taken)
        self._joined = frozenset(number for number, _ in self._shared)
        self._above: dict[int, str] = {}
        self._beside = max((len(row.cells) for row in table.rows), default=0)
        self._said_by_heads = _said_by_heads(mapping)
        name = clean_line(table.sheet.name)
        self.group = self._group(name, f"工作表的名称“{name}”") if table.is_first else None
        for row in table.above:
            self.heads(row)

    def heads(self, row: Row) -> bool:
        """Whether a row is the head of a group, which is then that of the rows below it."""
        filled = [clean_line(cell) for cell in row.cells if cell.strip()]
        found = None
        if len(filled) == 1 and not self.continues(row):
            found = self._group(filled[0], f"第{row.number}行的“{filled[0]}”")
        self.group = found or self.group
        return found is not None

    def continues(self, row: Row) -> bool:
        """Whether cells joined with those above it make a row more than what stands in it."""
        return row.number in self._joined

    def cells(self, row: Row) -> Iterable[Cell]:
        """The filled cells of a row that are wanted, those spoken for with what they mean."""
        for at, (column, field) in self.taken.items():
            text = row.cells[at] if at < len(row.cells) else ""
            if is_ditto(text) and at in self._above:
                self.filled_in[row.number, at] = self._above[at]
                yield Cell(column, field, self._above[at], is_shared=True)
            elif text.strip():
                self._above[at] = text
                yield Cell(column, field, text)
            elif (row.number, at) in self._shared:
                text = self._shared[row.number, at]
                self._above[at] = self.filled_in[row.number, at] = text
                yield Cell(column, field, text, is_shared=True)
        if self.group is not None:
            column = SourceColumn(self._beside, self.group.field.label, 0)
            yield Cell(column, self.group.field, self.group.text, is_shared=True, is_guess=True)

    def _group(self, said: str, where: str) -> Group | None:
        """What a lone cell says of the rows below it, or None."""
        bare = _COUNT.sub("", _GROUP_NUMBER.sub("", re.sub(r"\s", "", said)))
        for field, is_one in self._said_by_heads:
            word = next((each for each in (bare, bare.removesuffix("界")) if is_one(each)), "")
            if word:
                return Group(field, word, where)
        return None


def is_ditto(text: str) -> bool:
    """Whether a cell says that it is as the one above: 同上, 〃."""
    return len(text) < _LONGEST_DITTO and bool(
        _DITTO.fullmatch(_AROUND.sub("", clean_line(text)).lower())
    )


def _said_by_heads(mapping: Mapping) -> list[tuple[TargetField, Callable[[str], bool]]]:
    """What heads of groups may say that no column does, and how each is told."""
    found = []
    has_column = {field.key for _, field in mapping.taken}
    for target, key, is_one in _HEADS:
        field = mapping.target.field(key)
        if mapping.target.key == target and key not in has_column and field is not None:
            found.append((field, is_one))
    return found


def _is_sector(text: str) -> bool:
    """Whether a word is a sector of the national table."""
    return text in codes.sectors()


def _is_village(text: str) -> bool:
    """Whether a word is the name of a village."""
    return bool(_VILLAGE.fullmatch(text))


_HEADS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (ROSTER, "membership.sector", _is_sector),
    (PEOPLE, "person.village", _is_village),
)
"""Of which table the heads of groups say which field."""
