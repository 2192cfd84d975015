"""The strip above the minutes: how far they are, and what is missing before the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from liaison_desk.domain.minutes import FINAL, ISSUED, MINUTES_STATES
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.minutes import Minutes
    from liaison_desk.ui.style import Style

MOST_NAMED = 3
_NEXT = {
    FINAL: "已定稿编号，不能再改。打印后请点“印发”；要改请点“另起新版本”。",
    ISSUED: "已印发，不能再改。要改请点“另起新版本”，原来的一版会保留。",
}


class StateStrip(QFrame):
    """草稿 → 已定稿 → 已印发, and a sentence."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._tokens = style.tokens
        self.states = QLabel()
        self.sentence = QLabel()
        self.warning = QLabel()
        self.setProperty("role", "banner")
        self.states.setObjectName("states")
        self.sentence.setObjectName("missing")
        self.warning.setObjectName("warning")
        self.warning.setProperty("role", "wrong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        layout.setSpacing(2)
        for label in (self.states, self.sentence, self.warning):
            label.setWordWrap(True)
            layout.addWidget(label)

    def show_foreign(self, minutes: Minutes) -> None:
        """Say how far another office's minutes are; nothing is to be done about them here."""
        self.show_minutes(minutes, (), None)
        self.sentence.setText("乡镇报来的纪要，可以查看、打印和存为PDF。")

    def show_minutes(self, minutes: Minutes, missing: Sequence[str], warning: str | None) -> None:
        """Say how far the minutes are."""
        states = (self._state(each, minutes.status) for each in MINUTES_STATES)
        self.states.setText(" → ".join(states))
        self.sentence.setText(_NEXT.get(minutes.status) or _lacking(missing))
        self.warning.setText(warning or "")
        self.warning.setVisible(bool(warning))

    def _state(self, state: str, present: str) -> str:
        """One state; the present one is bold and marked."""
        if state == present:
            return f"<b style='color:{self._tokens.accent}'>● {state}</b>"
        done = MINUTES_STATES.index(state) < MINUTES_STATES.index(present)
        return f"<span style='color:{self._tokens.muted}'>{'✓' if done else '○'} {state}</span>"


def _lacking(missing: Sequence[str]) -> str:
    """What a draft lacks before it can be finalised."""
    if not missing:
        return "可以定稿。定稿后编号，共识事项成为办理事项。"
    more = f"等{len(missing)}处" if len(missing) > MOST_NAMED else ""
    return f"定稿前还差：{'；'.join(missing[:MOST_NAMED])}{more}"
