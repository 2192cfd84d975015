"""Whether a data file is well: the file, its links, attachments, log and search index."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.store import search_mending
from liaison_desk.store.attachments import AttachmentContents, NotAsHashed
from liaison_desk.store.called import called
from liaison_desk.store.errors import DamagedFile
from liaison_desk.store.repository import columns_of, record_of
from liaison_desk.store.stopping import is_stopped, stoppable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database

MENDED = "查找索引已按资料重新编好，现在都找得到了。资料本身没有改动。"
WELL = "资料完好：文件、关联、附件、改动记录、查找索引都一致。"
WHAT_NEXT = (
    "程序没有动这些内容。请先不要删这份资料文件，也不要清理备份文件夹；"
    "附件坏了的，用原来的文件重新添加；别的请从出问题以前最近的一份备份打开，核对后接着用。"
)
_OTHER_TITLES = {
    "change": "改动记录",
    "deed": "操作记录",
    "attachment_content": "附件内容",
    "search_text": "查找索引",
    "search_record": "查找索引",
}
"""The tables beside those of the records."""
_MOST_LISTED = 20
"""How many faults the clerk reads one by one."""
_MOST_TOLD = 5
"""How many faults of the index are told one by one; it is mended as a whole."""


@dataclass(frozen=True)
class Findings:
    """What a check found, in sentences: what is not well, and what was not and is again."""

    faults: tuple[str, ...]
    mended: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What the clerk reads: the faults, what to do about them, and what was mended."""
        if not self.faults:
            return (*self.mended, WELL)
        more = len(self.faults) - _MOST_LISTED
        rest = [f"还有{more}处这样的问题"] if more > 0 else []
        return (*self.faults[:_MOST_LISTED], *rest, WHAT_NEXT, *self.mended)


def look_over(database: Database, progress: Progress = no_progress) -> Findings:
    """Check everything, and mend the search index, which can be made anew from the records.

    Raises:
        StoreError: the mended index cannot be written; nothing has changed.
        Cancelled: `progress` raised it; nothing has changed.
    """
    with stoppable(database.connection, lambda: progress(0, 0)):
        return _looked_over(database)


def _looked_over(database: Database) -> Findings:
    """The same, until it is stopped."""
    wrong = _wrong_index(database)
    if wrong is None:
        return Findings(tuple(faults(database)))
    if wrong:
        with database.transaction() as connection:
            search_mending.rebuild(connection)
        wrong = [*wrong[:_MOST_TOLD], *_and_more(wrong), MENDED]
    others = _found(database, (_office, _links, _attachments, _all_records))
    return Findings(tuple(others), tuple(wrong))


def _wrong_index(database: Database) -> list[str] | None:
    """What is wrong with the index; None where the file is too damaged to make it anew."""
    if _found(database, (_file,)):
        return None
    with database.snapshot():
        try:
            return list(dict.fromkeys(search_mending.faults(database)))
        except sqlite3.OperationalError as error:
            if is_stopped(error):
                raise
            return None
        except (DamagedFile, ValueError):
            return None


def faults(database: Database) -> list[str]:
    """Everything that is not well, in sentences; empty when all is. Nothing is mended."""
    checks = (_file, _office, _links, _attachments, _all_records, search_mending.faults)
    return _found(database, checks)


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
            except sqlite3.OperationalError as error:
                if is_stopped(error):
                    raise
                # a table or a column that another program took out
                found.append("文件内部有损坏：少了一部分，可能被别的程序改过")
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


def _office(database: Database) -> Iterator[str]:
    """A file with records that no longer knows whose they are: it would be taken for a new one."""
    own = database.setting("office")
    known = database.read("SELECT 1 FROM office WHERE id = ? AND removed_at = ''", (own,))
    has_begun = database.read("SELECT 1 FROM deed LIMIT 1")
    if has_begun and not (known and database.setting("desk")):
        yield "资料文件里找不到本室的登记，不知道这些资料是哪个单位的"


def _links(database: Database) -> Iterator[str]:
    """Links that lead nowhere, those of one kind together."""
    rows = database.read("PRAGMA foreign_key_check")
    for (table, parent), count in Counter((row["table"], row["parent"]) for row in rows).items():
        yield f"有{count}条{_title(table)}指向不存在的{_title(parent)}"


def _title(table: str) -> str:
    """What the clerk calls what a table holds."""
    return BY_TABLE[table].title if table in BY_TABLE else _OTHER_TITLES.get(table, "内容")


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
    return f"它属于{called(database, record_of(record_type, rows[0]))}"


def _all_records(database: Database) -> Iterator[str]:
    """Records of every type."""
    for each in RECORD_TYPES:
        yield from _records(database, each)


def _records(database: Database, record_type: type[Record]) -> Iterator[str]:
    """Records that the log tells differently."""
    told = _as_logged(database, record_type.table)
    for row in database.read(f"SELECT * FROM {record_type.table}"):
        record = record_of(record_type, row)
        if not _agree(record, json.loads(row["stamps"]), told.pop(record.id, None)):
            yield f"{called(database, record)}与改动记录不一致"
    for logged in told.values():
        name = record_type.headline
        value = record_type.fields()[name].from_column(logged.columns.get(name))
        lost = with_values(record_type(), {name: value})
        yield f"改动记录里的{called(database, lost)}不见了"


def _agree(record: Record, stamps: object, told: _Logged | None) -> bool:
    """Whether a record is what its changes left; a newer column they do not know is empty."""
    if told is None or stamps != told.stamps:
        return False
    empty = columns_of(type(record)())
    kinds = record.fields()
    return all(
        value == told.columns[name]
        if name in told.columns
        else value in (empty[name], kinds[name].empty)
        for name, value in columns_of(record).items()
    )


@dataclass
class _Logged:
    """A record as its changes, one after another, leave it: columns, and when each changed."""

    columns: dict[str, object] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)


def _as_logged(database: Database, table: str) -> dict[str, _Logged]:
    """Every record of a table as the log has it."""
    state: dict[str, _Logged] = {}
    for row in database.read(
        "SELECT record, after, stamps FROM change WHERE record_table = ? ORDER BY rowid", (table,)
    ):
        logged = state.setdefault(row["record"], _Logged())
        logged.columns.update(json.loads(row["after"]))
        logged.stamps.update(json.loads(row["stamps"]))
    return state
