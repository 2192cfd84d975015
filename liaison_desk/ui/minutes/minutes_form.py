"""The text of the minutes: the body is the main thing, the rest folds away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.fields import LongText
from liaison_desk.domain.minutes import Minutes
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from liaison_desk.domain.errors import Problem
    from liaison_desk.ui.editors import Choices

MAIN = ("heading", "summary", "body")
REST = (
    "present",
    "on_leave",
    "nonvoting",
    "dated",
    "issuer",
    "main_to",
    "copies",
    "printed_by",
    "printed_on",
    "mark",
)
PARTS = {
    "heading": "title",
    "summary": "body",
    "body": "body",
    "present": "present",
    "on_leave": "on_leave",
    "nonvoting": "nonvoting",
    "dated": "dated",
    "issuer": "issuer",
    "main_to": "copies",
    "copies": "copies",
    "printed_by": "printed_by",
    "printed_on": "printed_by",
    "mark": "mark",
}
"""The part of the paper that each field becomes."""
SHORT_PX, SUMMARY_PX = 58, 100
REST_LABEL = "到会、日期、抄送和印发"


class MinutesForm(RecordForm):
    """Heading and body, and under them a section with everything else."""

    pointed = Signal(str, int)
    """The cursor stands in a part of the paper: its name, its paragraph."""

    def __init__(self, choices: Choices) -> None:
        self.fold = QPushButton()
        self._rest = QScrollArea()
        super().__init__(Minutes, choices, (*MAIN, *REST))
        self.show_rest(False)
        self.fold.toggled.connect(self.show_rest)
        for name, editor in self.editors.items():
            editor.widget.installEventFilter(self)
            if isinstance(editor.widget, (QPlainTextEdit, QLineEdit)):
                editor.widget.cursorPositionChanged.connect(lambda *_at, name=name: self._say(name))

    def arrange(self) -> None:
        """The body takes the room there is."""
        main, rest = QGridLayout(), QGridLayout()
        for grid in (main, rest):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(GAP // 2)
            grid.setColumnStretch(1, 1)
        for row, name in enumerate(MAIN):
            self._put(main, row * 2, name)
        for row, name in enumerate(REST):
            self._put(rest, row * 2, name)
        main.setRowStretch(MAIN.index("body") * 2, 1)
        for name, editor in self.editors.items():
            if isinstance(editor.kind, LongText) and name != "body":
                height = SUMMARY_PX if name == "summary" else SHORT_PX
                editor.widget.setMinimumHeight(height)
                editor.widget.setMaximumHeight(height + 8)
        self.fold.setObjectName("fold")
        self.fold.setProperty("role", "link")
        self.fold.setCheckable(True)
        inner = QWidget()
        inner.setObjectName("form")
        inner.setLayout(rest)
        self._rest.setWidget(inner)
        self._rest.setWidgetResizable(True)
        self._rest.setFrameShape(QScrollArea.Shape.NoFrame)
        self._rest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP // 2)
        layout.setSpacing(GAP // 2)
        layout.addLayout(main, 5)
        layout.addWidget(self.fold)
        layout.addWidget(self._rest, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every field has a row of its own, however wide the form is."""
        QWidget.resizeEvent(self, event)

    def minimumSizeHint(self) -> QSize:
        """As the layout says."""
        return QWidget.minimumSizeHint(self)

    def show_rest(self, on: bool) -> None:
        """Unfold what stands round the text, or fold it away."""
        self._rest.setVisible(on)
        self.fold.setChecked(on)
        self.fold.setText(f"{'▾' if on else '▸'} {REST_LABEL}")

    def mark(self, problems: Iterable[Problem]) -> None:
        """Unfold the section when something in it is wrong."""
        listed = list(problems)
        if any(problem.field in REST for problem in listed):
            self.show_rest(True)
        super().mark(listed)

    def put_cursor(self, part: str, paragraph: int, char: str = "") -> None:
        """Put the cursor into the part of the paper that was clicked, or onto a character in it."""
        found = [name for name, each in PARTS.items() if each == part]
        if not found:
            return
        if part == "body" and paragraph >= self._summary_lines():
            found, paragraph = ["body"], paragraph - self._summary_lines()
        if found[0] in REST:
            self.show_rest(True)
        widget = self.editors[found[0]].widget
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rest.ensureWidgetVisible(widget)
        if isinstance(widget, QPlainTextEdit):
            _put_into(widget, paragraph, char)
        elif isinstance(widget, QLineEdit) and char in widget.text():
            widget.setSelection(widget.text().index(char), len(char))

    def point(self) -> None:
        """Say again where the cursor stands."""
        for name, editor in self.editors.items():
            if editor.widget.hasFocus():
                self._say(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cursor came into a field."""
        if event.type() == QEvent.Type.FocusIn:
            for name, editor in self.editors.items():
                if editor.widget is watched:
                    self._say(name)
        return super().eventFilter(watched, event)

    def _put(self, grid: QGridLayout, row: int, name: str) -> None:
        """Put a label, its editor and the place for its fault on a grid."""
        editor, fault = self.editors[name], self._faults[name]
        editor.setObjectName(name)
        label = QLabel(editor.kind.label)
        label.setBuddy(editor.widget)
        upright = isinstance(editor.kind, LongText)
        side = Qt.AlignmentFlag.AlignTop if upright else Qt.AlignmentFlag.AlignVCenter
        fault.setProperty("role", "wrong")
        fault.setObjectName(f"{name}_fault")
        fault.setWordWrap(True)
        fault.hide()
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignRight | side)
        grid.addWidget(editor, row, 1)
        grid.addWidget(fault, row + 1, 1)

    def _say(self, name: str) -> None:
        """Say which part of the paper the cursor stands in."""
        widget = self.editors[name].widget
        if widget.hasFocus():
            is_text = isinstance(widget, QPlainTextEdit)
            block = widget.textCursor().blockNumber() if is_text else 0  # type: ignore[attr-defined]
            before = self._summary_lines() if name == "body" else 0
            self.pointed.emit(PARTS[name], block + before)

    def _summary_lines(self) -> int:
        """How many paragraphs of the paper's text are 会议概况."""
        summary = self.editors["summary"].value()
        return len(summary.split("\n")) if summary else 0


def _put_into(text: QPlainTextEdit, paragraph: int, char: str) -> None:
    """Put the cursor at the start of a paragraph, or choose a character in it."""
    block = text.document().findBlockByNumber(paragraph)
    if not block.isValid():
        return
    cursor = QTextCursor(block)
    place = block.text().find(char) if char else -1
    if place >= 0:
        units = len(block.text()[:place].encode("utf-16-le")) // 2
        width = len(char.encode("utf-16-le")) // 2
        cursor.setPosition(block.position() + units)
        cursor.setPosition(block.position() + units + width, QTextCursor.MoveMode.KeepAnchor)
    if text.textCursor().block() != block or place >= 0:
        text.setTextCursor(cursor)
    text.centerCursor()
