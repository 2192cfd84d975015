"""One editor for each kind of field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from liaison_desk.domain.fields import (
    Choice,
    Day,
    Field,
    Flag,
    IdentityNumber,
    Link,
    LongText,
    Moment,
    Month,
    Number,
    Phone,
    Several,
    Text,
    WrongText,
)
from liaison_desk.domain.short import short
from liaison_desk.store.pinyin import spellings
from liaison_desk.ui.date_line import DateLine
from liaison_desk.ui.editor import Editor, hint_of
from liaison_desk.ui.field_offers import is_personal
from liaison_desk.ui.input_method import fit_input_method, guard_composing
from liaison_desk.ui.link_editor import NAMED_ON_THE_SPOT, Choices, LinkEditor
from liaison_desk.ui.style import GAP
from liaison_desk.ui.suggest_line import Offer, SuggestLine, is_meant, pick_begun, pick_sounded

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QWheelEvent

__all__ = [
    "NAMED_ON_THE_SPOT",
    "ChoiceEditor",
    "Choices",
    "Editor",
    "FlagEditor",
    "LineEditor",
    "LinkEditor",
    "OpenChoiceEditor",
    "ParagraphEditor",
    "SeveralEditor",
    "WheelSafeComboBox",
    "is_wide",
    "make_editor",
]


class LineEditor(Editor):
    """One line; what is typed is shown as the desk understood it when the cursor leaves."""

    def __init__(self, kind: Field) -> None:
        self.line = self._made(kind)
        super().__init__(kind, self.line)
        self.line.setPlaceholderText(kind.hint)
        fit_input_method(self.line, kind)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.tidy)
        self.line.editingFinished.connect(self.left)

    def set_hint(self, last: str) -> None:
        """Say what the last record had here."""
        self.line.setPlaceholderText(hint_of(self.kind, last))

    def answer(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_answer(self, answer: str) -> None:
        """Show it from its beginning."""
        self.line.setText(answer)
        self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        """Text that cannot be changed can still be copied, and there is nothing to open then."""
        self.line.setReadOnly(read_only)
        if isinstance(self.line, SuggestLine) and self.line.arrow is not None:
            self.line.arrow.setVisible(not read_only)

    def tidy(self) -> None:
        """Show 0308 as the date it was understood as."""
        try:
            shown = self.kind.format(self.value())
        except WrongText:
            return
        if shown != self.line.text():
            # Put in as if typed over: the line's own undo brings back what was typed.
            self.line.selectAll()
            self.line.insert(shown)

    def offered(self, typed: str) -> list[Offer]:
        """The words of the field's list, by their sound too, and what was entered here last."""
        if self.offers is None:
            return []
        words = self.offers.words(self.kind.words) if self.kind.words else []
        recent = self.offers.recent(self.objectName())
        every = dict.fromkeys([*(recent if not typed else ()), *words, *recent])
        listed = set(words)
        return [
            Offer(each)
            for each in every
            if typed in each or (each in listed and is_meant(typed, each))
        ]

    def _made(self, kind: Field) -> QLineEdit:
        """The line; days are explained, and text is offered what was entered before."""
        if isinstance(kind, Day | Moment):
            return DateLine(kind)
        if isinstance(kind, Text) and not is_personal(kind):
            first = pick_sounded if kind.words else None
            return SuggestLine(self.offered, first=first, has_arrow=bool(kind.words))
        return QLineEdit()


class ParagraphEditor(Editor):
    """Several paragraphs; Tab moves on."""

    def __init__(self, kind: Field) -> None:
        self.text = Paragraphs()
        super().__init__(kind, self.text)
        self.text.setTabChangesFocus(True)
        guard_composing(self.text)
        self.text.setPlaceholderText(kind.hint)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 3 + GAP * 2)
        self.text.textChanged.connect(self.edited)
        self.text.textChanged.connect(self.left)

    def answer(self) -> str:
        """What is typed."""
        return self.text.toPlainText()

    def set_answer(self, answer: str) -> None:
        """Show it."""
        if answer != self.text.toPlainText():
            self.text.setPlainText(answer)

    def set_read_only(self, read_only: bool) -> None:
        """Text that cannot be changed can still be copied."""
        self.text.setReadOnly(read_only)

    def set_hint(self, last: str) -> None:
        """Say how the last record began here."""
        self.text.setPlaceholderText(hint_of(self.kind, short(last, 30)))


