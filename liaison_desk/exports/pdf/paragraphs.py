"""The paragraphs of an official text: levels, headings, indents (7.3.3) and lists of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.breaking import listed_names, name_ranges
from liaison_desk.exports.pdf.flow import Block
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Column, Span, set_paragraph
from liaison_desk.exports.pdf.measures import FIRST_INDENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.exports.content import NameList, Source
    from liaison_desk.exports.pdf.fonts import FontBook

_NUMERALS = "一二三四五六七八九十百〇零"
_first = re.compile(rf"[{_NUMERALS}]+、")
_second = re.compile(rf"[（(]([{_NUMERALS}]+)[）)]")
_fourth = re.compile(r"[（(](\d+)[）)]")
_not_a_name = re.compile(r"[，。；：、（）()!-~]")
NAME_COLUMN = 5  # cells: a name of three characters, or four, and the white after it
HEADING_ROLE = {1: Role.HEI, 2: Role.KAI}


def level_of(paragraph: str) -> int:
    """Return the level a paragraph's number gives it (一、 1, （一） 2, 1. 3, （1） 4), else 0."""
    if _first.match(paragraph):
        return 1
    if _second.match(paragraph):
        return 2
    if re.match(r"\d{1,2}[.．](?!\d)", paragraph):
        return 3
    return 4 if _fourth.match(paragraph) else 0


def with_full_brackets(paragraph: str) -> str:
    """Return the paragraph with full-width brackets round its number: (一) becomes （一）."""
    for pattern in (_second, _fourth):
        match = pattern.match(paragraph)
        if match:
            return f"（{match.group(1)}）{paragraph[match.end() :]}"
    return paragraph


def heading_spans(paragraph: str) -> list[Span]:
    """Return a paragraph with its heading in 黑体 or 楷体.

    A heading that runs on into text ends with its first full stop.
    """
    role = HEADING_ROLE.get(level_of(paragraph))
    if role is None:
        return [Span(paragraph)]
    stop = paragraph.find("。") + 1
    if not stop or stop == len(paragraph):
        return [Span(paragraph, role)]
    return [Span(paragraph[:stop], role), Span(paragraph[stop:])]


def text_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph that is not blank with its number, the clerk's own indent taken off."""
    for number, line in enumerate(text.split("\n")):
        paragraph = line.strip(" \u3000")
        if paragraph:
            yield number, with_full_brackets(paragraph)


def set_text(part: str, text: str, fonts: FontBook, source: Source | None = None) -> list[Block]:
    """Set the text of a paper: 3号仿宋, two characters in, turn lines flush."""
    column = Column(first_indent=FIRST_INDENT.count)
    blocks: list[Block] = []
    for number, paragraph in text_lines(text):
        spans = heading_spans(paragraph)
        is_heading = len(spans) == 1 and spans[0].role is not Role.FANG
        lines = tuple(set_paragraph(spans, column, fonts, listed_names(paragraph)))
        block = Block(
            lines=lines,
            part=part,
            paragraph=number,
            source=source,
            keep_with_next=is_heading,
            is_text=True,
        )
        blocks.append(block)
    return blocks


def in_columns(names: str) -> str:
    """Return names that blanks part in columns: 陆䶮　　　欧阳喆　　司马堃.

    A name of two characters gets no blank inside, so that it is found in the printed file; what is
    no bare list of names stays as it is.
    """
    found = names.split()
    if any(len(each) < 2 or _not_a_name.search(each) for each in found):
        return names
    widths = (-(-(len(each) + 1) // NAME_COLUMN) * NAME_COLUMN for each in found)
    return "".join(
        name.ljust(width, "\u3000") for name, width in zip(found, widths, strict=True)
    ).rstrip("\u3000")


def set_names(part: str, each: NameList, space: int, fonts: FontBook) -> list[Block]:
    """Set a labelled list of names (10.3): label in 黑体, turn lines under the first name.

    Args:
        part: the part of the source, for its place.
        each: label, such as 出席 without colon, and names; each line is a list of its own.
        space: free rows before it.
        fonts: the fonts.
    """
    indent = FIRST_INDENT.count + len(each.label) + 1
    head = [Span(each.label, Role.HEI), Span("：")]
    blocks: list[Block] = []
    for number, text in text_lines(each.names):
        line = in_columns(text)
        first = indent if blocks else FIRST_INDENT.count
        column = Column(first_indent=first, hanging=indent, justify=False)
        spans = [*([] if blocks else head), Span(line)]
        shift = 0 if blocks else len(each.label) + 1
        glued = [(start + shift, end + shift) for start, end in name_ranges(line)]
        block = Block(
            lines=tuple(set_paragraph(spans, column, fonts, glued)),
            part=part,
            paragraph=number,
            source=each.source,
            space_before=0 if blocks else space,
        )
        blocks.append(block)
    return blocks
