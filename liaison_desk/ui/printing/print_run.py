"""One run of many papers: making them, looking them over, sending them out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.domain.minutes import Minutes
from liaison_desk.exports.papers.checks import Finding
from liaison_desk.exports.pdf.words import CannotPrint
from liaison_desk.ui.printing.cut_edges import cut_sentences, millimetres
from liaison_desk.ui.printing.files import free_path, write_whole
from liaison_desk.ui.printing.joined_pdf import joined
from liaison_desk.ui.printing.orders import OrderDraft
from liaison_desk.ui.printing.printing import fill_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from liaison_desk.exports.papers.options import PaperOptions
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.printing.bound import Telling
    from liaison_desk.ui.printing.laid import Laid
    from liaison_desk.ui.printing.orders import Order
    from liaison_desk.ui.printing.paper_maker import PaperMaker
    from liaison_desk.ui.tasks import Progress

Size = tuple[float, float]
"""Width and height of a sheet, mm."""
Margins = dict[Size, tuple[float, float, float, float]]
"""For each size of sheet left, top, right and bottom, mm, that a printer cannot reach."""


@dataclass(frozen=True)
class Made:
    """One order made."""

    order: Order
    laid: Laid

    @property
    def findings(self) -> list[Finding]:
        """What to look at before it is printed, each with the paper it is on."""
        return [_on(self.order, each) for each in self.laid.findings]


@dataclass(frozen=True)
class Run:
    """What came of making a run.

    Attributes:
        made: the papers that can be printed.
        refused: those that cannot, each with why.
    """

    made: tuple[Made, ...]
    refused: tuple[tuple[Order, DeskError], ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(each.laid.pages for each in self.made)

    @property
    def findings(self) -> list[Finding]:
        """What to look at before printing, what cannot be printed at all first."""
        found = [one for order, error in self.refused for one in why_not(order, error)]
        return found + [one for each in self.made for one in each.findings]


def make_run(
    desk: Desk,
    orders: Sequence[Order],
    options: PaperOptions,
    maker: PaperMaker,
    progress: Progress,
    *,
    mirrored: bool,
    to_keep: bool = False,
) -> Run:
    """Make every paper of a run.

    Args:
        desk: where the records are.
        orders: what is wanted.
        options: the clerk's choices.
        maker: makes the papers on its own thread.
        progress: is told of every paper.
        mirrored: whether even pages have their margins the other way round.
        to_keep: whether finalised papers are made for keeping (PDF/A).

    Raises:
        Cancelled: the clerk pressed 取消.
    """
    made: list[Made] = []
    refused: list[tuple[Order, DeskError]] = []
    for number, order in enumerate(orders):
        progress(number, len(orders), f"正在排版　{order.kind.title}")
        tell = _only_long_ones(progress)
        archive = to_keep and isinstance(order.record, Minutes) and order.record.is_locked
        try:
            draft = OrderDraft(desk, order, options)
            laid = maker.lay(draft, mirrored=mirrored, archive=archive, tell=tell)
            made.append(Made(order, laid))
        except Cancelled:
            raise
        except DeskError as error:
            refused.append((order, error))
    return Run(tuple(made), tuple(refused))


def _only_long_ones(progress: Progress) -> Telling:
    """Lets a file that is bound tell how far it is; a paper that is set is one step of the run."""

    def tell(done: int, total: int, what: str) -> None:
        if total:
            progress(done, total, what)

    return tell


def why_not(order: Order, error: DeskError) -> list[Finding]:
    """Why a paper cannot be printed, with a way to each place."""
    if not isinstance(error, CannotPrint):
        return [_on(order, Finding(str(error), is_grave=True))]
    return [
        _on(
            order,
            Finding(
                f"字体里没有“{each.char}”（{each.place}），这份印不出来，{each.what_next}",
                each.source,
                is_grave=True,
            ),
        )
        for each in error.missing
    ]


def margins_of(run: Run, printer: QPrinter) -> Margins:
    """What the printer cannot reach of each size of sheet; asked where the printer belongs."""
    found: Margins = {}
    for size in dict.fromkeys(size for each in run.made for size in each.laid.sizes):
        fill_sheet(printer, size)
        found[size] = _unreachable(printer)
    return found


def cut_findings(run: Run, margins: Margins, progress: Progress) -> list[Finding]:
    """What the printer would cut off, page by page; every page is drawn for that.

    Raises:
        Cancelled: the clerk pressed 取消.
    """
    found = []
    for number, each in enumerate(run.made):
        progress(number, len(run.made), f"正在核对页边　{each.order.kind.title}")
        cut = cut_sentences(each.laid, [margins[size] for size in each.laid.sizes])
        found += [_on(each.order, Finding(sentence, is_grave=True)) for sentence in cut]
    return found


def save_one(run: Run, path: Path, author: str) -> None:
    """Write everything into one file; several papers have a bookmark each.

    Raises:
        CannotWrite: the disk did not take it; no half file is left.
    """
    parts = [part for each in run.made for part in _parts(each)]
    write_whole(path, _bound(parts, path.stem, author))


def save_each(
    run: Run, folder: Path, names: Sequence[str], author: str, progress: Progress
) -> list[Path]:
    """Write a file for every order under its name; one that is taken gets a number.

    Raises:
        CannotWrite: the disk did not take it; no half file is left.
        Cancelled: the clerk pressed 取消; what is written stays.
    """
    written = []
    for number, (each, name) in enumerate(zip(run.made, names, strict=True)):
        progress(number, len(run.made), "正在存为PDF")
        path = free_path(folder, name)
        write_whole(path, _bound(_parts(each), name, author))
        written.append(path)
    return written


def file_name(desk: Desk, order: Order, options: PaperOptions) -> str:
    """What the file of an order is called, without ending."""
    return order.kind.file_name(desk, order.record, options)


def _parts(made: Made) -> list[tuple[str, bytes]]:
    """The papers of an order with the title of each bookmark."""
    laid, order = made.laid, made.order
    name = f"{order.kind.title}　{order.caption}" if order.caption else order.kind.title
    if len(laid.papers) == 1:
        return [(name, laid.papers[0].pdf)]
    return [(f"{name}（{n}）", paper.pdf) for n, paper in enumerate(laid.papers, 1)]


def _bound(parts: list[tuple[str, bytes]], title: str, author: str) -> bytes:
    """One paper as it is, several with bookmarks."""
    return parts[0][1] if len(parts) == 1 else joined(parts, title, author)


def _unreachable(printer: QPrinter) -> tuple[float, float, float, float]:
    layout = printer.pageLayout()
    layout.setUnits(layout.Unit.Millimeter)
    return millimetres(layout.minimumMargins())


def _on(order: Order, finding: Finding) -> Finding:
    """A finding that says on which paper it is."""
    return replace(finding, sentence=f"{order.kind.title}：{finding.sentence}")
