"""Reading the records of a packet as if an enemy had written them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeGuard
from uuid import UUID

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.fields import Day, Field, Flag, Link, Moment, Number
from liaison_desk.domain.office import Office
from liaison_desk.services.handoff import errors, strict_json
from liaison_desk.services.handoff.packet_format import (
    BY_CARRIED_TABLE,
    LAST_MOMENT,
    STAMP,
    Limits,
)
from liaison_desk.store.repository import SYSTEM_FIELDS, WHOLE
from liaison_desk.store.stored import StoredRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LIVING = {"table", "id", "columns", "stamps"}
_REMOVED = {"table", "id", "removed_at", "stamps"}
_NAMED = _REMOVED | {"columns"}
_LARGEST = 2**53


def read_records(
    lines: Iterable[bytes], office: str, file_name: str, limits: Limits
) -> list[StoredRecord]:
    """Read and check every record, each by itself.

    Args:
        lines: one record each.
        office: id of the office that every record must belong to.
        file_name: the packet's, for the sentence.
        limits: how many there may be.

    Raises:
        PacketError: a line is no record of this office, or breaks a rule of its fields.
    """
    reader = RecordReader(office, file_name)
    found = []
    for number, line in enumerate(lines, 1):
        if number > limits.count:
            raise errors.unsafe(file_name, "记录太多")
        found.append(reader.read(line, number))
    return found


class RecordReader:
    """Reads one line after another; each id may come once."""

    def __init__(self, office: str, file_name: str) -> None:
        self._office = office
        self._name = file_name
        self._seen: set[str] = set()

    def read(self, line: bytes, number: int) -> StoredRecord:
        """One record, living or removed."""
        try:
            said = strict_json.loads(line)
        except strict_json.HostileJson as error:
            raise self._unsafe(number) from error
        if not isinstance(said, dict) or set(said) not in (_LIVING, _REMOVED, _NAMED):
            raise self._unsafe(number)
        table, record, stamps = said["table"], said["id"], said["stamps"]
        if not (isinstance(table, str) and is_uuid(record) and isinstance(stamps, dict)):
            raise self._unsafe(number)
        if table not in BY_CARRIED_TABLE:
            raise errors.newer(self._name)
        if record in self._seen:
            raise errors.invalid(self._name, "有两条记录用同一个编号")
        self._seen.add(record)
        if "removed_at" in said:
            name = said.get("columns", {})
            return self._removed(table, record, said["removed_at"], name, stamps, number)
        return self._living(table, record, said["columns"], stamps, number)

    def _removed(
        self,
        table: str,
        record: str,
        moment: object,
        name: object,
        stamps: dict[str, object],
        number: int,
    ) -> StoredRecord:
        """What tells that a record is gone; its name may come along, and nothing else of it."""
        if not (isinstance(moment, str) and _is_utc(moment)) or table == Office.table:
            raise self._unsafe(number)
        kind = BY_CARRIED_TABLE[table]
        if not isinstance(name, dict) or not set(name) <= {kind.headline} - set(kind.links()):
            raise self._unsafe(number)
        for each, value in name.items():
            self._check(kind.fields()[each], value, number, table)
        columns = {"removed_at": moment, **name}
        kept = self._stamps(stamps, set(columns), number)
        if set(kept) != set(columns):
            raise self._unsafe(number)
        return StoredRecord(table, record, columns, kept)

    def _living(
        self, table: str, record: str, columns: object, stamps: dict[str, object], number: int
    ) -> StoredRecord:
        """A record with what travelled of it."""
        if not isinstance(columns, dict):
            raise self._unsafe(number)
        kinds = BY_CARRIED_TABLE[table].fields()
        if not set(columns) <= {*SYSTEM_FIELDS, *kinds}:
            raise errors.newer(self._name)
        if columns.get("office") != self._office or columns.get("removed_at") != "":
            raise errors.invalid(self._name, "有的记录不属于报送单位")
        if table == Office.table and record != self._office:
            raise errors.invalid(self._name, "夹带了别的单位")
        for name, kind in kinds.items():
            if name in columns:
                self._check(kind, columns[name], number, table)
            elif kind.required:
                raise errors.invalid(self._name, f"第{number}条缺少“{kind.label}”")
        kept = self._stamps(stamps, {WHOLE, *columns}, number)
        if WHOLE not in kept:
            raise self._unsafe(number)
        return StoredRecord(table, record, columns, kept)

    def _check(self, kind: Field, value: object, number: int, table: str) -> None:
        """One column: its type, that it is written as we write it, and the field's own rules."""
        if not _is_column(kind, value):
            raise self._unsafe(number)
        problem = kind.problem(kind.from_column(value))
        if problem is not None:
            title = BY_CARRIED_TABLE[table].title
            raise errors.invalid(self._name, f"第{number}条{title}：{problem}")

    def _stamps(self, stamps: dict[str, object], allowed: set[str], number: int) -> dict[str, str]:
        """The stamps, of columns that travelled and from a time that can have been."""
        kept = {}
        for name, stamp in stamps.items():
            if name not in allowed or not isinstance(stamp, str) or not STAMP.fullmatch(stamp):
                raise self._unsafe(number)
            if not 0 < int(stamp[:12], 16) < LAST_MOMENT:
                raise errors.invalid(self._name, "记录的时间不可能，请核对乡镇电脑的日期")
            kept[name] = stamp
        return kept

    def _unsafe(self, number: int) -> errors.UnsafePacket:
        """The sentence for a line that no program of ours wrote."""
        return errors.unsafe(self._name, f"第{number}条记录的写法不对")


