"""Papers that are laid out, one behind the other, as a view and a printer go through them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.exports.content import Paper, Source
    from liaison_desk.exports.papers.checks import Finding
    from liaison_desk.exports.pdf.page import Place
    from liaison_desk.exports.pdf.words import RenderedPaper
    from liaison_desk.ui.printing.bound import Bound, Telling

POINTS_PER_INCH, MM_PER_INCH = 72, 25.4


class Draft(Protocol):
    """Papers that are still to be made; equal drafts give equal papers."""

    def papers(self, tell: Telling) -> tuple[Paper | Bound, ...]:
        """Turn the records into words, telling how far it is; on the thread that sets them."""
        ...

    def findings(self, papers: tuple[Paper | Bound, ...]) -> tuple[Finding, ...]:
        """What to look at before they are printed."""
        ...


@dataclass(frozen=True)
class Ready:
    """Papers whose words are known already, such as those being typed."""

    words: tuple[Paper, ...]

    def papers(self, tell: Telling) -> tuple[Paper, ...]:
        """The words as they are."""
        return self.words

    def findings(self, papers: tuple[Paper | Bound, ...]) -> tuple[Finding, ...]:
        """Who types is told beside the text."""
        return ()


@dataclass(frozen=True)
class Laid:
    """Papers laid out.

    Attributes:
        papers: in the order they are printed.
        titles: what each is called.
        sizes: width and height of every page, mm, through all papers.
        findings: what to look at before they are printed.
    """

    papers: tuple[RenderedPaper, ...]
    titles: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]
    findings: tuple[Finding, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages all papers have."""
        return len(self.sizes)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where every part of every paper stands, its page counted through all papers."""
        found: list[Place] = []
        first = 0
        for paper in self.papers:
            found += [replace(each, page=each.page + first) for each in paper.places]
            first += paper.pages
        return tuple(found)

    @cached_property
    def by_page(self) -> dict[int, list[Place]]:
        """The places of each page; made where the papers are, as a ledger has many thousands."""
        found: dict[int, list[Place]] = {}
        for each in self.places:
            found.setdefault(each.page, []).append(each)
        return found

    @cached_property
    def by_source(self) -> dict[Source, list[Place]]:
        """The places that came from each field, in reading order."""
        known = [each for each in self.places if each.source is not None]
        found: dict[Source, list[Place]] = {}
        for each in sorted(known, key=lambda e: (e.page, round(e.top), e.left)):
            if each.source is not None:
                found.setdefault(each.source, []).append(each)
        return found

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The page each paper begins on."""
        first, found = 0, []
        for paper in self.papers:
            found.append(first)
            first += paper.pages
        return tuple(found)

    def where(self, page: int) -> tuple[int, int]:
        """The paper a page belongs to, and the page's own number in it, both from 0."""
        paper = max(place for place, start in enumerate(self.starts) if start <= page)
        return paper, page - self.starts[paper]


def lay_out(
    draft: Draft,
    render: Callable[[Paper | Bound], RenderedPaper],
    sizes_of: Callable[[bytes], list[tuple[float, float]]],
    tell: Telling,
) -> Laid:
    """Make the papers of a draft.

    Args:
        draft: what is wanted.
        render: sets one paper.
        sizes_of: the width and height of each page of a PDF, points.
        tell: told how far words are that take long; what it raises ends the work.

    Raises:
        CannotPrint: a character is in no font.
    """
    from liaison_desk.exports.papers.checks import Finding  # not before it is wanted

    words = draft.papers(tell)
    papers = tuple(render(each) for each in words)
    points = [size for each in papers for size in sizes_of(each.pdf)]
    sizes = tuple((in_mm(width), in_mm(height)) for width, height in points)
    titles = tuple("".join(each.title.split("\n")) for each in words)
    lost = tuple(Finding(each) for paper in papers for each in paper.left_out)
    laid = Laid(papers, titles, sizes, (*draft.findings(words), *lost))
    assert laid.by_page is not None  # sorted here, so that no window waits for it
    assert laid.by_source is not None
    return laid


def in_mm(points: float) -> float:
    """Points as millimetres."""
    return points / POINTS_PER_INCH * MM_PER_INCH
