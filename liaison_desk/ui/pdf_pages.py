"""The pages of a PDF as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pypdfium2
from PySide6.QtGui import QImage

from liaison_desk.exports.pdf.pdfium import ONE_AT_A_TIME

if TYPE_CHECKING:
    from types import TracebackType

POINTS_PER_INCH = 72


class PdfPages:
    """An open PDF; use it in a `with`, on any thread.

    Raises:
        pypdfium2.PdfiumError: it is damaged, or asks for a password.
    """

    def __init__(self, pdf: bytes) -> None:
        with ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(pdf)
            self.count = len(self._document)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with ONE_AT_A_TIME:
            self._document.close()

    def size(self, page: int) -> tuple[float, float]:
        """The width and height of a page in points."""
        with ONE_AT_A_TIME:
            width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def draw(self, page: int, dpi: float) -> QImage:
        """One page as a picture that owns its dots."""
        with ONE_AT_A_TIME:
            sheet = self._document[page]
            bitmap = sheet.render(scale=dpi / POINTS_PER_INCH, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()
            bitmap.close()
            sheet.close()
        return image


def draw_page(pdf: bytes, page: int, dpi: float) -> QImage:
    """Draw a page of a PDF at so many dots per inch."""
    with PdfPages(pdf) as pages:
        return pages.draw(page, dpi)
