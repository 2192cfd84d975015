"""What the clerk calls a record, for sentences about a data file that is not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.store.repository import record_of

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database


def called(database: Database, record: Record) -> str:
    """A record in the clerk's words: 出席“陆䶮”; a link is followed to a name."""
    named = record
    while (link := named.links().get(named.headline)) is not None:
        target = getattr(named, named.headline)
        rows = database.read(f"SELECT * FROM {link.to} WHERE id = ?", (target,))
        if not rows:
            return f"一条{record.title}"
        named = record_of(BY_TABLE[link.to], rows[0])
    return f"{record.title}“{named.caption[:30]}”"
