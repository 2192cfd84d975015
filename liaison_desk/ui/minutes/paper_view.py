"""The paper as it will be printed, following what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from liaison_desk.ui.minutes.paper_maker import PaperMaker, Wish
from liaison_desk.ui.style import GAP, LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent, QResizeEvent

    from liaison_desk.exports.content import OfficialPaper
    from liaison_desk.exports.pdf.page import Place
    from liaison_desk.exports.pdf.words import RenderedPaper
    from liaison_desk.ui.style import Style

PAUSE_MS = 120
"""How long after the last keystroke the paper is made anew."""
SHEET_MM = (210.0, 297.0)
MM_PER_INCH = 25.4
MARGIN_MM = 20.0
"""How far from the edges of the sheet the tint of a paragraph reaches."""


class PaperView(QScrollArea):
    """The pages one under another, as wide as the view or at their true size."""

    clicked = Signal(str, int)
    """A part of the paper was clicked: its name, its paragraph."""
    followed = Signal()
    """The paper shows what was asked for last."""
    refused = Signal(object)
    """The paper cannot be made; the DeskError."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.maker = PaperMaker()
        self.rendered: RenderedPaper | None = None
        self.at_true_size = False
        self._paper: OfficialPaper | None = None
        self._sheets = _Sheets(style)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.setObjectName("paper")
        self.setWidget(self._sheets)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connect()

    def show_paper(self, paper: OfficialPaper | None) -> None:
        """Show another paper at once."""
        self._paper = paper
        self._pause.stop()
        if paper is None:
            self.rendered = None
            self._sheets.show_paper(None)
        else:
            self._wish()

    def follow(self, paper: OfficialPaper) -> None:
        """Show what is being typed, after a short pause."""
        self._paper = paper
        self._pause.start()

    def point_at(self, part: str, paragraph: int) -> None:
        """Tint a part of the paper and bring it into view."""
        if self._sheets.pointed == (part, paragraph):
            return
        self._sheets.pointed = part, paragraph
        self._sheets.update()
        self._bring_into_view()

    def set_true_size(self, on: bool) -> None:
        """Show 1 mm as 1 mm, or the sheet as wide as the view."""
        self.at_true_size = on
        self._fit()

    def picture(self, page: int) -> QImage | None:
        """The picture of a page that is shown."""
        return self._sheets.pictures.get(page)

    def pointed(self) -> tuple[str, int]:
        """The part that is tinted."""
        return self._sheets.pointed

    def point_of(self, place: Place) -> QPointF:
        """The middle of a place, in the view's own sheet of pages."""
        return self._sheets.rect_of(place).center()

    def sheets(self) -> QWidget:
        """What the pages are drawn on."""
        return self._sheets

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width anew."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self._pause.timeout.connect(self._wish)
        self.maker.laid_out.connect(self._take_paper)
        self.maker.drawn.connect(self._take_picture)
        self.maker.refused.connect(self.refused)
        self.maker.broke.connect(self._raise)
        self._sheets.clicked.connect(self.clicked)
        self.destroyed.connect(self.maker.stop)

    def _fit(self) -> None:
        """Choose the scale."""
        if self.at_true_size:
            scale = self.logicalDpiX() / MM_PER_INCH
        else:
            scale = max(self.viewport().width() - 2 * GAP, 100) / SHEET_MM[0]
        if scale != self._sheets.scale:
            self._sheets.set_scale(scale)
            self._pause.start()

    def _wish(self) -> None:
        """Ask for the paper at the size of the view."""
        if self._paper is not None:
            dpi = self._sheets.scale * MM_PER_INCH * self.devicePixelRatioF()
            self.maker.wish(Wish(self._paper, dpi, self._sheets.page_at(self._looked_at())))

    def _looked_at(self) -> float:
        """The height in the middle of the view."""
        return self.verticalScrollBar().value() + self.viewport().height() / 2

    def _take_paper(self, rendered: RenderedPaper) -> None:
        """The paper is laid out; its pictures follow."""
        if self._paper is None:
            return
        self.rendered = rendered
        self._sheets.show_paper(rendered)
        self._bring_into_view()

    def _take_picture(self, page: int, picture: QImage) -> None:
        """A page is drawn."""
        if self.rendered is None:
            return
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheets.pictures[page] = picture
        self._sheets.update()
        if not self._pause.isActive() and len(self._sheets.pictures) >= self.rendered.pages:
            self.followed.emit()

    def _raise(self, error: BaseException) -> None:
        """Let a fault of the other thread be a fault of this one."""
        raise error

    def _bring_into_view(self) -> None:
        """Scroll to the part that is tinted, when it is out of view."""
        rects = self._sheets.pointed_rects()
        if not rects:
            return
        top, bar = rects[0].top(), self.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + self.viewport().height() - 40:
            bar.setValue(round(top - self.viewport().height() / 3))


