"""A new record in a form that another was turned into: where it came from until it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.short import short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

_KEY = "turned/from"
"""Under what a draft keeps it; no field is called so."""


def filled_from(blank: Record, record: Record) -> Record:
    """A page's blank record with what carried over, and its id."""
    values = {
        name: getattr(record, name)
        for name, kind in record.fields().items()
        if not kind.is_empty(getattr(record, name))
    }
    return with_values(blank, {**values, "id": record.id})


def words_of_source(desk: Desk, source: Record) -> str:
    """The line under the head of a new record."""
    caption = short(desk.caption(source.table, source.id), 30)
    return f"由{source.title}“{caption}”转来，保存后两条相互关联"


def draft_of_source(source: Record | None) -> dict[str, str]:
    """What a draft keeps of it."""
    return {_KEY: f"{source.table}/{source.id}"} if source else {}


def source_in_draft(desk: Desk, answers: Mapping[str, Any]) -> Record | None:
    """What a draft says it was turned from."""
    table, _, identity = str(answers.get(_KEY, "")).partition("/")
    return desk.get(BY_TABLE[table], identity) if table in BY_TABLE else None
