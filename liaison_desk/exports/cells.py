"""What a cell of a sheet can hold, and the room that it takes."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

CELL_LIMIT = 32_767
"""The most a cell holds, in UTF-16 units: a rare character counts two."""
CUT_MARK = "…（过长，全文见系统）"
"""Ends a text that was cut to fit its cell."""
LONGEST_LINE = 50
"""Half-width characters; a longer line is measured as this, as it will be wrapped."""

_EXACT = 10**15  # from here on a sheet rounds whole numbers
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_HALVES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """A text as a cell can hold it.

    Line breaks become line feeds, tabs spaces; control characters go, a lone half of a character
    becomes U+FFFD, and what is too long is cut so that it shows.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    plain = _HALVES.sub("\ufffd", _UNSEEN.sub("", lines))
    if _units(plain) <= CELL_LIMIT:
        return plain
    room = (CELL_LIMIT - len(CUT_MARK)) * 2
    return plain.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK


def is_number(value: object) -> bool:
    """Whether a sheet holds this number as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) < _EXACT


def as_text(value: object) -> str:
    """A value that a sheet has no kind for, as the clerk reads it."""
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, datetime):
        return f"{value.isoformat(' ', 'minutes')}"
    return str(value)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: at most 31 characters, none of its forbidden ones."""
    plain = re.sub(r"[\[\]:*?/\\\n\ud800-\udfff]", " ", clean(title)).strip(" '")
    while _units(plain) > 31:
        plain = plain[:-1]
    return plain if plain and plain.lower() != "history" else "台账"


def width(value: object) -> int:
    """The half-width characters a value takes on its longest line, at most 50."""
    if isinstance(value, datetime):
        return 16
    if isinstance(value, date):
        return 10
    lines = ("" if value is None else str(value)).splitlines()
    return min(max(map(_half_widths, lines), default=0), LONGEST_LINE)


def lines(text: str, room: int) -> int:
    """The lines a text takes where a line holds `room` half-width characters."""
    return sum(-(-_half_widths(line) // room) or 1 for line in text.split("\n"))


def _half_widths(text: str) -> int:
    """The width of a line; GB 18030 gives a Chinese character two bytes (a rare one four)."""
    return len(text.encode("gb18030", "replace"))


def _units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if len(text) > CELL_LIMIT else len(text.encode("utf-16-le")) // 2
