"""A merger taken apart: what came out of the recycle bin gets back what hung on it.

Read from the log of the deed that merged the two. Only what is still as the merger left it goes
back; what the clerk has changed since stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.wholes import kept_in
from liaison_desk.store.removed import RemovedRecords
from liaison_desk.store.repository import RecordChange, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


@dataclass
class _Net:
    """What a deed came to for one record: its columns before and after it."""

    table: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def add(self, change: RecordChange) -> None:
        """One more change of the record in that deed."""
        self.before = {**(change.before or {}), **self.before}
        self.after |= change.after


@dataclass(frozen=True)
class Merger:
    """A removed record that was merged, and the id of the one it was merged into."""

    gone: Record
    kept: str
    changes: Mapping[str, _Net]


def mergers(desk: Desk, removed: Iterable[Record]) -> list[Merger]:
    """Of some removed records those that were merged into another, the last merger first."""
    records = list(removed)
    deeds = RemovedRecords(desk.database).deeds(each.id for each in records)
    changes = {
        number: _net(desk.log.changes(number))
        for number in {each.number for each in deeds.values()}
    }
    found = []
    for record in sorted(records, key=lambda each: -deeds[each.id].number):
        nets = changes[deeds[record.id].number]
        kept = next(_led_to(record, nets), "")
        if kept:
            found.append(Merger(record, kept, nets))
    return found


def take_apart(desk: Desk, merger: Merger) -> None:
    """Let what the merger moved, filled in or joined be as before; inside a deed."""
    changes: dict[str, RecordChange] = {}
    for identity, net in merger.changes.items():
        record = desk.get(BY_TABLE[net.table], identity)
        now = columns_of(record) if record else {}
        back = {name: old for name, old in net.before.items() if now.get(name) == net.after[name]}
        was = {name: now[name] for name in back}
        changes[identity] = RecordChange(net.table, identity, was, back)
    kept = (_without_a_whole_gone(desk, each, changes) for each in changes.values())
    desk.write([each for each in kept if each.after])


def _net(changes: Iterable[RecordChange]) -> dict[str, _Net]:
    """What a deed came to, by record; new records aside."""
    found: dict[str, _Net] = {}
    for each in changes:
        if not each.is_new:
            found.setdefault(each.record, _Net(each.table)).add(each)
    return found


def _led_to(gone: Record, nets: Mapping[str, _Net]) -> Iterator[str]:
    """The ids that links to a record were led to instead, as only a merger does."""
    own = nets.get(gone.id)
    if own is not None and own.after.get("merged_into"):
        yield own.after["merged_into"]
    for net in nets.values():
        kind = BY_TABLE[net.table]
        names = [name for name, link in kind.links().items() if link.to == gone.table]
        for name in [*names, *(["owner"] if kind is Attachment else [])]:
            if net.before.get(name) == gone.id and net.after[name]:
                yield net.after[name]


def _without_a_whole_gone(
    desk: Desk, change: RecordChange, changes: Mapping[str, RecordChange]
) -> RecordChange:
    """The change, but a part stays in the recycle bin where its whole has gone there since."""
    record = desk.get(BY_TABLE[change.table], change.record)
    if record is None or "removed_at" not in change.after:
        return change
    whole = kept_in(desk, with_values(record, change.after))
    if whole is None or not whole.removed_at:
        return change
    returning = changes.get(whole.id)
    if returning is not None and "removed_at" in returning.after:
        return change
    was, after = (
        {name: value for name, value in values.items() if name != "removed_at"}
        for values in (change.before or {}, change.after)
    )
    return replace(change, before=was, after=after)
