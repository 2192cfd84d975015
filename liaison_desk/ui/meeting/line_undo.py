"""What the lines of a list were before each step, for 撤销 and 重做."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.ui.meeting.line_model import Line

DEPTH = 50


class LineUndo:
    """Copies of the lines, one for each step: a cell written, a block pasted, a line moved."""

    def __init__(self) -> None:
        self._before: list[list[Line]] = []
        self._after: list[list[Line]] = []
        self._cell: tuple[int, int] | None = None

    def forget(self) -> None:
        """Other lines are shown."""
        self._before, self._after, self._cell = [], [], None

    def note(self, lines: Sequence[Line], cell: tuple[int, int] | None = None) -> None:
        """A step is about to be taken; all that is typed into one cell is one step."""
        if cell is not None and cell == self._cell:
            return
        self._cell = cell
        self._before = [*self._before[1 - DEPTH :], _copied(lines)]
        self._after = []

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    def can_redo(self) -> bool:
        """Whether a step was taken back last."""
        return bool(self._after)

    def undo(self, lines: Sequence[Line]) -> list[Line]:
        """The lines before the last step."""
        self._after.append(_copied(lines))
        self._cell = None
        return self._before.pop()

    def redo(self, lines: Sequence[Line]) -> list[Line]:
        """The lines after the step taken back last."""
        self._before.append(_copied(lines))
        self._cell = None
        return self._after.pop()


def _copied(lines: Sequence[Line]) -> list[Line]:
    """Lines that later typing does not change."""
    return [
        dataclasses.replace(each, texts=dict(each.texts), faults=dict(each.faults))
        for each in lines
    ]
