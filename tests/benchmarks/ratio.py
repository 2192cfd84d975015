"""Times as ratios to a yardstick measured in the same run: they hold on any computer."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Ratio:
    """One comparison: medians in seconds of what we do and of the yardstick."""

    name: str
    ours_s: float
    yardstick_s: float

    @property
    def value(self) -> float:
        """Our time in yardsticks; below 1 is faster."""
        return self.ours_s / self.yardstick_s

    def line(self) -> str:
        """A row of the Markdown table."""
        times = f"{self.ours_s * 1000:.2f} | {self.yardstick_s * 1000:.2f}"
        return f"| {self.name} | {times} | {self.value:.3f} |"


class Missing(Exception):
    """Something that a benchmark measures is not there; `str()` names it."""


def compare(
    name: str, ours: Callable[[], object], yardstick: Callable[[], object], repeats: int
) -> Ratio:
    """Time both in turn, so that a slow moment of the computer hits both, and take medians."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for action, taken in zip((ours, yardstick), times, strict=True):
            gc.collect()
            began = time.perf_counter()
            action()
            taken.append(time.perf_counter() - began)
    return Ratio(name, median(times[0]), median(times[1]))


def table(ratios: Sequence[Ratio]) -> str:
    """The ratios as a Markdown table."""
    head = "| what | ours, ms | yardstick, ms | ratio |\n|---|---:|---:|---:|"
    return "\n".join((head, *(each.line() for each in ratios)))
