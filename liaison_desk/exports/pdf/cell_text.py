"""The words of a form's cells, broken into lines: labels by sense, texts as on the grid."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align
from liaison_desk.exports.pdf.breaking import break_positions, listed_names
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Column, Line, Span, set_line, set_paragraph
from liaison_desk.exports.pdf.measures import FIRST_INDENT
from liaison_desk.exports.pdf.titles import break_label

if TYPE_CHECKING:
    from liaison_desk.exports.content import Cell
    from liaison_desk.exports.pdf.fonts import FontBook

LEADING = 1.3  # from line to line in a cell, em
PADDING = 0.3  # above and under the words of a cell, em
SIDE = 0.45  # at their left and right, em
CENTRED_SIDE = 0.2  # at the least beside words in the middle of a cell, em
WIDE = 14  # em: from here on a text of several lines stands in whole cells, flush on the right
LOOSEST = 0.12  # of a cell between the characters of such a line; a looser one is left ragged
MANY = 3  # lines from which on sentences in a wide cell are set as running text
WHOLE = 3  # characters of a text that is a little smaller rather than in two lines
SHORT = 16  # characters of a text whose two lines are alike in length
TIGHT = 1.35  # so much wider than its cell, a single word is set smaller and not broken
NO_LINE = Line((), 0.0)


@dataclass(frozen=True, slots=True)
class CellText:
    """The lines of a cell.

    Attributes:
        lines: as set.
        align: where each stands.
        is_running: paragraphs with their indents, which begin at the top of the cell.
    """

    lines: tuple[Line, ...]
    align: Align
    is_running: bool = False


def side_of(cell: Cell) -> float:
    """Return the white at the sides of a cell's words, em."""
    is_centred = cell.is_label or cell.align is Align.CENTRE
    return CENTRED_SIDE if is_centred else SIDE


class CellSetter:
    """Sets the cells of one form in one size; words that come again are set once."""

    def __init__(self, size: float, fonts: FontBook) -> None:
        self.size = size
        self.leading = size * LEADING
        self.padding = size * PADDING
        self.side = size * SIDE
        self._fonts = fonts
        self._made: dict[tuple[str, bool, bool, Align, float], CellText] = {}

    def set(self, cell: Cell, width: float) -> CellText:
        """Return the lines of a cell whose edges are `width` pt apart."""
        key = (cell.text, cell.is_label, cell.is_prose, cell.align, width)
        made = self._made.get(key)
        if made is None:
            room = max(width - 2 * side_of(cell) * self.size, self.size)
            setting = self._set_label if cell.is_label else self._set_text
            made = self._made[key] = setting(cell, room)
        return made

    def height(self, lines: int) -> float:
        """Return the height of a cell with so many lines, pt; an empty one has room for one."""
        return max(lines, 1) * self.leading + 2 * self.padding

    def lines_in(self, height: float) -> int:
        """Return how many lines a cell of `height` pt holds."""
        return max(0, int((height - 2 * self.padding) / self.leading + 1e-6))

    def _set_label(self, cell: Cell, room: float) -> CellText:
        """Set a label in 黑体, its lines alike in length and broken by sense."""
        texts = break_label(cell.text, max(1.0, room / self.size))
        lines = tuple(self._fitted(text, Role.HEI, room) for text in texts)
        return CellText(lines, Align.CENTRE)

    def _set_text(self, cell: Cell, room: float) -> CellText:
        """Set a text in 仿宋, a paragraph on each of its lines."""
        if not cell.text:
            return CellText((), cell.align)
        paragraphs = cell.text.split("\n")
        if len(paragraphs) == 1 and self._is_tight_word(cell.text, room):
            return CellText((self._fitted(cell.text, Role.FANG, room),), cell.align)
        if cell.is_prose:
            return self._set_paragraphs(paragraphs, room, cell.align, is_running=True)
        plain = self._set_paragraphs(paragraphs, room, cell.align, is_running=False)
        if len(paragraphs) == 1 and room < WIDE * self.size:
            return self._evened(cell.text, plain, room)
        if cell.align is Align.LEFT and self._is_running(plain, paragraphs, room):
            return self._set_paragraphs(paragraphs, room, cell.align, is_running=True)
        return plain

    def _evened(self, text: str, plain: CellText, room: float) -> CellText:
        """Cut a short text of a narrow cell by sense, its lines alike in length.

        So is a longer one that would end in a line of one character. What begins at the left and
        takes three lines is read as running text, unless it is a name with ·.
        """
        count = len(plain.lines)
        is_lonely = count > 1 and sum(map(str.isalnum, plain.lines[-1].text)) < 2
        is_read = count > 2 and plain.align is not Align.CENTRE and "·" not in text
        if not is_lonely and (count == 1 or len(text) > SHORT or is_read):
            return plain
        texts = break_label(text, room / self.size)
        lines = tuple(set_line([Span(each)], self.size, self._fonts) for each in texts)
        is_whole = not any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(texts))
        is_better = is_whole and len(lines) == count and all(e.right <= room for e in lines)
        return CellText(lines, plain.align) if is_better else plain

    def _set_paragraphs(
        self, paragraphs: list[str], room: float, align: Align, *, is_running: bool
    ) -> CellText:
        lines: list[Line] = []
        longest = max(map(len, paragraphs)) * self.size
        is_even = room >= WIDE * self.size and (is_running or longest > room)
        for text in paragraphs:
            lines += self._set_paragraph(text, room, align, is_running=is_running, is_even=is_even)
        return CellText(tuple(lines), align, is_running)

    def _set_paragraph(
        self, text: str, room: float, align: Align, *, is_running: bool, is_even: bool
    ) -> list[Line]:
        if is_running:
            text = text.strip(" \u3000")
        is_flush = is_even and align is Align.LEFT
        count = int(room / self.size) if is_even else room / self.size
        column = Column(
            size=self.size,
            pitch=room / count,
            cells=count,
            first_indent=FIRST_INDENT.count if is_running else 0,
            justify=is_flush,
            loosest=LOOSEST,
        )
        return set_paragraph([Span(text)], column, self._fonts, listed_names(text)) or [NO_LINE]

    def _is_running(self, plain: CellText, paragraphs: list[str], room: float) -> bool:
        """Tell whether sentences take many lines of a wide cell, some of them turn lines.

        A long name of a matter or a meeting, and a list of names, are no sentences.
        """
        lines = len(plain.lines)
        is_long = room >= WIDE * self.size and lines >= MANY and lines > len(paragraphs)
        return is_long and (len(paragraphs) > 1 or "。" in paragraphs[0])

    def _is_tight_word(self, text: str, room: float) -> bool:
        """Tell whether a text is one number, word or name a little wider than its cell."""
        if len(text) * self.size <= room:
            return False
        is_whole = len(text) <= WHOLE or len(break_positions(text)) == 2
        return is_whole and room < self._width(text) <= room * TIGHT

    def _width(self, text: str) -> float:
        return set_line([Span(text)], self.size, self._fonts).right

    def _fitted(self, text: str, role: Role, room: float) -> Line:
        line = set_line([Span(text, role)], self.size, self._fonts)
        if line.right <= room:
            return line
        return set_line([Span(text, role)], self.size * room / line.right, self._fonts)
