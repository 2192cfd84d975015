"""协商纪要 as the standard sets it (GB/T 9704-2012, 10.3 纪要格式)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from liaison_desk.exports.pdf.drawing import Properties, write_pdf
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Span, set_line
from liaison_desk.exports.pdf.imprint import set_imprint
from liaison_desk.exports.pdf.letterhead import (
    fitted_line,
    put_mark,
    put_number,
    put_red_line,
)
from liaison_desk.exports.pdf.measures import (
    ATTENDANCE_GAP,
    BODY_SIZE,
    CELL,
    EM_ASCENT,
    EM_DESCENT,
    HEAD_INSET,
    LINE,
    NUMBER_GAP,
    RED_LINE_GAP,
    RED_LINE_WIDTH,
    SIGNATURE_GAP,
    SIGNATURE_INSET,
    TEXT_GAP,
    TEXT_LEFT,
    TEXT_TOP,
    TEXT_WIDTH,
    TITLE_GAP,
    TITLE_SIZE,
    row_top,
)
from liaison_desk.exports.pdf.page import (
    Block,
    PlacedLine,
    Sheets,
    flow,
    foot_page,
    ink_height,
)
from liaison_desk.exports.pdf.paragraphs import set_names, set_text
from liaison_desk.exports.pdf.source import (
    SourcePart,
    chinese_date,
    clean,
    one_line,
    refuse_missing,
)
from liaison_desk.exports.pdf.titles import break_title
from liaison_desk.exports.pdf.words import MinutesPaper, RenderedPaper

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.grid import Line

ATTENDANCE = (("present", "出席"), ("leave", "请假"), ("nonvoting", "列席"))
PART_NAMES = {
    "mark": "标志",
    "number": "文号",
    "issuer": "机关",
    "title": "标题",
    "body": "正文",
    "present": "出席",
    "leave": "请假",
    "nonvoting": "列席",
    "signature": "署名",
    "copies": "抄送",
    "printed_by": "印发机关",
}


def render_minutes(paper: MinutesPaper, fonts: FontBook) -> RenderedPaper:
    """Lay out the minutes and return them as a PDF; the same input gives the same bytes.

    Raises:
        CannotPrint: a character is in no font; it names each and where it stands.
        FontsIncomplete: the program's own fonts are missing.
    """
    paper = _cleaned(paper)
    refuse_missing(_parts(paper), fonts)
    sheets = Sheets()
    first_row = _put_head(sheets, paper, fonts)
    blocks = _blocks(paper, fonts)
    imprint = set_imprint(paper.copies, paper.printed_by, chinese_date(paper.printed_on), fonts)
    rows = flow(blocks, first_row, imprint.rows)
    sheets.put_blocks(blocks, rows)
    if imprint.rows:
        imprint.put(sheets, foot_page(rows, imprint.rows))
    sheets.put_page_numbers(fonts)
    title = "".join(paper.title.split("\n")) or paper.mark
    properties = Properties(title, paper.issuer, paper.dated)
    return RenderedPaper(write_pdf(sheets.pages, properties), len(sheets.pages), sheets.places)


def number_text(paper: MinutesPaper) -> str:
    """Return the 文号 as printed; a draft has the year, when it is known, and room for a number."""
    year = paper.dated.year if paper.dated else paper.year
    if paper.number or year is None:
        return paper.number
    return f"〔{year}〕　号"


def _cleaned(paper: MinutesPaper) -> MinutesPaper:
    """Return the paper without invisible characters; heads on one line."""
    single = {"mark", "number", "issuer", "signature", "printed_by"}
    values: dict[str, Any] = {each.name: getattr(paper, each.name) for each in fields(paper)}
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = one_line(value) if name in single else clean(value)
    return MinutesPaper(**values)


def _parts(paper: MinutesPaper) -> list[SourcePart]:
    """Return every text of the paper, paragraph by paragraph, as the clerk knows it."""
    parts: list[SourcePart] = []
    for name, title in PART_NAMES.items():
        paragraphs = getattr(paper, name).split("\n")
        for number, text in enumerate(paragraphs):
            place = f"{title}第{number + 1}段" if len(paragraphs) > 1 else title
            parts.append(SourcePart(name, number, place, text))
    return parts


def _put_head(sheets: Sheets, paper: MinutesPaper, fonts: FontBook) -> int:
    """Draw everything above the title; return the grid row on which the title begins.

    The 文号 stands two lines under the mark and the title two lines under the red line; what the
    grid takes or gives between them is shared by both gaps.
    """
    bottom = put_mark(sheets, paper.mark, fonts)
    number = fitted_line(number_text(paper), Role.FANG, BODY_SIZE.value, TEXT_WIDTH.pt, fonts)
    issuer = _set_issuer(paper, fonts)
    last = issuer or [("number", number, 0.0)]
    inked = max(ink_height(line)[0] for _, line, _ in last) or BODY_SIZE.value * EM_DESCENT
    above = BODY_SIZE.value * EM_ASCENT + (LINE if issuer else 0) + inked  # red line's foot
    top = bottom + NUMBER_GAP.value * LINE
    title_ink = (LINE - TITLE_SIZE.value) / 2  # a row's own white above its letters
    under = top + above + RED_LINE_GAP.pt + RED_LINE_WIDTH.pt + TITLE_GAP.value * LINE - title_ink
    row = round((under - TEXT_TOP.pt) / LINE)
    top += (row_top(row) - under) / 2
    put_number(sheets, number, top)
    for part, line, x in issuer:
        sheets.page(0).lines.append(PlacedLine(line, x, top + LINE + BODY_SIZE.value * EM_ASCENT))
        sheets.note(part, 0, 0, top + LINE, top + LINE + BODY_SIZE.value)
    put_red_line(sheets, top + above)
    return row


def _set_issuer(paper: MinutesPaper, fonts: FontBook) -> list[tuple[str, Line, float]]:
    """Set 机关 one character in from the left and the date one in from the right, with their x."""
    size, inset = BODY_SIZE.value, HEAD_INSET.value * CELL
    left, room = TEXT_LEFT.pt + inset, TEXT_WIDTH.pt - 2 * inset
    date = set_line([Span(chinese_date(paper.dated))], size, fonts, CELL)
    free = room - date.right - CELL if paper.dated else room
    issuer = fitted_line(paper.issuer, Role.FANG, size, free, fonts)
    placed = [("issuer", issuer, left), ("dated", date, left + room - date.right)]
    return [each for each in placed if each[1].runs]


def _blocks(paper: MinutesPaper, fonts: FontBook) -> list[Block]:
    """Return everything that flows down the grid, from the title to the attendance."""
    blocks = _set_title(paper.title, fonts)
    body = set_text("body", paper.body, fonts)
    body += _set_signature(paper, fonts)
    space = ATTENDANCE_GAP.count
    for part, label in ATTENDANCE:
        names = set_names(part, label, getattr(paper, part), space, fonts)
        body += names
        space = 0 if names else space
    if body:
        body[0] = replace(body[0], space_before=TEXT_GAP.count)
    return blocks + body


def _set_title(title: str, fonts: FontBook) -> list[Block]:
    """Set the title in 2号小标宋, centred (7.3.1)."""
    size = TITLE_SIZE.value
    texts = break_title(title, TEXT_WIDTH.pt / size)
    lines = [fitted_line(text, Role.TITLE, size, TEXT_WIDTH.pt, fonts) for text in texts]
    return [Block(lines=tuple(lines), part="title", size=size, centred=True)] if lines else []


def _set_signature(paper: MinutesPaper, fonts: FontBook) -> list[Block]:
    """Set 署名 and 成文日期 without seal (7.3.5.2).

    署名 stands two characters from the right, the date two to the right of its first character; a
    date longer than the 署名 takes the right place itself.
    """
    size, inset = BODY_SIZE.value, SIGNATURE_INSET.value * CELL
    edge = TEXT_WIDTH.pt - inset
    name = fitted_line(paper.signature, Role.FANG, size, edge - inset, fonts)
    date = set_line([Span(chinese_date(paper.signed_on))], size, fonts, CELL)
    left = edge - (name.right if name.right >= date.right else date.right + inset)
    placed = [("signature", name, left), ("signed_on", date, left + inset)]
    space = [SIGNATURE_GAP.count, 0]
    return [
        Block(lines=(line,), part=part, indent=x, space_before=space.pop(0))
        for part, line, x in placed
        if line.runs
    ]
