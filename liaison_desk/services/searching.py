"""Search everything: what holds some words, by type of record, with the words in context."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from liaison_desk.domain.fields import Flag, Link
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.wholes import kept_in
from liaison_desk.store.pinyin import spellings
from liaison_desk.store.search import Search, folded
from liaison_desk.store.search_index import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.domain.fields import Field
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

FEW, MANY = 5, 100
"""How many records of a type are shown at first, and when the clerk asks for more."""
BEFORE, AROUND = 8, 40
"""How many characters of a text are shown before the first hit, and in all."""
_SOUND = re.compile(r"\s*[a-z]{2,}(\s+[a-z]+)*\s*")
"""What can be the sound of a name: letters and nothing else."""


class Piece(NamedTuple):
    """A run of characters that is a hit, or is not."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Found:
    """One record that holds the words: what it is called, and where in it they are."""

    record: Record
    caption: tuple[Piece, ...]
    context: tuple[Piece, ...]


@dataclass(frozen=True)
class Group:
    """The records of one type that hold the words: how many, and the first of them."""

    record_type: type[Record]
    count: int
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Results:
    """All that was found for some words; `pages` are titles of pages."""

    words: str
    pages: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()


def search_everything(
    desk: Desk,
    words: str,
    *,
    pages: Sequence[str] = (),
    tables: Sequence[str] = (),
    wanted: type[Record] | None = None,
) -> Results:
    """Look for records that hold every word, and for pages that are called so.

    Args:
        desk: the open desk.
        words: what was typed.
        pages: the titles of the pages there are.
        tables: the types that come first, in this order; before them people, where what is
            typed can be the sound of a name or is in one.
        wanted: the type of which many are shown rather than a few.
    """
    if not folded(words).split():
        return Results(words)
    rank = {table: place for place, table in enumerate(tables)}
    if _SOUND.fullmatch(folded(words)):
        rank |= {Person.table: -2, Membership.table: -1}
    types = sorted(RECORD_TYPES, key=lambda each: rank.get(each.table, len(rank)))
    with desk.database.snapshot():
        searched = _Searched(desk, words)
        groups = [searched.group(each, MANY if each is wanted else FEW) for each in types]
    found = sorted((each for each in groups if each.count), key=lambda each: not _names(each))
    return Results(words, pages_called(words, pages), tuple(found))


def _names(group: Group) -> bool:
    """Whether a group is of people called as was typed: these come before what mentions them."""
    is_people = group.record_type in (Person, Membership)
    return is_people and any(piece.is_hit for found in group.found for piece in found.caption)


def pages_called(words: str, titles: Sequence[str]) -> tuple[str, ...]:
    """The titles that hold what was typed, or sound so: hsz is 回收站."""
    word = "".join(folded(words).split())
    is_sound = word.isascii() and len(word) > 1
    return tuple(
        title
        for title in titles
        if word in folded(title)
        or (is_sound and any(each.startswith(word) for each in spellings(title)))
    )


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """A text with folded words marked in it."""
    hits = _hits(text, words)
    pieces: list[Piece] = []
    for place, character in enumerate(text):
        is_hit = place in hits
        if pieces and pieces[-1].is_hit == is_hit:
            pieces[-1] = Piece(pieces[-1].text + character, is_hit)
        else:
            pieces.append(Piece(character, is_hit))
    return tuple(pieces)


