"""The text field that is being typed in: its own undo goes first, the window's keys are no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from liaison_desk.ui.meeting.line_table import LineTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


class TypingUndo(QObject):
    """Lets Ctrl+Z and Ctrl+Y of a window reach its actions from within a text field.

    A text field keeps these keys to itself even when it has nothing to undo, so that the clerk
    would press Ctrl+Z after a save and see nothing happen. And it writes the letter of an Alt+J
    that means nothing on this page.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self.watch)

    def watch(self, old: QWidget | None, new: QWidget | None) -> None:
        """Look at the keys of the field that has the cursor now."""
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and new.window() is self._window:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say of these two keys that no field wants them; keep Alt and a letter from it."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return _is_letter_of_a_deed(event)
        if event.type() != QEvent.Type.ShortcutOverride:
            return False
        if not (event.matches(QKeySequence.StandardKey.Undo) or _is_redo(event)):
            return False
        event.ignore()
        return True

    def undo(self) -> bool:
        """Undo typing in the field that has the cursor; False when there is none to undo."""
        field = self.field()
        if field is not None and _can_undo(field):
            field.undo()
            return True
        written = self.written_list()
        if written is None or not written.can_undo():
            return False
        written.undo()
        return True

    def redo(self) -> bool:
        """Redo typing in the field that has the cursor; False when there is none."""
        field = self.field()
        if field is not None and _can_redo(field):
            field.redo()
            return True
        written = self.written_list()
        if written is None or not written.can_redo():
            return False
        written.redo()
        return True

    def written_list(self) -> LineTable | None:
        """The list written in place that the cursor stands in."""
        widget: QWidget | None = self._window.focusWidget()
        while widget is not None and not isinstance(widget, LineTable):
            widget = widget.parentWidget()
        return widget

    def field(self) -> QLineEdit | QPlainTextEdit | QTextEdit | None:
        """The text field that has the cursor and may be typed in."""
        focused = self._window.focusWidget()
        widget = focused.lineEdit() if isinstance(focused, QComboBox) else focused
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and not widget.isReadOnly():
            return widget
        return None


def _is_redo(event: QKeyEvent) -> bool:
    ctrl_y = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
    return event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == ctrl_y


def _is_letter_of_a_deed(event: QKeyEvent) -> bool:
    is_written = event.text() != "" and event.text().isprintable()
    return is_written and event.modifiers() == Qt.KeyboardModifier.AltModifier


def _can_undo(field: QLineEdit | QPlainTextEdit | QTextEdit) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return field.document().isUndoAvailable()


def _can_redo(field: QLineEdit | QPlainTextEdit | QTextEdit) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return field.document().isRedoAvailable()
