"""The official grid as Word sets it: 22 lines of 28 characters (GB/T 9704-2012, 5.2.3)."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.measures import (
    BODY_SIZE,
    CELL,
    CELLS,
    LINES,
    POINTS_PER_MM,
    TEXT_HEIGHT,
    TEXT_WIDTH,
)
from liaison_desk.exports.word.xml import (
    TWIPS_PER_POINT,
    indents,
    paragraph,
    run,
    spacing,
    twips,
    w,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.exports.pdf.grid import Span

# Rounded down: a pitch that is too large by a hair leaves room for 21 lines of 27 characters only.
PITCH = floor(TEXT_HEIGHT.pt / LINES.value * TWIPS_PER_POINT)
"""The height of a line, twips."""
_WIDER = TEXT_WIDTH.pt / CELLS.value - BODY_SIZE.value
CHARACTER_SPACE = floor(_WIDER * 4096)
"""What a cell is wider than a character of 3号, in 1/4096 pt; below zero."""
CHARACTER_SPACING = floor(_WIDER * TWIPS_PER_POINT) - 1
"""The same as a spacing between characters, twips: the style has it, and full lines are justified
to the edge. Text does not cling to the page's own grid, which LibreOffice sets in half as many
cells as soon as a character is wider than one; LibreOffice rounds it, hence one less."""
LINE = PITCH / TWIPS_PER_POINT
BASELINE = 0.8
"""The share of a line of fixed height that Word, WPS and LibreOffice put above the baseline."""
INK_TOP, INK_BOTTOM = 0.84, 0.08
"""How far the ink of a Chinese character reaches above and below the baseline, em."""
TEXT_TWIPS = floor(TEXT_WIDTH.pt * TWIPS_PER_POINT)
_WIDEST_RULE_GAP = 31  # pt between a text and its border, no more is allowed


def pages_grid(*, on_grid: bool) -> str:
    """The grid of a section."""
    if not on_grid:
        return w("docGrid", linePitch=PITCH)
    return w("docGrid", type="linesAndChars", linePitch=PITCH, charSpace=CHARACTER_SPACE)


def indent(left: float = 0, right: float = 0, first: float = 0, hanging: float = 0) -> str:
    """Indents in cells of the body."""
    return indents(left, right, first, hanging, CELL)


def runs(spans: Sequence[Span]) -> str:
    """Spans of the body as runs."""
    return "".join(run(each.text, each.role) for each in spans)


def blank_lines(count: int) -> str:
    """Empty lines of the grid."""
    return paragraph() * count


def ink_offset(size: float, line: float) -> float:
    """From the top of a line of fixed height to the ink of type of `size`, pt."""
    return line * BASELINE - size * INK_TOP


def under_ink(size: float, line: float) -> float:
    """From the ink of type of `size` to the bottom of a line of fixed height, pt."""
    return line * (1 - BASELINE) - size * INK_BOTTOM


def rule_below(width: float, gap: float, colour: str, kind: str = "single") -> str:
    """A line under a paragraph, `width` and `gap` in pt."""
    space = min(max(round(gap), 0), _WIDEST_RULE_GAP)
    return w("pBdr", w("bottom", val=kind, sz=round(width * 8), space=space, color=colour))


def tab_stops(*stops: tuple[str, float]) -> str:
    """Tab stops: their kind and place in pt."""
    return w("tabs", *(w("tab", val=kind, pos=twips(place)) for kind, place in stops))


def millimetres(points: float) -> float:
    """A length in points as millimetres."""
    return points / POINTS_PER_MM


def before(points: float) -> str:
    """The space before a paragraph whose lines are those of the grid."""
    return spacing(before=points)
