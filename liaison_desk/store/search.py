"""Finding records by any words in them: exact, from the first character.

A text is indexed as one token for each of its characters, so that any part of it is a phrase of
the FTS5 index and a hit is always a true substring. A Chinese character is a token by itself; a
letter, digit or sign brings the two that follow it along (`138` gives 138, 38, 8), or the lists of
the few digits there are would be too long to read. The sound of a person's name is one token, that
is found from its beginning.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING
from zlib import crc32

from liaison_desk.domain import names

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database

SPAN = 40
"""Bits of an entry's number that count the entries of its record type; the rest name the type."""
_CHINESE = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
SPOKEN = "\x81"
"""Stands before the sound of a name; no text has it, nor `_GAP`."""
_GAP = "\x80"
"""The token between words that do not touch."""
_PARTS = re.compile(rf"[{_CHINESE}]|{SPOKEN}[a-z0-9]+|[^\s{_CHINESE}{SPOKEN}]+|\s+|{SPOKEN}")
_CHINESE_SIGN = re.compile(rf"[{_CHINESE}]")
_STAND_IN = re.compile("[\ue000-\uf8ff]")
_SOUND = re.compile(r"[a-z0-9]{2,}")
_TRAIL = 3
"""How many letters or digits a token holds."""
_SIGNS = str.maketrans(
    {sign: 0xFDD0 + place for place, sign in enumerate("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")}
)
"""The signs that FTS5 would leave out, as characters that Unicode gives to nobody."""


def sort_key(text: str | int | None) -> bytes | int | None:
    """The order of a Chinese list: GB 18030 has the 3,755 common characters by pinyin."""
    return text.encode("gb18030", "replace") if isinstance(text, str) else text


def folded(text: str) -> str:
    """A text as it is compared: capital like small, full-width like half-width.

    The stand-ins that old files have for rare characters are like those characters.
    """
    if _STAND_IN.search(text):
        text = names.with_real_characters(text)
    return unicodedata.normalize("NFKC", text).casefold()


def tokens_of(body: str) -> str:
    """The tokens of a folded text; the sounds of names are in it as words after `SPOKEN`."""
    tokens: list[str] = []
    for part in _PARTS.findall(body):
        if part.isspace():
            tokens.append(_GAP)
        elif part[0] == SPOKEN or _CHINESE_SIGN.match(part):
            tokens.append(part)
        else:
            tokens += _trails(part)
    return " ".join(tokens)


def base_of(table: str) -> int:
    """The number before the first entry of a table's records; the same in every version."""
    return (crc32(table.encode()) & 0x3FFFFF) << SPAN


def hits(word: str, table: str = "") -> tuple[str, list[object]]:
    """A query for the ids of the records, of one table or of all, that hold a word."""
    asked = expression(word)
    if not asked:
        return "SELECT record FROM search_record", []
    limit, values = _range(table)
    return (
        "SELECT record FROM search_record WHERE number IN "
        f"(SELECT rowid FROM search_index WHERE search_index MATCH ?{limit})",
        [asked, *values],
    )


def expression(words: str, column: str = "") -> str:
    """What FTS5 is asked for records that hold every word; "" when there is none.

    Args:
        words: as typed.
        column: `head` or `body` to look there alone.
    """
    plain = folded(words.encode(errors="ignore").decode()).split()
    limit = f"{column}: " if column else ""
    return " AND ".join(f"{limit}({_either(word)})" for word in dict.fromkeys(plain))


class Search:
    """Counts and lists what holds some words, in every type of record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, record_type: type[Record], words: str) -> int:
        """How many records of a type hold every word."""
        limit, values = _range(record_type.table)
        rows = self._database.read(
            f"SELECT count(*) AS n FROM search_index WHERE search_index MATCH ?{limit}",
            [expression(words), *values],
        )
        return int(rows[0]["n"])

    def ids(self, record_type: type[Record], words: str, most: int) -> list[str]:
        """Records of a type that hold every word: called so first, then changed last first."""
        numbers: dict[int, None] = {}
        limit, values = _range(record_type.table)
        for column in ("head", ""):
            rows = self._database.read(
                f"SELECT rowid FROM search_index WHERE search_index MATCH ?{limit} "
                "ORDER BY +rowid DESC LIMIT ?",  # without the + FTS5 reads backwards and skips some
                [expression(words, column), *values, most],
            )
            numbers |= {row["rowid"]: None for row in rows}
        return self._records(list(numbers)[:most])

    def _records(self, numbers: list[int]) -> list[str]:
        """The ids of the records of some entries, in this order."""
        rows = self._database.read(
            "SELECT record FROM json_each(?) AS wanted "
            "JOIN search_record ON number = wanted.value ORDER BY wanted.key",
            (json.dumps(numbers),),
        )
        return [row["record"] for row in rows]


def _range(table: str) -> tuple[str, list[object]]:
    """The limit of a query to the entries of a table, and its values."""
    if not table:
        return "", []
    base = base_of(table)
    return " AND rowid BETWEEN ? AND ?", [base, base + (1 << SPAN) - 1]


def _either(word: str) -> str:
    """A folded word, or the beginning of a name's sound."""
    phrase = _phrase(word)
    return f'{phrase} OR "{SPOKEN}{word}" *' if _SOUND.fullmatch(word) else phrase


def _phrase(word: str) -> str:
    """A folded word as a phrase: the tokens of its characters, the last one left open."""
    parts = _PARTS.findall(word)
    tokens = tokens_of(word).split(" ")
    if _CHINESE_SIGN.match(parts[-1]):
        return f'"{" ".join(tokens)}"'
    # What follows the word is not known: of its last letters only the first tokens are sure.
    unsure = min(len(parts[-1]), _TRAIL) - 1
    return f'"{" ".join(tokens[: len(tokens) - unsure])}" *'


def _trails(run: str) -> list[str]:
    """Each character of a run together with those that follow it."""
    plain = run.translate(_SIGNS)
    return [plain[place : place + _TRAIL] for place in range(len(plain))]
