"""Photos side by side with a line under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.grid import Column, Span, set_paragraph
from liaison_desk.exports.pdf.jpeg import jpeg_size
from liaison_desk.exports.pdf.measures import to_mm
from liaison_desk.exports.pdf.page import PlacedPicture
from liaison_desk.exports.pictures import NotPrintable, for_print

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

    A photo that is damaged or lost is left out and told of.
    """
    across = max(1, photos.across)
    width = (pen.sheet.text_width - GAP * (across - 1)) / across
    height = min(width * HIGHEST, pen.sheet.text_height * 0.8)
    row: list[_Printable] = []
    for number, photo in enumerate(photos.photos, serial):
        try:
            jpeg = printable(photo, pictures, to_mm(width), to_mm(height))
        except NotPrintable as error:
            pen.sheets.left_out.append(str(error))
            continue
        row.append(_Printable(photo, jpeg, number))
        if len(row) == across:
            _Row(pen, row, (width, height), size, fonts).put()
            row = []
    if row:
        _Row(pen, row, (width, height), size, fonts).put()


def printable(photo: Photo, pictures: Pictures, width_mm: float, height_mm: float) -> bytes:
    """Return a photo as a JPEG for a box on paper, its sides in mm.

    Raises:
        NotPrintable: it is damaged or its content is lost; the sentence names it.
    """
    name = f"照片“{photo.caption[:30] or '没有说明的'}”"
    try:
        return for_print(pictures(photo.sha256), width_mm, height_mm)
    except LookupError:
        raise NotPrintable(f"{name}的内容不在了，没有印上。请从备份里找回，或再加一次。") from None
    except NotPrintable as error:
        raise NotPrintable(f"{name}没有印上：{error}") from error


@dataclass(frozen=True, slots=True)
class _Printable:
    """A photo as it is printed, and its serial number in the form."""

    photo: Photo
    jpeg: bytes
    serial: int


class _Row:
    """One row of photos, ready to be drawn."""

    def __init__(
        self,
        pen: Pen,
        photos: Sequence[_Printable],
        box: tuple[float, float],
        size: float,
        fonts: FontBook,
    ) -> None:
        self._pen = pen
        self._photos = photos
        self._size = size
        self._width, self._height = box
        self._captions = [self._caption(each.photo.caption, fonts) for each in photos]

    def put(self) -> None:
        """Draw the row where the pen is, or on the next page."""
        pen, leading = self._pen, self._size * CAPTION_LEADING
        boxes = [self._box(each.jpeg) for each in self._photos]
        highest = max(height for _, height in boxes)
        captions = max(len(lines) for lines in self._captions) * leading
        pen.need(highest + captions + GAP)
        top = pen.y
        taken = len(self._photos) * (self._width + GAP) - GAP
        first = pen.sheet.left + (pen.sheet.text_width - taken) / 2  # a short row in the middle
        for column, (each, (width, height), lines) in enumerate(
            zip(self._photos, boxes, self._captions, strict=True)
        ):
            left = first + column * (self._width + GAP)
            x, y = left + (self._width - width) / 2, top + highest - height
            pen.page.pictures.append(PlacedPicture(each.jpeg, x, y, width, height))
            pen.y = top + highest + leading / 4
            for line in lines:
                pen.write(line, left + (self._width - line.right) / 2, leading, self._size)
            across = (left, left + self._width)
            source = each.photo.source
            pen.sheets.note("form", each.serial, pen.number, top, pen.y, source, across)
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
