"""Photos side by side with a line under each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.grid import Column, Span, set_paragraph
from liaison_desk.exports.pdf.jpeg import jpeg_size
from liaison_desk.exports.pdf.measures import to_mm
from liaison_desk.exports.pdf.page import PlacedPicture
from liaison_desk.exports.pdf.titles import break_label
from liaison_desk.exports.pictures import NotPrintable, for_print

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.exports.content import Photo, Photos
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.grid import Line
    from liaison_desk.exports.pdf.pen import Pen
    from liaison_desk.exports.pdf.words import Pictures

    Prints = Callable[[Photo, float, float], bytes]
    """Gives a photo as a JPEG for a box on paper, its sides in mm; raises NotPrintable."""

GAP = 12.0  # pt between photos
HIGHEST = 1.2  # of its width: no photo is higher
CAPTION_LEADING = 1.4


class PhotoRows:
    """Photos in rows, each kept together with the lines under it, ready to be drawn.

    A photo that is damaged or lost is left out and told of.

    Args:
        pen: where they are drawn, and on which sheet.
        photos: the photos.
        size: of the type under them, pt.
        fonts: the fonts.
        prints: makes them ready, from `prints_of`.
        serial: the number of the first in the form.
    """

    def __init__(
        self,
        pen: Pen,
        photos: Photos,
        size: float,
        fonts: FontBook,
        prints: Prints,
        serial: int,
    ) -> None:
        across = max(1, photos.across)
        width = (pen.sheet.text_width - GAP * (across - 1)) / across
        box = (width, min(width * HIGHEST, pen.sheet.text_height * 0.8))
        ready: list[_Printable] = []
        for number, photo in enumerate(photos.photos, serial):
            try:
                jpeg = prints(photo, to_mm(box[0]), to_mm(box[1]))
            except NotPrintable as error:
                pen.sheets.left_out.append(str(error))
                continue
            ready.append(_Printable(photo, jpeg, number))
        self._rows = [
            _Row(pen, ready[first : first + across], box, size, fonts)
            for first in range(0, len(ready), across)
        ]

    @property
    def first_height(self) -> float:
        """The height of the first row with its captions, pt; 0 when nothing can be printed."""
        return self._rows[0].height if self._rows else 0.0

    def put(self) -> None:
        """Draw them from the pen's place on."""
        for row in self._rows:
            row.put()


def prints_of(pictures: Pictures) -> Prints:
    """Return what makes photos ready for a box, each once however often a paper is tried."""
    return cache(lambda photo, width, height: printable(photo, pictures, width, height))


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
        self._boxes = [self._box(each.jpeg) for each in photos]
        self._highest = max(height for _, height in self._boxes)

    @property
    def height(self) -> float:
        """The height of the pictures, the lines under them and the white under those, pt."""
        captions = max(len(lines) for lines in self._captions)
        return self._highest + captions * self._size * CAPTION_LEADING + GAP

    def put(self) -> None:
        """Draw the row where the pen is, or on the next page."""
        pen, leading, highest = self._pen, self._size * CAPTION_LEADING, self._highest
        pen.need(self.height)
        top = pen.y
        taken = len(self._photos) * (self._width + GAP) - GAP
        first = pen.sheet.left + (pen.sheet.text_width - taken) / 2  # a short row in the middle
        for column, (each, (width, height), lines) in enumerate(
            zip(self._photos, self._boxes, self._captions, strict=True)
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
        pen.y = top + self.height

    def _box(self, jpeg: bytes) -> tuple[float, float]:
        """Return the width and height of a photo in its place, pt."""
        width, height, _ = jpeg_size(jpeg)
        scale = min(self._width / width, self._height / height)
        return width * scale, height * scale

    def _caption(self, text: str, fonts: FontBook) -> list[Line]:
        """Set the words under a photo: those that take several lines are broken by sense."""
        column = Column(
            size=self._size, pitch=self._size, cells=self._width / self._size, justify=False
        )
        lines = set_paragraph([Span(text)], column, fonts)
        if len(lines) < 2:
            return lines
        cut = break_label(text, self._width / self._size)
        return [line for each in cut for line in set_paragraph([Span(each)], column, fonts)]
