"""Sending pages to a printer: each drawn at the printer's own resolution, 1 mm as 1 mm."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from liaison_desk.domain.errors import DeskError
from liaison_desk.ui.pdf_pages import draw_page
from liaison_desk.ui.printing.laid import MM_PER_INCH
from liaison_desk.ui.printing.page_choice import ALL_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.ui.printing.laid import Laid
    from liaison_desk.ui.printing.page_choice import PageChoice
    from liaison_desk.ui.tasks import Progress

LEAST_DPI, MOST_DPI = 300, 600
MOST_DOTS = 40_000_000
"""The largest picture of a page: A4 at 600 dpi, 140 MB; larger sheets are drawn more coarsely."""
SAME_MM = 1.0
"""Sheets that differ less are the same paper."""
A4_MM, A3_MM = (210.0, 297.0), (297.0, 420.0)


class PrinterRefused(DeskError):
    """The printer took nothing."""

    def __init__(self) -> None:
        super().__init__("打印机没有接收，纸张没有打出，资料没有改动。请检查打印机后再按 Ctrl+P。")


@dataclass(frozen=True)
class PrintChoice:
    """How the clerk wants to print.

    Attributes:
        printer: its name.
        copies: how many of each.
        is_collated: whether whole sets follow one another, rather than all copies of a page.
        duplex: one or both sides, and the edge the sheets turn at.
        pages: which pages.
    """

    printer: str = ""
    copies: int = 1
    is_collated: bool = True
    duplex: QPrinter.DuplexMode = QPrinter.DuplexMode.DuplexNone
    pages: PageChoice = ALL_PAGES


@dataclass(frozen=True)
class PrintedPage:
    """One side of paper to be printed; `number` is None for a side left empty."""

    size: tuple[float, float]
    pdf: bytes = b""
    number: int | None = None


def pages_of(laid: Iterable[Laid], choice: PrintChoice) -> list[PrintedPage]:
    """The sides to be printed, in order.

    On both sides every paper begins on a new sheet. The pages chosen are counted through all
    papers together, as they are shown.
    """
    is_both_sides = choice.duplex != QPrinter.DuplexMode.DuplexNone
    found: list[PrintedPage] = []
    count = 0
    for each in laid:
        for start, paper in zip(each.starts, each.papers, strict=True):
            first = count
            for page in range(paper.pages):
                count += 1
                if choice.pages.has(count):
                    found.append(PrintedPage(each.sizes[start + page], paper.pdf, page))
            if is_both_sides and choice.pages.is_all and (count - first) % 2:
                found.append(PrintedPage(found[-1].size))
    if is_both_sides and found and found[-1].number is None:
        found.pop()
    return found


def open_printer(choice: PrintChoice) -> QPrinter:
    """The printer with the name chosen."""
    return QPrinter(QPrinterInfo.printerInfo(choice.printer), QPrinter.PrinterMode.HighResolution)


def send(
    pages: Sequence[PrintedPage], printer: QPrinter, choice: PrintChoice, progress: Progress
) -> None:
    """Print pages; those of another size of paper go as a job of their own.

    A file takes all sizes in one.

    Raises:
        PrinterRefused: the printer took nothing.
        Cancelled: the clerk pressed 取消; nothing more is printed.
    """
    printer.setCopyCount(choice.copies)
    printer.setCollateCopies(choice.is_collated)
    printer.setDuplex(choice.duplex)
    repeat = 1 if printer.supportsMultipleCopies() else choice.copies
    every = _repeated(pages, repeat, is_collated=choice.is_collated)
    jobs = [every] if printer.outputFileName() else _by_size(every)
    done = 0
    for job in jobs:
        _print(job, printer, progress, (done, len(every)))
        done += len(job)


def _repeated(pages: Sequence[PrintedPage], times: int, *, is_collated: bool) -> list[PrintedPage]:
    """The copies one after the other, for a printer that does not make them itself."""
    if is_collated:
        return [each for _copy in range(times) for each in pages]
    return [each for each in pages for _copy in range(times)]


def _by_size(pages: Sequence[PrintedPage]) -> list[list[PrintedPage]]:
    """Pages that follow one another on the same paper."""
    return [list(group) for _size, group in groupby(pages, key=lambda each: each.size)]


def _print(
    pages: Sequence[PrintedPage], printer: QPrinter, progress: Progress, so_far: tuple[int, int]
) -> None:
    """One job."""
    done, total = so_far
    fill_sheet(printer, pages[0].size)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused
    try:
        for number, page in enumerate(pages):
            progress(done + number, total, "正在打印")
            if number:
                if page.size != pages[number - 1].size:
                    fill_sheet(printer, page.size)
                if not printer.newPage():
                    raise PrinterRefused
            if page.number is not None:
                dpi = picture_dpi(printer.resolution(), page.size)
                picture = draw_page(page.pdf, page.number, dpi)
                painter.drawImage(whole_sheet(printer, page.size), picture)
        progress(done + len(pages), total, "正在打印")
    except DeskError:
        printer.abort()
        raise
    finally:
        painter.end()


def fill_sheet(printer: QPrinter, size: tuple[float, float] = A4_MM) -> None:
    """The paper of a page, no margins and no scaling, whatever the printer was left at."""
    layout = sheet_layout(size)
    printer.setPageLayout(layout)
    printer.setFullPage(True)


def sheet_layout(size: tuple[float, float]) -> QPageLayout:
    """How a sheet lies in the printer: upright sheets of the usual sizes, turned when wide."""
    width, height = size
    is_wide = width > height
    upright = (height, width) if is_wide else size
    known = {QPageSize.PageSizeId.A4: A4_MM, QPageSize.PageSizeId.A3: A3_MM}
    paper = QPageSize(QSizeF(*upright), QPageSize.Unit.Millimeter)
    for name, usual in known.items():
        if all(abs(a - b) < SAME_MM for a, b in zip(upright, usual, strict=True)):
            paper = QPageSize(name)
    way = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, way, QMarginsF(), QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def picture_dpi(resolution: int, size: tuple[float, float] = A4_MM) -> int:
    """The resolution a page is drawn at: the printer's, or a whole part of it that fits memory."""
    if resolution < LEAST_DPI:
        return resolution * ceil(LEAST_DPI / resolution)
    part = ceil(resolution / MOST_DPI)
    inches = size[0] * size[1] / MM_PER_INCH**2
    while inches * (resolution // part) ** 2 > MOST_DOTS:
        part += 1
    return resolution // part


def whole_sheet(printer: QPrinter, size: tuple[float, float] = A4_MM) -> QRectF:
    """The whole sheet in the printer's dots, so that 1 mm of the page is 1 mm on paper.

    Not the printer's own rectangle: Qt rounds A4 to whole points, 0.1 mm short of its width.
    """
    dots = printer.resolution() / MM_PER_INCH
    return QRectF(0, 0, size[0] * dots, size[1] * dots)
