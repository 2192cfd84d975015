"""Finding records by any words in them: exact, from the first character.

Every Chinese character is one token of an FTS5 index, so a word of Chinese is a phrase. What the
index proposes is compared with the text itself, so a hit is always a true substring; words
without Chinese (numbers, Latin) are looked for in the text directly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import Day, Flag, Link, Moment, Number

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from liaison_desk.domain.record import Record

_MOST_PHRASES = 50
"""A query of the index may nest no deeper than 256; the text itself decides anyway."""
_CHINESE = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+")


def sort_key(text: str | int | None) -> bytes | int | None:
    """The order of a Chinese list: GB 18030 has the 3,755 common characters by pinyin."""
    return text.encode("gb18030", "replace") if isinstance(text, str) else text


def body_of(record: Record) -> str:
    """All the text of a record that can be searched for."""
    skipped = (Link, Day, Moment, Number, Flag)
    shown = (
        getattr(record, name)
        for name, kind in record.fields().items()
        if not isinstance(kind, skipped)
    )
    return "\n".join(filter(None, shown)).casefold()


def tokens_of(body: str) -> str:
    """Each Chinese character as an ASCII token, whatever Unicode version SQLite knows."""
    return " ".join(f"{ord(each):x}" for run in _CHINESE.findall(body) for each in run)


def index(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Bring the index in line with these records; call it inside their transaction."""
    for record in records:
        _forget(connection, record.id)
        if record.removed_at:
            continue
        body = body_of(record)
        cursor = connection.execute(
            "INSERT INTO search_text (record, record_table, body) VALUES (?, ?, ?)",
            (record.id, record.table, body),
        )
        connection.execute(
            "INSERT INTO search_index (rowid, tokens) VALUES (?, ?)",
            (cursor.lastrowid, tokens_of(body)),
        )


def hits(word: str) -> tuple[str, list[object]]:
    """A query for the ids of all records that hold a word, and its values."""
    plain = word.encode(errors="ignore").decode().casefold()
    runs = _CHINESE.findall(plain)
    if not runs:
        return "SELECT record FROM search_text WHERE instr(body, ?)", [plain]
    longest = sorted(set(runs), key=len, reverse=True)[:_MOST_PHRASES]
    phrases = " AND ".join(f'"{tokens_of(run)}"' for run in longest)
    return (
        "SELECT record FROM search_text WHERE number IN "
        "(SELECT rowid FROM search_index WHERE search_index MATCH ?) AND instr(body, ?)",
        [phrases, plain],
    )


def _forget(connection: sqlite3.Connection, record_id: str) -> None:
    """Take a record out of the index; a contentless index wants its old tokens back."""
    old = connection.execute(
        "SELECT number, body FROM search_text WHERE record = ?", (record_id,)
    ).fetchone()
    if old is None:
        return
    connection.execute(
        "INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', ?, ?)",
        (old["number"], tokens_of(old["body"])),
    )
    connection.execute("DELETE FROM search_text WHERE number = ?", (old["number"],))
