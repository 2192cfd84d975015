"""Papers as they will be printed: page under page, at any size, each field a way to its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from liaison_desk.ui.printing.laid import MM_PER_INCH, Laid, Ready
from liaison_desk.ui.printing.paper_maker import PaperMaker, Wish
from liaison_desk.ui.printing.sheets import Sheets
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import end_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QResizeEvent

    from liaison_desk.exports.content import Paper, Source
    from liaison_desk.exports.pdf.page import Place
    from liaison_desk.exports.pdf.words import RenderedPaper
    from liaison_desk.ui.printing.laid import Draft
    from liaison_desk.ui.style import Style

TYPING_PAUSE_MS = 40
"""How long after the last keystroke the paper is made anew: two keys struck as one make it once."""
PAUSE_MS = 120
"""How long after the last change of size or page its pictures are made."""
FIT_WIDTH, FIT_PAGE = 0, -1
"""Sizes that follow the view; others are percent of the true size."""
SIZES = (50, 75, 100, 125, 150, 200, 300)


class PaperView(QScrollArea):
    """The pages one under another.

    Args:
        style: the look of the window.
        maker: makes the papers; one of its own when None.
    """

    clicked = Signal(str, int)
    """A part of the paper was clicked: its name, its paragraph."""
    source_clicked = Signal(object)
    """A text was clicked that came from a field; the `Source`."""
    turned = Signal(int, int)
    """Another page is looked at: its number from 1, and how many there are."""
    laid_out = Signal(object)
    """What was asked for last is laid out; a `Laid`."""
    followed = Signal()
    """The view shows what was asked for last."""
    refused = Signal(object)
    """The paper cannot be made; the DeskError."""
    resized = Signal(int)
    """Another size was chosen: percent of the true size, or a FIT_ one."""

    def __init__(self, style: Style, maker: PaperMaker | None = None) -> None:
        super().__init__()
        self.maker = maker or PaperMaker()
        self.laid: Laid | None = None
        self.size_wanted = FIT_WIDTH
        self.mirrored = False
        self.tip_of: Callable[[Source], str] = lambda _source: ""
        self._draft: Draft | None = None
        self._asked: Draft | None = None
        self._sheets = Sheets(style)
        self._pause = QTimer(self, singleShot=True)
        self.setObjectName("paper")
        self.setWidget(self._sheets)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connect(is_own=maker is None)

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def rendered(self) -> RenderedPaper | None:
        """The first of the papers shown."""
        return self.laid.papers[0] if self.laid is not None and self.laid.papers else None

    def show_paper(self, paper: Paper | None) -> None:
        """Show another paper at once."""
        self.show_draft(None if paper is None else Ready((paper,)))

    def follow(self, paper: Paper) -> None:
        """Show what is being typed, after a short pause."""
        self._draft = Ready((paper,))
        self._pause.start(TYPING_PAUSE_MS)

    def show_draft(self, draft: Draft | None, *, from_top: bool = False) -> None:
        """Show other papers at once, or nothing."""
        self._draft = draft
        self._pause.stop()
        if from_top:
            self.verticalScrollBar().setValue(0)
        if draft is None:
            self._clear()
        else:
            self._wish()

    def point_at(self, part: str, paragraph: int) -> None:
        """Tint a part of the paper and bring it into view."""
        if self._sheets.pointed == (part, paragraph):
            return
        self._sheets.pointed = part, paragraph
        self._sheets.update()
        self._bring_into_view()

    def point_at_source(self, source: Source) -> None:
        """Tint the texts that came from a field and bring the first into view."""
        self._sheets.pointed_source = source
        self._sheets.update()
        self._bring_into_view()

    # -- size and page ---------------------------------------------------------------------------

    def set_true_size(self, on: bool) -> None:
        """Show 1 mm as 1 mm, or the sheet as wide as the view."""
        self.set_size(100 if on else FIT_WIDTH)

    def set_size(self, percent: int) -> None:
        """Show the pages at so many percent of their true size, or fitted (FIT_WIDTH, FIT_PAGE)."""
        self.size_wanted = percent
        self._fit()
        self.resized.emit(percent)

    def zoom(self, step: int) -> None:
        """Show the pages a step larger (1) or smaller (-1)."""
        now = round(self._sheets.scale / self._true_scale() * 100)
        larger, smaller = [e for e in SIZES if e > now + 1], [e for e in SIZES if e < now - 1]
        if step > 0 and larger:
            self.set_size(larger[0])
        elif step < 0 and smaller:
            self.set_size(smaller[-1])

    def page(self) -> int:
        """The page looked at, from 0."""
        return self._sheets.page_at(self._looked_at())

    def go_to_page(self, page: int) -> None:
        """Bring the head of a page (from 0) into view."""
        if self.laid is not None:
            page = max(0, min(page, self.laid.pages - 1))
            self.verticalScrollBar().setValue(round(self._sheets.top_of(page)) - GAP // 2)

    # -- for whoever looks closely ---------------------------------------------------------------

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

    # -- events ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the view anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageUp and PageDown turn pages, + - 0 zoom, ← → walk the fields, Enter opens one."""
        keys = Qt.Key
        deeds: dict[int, Callable[[], object]] = {
            keys.Key_PageDown: lambda: self.go_to_page(self.page() + 1),
            keys.Key_PageUp: lambda: self.go_to_page(self.page() - 1),
            keys.Key_Home: lambda: self.go_to_page(0),
            keys.Key_End: lambda: self.go_to_page(self.laid.pages - 1 if self.laid else 0),
            keys.Key_Plus: lambda: self.zoom(1),
            keys.Key_Equal: lambda: self.zoom(1),
            keys.Key_Minus: lambda: self.zoom(-1),
            keys.Key_0: lambda: self.set_size(FIT_WIDTH),
            keys.Key_Right: lambda: self._walk(1),
            keys.Key_Left: lambda: self._walk(-1),
            keys.Key_Return: self._open_walked,
            keys.Key_Enter: self._open_walked,
        }
        deed = deeds.get(event.key())
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say of a text which field it came from."""
        if event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)  # type: ignore[arg-type]
            return True
        return super().viewportEvent(event)

    # -- inside ----------------------------------------------------------------------------------

    def _connect(self, *, is_own: bool) -> None:
        self._pause.timeout.connect(self._wish)
        self.maker.laid_out.connect(self._take_paper)
        self.maker.drawn.connect(self._take_picture)
        self.maker.settled.connect(self._settle)
        self.maker.refused.connect(self._refuse)
        self.maker.broke.connect(self._raise)
        self._sheets.clicked.connect(self.clicked)
        self._sheets.source_clicked.connect(self.source_clicked)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
        if is_own:
            end_with(self, self.maker.stop)

    def _true_scale(self) -> float:
        """Px for each mm at the true size."""
        return self.logicalDpiX() / MM_PER_INCH

    def _fit(self) -> None:
        """Choose the scale."""
        width, height = self._sheets.largest()
        across = max(self.viewport().width() - 2 * GAP, 100) / width
        if self.size_wanted == FIT_WIDTH:
            scale = across
        elif self.size_wanted == FIT_PAGE:
            scale = min(across, max(self.viewport().height() - 2 * GAP, 100) / height)
        else:
            scale = self._true_scale() * self.size_wanted / 100
        if scale != self._sheets.scale:
            self._sheets.set_scale(scale)
            self._pause.start(PAUSE_MS)

    def _wish(self) -> None:
        """Ask for the papers at the size of the view."""
        if self._draft is not None:
            dpi = self._sheets.scale * MM_PER_INCH * self.devicePixelRatioF()
            self._asked = self._draft
            self.maker.wish(Wish(self._draft, dpi, self.page(), self.mirrored))

    def _clear(self) -> None:
        self.laid = self._asked = None
        self._sheets.show_laid(None)
        self.turned.emit(0, 0)

    def _looked_at(self) -> float:
        """The height in the middle of the view."""
        return self.verticalScrollBar().value() + self.viewport().height() / 2

    def _take_paper(self, draft: Draft, laid: Laid) -> None:
        """The papers are laid out; their pictures follow. What is not wanted any more is let be."""
        if draft is not self._asked:
            return
        self.laid = laid
        self._sheets.show_laid(laid)
        self._fit()
        self._bring_into_view()
        self.laid_out.emit(laid)
        self._tell_page()

    def _take_picture(self, draft: Draft, page: int, picture: QImage) -> None:
        """A page is drawn."""
        if draft is not self._asked or self.laid is None:
            return
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheets.take(page, picture, self.page())

    def _settle(self, draft: Draft) -> None:
        """Everything in sight is drawn."""
        if draft is self._asked and not self._pause.isActive():
            self.followed.emit()

    def _refuse(self, draft: Draft, error: object) -> None:
        """What was asked for cannot be made."""
        if draft is self._asked:
            self.refused.emit(error)

    def _raise(self, error: BaseException) -> None:
        """Let a fault of the other thread be a fault of this one."""
        raise error

    def _scrolled(self) -> None:
        """Other pages are in sight; those not drawn yet are asked for after a pause."""
        self._tell_page()
        if self._sheets.lacks(self.page()) and not self._pause.isActive():
            self._pause.start(PAUSE_MS)

    def _tell_page(self) -> None:
        if self.laid is not None:
            self.turned.emit(self.page() + 1, self.laid.pages)

    def _walk(self, step: int) -> None:
        """Tint the next text (1) or the one before (-1) that came from a field."""
        self._sheets.walk(step)
        self._bring_into_view()

    def _open_walked(self) -> None:
        source = self._sheets.pointed_source
        if source is not None:
            self.source_clicked.emit(source)

    def _show_tip(self, event: QHelpEvent) -> None:
        spot = self._sheets.mapFrom(self.viewport(), event.pos())
        place = self._sheets.place_at(QPointF(spot))
        tip = self.tip_of(place.source) if place is not None and place.source else ""
        QToolTip.showText(event.globalPos(), tip, self)

    def _bring_into_view(self) -> None:
        """Scroll to the part that is tinted, when it is out of view."""
        rects = self._sheets.pointed_rects()
        if not rects:
            return
        top, bar = rects[0].top(), self.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + self.viewport().height() - 40:
            bar.setValue(round(top - self.viewport().height() / 3))
