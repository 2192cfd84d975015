"""Papers are laid out and turned into pictures on a thread of their own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from liaison_desk.domain.errors import DeskError
from liaison_desk.ui.pdf_pages import PdfPages, draw_page

if TYPE_CHECKING:
    from liaison_desk.exports.content import OfficialPaper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import RenderedPaper


@dataclass(frozen=True)
class Wish:
    """A paper to be shown: its words, the dots per inch, and the page that is looked at."""

    paper: OfficialPaper
    dpi: float
    first_page: int = 0


class PaperMaker(QObject):
    """Makes papers one after another; of those asked for in a hurry only the newest.

    The fonts of a paper belong to one thread: the only one this object has, whoever asks.
    """

    laid_out = Signal(object)
    """A paper wished for is laid out; the RenderedPaper. Its pictures follow."""
    drawn = Signal(int, QImage)
    """The picture of a page is there."""
    refused = Signal(object)
    """A paper wished for cannot be made; the DeskError."""
    broke = Signal(object)
    """The program itself is at fault; the exception."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="paper")
        self._lock = threading.Lock()
        self._newest: Wish | None = None
        self._fonts: FontBook | None = None
        self._last: tuple[OfficialPaper, RenderedPaper] | None = None

    def wish(self, wish: Wish) -> None:
        """Ask for a paper to be shown; an older wish not begun yet is forgotten."""
        with self._lock:
            is_waiting = self._newest is not None
            self._newest = wish
        if not is_waiting:
            self._thread.submit(self._try)

    def make(self, paper: OfficialPaper) -> RenderedPaper:
        """Lay a paper out and wait for it.

        Raises:
            CannotPrint: a character is in no font.
        """
        return self._thread.submit(self._made, paper).result()

    def picture(self, pdf: bytes, page: int, dpi: float) -> QImage:
        """Draw one page and wait for it."""
        return self._thread.submit(draw_page, pdf, page, dpi).result()

    def stop(self) -> None:
        """Finish what is under way and take no more wishes."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _try(self) -> None:
        """Fulfil the newest wish; whatever goes wrong is told on the other thread."""
        with self._lock:
            wish, self._newest = self._newest, None
        try:
            if wish is not None:
                self._fulfil(wish)
        except DeskError as error:
            self.refused.emit(error)
        except BaseException as error:  # raised again by who listens
            self.broke.emit(error)

    def _fulfil(self, wish: Wish) -> None:
        """Make the paper; give way when a newer wish comes."""
        made = self._made(wish.paper)
        self.laid_out.emit(made)
        self._draw(made, wish)

    def _draw(self, made: RenderedPaper, wish: Wish) -> None:
        """Draw the pages, the one looked at first."""
        first = min(wish.first_page, made.pages - 1)
        with PdfPages(made.pdf) as pages:
            for page in sorted(range(made.pages), key=lambda each: abs(each - first)):
                if self._newest is not None:
                    break
                self.drawn.emit(page, pages.draw(page, wish.dpi))

    def _made(self, paper: OfficialPaper) -> RenderedPaper:
        """The paper laid out; the last one is kept for another size or the printer."""
        from liaison_desk.exports.pdf.fonts import FontBook  # a tenth of a second, on this thread
        from liaison_desk.exports.pdf.official import render_official

        if self._last is None or self._last[0] != paper:
            self._fonts = self._fonts or FontBook()
            self._last = paper, render_official(paper, self._fonts)
        return self._last[1]
