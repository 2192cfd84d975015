"""The words of a form's cells, broken into lines: labels by sense, texts as on the grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align
from liaison_desk.exports.pdf.breaking import break_positions
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Column, Line, Span, set_line, set_paragraph
from liaison_desk.exports.pdf.measures import FIRST_INDENT
from liaison_desk.exports.pdf.titles import break_label

if TYPE_CHECKING:
    from liaison_desk.exports.content import Cell
    from liaison_desk.exports.pdf.fonts import FontBook

LEADING = 1.3  # from line to line in a cell, em
PADDING = 0.3  # between a cell's edge and its words, em
WIDE = 14  # em: from here on a text of several lines is set as running text
EVEN = 8  # em: from here on the lines of a text are flush on the right
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


class CellSetter:
    """Sets the cells of one form in one size; words that come again are set once."""

    def __init__(self, size: float, fonts: FontBook) -> None:
        self.size = size
        self.leading = size * LEADING
        self.padding = size * PADDING
        self._fonts = fonts
        self._made: dict[tuple[str, bool, Align, float], CellText] = {}

    def set(self, cell: Cell, width: float) -> CellText:
        """Return the lines of a cell whose edges are `width` pt apart."""
        key = (cell.text, cell.is_label, cell.align, width)
        made = self._made.get(key)
        if made is None:
            room = max(width - 2 * self.padding, self.size)
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
        is_running = cell.align is Align.LEFT and self._is_running(paragraphs, room)
        lines: list[Line] = []
        for text in paragraphs:
            lines += self._set_paragraph(text, room, cell.align, is_running=is_running)
        return CellText(tuple(lines), cell.align, is_running)

    def _set_paragraph(
        self, text: str, room: float, align: Align, *, is_running: bool
    ) -> list[Line]:
        if is_running:
            text = text.strip(" \u3000")
        even = room >= EVEN * self.size
        count = int(room / self.size) if even else room / self.size
        column = Column(
            size=self.size,
            pitch=room / count,
            cells=count,
            first_indent=FIRST_INDENT.count if is_running else 0,
            justify=even and align is Align.LEFT,
        )
        return set_paragraph([Span(text)], column, self._fonts) or [NO_LINE]

    def _is_running(self, paragraphs: list[str], room: float) -> bool:
        """Tell whether a text takes several lines of a wide cell."""
        return room >= WIDE * self.size and any(
            len(each) * self.size > room and self._width(each) > room for each in paragraphs
        )

    def _is_tight_word(self, text: str, room: float) -> bool:
        """Tell whether a text is one number or word a little wider than its cell."""
        if len(text) * self.size <= room:
            return False
        return room < self._width(text) <= room * TIGHT and len(break_positions(text)) == 2

    def _width(self, text: str) -> float:
        return set_line([Span(text)], self.size, self._fonts).right

    def _fitted(self, text: str, role: Role, room: float) -> Line:
        line = set_line([Span(text, role)], self.size, self._fonts)
        if line.right <= room:
            return line
        return set_line([Span(text, role)], self.size * room / line.right, self._fonts)
