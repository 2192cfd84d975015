"""One box of the picture of a chain: a station, or a fold of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison_desk.ui.style import LIGHT_SIGNS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from liaison_desk.services.chain_layout import Box
    from liaison_desk.ui.style import Style

WIDTH_EM = 11
"""How many Chinese characters a box is wide."""
CAPTION_LINES = 2
HERE = "▶ 本条"
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ChainBox(QAbstractButton):
    """A button that says what a station is, what it is called, how it stands and when it was.

    Enter and a click press it; the arrow keys ask the picture for the next box.
    """

    stepped = Signal(int, int)
    """An arrow key: how many boxes to the right, and down."""

    def __init__(self, box: Box, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self.setObjectName(box.key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_box(box)

    def show_box(self, box: Box) -> None:
        """Say something else from now on."""
        self.box = box
        self.setText(self._spoken())
        self.setAccessibleName(self._spoken())
        self.setAccessibleDescription("按回车展开或收起" if box.fold else "按回车打开")
        self.setToolTip(self._spoken().replace("，", "\n"))

    def sizeHint(self) -> QSize:
        """Four lines of `WIDTH_EM` characters; a fold has one."""
        metrics = self.fontMetrics()
        lines = 1 if self.box.fold else CAPTION_LINES + 2
        em = metrics.horizontalAdvance("国")
        return QSize(WIDTH_EM * em, lines * metrics.height() + em)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the arrows go to the next box."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _KEYS:
            self.stepped.emit(*_KEYS[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, then the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_frame(painter)
        if self.box.fold:
            painter.setPen(QColor(self._style.tokens.link))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._fold_words())
        else:
            self._draw_words(painter)
        painter.end()

    # -- inside ----------------------------------------------------------------------------

    def _spoken(self) -> str:
        """All that the box says, for a tooltip and for whoever hears it read out."""
        node = self.box.node
        if node is None:
            return self.box.words
        here = "本条" if self.box.is_here else ""
        day = node.day.isoformat() if node.day else ""
        return "，".join(filter(None, (here, node.kind, node.caption, node.state, day)))

    def _fold_words(self) -> str:
        sign = "▴" if self.box.words == "收起" else "▾"
        return f"{self.box.words} {sign}"

    def _draw_frame(self, painter: QPainter) -> None:
        """A line around; thicker round the present record, in the colour of focus round that."""
        tokens = self._style.tokens
        width = 2.5 if self.box.is_here or self.hasFocus() else 1.0
        colour = tokens.line
        if self.box.is_here:
            colour = tokens.accent
        if self.hasFocus():
            colour = tokens.link
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(
            QColor(tokens.selection if self.hasFocus() or self.underMouse() else tokens.background)
        )
        inner = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.drawRoundedRect(inner, 5, 5)

    def _draw_words(self, painter: QPainter) -> None:
        """What it is and how it stands; what it is called; when it was."""
        node, tokens = self.box.node, self._style.tokens
        assert node is not None
        metrics = self.fontMetrics()
        edge = metrics.horizontalAdvance("国") // 2
        room = self.rect().adjusted(edge, edge, -edge, 0)
        room.setHeight(metrics.height())
        self._draw_state(painter, edge)
        painter.setPen(QColor(tokens.accent if self.box.is_here else tokens.muted))
        kind = f"{HERE} · {node.kind}" if self.box.is_here else node.kind
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, kind)
        painter.setPen(QColor(tokens.text))
        for line in wrapped(node.caption, metrics, room.width(), CAPTION_LINES):
            room.translate(0, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, line)
        painter.setPen(QColor(tokens.muted))
        room.moveTop(self.height() - metrics.height() - edge)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, str(node.day or ""))

    def _draw_state(self, painter: QPainter, edge: int) -> None:
        """How it stands, in the bottom right corner, with its shape and colour."""
        node = self.box.node
        assert node is not None
        if not node.state:
            return
        metrics = self.fontMetrics()
        sign = f"{LIGHT_SIGNS[node.state]} " if node.state in LIGHT_SIGNS else ""
        taken = metrics.horizontalAdvance(str(node.day or "")) + 3 * edge
        word = metrics.elidedText(
            sign + node.state, Qt.TextElideMode.ElideRight, self.width() - taken
        )
        tokens = self._style.tokens
        known = node.state in LIGHT_SIGNS
        painter.setPen(QColor(self._style.light_colour(node.state) if known else tokens.muted))
        place = self.rect().adjusted(0, self.height() - metrics.height() - edge, -edge, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, word)


def wrapped(text: str, metrics: QFontMetrics, width: int, lines: int) -> list[str]:
    """A text in so many lines, the last one cut with an ellipsis."""
    found: list[str] = []
    while text and len(found) < lines - 1:
        end = len(text)
        while end > 1 and metrics.horizontalAdvance(text[:end]) > width:
            end -= 1
        found.append(text[:end])
        text = text[end:]
    rest = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    return [*found, rest] if rest else found
