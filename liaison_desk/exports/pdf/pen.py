"""Where the next part of a form goes: a place on a page that moves down and on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.measures import EM_ASCENT
from liaison_desk.exports.pdf.page import PlacedLine

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.grid import Line
    from liaison_desk.exports.pdf.page import Page, Sheets
    from liaison_desk.exports.pdf.sheet import Sheet

CLOSE = 0.01  # pt


class Pen:
    """A page and the height on it, pt, down to which it is full."""

    def __init__(self, sheets: Sheets, page: int, sheet: Sheet) -> None:
        self.sheets = sheets
        self.number = page
        self.sheet = sheet
        self.y = sheet.top
        sheets.use(sheet)
        sheets.page(page)

    @property
    def page(self) -> Page:
        """The page that is written on."""
        return self.sheets.page(self.number)

    @property
    def room(self) -> float:
        """What is free down to the bottom of the 版心."""
        return self.sheet.bottom - self.y

    @property
    def is_at_top(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y <= self.sheet.top + CLOSE

    def turn(self) -> None:
        """Go on at the top of the next page."""
        self.number += 1
        self.y = self.sheet.top
        self.sheets.page(self.number)

    def need(self, height: float) -> None:
        """Turn the page unless `height` is free on this one."""
        if height > self.room + CLOSE and not self.is_at_top:
            self.turn()

    def skip(self, height: float) -> None:
        """Leave a gap, but none at the top of a page."""
        if not self.is_at_top:
            self.y += height

    def write(self, line: Line, x: float, leading: float, size: float) -> None:
        """Write a line of type of `size` in the middle of `leading`, and move under it."""
        self.page.lines.append(PlacedLine(line, x, baseline(self.y, leading, size)))
        self.y += leading


def baseline(top: float, leading: float, size: float) -> float:
    """Return the baseline of type of `size` in a line of height `leading` at `top`."""
    return top + (leading - size) / 2 + size * EM_ASCENT
