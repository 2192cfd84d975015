"""The words of a paper before they are set: cleaned of what cannot be seen, checked for glyphs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.words import CannotPrint, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from liaison_desk.exports.content import Source
    from liaison_desk.exports.pdf.fonts import FontBook

CONTEXT = 4  # characters shown on each side of one that cannot be printed
# Most text is clean: asking that first spares a look at every single character.
_clean = re.compile(
    "[\n -~\u00b7\u2014\u2018-\u201d\u2026\u3000-\u301f\u3400-\u9fff\uff01-\uff5e"
    "\U00020000-\U000323af]*"
)
_LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\x85\u2028\u2029", "\n"))


def clean(text: str) -> str:
    """Return `text` with plain line ends and blanks, without invisible characters."""
    if _clean.fullmatch(text):
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    return "".join(_seen(char) for char in plain)


def one_line(text: str) -> str:
    """Return `text` cleaned, on a single line, without blanks around it."""
    return "".join(part.strip() for part in clean(text).split("\n"))


def _seen(char: str) -> str:
    """Return what is printed of one character: a plain blank, nothing, or itself."""
    if char in "\n\u3000":
        return char
    if unicodedata.category(char) == "Cs":
        return "\ufffd"  # half a character: printing is refused, and the message can be shown
    if char == "\t" or unicodedata.category(char) == "Zs":
        return " "
    hidden = unicodedata.category(char) in {"Cc", "Cf"} or _is_variation_selector(char)
    return "" if hidden else char


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A paragraph of the source: its part and number, its name for the clerk, its text."""

    part: str
    paragraph: int
    place: str
    text: str
    source: Source | None = None


def refuse_missing(parts: Iterable[SourcePart], fonts: FontBook) -> None:
    """Raise CannotPrint, naming them, when characters of the parts are in no font."""
    missing = [
        Missing(
            char,
            each.part,
            each.paragraph,
            f"{each.place}：{_around(each.text, char)}",
            each.source,
        )
        for each in parts
        for char in fonts.missing(each.text.replace("\n", ""))
    ]
    if missing:
        raise CannotPrint(missing)


def _around(text: str, char: str) -> str:
    """Return the words round a character, enough to find it by."""
    index = text.index(char)
    start, end = max(0, index - CONTEXT), index + CONTEXT + 1
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def chinese_date(day: date | None) -> str:
    """Return 2026年3月5日 (7.3.5.4: full year, no leading zero), or "" for no date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
