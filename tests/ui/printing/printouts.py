"""What a printed page looks like, and printers that write to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from PySide6.QtPrintSupport import QPrinter

from liaison_desk.ui.tasks import Progress

if TYPE_CHECKING:
    from pathlib import Path

DPI = 300
DARK = 128
MM = 25.4
PATIENCE_MS = 10_000
_INK = bytes(ord("#") if value < DARK else ord(" ") for value in range(256))


def file_printer(path: Path, resolution: int = 600) -> QPrinter:
    """A printer whose paper is a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(resolution)
    return printer


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, mm."""
    document = pypdfium2.PdfDocument(pdf)
    every = [document[page].get_size() for page in range(len(document))]
    return [(round(width / 72 * MM), round(height / 72 * MM)) for width, height in every]


def ink_box(pdf: bytes, page: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all ink on a page, mm."""
    bitmap = pypdfium2.PdfDocument(pdf)[page].render(scale=DPI / 72, grayscale=True)
    raw, step = bytes(bitmap.buffer), bitmap.stride
    rows = [raw[y * step : y * step + bitmap.width].translate(_INK) for y in range(bitmap.height)]
    inked = [y for y, row in enumerate(rows) if b"#" in row]
    left_most = min(rows[y].find(b"#") for y in inked)
    right_most = max(rows[y].rfind(b"#") for y in inked)
    box = (left_most, inked[0], right_most + 1, inked[-1] + 1)
    left, top, right, bottom = (each / DPI * MM for each in box)
    return left, top, right, bottom


class Told(Progress):
    """Keeps what the work tells of its progress."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """One step more."""
        super().__call__(done, total, what)
        self.steps.append((done, total))
