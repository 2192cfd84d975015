"""Photos side by side with a line under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.grid import Column, Span, set_paragraph
from liaison_desk.exports.pdf.jpeg import jpeg_size
from liaison_desk.exports.pdf.measures import to_mm
from liaison_desk.exports.pdf.page import PlacedPicture
from liaison_desk.exports.pictures import for_print

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.exports.content import Photo, Photos
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.grid import Line
    from liaison_desk.exports.pdf.pen import Pen
    from liaison_desk.exports.pdf.words import Pictures

GAP = 12.0  # pt between photos
HIGHEST = 1.2  # of its width: no photo is higher
CAPTION_LEADING = 1.4


def put_photos(
    pen: Pen, photos: Photos, size: float, fonts: FontBook, pictures: Pictures, serial: int
) -> None:
    """Draw rows of photos, each kept together with the lines under it.

    Raises:
        NotPrintable: a photo is damaged.
    """
    across = max(1, photos.across)
    for first in range(0, len(photos.photos), across):
        row = photos.photos[first : first + across]
        _Row(pen, row, across, size, fonts, pictures).put(serial + first)


class _Row:
    """One row of photos, ready to be drawn."""

    def __init__(
        self,
        pen: Pen,
        photos: Sequence[Photo],
        across: int,
        size: float,
        fonts: FontBook,
        pictures: Pictures,
    ) -> None:
        self._pen = pen
        self._photos = photos
        self._size = size
        self._width = (pen.sheet.text_width - GAP * (across - 1)) / across
        self._height = min(self._width * HIGHEST, pen.sheet.text_height * 0.8)
        self._jpegs = [
            for_print(pictures(each.sha256), to_mm(self._width), to_mm(self._height))
            for each in photos
        ]
        self._captions = [self._caption(each.caption, fonts) for each in photos]

    def put(self, serial: int) -> None:
        """Draw the row where the pen is, or on the next page."""
        pen, leading = self._pen, self._size * CAPTION_LEADING
        boxes = [self._box(jpeg) for jpeg in self._jpegs]
        highest = max(height for _, height in boxes)
        captions = max(len(lines) for lines in self._captions) * leading
        pen.need(highest + captions + GAP)
        top = pen.y
        for number, (photo, jpeg, (width, height), lines) in enumerate(
            zip(self._photos, self._jpegs, boxes, self._captions, strict=True)
        ):
            left = pen.sheet.left + number * (self._width + GAP)
            x = left + (self._width - width) / 2
            pen.page.pictures.append(PlacedPicture(jpeg, x, top + highest - height, width, height))
            pen.y = top + highest + leading / 4
            for line in lines:
                pen.write(line, left + (self._width - line.right) / 2, leading, self._size)
            across = (left, left + self._width)
            pen.sheets.note("form", serial + number, pen.number, top, pen.y, photo.source, across)
        pen.y = top + highest + captions + GAP

    def _box(self, jpeg: bytes) -> tuple[float, float]:
        """Return the width and height of a photo in its place, pt."""
        width, height, _ = jpeg_size(jpeg)
        scale = min(self._width / width, self._height / height)
        return width * scale, height * scale

    def _caption(self, text: str, fonts: FontBook) -> list[Line]:
        column = Column(
            size=self._size, pitch=self._size, cells=self._width / self._size, justify=False
        )
        return set_paragraph([Span(text)], column, fonts)
