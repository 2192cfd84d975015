"""What hangs on a person, an agency or a village: no chain of events, but where they appear."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import BY_TABLE, links_to
from liaison_desk.services.stations import MOST_OF_ONE, Chain, Edge, Node, key_of, node_of
from liaison_desk.store.links import Links

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

_NOT_SHOWN = {"merged_into"}
_FIRST = -2
"""The column of whom it is all about, before every other."""


def around(desk: Desk, record: Record) -> Chain:
    """Where a person (for a seat: the one who holds it), an agency or a village appears."""
    here = _whose(desk, record)
    links = Links(desk.database)
    nodes, edges = [replace(node_of(desk, here), stage=_FIRST)], []
    left_out: dict[tuple[str, str], int] = {}
    for kind, name in links_to(type(here)):
        if name in _NOT_SHOWN:
            continue
        ids = links.living(kind, name, [here.id]).get(here.id, [])
        is_own = name == kind.parent or _is_part(kind, type(here))
        word = kind.title if is_own else kind.fields()[name].label
        shown = _nodes(desk, desk.many(kind, ids[-MOST_OF_ONE:]), type(here), word)
        nodes += shown
        edges += [Edge(key_of(here.table, here.id), each.key) for each in shown]
        if shown and len(ids) > len(shown):
            left_out[shown[0].table, word] = len(ids) - len(shown)
    nodes.sort(key=lambda node: node.stage)
    return Chain(nodes[0].key, tuple(nodes), tuple(edges), left_out, is_grouped=True)


def _whose(desk: Desk, record: Record) -> Record:
    """The person who holds a seat, or the record itself."""
    person = desk.get(Person, record.person) if isinstance(record, Membership) else None
    return person or record


def _is_part(kind: type[Record], around_type: type[Record]) -> bool:
    """Whether records of a type are parts of what happened rather than of whom it happened to."""
    return bool(kind.parent) and kind.links()[kind.parent].to != around_type.table


def _nodes(desk: Desk, records: list[Record], around_type: type[Record], word: str) -> list[Node]:
    """The records, or what they are parts of, newest first; each once."""
    found: dict[str, Node] = {}
    for each in records:
        shown = each
        if _is_part(type(each), around_type):
            parent = BY_TABLE[each.links()[each.parent].to]
            shown = desk.get(parent, getattr(each, each.parent)) or each
        if shown.removed_at:
            continue
        key = f"{key_of(shown.table, shown.id)}/{word}"
        found.setdefault(key, node_of(desk, shown, key, word))
    return sorted(
        found.values(), key=lambda node: node.day.isoformat() if node.day else "", reverse=True
    )
