"""The facts of a meeting; Enter goes on from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from liaison_desk.domain.meeting import Meeting
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from liaison_desk.ui.editors import Choices, Editor

FACTS = ("name", "form", "held_at", "place", "host", "recorder")
VOTES = ("votes_for", "votes_against", "abstentions", "vote_way")


class FactsForm(RecordForm):
    """What Enter goes through is what every meeting has; the votes are reached by Tab."""

    finished = Signal()
    """Enter was pressed in the last fact."""

    def __init__(self, choices: Choices, *, is_narrow: bool = False) -> None:
        self._is_narrow = is_narrow
        super().__init__(Meeting, choices, (*FACTS, *VOTES))
        for name, following in zip(FACTS, (*FACTS[1:], ""), strict=True):
            line_of(self.editors[name]).returnPressed.connect(
                lambda following=following: self._go_on(following)
            )

    def arrange(self) -> None:
        """Two to a row; one where the text is large."""
        if not self._is_narrow:
            super().arrange()
            return
        grid = QGridLayout(self)
        grid.setContentsMargins(GAP, GAP, GAP, GAP)
        grid.setVerticalSpacing(GAP // 2)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(self.editors):
            self._place(grid, name, row * 2, 0, True)
        grid.setRowStretch(2 * len(self.editors), 1)

    def _go_on(self, following: str) -> None:
        """To the next fact, or out of the form."""
        if following:
            self.editors[following].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()


def line_of(editor: Editor) -> QLineEdit:
    """The line that an editor is typed into."""
    widget = editor.widget
    line = widget.lineEdit() if isinstance(widget, QComboBox) else widget
    assert isinstance(line, QLineEdit), "a fact that is not typed into a line"
    return line
