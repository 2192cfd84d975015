"""What follows the text: 附件说明, 署名 and 成文日期 with or without a seal, 附注 (7.3.4-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.flow import Block
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Column, Span, set_line, set_paragraph
from liaison_desk.exports.pdf.letterhead import fitted_line
from liaison_desk.exports.pdf.measures import (
    ATTACHMENT_GAP,
    BODY_SIZE,
    CELL,
    FIRST_INDENT,
    SEAL_BELOW,
    SEAL_DATE_INSET,
    SEAL_GAP,
    SIGNATURE_GAP,
    SIGNATURE_INSET,
    TEXT_WIDTH,
)
from liaison_desk.exports.pdf.source import chinese_date

if TYPE_CHECKING:
    from liaison_desk.exports.content import OfficialPaper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.grid import Line

SIZE = BODY_SIZE.value
ATTACHMENT_LABEL = "附件："


def set_closing(paper: OfficialPaper, fonts: FontBook) -> list[Block]:
    """Return the blocks between the text and the 版记."""
    return [
        *_set_attachments(paper, fonts),
        *_set_signature(paper, fonts),
        *_set_note(paper, fonts),
    ]


def _set_attachments(paper: OfficialPaper, fonts: FontBook) -> list[Block]:
    """Set 附件说明: a line under the text, two in; turn lines align with the name (7.3.4)."""
    blocks: list[Block] = []
    names = paper.attachments
    label_end = FIRST_INDENT.count + len(ATTACHMENT_LABEL)
    for number, name in enumerate(names):
        mark = f"{number + 1}." if len(names) > 1 else ""
        numeral = set_line([Span(mark)], SIZE, fonts, CELL).right / CELL
        column = Column(
            first_indent=label_end if number else FIRST_INDENT.count,
            hanging=label_end + numeral,
            justify=False,
        )
        text = name if number else f"{ATTACHMENT_LABEL}{name}"
        block = Block(
            lines=tuple(set_paragraph([Span(text)], column, fonts)),
            part="attachments",
            paragraph=number,
            source=paper.sources.get("attachments"),
            space_before=0 if number else ATTACHMENT_GAP.count,
        )
        blocks.append(block)
    return blocks


def _set_signature(paper: OfficialPaper, fonts: FontBook) -> list[Block]:
    """Set 署名 and 成文日期; room for the seal is kept above and below them (7.3.5.1-2)."""
    date = set_line([Span(chinese_date(paper.signed_on))], SIZE, fonts, CELL)
    placing = _with_seal if paper.has_seal else _without_seal
    placed = placing(paper.signature, date, fonts)
    gap = (SEAL_GAP if paper.has_seal else SIGNATURE_GAP).count
    below = SEAL_BELOW.count if paper.has_seal and not paper.note else 0
    parts = [each for each in placed if each[1].runs]
    return [
        Block(
            lines=(line,),
            part=part,
            source=paper.sources.get(part),
            indent=x,
            space_before=0 if number else gap,
            space_after=below if number == len(parts) - 1 else 0,
            keep_with_next=number < len(parts) - 1 or bool(paper.note),
            is_closing=True,
        )
        for number, (part, line, x) in enumerate(parts)
    ]


def _with_seal(signature: str, date: Line, fonts: FontBook) -> list[tuple[str, Line, float]]:
    """Place the date four characters from the right and 署名 centred over it (7.3.5.1)."""
    name = fitted_line(signature, Role.FANG, SIZE, TEXT_WIDTH.pt, fonts)
    left = TEXT_WIDTH.pt - SEAL_DATE_INSET.value * CELL - date.right
    middle = left + date.right / 2
    most = TEXT_WIDTH.pt - name.right
    return [
        ("signature", name, max(0.0, min(middle - name.right / 2, most))),
        ("signed_on", date, left),
    ]


def _without_seal(signature: str, date: Line, fonts: FontBook) -> list[tuple[str, Line, float]]:
    """Place 署名 two characters from the right, the date two to the right of its first (7.3.5.2).

    A date longer than the 署名 takes the right place itself.
    """
    inset = SIGNATURE_INSET.value * CELL
    edge = TEXT_WIDTH.pt - inset
    name = fitted_line(signature, Role.FANG, SIZE, edge - inset, fonts)
    left = edge - (name.right if name.right >= date.right else date.right + inset)
    return [("signature", name, left), ("signed_on", date, left + inset)]


def _set_note(paper: OfficialPaper, fonts: FontBook) -> list[Block]:
    """Set 附注 two characters in, in round brackets, under the date (7.3.6)."""
    if not paper.note:
        return []
    column = Column(first_indent=FIRST_INDENT.count)
    lines = tuple(set_paragraph([Span(paper.note)], column, fonts))
    source = paper.sources.get("note")
    return [Block(lines=lines, part="note", source=source, is_closing=True)]
