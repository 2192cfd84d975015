"""A form for one record, made from its declaration."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QSizePolicy, QWidget

from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.fields import Link, LongText, WrongText
from liaison_desk.ui.editors import Editor, LinkEditor, is_wide, make_editor
from liaison_desk.ui.roles import set_role
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.editors import Choices
    from liaison_desk.ui.field_offers import FieldOffers

LEAST_EM = 9
"""The least width of an editor, in Chinese characters, before two stand in one row."""
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class RecordForm(QWidget):
    """One editor for each field; it never touches the desk.

    `choices` gives the ids and captions a link can choose from; `names` limits the fields shown,
    in that order; `headings` stand above the fields they are named by. Enter goes from each field
    to the next. What a field is left with is looked at there and then: what cannot be read is
    marked, what is odd or makes a new record is said beside it. Once it has offers, a new record
    shows how the last one had each field, and Ctrl+' puts that in.
    """

    edited = Signal()
    ended = Signal()
    """Enter was pressed in the last field."""

    def __init__(
        self,
        record_type: type[Record],
        choices: Choices,
        names: Sequence[str] | None = None,
        headings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("form")
        self._headings = {name: _heading(words) for name, words in (headings or {}).items()}
        kinds = record_type.fields()
        self._type = record_type
        self._record: Record = record_type()
        self._offers: FieldOffers | None = None
        self.editors: dict[str, Editor] = {
            name: make_editor(kinds[name], choices) for name in names or kinds
        }
        for name, editor in self.editors.items():
            editor.setObjectName(name)
        self._labels = {name: self._label(name) for name in self.editors}
        self._faults = {name: _fault(name) for name in self.editors}
        self._grid = QGridLayout()
        self._is_on_grid = False
        self._is_narrow = False
        self._is_dirty = False
        self._has_stepped = False
        self.arrange()
        self._connect()

    @property
    def record_type(self) -> type[Record]:
        """What the form is of."""
        return self._type

    def set_offers(self, offers: FieldOffers) -> None:
        """Offer words of lists and earlier values from now on."""
        self._offers = offers
        for editor in self.editors.values():
            editor.set_offers(offers)

    def set_record(self, record: Record) -> None:
        """Show a record; the form is clean then."""
        self._record = record
        self._hint_at_last()
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
        for name in self._faults:
            if sentences and name not in sentences:
                self._look_at(name)
            else:
                self._say_beside(name, sentences.get(name, ""), is_wrong=name in sentences)
        wrong = [name for name in self.editors if name in sentences]
        if wrong:
            self._go_to(self.editors[wrong[0]], Qt.FocusReason.OtherFocusReason)

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
        """Put the cursor into the first editor; past what is filled in, into what is wanted."""
        first = next(iter(self.editors.values()))
        if first.answer():
            every = self.editors.values()
            first = next((e for e in every if e.kind.required and not e.answer()), first)
        self._go_to(first, Qt.FocusReason.OtherFocusReason)

    def go_to_next_part(self) -> None:
        """To the first field under the next heading, or out of the form (Ctrl+Down)."""
        names, here = list(self.editors), self._here()
        for name in names[names.index(here) + 1 if here else 0 :]:
            if name in self._headings:
                self._go_to(self.editors[name], Qt.FocusReason.TabFocusReason)
                return
        self.ended.emit()

    def give_identity(self, record: Record) -> None:
        """Let what is edited be the record with this id from now on."""
        self._record = dataclasses.replace(self._record, id=record.id)

    # -- the look ------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay the form out."""
        self.setLayout(self.grid())

    def grid(self) -> QGridLayout:
        """The grid of labels and editors."""
        self._grid.setContentsMargins(GAP, GAP, GAP, GAP)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP // 2)
        self._is_on_grid = True
        self._place_all()
        return self._grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand one field below the other where two do not fit side by side."""
        super().resizeEvent(event)
        is_narrow = self.width() < self._pair_width()
        if self._is_on_grid and is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._place_all()

    def minimumSizeHint(self) -> QSize:
        """No wider than one label and one editor."""
        least = super().minimumSizeHint()
        if not self._is_on_grid:
            return least
        return QSize(min(least.width(), self._pair_width() // 2), least.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on; a dialog around the form must not take it for its button."""
        if event.key() == Qt.Key.Key_Apostrophe and event.modifiers() == CTRL:
            self.repeat_last()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() not in PLAIN:
            event.ignore()
        elif self._has_stepped:
            self._has_stepped = False
        elif (here := self._here()) is not None:
            self._step(self.editors[here])

    def repeat_last(self) -> None:
        """Put into the field with the cursor what the last record has there (Ctrl+')."""
        name = self._here()
        if name is None or self._offers is None or not self._offers.is_offered(name):
            return
        last = self._offers.newest()
        if last is not None and last.id != self._record.id:
            self.editors[name].set_value(getattr(last, name))
            self._touch()

    def _here(self) -> str | None:
        """The field that has the cursor."""
        focused = self.focusWidget()
        for name, editor in self.editors.items():
            if focused is not None and editor.isAncestorOf(focused):
                return name
        return None

    def _hint_at_last(self) -> None:
        """In a new record's empty fields say how the last record had them."""
        is_new = not self._record.id and self._offers is not None
        last = self._offers.newest() if is_new and self._offers is not None else None
        for name, editor in self.editors.items():
            editor.set_hint(self._last_text(last, name))

    def _last_text(self, last: Record | None, name: str) -> str:
        """What the last record has in a field, as text, when it may be repeated."""
        offers = self._offers
        if last is None or offers is None or not offers.is_offered(name):
            return ""
        kind, value = self.editors[name].kind, getattr(last, name)
        if isinstance(kind, Link):
            return offers.caption(kind.to, value) if value else ""
        return kind.format(value)

    def _step(self, editor: Editor) -> None:
        """To the next field that can be changed, or out of the form."""
        every = list(self.editors.values())
        for following in every[every.index(editor) + 1 :]:
            if following.widget.isEnabled():
                self._go_to(following, Qt.FocusReason.TabFocusReason)
                return
        self.ended.emit()

    def _go_to(self, editor: Editor, reason: Qt.FocusReason) -> None:
        """Put the cursor into an editor and bring it into sight, which Qt does for Tab alone."""
        editor.setFocus(reason)
        if reason == Qt.FocusReason.OtherFocusReason and isinstance(editor.widget, QLineEdit):
            editor.widget.end(False)  # what is typed goes on from what is there
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(editor)

    def _step_from_line(self, editor: Editor) -> None:
        """Enter was pressed in a line, which passes the key on to the form as well."""
        self._step(editor)
        self._has_stepped = True
        QTimer.singleShot(0, self, self._forget_step)

    def _forget_step(self) -> None:
        """The key has been dealt with, whoever took it."""
        self._has_stepped = False

    def _pair_width(self) -> int:
        """How wide the form must be for two fields in a row, in px."""
        labels = [self._labels[name].sizeHint().width() for name in self.editors]
        editor = LEAST_EM * self.fontMetrics().horizontalAdvance("国")
        return 2 * (max(labels) + editor) + 5 * GAP

    def _place_all(self) -> None:
        """Short fields two to a row where there is room, long ones across."""
        while self._grid.takeAt(0) is not None:
            pass
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 0 if self._is_narrow else 1)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        row, half = 0, 0
        for name, editor in self.editors.items():
            wide = self._is_narrow or is_wide(editor.kind)
            if half and (wide or name in self._headings):
                row, half = row + 2, 0
            if name in self._headings:
                self._grid.addWidget(self._headings[name], row, 0, 1, 4)
                row += 1
            self._place(self._grid, name, row, half, wide)
            half = 0 if wide else 1 - half
            row += 2 if half == 0 else 0
        has_paragraphs = any(isinstance(each.kind, LongText) for each in self.editors.values())
        self._grid.setRowStretch(row + 2, 0 if has_paragraphs else 1)

    def _place(self, grid: QGridLayout, name: str, row: int, half: int, wide: bool) -> None:
        """Put a label, its editor and the place for its fault on the grid."""
        editor, fault = self.editors[name], self._faults[name]
        top = isinstance(editor.kind, LongText)
        upright = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        column, span = half * 2, 3 if wide else 1
        if top and grid is self._grid:
            grid.setRowStretch(row, 1)
        grid.addWidget(self._labels[name], row, column, Qt.AlignmentFlag.AlignRight | upright)
        grid.addWidget(editor, row, column + 1, 1, span)
        grid.addWidget(fault, row + 1, column + 1, 1, span)

    def _label(self, name: str) -> QLabel:
        """A field's label, with a star when it has to be filled in."""
        editor = self.editors[name]
        red = self.palette().color(QPalette.ColorRole.BrightText).name()
        star = f"<span style='color:{red}'> *</span>" if editor.kind.required else ""
        label = QLabel(editor.kind.label + star)
        label.setBuddy(editor.widget)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return label

    def _connect(self) -> None:
        """Note every keystroke; look at a field when it is left, and when it is typed in again."""
        for name, editor in self.editors.items():
            editor.edited.connect(self._touch)
            editor.edited.connect(lambda name=name: self._say_beside(name, ""))
            editor.left.connect(lambda name=name: self._look_at(name))
            self._faults[name].linkActivated.connect(
                lambda link, name=name: self._take_meant(name, link)
            )
            if isinstance(editor.widget, QLineEdit):
                line = editor.widget
                line.returnPressed.connect(lambda editor=editor: self._step_from_line(editor))

    def _look_at(self, name: str) -> None:
        """Say beside a field what is wrong with it, what is odd, or what it will bring about."""
        editor = self.editors[name]
        try:
            value = editor.value()
        except WrongText as error:
            self._say_beside(name, str(error), is_wrong=True)
            return
        # What is still empty may be filled in later: only saving asks for it.
        wrong = None if editor.kind.is_empty(value) else editor.kind.problem(value)
        self._say_beside(name, wrong or editor.remark(), is_wrong=wrong is not None)

    def _take_meant(self, name: str, link: str) -> None:
        """The name that was meant was clicked beside a field."""
        self.editors[name].set_answer(unquote(link))
        self._touch()
        self._look_at(name)

    def _say_beside(self, name: str, sentence: str, *, is_wrong: bool = False) -> None:
        """Stand a sentence beside a field; a remark is rich text, a fault is not."""
        label = self._faults[name]
        if label.text() == sentence and label.isVisibleTo(self) == bool(sentence):
            return
        label.setTextFormat(Qt.TextFormat.PlainText if is_wrong else Qt.TextFormat.RichText)
        set_role(label, "wrong" if is_wrong else "remark")
        label.setText(sentence)
        label.setVisible(bool(sentence))
        self.editors[name].mark(is_wrong)

    def _touch(self) -> None:
        """Something was typed."""
        self._is_dirty = True
        self.edited.emit()


def _heading(words: str) -> QLabel:
    """What stands above some fields."""
    label = QLabel(words)
    label.setProperty("role", "heading")
    return label


def _fault(name: str) -> QLabel:
    """The place for what is wrong with a field."""
    label = QLabel()
    label.setProperty("role", "wrong")
    label.setObjectName(f"{name}_fault")
    label.setWordWrap(True)
    label.hide()
    return label
