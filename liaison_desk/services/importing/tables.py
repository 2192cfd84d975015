"""Finding the tables in a sheet: where their headings stand, in one row or two, and their rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from liaison_desk.domain.progress import no_progress
from liaison_desk.services.importing import synonyms
from liaison_desk.services.importing.row_kinds import joined
from liaison_desk.services.importing.sheet import column_letters
from liaison_desk.services.importing.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.domain.progress import Progress
    from liaison_desk.services.importing.sheet import Row, Sheet

_STEP = 200
_SEARCHED_ROWS = 60
"""How many filled rows may stand above the first headings, titles and the like."""
_SAMPLES = 3
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class SourceColumn:
    """A column of a table as it stands in the file.

    Attributes:
        position: from 0.
        heading: its words, of both rows where there are two: 联系方式 手机; "" where there is none.
        filled: how many cells below the heading have content.
        samples: the first few of them.
    """

    position: int
    heading: str
    filled: int
    samples: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """Its name in the spreadsheet: A, B, AA."""
        return column_letters(self.position)


@dataclass(frozen=True)
class Table:
    """One table of a sheet.

    Attributes:
        sheet: where it stands.
        source: name of the file, or 粘贴的内容.
        above: the titles over the headings.
        header: the rows of the headings, none, one or two.
        columns: those with a heading or with content.
        rows: everything below the headings, up to the next table; totals and the like are still
            among them.
        others: rows of the sheet that belong to another table.
        is_certain: whether the headings were recognised; else they are a guess.
        beside: columns of the same rows that belong to another table.
    """

    sheet: Sheet
    source: str
    above: tuple[Row, ...]
    header: tuple[Row, ...]
    columns: tuple[SourceColumn, ...]
    rows: tuple[Row, ...]
    others: tuple[Row, ...] = ()
    is_certain: bool = True
    beside: tuple[SourceColumn, ...] = ()

    @property
    def title(self) -> str:
        """What stands above the headings, in one line; or the sheet's name."""
        said = " ".join(joined(row) for row in self.above)
        return said or self.sheet.name

    @property
    def caption(self) -> str:
        """What the clerk chooses it by: the sheet's name, and where it begins if not the first."""
        begins = ""
        if self.header and not self.is_first:
            begins += f"第{self.header[0].number}行"
        if self.beside and self.beside[0].position < self.columns[0].position:
            begins += f"{self.columns[0].letter}列"
        return f"{self.sheet.name}（{begins}起）" if begins else self.sheet.name

    @property
    def is_first(self) -> bool:
        """Whether no other table stands above it."""
        return not self.others or not self.header or (self.others[0].number > self.header[0].number)

    @property
    def weight(self) -> int:
        """How much it looks like a table to be imported: headings known, then rows."""
        known = sum(is_known(each.heading) for each in self.columns)
        return known * 100_000 + min(len(self.rows), 99_999) if self.rows else known

    @property
    def signature(self) -> str:
        """The headings in order, by which a mapping is known again."""
        return "|".join(synonyms.plain(each.heading) for each in self.kept_columns)

    @property
    def kept_columns(self) -> tuple[SourceColumn, ...]:
        """The columns but that of the reasons, which a workbook of bad rows has beside them."""
        return tuple(each for each in self.columns if not synonyms.is_reason(each.heading))


@cache
def _known_words() -> frozenset[str]:
    """Every heading of every target, and those of columns that are not kept."""
    words = {word for target in targets() for each in target.fields for word in each.headings}
    return frozenset(words)


@lru_cache(maxsize=10_000)
def is_known(heading: str) -> bool:
    """Whether some target knows a heading, or it is one of serial numbers."""
    if len(heading) > _LONGEST_HEADING:
        return False
    bare = synonyms.plain(heading)
    if not bare:
        return False
    if synonyms.is_serial(heading) or synonyms.is_reason(heading):
        return True
    return bare in _known_words() or synonyms.without_brackets(bare) in _known_words()


def find_tables(
    sheet: Sheet, source: str = "", progress: Progress = no_progress
) -> tuple[Table, ...]:
    """The tables of a sheet, top to bottom; at least one.

    A heading row that comes again, as at a page break, begins no new table; one with other
    headings does.
    """
    starts = list(_headers(sheet, progress))
    if not starts:
        return (_guessed(sheet, source),)
    found = []
    for at, (first, last) in enumerate(starts):
        begin = 0 if at == 0 else _title_start(sheet, starts[at - 1][1], first)
        end = (
            len(sheet.rows)
            if at + 1 == len(starts)
            else _title_start(sheet, last, starts[at + 1][0])
        )
        found.append(_table(sheet, source, begin, first, last, end))
    return tuple(found)


