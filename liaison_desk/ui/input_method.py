"""Input methods: off where only digits are written, and never cut off while one composes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from liaison_desk.domain.fields import Field, IdentityNumber, Number, Phone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOVING_ON = {
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
}


def fit_input_method(widget: QWidget, kind: Field) -> None:
    """Switch the input method off for numbers, or guard what it composes in any other field.

    Full-width digits that come in all the same are read by the field.
    """
    if isinstance(kind, (Phone, IdentityNumber, Number)):
        widget.setInputMethodHints(
            Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhNoPredictiveText
        )
        widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    else:
        guard_composing(widget)


def guard_composing(widget: QWidget) -> None:
    """Let Enter and Tab not move on while an input method composes in a widget."""
    widget.installEventFilter(_Composing(widget))


def is_composing(widget: QObject) -> bool:
    """Whether an input method is composing in a guarded widget."""
    guard = widget.findChild(_Composing, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return isinstance(guard, _Composing) and guard.is_composing


class _Composing(QObject):
    """Knows whether its widget shows a text not yet committed, and keeps moving keys from it.

    Qt would commit the half-written word and go on; the clerk means a candidate of the list.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.is_composing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the composing, and eat the keys that would end it."""
        if isinstance(event, QInputMethodEvent):
            self.is_composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.FocusOut:
            self.is_composing = False
        elif self.is_composing and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return event.key() in _MOVING_ON
        return False
