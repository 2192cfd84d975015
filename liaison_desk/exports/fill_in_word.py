"""Filling a Word file: every part of it but the names stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liaison_desk.exports.office_dom import (
    above,
    child,
    children,
    copy_of,
    drop,
    is_element,
    make_like,
    put_after,
    put_before,
    read_dom,
    root_of,
    set_text,
    text_of,
    upwards,
    write_dom,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.dom.minidom import Element

    from liaison_desk.exports.fill_in import Names
    from liaison_desk.exports.form_names import Row
    from liaison_desk.exports.office_file import OfficeFile

_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_ONLY_ONCE = ("w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd")
"""What a copy of a row must not have: another one of the same number."""
_ONLY_ONCE_MARKS = ("w14:paraId", "w14:textId")
_PLAIN_RUN = frozenset({"w:rPr", "w:t"})
_PASSED_OVER = frozenset({"w:proofErr", "w:bookmarkStart", "w:bookmarkEnd"})
"""What stands among the runs of a paragraph of text alone."""


def fill_document(file: OfficeFile, names: Names) -> bytes:
    """Fill a document with its heads, feet and text boxes.

    Raises:
        FileUnusable: it is damaged.
    """
    changed: dict[str, bytes] = {}
    for part in file.parts:
        if _PARTS.fullmatch(part):
            document = read_dom(file, part)
            if _fill(root_of(document), names):
                changed[part] = write_dom(document)
    return zipped(file.parts | changed)


def _fill(root: Element, names: Names) -> bool:
    """Fill what stands once, then the rows and paragraphs that are repeated; whether any was."""
    with_names = [each for each in _paragraphs(root) if names.in_text(_text(each))]
    units = _units(with_names, names)
    repeated = {each for unit in units for each in unit.parts}
    for paragraph in with_names:
        if not any(each in repeated for each in upwards(paragraph)):
            _fill_paragraph(paragraph, names, names.values)
    for unit in units:
        _repeat(unit, names)
    return bool(with_names)


@dataclass
class _Unit:
    """What is repeated together: a paragraph, or the rows of a table that make one entry."""

    parts: list[Element]
    lists: dict[str, None] = field(default_factory=dict)


def _units(paragraphs: Sequence[Element], names: Names) -> list[_Unit]:
    """What is repeated, in order."""
    found: list[_Unit] = []
    holding: dict[Element, _Unit] = {}
    for paragraph in paragraphs:
        lists = names.lists_in([_text(paragraph)])
        part = above(paragraph, "w:tr") or paragraph
        if lists and part not in holding:
            found.append(_Unit(_rows_from(part, names) if part is not paragraph else [part]))
            holding |= dict.fromkeys(found[-1].parts, found[-1])
        if lists:
            holding[part].lists |= dict.fromkeys(lists)
    return found


def _rows_from(row: Element, names: Names) -> list[Element]:
    """A row and those below it that a cell with the name of a list, or its number, goes on in."""
    wide = {
        column
        for column, cell, merge in _merged_cells(row)
        if merge == "restart" and any(_is_of_row(_text(each), names) for each in _paragraphs(cell))
    }
    rows = [row]
    for below in _rows_below(row):
        if not any(c in wide and merge != "restart" for c, _cell, merge in _merged_cells(below)):
            break
        rows.append(below)
    return rows


def _is_of_row(text: str, names: Names) -> bool:
    return bool(names.lists_in([text])) or names.is_counted(text)


def _rows_below(row: Element) -> Iterator[Element]:
    """The rows of the same table further down."""
    below = row.nextSibling
    while below is not None:
        if is_element(below) and below.tagName == "w:tr":
            yield below
        below = below.nextSibling


def _merged_cells(row: Element) -> Iterator[tuple[int, Element, str]]:
    """The cells of a row that are merged downwards: their column, and whether they begin there."""
    column = 0
    for cell in children(row, "tc"):
        looks = child(cell, "tcPr")
        merge = child(looks, "vMerge") if looks is not None else None
        span = child(looks, "gridSpan") if looks is not None else None
        if merge is not None:
            yield column, cell, merge.getAttribute("w:val") or "continue"
        column += int((span and span.getAttribute("w:val")) or 1)


def _repeat(unit: _Unit, names: Names) -> None:
    """Put a copy for each record in the place of rows or a paragraph."""
    for number, values in enumerate(names.values.rows(list(unit.lists))):
        for part in unit.parts:
            copied = copy_of(part)
            if number:
                _make_another(copied, names)
            put_before(unit.parts[0], copied)
            for paragraph in _paragraphs(copied):
                _fill_paragraph(paragraph, names, values)
    for part in unit.parts:
        drop(part)


def _make_another(copied: Element, names: Names) -> None:
    """Take from a copy what may stand in a file only once; a label over rows goes on in it."""
    _take_marks(copied)
    for merge in copied.getElementsByTagName("w:vMerge"):
        cell = above(merge, "w:tc")
        has_names = cell is not None and any(
            names.in_text(_text(each)) for each in _paragraphs(cell)
        )
        if merge.getAttribute("w:val") == "restart" and not has_names:
            merge.setAttribute("w:val", "continue")


def _take_marks(copied: Element) -> None:
    """Take the marks from a copy that must be of one number only."""
    for tag in _ONLY_ONCE:
        for each in list(copied.getElementsByTagName(tag)):
            drop(each)
    for each in (copied, *copied.getElementsByTagName("*")):
        for mark in _ONLY_ONCE_MARKS:
            if each.hasAttribute(mark):
                each.removeAttribute(mark)


def _fill_paragraph(paragraph: Element, names: Names, values: Row) -> None:
    """Fill one paragraph; a name may run over several runs and takes the look of the first."""
    nodes = _text_nodes(paragraph)
    before = [text_of(each) for each in nodes]
    after = names.filled_pieces(before, values)
    has_lines = any("\n" in new for new, old in zip(after, before, strict=True) if new != old)
    if has_lines and _is_plain(paragraph) and paragraph.parentNode is not None:
        _write_paragraphs(paragraph, after)
        return
    for node, old, new in zip(nodes, before, after, strict=True):
        if new != old:
            _write(node, new)


def _is_plain(paragraph: Element) -> bool:
    """Whether a paragraph is text alone: it can be parted without losing or doubling anything."""
    parts = children(paragraph, "*")
    runs = [each for each in parts if each.tagName == "w:r"]
    others = {each.tagName for each in parts} - {"w:pPr", "w:r"} - _PASSED_OVER
    has_section = bool(paragraph.getElementsByTagName("w:sectPr"))
    in_runs = {part.tagName for run in runs for part in children(run, "*")}
    return not others and not has_section and in_runs <= _PLAIN_RUN


def _write_paragraphs(paragraph: Element, pieces: Sequence[str]) -> None:
    """Write texts with several lines as so many paragraphs of the same look."""
    for number, texts in enumerate(_lines_of(pieces)):
        copied = copy_of(paragraph)
        if number:
            _take_marks(copied)
        for node, text in zip(_text_nodes(copied), texts, strict=True):
            set_text(node, text)
        put_before(paragraph, copied)
    drop(paragraph)


def _lines_of(pieces: Sequence[str]) -> list[list[str]]:
    """What each line has of each piece; blanks that stand for an indent begin every line."""
    whole = "".join(pieces)
    indent = whole[: len(whole) - len(whole.lstrip())]
    pieces = [each.replace("\n", f"\n{indent}") for each in pieces]
    lines = [[""] * len(pieces)]
    for place, piece in enumerate(pieces):
        for number, text in enumerate(piece.split("\n")):
            if number:
                lines.append([""] * len(pieces))
            lines[-1][place] = text
    return lines


def _write(node: Element, text: str) -> None:
    """Put a text into a w:t, its lines parted by breaks."""
    first, *rest = text.split("\n")
    set_text(node, first)
    for line in reversed(rest):
        piece = make_like(node, "t")
        set_text(piece, line)
        put_after(node, piece)
        put_after(node, make_like(node, "br"))


def _paragraphs(node: Element) -> list[Element]:
    """The paragraphs at or below a node."""
    own = [node] if node.tagName == "w:p" else []
    return [*own, *node.getElementsByTagName("w:p")]


def _text(paragraph: Element) -> str:
    """The words of a paragraph, without those of text boxes in it."""
    return "".join(map(text_of, _text_nodes(paragraph)))


def _text_nodes(paragraph: Element) -> list[Element]:
    """The w:t of a paragraph that belong to no paragraph inside it."""
    found = paragraph.getElementsByTagName("w:t")
    return [each for each in found if above(each, "w:p") is paragraph]
