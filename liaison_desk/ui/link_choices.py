"""What the link fields of a form can choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context


def link_choices(
    context: Context, table: str, office: str, records: Iterable[Record]
) -> list[tuple[str, str]]:
    """The ids and captions of an office's records in a table.

    One that `records` link to and that is gone to the recycle bin is among them, or saving would
    lose it.
    """
    known = context.captions(table, office)
    gone = _linked_ids(records, table) - {each for each, _caption in known}
    if not gone:
        return known
    desk = context.desk
    return [*known, *((each, f"{desk.caption(table, each)}（已删除）") for each in gone)]


def _linked_ids(records: Iterable[Record], table: str) -> set[str]:
    """The ids in a table that records link to."""
    found = {
        getattr(record, name)
        for record in records
        for name, kind in record.links().items()
        if kind.to == table
    }
    return {each for each in found if each}
