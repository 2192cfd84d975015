"""PDF files from elsewhere made into A4 pages by pdfium, which reads what others cannot."""

from __future__ import annotations

import io
import threading
from contextlib import closing

import pypdfium2
from pypdfium2 import raw

from liaison_desk.domain.errors import DeskError
from liaison_desk.exports.pdf.sheet import A4

ONE_AT_A_TIME = threading.Lock()
"""pdfium bears one thread at a time in the whole process, whoever asks it."""
_ALIKE = 0.01  # of its size: a page so close to A4 is not scaled
_QUARTERS = {90: 1, 180: 2, 270: 3}


class NotReadable(DeskError):
    """The PDF is damaged, empty or asks for a password."""


def a4_pages(content: bytes) -> bytes:
    """The pages of a PDF as a new one, upright and scaled to A4, lying where they lie.

    What is drawn is kept as it is, text too; filled-in forms and stamps become part of the page.

    Raises:
        NotReadable: it is damaged, empty or asks for a password.
    """
    with ONE_AT_A_TIME:
        try:
            with (
                closing(pypdfium2.PdfDocument(content)) as source,
                closing(pypdfium2.PdfDocument.new()) as made,
            ):
                if not len(source):
                    raise NotReadable("里面没有页面")
                for number in range(len(source)):
                    _put_page(source, number, made)
                out = io.BytesIO()
                made.save(out)
        except pypdfium2.PdfiumError as error:
            raise NotReadable("已损坏，或者设有密码") from error
    return out.getvalue()


def _put_page(source: pypdfium2.PdfDocument, number: int, made: pypdfium2.PdfDocument) -> None:
    """Draw one page in the middle of an A4 sheet."""
    page = source[number]
    raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
    turn = page.get_rotation()
    page.set_rotation(0)
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    if width <= 0 or height <= 0:
        raise pypdfium2.PdfiumError("a page without size")
    matrix = pypdfium2.PdfMatrix()  # pdfium itself moves the page's corner to 0, 0
    for _ in range(_QUARTERS.get(turn, 0)):  # a quarter clockwise
        matrix = matrix.multiply(pypdfium2.PdfMatrix(0, -1, 1, 0, 0, width))
        width, height = height, width
    across, down = (A4.height, A4.width) if width > height else (A4.width, A4.height)
    scale = min(across / width, down / height)
    scale = 1.0 if abs(scale - 1) < _ALIKE else scale
    matrix = matrix.scale(scale, scale)
    matrix = matrix.translate((across - width * scale) / 2, (down - height * scale) / 2)
    shape = source.page_as_xobject(number, made).as_pageobject()
    shape.set_matrix(matrix)
    sheet = made.new_page(across, down)
    sheet.insert_obj(shape)
    sheet.gen_content()
    sheet.close()
    page.close()