class ChoiceEditor(Editor):
    """A closed list of words."""

    def __init__(self, kind: Choice) -> None:
        self.box = WheelSafeComboBox()
        super().__init__(kind, self.box)
        if not kind.required and kind.default == "":
            self.box.addItem("")
        self.box.addItems(list(kind.options))
        self.box.currentTextChanged.connect(lambda _text: self.edited.emit())

    def answer(self) -> str:
        """The word chosen."""
        return self.box.currentText()

    def set_answer(self, answer: str) -> None:
        """Choose a word; one that the list lacks is shown all the same."""
        if self.box.findText(answer) < 0:
            self.box.addItem(answer)
        self.box.setCurrentText(answer)


class OpenChoiceEditor(LineEditor):
    """A list of words that takes others."""

    kind: Choice

    def offered(self, typed: str) -> list[Offer]:
        """The words of the list, those the office edits before those shipped, then others used.

        Found by their sound too: jdr is 接待日.
        """
        words: list[str] = []
        recent: list[str] = []
        if self.offers is not None:
            words = self.offers.words(self.kind.words) if self.kind.words else []
            recent = self.offers.recent(self.objectName())
        every = dict.fromkeys([*(words or self.kind.options), *recent])
        return [Offer(each) for each in every if is_meant(typed, each)]

    def _made(self, kind: Field) -> QLineEdit:
        """A line with all the words behind its arrow; Enter takes one that begins as typed."""
        return SuggestLine(self.offered, first=pick_begun, has_arrow=True)


class SeveralEditor(Editor):
    """A tick for each word of a list."""

    def __init__(self, kind: Several) -> None:
        super().__init__(kind, QWidget())
        self.boxes = {each: QCheckBox(each) for each in kind.options}
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            row.addWidget(box)
            box.toggled.connect(lambda _on: self.edited.emit())
        row.addStretch(1)
        self.widget.setFocusProxy(next(iter(self.boxes.values())))

    def answer(self) -> str:
        """The ticked words."""
        return "、".join(word for word, box in self.boxes.items() if box.isChecked())

    def set_answer(self, answer: str) -> None:
        """Tick just these words."""
        chosen = answer.split("、")
        for word, box in self.boxes.items():
            box.setChecked(word in chosen)


class FlagEditor(Editor):
    """A tick."""

    def __init__(self, kind: Field) -> None:
        self.box = QCheckBox("是")
        super().__init__(kind, self.box)
        self.box.toggled.connect(lambda _on: self.edited.emit())

    def answer(self) -> str:
        """是 or nothing."""
        return "是" if self.box.isChecked() else ""

    def set_answer(self, answer: str) -> None:
        """Tick or untick."""
        self.box.setChecked(answer == "是")


class Paragraphs(QPlainTextEdit):
    """Asks for its least height alone: what room there is, a form's rows share out."""

    def sizeHint(self) -> QSize:
        """As high as it must be."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class WheelSafeComboBox(QComboBox):
    """A combo box that the mouse wheel does not change while one scrolls past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter chooses the next word that begins with it or with its sound."""
        letter = event.text().lower()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if len(letter) == 1 and letter.isascii() and letter.isalpha() and not modifiers:
            self._choose_by(letter)
        else:
            super().keyPressEvent(event)

    def _choose_by(self, letter: str) -> None:
        here, count = max(self.currentIndex(), 0), self.count()
        for place in (*range(here + 1, count), *range(here + 1)):
            word = self.itemText(place).lower()
            if word and any(each.startswith(letter) for each in (word, *spellings(word))):
                self.setCurrentIndex(place)
                return

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()


def make_editor(kind: Field, choices: Choices) -> Editor:
    """The editor for a kind of field."""
    if isinstance(kind, Link):
        return LinkEditor(kind, choices)
    if isinstance(kind, Choice):
        return OpenChoiceEditor(kind) if kind.open_list else ChoiceEditor(kind)
    if isinstance(kind, Several):
        return SeveralEditor(kind)
    if isinstance(kind, LongText):
        return ParagraphEditor(kind)
    if isinstance(kind, Flag):
        return FlagEditor(kind)
    return LineEditor(kind)


def is_wide(kind: Field) -> bool:
    """Whether an editor takes the whole width of a form."""
    narrow = (Day, Moment, Month, Number, Phone, Choice, Flag, Link, IdentityNumber)
    return isinstance(kind, LongText) or (not isinstance(kind, narrow) and kind.max_length > 60)
