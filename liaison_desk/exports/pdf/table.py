"""Ruled tables that break over pages: heads come again, long cells go on, borders are closed.

Each row is looked at once for every page it stands on, so a table of any length takes time in
proportion to its length.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align
from liaison_desk.exports.pdf.cell_places import cell_places
from liaison_desk.exports.pdf.measures import FORM_INNER_RULE, FORM_OUTER_RULE, POINTS_PER_MM
from liaison_desk.exports.pdf.page import PlacedLine, Rule
from liaison_desk.exports.pdf.pen import CLOSE, Pen, baseline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from liaison_desk.exports.content import Cell, Grid
    from liaison_desk.exports.pdf.cell_places import CellPlace
    from liaison_desk.exports.pdf.cell_text import CellSetter, CellText
    from liaison_desk.exports.pdf.grid import Line


MOST_HEAD = 1 / 3  # of a page; a higher head does not come again
LONG_ROW = 0.4  # of a page: a higher row is parted where the page ends
SHORT_BAND = 1 / 3  # of a page: lower rows that a cell ties together stay together
SMALL = 4  # rows of a table without head that stays together if it is low
LEAST_LINES = 4  # of a row that is parted stand on its first page


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell in its place: its serial number in the form, its edges, its last row, its words."""

    cell: Cell
    serial: int
    left: float
    right: float
    last_row: int
    text: CellText


@dataclass(slots=True)
class _Open:
    """A slot that has begun: where it begins on this page, and what it has still to say."""

    slot: Slot
    top: float
    rest: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Joins:
    """Whether a table hangs on another above and below it, sharing a thin rule."""

    above: bool = False
    below: bool = False


