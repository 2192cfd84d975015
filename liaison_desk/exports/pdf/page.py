"""Pages of a paper while it is laid out: lines, rules and pictures, and where each part stands.

Nothing here knows what kind of paper is made. Lengths are points from the page's left and top
edges unless a name says mm.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Line, Run, Span, set_line
from liaison_desk.exports.pdf.measures import (
    BLACK,
    PAGE_NUMBER_GAP,
    PAGE_NUMBER_INSET,
    SMALL_SIZE,
    TEXT_LEFT,
    TEXT_WIDTH,
    row_baseline,
    row_top,
    to_mm,
)
from liaison_desk.exports.pdf.sheet import A4, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.exports.content import Source
    from liaison_desk.exports.pdf.flow import Block, Row
    from liaison_desk.exports.pdf.fonts import FontBook

Colour = tuple[float, float, float]
QUARTER = 90


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text on a page: where its baseline begins, and how far it is turned clockwise."""

    line: Line
    x: float
    baseline: float
    colour: Colour = BLACK
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule across or down a page; `x` and `y` are on its middle."""

    x: float
    y: float
    length: float
    thickness: float
    colour: Colour = BLACK
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A JPEG that fills a box."""

    jpeg: bytes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of the source stands: its page (from 0) and its box, mm from the top left."""

    part: str
    paragraph: int
    page: int
    top: float
    bottom: float
    left: float = TEXT_LEFT.value
    right: float = TEXT_LEFT.value + TEXT_WIDTH.value
    source: Source | None = None


@dataclass(slots=True)
class Page:
    """What is drawn on one sheet side, all of it moved right and down by `shift`."""

    lines: list[PlacedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)
    sheet: Sheet = A4
    shift: tuple[float, float] = (0.0, 0.0)


class Sheets:
    """The pages of one paper while it is laid out, and the places of its parts.

    Attributes:
        pages: in order.
        left_out: a sentence for everything that cannot be put on them.
    """

    def __init__(self, sheet: Sheet = A4, *, mirrored: bool = False) -> None:
        """Begin with one page.

        Args:
            sheet: what pages are, until `use` says otherwise.
            mirrored: whether even pages have the margin for binding at their other edge.
        """
        self._sheet = sheet
        self._mirrored = mirrored
        self.pages: list[Page] = []
        self.left_out: list[str] = []
        self._places: dict[tuple[str, int, int], Place] = {}
        self.page(0)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where each part stands, in the order it was laid out."""
        return tuple(self._places.values())

    def use(self, sheet: Sheet) -> None:
        """Let pages that are added from now on be another sheet."""
        self._sheet = sheet

    def page(self, number: int) -> Page:
        """Return a page, adding it and those before it when needed."""
        while number >= len(self.pages):
            shift = self._sheet.shift(len(self.pages)) if self._mirrored else (0.0, 0.0)
            self.pages.append(Page(sheet=self._sheet, shift=shift))
        return self.pages[number]

    def note(
        self,
        part: str,
        paragraph: int,
        page: int,
        top: float,
        bottom: float,
        source: Source | None = None,
        across: tuple[float, float] | None = None,
    ) -> None:
        """Remember where a part of the source stands.

        Args:
            part: its name.
            paragraph: its number in the part.
            page: from 0.
            top: where it begins, pt.
            bottom: where it ends, pt.
            source: the field it came from.
            across: its left and right, pt; the whole 版心 when not told.
        """
        sheet, (right, down) = self.page(page).sheet, self.pages[page].shift
        x0, x1 = across or (sheet.left, sheet.right)
        place = Place(
            part,
            paragraph,
            page,
            top=to_mm(top + down),
            bottom=to_mm(bottom + down),
            left=to_mm(x0 + right),
            right=to_mm(x1 + right),
            source=source,
        )
        key = (part, paragraph, page)
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
            top, bottom = row_top(row.row), row_top(row.row + 1)
            self.note(block.part, block.paragraph, row.page, top, bottom, block.source)

    def put_page_numbers(self, fonts: FontBook, *, first: int = 1) -> None:
        """Number the pages — 1 —, odd ones right, even ones left (7.5), beginning with `first`."""
        for number, page in enumerate(self.pages, 1):
            if number >= first:
                page.lines.append(page_number(number, page.sheet, fonts))


def centred_x(line: Line, sheet: Sheet = A4) -> float:
    """Return the x at which the ink of a line stands in the middle of the 版心."""
    left, right = ink_range(line)
    return sheet.left + (sheet.text_width - left - right) / 2


def page_number(number: int, sheet: Sheet, fonts: FontBook) -> PlacedLine:
    """Place a page number by its ink: dash 7 mm under the 版心, one character in (7.5).

    On a turned page it stands where the same page has it when held upright (8).
    """
    size = SMALL_SIZE.value
    line = set_line([Span(f"— {number} —", Role.SONG)], size, fonts)
    left, right = ink_range(line)
    dash = line.runs[0].face.ink("—")
    down = PAGE_NUMBER_GAP.pt + dash.top * size
    inset = PAGE_NUMBER_INSET.value * size
    if sheet.is_turned:
        start = sheet.bottom - inset - right if number % 2 else sheet.top + inset - left
        return PlacedLine(line, sheet.left - down, start, turn=QUARTER)
    start = sheet.right - inset - right if number % 2 else sheet.left + inset - left
    return PlacedLine(line, start, sheet.bottom + down)


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
