"""The head of an official paper: mark, document number, red lines (7.2.4-7, 10.1, 10.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import PaperStyle
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Line, Span, set_line
from liaison_desk.exports.pdf.measures import (
    BODY_SIZE,
    CELL,
    EM_ASCENT,
    EM_DESCENT,
    HEAD_INSET,
    LETTER_BETWEEN,
    LETTER_LINE_FOOT,
    LETTER_LINE_GAP,
    LETTER_LINE_WIDTH,
    LETTER_MARK_TOP,
    LETTER_NUMBER_GAP,
    LETTER_THICK,
    LETTER_THIN,
    LINE,
    MARK_MAX_SIZE,
    MARK_TOP,
    MARK_WIDTH,
    NUMBER_GAP,
    PAPER_HEIGHT,
    RED,
    RED_LINE_GAP,
    RED_LINE_WIDTH,
    TEXT_LEFT,
    TEXT_TOP,
    TEXT_WIDTH,
    TITLE_GAP,
    TITLE_SIZE,
    row_top,
)
from liaison_desk.exports.pdf.page import PlacedLine, Rule, Sheets, centred_x, ink_height
from liaison_desk.exports.pdf.source import chinese_date

if TYPE_CHECKING:
    from liaison_desk.exports.content import OfficialPaper
    from liaison_desk.exports.pdf.fonts import FontBook

SIZE = BODY_SIZE.value
TITLE_WHITE = (LINE - TITLE_SIZE.value) / 2  # a row's own white above the title's letters
DOUBLE = LETTER_THICK.pt + LETTER_BETWEEN.pt + LETTER_THIN.pt


def fitted_line(text: str, role: Role, size: float, width: float, fonts: FontBook) -> Line:
    """Return `text` on one line, in a smaller size when it is wider than `width`."""
    pitch = CELL if size == SIZE else size
    line = set_line([Span(text, role)], size, fonts, pitch)
    if line.right <= width:
        return line
    return set_line([Span(text, role)], size * width / line.right, fonts, None)


def put_head(sheets: Sheets, paper: OfficialPaper, fonts: FontBook) -> int:
    """Draw everything above the title; return the grid row on which the title begins."""
    if not any((paper.mark, paper.number, paper.issuer, paper.dated)):
        return 0
    if paper.style is PaperStyle.LETTER:
        return _put_letter_head(sheets, paper, fonts)
    return _put_head_with_line(sheets, paper, fonts)


def _put_head_with_line(sheets: Sheets, paper: OfficialPaper, fonts: FontBook) -> int:
    """Draw the head of 公文 and 纪要; 机关 and date stand a line under the 文号 when there are any.

    The 文号 stands two lines under the mark and the title two lines under the red line; what the
    grid takes or gives between them is shared by both gaps.
    """
    bottom = _put_mark(sheets, paper, MARK_TOP.pt, fonts)
    number = fitted_line(paper.number, Role.FANG, SIZE, TEXT_WIDTH.pt, fonts)
    issuer = _set_issuer(paper, fonts)
    last = issuer or [("number", number, 0.0)]
    inked = max(ink_height(line)[0] for _, line, _ in last) or SIZE * EM_DESCENT
    above = SIZE * EM_ASCENT + (LINE if issuer else 0) + inked  # red line's foot
    top = bottom + NUMBER_GAP.value * LINE
    under = top + above + RED_LINE_GAP.pt + RED_LINE_WIDTH.pt + TITLE_GAP.value * LINE
    row = _title_row(under)
    top += (row_top(row) - under + TITLE_WHITE) / 2
    _put_number(sheets, paper, number, centred_x(number), top)
    for part, line, x in issuer:
        sheets.page(0).lines.append(PlacedLine(line, x, top + LINE + SIZE * EM_ASCENT))
        source = paper.sources.get(part)
        across = (x, x + line.right)
        sheets.note(part, 0, 0, top + LINE, top + LINE + SIZE, source, across)
    y = top + above + RED_LINE_GAP.pt + RED_LINE_WIDTH.pt / 2
    sheets.page(0).rules.append(
        Rule(TEXT_LEFT.pt, y, TEXT_WIDTH.pt, RED_LINE_WIDTH.pt, RED)  # 7.2.7
    )
    return row


def _put_letter_head(sheets: Sheets, paper: OfficialPaper, fonts: FontBook) -> int:
    """Draw the head of 信函 and the double line at the foot of its first page (10.1)."""
    bottom = _put_mark(sheets, paper, LETTER_MARK_TOP.pt, fonts) + LETTER_LINE_GAP.pt
    _put_double(sheets, bottom, LETTER_THICK.pt, LETTER_THIN.pt)
    foot = PAPER_HEIGHT.pt - LETTER_LINE_FOOT.pt
    _put_double(sheets, foot - DOUBLE, LETTER_THIN.pt, LETTER_THICK.pt)
    end = bottom + DOUBLE
    if paper.number:
        number = fitted_line(paper.number, Role.FANG, SIZE, TEXT_WIDTH.pt, fonts)
        end += LETTER_NUMBER_GAP.pt
        x = TEXT_LEFT.pt + TEXT_WIDTH.pt - number.right
        _put_number(sheets, paper, number, x, end)
        end += SIZE
    return _title_row(end + TITLE_GAP.value * LINE)


def _title_row(under: float) -> int:
    """Return the grid row whose letters of 2号 begin nearest to `under`, pt."""
    return round((under - TITLE_WHITE - TEXT_TOP.pt) / LINE)


def _put_mark(sheets: Sheets, paper: OfficialPaper, top: float, fonts: FontBook) -> float:
    """Draw the red 标志 with its ink at `top`, pt; return where its ink ends."""
    width = MARK_WIDTH.value * CELL
    line = fitted_line(paper.mark, Role.TITLE, MARK_MAX_SIZE.value, width, fonts)
    below, above = ink_height(line)
    baseline = top + above
    sheets.page(0).lines.append(PlacedLine(line, centred_x(line), baseline, RED))
    sheets.note("mark", 0, 0, top, baseline + below, paper.sources.get("mark"))
    return baseline + below


def _put_number(sheets: Sheets, paper: OfficialPaper, number: Line, x: float, top: float) -> None:
    """Draw the 文号 (7.2.5), the top of its letters at `top`, pt."""
    baseline = top + SIZE * EM_ASCENT
    sheets.page(0).lines.append(PlacedLine(number, x, baseline))
    sheets.note("number", 0, 0, top, baseline + SIZE * EM_DESCENT, paper.sources.get("number"))


def _put_double(sheets: Sheets, top: float, upper: float, lower: float) -> None:
    """Draw a red double line 170 mm long, centred on the 版心, from `top` downward, pt."""
    x = TEXT_LEFT.pt + (TEXT_WIDTH.pt - LETTER_LINE_WIDTH.pt) / 2
    for y, thickness in ((top, upper), (top + DOUBLE - lower, lower)):
        rule = Rule(x, y + thickness / 2, LETTER_LINE_WIDTH.pt, thickness, RED)
        sheets.page(0).rules.append(rule)


def _set_issuer(paper: OfficialPaper, fonts: FontBook) -> list[tuple[str, Line, float]]:
    """Set 机关 one character in from the left and the date one in from the right, with their x."""
    inset = HEAD_INSET.value * CELL
    left, room = TEXT_LEFT.pt + inset, TEXT_WIDTH.pt - 2 * inset
    date = set_line([Span(chinese_date(paper.dated))], SIZE, fonts, CELL)
    free = room - date.right - CELL if paper.dated else room
    issuer = fitted_line(paper.issuer, Role.FANG, SIZE, free, fonts)
    placed = [("issuer", issuer, left), ("dated", date, left + room - date.right)]
    return [each for each in placed if each[1].runs]
