"""One editor for each kind of field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

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
    WrongText,
)
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QWheelEvent

    from liaison_desk.domain.record import Record

    Choices = Callable[[str], list[tuple[str, str]]]
    """The ids and captions a link to a table can choose from."""

NAMED_ON_THE_SPOT = {"person", "agency", "village", "topic"}
"""Tables whose records a clerk may bring into being by typing a new name into a link."""


class Editor(QWidget):
    """An editor of one field: text in, value out."""

    edited = Signal()

    def __init__(self, kind: Field, widget: QWidget) -> None:
        super().__init__()
        self.kind = kind
        self.widget = widget
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        self.setFocusProxy(widget)

    def answer(self) -> str:
        """What stands in the editor, as text; what a draft keeps."""
        raise NotImplementedError

    def set_answer(self, answer: str) -> None:
        """Put text back as it was typed."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value of the field.

        Raises:
            WrongText: what is typed cannot be read.
        """
        return self.kind.parse(self.answer())

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.set_answer(self.kind.format(value))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read and copied but not changed."""
        self.widget.setEnabled(not read_only)

    def mark(self, wrong: bool) -> None:
        """Draw its border in the colour of a fault, or not."""
        self.widget.setProperty("wrong", wrong)
        self.widget.style().unpolish(self.widget)
        self.widget.style().polish(self.widget)


class LineEditor(Editor):
    """One line; what is typed is shown as the desk understood it when the cursor leaves."""

    def __init__(self, kind: Field) -> None:
        self.line = QLineEdit()
        super().__init__(kind, self.line)
        self.line.setPlaceholderText(kind.hint)
        if isinstance(kind, (Phone, IdentityNumber, Number)):
            self.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.tidy)

    def answer(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_answer(self, answer: str) -> None:
        """Show it from its beginning."""
        self.line.setText(answer)
        self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        """Text that cannot be changed can still be copied."""
        self.line.setReadOnly(read_only)

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


class ParagraphEditor(Editor):
    """Several paragraphs; Tab moves on."""

    def __init__(self, kind: Field) -> None:
        self.text = QPlainTextEdit()
        super().__init__(kind, self.text)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(kind.hint)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 3 + GAP * 2)
        self.text.textChanged.connect(self.edited)

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


class ChoiceEditor(Editor):
    """A list of words; an open one takes others."""

    def __init__(self, kind: Choice) -> None:
        self.box = WheelSafeComboBox()
        super().__init__(kind, self.box)
        if not kind.required and kind.default == "":
            self.box.addItem("")
        self.box.addItems(list(kind.options))
        self.box.setEditable(kind.open_list)
        signal = self.box.editTextChanged if kind.open_list else self.box.currentTextChanged
        signal.connect(lambda _text: self.edited.emit())

    def answer(self) -> str:
        """The word chosen or typed."""
        return self.box.currentText()

    def set_answer(self, answer: str) -> None:
        """Choose a word; one that the list lacks is shown all the same."""
        if self.box.findText(answer) < 0 and not self.box.isEditable():
            self.box.addItem(answer)
        self.box.setCurrentText(answer)


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


class LinkEditor(Editor):
    """Another record, picked by typing part of its name; a new name may be a new record."""

    def __init__(self, kind: Link, choices: Choices) -> None:
        self.box = WheelSafeComboBox()
        super().__init__(kind, self.box)
        self._to = kind.to
        self._choices = choices
        self._new: Record | None = None
        self._offered: list[tuple[str, str]] | None = None
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.box.setCompleter(completer)
        self.fill()
        self.box.editTextChanged.connect(lambda _text: self.edited.emit())

    def fill(self) -> None:
        """Offer what there is now, keeping what is typed."""
        self._new = None
        choices = self._choices(self._to)
        if choices is self._offered:
            return
        self._offered = choices
        typed = self.box.currentText()
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem("", "")
        for record_id, caption in choices:
            self.box.addItem(caption, record_id)
        self.box.setCurrentIndex(max(self.box.findText(typed), 0))
        self.box.setEditText(typed)
        self.box.blockSignals(False)

    def answer(self) -> str:
        """The name chosen or typed."""
        return self.box.currentText().strip()

    def set_answer(self, answer: str) -> None:
        """Show a name."""
        found = self.box.findText(answer)
        self.box.setCurrentIndex(max(found, 0))
        self.box.setEditText(answer)

    def set_value(self, value: Any) -> None:
        """Show the record with this id."""
        self._new = None
        found = self.box.findData(value) if value else 0
        self.box.setCurrentIndex(found)
        if found < 0:
            self.box.setEditText("")

    def value(self) -> str | None:
        """The id of the record named; a new name gets a record, see `new_record`.

        Raises:
            WrongText: there is no such record, or several, and none can be made here.
        """
        name = self.answer()
        if not name:
            return None
        index = self.box.currentIndex()
        if index > 0 and self.box.itemText(index) == name:
            return str(self.box.itemData(index))
        found = self.box.findText(name, Qt.MatchFlag.MatchFixedString)
        if found > 0:
            return str(self.box.itemData(found))
        if self.box.findText(f"{name}（", Qt.MatchFlag.MatchStartsWith) > 0:
            raise WrongText(f"有几个叫“{name}”的，请打开列表选其中一个")
        if self._to not in NAMED_ON_THE_SPOT:
            raise WrongText(f"没有找到“{name}”，请从列表里选，或先新建{BY_TABLE[self._to].title}")
        if self._new is None or self._new.caption != name:
            record_type = BY_TABLE[self._to]
            named = {"id": str(uuid4()), "name": record_type.fields()["name"].parse(name)}
            self._new = with_values(record_type(), named)
        return self._new.id

    def new_record(self) -> Record | None:
        """The record that a new name brings into being, to be saved before the one edited."""
        try:
            value = self.value()
        except WrongText:
            return None
        return self._new if self._new is not None and self._new.id == value else None


class WheelSafeComboBox(QComboBox):
    """A combo box that the mouse wheel does not change while one scrolls past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()


def make_editor(kind: Field, choices: Choices) -> Editor:
    """The editor for a kind of field."""
    if isinstance(kind, Link):
        return LinkEditor(kind, choices)
    if isinstance(kind, Choice):
        return ChoiceEditor(kind)
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
