"""What comes of laying a paper out; light, so that a window can start fast."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from liaison_desk.exports.content import Source
    from liaison_desk.exports.pdf.page import Place

MOST_TOLD = 6
"""How many characters that no font has a sentence names."""
Pictures = Callable[[str], bytes]
"""Gives the content of an attachment by its sha256."""


def no_pictures(sha256: str) -> bytes:
    """Stand for the pictures of a paper that has none; raises LookupError."""
    raise LookupError(sha256)


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished paper.

    Attributes:
        pdf: the file.
        pages: how many it has.
        places: where each part stands.
        left_out: a sentence for everything that could not be put in, such as a damaged photo.
    """

    pdf: bytes
    pages: int
    places: tuple[Place, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font has.

    Attributes:
        char: the character.
        part, paragraph: where it stands in the source, as in `Place`.
        place: the same in the clerk's words, such as 出席：陆𰻞.
        source: the field it came from, where that is known.
    """

    char: str
    part: str
    paragraph: int
    place: str
    source: Source | None = None

    @property
    def what_next(self) -> str:
        """What the clerk does about it."""
        kind = unicodedata.category(self.char)
        if kind == "So":
            return "请删去表情符号和图形"
        if kind == "Co":
            return "请用输入法重新输入旧系统造的字"
        return "请核对生僻字，或装上生僻字字体（如花园明朝 HanaMinB）后重新打开本程序"


class CannotPrint(DeskError):
    """Some characters are in no font; `missing` names each and where it stands.

    `opening` begins the sentence: what has not been done.
    """

    def __init__(self, missing: list[Missing], opening: str = "没有打印") -> None:
        places = "；".join(
            f"“{each.char}”（U+{ord(each.char):04X}，{each.place}）" for each in missing[:MOST_TOLD]
        )
        rest = f"等{len(missing)}处" if len(missing) > MOST_TOLD else ""
        what_next = "；".join(dict.fromkeys(each.what_next for each in missing))
        super().__init__(
            f"{opening}：这台电脑的字体里没有 {places}{rest}。资料没有改动。{what_next}。"
        )
        self.missing = missing
