"""The words of a form before they are set: cleaned, numbered through, named for the clerk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Grid, PageBreak, Paragraph, Photos
from liaison_desk.exports.pdf.source import SourcePart, clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.exports.content import FormPaper, Part, Row

FORM = "form"
"""The part that cells, paragraphs and photos are; their serial number is the paragraph."""
_LINES_OF_HEAD = {
    "form_title": "标题",
    "over_left": "表头",
    "over_right": "表头",
    "foot": "表尾",
}


def cleaned_form(paper: FormPaper) -> FormPaper:
    """Return the form without invisible characters."""
    return replace(
        paper,
        title=clean(paper.title),
        over_left=one_line(paper.over_left),
        over_right=one_line(paper.over_right),
        foot=clean(paper.foot),
        parts=tuple(_cleaned(part) for part in paper.parts),
    )


def _cleaned(part: Part) -> Part:
    match part:
        case Paragraph():
            return replace(part, text=clean(part.text))
        case Photos():
            photos = (replace(each, caption=one_line(each.caption)) for each in part.photos)
            return replace(part, photos=tuple(photos))
        case Grid():
            return replace(part, rows=tuple(_cleaned_row(row) for row in part.rows))
    return part


def _cleaned_row(row: Row) -> Row:
    """Return a row with its texts cleaned, itself when there is nothing to clean."""
    texts = [clean(cell.text) for cell in row.cells]
    if all(text is cell.text for text, cell in zip(texts, row.cells, strict=True)):
        return row
    cells = (replace(cell, text=text) for text, cell in zip(texts, row.cells, strict=True))
    return replace(row, cells=tuple(cells))


def count_of(part: Part) -> int:
    """Return how many serial numbers a part takes."""
    match part:
        case Grid():
            return sum(len(row.cells) for row in part.rows)
        case Photos():
            return len(part.photos)
        case PageBreak():
            return 0
    return 1


def form_parts(paper: FormPaper) -> list[SourcePart]:
    """Return every text of a form with its serial number, as the clerk knows it."""
    title = paper.title.replace("\n", "")
    heads = {
        "form_title": paper.title,
        "over_left": paper.over_left,
        "over_right": paper.over_right,
        "foot": paper.foot,
    }
    parts = [SourcePart(name, 0, _LINES_OF_HEAD[name], text) for name, text in heads.items()]
    serial = 0
    for part in paper.parts:
        parts += _parts_of(part, serial, title)
        serial += count_of(part)
    return parts


def _parts_of(part: Part, serial: int, title: str) -> Iterator[SourcePart]:
    match part:
        case Paragraph():
            yield SourcePart(FORM, serial, title, part.text, part.source)
        case Photos():
            for number, photo in enumerate(part.photos, serial):
                yield SourcePart(FORM, number, "照片说明", photo.caption, photo.source)
        case Grid():
            yield from _parts_of_grid(part, serial, title)


def _parts_of_grid(grid: Grid, serial: int, title: str) -> Iterator[SourcePart]:
    """Yield the cells; each is known by the label before it, or by the head of its column."""
    heads: list[str] = []
    for number, row in enumerate(grid.rows):
        label, column = "", 0
        if number < grid.head:
            heads = [cell.text for cell in row.cells for _ in range(cell.span)]
        for cell in row.cells:
            if cell.is_label:
                label = cell.text.replace("\n", "")
            head = heads[column] if column < len(heads) else ""
            place = label or head.replace("\n", "") or title
            yield SourcePart(FORM, serial, place, cell.text, cell.source)
            serial += 1
            column += cell.span
