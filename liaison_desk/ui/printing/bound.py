"""A file that is put together from many papers rather than set from words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper

    Telling = Callable[[int, int, str], object]
    """Told what is done, of how many, and what is being done; may raise to end the work."""


def tell_nobody(_done: int, _total: int, _what: str) -> None:
    """For work whose progress nobody sees."""


@dataclass(frozen=True)
class Bound:
    """A file that is put together rather than set from words.

    Attributes:
        title: what it is called.
        bind: makes it, with fonts and pictures, telling how far it is.
    """

    title: str
    bind: Callable[[FontBook, Pictures, Telling], RenderedPaper]
