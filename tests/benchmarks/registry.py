"""Every benchmark by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tests.benchmarks import (
    ledger,
    libreoffice,
    lists,
    minutes_papers,
    packet,
    papers,
    preview,
    search,
    start,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.ratio import Ratio


class Benchmark(Protocol):
    """Measures in a folder of its own, in full size or just so that it has run."""

    def __call__(self, folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]: ...


BENCHMARKS: dict[str, Benchmark] = {
    "start": start.measure,
    "search": search.measure,
    "list": lists.measure,
    "minutes": minutes_papers.measure,
    "papers": papers.measure,
    "preview": preview.measure,
    "libreoffice": libreoffice.measure,
    "ledger": ledger.measure,
    "packet": packet.measure,
}
