"""The pages that a 一会一档 has of its own: cover, contents, photos, and scans of a whole page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.drawing import Properties, finished, write_pdf
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Column, Span, set_line, set_paragraph
from liaison_desk.exports.pdf.jpeg import jpeg_size
from liaison_desk.exports.pdf.letterhead import fitted_line
from liaison_desk.exports.pdf.measures import BODY_SIZE, LINE, SMALL_SIZE, TITLE_SIZE
from liaison_desk.exports.pdf.page import Page, PlacedLine, PlacedPicture, Sheets, centred_x
from liaison_desk.exports.pdf.pen import Pen, baseline
from liaison_desk.exports.pdf.photos import PhotoRows, prints_of
from liaison_desk.exports.pdf.sheet import A4, A4_LANDSCAPE
from liaison_desk.exports.pdf.source import SourcePart, one_line, refuse_missing
from liaison_desk.exports.pdf.titles import break_title
from liaison_desk.exports.pdf.words import RenderedPaper
from liaison_desk.exports.pictures import for_print

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.exports.content import Photos
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.grid import Line
    from liaison_desk.exports.pdf.words import Pictures

COVER_MARK = "一会一档"
CONTENTS = "目　　录"
_COVER_TITLE = 26.0  # pt, 1号
_MARK_ROW, _TITLE_ROW, _FACTS_ROW, _OFFICE_ROW = 2, 5, 12, 20  # of the grid of 22
_LABEL_CELLS, _FACTS_LEFT = 5.5, 3  # of the grid: the facts stand in from the left
_NUMBER_ROOM = 40.0  # pt, at the end of a line of the contents
_LEADING = 26.0  # pt, in the contents
_EDGE = 12.0  # pt round a scan: some printers do not reach further
_SCAN_MM = (288.0, 288.0)  # whichever way a scan lies


@dataclass(frozen=True)
class Entry:
    """A line of the contents.

    Attributes:
        title: what it says.
        page: the number at its end.
        level: how far it stands in, from 0.
    """

    title: str
    page: int
    level: int = 0


def cover(title: str, facts: Sequence[tuple[str, str]], office: str, fonts: FontBook) -> bytes:
    """The first page: what the file is about, each fact on a line, and whose it is.

    Raises:
        CannotPrint: a character is in no font.
    """
    facts = [(label, one_line(text)) for label, text in facts]
    texts = [("标题", title), ("单位", office), *facts]
    refuse_missing([SourcePart("cover", 0, label, text) for label, text in texts], fonts)
    sheets = Sheets()
    pen = Pen(sheets, 0, A4)
    pen.y = A4.top + _MARK_ROW * LINE
    _centred(pen, set_line([Span(COVER_MARK, Role.KAI)], TITLE_SIZE.value, fonts), TITLE_SIZE.value)
    pen.y = A4.top + _TITLE_ROW * LINE
    for text in break_title(title, A4.text_width / _COVER_TITLE):
        line = fitted_line(text, Role.TITLE, _COVER_TITLE, A4.text_width, fonts)
        _centred(pen, line, _COVER_TITLE)
    pen.y = max(pen.y + LINE, A4.top + _FACTS_ROW * LINE)
    _put_facts(pen, facts, fonts)
    pen.y = max(pen.y, A4.top + _OFFICE_ROW * LINE)
    line = fitted_line(one_line(office), Role.FANG, BODY_SIZE.value, A4.text_width, fonts)
    _centred(pen, line, BODY_SIZE.value)
    return write_pdf(sheets.pages, Properties(title, office))


def _put_facts(pen: Pen, facts: Sequence[tuple[str, str]], fonts: FontBook) -> None:
    """Draw labels in 黑体 and their texts, turn lines under the text's beginning."""
    size = BODY_SIZE.value
    left = A4.left + _FACTS_LEFT * size
    for label, text in facts:
        pen.page.lines.append(
            PlacedLine(
                set_line([Span(f"{label}：", Role.HEI)], size, fonts),
                left,
                baseline(pen.y, LINE, size),
            )
        )
        cells = A4.text_width / size - _FACTS_LEFT - _LABEL_CELLS
        column = Column(pitch=size, cells=cells, justify=False)
        for line in set_paragraph([Span(text)], column, fonts):
            pen.write(line, left + _LABEL_CELLS * size, LINE, size)


