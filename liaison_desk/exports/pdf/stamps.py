"""归档章 to be cut out or copied: 45 x 16 mm, six cells (DA/T 22-2015), beside the piece's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.drawing import Properties, finished
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Column, Span, set_paragraph
from liaison_desk.exports.pdf.letterhead import fitted_line
from liaison_desk.exports.pdf.measures import (
    FORM_INNER_RULE,
    RED,
    STAMP_GAP,
    STAMP_HEIGHT,
    STAMP_SIZE,
    STAMP_WIDTH,
    TITLE_SIZE,
)
from liaison_desk.exports.pdf.page import PlacedLine, Rule, Sheets, centred_x
from liaison_desk.exports.pdf.pen import Pen, baseline
from liaison_desk.exports.pdf.sheet import A4
from liaison_desk.exports.pdf.source import SourcePart, one_line, refuse_missing

if TYPE_CHECKING:
    from liaison_desk.exports.content import ArchiveStamp, ArchiveStamps
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import RenderedPaper

ACROSS, DOWN = 3, 2
STAMP = "form"
"""The part that a stamp is; its number is the paragraph."""


def render_stamps(paper: ArchiveStamps, fonts: FontBook, *, archive: bool = False) -> RenderedPaper:
    """Lay the stamps out one under another, each with the name of its piece.

    Raises:
        CannotPrint: a character is in no font.
        FontsIncomplete: the program's own fonts are missing.
    """
    stamps = [(one_line(name), stamp) for name, stamp in paper.stamps]
    title = one_line(paper.title)
    parts = [SourcePart("form_title", 0, "标题", title)]
    for number, (name, stamp) in enumerate(stamps):
        words = "".join((name, *_cells(stamp)))
        parts.append(SourcePart(STAMP, number, "归档章", words, stamp.source))
    refuse_missing(parts, fonts)
    sheets = Sheets(A4)
    pen = Pen(sheets, 0, A4)
    _put_title(pen, title, fonts)
    for number, (name, stamp) in enumerate(stamps):
        pen.need(STAMP_HEIGHT.pt)
        sheets.note(STAMP, number, pen.number, pen.y, pen.y + STAMP_HEIGHT.pt, stamp.source)
        _put_name(pen, name, fonts)
        _put_stamp(pen, stamp, fonts)
        pen.y += STAMP_HEIGHT.pt + STAMP_GAP.pt
    if len(sheets.pages) > 1:
        sheets.put_page_numbers(fonts)
    return finished(sheets, Properties(title, paper.author), archive=archive)


def _cells(stamp: ArchiveStamp) -> tuple[str, ...]:
    """Return the six cells: 全宗号, 年度, 件号; 机构或问题, 保管期限, 页数."""
    cells = (stamp.fonds, stamp.year, stamp.number, stamp.section, stamp.retention, stamp.pages)
    return tuple(one_line(each) for each in cells)


def _put_title(pen: Pen, title: str, fonts: FontBook) -> None:
    size = TITLE_SIZE.value
    line = fitted_line(title, Role.TITLE, size, A4.text_width, fonts)
    pen.write(line, centred_x(line), size * 2, size)
    pen.y += STAMP_GAP.pt


def _put_name(pen: Pen, name: str, fonts: FontBook) -> None:
    """Draw the name of a piece left of its stamp, as many lines of it as are as high as that."""
    size = STAMP_SIZE.pt
    room = A4.text_width - STAMP_WIDTH.pt - STAMP_GAP.pt
    column = Column(size=size, pitch=size, cells=room / size, justify=False)
    leading = STAMP_HEIGHT.pt / DOWN / 1.5
    lines = set_paragraph([Span(name)], column, fonts)
    leading = min(leading, STAMP_HEIGHT.pt / max(1, len(lines)))
    for number, line in enumerate(lines):
        y = baseline(pen.y + number * leading, leading, size)
        pen.page.lines.append(PlacedLine(line, A4.left, y))


def _put_stamp(pen: Pen, stamp: ArchiveStamp, fonts: FontBook) -> None:
    """Draw the six cells, with their words."""
    width, height, size = STAMP_WIDTH.pt, STAMP_HEIGHT.pt, STAMP_SIZE.pt
    left, thin = A4.right - width, FORM_INNER_RULE.pt
    rules = pen.page.rules
    for row in range(DOWN + 1):
        rules.append(Rule(left, pen.y + height * row / DOWN, width, thin, RED))
    for column in range(ACROSS + 1):
        x = left + width * column / ACROSS
        rules.append(Rule(x, pen.y, height, thin, RED, is_upright=True))
    for number, text in enumerate(_cells(stamp)):
        row, column = divmod(number, ACROSS)
        line = fitted_line(text, Role.FANG, size, width / ACROSS - size / 3, fonts)
        x = left + width * (column + 0.5) / ACROSS - line.right / 2
        y = baseline(pen.y + height * row / DOWN, height / DOWN, size)
        pen.page.lines.append(PlacedLine(line, x, y))