class Table:
    """One grid of a form, laid out by `put`."""

    def __init__(self, grid: Grid, pen: Pen, setter: CellSetter, first_serial: int) -> None:
        self._grid = grid
        self._pen = pen
        self._setter = setter
        self._edges = _edges(grid, pen)
        self._rows = list(self._slots(first_serial))
        self._head = self._count_head()
        self._least = [self._least_height(number) for number in range(len(grid.rows))]
        self._head_heights = self._tied_heights(self._head)
        self._open: list[_Open] = []
        self._ruling = _Ruling(pen, self._edges)

    def put(self, *, keep_after: float = 0.0, joins: Joins | None = None) -> None:
        """Draw the table from the pen's place on.

        Args:
            keep_after: pt that must stay free under the last row for what follows it.
            joins: whether it hangs on the grids above and below it.
        """
        joined = joins or Joins()
        pen = self._pen
        if not self._rows:
            return
        if max(self._opening_height(), self._whole_height(keep_after)) > pen.room + CLOSE:
            pen.need(pen.sheet.text_height)
        self._ruling.begin(is_thin=joined.above and not pen.is_at_top)
        for number in range(len(self._rows)):
            self._put_row(number, keep_after if number == len(self._rows) - 1 else 0.0)
        self._ruling.end(is_thin=joined.below)

    # -- measuring -------------------------------------------------------------------------------

    def _slots(self, first_serial: int) -> Iterator[list[Slot]]:
        """Yield the cells of each row in their columns, with their words set."""
        for places in cell_places(self._grid):
            yield [self._slot(place, first_serial) for place in places]

    def _slot(self, place: CellPlace, first_serial: int) -> Slot:
        left, right = self._edges[place.first], self._edges[place.end]
        text = self._setter.set(place.cell, right - left)
        serial = first_serial + place.number
        return Slot(place.cell, serial, left, right, place.last_row, text)

    def _count_head(self) -> int:
        """Return how many rows come again: a cell that covers more than the head takes them in."""
        head = min(self._grid.head, len(self._rows))
        number = 0
        while number < head:
            head = max(head, *(slot.last_row + 1 for slot in self._rows[number]), 0)
            number += 1
        return head

    def _least_height(self, number: int) -> float:
        """Return the height of a row, cells that go on below it left out."""
        texts = (
            self._setter.height(len(slot.text.lines))
            for slot in self._rows[number]
            if slot.last_row == number
        )
        return max(
            self._grid.rows[number].height * POINTS_PER_MM, self._setter.height(1), *texts, 0
        )

    def _tied_heights(self, count: int) -> list[float]:
        """Return the heights of the first rows, with room for cells that cover several of them."""
        heights = self._least[:count]
        for number in range(count):
            for slot in self._rows[number]:
                there = sum(heights[number : slot.last_row + 1])
                missing = self._setter.height(len(slot.text.lines)) - there
                heights[slot.last_row] += max(0.0, missing)
        return heights

    def _opening_height(self) -> float:
        """Return what must be free for the table to begin here: its head and a row."""
        head = sum(self._head_heights)
        first = self._least[self._head : self._head + 1]
        few = self._setter.height(LEAST_LINES)
        return head + min(first[0], few) if first else head

    def _whole_height(self, keep_after: float) -> float:
        """Return the height of a small table, which is not parted where the page ends, else 0."""
        height = sum(self._tied_heights(len(self._rows))) + keep_after
        is_small = len(self._rows) <= SMALL and self._head == 0
        return height if is_small and height <= self._pen.sheet.text_height * SHORT_BAND else 0.0

    def _band_height(self, number: int) -> float:
        """Return the height of the rows that cells beginning in row `number` tie together."""
        last = max((slot.last_row for slot in self._rows[number]), default=number)
        return sum(self._least[number : last + 1])

    # -- flowing ---------------------------------------------------------------------------------

    def _put_row(self, number: int, keep_after: float) -> None:
        """Put one row, over as many pages as it takes."""
        pen = self._pen
        if self._must_move(number, keep_after):
            self._break_page(number)
        height = self._grid.rows[number].height * POINTS_PER_MM
        self._open += [_Open(slot, pen.y, slot.text.lines) for slot in self._rows[number]]
        while (needed := self._needed(number, height)) > pen.room + CLOSE:
            end = self._parting(needed)
            height = max(0.0, height - (end - pen.y))
            pen.y = end
            self._break_page(number)
        pen.y += needed
        for each in self._open:
            if each.slot.last_row == number:
                self._draw(each, pen.y, is_last=True)
        self._open = [each for each in self._open if each.slot.last_row > number]

    def _must_move(self, number: int, keep_after: float) -> bool:
        """Tell whether a row begins on the next page rather than here."""
        if self._is_at_top(number):
            return False
        page, room = self._pen.sheet.text_height, self._pen.room - keep_after
        needed = max(self._least[number], self._needed(number, 0.0))
        if needed <= room + CLOSE:
            band = self._band_height(number)
            return room + CLOSE < band <= page * SHORT_BAND
        is_long = self._least[number] > page * LONG_ROW
        return not is_long or room < self._setter.height(LEAST_LINES)

    def _is_at_top(self, number: int) -> bool:
        """Tell whether only the head stands above a row on this page."""
        return number < self._head or self._pen.y <= self._ruling.top + self._head_height()

    def _head_height(self) -> float:
        head = sum(self._head_heights)
        return head + CLOSE if head <= self._pen.sheet.text_height * MOST_HEAD else CLOSE

    def _needed(self, number: int, height: float) -> float:
        """Return what a row needs from here on, at least `height`."""
        needed = height
        for each in self._open:
            if each.slot.last_row == number:
                above = self._pen.y - each.top
                needed = max(needed, self._setter.height(len(each.rest)) - above)
        for slot in self._rows[number] if not self._open else ():
            if slot.last_row == number:
                needed = max(needed, self._setter.height(len(slot.text.lines)))
        return needed

    def _parting(self, needed: float) -> float:
        """Return the height on this page where a row is parted: after a line that fits."""
        pen = self._pen
        lines = self._setter.lines_in(min(pen.room, needed))
        fitting = self._setter.height(lines) if lines else pen.room
        longest = max((len(each.rest) for each in self._open), default=0)
        return pen.y + min(fitting, pen.room) if longest > lines else pen.sheet.bottom

    def _break_page(self, number: int) -> None:
        """Close the table on this page and go on with its head on the next."""
        pen = self._pen
        for each in self._open:
            each.rest = self._draw(each, pen.y, is_last=False)
        self._say_labels_again()
        self._ruling.end(is_thin=False)
        pen.turn()
        self._ruling.begin(is_thin=False)
        if number >= self._head and self._head_height() > CLOSE:
            self._repeat_head()
        for each in self._open:
            each.top = pen.y

    def _say_labels_again(self) -> None:
        """Let what goes on overleaf bear its label there too."""
        most = self._pen.sheet.text_height * MOST_HEAD
        for each in self._open:
            is_small = self._setter.height(len(each.slot.text.lines)) <= most
            if each.slot.cell.is_label and not each.rest and is_small:
                each.rest = each.slot.text.lines

    def _repeat_head(self) -> None:
        """Draw the head again."""
        tops = list(accumulate(self._head_heights, initial=self._pen.y))
        for number in range(self._head):
            for slot in self._rows[number]:
                last = min(slot.last_row, self._head - 1)
                again = replace(slot, cell=replace(slot.cell, source=None))
                self._draw(
                    _Open(again, tops[number], slot.text.lines), tops[last + 1], is_last=True
                )
        self._pen.y = tops[-1]

    # -- drawing ---------------------------------------------------------------------------------

    def _draw(self, each: _Open, bottom: float, *, is_last: bool) -> Sequence[Line]:
        """Draw a cell down to `bottom` with the lines that fit; return those that do not."""
        slot, setter = each.slot, self._setter
        height = bottom - each.top
        if height <= CLOSE:
            return each.rest
        fitting = len(each.rest) if is_last else setter.lines_in(height)
        lines, rest = each.rest[:fitting], each.rest[fitting:]
        is_whole = not rest and len(lines) == len(slot.text.lines)
        top = each.top + setter.padding
        if is_whole and not slot.text.is_running:
            top = each.top + (height - len(lines) * setter.leading) / 2
        for number, line in enumerate(lines):
            if line.runs:
                y = baseline(top + number * setter.leading, setter.leading, setter.size)
                self._pen.page.lines.append(PlacedLine(line, self._x(slot, line), y))
        self._ruling.box(slot.left, slot.right, each.top, bottom)
        if slot.cell.source:
            across = (slot.left, slot.right)
            self._pen.sheets.note(
                "form", slot.serial, self._pen.number, each.top, bottom, slot.cell.source, across
            )
        return rest

    def _x(self, slot: Slot, line: Line) -> float:
        """Return where a line of a cell begins."""
        side = self._setter.side
        match slot.text.align:
            case Align.CENTRE:
                return (slot.left + slot.right - line.right) / 2
            case Align.RIGHT:
                return slot.right - side - line.right
        return slot.left + side


