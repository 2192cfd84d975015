"""Which pages of a run are printed: all, those of one side, or some by their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL, ODD, EVEN, SOME = "全部", "奇数页", "偶数页", "指定页"
_PIECE = re.compile(r"(\d+)(?:[-—–~～至](\d+))?")
_BETWEEN = re.compile(r"[,，、;；\s]+")


class PagesNotRead(DeskError):
    """What was typed names no pages."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"页码“{text}”看不懂，请写成 1-3,5 这样" if text else "请写上页码，如 1-3,5"
        )


@dataclass(frozen=True)
class PageChoice:
    """Pages from 1; `ranges` counts with 指定页 alone."""

    which: str = ALL
    ranges: tuple[tuple[int, int], ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether no page is left out."""
        return self.which == ALL

    def has(self, page: int) -> bool:
        """Whether a page is printed."""
        if self.which in (ODD, EVEN):
            return page % 2 == (1 if self.which == ODD else 0)
        return self.is_all or any(first <= page <= last for first, last in self.ranges)


ALL_PAGES = PageChoice()


def page_choice(which: str, text: str = "") -> PageChoice:
    """What was chosen, and typed for 指定页: 1-3,5.

    Raises:
        PagesNotRead: it names no pages.
    """
    if which != SOME:
        return PageChoice(which)
    return PageChoice(SOME, tuple(_ranges(text.strip())))


def _ranges(text: str) -> Iterable[tuple[int, int]]:
    pieces = [each for each in _BETWEEN.split(text) if each]
    if not pieces:
        raise PagesNotRead(text)
    for each in pieces:
        found = _PIECE.fullmatch(each)
        if found is None:
            raise PagesNotRead(text)
        first, last = int(found[1]), int(found[2] or found[1])
        if first < 1 or last < first:
            raise PagesNotRead(text)
        yield first, last
