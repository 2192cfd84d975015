"""Filling a Word file: every part of it but the names stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.exports.office_dom import (
    above,
    children,
    copy_of,
    drop,
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
    from collections.abc import Sequence
    from xml.dom.minidom import Element

    from liaison_desk.exports.fill_in import Names
    from liaison_desk.exports.form_names import Values
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
    """Fill what stands once, then each row and paragraph that is repeated; whether any was."""
    with_names = [each for each in _paragraphs(root) if names.in_text(_text(each))]
    repeated: dict[Element, list[str]] = {}
    for paragraph in with_names:
        lists = names.lists_in([_text(paragraph)])
        if lists:
            unit = above(paragraph, "w:tr") or paragraph
            repeated[unit] = list(dict.fromkeys(repeated.get(unit, []) + lists))
    for paragraph in with_names:
        if not any(each in repeated for each in upwards(paragraph)):
            _fill_paragraph(paragraph, names, names.values)
    for unit, lists in repeated.items():
        _repeat(unit, lists, names)
    return bool(with_names)


def _repeat(unit: Element, lists: list[str], names: Names) -> None:
    """Put a copy of a row or paragraph for each record in its place."""
    for number, values in enumerate(names.rows(lists)):
        copied = copy_of(unit)
        if number:
            _make_another(copied, names)
        put_before(unit, copied)
        for paragraph in _paragraphs(copied):
            _fill_paragraph(paragraph, names, values)
    drop(unit)


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


def _fill_paragraph(paragraph: Element, names: Names, values: Values) -> None:
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
