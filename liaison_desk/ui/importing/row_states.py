"""How the state of a row is said: a word, a shape and a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.services.importing import RowState
from liaison_desk.ui.importing.draft import TICKED

if TYPE_CHECKING:
    from liaison_desk.services.importing import PlannedRow
    from liaison_desk.ui.importing.draft import Draft
    from liaison_desk.ui.style import Tokens


@dataclass(frozen=True)
class Sign:
    """A state as the clerk sees it; `colour` names one of the style's tokens."""

    word: str
    shape: str
    colour: str

    @property
    def text(self) -> str:
        """The shape and the word."""
        return f"{self.shape} {self.word}"

    def shown_in(self, tokens: Tokens) -> str:
        """Its colour in one theme."""
        return str(getattr(tokens, self.colour))


NEW = Sign("新增", "＋", "ok")
UPDATED = Sign("更新", "◆", "link")
SAME = Sign("不变", "＝", "muted")
ASK = Sign("待核对", "？", "soon")
BAD = Sign("有误", "▲", "late")
UNTICKED = Sign("不勾选", "－", "muted")
SIGNS = (NEW, UPDATED, SAME, ASK, BAD, UNTICKED)
"""All of them, in the order of the filter."""
_OF_STATE = {
    RowState.NEW: NEW,
    RowState.UPDATED: UPDATED,
    RowState.SAME: SAME,
    RowState.ASK: ASK,
    RowState.BAD: BAD,
}


def sign_of(row: PlannedRow, draft: Draft) -> Sign:
    """How a row stands, the clerk's tick counted in."""
    if row.state in TICKED and not draft.is_ticked(row.number):
        return UNTICKED
    return _OF_STATE[row.state]