def with_header(table: Table, first: int, last: int) -> Table:
    """The same sheet read with headings that the clerk has pointed out.

    Args:
        table: any table of the sheet.
        first: number of the first heading row, as it stands beside the row.
        last: number of the last one; the same for headings of one row. Above the first row of
            the sheet it means that there are none.
    """
    rows = table.sheet.rows
    numbers = [row.number for row in rows]
    above = sum(number < first for number in numbers)
    below = sum(number <= last for number in numbers)
    if not below:
        return _table(table.sheet, table.source, 0, 0, -1, len(rows))
    if above == below:
        return table
    return _table(table.sheet, table.source, 0, above, below - 1, len(rows))


def _table(
    sheet: Sheet, source: str, begin: int, first: int, last: int, end: int, *, certain: bool = True
) -> Table:
    """The table whose headings are the rows `first` to `last` and whose rows end before `end`."""
    header = sheet.rows[first : last + 1]
    rows = sheet.rows[last + 1 : end]
    return Table(
        sheet,
        source,
        sheet.rows[begin:first],
        header,
        _columns(sheet, header, rows),
        rows,
        (*sheet.rows[:begin], *sheet.rows[end:]),
        certain,
    )


def _guessed(sheet: Sheet, source: str) -> Table:
    """A sheet without a heading that anyone knows: the first row as wide as those below it.

    Unless that is content already; then it has no headings.
    """
    widths = [sum(bool(cell.strip()) for cell in row.cells) for row in sheet.rows[:_SEARCHED_ROWS]]
    usual = max(widths, default=0)
    first = next((at for at, width in enumerate(widths) if width * 2 > usual), 0)
    has_none = bool(sheet.rows) and any(map(_CONTENT.fullmatch, sheet.rows[first].cells))
    last = first - 1 if has_none else first
    return _table(sheet, source, 0, first, last, len(sheet.rows), certain=False)


_CONTENT = re.compile(r"\s*(男|女|[0-9]{7,}[0-9Xx]?)\s*")
"""What no heading says: rows copied without their headings begin with a person."""


# -- headings --------------------------------------------------------------------------------


def _headers(sheet: Sheet, progress: Progress) -> Iterator[tuple[int, int]]:
    """Where the headings of each table stand: first and last row, as places in `sheet.rows`."""
    current: frozenset[str] = frozenset()
    at = 0
    while at < len(sheet.rows):
        if at % _STEP == 0:
            progress(at, len(sheet.rows))
        found = _header_at(sheet, at, is_first=not current)
        if found is None or (not current and at > _SEARCHED_ROWS):
            at += 1
            continue
        first, last = found
        words = heading_words(sheet.rows[first : last + 1])
        if _is_other(words, current):
            current = words
            yield first, last
        at = last + 1


def _header_at(sheet: Sheet, at: int, *, is_first: bool) -> tuple[int, int] | None:
    """The heading row or rows that begin at a row, or None."""
    row = sheet.rows[at]
    if not any(is_known(cell) for cell in row.cells):
        return None
    one = _is_header(row, is_first=is_first)
    if at + 1 < len(sheet.rows):
        below = sheet.rows[at + 1]
        if below.number == row.number + 1 and _is_continued(sheet, row, below):
            return at, at + 1
    return (at, at) if one else None


def _is_header(row: Row, *, is_first: bool) -> bool:
    """Whether the words of a row are headings: most of them known.

    In the middle of a sheet more is asked for: a person may well be called 备注.
    """
    filled = [cell for cell in row.cells if cell.strip()]
    known = len({synonyms.plain(cell) for cell in filled if is_known(cell)})
    if is_first and len(filled) == 1:
        return known == 1 and not synonyms.is_serial(filled[0])
    return known >= (2 if is_first else 3) and known * 5 >= len(filled) * 2


