"""The parts of a record as lists written in place, each on a tab of the detail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.ui.meeting.line_table import LineTable
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.parts import PartNotValid
    from liaison_desk.ui.line_names import OfficeNames
    from liaison_desk.ui.style import Style


@dataclass(frozen=True)
class PartList:
    """One list under a record.

    Attributes:
        record_type: what a line is.
        title: the word on its tab.
        widths: the columns and their widths in px at 100 %; 0 takes the room that is left.
        hint: a sentence under the list.
    """

    record_type: type[Record]
    title: str
    widths: dict[str, int] = field(hash=False)
    hint: str = ""


class PartTab(QWidget):
    """One list with its hint, and buttons that do the same as the keys."""

    def __init__(self, told: PartList, names: OfficeNames, style: Style) -> None:
        super().__init__()
        self.title = told.title
        self.table = LineTable(told.record_type, told.widths, names, style)
        self._buttons = [
            self._button(words, key, deed)
            for words, key, deed in (
                ("上移", "Alt+↑", "move up"),
                ("下移", "Alt+↓", "move down"),
                ("删除这条", "Ctrl+Delete", "remove"),
            )
        ]
        hint = QLabel(told.hint)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        row = self._row = QHBoxLayout()
        row.addWidget(hint, 1)
        for button in self._buttons:
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)

    def add_button(self, button: QPushButton) -> None:
        """One more thing that can be done with the chosen line."""
        self._row.insertWidget(1, button)
        self._buttons.append(button)

    def set_read_only(self, read_only: bool) -> None:
        """Let the list be read only."""
        self.table.set_read_only(read_only)
        for button in self._buttons:
            button.setVisible(not read_only)

    def words(self) -> str:
        """The tab's title with the number of lines."""
        count = len(self.table.lines.written_rows())
        return f"{self.title} {count}条" if count else self.title

    def _button(self, words: str, key: str, deed: str) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(f"{words} ({key})")
        button.setProperty("role", "link")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _on=False: self.table.act(deed))
        return button


class PartsPanel(QObject):
    """All lists under one record; the page puts the tabs where it wants them."""

    edited = Signal()
    finished = Signal(object)
    """Enter was pressed on the empty line of a list; the list's tab."""

    def __init__(self, lists: Sequence[PartList], names: OfficeNames, style: Style) -> None:
        super().__init__()
        self.names = names
        self.tabs = {each.record_type: PartTab(each, names, style) for each in lists}
        self.shown: tuple[Record, ...] = ()
        self._is_dirty = False
        for tab in self.tabs.values():
            tab.table.edited.connect(self._touch)
            tab.table.finished.connect(lambda tab=tab: self.finished.emit(tab))

    def show_record(self, record: Record | None, desk: Desk, *, read_only: bool) -> None:
        """Show the parts of a record, or none."""
        self.shown = parts_of(desk, record, tuple(self.tabs))
        self.names.start()
        for part_type, tab in self.tabs.items():
            tab.set_read_only(read_only)
            tab.table.show_records([each for each in self.shown if type(each) is part_type])
        self._is_dirty = False

    def fill(self, parts: Sequence[Record]) -> None:
        """Put parts into the lists of a new record."""
        for part_type, tab in self.tabs.items():
            own = [each for each in parts if type(each) is part_type]
            if own:
                tab.table.show_records(own)
                self._touch()

    def is_dirty(self) -> bool:
        """Whether a line was changed since `show_record`."""
        return self._is_dirty

    def lines(self) -> dict[type[Record], list[Record]]:
        """What the lists come to.

        Raises:
            PartNotValid: a text cannot be read.
        """
        return {part_type: tab.table.records() for part_type, tab in self.tabs.items()}

    def mark(self, error: PartNotValid) -> PartTab:
        """Say in the line what is wrong with it; the tab it stands on."""
        tab = self.tabs[error.part]
        tab.table.mark(error.row, error.problems)
        return tab

    def answers(self) -> dict[str, Any]:
        """The texts of all lists, for a draft."""
        return {_key(each): tab.table.lines.answers() for each, tab in self.tabs.items()}

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Put a draft back."""
        for part_type, tab in self.tabs.items():
            if _key(part_type) in answers:
                tab.table.show_answers(answers[_key(part_type)])
        self._touch()

    def _touch(self) -> None:
        self._is_dirty = True
        self.edited.emit()


def parts_of(
    desk: Desk, record: Record | None, part_types: Sequence[type[Record]]
) -> tuple[Record, ...]:
    """The parts of a record that are of some types."""
    if record is None or not record.id:
        return ()
    return tuple(
        part for each in part_types for part in desk.find(each, **{each.parent: record.id})
    )


def linked_ids(records: Sequence[Record]) -> list[str | None]:
    """All ids that records link to."""
    return [getattr(each, name) for each in records for name in each.links()]


def _key(part_type: type[Record]) -> str:
    """Under what a draft keeps a list; no field is called so."""
    return f"parts/{part_type.table}"
