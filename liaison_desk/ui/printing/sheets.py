"""The pages of a view themselves, of whatever size each is."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from liaison_desk.ui.style import GAP, LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent

    from liaison_desk.exports.content import Source
    from liaison_desk.exports.pdf.page import Place
    from liaison_desk.ui.printing.laid import Laid
    from liaison_desk.ui.style import Style

A4_MM = (210.0, 297.0)
KEPT_AROUND = 6
"""How many pictures before and after the page looked at are kept: each is some megabytes."""
TINT = 34
PAD_MM = 1.0
"""How far the tint reaches over the text."""


class Sheets(QWidget):
    """Draws the pages; `scale` is px per mm."""

    clicked = Signal(str, int)
    source_clicked = Signal(object)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.scale = 2.0
        self.pictures: dict[int, QImage] = {}
        self.pointed = ("", 0)
        self.pointed_source: Source | None = None
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._largest = A4_MM
        self._by_page: dict[int, list[Place]] = {}
        self._by_source: dict[Source, list[Place]] = {}
        self._tops: list[float] = []
        self._stale: set[int] = set()
        self._hovered: Place | None = None
        self.setMouseTracking(True)
        self.setObjectName("sheets")

    # -- what is shown ---------------------------------------------------------------------------

    def show_laid(self, laid: Laid | None) -> None:
        """Take the pages of some papers; old pictures stay until the new ones are drawn."""
        sizes = laid.sizes if laid else ()
        if sizes != self._sizes:
            same = [old == new for old, new in zip(self._sizes, sizes, strict=False)]
            self.pictures = {
                page: e for page, e in self.pictures.items() if page < len(same) and same[page]
            }
        self._sizes = sizes
        widths, heights = zip(*(sizes or (A4_MM,)), strict=True)
        self._largest = max(widths), max(heights)
        self._by_page = laid.by_page if laid else {}
        self._by_source = laid.by_source if laid else {}
        self._hovered = None
        self._stale = set(self.pictures)
        self._resize()

    def set_scale(self, scale: float) -> None:
        """Show the pages smaller or larger."""
        self.scale = scale
        self._stale = set(self.pictures)
        self._resize()

    def take(self, page: int, picture: QImage, looked_at: int) -> None:
        """Keep the picture of a page, and let those far from the page looked at go."""
        self.pictures[page] = picture
        self._stale.discard(page)
        for far in [e for e in self.pictures if abs(e - looked_at) > KEPT_AROUND]:
            del self.pictures[far]
        self.update()

    def lacks(self, page: int) -> bool:
        """Whether a page or its neighbours are not drawn as they are now."""
        near = range(max(0, page - 1), min(page + 2, len(self._sizes)))
        return any(each not in self.pictures or each in self._stale for each in near)

    # -- where things are ------------------------------------------------------------------------

    def largest(self) -> tuple[float, float]:
        """The greatest width and height of a page, mm."""
        return self._largest

    def top_of(self, page: int) -> float:
        """Where a page begins, px."""
        return self._tops[page] if self._tops else 0.0

    def page_at(self, y: float) -> int:
        """The page at a height."""
        return max(0, bisect_right(self._tops, y) - 1)

    def sheet_rect(self, page: int) -> QRectF:
        """The paper of a page, px."""
        width, height = self._sizes[page]
        left = GAP + (self.largest()[0] - width) / 2 * self.scale
        return QRectF(left, self._tops[page], width * self.scale, height * self.scale)

    def rect_of(self, place: Place) -> QRectF:
        """Where a place stands, px."""
        sheet = self.sheet_rect(place.page)
        left, right = place.left - PAD_MM, place.right + PAD_MM
        return QRectF(
            sheet.left() + left * self.scale,
            sheet.top() + place.top * self.scale,
            (right - left) * self.scale,
            (place.bottom - place.top) * self.scale,
        )

    def place_at(self, spot: QPointF) -> Place | None:
        """The smallest place that comes from a field at a spot."""
        here = [
            each
            for each in self._by_page.get(self.page_at(spot.y()), [])
            if each.source is not None and self.rect_of(each).contains(spot)
        ]
        return min(here, key=self._area, default=None)

    def pointed_rects(self) -> list[QRectF]:
        """Where the tinted part stands."""
        if self.pointed_source is not None:
            return [self.rect_of(e) for e in self._by_source.get(self.pointed_source, [])]
        part, paragraph = self.pointed
        if not part:
            return []
        known = [e for each in self._by_page.values() for e in each if e.part == part]
        wanted = [e for e in known if e.paragraph == paragraph] or known[:1]
        return [self.rect_of(each) for each in wanted]

    def walk(self, step: int) -> None:
        """Tint the next field in reading order, or the one before."""
        sources = list(self._by_source)
        if not sources:
            return
        if self.pointed_source is not None and self.pointed_source in self._by_source:
            place = (sources.index(self.pointed_source) + step) % len(sources)
        else:
            place = 0 if step > 0 else len(sources) - 1
        self.pointed_source = sources[place]
        self.update()

    # -- events ----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The room the pages take."""
        width = round(self.largest()[0] * self.scale) + 2 * GAP
        if not self._sizes:
            return QSize(width, GAP)
        return QSize(width, round(self.sheet_rect(len(self._sizes) - 1).bottom()) + GAP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which part was clicked: the one there, or the nearest above it."""
        spot = event.position()
        place = self.place_at(spot)
        if place is not None:
            self.source_clicked.emit(place.source)
        page = self.page_at(spot.y())
        here = self._by_page.get(page, [])
        hit = [each for each in here if self.rect_of(each).top() <= spot.y()] or here[:1]
        if hit:
            nearest = max(hit, key=lambda each: each.top)
            self.clicked.emit(nearest.part, nearest.paragraph)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click has been answered."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which text would be opened by a click."""
        place = self.place_at(event.position())
        if place is not self._hovered:
            self._hovered = place
            shape = Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view and the tint."""
        painter = QPainter(self)
        seen = QRectF(event.rect())
        for page in range(self.page_at(seen.top()), len(self._sizes)):
            sheet = self.sheet_rect(page)
            if sheet.top() > seen.bottom():
                break
            self._draw_sheet(painter, page, sheet)
        tint = QColor(LIGHT.link)
        tint.setAlpha(TINT)
        for rect in self.pointed_rects():
            painter.fillRect(rect, tint)
        if self._hovered is not None:
            painter.setPen(QPen(QColor(LIGHT.link)))
            painter.drawRect(self.rect_of(self._hovered))
        painter.end()

    # -- inside ----------------------------------------------------------------------------------

    def _draw_sheet(self, painter: QPainter, page: int, sheet: QRectF) -> None:
        painter.fillRect(sheet, Qt.GlobalColor.white)
        picture = self.pictures.get(page)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, picture)
        painter.setPen(QPen(QColor(self._style.tokens.line)))
        painter.drawRect(sheet)

    def _area(self, place: Place) -> float:
        rect = self.rect_of(place)
        return rect.width() * rect.height()

    def _resize(self) -> None:
        self._tops, top = [], float(GAP)
        for _width, height in self._sizes:
            self._tops.append(top)
            top += height * self.scale + GAP
        self.resize(self.sizeHint())
        self.update()
