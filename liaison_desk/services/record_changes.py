"""Changes of records as plain values: what makes one another, takes one back or makes it again."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from liaison_desk.store.repository import WHOLE, RecordChange, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liaison_desk.domain.record import Record
    from liaison_desk.store.repository import Deed


def change_between(before: Record | None, after: Record) -> RecordChange | None:
    """What has to change for a record to become another; None when nothing has to."""
    new = columns_of(after)
    if before is None:
        return RecordChange(after.table, after.id, None, new)
    old = columns_of(before)
    differing = [name for name in new if new[name] != old[name]]
    if not differing:
        return None
    return RecordChange(
        after.table,
        after.id,
        {name: old[name] for name in differing},
        {name: new[name] for name in differing},
    )


def stamped(change: RecordChange, stamp: str) -> RecordChange:
    """A change of this desk's own, stamped."""
    names = [WHOLE] if change.is_new else list(change.after)
    return dataclasses.replace(change, stamps=dict.fromkeys(names, stamp))


def is_work_of(deed: Deed, change: RecordChange) -> bool:
    """Whether a change was made at this desk by a deed, rather than taken in from another desk."""
    return set(change.stamps.values()) == {deed.stamp}


def taken_back(
    change: RecordChange, deed: Deed, moment: str, earlier: Mapping[str, Mapping[str, str]]
) -> RecordChange:
    """What takes a change of a deed back; a new record goes to the recycle bin.

    One taken in from another desk gets its old stamps back as well: a stamp of this desk would
    outrank the sender's for ever, and the same packet could not be taken in again.

    Args:
        change: what was done.
        deed: as part of what.
        moment: when the new record is removed (ISO 8601, UTC).
        earlier: the stamps before the deed by record and field, where it took anything in.
    """
    if change.before is None:
        before, after = {"removed_at": change.after["removed_at"]}, {"removed_at": moment}
    else:
        before, after = change.after, change.before
    stamps: dict[str, str] = {}
    if not is_work_of(deed, change):
        old = earlier.get(change.record, {})
        stamps = {name: old.get(name, old.get(WHOLE, "")) for name in change.stamps}
    return RecordChange(change.table, change.record, before, after, stamps)


def done_again(change: RecordChange, deed: Deed) -> RecordChange:
    """What makes an undone change of a deed again; the new record comes out of the recycle bin."""
    stamps = {} if is_work_of(deed, change) else change.stamps
    if change.before is None:
        kept = {"removed_at": change.after["removed_at"]}
        return RecordChange(change.table, change.record, {}, kept, stamps)
    return dataclasses.replace(change, stamps=stamps)