class _Sheets(QWidget):
    """The pages themselves; `scale` is px per mm."""

    clicked = Signal(str, int)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.scale = 2.0
        self.pages = 0
        self.places: tuple[Place, ...] = ()
        self.pictures: dict[int, QImage] = {}
        self.pointed = ("", 0)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setObjectName("sheets")

    def show_paper(self, rendered: RenderedPaper | None) -> None:
        """Take the places of a paper; old pictures stay until the new ones are drawn."""
        self.pages = rendered.pages if rendered else 0
        self.places = rendered.places if rendered else ()
        self.pictures = {page: e for page, e in self.pictures.items() if page < self.pages}
        self._resize()

    def set_scale(self, scale: float) -> None:
        """Show the pages smaller or larger."""
        self.scale = scale
        self._resize()

    def page_at(self, y: float) -> int:
        """The page at a height."""
        return max(0, min(int(y / self._step()), self.pages - 1))

    def rect_of(self, place: Place) -> QRectF:
        """Where a place stands, px."""
        top = GAP + place.page * self._step() + place.top * self.scale
        left = GAP + MARGIN_MM * self.scale
        width = (SHEET_MM[0] - 2 * MARGIN_MM) * self.scale
        return QRectF(left, top, width, (place.bottom - place.top) * self.scale)

    def pointed_rects(self) -> list[QRectF]:
        """Where the tinted part stands."""
        part, paragraph = self.pointed
        wanted = [e for e in self.places if e.part == part and e.paragraph == paragraph]
        wanted = wanted or [e for e in self.places if e.part == part][:1]
        return [self.rect_of(each) for each in wanted]

    def sizeHint(self) -> QSize:
        """The room the pages take."""
        width = round(SHEET_MM[0] * self.scale) + 2 * GAP
        return QSize(width, round(self.pages * self._step()) + GAP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which part was clicked: the one there, or the nearest above it."""
        spot = event.position()
        page = self.page_at(spot.y())
        here = [each for each in self.places if each.page == page]
        hit = [each for each in here if self.rect_of(each).top() <= spot.y()] or here[:1]
        if hit:
            nearest = max(hit, key=lambda each: each.top)
            self.clicked.emit(nearest.part, nearest.paragraph)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click has been answered."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view and the tint."""
        painter = QPainter(self)
        tokens = self._style.tokens
        for page in range(self.pages):
            top = GAP + page * self._step()
            sheet = QRectF(GAP, top, SHEET_MM[0] * self.scale, SHEET_MM[1] * self.scale)
            if not sheet.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(sheet, Qt.GlobalColor.white)
            picture = self.pictures.get(page)
            if picture is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(sheet, picture)
            painter.setPen(QPen(QColor(tokens.line)))
            painter.drawRect(sheet)
        tint = QColor(LIGHT.link)
        tint.setAlpha(34)
        for rect in self.pointed_rects():
            painter.fillRect(rect, tint)
        painter.end()

    def _step(self) -> float:
        """From the top of a page to the top of the next, px."""
        return SHEET_MM[1] * self.scale + GAP

    def _resize(self) -> None:
        self.resize(self.sizeHint())
        self.update()
