"""One sheet of a workbook as text cells, whatever kind of file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_uppercase

MAX_ROWS = 100_000
MAX_COLUMNS = 256
MAX_AREA = 5_000_000
"""The most cells between the first and the last filled one; a reader holds them all."""


class Figure(str):
    """The text of a cell that holds a number: 1974.1 may stand for 1974.10 there."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """A row with something in it; `number` is the one the clerk sees beside it, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Merge:
    """Cells joined into one; the first holds the text. Rows count from 1, columns from 0."""

    column: int
    first: int
    last: int
    width: int = 1


@dataclass(frozen=True)
class Lost:
    """A cell whose value the file does not hold; `place` is like C5."""

    place: str
    reason: str

    @property
    def row(self) -> int:
        """The number of its row."""
        return int(self.place.lstrip(ascii_uppercase))


@dataclass(frozen=True)
class Extent:
    """How far the filled cells of a sheet reach (from 1; 0 when empty), what is lost or hidden."""

    last_row: int = 0
    last_column: int = 0
    lost: tuple[Lost, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def is_too_large(self) -> bool:
        """Whether the sheet is beyond what is read."""
        return (
            self.last_row > MAX_ROWS
            or self.last_column > MAX_COLUMNS
            or self.last_row * self.last_column > MAX_AREA
        )


@dataclass(frozen=True)
class Sheet:
    """The filled rows of one sheet.

    Attributes:
        name: the sheet's name.
        rows: every row that is not blank; columns count from 0.
        merges: cells joined downwards.
        lost: cells whose value is not in the file.
        is_hidden: whether the workbook hides it.
        hidden_rows: numbers of the rows that it hides, as a filter does.
        hidden_columns: places of the columns that it hides, from 0.
    """

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    lost: tuple[Lost, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def cell_text(value: object) -> str:
    """A cell's value as the clerk would type it: 13800000001, 1974-03-12.

    Numbers become `Figure`; one without a fraction has no decimal point and no exponent.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return Figure(_plain_number(value))
    if isinstance(value, datetime):
        has_time = (value.hour, value.minute, value.second) != (0, 0, 0)
        return f"{value:%Y-%m-%d %H:%M}" if has_time else f"{value:%Y-%m-%d}"
    return value.isoformat() if isinstance(value, date) else str(value)


def place(row: int, column: int) -> str:
    """A cell's place as a spreadsheet names it; `row` counts from 1, `column` from 0."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """A column's name as a spreadsheet has it: 0 is A, 26 is AA."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = ascii_uppercase[digit] + letters
    return letters


def _plain_number(value: float) -> str:
    """A number without an exponent where that is exact; a broken one stays recognisable."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)
