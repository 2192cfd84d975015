"""Papers as files to be worked on: Word for the leader to mark, Excel for the ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import FormPaper, OfficialPaper, WallPaper
from liaison_desk.ui.printing.files import free_path, write_whole
from liaison_desk.ui.printing.orders import OrderDraft
from liaison_desk.ui.printing.print_run import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from liaison_desk.exports.papers.options import PaperOptions
    from liaison_desk.exports.word.document import WordPaper
    from liaison_desk.exports.yearly import LedgerBook
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.printing.orders import Order
    from liaison_desk.ui.tasks import Progress

DRAWN = frozenset({"name_plates", "archive_stamps", "dossier", "year_dossier"})
"""The keys of papers that are drawn or bound, and no Word file can be."""
BOOK_OF = {
    "roster": "roster",
    "meeting_ledger": "meetings",
    "matter_ledger": "matters",
    "opinion_ledger": "opinions",
    "activity_ledger": "activities",
}
"""For the key of each ledger on paper, that of its workbook."""


def for_word(orders: Sequence[Order]) -> list[Order]:
    """Those that can be had as Word files."""
    return [each for each in orders if each.kind.key not in DRAWN]


def for_excel(orders: Sequence[Order]) -> list[Order]:
    """Those that can be had as workbooks: the ledgers."""
    return [each for each in orders if each.kind.key in BOOK_OF]


def save_word(
    desk: Desk, orders: Sequence[Order], options: PaperOptions, folder: Path, progress: Progress
) -> list[Path]:
    """Write a Word file for every paper; a name that is taken gets a number.

    Raises:
        CannotWrite: the disk did not take it; no half file is left.
        Cancelled: the clerk pressed 取消; what is written stays.
    """
    from liaison_desk.exports.word.document import render_docx  # not before it is wanted

    def picture(sha256: str) -> bytes:
        content = desk.contents.read(sha256)
        if content is None:
            raise LookupError(sha256)
        return content

    written = []
    for number, order in enumerate(orders):
        progress(number, len(orders), f"正在存为Word　{order.kind.title}")
        name = file_name(desk, order, options)
        for paper in _words(OrderDraft(desk, order, options).papers()):
            path = free_path(folder, name, ".docx")
            write_whole(path, render_docx(paper, picture))
            written.append(path)
    return written


def save_excel(
    desk: Desk, orders: Sequence[Order], options: PaperOptions, folder: Path, progress: Progress
) -> list[Path]:
    """Write a workbook for every ledger, in it a sheet for each year.

    Raises:
        LedgerNotWritten: the disk did not take it; no half file is left.
        Cancelled: the clerk pressed 取消; what is written stays.
    """
    from liaison_desk.exports.excel import write_ledgers
    from liaison_desk.exports.yearly import yearly

    assert desk.office is not None
    written = []
    for number, order in enumerate(orders):
        book = _book_of(order)
        progress(number, len(orders), f"正在存为Excel　{book.title}")
        path = free_path(folder, f"{book.title}_{desk.today:%Y%m%d}", ".xlsx")
        ledgers = yearly(desk, desk.office, book, desk.today, show_personal=options.show_personal)

        def tell(rows: int, place: int = number, title: str = book.title) -> None:
            progress(place, len(orders), f"正在存为Excel　{title}　{rows}行")

        write_ledgers(path, ledgers, tell)
        written.append(path)
    return written


def _words(papers: Sequence[object]) -> Iterator[WordPaper]:
    """The papers that are words; what is drawn or bound is none."""
    for each in papers:
        if isinstance(each, OfficialPaper | FormPaper | WallPaper):
            yield each


def _book_of(order: Order) -> LedgerBook:
    from liaison_desk.exports.yearly import BOOKS

    return next(each for each in BOOKS if each.key == BOOK_OF[order.kind.key])
