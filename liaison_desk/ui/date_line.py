"""A line for a day: it says what it understood, and the arrows move it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from liaison_desk.domain.fields import WrongText

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from liaison_desk.domain.fields import Day, Moment

WEEKDAYS = "一二三四五六日"
_DAYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateLine(QLineEdit):
    """0308 is explained as 3月8日 周日 at its end; ↑ ↓ and + - move by a day, PgUp PgDn by a week.

    An empty line begins with today.
    """

    def __init__(self, kind: Day | Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._meant = QLabel(self)
        self._meant.setProperty("role", "muted")
        self._meant.setObjectName("meant")
        self._meant.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setPlaceholderText(kind.hint)
        self.textChanged.connect(lambda _text: self._explain())

    def meant(self) -> str:
        """What is said at the end of the line."""
        return self._meant.text()

    def move_day(self, days: int) -> None:
        """Some days later or earlier, from today where the line is empty."""
        value = self._value()
        if value is None and self.text().strip():
            return
        try:
            moved = value + timedelta(days=days) if value else _today(self._kind.parse("今天"))
        except OverflowError:
            return
        self.selectAll()
        self.insert(self._kind.format(moved))
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that move a day."""
        days = _DAYS.get(Qt.Key(event.key()), 0)
        if not days and event.text() in {"+", "-", "＋", "－"} and self._is_whole():
            days = 1 if event.text() in "+＋" else -1
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if days and not self.isReadOnly() and plain == Qt.KeyboardModifier.NoModifier:
            self.move_day(days)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was understood stands at the end."""
        super().resizeEvent(event)
        self._explain()

    def _is_whole(self) -> bool:
        """Whether a + or - can be no part of what is being typed."""
        value = self._value()
        return not self.text() or (value is not None and self.text() == self._kind.format(value))

    def _value(self) -> date | datetime | None:
        """The day as it is understood, or None."""
        try:
            found = self._kind.parse(self.text())
        except WrongText:
            return None
        return found if isinstance(found, date) else None

    def _explain(self) -> None:
        """Say the weekday, and before it the day unless it can be read as it stands."""
        value = self._value()
        words = f"周{WEEKDAYS[value.weekday()]}" if value else ""
        if value and self.text() != self._kind.format(value):
            clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
            words = f"{value.year}年{value.month}月{value.day}日{clock} {words}"
        self._meant.setText(words)
        self._meant.adjustSize()
        room = self.width() - self.fontMetrics().horizontalAdvance(self.text()) - 24
        self._meant.setVisible(bool(words) and self._meant.width() <= room)
        self._meant.move(
            self.width() - self._meant.width() - 8, (self.height() - self._meant.height()) // 2
        )


def _today(value: object) -> date | datetime:
    """The day a kind reads from 今天."""
    assert isinstance(value, date)
    return value
