"""The 版记 at the end of an official paper: copies, printing office and date (7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.breaking import name_ranges
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Column, Line, Span, set_line, set_paragraph
from liaison_desk.exports.pdf.letterhead import fitted_line
from liaison_desk.exports.pdf.measures import (
    IMPRINT_INNER_RULE,
    IMPRINT_INSET,
    IMPRINT_OUTER_RULE,
    LINES,
    SMALL_SIZE,
    TEXT_LEFT,
    TEXT_WIDTH,
    row_baseline,
    row_top,
)
from liaison_desk.exports.pdf.page import PlacedLine, Rule, Sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.exports.pdf.fonts import FontBook

SIZE = SMALL_SIZE.value
INSET = IMPRINT_INSET.value * SIZE
WIDTH = TEXT_WIDTH.pt - 2 * INSET
CELLS = int(WIDTH / SIZE)


@dataclass(frozen=True, slots=True)
class Imprint:
    """A 版记 as set: its lines of copies, and the line of the printing office."""

    copies: tuple[tuple[Line, ...], ...]
    office: Line | None
    date: Line | None
    is_ruled: bool = True

    @property
    def rows(self) -> int:
        """The grid rows it takes, from the last one of the page upward."""
        return sum(len(lines) for lines in self.copies) + bool(self.office or self.date)

    def put(self, sheets: Sheets, page: int) -> None:
        """Draw it on the bottom of the 版心 (7.4.1: 0.35, 0.25, 0.35 mm; the last at 262 mm).

        No rule parts 主送 from 抄送 (7.4.2); 信函 has none at all (10.1).
        """
        row = first = LINES.count - self.rows
        target = sheets.page(page)
        rules: list[Rule] = []
        above = ""
        for number, lines in enumerate(self.copies):
            if not above.startswith("主送"):
                rules.append(_rule(row, outer=row == first))
            above = lines[0].text
            sheets.note("copies", number, page, row_top(row), row_top(row + len(lines)))
            for line in lines:
                placed = PlacedLine(line, TEXT_LEFT.pt + INSET, row_baseline(row, SIZE))
                target.lines.append(placed)
                row += 1
        if self.office or self.date:
            rules.append(_rule(row, outer=row == first))
            self._put_office(sheets, page, row)
        rules.append(_rule(LINES.count, outer=True))
        if self.is_ruled:
            target.rules += rules

    def _put_office(self, sheets: Sheets, page: int, row: int) -> None:
        """Draw the office one character in from the left, the date from the right (7.4.3)."""
        baseline = row_baseline(row, SIZE)
        right = TEXT_LEFT.pt + INSET + WIDTH
        lines = sheets.page(page).lines
        if self.office:
            lines.append(PlacedLine(self.office, TEXT_LEFT.pt + INSET, baseline))
            sheets.note("printed_by", 0, page, row_top(row), row_top(row + 1))
        if self.date:
            lines.append(PlacedLine(self.date, right - self.date.right, baseline))
            sheets.note("printed_on", 0, page, row_top(row), row_top(row + 1))


def set_imprint(
    copies: Sequence[str], office: str, printed: str, fonts: FontBook, *, is_ruled: bool = True
) -> Imprint:
    """Set a 版记; "" leaves a part out.

    Args:
        copies: who gets copies, one entry each, with label and stop.
        office: the printing office.
        printed: the printing date in words, without 印发.
        fonts: the fonts.
        is_ruled: whether it has its rules.
    """
    date = set_line([Span(f"{printed}印发")], SIZE, fonts) if printed else None
    room = WIDTH - (date.right + SIZE if date else 0)
    return Imprint(
        tuple(tuple(_set_copies(line, fonts)) for line in copies),
        fitted_line(office, Role.FANG, SIZE, room, fonts) if office else None,
        date,
        is_ruled,
    )


def _set_copies(text: str, fonts: FontBook) -> list[Line]:
    """Set one line of copies, turn lines aligned after the colon."""
    column = Column(
        size=SIZE,
        pitch=WIDTH / CELLS,
        cells=CELLS,
        hanging=text.index("：") + 1,
        justify=False,
    )
    return set_paragraph([Span(text)], column, fonts, name_ranges(text))


def _rule(row: int, *, outer: bool) -> Rule:
    """Return a rule of the 版记 at the top of a grid row."""
    thickness = (IMPRINT_OUTER_RULE if outer else IMPRINT_INNER_RULE).pt
    return Rule(TEXT_LEFT.pt, row_top(row), TEXT_WIDTH.pt, thickness)