class _Searched:
    """One search, while its groups are filled."""

    def __init__(self, desk: Desk, words: str) -> None:
        self._desk = desk
        self._words = words
        self._folded = folded(words).split()
        self._search = Search(desk.database)
        office = desk.office
        self._is_county = office is not None and office.is_county

    def group(self, record_type: type[Record], most: int) -> Group:
        """How many of a type there are, and the first of them."""
        count = self._search.count(record_type, self._words)
        ids = self._search.ids(record_type, self._words, most) if count else []
        records = self._desk.many(record_type, ids)
        return Group(record_type, count, tuple(self._found(each) for each in records))

    def _found(self, record: Record) -> Found:
        """A record as the clerk sees it among the results."""
        caption = self._desk.caption(record.table, record.id).replace("\n", " ")
        missing = [each for each in self._folded if each not in folded(caption)]
        context = [piece for line in self._lines_with(record, missing) for piece in line]
        return Found(
            record,
            _cut(marked(caption, self._folded)),
            (*map(Piece, self._place(record)), *(context or self._usual(record))),
        )

    def _lines_with(self, record: Record, words: list[str]) -> Iterator[tuple[Piece, ...]]:
        """The fields that hold words the caption does not hold, each word once."""
        missing = list(words)
        for name, text in self._texts(record):
            held = [each for each in missing if each in folded(text)]
            if held:
                missing = [each for each in missing if each not in held]
                kind = record.fields().get(name)
                shown = marked(text, held)
                if kind is not None:
                    shown = tuple(_veiled(each, kind) for each in shown)
                label = f"{kind.label}：" if kind is not None else ""
                yield (Piece(label), *_cut(shown), Piece("　"))

    def _texts(self, record: Record) -> Iterator[tuple[str, str]]:
        """Every field that is searched, with its text on one line."""
        for name, kind in record.fields().items():
            if not kind.searched or isinstance(kind, Flag) or name == record.parent:
                continue
            value = getattr(record, name)
            if isinstance(kind, Link):
                yield name, self._desk.caption(kind.to, value)
            else:
                yield name, words_of(kind, value).replace("\n", " ")
        yield from (("", each) for each in record.also_called())

    def _usual(self, record: Record) -> Iterator[Piece]:
        """What tells a record from others when its caption holds all words."""
        told = 0
        for name, text in self._texts(record):
            kind = record.fields().get(name)
            if kind is None or not kind.listed or name == record.headline or not text or told == 2:
                continue
            told += 1
            shown = kind.veiled(text if kind.personal else kind.format(getattr(record, name)))
            yield Piece(f"{_short(text if isinstance(kind, Link) else shown)}　")

    def _place(self, record: Record) -> Iterator[str]:
        """Whose a record is on a county's desk, and what it is a part of."""
        if self._is_county and not self._desk.is_own(record):
            yield f"{self._desk.caption('office', record.office)}　"
        above = kept_in(self._desk, record)
        if above is not None and record.headline != record.parent:
            yield f"{_short(self._desk.caption(above.table, above.id))}　"


def _hits(text: str, words: Sequence[str]) -> set[int]:
    """The places in a text whose characters belong to a word, whatever folding makes of them."""
    plain, places = [], []
    for place, character in enumerate(text):
        small = folded(character)
        plain.append(small)
        places += [place] * len(small)
    whole = "".join(plain)
    found: set[int] = set()
    for word in words:
        start = whole.find(word)
        while start >= 0:
            found.update(places[start : start + len(word)])
            start = whole.find(word, start + 1)
    return found


def _cut(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """As much of a text as there is room for, from a little before its first hit."""
    text = "".join(each.text for each in pieces)
    first = 0
    for each in pieces:
        if each.is_hit:
            break
        first += len(each.text)
    start = max(first - BEFORE, 0) if len(text) > AROUND and first < len(text) else 0
    kept: list[Piece] = [Piece("…")] if start else []
    place = 0
    for text_, is_hit in pieces:
        part = text_[max(start - place, 0) : max(start + AROUND - place, 0)]
        if part:
            kept.append(Piece(part, is_hit))
        place += len(text_)
    if place > start + AROUND:
        kept.append(Piece("…"))
    return tuple(kept)


def _veiled(piece: Piece, kind: Field) -> Piece:
    """Of a personal number only what was typed is shown."""
    if piece.is_hit:
        return piece
    return Piece("*" * len(piece.text) if kind.personal else kind.veiled(piece.text))


def _short(text: str) -> str:
    """One line, not longer than a snippet."""
    line = text.replace("\n", " ")
    return line if len(line) <= AROUND else f"{line[:AROUND]}…"
