"""The sheets that papers are printed on, and where their 版心 lies (GB/T 9704-2012, 5 and 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.content import SheetSize
from liaison_desk.exports.pdf.measures import (
    A3_LONG_SIDE,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    TEXT_BOTTOM,
    TEXT_LEFT,
    TEXT_RIGHT,
    TEXT_TOP,
)

if TYPE_CHECKING:
    from liaison_desk.exports.content import FormPaper, WallPaper

MIRRORED_SHIFT = TEXT_RIGHT.pt - TEXT_LEFT.pt


@dataclass(frozen=True, slots=True)
class Sheet:
    """A side of paper as it is read; lengths in points from its left and top edges.

    Attributes:
        width, height: of the paper.
        left, top: where the 版心 begins.
        right, bottom: where it ends.
        is_turned: a portrait page lying on its side: its head is at the binding edge, and its page
            number stays where portrait pages have it (clause 8).
    """

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    is_turned: bool = False

    @property
    def text_width(self) -> float:
        """The width of the 版心."""
        return self.right - self.left

    @property
    def text_height(self) -> float:
        """The height of the 版心."""
        return self.bottom - self.top

    def shift(self, page: int) -> tuple[float, float]:
        """Return how far a page (from 0) moves right and down when both sides share a binding.

        The binding edge is the left one of odd pages and the right one of even pages; of a turned
        page it is the upper and the lower one.
        """
        if page % 2 == 0:
            return 0.0, 0.0
        return (0.0, MIRRORED_SHIFT) if self.is_turned else (MIRRORED_SHIFT, 0.0)


def _upright(width: float, height: float) -> Sheet:
    right, bottom = width - TEXT_RIGHT.pt, height - TEXT_BOTTOM.pt
    return Sheet(width, height, TEXT_LEFT.pt, TEXT_TOP.pt, right, bottom)


def _turned(width: float, height: float) -> Sheet:
    """Return a portrait sheet lying on its side, its left edge upward."""
    right, bottom = height - TEXT_TOP.pt, width - TEXT_RIGHT.pt
    return Sheet(height, width, TEXT_BOTTOM.pt, TEXT_LEFT.pt, right, bottom, is_turned=True)


A4 = _upright(PAPER_WIDTH.pt, PAPER_HEIGHT.pt)
A4_LANDSCAPE = _turned(PAPER_WIDTH.pt, PAPER_HEIGHT.pt)
A3 = _upright(PAPER_HEIGHT.pt, A3_LONG_SIDE.pt)
A3_LANDSCAPE = _upright(A3_LONG_SIDE.pt, PAPER_HEIGHT.pt)  # as high as A4, folded into it


def sheet_of(paper: FormPaper | WallPaper) -> Sheet:
    """Return the sheet that a form is printed on."""
    if paper.size is SheetSize.A3:
        return A3_LANDSCAPE if paper.is_landscape else A3
    return A4_LANDSCAPE if paper.is_landscape else A4
