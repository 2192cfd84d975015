"""How many pages each archived piece has when it is printed, for 归档文件目录 and 归档章."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.opinion import Opinion
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.exports.papers.archive import pieces_of
from liaison_desk.exports.papers.minutes import minutes_paper
from liaison_desk.exports.papers.opinion import opinion_report
from liaison_desk.exports.papers.plan import year_plan
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from liaison_desk.exports.pdf.words import CannotPrint

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.papers.options import PaperOptions


def page_counts(
    read: Reading,
    office: Office,
    options: PaperOptions,
    fonts: FontBook | None = None,
    tell: Callable[[int, int, str], object] = lambda _done, _total, _what: None,
) -> tuple[tuple[str, int], ...]:
    """The pages of what is archived of a year, by the id of each record.

    What is not printed here (提案), or cannot be, has none: the clerk counts it by hand.

    Args:
        read: where the records are.
        office: whose papers they are.
        options: the year.
        fonts: the fonts, belonging to this thread; None makes them.
        tell: told how many of the pieces are counted; what it raises ends the work.
    """
    known = fonts or FontBook()
    found = []
    pieces = pieces_of(read, office, options)
    for done, piece in enumerate(pieces):
        tell(done, len(pieces), "正在数页数")
        papers = _papers(read, office, piece.record, options)
        try:
            pages = sum(render(each, known).pages for each in papers)
        except CannotPrint:
            continue
        if pages:
            found.append((piece.record.id, pages))
    return tuple(found)


def _papers(
    read: Reading, office: Office, record: Record, options: PaperOptions
) -> tuple[Paper, ...]:
    """What a piece is printed as."""
    match record:
        case Minutes():
            return (minutes_paper(record),)
        case Opinion():
            return opinion_report(read, office, record, options)
        case PlanItem():
            return year_plan(read, office, None, replace(options, extra_rows=0))
    return ()
