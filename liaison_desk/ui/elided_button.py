"""A button that holds a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class ElidedButton(QPushButton):
    """What there is no room for ends in an ellipsis, where Qt would cut it."""

    def shown_text(self) -> str:
        """As much of the text as fits."""
        return self._option().text

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt paints a button, with as much of the text as fits."""
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, self._option())

    def _option(self) -> QStyleOptionButton:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        contents = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(contents, option, self).width()
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        return option
