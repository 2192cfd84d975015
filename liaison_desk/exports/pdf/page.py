"""Pages of an official paper: lines flow down the 22 rows of the grid, the imprint ends the last.

Nothing here knows what kind of paper is made. Lengths are points from the paper's left and top
edges unless a name says mm.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Line, Run, Span, set_line
from liaison_desk.exports.pdf.measures import (
    BLACK,
    BODY_SIZE,
    LINES,
    PAGE_NUMBER_GAP,
    PAGE_NUMBER_INSET,
    SMALL_SIZE,
    TEXT_HEIGHT,
    TEXT_LEFT,
    TEXT_TOP,
    TEXT_WIDTH,
    row_baseline,
    row_top,
    to_mm,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.exports.pdf.fonts import FontBook

Colour = tuple[float, float, float]
SHORT_BLOCK = 4  # a block of so many lines moves as a whole to join the imprint
TAIL = 2  # of a longer block, so many lines move


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text on a page: x of its column, y of its baseline."""

    line: Line
    x: float
    baseline: float
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule across a page, `y` being its middle."""

    x: float
    y: float
    length: float
    thickness: float
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of the source stands: its page (from 0) and its range in mm from the top."""

    part: str
    paragraph: int
    page: int
    top: float
    bottom: float


@dataclass(slots=True)
class Page:
    """What is drawn on one sheet side."""

    lines: list[PlacedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together: a paragraph, a heading, a title.

    Attributes:
        lines: the lines as set.
        part, paragraph: the source they come from, for `Place`.
        size: type size, pt.
        space_before: free rows before it, dropped at the top of a page.
        keep_with_next: a heading, never the last thing on a page.
        centred: whether each line stands in the middle of the column.
        indent: how far its lines stand from the left of the column otherwise, pt.
    """

    lines: tuple[Line, ...]
    part: str
    paragraph: int = 0
    size: float = BODY_SIZE.value
    space_before: int = 0
    keep_with_next: bool = False
    centred: bool = False
    indent: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a block on its page and grid row."""

    page: int
    row: int
    block: int
    line: int


def flow(blocks: Sequence[Block], first_row: int, foot_rows: int) -> list[Row]:
    """Return where every line goes, leaving `foot_rows` free at the end of the last page.

    When the foot has no room under the last line, the end of the text moves on with it, so that
    no page holds the foot alone; only a text too short to be parted leaves it alone.
    """
    rows = _fill(blocks, first_row, None)
    if not rows or rows[-1].row + 1 + foot_rows <= LINES.count:
        return rows
    start = _tail_start(blocks)
    if start in {(rows[0].block, rows[0].line), None}:
        return rows
    return _fill(blocks, first_row, start)


def foot_page(rows: Sequence[Row], foot_rows: int) -> int:
    """Return the page on whose bottom a foot of `foot_rows` stands, after `flow`."""
    if not rows:
        return 0
    last = rows[-1]
    return last.page + (last.row + 1 + foot_rows > LINES.count)


def _fill(
    blocks: Sequence[Block], first_row: int, new_page_at: tuple[int, int] | None
) -> list[Row]:
    """Fill the pages row by row; a new page begins at the given (block, line)."""
    rows: list[Row] = []
    page, row = 0, first_row
    for number, block in enumerate(blocks):
        row += block.space_before if row else 0
        if row and row + _needed(blocks, number) > LINES.count:
            page, row = page + 1, 0
        for line in range(len(block.lines)):
            if row >= LINES.count or (number, line) == new_page_at:
                page, row = page + 1, 0
            rows.append(Row(page, row, number, line))
            row += 1
    return rows


def _needed(blocks: Sequence[Block], number: int) -> int:
    """Return the rows that must be free for a block to begin on this page."""
    rows = 0
    while blocks[number].keep_with_next and number + 1 < len(blocks):
        rows += len(blocks[number].lines) + blocks[number + 1].space_before
        number += 1
    return rows + 1


def _tail_start(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Return the (block, line) from which the end of the text moves to join the foot."""
    last = len(blocks) - 1
    if len(blocks[last].lines) > SHORT_BLOCK:
        return last, len(blocks[last].lines) - TAIL
    while last > 0 and blocks[last - 1].keep_with_next:
        last -= 1
    return (last, 0) if last else None


class Sheets:
    """The pages of one paper while it is laid out, and the places of its parts."""

    def __init__(self) -> None:
        self.pages = [Page()]
        self._places: dict[tuple[str, int, int], Place] = {}

    @property
    def places(self) -> tuple[Place, ...]:
        """Where each part stands, in the order it was laid out."""
        return tuple(self._places.values())

    def page(self, number: int) -> Page:
        """Return a page, adding it and those before it when needed."""
        while number >= len(self.pages):
            self.pages.append(Page())
        return self.pages[number]

    def note(self, part: str, paragraph: int, page: int, top: float, bottom: float) -> None:
        """Remember that a part of the source stands between `top` and `bottom`, pt."""
        key = (part, paragraph, page)
        place = Place(part, paragraph, page, to_mm(top), to_mm(bottom))
        old = self._places.get(key)
        if old:
            place = replace(old, top=min(old.top, place.top), bottom=max(old.bottom, place.bottom))
        self._places[key] = place

    def put_blocks(self, blocks: Sequence[Block], rows: Iterable[Row]) -> None:
        """Draw the lines of `blocks` where `flow` has put them."""
        for row in rows:
            block = blocks[row.block]
            line = block.lines[row.line]
            x = centred_x(line) if block.centred else TEXT_LEFT.pt + block.indent
            placed = PlacedLine(line, x, row_baseline(row.row, block.size))
            self.page(row.page).lines.append(placed)
            self.note(block.part, block.paragraph, row.page, row_top(row.row), row_top(row.row + 1))

    def put_page_numbers(self, fonts: FontBook) -> None:
        """Number every page — 1 —, odd ones right, even ones left (7.5)."""
        for number, page in enumerate(self.pages, 1):
            page.lines.append(page_number(number, fonts))


def centred_x(line: Line) -> float:
    """Return the x at which the ink of a line stands in the middle of the 版心."""
    left, right = ink_range(line)
    return TEXT_LEFT.pt + (TEXT_WIDTH.pt - left - right) / 2


def page_number(number: int, fonts: FontBook) -> PlacedLine:
    """Place a page number by its ink: dash 7 mm under the 版心, one character in (7.5)."""
    size = SMALL_SIZE.value
    line = set_line([Span(f"— {number} —", Role.SONG)], size, fonts)
    left, right = ink_range(line)
    dash = line.runs[0].face.ink("—")
    baseline = TEXT_TOP.pt + TEXT_HEIGHT.pt + PAGE_NUMBER_GAP.pt + dash.top * size
    inset = PAGE_NUMBER_INSET.value * size
    from_right = TEXT_WIDTH.pt - inset - right
    x = TEXT_LEFT.pt + (from_right if number % 2 else inset - left)
    return PlacedLine(line, x, baseline)


def ink_range(line: Line) -> tuple[float, float]:
    """Return where the ink of a line begins and ends, pt from its x."""
    boxes = [box for run in line.runs for box in _ink_of(run) if box[0] < box[1]]
    if not boxes:
        return 0.0, line.right
    return min(left for left, _ in boxes), max(right for _, right in boxes)


def ink_height(line: Line) -> tuple[float, float]:
    """Return how far the ink of a line reaches below and above its baseline, pt."""
    inks = [(run.face.ink(char), run.size) for run in line.runs for char in run.text]
    if not inks:
        return 0.0, 0.0
    bottom = min(ink.bottom * size for ink, size in inks)
    return -bottom, max(ink.top * size for ink, size in inks)


def _ink_of(run: Run) -> list[tuple[float, float]]:
    """Return the ink range of every character of a run."""
    inks = (run.face.ink(char) for char in run.text)
    return [
        (x + ink.left * run.size, x + ink.right * run.size)
        for x, ink in zip(run.xs, inks, strict=True)
    ]
