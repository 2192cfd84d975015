"""A line into which a name is typed while the names it may mean stand under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.ui.input_method import guard_composing
from liaison_desk.ui.name_index import Named, NameIndex
from liaison_desk.ui.suggest_line import Offer, SuggestLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

LONGEST_NAME = 4
"""How many Chinese characters a name has at most, as one with two surnames."""


def meant_name(typed: str, names: Sequence[str]) -> str | None:
    """The known name that a typed part of one means, or None when it is a name of its own.

    A part from the middle of one name means that name, a single character too; what begins like a
    longer name may be a new, shorter one: 李红 is not 李红梅.
    """
    if typed in names:
        return typed
    matches = [each for each in names if typed and typed in each]
    if len(matches) != 1:
        return None
    return matches[0] if len(typed) == 1 or not matches[0].startswith(typed) else None


def several_names(typed: str) -> list[str]:
    """The names in what was typed or pasted, divided by 、 or a comma, or as lines pasted in one.

    A space alone divides only what is too long for one name: 张 伟 is one, 王建国 李红梅 are two.
    """
    names = [each for each in re.split(r"\s*[、，,；;\n\t\u2028\u2029]\s*", typed) if each]
    if len(names) != 1:
        return names
    parts = typed.split()
    is_one = len("".join(parts)) <= LONGEST_NAME or any(len(each) < 2 for each in parts)
    return names if is_one or typed.isascii() else parts


class NameLine(SuggestLine):
    """A line for a name, found by its characters, pinyin or initials.

    Enter takes the best name for pinyin, and for characters the one they can only mean.

    Args:
        offers: the names that may be meant.
        parent: the widget it stands in.
        details: what tells namesakes apart, by name.
    """

    def __init__(
        self,
        offers: Callable[[], list[str]],
        parent: QWidget | None = None,
        details: Callable[[], Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(self._found, parent, first=self._best)
        self._offers = offers
        self._details = details or dict
        self._names: list[str] = []
        self._index = NameIndex()
        guard_composing(self)

    def names(self) -> list[str]:
        """The names that may be meant."""
        return self._offers()

    def warm(self) -> bool:
        """Spell some names."""
        self._read()
        return self._index.warm()

    def _found(self, typed: str) -> list[Offer]:
        """The names that fit, with what tells them apart."""
        self._read()
        return [
            Offer(each.caption, "" if each.more in each.caption else each.more)
            for each in self._index.find(typed)
        ]

    def _best(self, typed: str, offers: Sequence[Offer]) -> int:
        """The row that Enter takes."""
        texts = [each.text for each in offers]
        if typed.isascii():
            return 0 if texts else -1
        meant = meant_name(typed, self._names)
        return texts.index(meant) if meant in texts else -1

    def _read(self) -> None:
        """Know the names there are now."""
        names = self._offers()
        if names != self._names:
            self._names = names
            details = self._details()
            self._index = NameIndex(Named(each, each, details.get(each, "")) for each in names)
