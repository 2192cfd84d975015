"""The words of the lists that an office edits."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.codes import WORD_LISTS
from liaison_desk.domain.declare import choice, text, whole_number
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class CodeWord(Record):
    """One word of a list (选项); once an office has words of a list they replace those shipped.

    Lists such as 界别 may differ by term: words with a `term` count for that term alone.
    """

    table = "code_word"
    title = "选项"
    order = ("wordlist", "term", "position")

    wordlist: str = choice("名单", tuple(WORD_LISTS), required=True, listed=True)
    term: str = text("届次", max_length=30, listed=True)
    position: int | None = whole_number("次序", searched=False)
    name: str = text("选项", required=True, max_length=60, listed=True)
