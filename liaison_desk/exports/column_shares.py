"""How the columns of a ledger share the room of a sheet, on paper and in a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_POWER = 3.0  # of a text's length: long ones make rows high
_STEPS = 40  # in which the widths are found


def shared_out(
    widths: Sequence[float],
    longest: Sequence[float],
    lengths: Sequence[Sequence[float]],
    room: float,
) -> list[float]:
    """Give what room is left to the columns whose texts make rows high.

    With widths in this proportion the sum of all cells' lines, each to the third power, is
    smallest; none becomes narrower than it was or wider than its longest text.

    Args:
        widths: what each column has at least.
        longest: what each wants at most.
        lengths: of the texts of each column.
        room: of all columns together.
    """
    weights = [sum(each**_POWER for each in texts) ** (1 / (_POWER + 1)) for texts in lengths]

    def scaled(by: float) -> list[float]:
        return [
            min(max(width, weight * by), max(width, most))
            for width, weight, most in zip(widths, weights, longest, strict=True)
        ]

    low, high = 0.0, room
    for _ in range(_STEPS):
        half = (low + high) / 2
        low, high = (half, high) if sum(scaled(half)) <= room else (low, half)
    return scaled(low)
