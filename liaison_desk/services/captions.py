"""What many records are called, read at once rather than one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.registry import BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


def captions(desk: Desk, records: Sequence[Record]) -> list[str]:
    """What records of one type are called, in their order; a link to a link is followed.

    A record whose link leads nowhere is called what it says itself.
    """
    link = records[0].links().get(records[0].headline) if records else None
    if link is None:
        return [each.caption for each in records]
    targets = [getattr(each, each.headline) for each in records]
    linked = desk.many(BY_TABLE[link.to], [*dict.fromkeys(filter(None, targets))])
    names = dict(zip((each.id for each in linked), captions(desk, linked), strict=True))
    return [
        names.get(target) or each.caption for target, each in zip(targets, records, strict=True)
    ]
