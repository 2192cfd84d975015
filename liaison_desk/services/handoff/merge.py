"""What a packet would change at this desk: a pure plan.

Every column of every record is a register of its own in which the value with the higher stamp
stays. The outcome is the same whatever the order in which packets arrive and however often: a
stamp belongs to one change for ever, and a packet says for each column the last one it knows.
A column that did not travel has the empty stamp, which is lower than any.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.services.handoff.errors import ClashingRecord
from liaison_desk.store.repository import SYSTEM_FIELDS, WHOLE, RecordChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liaison_desk.services.handoff.content import PacketContent
    from liaison_desk.store.stored import StoredRecord

REMOVED = "removed_at"


@dataclass(frozen=True)
class Merged:
    """What becomes of one record.

    Attributes:
        incoming: as the packet has it.
        existing: as this desk has it, or None.
        change: what has to be written, or None.
        older: the columns in which this desk knows something newer that differs.
    """

    incoming: StoredRecord
    existing: StoredRecord | None
    change: RecordChange | None
    older: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        """Whether a living record appears that this desk did not have."""
        return not _is_living(self.existing) and self._lives_after

    @property
    def is_removed(self) -> bool:
        """Whether a living record goes to the recycle bin."""
        return _is_living(self.existing) and not self._lives_after

    @property
    def changed(self) -> tuple[str, ...]:
        """The columns of a record known before whose value becomes another."""
        if self.change is None or self.change.before is None or self.is_new or self.is_removed:
            return ()
        before, after = self.change.before, self.change.after
        return tuple(name for name in after if before[name] != after[name])

    @property
    def _lives_after(self) -> bool:
        """Whether the record is a living one in the end."""
        if self.change is not None and REMOVED in self.change.after:
            return not self.change.after[REMOVED]
        return _is_living(self.existing)


@dataclass(frozen=True)
class MergePlan:
    """What taking a packet in would do; see `report.describe` for the clerk's words.

    Attributes:
        content: the packet.
        merged: what becomes of each of its records, in its order.
        known: this desk's records that the plan was made from, by id.
        as_of: the stamp of this desk's last deed when the plan was made.
    """

    content: PacketContent
    merged: tuple[Merged, ...]
    known: Mapping[str, StoredRecord]
    as_of: str = ""

    @property
    def changes(self) -> list[RecordChange]:
        """Everything to be written, like with like."""
        places = {kind.table: place for place, kind in enumerate(RECORD_TYPES)}
        found = [each.change for each in self.merged if each.change is not None]
        return sorted(found, key=lambda each: (places[each.table], not each.is_new))

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return all(each.change is None for each in self.merged)


def plan_merge(content: PacketContent, existing: Mapping[str, StoredRecord]) -> MergePlan:
    """Decide what a packet changes.

    Args:
        content: a verified packet.
        existing: what this desk has under the packet's ids, of whatever table and office;
            other records in it do no harm.

    Raises:
        ClashingRecord: an id is another office's or another type's here.
    """
    office = content.manifest.office
    for each in content.records:
        known = existing.get(each.id)
        if known is not None and (known.columns["office"], known.table) != (office, each.table):
            raise ClashingRecord(
                f"“{content.path.name}”里有的资料编号与本机其他单位的资料相同，没有接收，"
                "资料没有改动。请与报送单位联系，核对是不是报错了文件。"
            )
    merged = tuple(_merged(each, existing.get(each.id), office) for each in content.records)
    return MergePlan(content, merged, existing)


def _merged(incoming: StoredRecord, existing: StoredRecord | None, office: str) -> Merged:
    """One record."""
    if existing is None:
        return Merged(incoming, None, _first(incoming, office), ())
    if not any(existing.stamps.values()):
        return Merged(incoming, existing, _again(incoming, existing, office), ())
    taken, older = [], []
    for name, value in incoming.columns.items():
        theirs, ours = incoming.stamp_of(name), existing.stamp_of(name)
        if _is_newer(theirs, value, ours, existing.columns[name]):
            taken.append(name)
        elif theirs < ours and value != existing.columns[name]:
            older.append(name)
    if not taken:
        return Merged(incoming, existing, None, tuple(older))
    change = RecordChange(
        incoming.table,
        incoming.id,
        {name: existing.columns[name] for name in taken},
        {name: incoming.columns[name] for name in taken},
        {name: incoming.stamp_of(name) for name in taken},
    )
    return Merged(incoming, existing, change, tuple(older))


def _is_newer(theirs: str, value: Any, ours: str, known: Any) -> bool:  # noqa: ANN401  # any column
    """Whether a packet's value replaces the one here.

    Two values under one stamp come only from a tampered packet or a copied data file; choosing by
    value keeps the outcome independent of the order even then.
    """
    if theirs != ours:
        return theirs > ours
    return value != known and json.dumps(value) > json.dumps(known)


def _first(incoming: StoredRecord, office: str) -> RecordChange:
    """A record that was never here: what did not travel is empty, and nothing is known of it."""
    columns = _whole(incoming, office)
    stamps = {WHOLE: "", **incoming.stamps}
    if stamps[WHOLE]:
        stamps |= {name: "" for name in columns if name not in incoming.columns}
    return RecordChange(incoming.table, incoming.id, None, columns, stamps)


def _again(incoming: StoredRecord, existing: StoredRecord, office: str) -> RecordChange:
    """A record whose reception was undone: as if it had never been here."""
    columns = _whole(incoming, office)
    stamps = {name: incoming.stamp_of(name) for name in incoming.columns}
    stamps |= {name: "" for name in columns if name not in incoming.columns}
    stamps[WHOLE] = incoming.stamps.get(WHOLE, "")
    before = {name: existing.columns[name] for name in columns}
    return RecordChange(incoming.table, incoming.id, before, columns, stamps)


def _whole(incoming: StoredRecord, office: str) -> dict[str, Any]:
    """Every column of a record; empty where nothing travelled."""
    kinds = BY_TABLE[incoming.table].fields()
    empty = {name: kind.to_column(kind.empty) for name, kind in kinds.items()}
    ordered = dict.fromkeys(SYSTEM_FIELDS, "") | empty
    return ordered | {"office": office} | dict(incoming.columns)


def _is_living(record: StoredRecord | None) -> bool:
    """Whether a record is here and not in the recycle bin."""
    return record is not None and not record.columns[REMOVED]
