"""How high a form will be in a Word file, as near as can be told without laying it out."""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align, Grid, Paragraph
from liaison_desk.exports.pdf.cell_places import cell_places
from liaison_desk.exports.pdf.measures import POINTS_PER_MM, TITLE_SIZE
from liaison_desk.exports.pdf.titles import break_title, width_of
from liaison_desk.exports.word.grid import LINE
from liaison_desk.exports.word.table import CELL_LEADING, CENTRED_PADDING, PADDING, PADDINGS

if TYPE_CHECKING:
    from liaison_desk.exports.content import Cell, FormPaper, Part

_TEXT_LEADING = 1.3  # of a line between grids, em
_TEXT_WHITE = 7.0  # pt over and under it
_OVER, _UNDER_TITLE = 24.0, 10.0  # pt of the line over the first part, and where none is
_SPARE = 4.0  # pt that a page keeps free


def fits(form: FormPaper, width: float, height: float, size: float, *, is_enclosure: bool) -> bool:
    """Tell whether a form takes one page.

    Args:
        form: the form.
        width: of the page's text, pt.
        height: of the page's text, pt.
        size: of the type, pt.
        is_enclosure: whether 附件 stands over it.
    """
    title = len(break_title(form.title, width / TITLE_SIZE.value)) * LINE
    over = _OVER if form.over_left or form.over_right else _UNDER_TITLE
    around = title + over + (2 * LINE if is_enclosure else 0.0)
    parts = [*form.parts, *([Paragraph(text=form.foot, is_flush=True)] if form.foot else [])]
    return around + sum(_height(each, width, size) for each in parts) <= height - _SPARE


def _height(part: Part, width: float, size: float) -> float:
    """Return the height of a part, pt; photos and breaks take more than a page."""
    match part:
        case Grid():
            return _grid_height(part, width, size)
        case Paragraph():
            indent = 0 if part.is_flush or part.align is not Align.LEFT else 2
            lines = (_lines(each, width / size, indent) for each in part.text.split("\n"))
            return sum(each * size * _TEXT_LEADING + _TEXT_WHITE for each in lines)
    return inf


def _grid_height(grid: Grid, width: float, size: float) -> float:
    """Return the sum of the heights of the rows; a cell of several rows is left out."""
    total = sum(grid.widths)
    height = 0.0
    for number, places in enumerate(cell_places(grid)):
        texts = (
            _cell_height(each.cell, width * sum(grid.widths[each.first : each.end]) / total, size)
            for each in places
            if each.last_row == number
        )
        height += max(grid.rows[number].height * POINTS_PER_MM, *texts, 0.0)
    return height


def _cell_height(cell: Cell, width: float, size: float) -> float:
    is_centred = cell.is_label or cell.align is Align.CENTRE
    room = width - 2 * (CENTRED_PADDING if is_centred else PADDING)
    indent = 2 if cell.is_prose else 0
    lines = sum(_lines(each, room / size, indent) for each in cell.text.split("\n"))
    return lines * size * CELL_LEADING + sum(PADDINGS)


def _lines(text: str, most: float, indent: float) -> int:
    return max(1, ceil((width_of(text) + indent) / max(1.0, most)))