class _Ruling:
    """The rules of the part of a table that stands on one page."""

    def __init__(self, pen: Pen, edges: Sequence[float]) -> None:
        self._pen = pen
        self._left, self._right = edges[0], edges[-1]
        self.top = pen.y
        self._is_thin_above = False
        self._across: dict[float, list[tuple[float, float]]] = defaultdict(list)
        self._down: dict[float, list[tuple[float, float]]] = defaultdict(list)

    def begin(self, *, is_thin: bool) -> None:
        """Begin at the pen's place, under a thin rule or a thick one."""
        self.top = self._pen.y
        self._is_thin_above = is_thin

    def box(self, left: float, right: float, top: float, bottom: float) -> None:
        """Remember the lower and right edges of a cell."""
        self._across[round(bottom, 3)].append((left, right))
        if right < self._right - CLOSE:
            self._down[round(right, 3)].append((top, bottom))

    def end(self, *, is_thin: bool) -> None:
        """Draw everything down to the pen's place."""
        bottom = self._pen.y
        if bottom <= self.top + CLOSE:
            return
        rules = self._pen.page.rules
        thick, thin = FORM_OUTER_RULE.pt, FORM_INNER_RULE.pt
        for y, stretches in self._across.items():
            if y < bottom - CLOSE:
                rules += [Rule(a, y, b - a, thin) for a, b in _merged(stretches)]
        for x, stretches in self._down.items():
            rules += [Rule(x, a, b - a, thin, is_upright=True) for a, b in _merged(stretches)]
        left, length = self._left - thick / 2, self._right - self._left + thick
        rules.append(Rule(left, self.top, length, thin if self._is_thin_above else thick))
        rules.append(Rule(left, bottom, length, thin if is_thin else thick))
        for x in (self._left, self._right):
            rules.append(Rule(x, self.top, bottom - self.top, thick, is_upright=True))
        self._across.clear()
        self._down.clear()


def _edges(grid: Grid, pen: Pen) -> list[float]:
    """Return where the columns begin and end; the outer rules lie inside the 版心."""
    thick = FORM_OUTER_RULE.pt
    width = pen.sheet.text_width - thick
    total = sum(grid.widths)
    return [
        pen.sheet.left + thick / 2 + width * part / total
        for part in accumulate(grid.widths, initial=0.0)
    ]


def _merged(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches of one straight line with those that touch made one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1] + CLOSE:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
