"""Which columns a list can have: those of its page, and every field its records declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.filters import is_bookkeeping
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.ui.record_table_model import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.domain.record import Record


def every_column(record_type: type[Record], shown: Sequence[Column]) -> tuple[Column, ...]:
    """The columns a page shows by itself, then the other fields of its records.

    Where the page shows fields of a linked record (`person.name`), the others of that record are
    among them. Heads differ: a linked record's field whose label is taken has the link's before it.
    """
    found = {column.label: column for column in shown}
    plain = {column.path for column in shown if column.compute is None}
    for path, label, link_label in _fields_of(record_type, shown):
        if path in plain:
            continue
        head = label if label not in found else f"{link_label}：{label}" if link_label else ""
        if head and head not in found:
            found[head] = Column(head, path)
    return tuple(found.values())


def columns_called(heads: Iterable[str], every: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with these heads, in this order; a head that is no more is passed over."""
    known = {column.label: column for column in every}
    return tuple(known[head] for head in dict.fromkeys(heads) if head in known)


def _fields_of(
    record_type: type[Record], shown: Sequence[Column]
) -> Iterable[tuple[str, str, str]]:
    """The path and label of each field, and the label of the link it is reached by."""
    for name, kind in record_type.fields().items():
        if not is_bookkeeping(kind):
            yield name, kind.label, ""
    followed = dict.fromkeys(c.path.partition(".")[0] for c in shown if "." in c.path)
    for name in followed:
        link = record_type.links()[name]
        for rest, kind in BY_TABLE[link.to].fields().items():
            if not is_bookkeeping(kind):
                yield f"{name}.{rest}", kind.label, link.label
