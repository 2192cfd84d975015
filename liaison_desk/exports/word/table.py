"""Grids of a form as Word tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.measures import (
    FIRST_INDENT,
    FORM_INNER_RULE,
    FORM_OUTER_RULE,
    POINTS_PER_MM,
)
from liaison_desk.exports.pdf.source import clean
from liaison_desk.exports.pdf.titles import break_label
from liaison_desk.exports.word.xml import (
    TWIPS_PER_POINT,
    indents,
    paragraph,
    run,
    spacing,
    twips,
    w,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.exports.content import Cell, Grid, Row

_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
CELL_LEADING = 1.25
PADDING = 5.0  # pt between a rule and the text beside it
CENTRED_PADDING = 2.0  # at the least, beside text in the middle
PADDINGS = (1.5, 3.5)  # and the text: Word has a line's white over it


def grid_table(grid: Grid, width: float, size: float) -> str:
    """A ruled table over the whole width, pt; its columns never fit themselves to the text.

    Args:
        grid: what stands in it.
        width: of all columns together, pt.
        size: of its type, pt.
    """
    widths = column_widths(grid.widths, width)
    above: list[_Covering | None] = [None] * len(widths)
    rows = [
        _row(row, above, widths, size, is_head=number < grid.head)
        for number, row in enumerate(grid.rows)
    ]
    return _table(widths, rows, _rules())


def plain_table(rows: Sequence[Sequence[str]], width: float) -> str:
    """A table without rules, each column `width` pt; the cells hold finished paragraphs."""
    widths = column_widths([1] * len(rows[0]), width * len(rows[0]))
    made = [
        w(
            "tr",
            w("trPr", w("cantSplit")),
            *(_cell(text, across) for text, across in zip(row, widths, strict=True)),
        )
        for row in rows
    ]
    return _table(widths, made, "")


def column_widths(shares: Sequence[float], width: float) -> list[int]:
    """Whole twips that together are exactly the width."""
    total = sum(shares)
    edges = [
        round(each / total * width * TWIPS_PER_POINT) for each in accumulate(shares, initial=0)
    ]
    return [right - left for left, right in pairwise(edges)]


@dataclass
class _Covering:
    """A cell that reaches down over more rows: how many are left, and how wide it is."""

    rows: int
    span: int


def _table(widths: Sequence[int], rows: Sequence[str], rules: str) -> str:
    margins = w(
        "tblCellMar",
        *(
            w(side, w=twips(room), type="dxa")
            for side, room in (
                ("top", PADDINGS[0]),
                ("left", PADDING),
                ("bottom", PADDINGS[1]),
                ("right", PADDING),
            )
        ),
    )
    properties = w(
        "tblPr",
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        rules,
        w("tblLayout", type="fixed"),
        margins,
    )
    columns = w("tblGrid", *(w("gridCol", w=each) for each in widths))
    return w("tbl", properties, columns, *rows)


def _rules() -> str:
    outer, inner = FORM_OUTER_RULE.pt, FORM_INNER_RULE.pt
    sides = (("top", outer), ("left", outer), ("bottom", outer), ("right", outer))
    return w(
        "tblBorders",
        *(_rule(side, wide) for side, wide in sides),
        _rule("insideH", inner),
        _rule("insideV", inner),
    )


def _rule(side: str, wide: float) -> str:
    return w(side, val="single", sz=round(wide * 8), space=0, color="000000")


def _row(
    row: Row,
    above: list[_Covering | None],
    widths: Sequence[int],
    size: float,
    *,
    is_head: bool,
) -> str:
    """A row; `above` holds the cells that reach into it, by column, and is brought forward."""
    height = twips(row.height * POINTS_PER_MM)
    goes_on = any(cell.is_prose for cell in row.cells)
    properties = w(
        "trPr",
        "" if goes_on else w("cantSplit"),
        w("trHeight", val=height, hRule="atLeast") if height else "",
        w("tblHeader") if is_head else "",
    )
    return w("tr", properties, *_cells(row, above, widths, size))


def _cells(
    row: Row, above: list[_Covering | None], widths: Sequence[int], size: float
) -> Iterator[str]:
    """The cells of a row, those that go on from above among them."""
    own = iter(row.cells)
    at = 0
    while at < len(widths):
        covering = above[at]
        if covering is not None:
            covering.rows -= 1
            above[at] = covering if covering.rows else None
            width = sum(widths[at : at + covering.span])
            yield _cell(paragraph(), width, covering.span, merge="continue")
            at += covering.span
            continue
        cell = next(own, None)
        span = min(cell.span, len(widths) - at) if cell else len(widths) - at
        width = sum(widths[at : at + span])
        if cell is None:
            yield _cell(paragraph(), width, span)
        else:
            if cell.rows > 1:
                above[at] = _Covering(cell.rows - 1, span)
            merge = "restart" if cell.rows > 1 else ""
            yield _cell(_text(cell, size, width), width, span, merge=merge, of=cell)
        at += span


def _cell(
    content: str, width: int, span: int = 1, *, merge: str = "", of: Cell | None = None
) -> str:
    is_centred = of is not None and (of.is_label or of.align is Align.CENTRE)
    side = twips(CENTRED_PADDING)
    near = w("tcMar", w("left", w=side, type="dxa"), w("right", w=side, type="dxa"))
    return w(
        "tc",
        w(
            "tcPr",
            w("tcW", w=width, type="dxa"),
            w("gridSpan", val=span) if span > 1 else "",
            w("vMerge", val=merge) if merge else "",
            near if is_centred else "",
            w("vAlign", val="top" if of is not None and of.is_prose else "center"),
        ),
        content,
    )


def _text(cell: Cell, size: float, width: int) -> str:
    """The words of a cell, a paragraph for each line; a label is broken by sense.

    Args:
        cell: the cell.
        size: of its type, pt.
        width: of the cell, twips.
    """
    text = clean(cell.text)
    if cell.is_label:
        room = width / TWIPS_PER_POINT - 2 * CENTRED_PADDING
        text = "\n".join(break_label(text, max(1.0, room / size)))
    role = Role.HEI if cell.is_label else Role.FANG
    align = Align.CENTRE if cell.is_label else cell.align
    space = spacing(0, size * CELL_LEADING, "atLeast")
    indent = indents(first=FIRST_INDENT.count, cell=size) if cell.is_prose else ""
    return "".join(
        paragraph(run(line, role, size), space=space, indent=indent, align=_ALIGNS[align])
        for line in text.split("\n")
    )
