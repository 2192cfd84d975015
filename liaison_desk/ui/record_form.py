"""A form for one record, made from its declaration."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.fields import LongText, Phone, WrongText
from liaison_desk.ui.editors import Editor, LinkEditor, is_wide, make_editor
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.editors import Choices


class RecordForm(QWidget):
    """One editor for each field; it never touches the desk.

    `choices` gives the ids and captions a link can choose from; `names` limits the fields shown,
    in that order.
    """

    edited = Signal()

    def __init__(
        self, record_type: type[Record], choices: Choices, names: Sequence[str] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("form")
        kinds = record_type.fields()
        self._type = record_type
        self._record: Record = record_type()
        self.editors: dict[str, Editor] = {
            name: make_editor(kinds[name], choices) for name in names or kinds
        }
        self._faults = {name: QLabel() for name in self.editors}
        self._is_dirty = False
        self.arrange()
        self._connect()

    def set_record(self, record: Record) -> None:
        """Show a record; the form is clean then."""
        self._record = record
        for name, editor in self.editors.items():
            editor.blockSignals(True)
            editor.set_value(getattr(record, name))
            editor.blockSignals(False)
        self.mark([])
        self._is_dirty = False

    def record(self) -> Record:
        """The record as the form has it.

        Raises:
            NotValid: something typed cannot be read; the fields are marked.
        """
        values, problems = {}, []
        for name, editor in self.editors.items():
            try:
                values[name] = editor.value()
            except WrongText as error:
                problems.append(Problem(name, str(error)))
        if problems:
            self.mark(problems)
            raise NotValid(problems)
        return dataclasses.replace(self._record, **values)

    def new_records(self) -> list[Record]:
        """The records that new names typed into links bring into being."""
        links = (each for each in self.editors.values() if isinstance(each, LinkEditor))
        return [record for each in links if (record := each.new_record()) is not None]

    def mark(self, problems: Iterable[Problem]) -> None:
        """Stand each sentence beside its field, and put the cursor into the first wrong one."""
        sentences = {problem.field: problem.sentence for problem in problems}
        for name, label in self._faults.items():
            label.setText(sentences.get(name, ""))
            label.setVisible(name in sentences)
            self.editors[name].mark(name in sentences)
        wrong = [name for name in self.editors if name in sentences]
        if wrong:
            self.editors[wrong[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def is_dirty(self) -> bool:
        """Whether something was typed since `set_record`."""
        return self._is_dirty

    def answers(self) -> dict[str, str]:
        """What stands in every editor, for a draft."""
        return {name: editor.answer() for name, editor in self.editors.items()}

    def set_answers(self, answers: dict[str, str]) -> None:
        """Put a draft back; the form is dirty then."""
        for name, answer in answers.items():
            if name in self.editors:
                self.editors[name].set_answer(answer)
        self._touch()

    def set_read_only(self, read_only: bool) -> None:
        """Let everything be read and copied but not changed."""
        for editor in self.editors.values():
            editor.set_read_only(read_only)

    def refill(self) -> None:
        """Offer in every link what there is now."""
        for editor in self.editors.values():
            if isinstance(editor, LinkEditor):
                editor.blockSignals(True)
                editor.fill()
                editor.blockSignals(False)

    def focus_first(self) -> None:
        """Put the cursor into the first editor."""
        next(iter(self.editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def give_identity(self, record: Record) -> None:
        """Let what is edited be the record with this id from now on."""
        self._record = dataclasses.replace(self._record, id=record.id)

    def arrange(self) -> None:
        """Lay the form out."""
        self.setLayout(self.grid())

    def grid(self) -> QGridLayout:
        """Short fields two to a row, long ones across."""
        grid = QGridLayout()
        grid.setContentsMargins(GAP, GAP, GAP, GAP)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP // 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        row, half = 0, 0
        for name, editor in self.editors.items():
            wide = is_wide(editor.kind)
            if wide and half:
                row, half = row + 2, 0
            self._place(grid, name, row, half, wide)
            half = 0 if wide else 1 - half
            row += 2 if half == 0 else 0
        grid.setRowStretch(row + 2, 1)
        return grid

    def _place(self, grid: QGridLayout, name: str, row: int, half: int, wide: bool) -> None:
        """Put a label, its editor and the place for its fault on the grid."""
        editor, fault = self.editors[name], self._faults[name]
        editor.setObjectName(name)
        star = "<span style='color:#B3261E'> *</span>" if editor.kind.required else ""
        label = QLabel(editor.kind.label + star)
        label.setBuddy(editor.widget)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        top = Qt.AlignmentFlag.AlignTop if isinstance(editor.kind, LongText) else None
        right = Qt.AlignmentFlag.AlignRight | (top or Qt.AlignmentFlag.AlignVCenter)
        fault.setProperty("role", "wrong")
        fault.setObjectName(f"{name}_fault")
        fault.setWordWrap(True)
        fault.hide()
        column, span = half * 2, 3 if wide else 1
        grid.addWidget(label, row, column, right)
        grid.addWidget(editor, row, column + 1, 1, span)
        grid.addWidget(fault, row + 1, column + 1, 1, span)

    def _connect(self) -> None:
        """Note every keystroke; warn of an odd phone number without refusing it."""
        for name, editor in self.editors.items():
            editor.edited.connect(self._touch)
            if isinstance(editor.kind, Phone):
                editor.widget.editingFinished.connect(  # type: ignore[attr-defined]
                    lambda name=name: self._warn_of_phone(name)
                )

    def _warn_of_phone(self, name: str) -> None:
        """Say beside the field that a number looks odd."""
        sentence = Phone.warning(self.editors[name].answer())
        self._faults[name].setText(sentence or "")
        self._faults[name].setVisible(bool(sentence))

    def _touch(self) -> None:
        """Something was typed."""
        self._is_dirty = True
        self.edited.emit()
