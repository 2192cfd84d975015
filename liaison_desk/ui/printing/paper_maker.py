"""Papers are laid out and turned into pictures on a thread of their own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from liaison_desk.domain.errors import DeskError
from liaison_desk.exports.pdf.words import no_pictures
from liaison_desk.ui.pdf_pages import PdfPages, draw_page
from liaison_desk.ui.printing.bound import Bound, tell_nobody
from liaison_desk.ui.printing.laid import Draft, Laid, Ready, lay_out

if TYPE_CHECKING:
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper
    from liaison_desk.ui.printing.bound import Telling

DRAWN_AROUND = 4
"""How many pages before and after the one looked at are drawn."""


@dataclass(frozen=True)
class Wish:
    """Papers to be shown: what they say, the dots per inch, and the page that is looked at."""

    draft: Draft
    dpi: float
    first_page: int = 0
    mirrored: bool = False


class _Overtaken(Exception):
    """Something newer is wished for, or somebody waits for the thread."""


class PaperMaker(QObject):
    """Makes papers one after another; of those asked for in a hurry only the newest.

    The fonts of a paper belong to one thread: the only one this object has, whoever asks.
    """

    laid_out = Signal(object, object)
    """What was wished for is laid out: its `Draft` and the `Laid`. Its pictures follow."""
    drawn = Signal(object, int, QImage)
    """The picture of a page of a draft is there."""
    moved = Signal(int, int, str)
    """Something long is being made to be shown: done, of how many, and what is being done."""
    settled = Signal(object)
    """Of a draft, every page around the one looked at is drawn."""
    refused = Signal(object, object)
    """A paper wished for cannot be made: its draft and the DeskError."""
    broke = Signal(object)
    """The program itself is at fault; the exception."""

    def __init__(self, pictures: Pictures = no_pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="paper")
        self._lock = threading.Lock()
        self._newest: Wish | None = None
        self._waited_for = 0
        self._is_stopped = False
        self._fonts: FontBook | None = None
        self._last: tuple[Draft, bool, Laid] | None = None

    def wish(self, wish: Wish) -> None:
        """Ask for papers to be shown; an older wish not begun yet is forgotten."""
        with self._lock:
            is_waiting = self._newest is not None
            self._newest = wish
            if not is_waiting and not self._is_stopped:
                self._thread.submit(self._try)

    def make(self, paper: Paper) -> RenderedPaper:
        """Lay one paper out and wait for it.

        Raises:
            CannotPrint: a character is in no font.
        """
        return self.lay(Ready((paper,))).papers[0]

    def lay(
        self,
        draft: Draft,
        *,
        mirrored: bool = False,
        archive: bool = False,
        tell: Telling = tell_nobody,
    ) -> Laid:
        """Lay papers out and wait for them; what is only to be shown gives way.

        Args:
            draft: what is wanted.
            mirrored: whether even pages have their margins the other way round.
            archive: whether the files are made for keeping (PDF/A).
            tell: told how far a long one is; what it raises ends the work.

        Raises:
            CannotPrint: a character is in no font.
        """
        work = self._kept if archive else self._laid
        with self._lock:
            self._waited_for += 1
        try:
            return self._thread.submit(work, draft, mirrored, tell).result()
        finally:
            with self._lock:
                self._waited_for -= 1

    def picture(self, pdf: bytes, page: int, dpi: float) -> QImage:
        """Draw one page and wait for it."""
        return self._thread.submit(draw_page, pdf, page, dpi).result()

    def forget(self) -> None:
        """Make the next papers anew, even if the same are wished for: the records may differ."""
        with self._lock:
            if not self._is_stopped:
                self._thread.submit(self._forget)

    def stop(self) -> None:
        """Finish what is under way and take no more wishes; the fonts, 50 MB, are let go."""
        with self._lock:
            self._is_stopped = True
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._fonts = self._last = None

    def _forget(self) -> None:
        self._last = None

    def _try(self) -> None:
        """Fulfil the newest wish; whatever goes wrong is told on the other thread."""
        with self._lock:
            wish, self._newest = self._newest, None
        try:
            if wish is not None:
                self._fulfil(wish)
        except _Overtaken:
            assert wish is not None
            self._wish_again(wish)
        except DeskError as error:
            assert wish is not None
            self.refused.emit(wish.draft, error)
        except BaseException as error:  # raised again by who listens
            self.broke.emit(error)

    def _wish_again(self, wish: Wish) -> None:
        """Show what gave way after whoever waited has been served, unless there is a newer wish."""
        with self._lock:
            if self._newest is None and not self._is_stopped:
                self._newest = wish
                self._thread.submit(self._try)

    def _fulfil(self, wish: Wish) -> None:
        """Make the papers; give way when a newer wish comes."""
        made = self._laid(wish.draft, wish.mirrored, self._show_how_far)
        self.laid_out.emit(wish.draft, made)
        self._draw(made, wish)

    def _draw(self, made: Laid, wish: Wish) -> None:
        """Draw the pages around the one looked at, that one first."""
        looked_at = max(0, min(wish.first_page, made.pages - 1))
        first, last = looked_at - DRAWN_AROUND, looked_at + DRAWN_AROUND
        pages = range(max(0, first), min(last + 1, made.pages))
        for page in sorted(pages, key=lambda each: abs(each - looked_at)):
            self._give_way()
            paper, own = made.where(page)
            picture = draw_page(made.papers[paper].pdf, own, wish.dpi)
            self.drawn.emit(wish.draft, page, picture)
        self.settled.emit(wish.draft)

    def _laid(self, draft: Draft, mirrored: bool, tell: Telling) -> Laid:
        """The papers laid out; the last ones are kept for another size or the printer."""
        if self._last is None or self._last[:2] != (draft, mirrored):

            def render(paper: Paper | Bound) -> RenderedPaper:
                tell(0, 0, "")
                return self._rendered(paper, mirrored, tell)

            self._last = draft, mirrored, lay_out(draft, render, _sizes_of, tell)
        return self._last[2]

    def _kept(self, draft: Draft, mirrored: bool, tell: Telling) -> Laid:
        """The papers made for keeping; what is shown stays at hand."""

        def render(paper: Paper | Bound) -> RenderedPaper:
            return self._rendered(paper, mirrored, tell, archive=True)

        return lay_out(draft, render, _sizes_of, tell)

    def _rendered(
        self, paper: Paper | Bound, mirrored: bool, tell: Telling, *, archive: bool = False
    ) -> RenderedPaper:
        """One paper set, or a file bound."""
        from liaison_desk.exports.pdf.fonts import FontBook  # a tenth of a second, on this thread
        from liaison_desk.exports.pdf.render import render

        self._fonts = self._fonts or FontBook()
        if isinstance(paper, Bound):
            return paper.bind(self._fonts, self._pictures, tell)
        return render(paper, self._fonts, self._pictures, mirrored=mirrored, archive=archive)

    def _give_way(self) -> None:
        """Stop what is under way when something newer is wished for, or somebody waits."""
        if self._newest is not None or self._waited_for:
            raise _Overtaken

    def _show_how_far(self, done: int, total: int, what: str) -> None:
        """Tell whoever waits to see it, unless something newer is wished for."""
        self._give_way()
        if total:
            self.moved.emit(done, total, what)


def _sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    with PdfPages(pdf) as pages:
        return [pages.size(page) for page in range(pages.count)]
