"""What the records that a link can choose from are called, namesakes told apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import Text
from liaison_desk.domain.registry import BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

_TELLING = ("post", "contact")
"""Fields that tell namesakes apart; the first that a type has."""
_Row = tuple[str, str, str]
"""An id, a caption, and what tells it from its namesakes."""


def link_names(desk: Desk, table: str, office: str) -> list[tuple[str, str]]:
    """The ids and captions of an office's records, no caption twice."""
    return _told_apart(_rows(desk, BY_TABLE[table], office))


def link_name(desk: Desk, table: str, record_id: str | None) -> str:
    """What one record is called among its office's, or "" when there is none.

    Only those of its name are looked at. One in the recycle bin says so.
    """
    record = desk.get(BY_TABLE[table], record_id)
    if record is None:
        return ""
    if record.removed_at:
        return f"{desk.caption(table, record_id)}（已删除）"
    same = {record.headline: getattr(record, record.headline)}
    names = _told_apart(_rows(desk, BY_TABLE[table], record.office, **same))
    return dict(names).get(record.id, record.caption)


def _rows(desk: Desk, record_type: type[Record], office: str, **same: object) -> list[_Row]:
    """The records of an office, or those that have a value in common."""
    kinds = record_type.fields()
    telling = next((each for each in _TELLING if each in kinds), "")
    headline = record_type.headline
    if isinstance(kinds[headline], Text):
        unnamed = record_type().caption
        names = desk.queries.texts(record_type, (headline, telling), office=office, **same)
        return [(each, name or unnamed, more) for each, name, more in names]
    found = desk.find(record_type, office=office, **same)
    return [(each.id, each.caption, str(getattr(each, telling, ""))) for each in found]


def _told_apart(rows: Iterable[_Row]) -> list[tuple[str, str]]:
    """Ids and captions; what tells namesakes apart follows in brackets, or else 同名."""
    rows = list(rows)
    often = Counter(caption for _id, caption, _more in rows)
    numbers: Counter[str] = Counter()
    told = []
    for record_id, caption, more in rows:
        if often[caption] > 1:
            caption = f"{caption}（{more or '同名'}）"
            numbers[caption] += 1
            if numbers[caption] > 1:
                caption = f"{caption}{numbers[caption]}"
        told.append((record_id, caption))
    return told
