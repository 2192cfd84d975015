"""The editors of cells: what is typed is kept at once, and the keys of a list work in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyledItemDelegate

from liaison_desk.domain.fields import Choice, Day, Field, Link, LongText, Moment
from liaison_desk.ui.cells_clipboard import holds_cells
from liaison_desk.ui.date_line import DateLine
from liaison_desk.ui.input_method import fit_input_method, guard_composing, is_composing
from liaison_desk.ui.meeting.name_line import NameLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    Index = QModelIndex | QPersistentModelIndex
    KindOf = Callable[[int], Field]
    Offers = Callable[[Field], list[str]]

LINE_HEIGHT_SHARE = 1.9
"""Height of a row in heights of its text."""
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Return, _NONE): "enter",
    (Qt.Key.Key_Enter, _NONE): "enter",
    (Qt.Key.Key_Tab, _NONE): "next",
    (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier): "back",
    (Qt.Key.Key_Up, _NONE): "up",
    (Qt.Key.Key_Down, _NONE): "down",
    (Qt.Key.Key_Delete, _CTRL): "remove",
    (Qt.Key.Key_Up, _ALT): "move up",
    (Qt.Key.Key_Down, _ALT): "move down",
}


def deed_of(event: QKeyEvent) -> str:
    """What a key does in a list, or ""."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _KEYS.get((Qt.Key(event.key()), modifiers), "")


class CellDelegate(QStyledItemDelegate):
    """Makes the editor of a cell by its kind.

    Args:
        kind_of: the kind of field of a column.
        offers: the words or names a kind can choose from.
        parent: the table.
    """

    typed = Signal(object, str)
    """A text changed under the cursor: the index, the text."""
    asked = Signal(str)
    """A key of the list was pressed in an editor; see `deed_of`."""

    def __init__(self, kind_of: KindOf, offers: Offers, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind_of = kind_of
        self._offers = offers

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line, a line with suggestions, or some lines."""
        kind = self._kind_of(index.column())
        editor = self._made(kind, parent)
        editor.setObjectName("cell")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the text, unless the editor holds it already: then the cursor stays."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if text == text_of(editor):
            return
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Hand the finished text on."""
        index.model().setData(index, text_of(editor), Qt.ItemDataRole.EditRole)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the text and for an editor; more where paragraphs are written."""
        hint = super().sizeHint(option, index)
        lines = 1.0 if not isinstance(self._kind_of(index.column()), LongText) else 1.7
        least = round(option.fontMetrics.height() * LINE_HEIGHT_SHARE * lines)
        return QSize(hint.width(), max(hint.height(), least))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The keys of the list, before the editor sees them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if is_composing(editor):
                return False
            if event.matches(QKeySequence.StandardKey.Paste) and self._is_block(editor):
                self.asked.emit("paste")
                return True
            deed = deed_of(event)
            if deed and self._is_for_list(editor, deed):
                self.asked.emit(deed)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                return False
        return super().eventFilter(editor, event)

    def _is_block(self, editor: QObject) -> bool:
        """Whether the clipboard holds cells of a spreadsheet rather than a text for this cell."""
        return holds_cells(takes_lines=isinstance(editor, QPlainTextEdit))

    def _is_for_list(self, editor: QObject, deed: str) -> bool:
        """Whether the list, not the editor, acts on a key."""
        if isinstance(editor, NameLine):
            if deed in {"up", "down"} and (editor.is_suggesting() or deed == "down"):
                return False
            if deed in {"enter", "next"}:
                editor.take_suggestion()
        if isinstance(editor, QPlainTextEdit) and deed in {"up", "down"}:
            block = editor.textCursor().block()
            edge = block.previous() if deed == "up" else block.next()
            return not edge.isValid() and block.lineCount() == 1
        return True

    def _made(self, kind: Field, parent: QWidget) -> QWidget:
        """The editor of a kind."""
        if isinstance(kind, LongText):
            text = QPlainTextEdit(parent)
            guard_composing(text)
            text.textChanged.connect(lambda: self._tell(text))
            return text
        if isinstance(kind, (Link, Choice)):
            line: QLineEdit = NameLine(lambda: self._offers(kind), parent)
        else:
            line = DateLine(kind, parent) if isinstance(kind, Day | Moment) else QLineEdit(parent)
            line.setPlaceholderText(kind.hint)
            fit_input_method(line, kind)
        line.textEdited.connect(lambda _text: self._tell(line))
        return line

    def _tell(self, editor: QWidget) -> None:
        """Hand on what is typed."""
        self.typed.emit(editor, text_of(editor))


def text_of(editor: QWidget) -> str:
    """What stands in an editor."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""
