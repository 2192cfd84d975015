"""The head of an official paper: red mark, document number, red line (7.2.4-7, 10.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Line, Span, set_line
from liaison_desk.exports.pdf.measures import (
    BODY_SIZE,
    CELL,
    EM_ASCENT,
    EM_DESCENT,
    MARK_MAX_SIZE,
    MARK_TOP,
    MARK_WIDTH,
    RED,
    RED_LINE_GAP,
    RED_LINE_WIDTH,
    TEXT_LEFT,
    TEXT_WIDTH,
)
from liaison_desk.exports.pdf.page import PlacedLine, Rule, Sheets, centred_x, ink_height

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook


def fitted_line(text: str, role: Role, size: float, width: float, fonts: FontBook) -> Line:
    """Return `text` on one line, in a smaller size when it is wider than `width`."""
    pitch = CELL if size == BODY_SIZE.value else size
    line = set_line([Span(text, role)], size, fonts, pitch)
    if line.right <= width:
        return line
    return set_line([Span(text, role)], size * width / line.right, fonts, None)


def put_mark(sheets: Sheets, mark: str, fonts: FontBook) -> float:
    """Draw the red 标志, its ink 72 mm from the paper's top; return where its ink ends, pt."""
    width = MARK_WIDTH.value * CELL
    line = fitted_line(mark, Role.TITLE, MARK_MAX_SIZE.value, width, fonts)
    below, above = ink_height(line)
    baseline = MARK_TOP.pt + above
    sheets.page(0).lines.append(PlacedLine(line, centred_x(line), baseline, RED))
    sheets.note("mark", 0, 0, MARK_TOP.pt, baseline + below)
    return baseline + below


def put_number(sheets: Sheets, number: Line, top: float) -> None:
    """Draw the 文号 centred (7.2.5), the top of its letters at `top`, pt."""
    baseline = top + BODY_SIZE.value * EM_ASCENT
    sheets.page(0).lines.append(PlacedLine(number, centred_x(number), baseline))
    sheets.note("number", 0, 0, top, baseline + BODY_SIZE.value * EM_DESCENT)


def put_red_line(sheets: Sheets, above: float) -> None:
    """Draw the red line 4 mm under `above`, pt, over the whole 版心 (7.2.7)."""
    y = above + RED_LINE_GAP.pt + RED_LINE_WIDTH.pt / 2
    rule = Rule(TEXT_LEFT.pt, y, TEXT_WIDTH.pt, RED_LINE_WIDTH.pt, RED)
    sheets.page(0).rules.append(rule)
