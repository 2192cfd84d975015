"""Where rows come from: a file with all its sheets, or what was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.progress import no_progress
from liaison_desk.services.importing import reader, text_table
from liaison_desk.services.importing.blocks import blocks
from liaison_desk.services.importing.tables import find_tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from liaison_desk.domain.progress import Progress
    from liaison_desk.services.importing.sheet import Sheet
    from liaison_desk.services.importing.tables import Table

PASTED = "粘贴的内容"


@dataclass(frozen=True)
class Source:
    """What the clerk has chosen, read in full.

    Attributes:
        name: of the file, or 粘贴的内容.
        tables: every table of every sheet, in order, of hidden sheets too.
        notes: sentences about the file: macros that were not run, sheets too large to read.
    """

    name: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet with something in it, in order; hidden ones have `is_hidden`."""
        return tuple({each.sheet.name: each.sheet for each in self.tables}.values())

    @property
    def likely(self) -> Table:
        """The table that looks most like one to be imported; visible sheets come first."""
        found = [table for table in self.tables if not table.sheet.is_hidden] or self.tables
        return max(found, key=lambda table: table.weight)


def open_source(path: Path, progress: Progress = no_progress) -> Source:
    """Read every sheet of a file; the first bytes decide what it is, never its name.

    Args:
        path: .xlsx, .xlsm, .xls, .ods, or columns of text in UTF-8, UTF-16 or GB 18030.
        progress: called with (0, 0) while the file is looked through, then with rows.

    Raises:
        SourceUnreadable: it is missing, locked, damaged, encrypted or no table; in a sentence.
        SheetTooLarge: all of it is beyond what is read.
        Cancelled: raised by `progress`.
    """
    book = reader.read_book(path, progress)
    found = [each for sheet in book.sheets for each in find_tables(sheet, path.name, progress)]
    return Source(path.name, _parted(found), book.notes)


def paste_source(text: str) -> Source:
    """Read what was copied from WPS, Excel or a web page: columns divided by tabs.

    Raises:
        SourceUnreadable: it is empty, or no table.
        SheetTooLarge: it has more than 100,000 rows.
    """
    return Source(PASTED, _parted(find_tables(text_table.read_pasted(text, PASTED), PASTED)))


def _parted(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables, those beside each other apart."""
    return tuple(each for table in tables for each in blocks(table))
