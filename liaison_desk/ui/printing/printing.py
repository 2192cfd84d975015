"""Printing a PDF: each page drawn at the printer's own resolution, 1 mm as 1 mm."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from liaison_desk.domain.errors import DeskError
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desk.exports.pdf.words import RenderedPaper
    from liaison_desk.ui.printing.paper_maker import PaperMaker
    from liaison_desk.ui.tasks import Progress

A4_MM = (210, 297)
MM_PER_INCH = 25.4
LEAST_DPI, MOST_DPI = 300, 600


class PrinterRefused(DeskError):
    """The printer took nothing."""

    def __init__(self) -> None:
        super().__init__("打印机没有接收，纸张没有打出，资料没有改动。请检查打印机后再按 Ctrl+P。")


class Printing:
    """Asks for a printer and sends pages to it."""

    @classmethod
    def ask(cls, parent: QWidget) -> QPrinter | None:
        """Let the clerk choose a printer; None when 取消 was pressed."""
        printer = cls.a4_printer()
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle("打印")
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None

    @classmethod
    def a4_printer(cls) -> QPrinter:
        """A printer set to the whole of an A4 sheet, upright."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        fill_sheet(printer)
        return printer

    @classmethod
    def send(
        cls, parent: QWidget, paper: RenderedPaper, printer: QPrinter, maker: PaperMaker
    ) -> None:
        """Print every page; a progress line with 取消 comes up when it takes a while.

        Raises:
            PrinterRefused: the printer took nothing.
            Cancelled: the clerk pressed 取消; nothing more is printed.
        """
        fill_sheet(printer)

        def work(progress: Progress) -> None:
            print_pages(paper, printer, maker, progress)

        run_task(parent, "正在打印", work)


def fill_sheet(printer: QPrinter) -> None:
    """A4, upright, no margins and no scaling, whatever the dialog was left at."""
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(),
        QPageLayout.Unit.Millimeter,
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)


def print_pages(
    paper: RenderedPaper, printer: QPrinter, maker: PaperMaker, progress: Progress
) -> None:
    """Draw the pages that were asked for on the printer.

    Raises:
        PrinterRefused: the printer took nothing.
        Cancelled: the clerk pressed 取消.
    """
    first, last = printer.fromPage() or 1, printer.toPage() or paper.pages
    pages = range(first - 1, min(last, paper.pages))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused
    try:
        for number, page in enumerate(pages):
            progress(number, len(pages), "正在打印")
            if number and not printer.newPage():
                raise PrinterRefused
            picture = maker.picture(paper.pdf, page, picture_dpi(printer.resolution()))
            painter.drawImage(whole_sheet(printer), picture)
        progress(len(pages), len(pages), "正在打印")
    except DeskError:
        printer.abort()
        raise
    finally:
        painter.end()


def picture_dpi(resolution: int) -> int:
    """The resolution a page is drawn at: the printer's, or a whole part of it that fits memory."""
    if resolution < LEAST_DPI:
        return resolution * ceil(LEAST_DPI / resolution)
    return resolution // ceil(resolution / MOST_DPI)


def whole_sheet(printer: QPrinter) -> QRectF:
    """The whole sheet in the printer's dots, so that 1 mm of the page is 1 mm on paper.

    Not the printer's own rectangle: Qt rounds A4 to whole points, 0.1 mm short of its width.
    """
    dots = printer.resolution() / MM_PER_INCH
    return QRectF(0, 0, A4_MM[0] * dots, A4_MM[1] * dots)
