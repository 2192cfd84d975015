"""How the columns of a ledger share the room of a sheet, on paper and in a workbook."""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_POWER = 2  # of the lines of a text: one of many lines makes its whole row high


def shared_out(
    widths: Sequence[float],
    longest: Sequence[float],
    lengths: Sequence[Sequence[float]],
    room: float,
    step: float,
) -> list[float]:
    """Give what room is left to the columns whose texts make rows high.

    Again and again that column is widened which saves most lines for the room it takes; none
    becomes narrower than it was or wider than its longest text.

    Args:
        widths: what each column has at least.
        longest: what each wants at most.
        lengths: of the texts of each column.
        room: of all columns together.
        step: by which widths differ.
    """
    shares = list(widths)
    columns = [
        _Column(Counter(texts), most, step) for texts, most in zip(lengths, longest, strict=True)
    ]
    while True:
        left = room - sum(shares)
        steps = [
            column.next_width(width, left) for column, width in zip(columns, shares, strict=True)
        ]
        worth, place = max((worth, place) for place, (worth, _) in enumerate(steps))
        if worth <= 0:
            return shares
        shares[place] = steps[place][1]


class _Column:
    """The texts of one column, by length."""

    def __init__(self, counts: Mapping[float, int], most: float, step: float) -> None:
        self._counts = counts
        self._most = most
        self._step = step

    def next_width(self, width: float, left: float) -> tuple[float, float]:
        """Return what is saved for each step to the next width that saves lines, and that width."""
        now, wider = self._cost(width), width
        while wider < self._most and wider + self._step <= width + left:
            wider += self._step
            saved = now - self._cost(wider)
            if saved > 0:
                return saved / (wider - width), wider
        return 0.0, width

    def _cost(self, width: float) -> int:
        return sum(
            count * ceil(length / width) ** _POWER
            for length, count in self._counts.items()
            if length
        )
