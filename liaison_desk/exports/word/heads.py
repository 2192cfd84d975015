"""The heads of official papers (7.2, 10.1, 10.3): mark, number, issuer, red lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import PaperStyle
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.measures import (
    BODY_SIZE,
    CELL,
    HEAD_INSET,
    LETTER_LINE_GAP,
    LETTER_LINE_WIDTH,
    LETTER_MARK_TOP,
    LETTER_NUMBER_GAP,
    LETTER_THICK,
    MARK_MAX_SIZE,
    MARK_TOP,
    MARK_WIDTH,
    NUMBER_GAP,
    RED_LINE_GAP,
    RED_LINE_WIDTH,
    TEXT_TOP,
    TEXT_WIDTH,
)
from liaison_desk.exports.pdf.source import chinese_date, one_line
from liaison_desk.exports.pdf.titles import width_of
from liaison_desk.exports.word.grid import (
    LINE,
    before,
    ink_offset,
    rule_below,
    tab_stops,
    under_ink,
)
from liaison_desk.exports.word.xml import paragraph, run, spacing, twips, w

if TYPE_CHECKING:
    from liaison_desk.exports.content import OfficialPaper
    from liaison_desk.exports.word.story import Story

RED = "FF0000"
_MARK_LEADING = 1.1  # the line of the mark is this much higher than its type


def mark_size(mark: str) -> float:
    """The size of a mark that stays on one line, in half points as Word counts."""
    fitting = MARK_WIDTH.value * CELL / max(width_of(mark), 1)
    return int(min(MARK_MAX_SIZE.value, fitting) * 2) / 2


def put_head(story: Story, paper: OfficialPaper) -> bool:
    """Write everything above the title, and tell whether there is anything."""
    if paper.style is PaperStyle.LETTER:
        number = run(paper.number)
        gap = LETTER_NUMBER_GAP.pt - ink_offset(BODY_SIZE.value, LINE)
        story.add(paragraph(story.whose(), number, space=before(max(gap, 0)), align="right"))
        return True
    mark = paper.mark
    is_dated = paper.style is PaperStyle.MINUTES and paper.dated is not None
    if not (mark or paper.number or paper.issuer or is_dated):
        return False
    size = mark_size(mark)
    line = size * _MARK_LEADING
    gap = MARK_TOP.pt - TEXT_TOP.pt - ink_offset(size, line)
    inner = story.whose() + story.marked("mark", 0, mark, run(mark, Role.TITLE, size, RED))
    story.add(paragraph(inner, space=spacing(gap, line), align="center"))
    under = NUMBER_GAP.value * LINE - under_ink(size, line) - ink_offset(BODY_SIZE.value, LINE)
    _put_number(story, paper, under)
    return True


def letter_head(mark: str) -> str:
    """The head of a letter's first page: the mark, and under it a double line of 170 mm."""
    size = mark_size(mark)
    line = size * _MARK_LEADING
    gap = LETTER_LINE_GAP.pt - under_ink(size, line)
    return paragraph(
        run(one_line(mark), Role.TITLE, size, RED),
        borders=rule_below(LETTER_THICK.pt * 2, gap, RED, "thickThinSmallGap"),
        space=spacing(0, line),
        indent=_beyond_text(),
        align="center",
    )


def letter_head_top(mark: str) -> float:
    """Where the head of a letter begins, pt from the paper's edge, its ink being at 30 mm."""
    size = mark_size(mark)
    return LETTER_MARK_TOP.pt - ink_offset(size, size * _MARK_LEADING)


def _beyond_text() -> str:
    """Indents that let a letter's line reach over the 版心 at both sides."""
    over = twips((LETTER_LINE_WIDTH.pt - TEXT_WIDTH.pt) / 2)
    return w("ind", left=-over, right=-over)


def _put_number(story: Story, paper: OfficialPaper, gap: float) -> None:
    """The 文号, under it 机关 and date, and the red line under the last of them."""
    number, issuer = paper.number, paper.issuer
    date = chinese_date(paper.dated) if paper.style is PaperStyle.MINUTES else ""
    has_issuer = bool(issuer or date)
    red = rule_below(RED_LINE_WIDTH.pt, RED_LINE_GAP.pt - under_ink(BODY_SIZE.value, LINE), RED)
    story.add(
        paragraph(
            run(number),
            borders="" if has_issuer else red,
            space=before(max(gap, 0)),
            align="center",
        )
    )
    if has_issuer:
        inset = HEAD_INSET.value * CELL
        stops = tab_stops(("left", inset), ("right", TEXT_WIDTH.pt - inset))
        inner = run("\t") + story.marked("issuer", 0, issuer, run(issuer)) + run(f"\t{date}")
        story.add(paragraph(inner, borders=red, tabs=stops))
