"""Whether a data file is well: the file, its links, attachments, log and search index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.store import search_mending
from liaison_desk.store.attachments import AttachmentContents, NotAsHashed
from liaison_desk.store.errors import DamagedFile
from liaison_desk.store.repository import columns_of, record_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database

MENDED = "查找索引已按资料重新编好，现在都找得到了。资料本身没有改动。"
WELL = "资料完好：文件、关联、附件、改动记录、查找索引都一致。"
_MOST_TOLD = 5
"""How many faults of the index are told one by one; it is mended as a whole."""


@dataclass(frozen=True)
class Findings:
    """What a check found, in sentences: what is not well, and what was not and is again."""

    faults: tuple[str, ...]
    mended: tuple[str, ...] = ()


def look_over(database: Database) -> Findings:
    """Check everything, and mend the search index, which can be made anew from the records.

    Raises:
        StoreError: the mended index cannot be written; nothing has changed.
    """
    wrong = _wrong_index(database)
    if wrong is None:
        return Findings(tuple(faults(database)))
    if wrong:
        with database.transaction() as connection:
            search_mending.rebuild(connection)
        wrong = [*wrong[:_MOST_TOLD], *_and_more(wrong), MENDED]
    others = _found(database, (_links, _attachments, _all_records))
    return Findings(tuple(others), tuple(wrong))


def _wrong_index(database: Database) -> list[str] | None:
    """What is wrong with the index; None where the file is too damaged to make it anew."""
    if _found(database, (_file,)):
        return None
    with database.snapshot():
        try:
            return list(dict.fromkeys(search_mending.faults(database)))
        except (DamagedFile, ValueError):
            return None


def faults(database: Database) -> list[str]:
    """Everything that is not well, in sentences; empty when all is. Nothing is mended."""
    return _found(database, (_file, _links, _attachments, _all_records, search_mending.faults))


def _found(database: Database, checks: Iterable[Callable[[Database], Iterable[str]]]) -> list[str]:
    """What some checks find, each sentence once."""
    found: list[str] = []
    with database.snapshot():
        for check in checks:
            try:
                found += check(database)
            except DamagedFile as error:
                found.append(str(error))
            except ValueError:  # no JSON, no date: the bytes of a text have changed
                found.append("文件内部有损坏：有的内容读不出来")
    return list(dict.fromkeys(found))


def _and_more(sentences: list[str]) -> list[str]:
    """How many are not told one by one."""
    more = len(sentences) - _MOST_TOLD
    return [f"还有{more}处与查找索引不一致"] if more > 0 else []


def _file(database: Database) -> Iterator[str]:
    """SQLite's own check of pages and indexes."""
    for row in database.read("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"文件内部有损坏：{row[0]}"


def _links(database: Database) -> Iterator[str]:
    """Links that lead nowhere."""
    for row in database.read("PRAGMA foreign_key_check"):
        table, parent = (
            BY_TABLE[name].title if name in BY_TABLE else name
            for name in (row["table"], row["parent"])
        )
        yield f"第{row['rowid']}条{table}指向不存在的{parent}"


def _attachments(database: Database) -> Iterator[str]:
    """Content that is missing or is not what its hash says, piece by piece, as it is large."""
    contents = AttachmentContents(database)
    # Of a file that was removed before it was ever sent a county knows no more than that.
    known = "WHERE sha256 <> '' OR removed_at = ''"
    for row in database.read(f"SELECT DISTINCT sha256 FROM attachment {known}"):
        wrong = _wrong_content(contents, row["sha256"])
        if not wrong:
            continue
        for each in database.read(
            "SELECT name, owner_table, owner FROM attachment WHERE sha256 = ?", (row["sha256"],)
        ):
            yield f"附件“{each['name']}”的内容{wrong}，{_owner(database, each)}"


def _wrong_content(contents: AttachmentContents, sha256: str) -> str:
    """What is wrong with a content, or ""."""
    if not contents.has(sha256):
        return "不见了"
    try:
        for _ in contents.pieces(sha256):
            pass
    except NotAsHashed:
        return "与校验码不符"
    return ""


def _owner(database: Database, attachment: sqlite3.Row) -> str:
    """Which record an attachment belongs to."""
    record_type = BY_TABLE.get(attachment["owner_table"])
    rows = (
        database.read(f"SELECT * FROM {record_type.table} WHERE id = ?", (attachment["owner"],))
        if record_type
        else []
    )
    if not record_type or not rows:
        return "它所属的资料也不见了"
    record = record_of(record_type, rows[0])
    return f"它属于{record.title}“{record.caption[:30]}”"


def _all_records(database: Database) -> Iterator[str]:
    """Records of every type."""
    for each in RECORD_TYPES:
        yield from _records(database, each)


def _records(database: Database, record_type: type[Record]) -> Iterator[str]:
    """Records that the log tells differently."""
    told = _as_logged(database, record_type.table)
    for row in database.read(f"SELECT * FROM {record_type.table}"):
        record = record_of(record_type, row)
        if not _agree(record, told.pop(record.id, None)):
            yield f"{record_type.title}“{record.caption[:30]}”与改动记录不一致"
    for record_id in told:
        yield f"改动记录里的{record_type.title}（{record_id[:8]}）不见了"


def _agree(record: Record, told: dict[str, object] | None) -> bool:
    """Whether a record is what its changes left; a newer column they do not know is empty."""
    if told is None:
        return False
    empty = columns_of(type(record)())
    kinds = record.fields()
    return all(
        value == told[name] if name in told else value in (empty[name], kinds[name].empty)
        for name, value in columns_of(record).items()
    )


def _as_logged(database: Database, table: str) -> dict[str, dict[str, object]]:
    """Every record of a table as its changes, one after another, leave it."""
    state: dict[str, dict[str, object]] = {}
    for row in database.read(
        "SELECT record, after FROM change WHERE record_table = ? ORDER BY rowid", (table,)
    ):
        state.setdefault(row["record"], {}).update(json.loads(row["after"]))
    return state
