"""What a record is a part of: the page of its whole is where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

WITH_PAGES = frozenset({"minutes", "membership"})
"""Parts of a record that have a page, and so a history, of their own."""
SHOWN_ALONE = WITH_PAGES | {
    each.table for each in RECORD_TYPES if not each.parent and each is not Attachment
}
"""The types of record that are no parts of others."""
_LONGEST_WAY_UP = 4


def whole_of(desk: Desk, record: Record, tables: Collection[str] = SHOWN_ALONE) -> Record:
    """The record to be opened for a found one: itself where its type has a page, or its whole.

    Args:
        desk: the open desk.
        record: what was found.
        tables: the types that have pages.
    """
    for _ in range(_LONGEST_WAY_UP):
        above = None if record.table in tables else _above(desk, record)
        if above is None:
            break
        record = above
    return record


def kept_in(desk: Desk, record: Record) -> Record | None:
    """What a record is a part of, if it is one."""
    if isinstance(record, Attachment):
        kept_with = BY_TABLE.get(record.owner_table)
        return desk.get(kept_with, record.owner) if kept_with else None
    if record.parent:
        return desk.get(BY_TABLE[record.links()[record.parent].to], getattr(record, record.parent))
    return None


def _above(desk: Desk, record: Record) -> Record | None:
    """What a record is a part of, or the first record it links to."""
    whole = kept_in(desk, record)
    if whole is not None or record.parent:
        return whole
    linked = ((kind.to, getattr(record, name)) for name, kind in record.links().items())
    return next((desk.get(BY_TABLE[table], key) for table, key in linked if key), None)