def check_links(records: Iterable[StoredRecord], contents: Mapping[str, str], name: str) -> None:
    """Check that the records hold together: every link leads to a record of the packet.

    Args:
        records: all of them.
        contents: the entries that hold attachments, by SHA-256.
        name: the packet's file name, for the sentence.

    Raises:
        InvalidPacket: a link leads nowhere, or an attachment has no content.
    """
    tables = {each.id: each.table for each in records}
    for each in records:
        kinds = BY_CARRIED_TABLE[each.table].links()
        for column, kind in kinds.items():
            target = each.columns.get(column)
            if target and tables.get(target) != kind.to:
                raise errors.invalid(name, f"“{kind.label}”指向包里没有的资料")
        if each.table == Attachment.table and "owner" in each.columns:
            if tables.get(each.columns["owner"]) != each.columns["owner_table"]:
                raise errors.invalid(name, "有的附件不知道属于哪条资料")
            if each.columns["sha256"] not in contents:
                raise errors.invalid(name, f"附件“{each.columns['name']}”的内容不在包里")


def is_uuid(text: object) -> TypeGuard[str]:
    """Whether a value is a UUID, written as we write it."""
    try:
        return isinstance(text, str) and str(UUID(text)) == text
    except ValueError:
        return False


def _is_column(kind: Field, value: object) -> bool:
    """Whether a value is what SQLite would keep for a kind of field, byte for byte."""
    if isinstance(kind, Flag):
        return type(value) is int and value in (0, 1)
    if isinstance(kind, Number):
        return value is None or (type(value) is int and 0 <= value <= _LARGEST)
    if isinstance(kind, Link):
        return value is None or is_uuid(value)
    if isinstance(kind, (Day, Moment)):
        return value is None or (isinstance(value, str) and _is_written(kind, value))
    return isinstance(value, str) and _is_encodable(value)


def _is_written(kind: Day | Moment, value: str) -> bool:
    """Whether a day or moment is written as we write it."""
    try:
        return bool(kind.to_column(kind.from_column(value)) == value != "")
    except ValueError:
        return False


def _is_encodable(text: str) -> bool:
    """Whether a text is Unicode; JSON can smuggle in halves of characters."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _is_utc(text: str) -> bool:
    """Whether a text is a moment in UTC as the recycle bin writes it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.isoformat(timespec="seconds") == text and text.endswith("+00:00")


def is_day(text: object) -> TypeGuard[str]:
    """Whether a value is a day in ISO 8601, written as we write it."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
