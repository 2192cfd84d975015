"""The wizard on a desk, and the clerk's hands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from liaison_desk.store.backup import Backups
from liaison_desk.ui.context import Context
from liaison_desk.ui.importing.columns_panel import FIELD, HEADING
from liaison_desk.ui.importing.preview_model import STATE
from liaison_desk.ui.importing.wizard import ImportWizard
from liaison_desk.ui.style import Style
from liaison_desk.ui.tasks import TaskBox
from tests.ui.windows import make_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


class Hands:
    """A wizard that is shown, without the loop of its own that `exec` would begin."""

    def __init__(
        self,
        desk: Desk,
        qtbot: QtBot,
        folder: Path,
        record_type: type[Record] | None = None,
        *,
        size: tuple[int, int] = (1326, 700),
    ) -> None:
        make_once()
        self.bot = qtbot
        self.said: list[tuple[str, bool]] = []
        self._window = QWidget()
        qtbot.addWidget(self._window)
        context = Context(desk, Style(), Backups(folder / "备份"))
        context.say = lambda sentence, can_undo: self.said.append((sentence, can_undo))
        self.wizard = ImportWizard(self._window, context, record_type)
        self.wizard.resize(*size)
        qtbot.addWidget(self.wizard, before_close_func=_forget)

    def reads(self, what: Path | str) -> ImportWizard:
        """Read something and show it."""
        assert self.wizard.read(what)
        self.wizard.show()
        self.bot.waitExposed(self.wizard)
        return self.wizard

    def states(self) -> list[str]:
        """The states of the rows in sight, from the top."""
        model = self.wizard.page.preview.model
        return [str(model.index(row, STATE).data()) for row in range(model.rowCount())]

    def goes_to(self, number: int) -> None:
        """Choose the row with a number of the source."""
        preview = self.wizard.page.preview
        preview.table.choose_row(preview.model.place_of(number))

    def puts(self, heading: str, label: str) -> None:
        """Put the column with a heading into a field, by its list."""
        panel = self.wizard.page.columns
        self.wizard.page.tabs.setCurrentWidget(panel)
        headings = [panel.model.index(r, HEADING).data() for r in range(panel.model.rowCount())]
        index = panel.model.index(headings.index(heading), FIELD)
        panel.table.setCurrentIndex(index)
        self.bot.keyClick(panel.table, Qt.Key.Key_F2)
        box = panel.table.findChild(QComboBox)
        assert isinstance(box, QComboBox)
        box.hidePopup()
        place = next(n for n in range(box.count()) if box.itemText(n).startswith(label))
        box.setCurrentIndex(place)
        box.activated.emit(place)
        self.bot.waitUntil(lambda: str(index.data()).removeprefix("－ ") == label)

    def types_term(self, term: str) -> None:
        """Write the term and go on with Enter."""
        line = self.wizard.page.choices.term_line
        line.setText(term)
        line.setModified(True)
        self.bot.keyClick(line, Qt.Key.Key_Return)


def when_busy(act: Callable[[TaskBox], None]) -> QTimer:
    """Do something with the first progress box that comes up; keep what is returned."""
    timer = QTimer(interval=1)

    def look() -> None:
        for each in QApplication.topLevelWidgets():
            if isinstance(each, TaskBox) and each.isVisible():
                timer.stop()
                act(each)
                return

    timer.timeout.connect(look)
    timer.start()
    return timer


def _forget(wizard: QWidget) -> None:
    """Give up what was chosen, so that closing asks nothing."""
    assert isinstance(wizard, ImportWizard)
    wizard.forget()
