"""Names, and how they are found while one types: by characters, pinyin or initials."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from liaison_desk.store.pinyin import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_FOUND = 40
MOST_NEAR = 3
LEAST_LIKENESS = 0.6
_NOWHERE = 9


class Named(NamedTuple):
    """A name to choose: whose, what it reads, and what tells it from its namesakes."""

    id: str
    caption: str
    more: str = ""


class NameIndex:
    """Names that are searched on every key; 10,000 of them in some 10 ms.

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
        ranks = self._ranks(plain)
        found = sorted((rank, place) for place, rank in enumerate(ranks) if rank < _NOWHERE)
        return [self.names[place] for _rank, place in found[:MOST_FOUND]]

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

    def _ranks(self, plain: str) -> list[int]:
        """How well each name fits."""
        holding = [
            (name != plain) if name.startswith(plain) else 3 if plain in name else _NOWHERE
            for name in self._plain
        ]
        holding = [
            5 if rank == _NOWHERE and plain in each.more.lower() else rank
            for rank, each in zip(holding, self.names, strict=True)
        ]
        if not plain.isascii():
            return holding
        self._spell_all()
        sound = plain.replace(" ", "").replace("'", "")
        begins, middle = f"\n{sound}", sound if len(sound) > 1 else "\n\n"
        return [
            min(rank, 2 if begins in each else 4 if middle in each else _NOWHERE)
            for rank, each in zip(holding, self._sounds, strict=True)
        ]


def _bare(typed: str) -> str:
    """What is typed, half-width, small and without the spaces around it."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


@lru_cache(maxsize=60_000)
def _sound(name: str) -> str:
    """All spellings of a name, each after a line break."""
    return "".join(f"\n{each}" for each in spellings(name))
