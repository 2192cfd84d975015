"""Making a row of a filled form high enough: not every program does so by itself on opening."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.cell_range import CellRange

from liaison_desk.exports.fill_in_rows import merges_of
from liaison_desk.exports.office_dom import child, children, elements, text_of
from liaison_desk.exports.workbook_parts import column_of, look_of, row_of

if TYPE_CHECKING:
    from xml.dom.minidom import Element

    from liaison_desk.exports.sheet_styles import Styles
    from liaison_desk.exports.workbook_parts import Sheet

_DEFAULT_HEIGHT, _DEFAULT_WIDTH, _DEFAULT_SIZE = 15.0, 8.43, 11.0
_LEADING = 1.35  # of the size of the type, what a line takes
_TALLEST = 409.0  # pt, Excel's own limit


class Room:
    """The room that the cells of a sheet have.

    Args:
        sheet: as it stands now, its rows in place.
        styles: of its workbook.
    """

    def __init__(self, sheet: Sheet, styles: Styles) -> None:
        self._styles = styles
        self._rows = {int(each.getAttribute("r")): each for each in sheet.rows}
        self._columns = [
            (int(c.getAttribute("min")), int(c.getAttribute("max")), float(c.getAttribute("width")))
            for c in elements(sheet.root, "col")
            if c.hasAttribute("width")
        ]
        self._merges = {(each.min_row, each.min_col): each for each in merges_of(sheet)}
        settings = child(sheet.root, "sheetFormatPr")
        self._height = _setting(settings, "defaultRowHeight", _DEFAULT_HEIGHT)
        self._width = _setting(settings, "defaultColWidth", _DEFAULT_WIDTH)

    def fits(self, cell: Element, text: str) -> bool:
        """Whether a text fits in one line: a day that does not is shown as ####."""
        return digits(text) + 1 <= self._width_for(cell)

    def make(self, row: Element) -> None:
        """Make a row at least as high as its texts need at the widths of their cells."""
        for cell in children(row, "c"):
            text = "".join(map(text_of, elements(cell, "t")))
            if text and self._styles.wraps(look_of(cell)):
                self._raise(cell, text)

    def _raise(self, cell: Element, text: str) -> None:
        """Let the last row of a cell take what its text lacks."""
        size = self._styles.size(look_of(cell))
        needed = _lines(text, self._width_for(cell)) * size * _LEADING
        area = self._area(cell)
        rows = [self._rows.get(each) for each in range(area.min_row, area.max_row + 1)]
        lacking = needed - sum(_setting(each, "ht", self._height) for each in rows)
        last = rows[-1]
        if lacking > 0 and last is not None:
            height = min(_setting(last, "ht", self._height) + lacking, _TALLEST)
            last.setAttribute("ht", f"{height:.2f}")
            if last.hasAttribute("customHeight") or area.size["columns"] > 1:
                last.setAttribute("customHeight", "1")  # no program fits merged cells by itself

    def _width_for(self, cell: Element) -> float:
        """The width of a cell in characters of its own type."""
        area = self._area(cell)
        width = sum(map(self._column, range(area.min_col, area.max_col + 1)))
        return width * _DEFAULT_SIZE / self._styles.size(look_of(cell))

    def _area(self, cell: Element) -> CellRange:
        place = row_of(cell), column_index_from_string(column_of(cell))
        return self._merges.get(place) or CellRange(cell.getAttribute("r"))

    def _column(self, number: int) -> float:
        widths = (width for first, last, width in self._columns if first <= number <= last)
        return next(widths, self._width)


def _setting(node: Element | None, name: str, usual: float) -> float:
    return float(node.getAttribute(name) or usual) if node is not None else usual


def _lines(text: str, width: float) -> int:
    """The lines a text takes in a width of so many digits; a Chinese character counts two."""
    room = max(int(width) - 1, 2)
    return sum(max(1, math.ceil(digits(line) / room)) for line in text.split("\n"))


def digits(line: str) -> int:
    """How wide a line is, in digits."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in line)