def _is_continued(sheet: Sheet, upper: Row, lower: Row) -> bool:
    """Whether two rows are the headings of one table, groups above and columns below.

    The lower row has headings and nothing else; one of them stands below a group, beside which
    the upper row is empty, or the upper row has none of its own.
    """
    if len(_written_on(upper, lower)) > 1 or len(_joined_down(sheet, upper, lower)) > 1:
        return True
    words = [cell for cell in lower.cells if cell.strip()]
    known = sum(is_known(cell) for cell in words)
    upper_known = sum(is_known(cell) for cell in upper.cells)
    has_own = any(_is_blank(lower, at) and is_known(cell) for at, cell in enumerate(upper.cells))
    filled_above = sum(bool(cell.strip()) for cell in upper.cells)
    if not words or not known or known * 2 < len(words) or not upper_known + known >= 3:
        return False
    is_grouped = any(
        merge.first == upper.number and merge.first == merge.last and merge.width > 1
        for merge in sheet.merges
        if merge.width < filled_above + len(words)
    )
    fills_gaps = any(is_known(cell) and _is_blank(upper, at) for at, cell in enumerate(lower.cells))
    return has_own and (is_grouped or fills_gaps)


def _written_on(upper: Row, lower: Row) -> list[int]:
    """Where a heading begins in one row and ends in the next: 性 over 别."""
    return [
        at
        for at, (above, below) in enumerate(zip(upper.cells, lower.cells, strict=False))
        if above.strip() and below.strip() and is_known(above + below) and not is_known(below)
    ]


def _joined_down(sheet: Sheet, upper: Row, lower: Row) -> list[int]:
    """Where a known heading is one cell over both rows."""
    return [
        merge.column
        for merge in sheet.merges
        if merge.first == upper.number
        and merge.last == lower.number
        and merge.column < len(upper.cells)
        and is_known(upper.cells[merge.column])
    ]


def _is_blank(row: Row, at: int) -> bool:
    """Whether a row has nothing in a column."""
    return at >= len(row.cells) or not row.cells[at].strip()


def heading_words(rows: Sequence[Row]) -> frozenset[str]:
    """The headings of some rows."""
    return frozenset(word for row in rows for cell in row.cells if (word := synonyms.plain(cell)))


def _is_other(words: frozenset[str], current: frozenset[str]) -> bool:
    """Whether headings are those of another table than the current one."""
    return len(words & current) * 2 < len(words)


def _title_start(sheet: Sheet, after: int, first: int) -> int:
    """Where the titles above the headings at `first` begin; they are lone cells."""
    start = first
    while start - 1 > after and sum(bool(c.strip()) for c in sheet.rows[start - 1].cells) == 1:
        start -= 1
    return start


def _columns(sheet: Sheet, header: Sequence[Row], rows: Sequence[Row]) -> tuple[SourceColumn, ...]:
    """The columns of a table."""
    width = max((len(row.cells) for row in (*header, *rows)), default=0)
    headings = _headings(sheet, header, width)
    found = []
    for position, heading in enumerate(headings):
        filled = [row.cells[position] for row in rows if not _is_blank(row, position)]
        if heading or filled:
            column = SourceColumn(position, heading, len(filled))
            found.append(replace(column, samples=tuple(map(str, filled[:_SAMPLES]))))
    return tuple(found)


def _headings(sheet: Sheet, header: Sequence[Row], width: int) -> list[str]:
    """One heading a column: the lowest, with that of its group before it where it needs one."""
    layers = [_spread(sheet, row, width, is_last=row is header[-1]) for row in header]
    found = []
    for parts in zip(*layers, strict=True) if layers else [[""]] * width:
        words = [part for part in dict.fromkeys(parts) if part]
        lowest = words[-1] if words else ""
        is_parted = len(words) > 1 and is_known("".join(words)) and not is_known(lowest)
        between = "" if is_parted else " "
        found.append(lowest if len(words) < 2 or is_known(lowest) else between.join(words))
    return found


def _spread(sheet: Sheet, row: Row, width: int, *, is_last: bool) -> list[str]:
    """The words of a heading row, each over all the columns that its cell is joined over."""
    cells = [re.sub(r"\s+", " ", cell).strip() for cell in row.cells]
    cells += [""] * (width - len(cells))
    if is_last:
        return cells
    for merge in sheet.merges:
        if merge.first == row.number and merge.first == merge.last:
            for at in range(merge.column + 1, min(merge.column + merge.width, width)):
                cells[at] = cells[merge.column]
    return cells