def contents_pages(entries: Sequence[Entry], fonts: FontBook) -> tuple[bytes, int]:
    """The contents, and how many pages they take, which does not depend on the numbers.

    Raises:
        CannotPrint: a character is in no font.
    """
    parts = (SourcePart("contents", at, "目录", each.title) for at, each in enumerate(entries))
    refuse_missing(parts, fonts)
    sheets = Sheets()
    pen = Pen(sheets, 0, A4)
    _centred(pen, set_line([Span(CONTENTS, Role.TITLE)], TITLE_SIZE.value, fonts), TITLE_SIZE.value)
    pen.y += LINE / 2
    for entry in entries:
        _put_entry(pen, entry, fonts)
    return write_pdf(sheets.pages, Properties(CONTENTS, "")), len(sheets.pages)


def _put_entry(pen: Pen, entry: Entry, fonts: FontBook) -> None:
    """Draw one line of the contents, or as many as its title takes, with dots and number."""
    size = SMALL_SIZE.value
    left = A4.left + entry.level * 2 * size
    role = Role.FANG if entry.level else Role.HEI
    column = Column(
        size=size, pitch=size, cells=(A4.right - left - _NUMBER_ROOM) / size, justify=False
    )
    lines = set_paragraph([Span(one_line(entry.title), role)], column, fonts)
    pen.need(len(lines) * _LEADING)
    for line in lines:
        pen.write(line, left, _LEADING, size)
    number = set_line([Span(str(entry.page), Role.SONG)], size, fonts)
    end, down = A4.right - number.right, pen.y - _LEADING
    base = baseline(down, _LEADING, size)
    pen.page.lines.append(PlacedLine(number, end, base))
    start = left + lines[-1].right + size / 2
    count = int((A4.right - _NUMBER_ROOM + size - start) / size)
    if count > 0:
        dots = set_line([Span("…" * count, Role.SONG)], size, fonts)
        pen.page.lines.append(PlacedLine(dots, end - size / 2 - dots.right, base))


def photo_pages(title: str, photos: Photos, fonts: FontBook, pictures: Pictures) -> RenderedPaper:
    """Photos side by side, the title over the first ones; no pages when all are damaged or lost.

    Raises:
        CannotPrint: a character of a caption is in no font.
    """
    captions = (SourcePart("photos", at, "照片", e.caption) for at, e in enumerate(photos.photos))
    refuse_missing([*captions, SourcePart("photos", 0, "照片", title)], fonts)
    sheets = Sheets()
    pen = Pen(sheets, 0, A4)
    if title:
        line = fitted_line(title, Role.TITLE, TITLE_SIZE.value, A4.text_width, fonts)
        _centred(pen, line, TITLE_SIZE.value)
        pen.y += LINE / 2
    PhotoRows(pen, photos, SMALL_SIZE.value - 2, fonts, prints_of(pictures), 0).put()
    if not any(page.pictures for page in sheets.pages):
        return RenderedPaper(b"", 0, left_out=tuple(sheets.left_out))
    return finished(sheets, Properties(title, ""))


def scan_page(content: bytes) -> bytes:
    """A picture as large as an A4 sheet takes it, which lies as the picture does.

    Raises:
        NotPrintable: it is damaged or no picture.
    """
    jpeg = for_print(content, *_SCAN_MM)
    width, height, _ = jpeg_size(jpeg)
    sheet = A4_LANDSCAPE if width > height else A4
    across, down = sheet.width - 2 * _EDGE, sheet.height - 2 * _EDGE
    scale = min(across / width, down / height)
    across, down = width * scale, height * scale
    place = PlacedPicture(jpeg, (sheet.width - across) / 2, (sheet.height - down) / 2, across, down)
    return write_pdf([Page(pictures=[place], sheet=sheet)], Properties("", ""))


def _centred(pen: Pen, line: Line, size: float) -> None:
    """Write a line in the middle of the 版心."""
    pen.write(line, centred_x(line), max(LINE, size * 1.4), size)
