"""Where a workload works, and what one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.store.backup import Backups

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from liaison_desk.services.desk import Desk

BATCH = 40
"""How many records a deed of many has."""


@dataclass(frozen=True)
class Place:
    """Where a workload works: its folder, the desk there, and the county's."""

    folder: Path
    desk: Desk
    county: Desk

    @property
    def stick(self) -> Path:
        """Where packets go."""
        return self.folder / "U盘"

    @property
    def backups(self) -> Backups:
        """Where copies go."""
        return Backups(self.folder / "备份")


@dataclass(frozen=True)
class Workload:
    """A deed done over and over.

    Attributes:
        work: does it once and returns, after its commit, by what it can be found again.
        is_kept: whether what `work` returned is there and whole.
        longest: the latest moment of the kill, in seconds after the start.
    """

    work: Callable[[Place], str]
    is_kept: Callable[[Place, str], bool]
    longest: float = 0.12
