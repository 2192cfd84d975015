"""Which kind of page shows the records of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.ui.record_page import RecordPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.ui.page import Page


def kind_for(kinds: Sequence[type[Page]], table: str) -> type[Page] | None:
    """The kind of page that shows the records of a table, rather than counting them."""
    for kind in kinds:
        if issubclass(kind, RecordPage) and kind.record_type.table == table:
            return kind
    shown = [kind for kind in kinds if any(each.table == table for each in kind.record_types)]
    # A page of other records merely follows these, as that of the topics their workflows.
    for kind in sorted(shown, key=lambda kind: issubclass(kind, RecordPage)):
        if not kind.is_overview:
            return kind
    return None


def own_tables(kinds: Sequence[type[Page]]) -> set[str]:
    """The tables whose records a page shows by themselves, not as parts of others."""
    lists = {kind.record_type.table for kind in kinds if issubclass(kind, RecordPage)}
    return lists | {
        each.table
        for kind in kinds
        if not issubclass(kind, RecordPage) and not kind.is_overview
        for each in kind.record_types
        if not each.parent
    }
