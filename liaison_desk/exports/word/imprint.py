"""The 版记 of a Word file: a table that stands on the foot of the last page (7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import PaperStyle
from liaison_desk.exports.pdf.measures import (
    IMPRINT_INNER_RULE,
    IMPRINT_INSET,
    IMPRINT_OUTER_RULE,
    SMALL_SIZE,
    TEXT_LEFT,
    TEXT_WIDTH,
)
from liaison_desk.exports.pdf.source import chinese_date
from liaison_desk.exports.word.grid import PITCH, TEXT_TWIPS, tab_stops
from liaison_desk.exports.word.xml import indents, paragraph, run, spacing, twips, w

if TYPE_CHECKING:
    from liaison_desk.exports.content import OfficialPaper
    from liaison_desk.exports.word.story import Story

_SIZE = SMALL_SIZE.value
_INSET = IMPRINT_INSET.value


def imprint_table(story: Story, paper: OfficialPaper) -> str:
    """The table and the tiny paragraph that holds it on the last page, or "".

    A letter has no rules in it (10.1).
    """
    rows = [_copies(story, place, text) for place, text in enumerate(paper.copies)]
    labels = [text[:2] for text in paper.copies]
    office = _office(paper)
    if office:
        rows.append(office)
        labels.append("")
    if not rows:
        return ""
    has_rules = paper.style is not PaperStyle.LETTER
    cells = [
        _row(text, _borders(labels, place) if has_rules else "") for place, text in enumerate(rows)
    ]
    table = w("tbl", _properties(), w("tblGrid", w("gridCol", w=TEXT_TWIPS)), *cells)
    return table + paragraph(space=spacing(0, 1))


def _properties() -> str:
    """Standing on the bottom of the 版心, text flowing above.

    It is placed by the page's edge and has no padding: LibreOffice would else move or not float it.
    """
    place = w(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="margin",
        horzAnchor="page",
        tblpX=twips(TEXT_LEFT.pt),
        tblpYSpec="bottom",
    )
    return w(
        "tblPr",
        place,
        w("tblOverlap", val="never"),
        w("tblW", w=TEXT_TWIPS, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right"))),
    )


def _row(text: str, borders: str) -> str:
    height = w("trPr", w("cantSplit"), w("trHeight", val=PITCH, hRule="atLeast"))
    properties = w("tcPr", w("tcW", w=TEXT_TWIPS, type="dxa"), borders, w("vAlign", val="center"))
    return w("tr", height, w("tc", properties, text))


def _borders(labels: list[str], place: int) -> str:
    """0.35 mm first and last, 0.25 mm between, none between 主送 and 抄送 (7.4.1-2)."""
    above = _rule("top", IMPRINT_OUTER_RULE.pt if place == 0 else IMPRINT_INNER_RULE.pt)
    if place and labels[place - 1] == "主送":
        above = w("top", val="nil")
    is_last = place == len(labels) - 1
    if is_last:
        below = _rule("bottom", IMPRINT_OUTER_RULE.pt)
    elif labels[place] == "主送":
        below = w("bottom", val="nil")
    else:
        below = _rule("bottom", IMPRINT_INNER_RULE.pt)
    return w("tcBorders", above, below)


def _rule(side: str, width: float) -> str:
    return w(side, val="single", sz=round(width * 8), space=0, color="000000")


def _copies(story: Story, place: int, text: str) -> str:
    """抄送： with turn lines after the colon (7.4.2)."""
    part = "main_to" if text.startswith("主送") else "copies"
    hanging = text.index("：") + 1
    return paragraph(
        story.marked(part, place, text, run(text, size=_SIZE)),
        indent=indents(left=_INSET + hanging, right=_INSET, hanging=hanging, cell=_SIZE),
    )


def _office(paper: OfficialPaper) -> str:
    """印发机关 at the left, 印发日期 at the right (7.4.3)."""
    printed = chinese_date(paper.printed_on)
    date = f"{printed}印发" if printed else ""
    office = paper.printed_by
    if not (office or date):
        return ""
    inset = _INSET * _SIZE
    stops = tab_stops(("left", inset), ("right", TEXT_WIDTH.pt - inset))
    return paragraph(run(f"\t{office}\t{date}", size=_SIZE), tabs=stops)
