"""Lines flow down the 22 rows of the grid, page by page, and what belongs together stays so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.measures import BODY_SIZE, LINES, TEXT_WITH_SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.exports.content import Source
    from liaison_desk.exports.pdf.grid import Line

SHORT_BLOCK = 4  # a block of so many lines moves as a whole to join the imprint
TAIL = 2  # of a longer block, so many lines move
Start = tuple[int, int]
"""A block and a line of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together: a paragraph, a heading, a title.

    Attributes:
        lines: the lines as set.
        part, paragraph, source: what they come from, for `Place`.
        size: type size, pt.
        space_before: free rows before it, dropped at the top of a page.
        space_after: rows kept free after it.
        keep_with_next: a heading, never the last thing on a page.
        is_text: a paragraph of 正文, which a signature may follow.
        is_closing: 署名, date and what follows them, never on a page without text.
        centred: whether each line stands in the middle of the column.
        indent: how far its lines stand from the left of the column otherwise, pt.
    """

    lines: tuple[Line, ...]
    part: str
    paragraph: int = 0
    source: Source | None = None
    size: float = BODY_SIZE.value
    space_before: int = 0
    space_after: int = 0
    keep_with_next: bool = False
    is_text: bool = False
    is_closing: bool = False
    centred: bool = False
    indent: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a block on its page and grid row."""

    page: int
    row: int
    block: int
    line: int


def flow(blocks: Sequence[Block], first_row: int, foot_rows: int) -> list[Row]:
    """Return where every line goes, leaving `foot_rows` free at the end of the last page.

    When the foot has no room under the last line, the end of the text moves on with it, so that
    no page holds the foot alone; only a text too short to be parted leaves it alone. A signature
    that would begin a page takes the last lines of the text with it.
    """
    rows = _fill(blocks, first_row, None)
    if not rows:
        return rows
    start = None
    if _is_signature_alone(blocks, rows):
        start = _closing_start(blocks)
    elif not _has_room(blocks, rows, foot_rows):
        start = _tail_start(blocks)
    if start in {(rows[0].block, rows[0].line), None}:
        return rows
    return _fill(blocks, first_row, start)


def foot_page(blocks: Sequence[Block], rows: Sequence[Row], foot_rows: int) -> int:
    """Return the page on whose bottom a foot of `foot_rows` stands, after `flow`."""
    if not rows:
        return 0
    return rows[-1].page + (not _has_room(blocks, rows, foot_rows))


def _has_room(blocks: Sequence[Block], rows: Sequence[Row], foot_rows: int) -> bool:
    """Tell whether a foot fits under the last line."""
    below = blocks[rows[-1].block].space_after if foot_rows else 0
    return rows[-1].row + 1 + below + foot_rows <= LINES.count


def _fill(blocks: Sequence[Block], first_row: int, new_page_at: Start | None) -> list[Row]:
    """Fill the pages row by row; a new page begins at the given (block, line)."""
    rows: list[Row] = []
    page, row = 0, first_row
    for number, block in enumerate(blocks):
        row += _space(blocks, number) if row else 0
        if row and row + _needed(blocks, number) > LINES.count:
            page, row = page + 1, 0
        for line in range(len(block.lines)):
            if row >= LINES.count or (number, line) == new_page_at:
                page, row = page + 1, 0
            rows.append(Row(page, row, number, line))
            row += 1
    return rows


def _space(blocks: Sequence[Block], number: int) -> int:
    """Return the free rows between a block and the one above it."""
    above = blocks[number - 1].space_after if number else 0
    return max(above, blocks[number].space_before)


def _needed(blocks: Sequence[Block], number: int) -> int:
    """Return the rows that must be free for a block to begin on this page."""
    rows = 0
    while blocks[number].keep_with_next and number + 1 < len(blocks):
        rows += len(blocks[number].lines) + _space(blocks, number + 1)
        number += 1
    return rows + 1 + blocks[number].space_after


def _is_signature_alone(blocks: Sequence[Block], rows: Sequence[Row]) -> bool:
    """Tell whether a signature stands on a page that has no two lines of text."""
    signed = next((row.page for row in rows if blocks[row.block].is_closing), 0)
    if signed == 0:
        return False
    text = sum(1 for row in rows if row.page == signed and blocks[row.block].is_text)
    return text < TEXT_WITH_SIGNATURE.count


def _closing_start(blocks: Sequence[Block]) -> Start | None:
    """Return where the last lines of the text begin that go with the signature.

    When 附件说明 takes too many lines to move with the text, its own last lines go instead.
    """
    closing = next(number for number, block in enumerate(blocks) if block.is_closing)
    text = [number for number in range(closing) if blocks[number].is_text]
    if not text:
        return None
    start = _last_lines(blocks, text)
    between = range(start[0] + 1, closing) if start else ()
    if sum(len(blocks[number].lines) for number in between) > LINES.count // 2:
        return closing - 1, max(0, len(blocks[closing - 1].lines) - TAIL)
    return start


def _last_lines(blocks: Sequence[Block], text: Sequence[int]) -> Start | None:
    """Return the start of the last two lines of the text.

    One line must stay behind, so of two only the last goes; of one, none.
    """
    number = text[-1]
    count = len(blocks[number].lines)
    if count > SHORT_BLOCK or (len(text) == 1 and count > 1):
        return number, max(1, count - TAIL)
    taken, index = count, len(text) - 1
    while taken < TEXT_WITH_SIGNATURE.count or blocks[text[index - 1]].keep_with_next:
        if index <= 1:
            break
        index -= 1
        taken += len(blocks[text[index]].lines)
    return (text[index], 0) if index else None


def _tail_start(blocks: Sequence[Block]) -> Start | None:
    """Return the (block, line) from which the end of the text moves to join the foot."""
    last = len(blocks) - 1
    if blocks[last].is_closing:
        return _closing_start(blocks)
    if len(blocks[last].lines) > SHORT_BLOCK:
        return last, len(blocks[last].lines) - TAIL
    while last > 0 and blocks[last - 1].keep_with_next:
        last -= 1
    return (last, 0) if last else None
