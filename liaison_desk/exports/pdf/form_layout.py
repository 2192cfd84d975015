"""One form in one size of type, from its title to its foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align, Grid, PageBreak, Paragraph, Photos
from liaison_desk.exports.pdf.breaking import listed_names
from liaison_desk.exports.pdf.cell_text import CellSetter
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.form_words import FORM, count_of
from liaison_desk.exports.pdf.grid import Column, Span, set_line, set_paragraph
from liaison_desk.exports.pdf.letterhead import fitted_line
from liaison_desk.exports.pdf.measures import (
    BODY_SIZE,
    CELL,
    ENCLOSURE_TITLE_ROW,
    FIRST_INDENT,
    LINE,
    TITLE_SIZE,
)
from liaison_desk.exports.pdf.page import centred_x
from liaison_desk.exports.pdf.paragraphs import heading_spans, text_lines
from liaison_desk.exports.pdf.photos import PhotoRows
from liaison_desk.exports.pdf.table import Joins, Table
from liaison_desk.exports.pdf.titles import break_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.exports.content import FormPaper, Part
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.grid import Line
    from liaison_desk.exports.pdf.pen import Pen
    from liaison_desk.exports.pdf.photos import Prints

LEADING = 1.6  # from line to line between grids, em
TITLE_LEADING = LINE / TITLE_SIZE.value
GAP = 0.6  # between parts, em
OVER_WHITE = 0.15  # under the lines over the first part, em
TITLE_WHITE = 0.9  # under the title, em
HEADING_KEEPS = 3  # lines that stand under a heading on its page
SHORT = 3  # lines of a paragraph that is not parted where the page ends


@dataclass(frozen=True, slots=True)
class Head:
    """The line over an enclosure: 附件, or 附件1 (7.3.7)."""

    text: str


class FormLayout:
    """One form in one size of type."""

    def __init__(
        self,
        pen: Pen,
        paper: FormPaper,
        fonts: FontBook,
        prints: Prints,
        size: float,
        title_size: float = TITLE_SIZE.value,
        leading: float = LEADING,
    ) -> None:
        self._pen = pen
        self._paper = paper
        self._fonts = fonts
        self._prints = prints
        self._size = size
        self._title_size = title_size
        self._leading = size * leading
        self._setter = CellSetter(size, fonts)
        self._ready: dict[int, PhotoRows] = {}  # by serial number

    def put(self, head: Head | None) -> Pen:
        """Draw everything; return the pen under it."""
        self._put_title(head)
        self._put_over()
        foot = self._foot_lines()
        foot_height = len(foot) * self._leading + GAP * self._size if foot else 0.0
        parts = self._paper.parts
        serial = 0
        for number, part in enumerate(parts):
            above = parts[number - 1] if number else None
            below = parts[number + 1] if number + 1 < len(parts) else None
            self._put_part(part, serial, (above, below), 0.0 if below else foot_height)
            serial += count_of(part)
        if foot:
            self._put_foot(foot, foot_height)
        return self._pen

    # -- round the parts ---------------------------------------------------------------------------

    def _put_title(self, head: Head | None) -> None:
        """Draw the title in 2号小标宋; under 附件 it stands on the third line (7.3.7)."""
        pen, size, width = self._pen, self._title_size, self._pen.sheet.text_width
        if head:
            label = set_line([Span(head.text, Role.HEI)], BODY_SIZE.value, self._fonts, CELL)
            pen.write(label, pen.sheet.left, LINE, BODY_SIZE.value)
            pen.y += LINE * (ENCLOSURE_TITLE_ROW.count - 2)
        top = pen.y
        for text in break_title(self._paper.title, width / size):
            line = fitted_line(text, Role.TITLE, size, width, self._fonts)
            pen.write(line, centred_x(line, pen.sheet), size * TITLE_LEADING, size)
        if pen.y > top:
            pen.sheets.note("form_title", 0, pen.number, top, pen.y)
            pen.y += TITLE_WHITE * self._size

    def _put_over(self) -> None:
        """Draw the lines over the first part: one at the left, one at the right."""
        pen, sheet, top = self._pen, self._pen.sheet, self._pen.y
        right = self._one_line(self._paper.over_right, sheet.text_width)
        room = sheet.text_width - right.right - (2 * self._size if right.runs else 0)
        left = self._one_line(self._paper.over_left, max(room, sheet.text_width / 3))
        if not left.runs and not right.runs:
            return
        pen.write(left, sheet.left, self._leading, self._size)
        if left.right + right.right <= sheet.text_width:
            pen.y = top
        pen.write(right, sheet.right - right.right, self._leading, self._size)
        pen.y += OVER_WHITE * self._size
        for part, line in (("over_left", left), ("over_right", right)):
            if line.runs:
                pen.sheets.note(part, 0, pen.number, top, pen.y)

    def _one_line(self, text: str, width: float) -> Line:
        return fitted_line(text, Role.FANG, self._size, width, self._fonts)

    def _foot_lines(self) -> list[Line]:
        """Set the line at the end, such as who has to sign."""
        return list(self._flush_lines(self._paper.foot)) if self._paper.foot else []

    def _put_foot(self, lines: list[Line], height: float) -> None:
        pen = self._pen
        pen.need(height)
        pen.skip(GAP * self._size)
        top = pen.y
        for line in lines:
            pen.need(self._leading)
            pen.write(line, pen.sheet.left, self._leading, self._size)
        pen.sheets.note("foot", 0, pen.number, min(top, pen.y - self._leading), pen.y)

    # -- the parts ---------------------------------------------------------------------------------

    def _put_part(
        self, part: Part, serial: int, neighbours: tuple[Part | None, Part | None], keep: float
    ) -> None:
        """Draw one part; `keep` pt stay free under it."""
        above, below = neighbours
        pen = self._pen
        match part:
            case Grid():
                joins = Joins(isinstance(above, Grid), isinstance(below, Grid))
                Table(part, pen, self._setter, serial).put(keep_after=keep, joins=joins)
                if not joins.below:
                    pen.y += GAP * self._size
            case Paragraph():
                if isinstance(above, Paragraph) and above.align is not part.align:
                    pen.skip(GAP * self._size)
                self._put_paragraph(part, serial, self._height_under(part, serial, below))
                if isinstance(below, Grid):
                    pen.skip(GAP * self._size)
            case Photos():
                self._photo_rows(part, serial).put()
            case PageBreak():
                if not pen.is_at_top:
                    pen.turn()

    def _photo_rows(self, photos: Photos, serial: int) -> PhotoRows:
        """Return photos as they are drawn; those under a heading are made ready before it."""
        rows = self._ready.pop(serial, None)
        return rows or PhotoRows(self._pen, photos, self._size, self._fonts, self._prints, serial)

    def _height_under(self, paragraph: Paragraph, serial: int, below: Part | None) -> float:
        """Return what has to stand under a heading on its page: some lines or a row of photos."""
        if not paragraph.is_heading:
            return 0.0
        if not isinstance(below, Photos):
            return self._leading * HEADING_KEEPS
        rows = self._ready[serial + 1] = self._photo_rows(below, serial + 1)
        return rows.first_height

    def _put_paragraph(self, paragraph: Paragraph, serial: int, under: float) -> None:
        """Draw the lines of a paragraph, `under` pt free under them; a short one stays whole."""
        pen = self._pen
        lines = list(self._lines(paragraph))
        if len(lines) <= SHORT:
            pen.need(len(lines) * self._leading + under)
        for line in lines:
            pen.need(self._leading)
            top = pen.y
            free = pen.sheet.text_width - line.right
            shift = {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}
            pen.write(line, pen.sheet.left + shift[paragraph.align], self._leading, self._size)
            pen.sheets.note(FORM, serial, pen.number, top, pen.y, paragraph.source)

    def _lines(self, paragraph: Paragraph) -> Iterator[Line]:
        """Yield the lines of a paragraph; running text has its indents and levels (7.3.3)."""
        role = Role.HEI if paragraph.is_heading else Role.FANG
        if paragraph.align is not Align.LEFT or paragraph.is_flush:
            yield from self._flush_lines(paragraph.text, role, paragraph.align)
            return
        for _, text in text_lines(paragraph.text):
            spans = [Span(text, role)] if paragraph.is_heading else heading_spans(text)
            column = self._column(FIRST_INDENT.count, justify=True)
            yield from set_paragraph(spans, column, self._fonts, listed_names(text))

    def _flush_lines(
        self, text: str, role: Role = Role.FANG, align: Align = Align.LEFT
    ) -> Iterator[Line]:
        """Yield the lines of a text without indents; a blank line of it stays one."""
        column = self._column(0, justify=align is Align.LEFT)
        for each in text.split("\n"):
            lines = set_paragraph([Span(each, role)], column, self._fonts, listed_names(each))
            yield from lines or [set_line([], self._size, self._fonts)]

    def _column(self, indent: float, *, justify: bool) -> Column:
        """Return the whole width in cells of this size."""
        width = self._pen.sheet.text_width
        count = int(width / self._size)
        return Column(
            size=self._size,
            pitch=width / count,
            cells=count,
            first_indent=indent,
            justify=justify,
        )
