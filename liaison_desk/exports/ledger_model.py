"""A ledger to be written as a sheet: its columns, their kinds and totals, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROW_LIMIT = 1_048_576
"""The rows of a sheet, its title and totals among them."""


class LedgerNotWritten(DeskError):
    """The workbook could not be written; there is no half one under its name."""


class Kind(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    CODE = "code"
    """Telephone, identity, card and official numbers: text, and text after editing too."""
    DATE = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"
    NUMBER = "General"
    LIGHT = "light"
    """正常, 临期, 超期 or 办结, coloured by its word."""


class Total(Enum):
    """What the last row says of a column."""

    NONE = ""
    COUNT = "COUNTA"
    SUM = "SUM"


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    Attributes:
        label: its head.
        kind: what its cells are.
        total: what stands in the last row.
        unit: follows the total, e.g. 人.
        is_centred: whether text stands in the middle; what is no text always does.
    """

    label: str
    kind: Kind = Kind.TEXT
    total: Total = Total.NONE
    unit: str = ""
    is_centred: bool = False


@dataclass(frozen=True)
class Ledger:
    """A table to be written.

    Attributes:
        title: the first line, and the sheet's name.
        columns: from left to right.
        rows: one value for each column; read once, and only while writing. A value is text, a
            whole or broken number, a date, a datetime of local time, or None for an empty cell.
        subtitle: the line below the title.
        has_totals: whether a row 合计 ends it.
        sheet: the sheet's name where it is not the title, such as 2026.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[object]]
    subtitle: str = ""
    has_totals: bool = True
    sheet: str = ""
