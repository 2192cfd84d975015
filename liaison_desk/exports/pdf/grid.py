"""The setter of the official grid: text and font measures in, placed characters out.

Each Chinese character stands in a cell of 442.205/28 = 15.793 pt (GB/T 9704-2012, 5.2.3). Latin
letters and digits keep their own widths between the cells, and such a line is spread so that its
right edge is flush. Nothing here knows what kind of paper is being set. Lengths are points, x from
the left edge of the column.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from operator import add, attrgetter
from typing import TYPE_CHECKING, Protocol

from liaison_desk.exports.pdf.breaking import (
    BLANK,
    CLOSING,
    OPENING,
    break_positions,
    may_part,
    which_are_wide,
)
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.measures import BODY_SIZE, CELL, CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.exports.pdf.fonts import Face, Glyph

TOLERANCE = 0.01  # pt
HALF_SIGNS = OPENING | CLOSING  # a narrow one stands at the side of its cell that it belongs to
MIXED_GAP = 1 / 8  # em between Chinese and Latin; spread to MIXED_MOST before anything else is
MIXED_MOST = 1 / 4
SQUEEZE = 1 / 2  # of a cell: what a sign may give up
LIGHT_SQUEEZE = 1 / 2  # of what signs may give up: hardly seen
LOOSEST = 0.3  # of a cell between characters of a paper's text
PUSH_PAIN = 1 / 8  # of a cell: spreading so far is as bad as squeezing signs fully
ORPHAN_LINE = 8  # characters a line must have to give one to a lonely last character


class GlyphSource(Protocol):
    """What knows how characters are drawn in a role."""

    def glyphs(self, role: Role, text: str) -> list[Glyph | None]:
        """Return the glyph of each character, None where no font has it."""


class NoGlyph(ValueError):
    """A character without glyph reached the setter; papers check their text before setting."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one role."""

    text: str
    role: Role = Role.FANG


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How a paragraph is set; the defaults are the body of an official paper.

    Attributes:
        size: type size, pt.
        pitch: width of one cell, pt.
        cells: cells in a full line; a narrow column need not hold a whole number.
        first_indent: cells left free before the first line.
        hanging: cells left free before the turn lines.
        justify: whether the right edge is made flush.
        loosest: of a cell between characters; a looser line is left ragged.
    """

    size: float = BODY_SIZE.value
    pitch: float = CELL
    cells: float = CELLS.count
    first_indent: float = 0
    hanging: float = 0
    justify: bool = True
    loosest: float = LOOSEST

    def room(self, *, first: bool) -> float:
        """Return the width of the first line or of a turn line, pt."""
        return (self.cells - (self.first_indent if first else self.hanging)) * self.pitch


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn by one face; `xs` has the origin of each, pt."""

    face: Face
    size: float
    text: str
    xs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as set: its runs and its right end, pt; blanks at the end are not drawn."""

    runs: tuple[Run, ...]
    right: float

    @property
    def text(self) -> str:
        """The characters drawn."""
        return "".join(run.text for run in self.runs)


def set_paragraph(
    spans: Sequence[Span],
    column: Column,
    fonts: GlyphSource,
    glued: Sequence[tuple[int, int]] = (),
) -> list[Line]:
    """Break one paragraph into lines and place every character of it.

    Args:
        spans: the text, without line ends.
        column: how it is set.
        fonts: knows the glyphs; raises NoGlyph when it lacks one.
        glued: ranges of the text to be kept on one line where that is possible.
    """
    setter = _Setter(spans, column, fonts)
    return list(setter.lines(break_positions(setter.text, glued)))


def set_line(
    spans: Sequence[Span], size: float, fonts: GlyphSource, pitch: float | None = None
) -> Line:
    """Place text on a single line at its natural width, starting at x = 0."""
    setter = _Setter(spans, Column(size=size, pitch=pitch or size, justify=False), fonts)
    return setter.place(0, len(setter.text), 0, 0, spread=False)


class _Setter:
    """One paragraph, measured once."""

    def __init__(self, spans: Sequence[Span], column: Column, fonts: GlyphSource) -> None:
        self.column = column
        self.text = "".join(span.text for span in spans)
        self.wide = which_are_wide(self.text)
        self.glyphs = [glyph for span in spans for glyph in _glyphs_of(span, fonts)]
        self.advances = [
            column.pitch if wide else glyph.width * column.size
            for wide, glyph in zip(self.wide, self.glyphs, strict=True)
        ]
        self.gaps = [0.0] * len(self.text)
        for index in self._mixed_places():
            self.gaps[index] = column.size * MIXED_GAP
        steps = (one + gap for one, gap in zip(self.advances, self.gaps, strict=True))
        self.sums = list(accumulate(steps, initial=0.0))
        self.nudges = [
            self._nudge(char, glyph) if wide else 0.0
            for char, glyph, wide in zip(self.text, self.glyphs, self.wide, strict=True)
        ]
        ends = (0 if char in BLANK else end for end, char in enumerate(self.text, 1))
        # for every index, where the last letter before it ends
        self.solid_ends = list(accumulate(ends, max, initial=0))

    def lines(self, breaks: list[int]) -> Iterator[Line]:
        """Yield the lines of the paragraph."""
        ranges = self._without_orphan(self._ranges(breaks), breaks)
        for number, (start, end) in enumerate(ranges):
            column = self.column
            indent = column.first_indent if number == 0 else column.hanging
            spread = column.justify and number < len(ranges) - 1
            room = column.room(first=number == 0)
            yield self.place(start, end, indent * column.pitch, room, spread=spread)

    def place(self, start: int, end: int, left: float, room: float, *, spread: bool) -> Line:
        """Place the characters from `start` to `end` in a line of `room` that starts at `left`."""
        end = self._trimmed(start, end)
        slack = room - self._width(start, end)
        after = [*self.gaps[start : max(start, end - 1)], 0.0][: end - start]
        if room and slack < -TOLERANCE:
            self._squeeze(start, end, -slack, after)
        elif spread and slack > TOLERANCE:
            self._spread(start, end, slack, after)
        steps = map(add, self.advances[start:end], after)
        *origins, right = accumulate(steps, initial=left)
        xs = list(map(add, origins, self.nudges[start:end]))
        return Line(tuple(self._runs(start, end, xs)), right)

    # -- measuring ---------------------------------------------------------------------------

    def _mixed_places(self) -> Iterator[int]:
        """Yield the characters after which Chinese meets a Latin letter or digit."""
        text = self.text
        for index, (one, other) in enumerate(pairwise(self.wide)):
            if one != other and text[index].isalnum() and text[index + 1].isalnum():
                yield index

    def _trimmed(self, start: int, end: int) -> int:
        """Return `end` without the blanks before it."""
        return max(start, self.solid_ends[end])

    def _width(self, start: int, end: int) -> float:
        """Return the natural width of a line, blanks at its end left out."""
        end = self._trimmed(start, end)
        if end == start:
            return 0.0
        return self.sums[end] - self.sums[start] - self.gaps[end - 1]

    def _nudge(self, char: str, glyph: Glyph) -> float:
        """Return how far a glyph stands from the left edge of its cell."""
        size = self.column.size
        free = self.column.pitch - glyph.width * size
        if abs(free) < size / 8 or char not in HALF_SIGNS:
            return free / 2
        return free if char in OPENING else 0.0

    # -- breaking ----------------------------------------------------------------------------

    def _ranges(self, breaks: list[int]) -> list[tuple[int, int]]:
        """Return the half-open range of every line."""
        ranges: list[tuple[int, int]] = []
        start = 0
        while start < len(self.text):
            end = self._line_end(start, self.column.room(first=not ranges), breaks)
            ranges.append((start, end))
            start = end
        return ranges

    def _line_end(self, start: int, room: float, breaks: list[int]) -> int:
        """Return where the line that begins at `start` ends."""
        following = bisect_right(breaks, start)
        best = None
        while following < len(breaks):
            if self._width(start, breaks[following]) > room + TOLERANCE:
                break
            best = breaks[following]
            following += 1
        if best == len(self.text):
            return best
        candidate = breaks[following]
        if best is not None and self._better_squeezed(start, best, candidate, room):
            return candidate
        unit = self._width(start if best is None else best, candidate)
        if best is None or unit > self.column.room(first=False) + TOLERANCE:
            return self._split(start, best, candidate, room)
        return best

    def _split(self, start: int, best: int | None, candidate: int, room: float) -> int:
        """Break inside a unit that is longer than a line, sparing the rules about signs.

        A document number or a date, 〔2026〕12号, is parted between its numbers and not in one.
        """
        furthest = start + 1
        while self._width(start, furthest + 1) <= room + TOLERANCE:
            furthest += 1
        is_mixed = any(self.wide[best or start : candidate])
        for end in range(furthest, best or start, -1):
            before, after = self.text[end - 1], self.text[end]
            if may_part(before, after) and not (is_mixed and before.isdigit() and after.isdigit()):
                return end
        return best or furthest

    def _better_squeezed(self, start: int, best: int, candidate: int, room: float) -> bool:
        """Tell whether squeezing signs to reach `candidate` looks better than ending at `best`."""
        signs = self._signs(start, self._trimmed(start, candidate))
        if not signs:
            return False
        pitch = self.column.pitch
        squeeze = (self._width(start, candidate) - room) / len(signs) / (SQUEEZE * pitch)
        if squeeze > 1:
            return False
        if candidate == len(self.text) and self._is_lonely(best, candidate):
            return squeeze <= LIGHT_SQUEEZE
        gaps = max(1, sum(1 for _ in self._stretchable(start, self._trimmed(start, best))))
        push = (room - self._width(start, best)) / gaps / (PUSH_PAIN * pitch)
        return self.column.justify and squeeze < push

    def _is_lonely(self, start: int, end: int) -> bool:
        """Tell whether a last line would hold one character and its signs."""
        letters = [char for char in self.text[start:end] if char.isalnum()]
        return len(letters) <= 1

    def _without_orphan(
        self, ranges: list[tuple[int, int]], breaks: list[int]
    ) -> list[tuple[int, int]]:
        """Bring one more unit down to a last line of a single character."""
        if len(ranges) < 2 or not self.column.justify or not self._is_lonely(*ranges[-1]):
            return ranges
        (start, end), (_, last) = ranges[-2:]
        position = breaks[bisect_right(breaks, end - 1) - 1]
        if end not in breaks or position - start < ORPHAN_LINE:
            return ranges
        if self._width(position, last) > self.column.room(first=False) + TOLERANCE:
            return ranges
        return [*ranges[:-2], (start, position), (position, last)]

    # -- spreading and squeezing ---------------------------------------------------------------

    def _signs(self, start: int, end: int) -> list[int]:
        """Return where the signs stand that may be squeezed."""
        return [
            index
            for index in range(start, end)
            if self.text[index] in CLOSING or (self.text[index] in OPENING and index > start)
        ]

    def _stretchable(self, start: int, end: int) -> Iterator[int]:
        """Yield the characters after which a line may be spread."""
        for index in range(start, end - 1):
            pair = self.text[index : index + 2]
            if pair in {"——", "……"}:
                continue
            if self.wide[index] or self.wide[index + 1] or pair[0] in BLANK:
                yield index

    def _squeeze(self, start: int, end: int, excess: float, after: list[float]) -> None:
        """Take `excess` evenly from the signs: closing ones after, opening ones before."""
        signs = self._signs(start, end)
        for index in signs:
            is_opening = self.text[index] in OPENING
            after[index - is_opening - start] -= excess / len(signs)

    def _spread(self, start: int, end: int, slack: float, after: list[float]) -> None:
        """Give `slack` to the gaps: first where Chinese meets Latin and to blanks, then to all."""
        places = list(self._stretchable(start, end))
        mixed = [index for index in places if self.gaps[index] or self.text[index] in BLANK]
        most = self.column.size * (MIXED_MOST - MIXED_GAP) * len(mixed)
        share = min(slack, most)
        rest = slack - share
        if not places or rest / len(places) > self.column.loosest * self.column.pitch:
            return
        for index in mixed:
            after[index - start] += share / len(mixed)
        for index in places:
            after[index - start] += rest / len(places)

    def _runs(self, start: int, end: int, xs: list[float]) -> Iterator[Run]:
        """Yield the placed characters, cut where the face changes."""
        first = start
        for face, group in groupby(self.glyphs[start:end], key=attrgetter("face")):
            last = first + sum(1 for _ in group)
            places = tuple(xs[first - start : last - start])
            yield Run(face, self.column.size, self.text[first:last], places)
            first = last


def _glyphs_of(span: Span, fonts: GlyphSource) -> Iterator[Glyph]:
    """Yield the glyphs of a stretch of text; raises NoGlyph."""
    for char, glyph in zip(span.text, fonts.glyphs(span.role, span.text), strict=True):
        if glyph is None:
            raise NoGlyph(char)
        yield glyph
