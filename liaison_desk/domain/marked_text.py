"""A paper that went out as a Word file and came back marked: what both ways have in common.

Each paragraph that goes out carries a hidden bookmark with its part, its place and a check of its
words; so it is known again however much was changed round it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

_MARK = re.compile(r"_([a-z_]+)_(\d+)_([0-9a-f]{8})")
_WHOSE = re.compile(r"_of_([0-9a-f]{32})")
_BRACKETS = str.maketrans("()\u3000\xa0", "（）  ")


@dataclass(frozen=True)
class Mark:
    """What a bookmark says of the paragraph it stands in.

    Attributes:
        part: the part of the paper, such as body.
        place: the paragraph in it, from 0.
        check: of the words as they went out.
    """

    part: str
    place: int
    check: str


@dataclass(frozen=True)
class Remark:
    """A comment, or the words of a text box, beside a paragraph.

    Attributes:
        text: what it says.
        author: who wrote it, or "".
        about: the words it was put on, or "".
    """

    text: str
    author: str = ""
    about: str = ""


@dataclass(frozen=True)
class MarkedParagraph:
    """One paragraph of the file as it reads when every tracked change is accepted."""

    text: str
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    authors: tuple[str, ...] = ()
    is_in_table: bool = False


@dataclass(frozen=True)
class MarkedFile:
    """A Word file: its paragraphs, and the record it was made from ("" when it does not say)."""

    name: str
    paragraphs: tuple[MarkedParagraph, ...]
    record: str = ""


def plain(text: str) -> str:
    """The text without what going to Word and back may change: outer and doubled blanks."""
    return re.sub(r"\s+", " ", text.translate(_BRACKETS)).strip()


def check_of(text: str) -> str:
    """Eight hexadecimal digits that another wording would change."""
    return f"{crc32(plain(text).encode()):08x}"


def mark_name(part: str, place: int, text: str) -> str:
    """The bookmark of a paragraph; Word hides a name that begins with _ and allows 40 signs."""
    return f"_{part}_{place}_{check_of(text)}"


def read_mark(name: str) -> Mark | None:
    """What a bookmark's name says, or None when it is not ours."""
    found = _MARK.fullmatch(name)
    return Mark(found[1], int(found[2]), found[3]) if found else None


def whose_name(record: str) -> str:
    """The bookmark that says which record the whole file was made from."""
    return f"_of_{record.replace('-', '')}"


def read_whose(name: str) -> str:
    """The record's id without its dashes, or "" when the bookmark says something else."""
    found = _WHOSE.fullmatch(name)
    return found[1] if found else ""
