"""Names, and how they are found while one types: by characters, pinyin or initials."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from liaison_desk.store.pinyin import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_FOUND = 40
MOST_NEAR = 3
LEAST_LIKENESS = 0.6
_BEGIN, _END = "\x02", "\x03"
"""What stands around a name in the text that is searched; nobody types it."""


class Named(NamedTuple):
    """A name to choose: whose, what it reads, and what tells it from its namesakes."""

    id: str
    caption: str
    more: str = ""


class NameIndex:
    """Names that are searched on every key; 100,000 of them in some 5 ms.

    The sounds are spelt when Latin letters are first typed; `warm` does so bit by bit before.
    """

    def __init__(self, names: Iterable[Named] = ()) -> None:
        self.names = list(names)
        self._plain = [each.caption.lower() for each in self.names]
        self._by_id = {each.id: each for each in self.names}
        self._by_caption = {each.caption.casefold(): each for each in reversed(self.names)}
        self._sounds: list[str] = []

    @classmethod
    def of(cls, choices: Iterable[tuple[str, str]], details: Mapping[str, str]) -> NameIndex:
        """The index of ids and captions, with a detail for some ids."""
        return cls(Named(each, caption, details.get(each, "")) for each, caption in choices)

    def by_id(self, record_id: str) -> Named | None:
        """The name of a record."""
        return self._by_id.get(record_id)

    def exact(self, name: str, *, by_detail: bool = False) -> Named | None:
        """The record of just this name, or the one whose detail is this name; or None."""
        found = self._by_caption.get(name.casefold())
        if found is not None or not by_detail:
            return found
        called = [each for each in self.names if each.more == name]
        return called[0] if len(called) == 1 else None

    def is_shared(self, name: str) -> bool:
        """Whether several are called so, told apart by what follows in brackets."""
        return any(each.caption.startswith(f"{name}（") for each in self.names)

    def warm(self, count: int = 500) -> bool:
        """Spell some more names; False when all are spelt."""
        done = len(self._sounds)
        self._sounds += [_sound(each) for each in self._plain[done : done + count]]
        return len(self._sounds) < len(self._plain)

    def find(self, typed: str) -> list[Named]:
        """The names that may be meant, best first.

        First those that begin with what is typed, then those that sound so, then those that hold
        it, at last those whose detail holds it; within each in the order they were given.
        """
        plain = _bare(typed)
        if not plain:
            return self.names[:MOST_FOUND]
        found: dict[int, None] = {}
        for place in self._places(plain):
            found.setdefault(place)
            if len(found) == MOST_FOUND:
                break
        return [self.names[place] for place in found]

    def prepare(self) -> NameIndex:
        """Get everything ready that a search needs, on whichever thread; itself."""
        self._spell_all()
        _ready = self._names_text, self._sounds_text, self._details_text
        return self

    def near(self, typed: str) -> list[Named]:
        """Names of which what is typed may be a misspelling: alike, or sounding the same."""
        plain = _bare(typed)
        if len(plain) < 2:
            return []
        self._spell_all()
        sounds = [f"\n{each}" for each in spellings(plain) if len(each) > len(plain)]
        alike = []
        for place, name in enumerate(self._plain):
            common = sum(sign in name for sign in plain)
            if 2 * common >= min(len(plain), len(name)) or (common and len(name) == len(plain)):
                likeness = self._likeness(plain, place, sounds)
                if likeness >= LEAST_LIKENESS:
                    alike.append((-likeness, place))
        return [self.names[place] for _likeness, place in sorted(alike)[:MOST_NEAR]]

    def _likeness(self, plain: str, place: int, sounds: list[str]) -> float:
        """How alike two names are, from 0 to 1; one that sounds the same is nearly the same."""
        name = self._plain[place]
        whole = self._sounds[place] + "\n"
        if len(name) == len(plain) and any(f"{each}\n" in whole for each in sounds):
            return 0.95
        if plain in name or (len(name) > 1 and name in plain):
            return 0.9
        return SequenceMatcher(None, plain, name).ratio()

    def _spell_all(self) -> None:
        """Spell the names that are not spelt yet."""
        while self.warm():
            pass

    def _places(self, plain: str) -> Iterator[int]:
        """Where names fit, the best fit first; a place comes again for each way it fits."""
        names = self._names_text
        ways = [names.places(_BEGIN + plain + _END), names.places(_BEGIN + plain)]
        if plain.isascii():
            self._spell_all()
            sound = plain.replace(" ", "").replace("'", "")
            ways.append(self._sounds_text.places(f"\n{sound}"))
            ways.append(names.places(plain))
            ways.append(self._sounds_text.places(sound) if len(sound) > 1 else iter(()))
        else:
            ways.append(names.places(plain))
        ways.append(self._details_text.places(plain))
        return chain.from_iterable(ways)

    @cached_property
    def _names_text(self) -> _Text:
        return _Text(_BEGIN + each + _END for each in self._plain)

    @cached_property
    def _sounds_text(self) -> _Text:
        """Of all sounds; it is asked for once they are spelt."""
        return _Text(each + _END for each in self._sounds)

    @cached_property
    def _details_text(self) -> _Text:
        return _Text(each.more.lower() + _END for each in self.names)


class _Text:
    """Many short texts as a long one, which is searched without a loop over them."""

    def __init__(self, parts: Iterable[str]) -> None:
        parts = list(parts)
        self._whole = "".join(parts)
        self._ends = list(accumulate(map(len, parts)))

    def places(self, wanted: str) -> Iterator[int]:
        """Which of the texts hold something, in order."""
        found = self._whole.find(wanted)
        while found >= 0:
            place = bisect_right(self._ends, found)
            yield place
            found = self._whole.find(wanted, self._ends[place])


def is_no_name(typed: str) -> bool:
    """Whether nobody is to be called this: pinyin, initials or a number, such as zx or 0308."""
    if not any(map(str.isalpha, typed)):
        return True
    return typed.isascii() and typed.isalpha() and typed.islower()


def _bare(typed: str) -> str:
    """What is typed, half-width, small and without the spaces around it."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


@lru_cache(maxsize=60_000)
def _sound(name: str) -> str:
    """All spellings of a name, each after a line break."""
    return "".join(f"\n{each}" for each in spellings(name))
