"""The picture of a chain: boxes in columns, and the lines between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from liaison_desk.ui.chain_box import ChainBox

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPaintEvent

    from liaison_desk.services.chain_layout import Box, Picture
    from liaison_desk.services.stations import Edge
    from liaison_desk.ui.style import Style

GAP_EM = 2
"""The room between two columns, in Chinese characters."""
ZOOMS = (60, 75, 90, 100, 125, 150)
"""Sizes of the picture, in percent of the text around it."""


class ChainCanvas(QWidget):
    """Lays out and draws a picture; one box at a time is where Tab comes in."""

    pressed = Signal(object)
    """A box was clicked, or Enter was pressed on it."""
    focused = Signal(object)
    """The arrows came to a box: it wants to be in view."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._picture: Picture | None = None
        self._zoom = 100
        self.boxes: dict[str, ChainBox] = {}
        self.setObjectName("chain_canvas")

    @property
    def zoom(self) -> int:
        """The size of the picture in percent."""
        return self._zoom

    def set_zoom(self, zoom: int) -> None:
        """Draw larger or smaller."""
        self._zoom = zoom
        self._place()

    def show_picture(self, picture: Picture, current: str = "") -> None:
        """Show a picture, the keys at the box `current` or at the present record."""
        before, self._picture = self.boxes, picture
        self.boxes = {}
        for box in (each for column in picture.columns for each in column.boxes):
            known = before.pop(box.key, None)  # stays, and with it the cursor
            self.boxes[box.key] = known or self._make(box)
            self.boxes[box.key].show_box(box)
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        here = next((each for each in self.boxes.values() if each.box.is_here), None)
        self._enter(self.boxes.get(current) or here)
        self._place()

    def size_at(self, zoom: int) -> QSize:
        """How large the whole picture is at a zoom."""
        now, self._zoom = self._zoom, zoom
        size = self._place()
        self._zoom = now
        self._place()
        return size

    def go(self, start: ChainBox, right: int, down: int) -> None:
        """From one box to the next: along a line if there is one, else straight on."""
        target = self._next(start, right, down)
        if target is not None:
            self._enter(target)
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self.focused.emit(target)

    def changeEvent(self, event: QEvent) -> None:
        """A new size of text needs new places."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Headings and lines; the boxes draw themselves."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_headings(painter)
        for line in self._picture.lines:
            self._draw_line(painter, line)
        painter.end()

    # -- inside ----------------------------------------------------------------------------

    def _make(self, box: Box) -> ChainBox:
        made = ChainBox(box, self._style, self)
        made.stepped.connect(lambda right, down: self.go(made, right, down))
        made.clicked.connect(lambda: self.pressed.emit(made.box))
        made.show()
        return made

    def _enter(self, box: ChainBox | None) -> None:
        """Let Tab come in at one box alone: sixty stops would be a wall."""
        for each in self.boxes.values():
            policy = Qt.FocusPolicy.StrongFocus if each is box else Qt.FocusPolicy.ClickFocus
            each.setFocusPolicy(policy)

    def _place(self) -> QSize:
        """Give every box its place at the present zoom."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * self._zoom / 100)
        em = self.fontMetrics().horizontalAdvance("国") * self._zoom // 100
        top = self.fontMetrics().height() * self._zoom // 100 + em
        x, lowest = 2 * em, top
        for column in self._picture.columns if self._picture else ():
            y, width = top, 0
            for box in column.boxes:
                widget = self.boxes[box.key]
                widget.setFont(font)
                widget.resize(widget.sizeHint())
                widget.move(x, y)
                y += widget.height() + em // 2
                width = max(width, widget.width())
            lowest = max(lowest, y)
            x += width + GAP_EM * em
        size = QSize(x, lowest + em)
        self.setMinimumSize(size)
        self.update()
        return size

    def _next(self, start: ChainBox, right: int, down: int) -> ChainBox | None:
        """The box the arrows lead to, or None at the edge."""
        assert self._picture is not None
        place = self._picture.box(start.box.key)
        if place is None:
            return None
        columns = self._picture.columns
        column, row = place[0] + right, place[1] + down
        if not 0 <= column < len(columns):
            return None
        boxes = columns[column].boxes
        if right:
            linked = [each for each in boxes if self._are_linked(each.key, start.box.key)]
            boxes = tuple(linked) or boxes
            nearest = min(boxes, key=lambda each: abs(self._middle(each) - _middle_of(start)))
            return self.boxes[nearest.key]
        return self.boxes[boxes[row].key] if 0 <= row < len(boxes) else None

    def _are_linked(self, one: str, other: str) -> bool:
        assert self._picture is not None
        return any({one, other} == {each.source, each.target} for each in self._picture.lines)

    def _middle(self, box: Box) -> int:
        return _middle_of(self.boxes[box.key])

    def _draw_headings(self, painter: QPainter) -> None:
        """The step of the loop above each column."""
        assert self._picture is not None
        painter.setPen(QColor(self._style.tokens.muted))
        for column in self._picture.columns:
            first = self.boxes[column.boxes[0].key]
            painter.setFont(first.font())
            above = first.fontMetrics().height() / 2
            painter.drawText(QPointF(first.x() + 2, first.y() - above), column.title)

    def _draw_line(self, painter: QPainter, line: Edge) -> None:
        """A curve with an arrow; dashed where one record was turned into another."""
        source, target = self.boxes[line.source].geometry(), self.boxes[line.target].geometry()
        pen = QPen(QColor(self._style.tokens.muted), 1.2)
        if line.is_conversion:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start, end, bend = _ends(source, target)
        path = QPainterPath(start)
        path.cubicTo(start + bend[0], end + bend[1], end)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._style.tokens.muted))
        back = bend[1] / max(abs(bend[1].x()) + abs(bend[1].y()), 1.0)
        side = QPointF(-back.y(), back.x())
        painter.drawPolygon(QPolygonF([end, end + back * 7 + side * 3, end + back * 7 - side * 3]))


def _ends(source: QRect, target: QRect) -> tuple[QPointF, QPointF, tuple[QPointF, QPointF]]:
    """Where a line leaves and arrives, and how it bends there.

    To the right as a rule; within a column out to the left and back; against the loop from left
    to right.
    """
    left, right = QPointF(source.left(), source.center().y()), QPointF(target.left(), 0)
    right.setY(target.center().y())
    if target.left() > source.right():
        start = QPointF(source.right() + 1, source.center().y())
        reach = QPointF((right.x() - start.x()) / 2, 0)
        return start, right, (reach, -reach)
    if target.left() == source.left():
        reach = QPointF(-min(24, source.width() // 8), 0)
        return left, right, (reach, reach)
    arrive = QPointF(target.right() + 1, target.center().y())
    reach = QPointF((left.x() - arrive.x()) / 2, 0)
    return left, arrive, (-reach, reach)


def _middle_of(widget: QWidget) -> int:
    return widget.geometry().center().y()
