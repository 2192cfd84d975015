"""A finished PDF, read back: its text, and where its ink lies, in mm from the paper's top left."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
from pypdfium2 import raw

POINTS_PER_MM = 72 / 25.4
DARK = 160  # grey below which a pixel is ink
WHOLE_PAGE = (0.0, 0.0, 210.0, 297.0)
COLUMN = (20.0, 37.0, 200.0, 262.5)  # the 版心, with room for ink that leaves it at the sides
Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """An inked area, mm."""

    left: float
    top: float
    right: float
    bottom: float


class Printed:
    """A PDF as a reader sees it."""

    def __init__(self, pdf: bytes) -> None:
        self.bytes = pdf
        self.document = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self.document)

    @cached_property
    def texts(self) -> list[str]:
        """The text of every page, blanks and page numbers taken out."""
        pages = (page.get_textpage().get_text_range() for page in self.document)
        return [re.sub(r"—\d+—$", "", re.sub(r"\s", "", text)) for text in pages]

    @property
    def text(self) -> str:
        """The text of the whole paper, without blanks and page numbers."""
        return "".join(self.texts)

    def ink(self, page: int, area: Area = WHOLE_PAGE, dpi: int = 300) -> Box | None:
        """Return the box of the ink inside an area (left, top, right, bottom, mm), if any."""
        rows, columns, scale = self._profile(page, area, dpi)
        inked_rows = [index for index, ink in enumerate(rows) if ink]
        inked_columns = [index for index, ink in enumerate(columns) if ink]
        if not inked_rows:
            return None
        return Box(
            area[0] + inked_columns[0] * scale,
            area[1] + inked_rows[0] * scale,
            area[0] + (inked_columns[-1] + 1) * scale,
            area[1] + (inked_rows[-1] + 1) * scale,
        )

    def bands(self, page: int, area: Area = COLUMN, dpi: int = 300) -> list[tuple[float, float]]:
        """Return the top and bottom of every unbroken band of inked rows, mm."""
        rows, _, scale = self._profile(page, area, dpi)
        bands: list[tuple[float, float]] = []
        start: int | None = None
        for index, inked in enumerate([*rows, False]):
            if inked and start is None:
                start = index
            elif not inked and start is not None:
                bands.append((area[1] + start * scale, area[1] + index * scale))
                start = None
        return bands

    def _profile(self, page: int, area: Area, dpi: int) -> tuple[list[bool], list[bool], float]:
        """Return which pixel rows and columns of an area hold ink, and a pixel's size in mm."""
        left, top, right, bottom = (value * POINTS_PER_MM for value in area)
        sheet = self.document[page]
        width, height = sheet.get_size()
        crop = (left, height - bottom, width - right, top)
        bitmap = sheet.render(scale=dpi / 72, crop=crop, grayscale=True, optimize_mode=None)
        data, stride = bytes(bitmap.buffer), bitmap.stride
        lines = [data[row * stride : row * stride + bitmap.width] for row in range(bitmap.height)]
        rows = [min(line) < DARK for line in lines]
        columns = [
            min(data[column : bitmap.height * stride : stride]) < DARK
            for column in range(bitmap.width)
        ]
        return rows, columns, 25.4 / dpi

    def baselines(self, page: int) -> list[float]:
        """Return the heights of the text's lines from the top, pt, page number left out."""
        sheet = self.document[page]
        text_page = sheet.get_textpage()
        height = sheet.get_size()[1]
        found = set()
        x, y = raw.c_double(), raw.c_double()
        for index in range(text_page.count_chars()):
            if raw.FPDFText_GetCharOrigin(text_page, index, x, y) and y.value > 0:
                found.add(round(height - y.value, 2))
        return sorted(found)

    @property
    def content(self) -> list[str]:
        """The drawing operators of every page."""
        streams = re.findall(rb">>\s*stream\r?\n(.*?)endstream", self.bytes, re.DOTALL)
        packed = (each for each in streams if each.startswith(b"x"))  # zlib; XMP is plain
        decoded = (zlib.decompress(stream) for stream in packed)
        return [
            text.decode("latin-1")
            for text in decoded
            if b"\nBT " in text or text.startswith(b"BT ")
        ]


def without_blanks(text: str) -> str:
    """Return `text` as `Printed.text` would show it."""
    return re.sub(r"\s", "", text)
