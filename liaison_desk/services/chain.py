"""来龙去脉: everything a record came from, and everything that came of it. Reading only.

Nothing here is written for one type: the stations of the loop are named once, and what leads from
one to another is read from the links that the records declare. A record that is no station but
names two of them, as a conversion or a topic of a meeting does, joins those two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.conversion import FROM, INTO, Conversion
from liaison_desk.domain.record import Record
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.services.chain_of_person import around
from liaison_desk.services.stations import (
    MOST_OF_ONE,
    STATIONS,
    Chain,
    Edge,
    in_order,
    key_of,
    node_of,
    stage_of,
)
from liaison_desk.store.links import Links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.services.desk import Desk

MOST = 400
"""A chain ends after so many stations."""


def chain_of(desk: Desk, record: Record) -> Chain:
    """The chain of a record: its own way for a station, and what hangs on it for a person."""
    if isinstance(record, STATIONS):
        return _Walk(desk).chain(record)
    return around(desk, record)


# -- what leads where, from the declarations --------------------------------------------------


@dataclass(frozen=True)
class _Joint:
    """A type that joins stations: the fields that name where it comes from and leads to."""

    record_type: type[Record]
    sources: tuple[str, ...]
    targets: tuple[str, ...]


def _station_links(record_type: type[Record]) -> dict[str, type[Record]]:
    """The link fields of a type that name stations."""
    links = {name: BY_TABLE[kind.to] for name, kind in record_type.links().items()}
    return {name: kind for name, kind in links.items() if kind in STATIONS}


def _make_joints() -> tuple[_Joint, ...]:
    """The types that join stations; what comes earlier in the loop leads to what comes later."""
    found = []
    for kind in RECORD_TYPES:
        links = _station_links(kind)
        if kind in STATIONS or len(links) < 2:
            continue
        if kind is Conversion:
            sources = [name for name in links if name.startswith(FROM)]
            targets = [name for name in links if name.startswith(INTO)]
        else:
            sources, targets = (
                [name] for name in sorted(links, key=lambda each: stage_of(links[each]))
            )
        found.append(_Joint(kind, tuple(sources), tuple(targets)))
    return tuple(found)


_LINKS = {each: _station_links(each) for each in RECORD_TYPES}
"""The link fields of each type that name stations."""
_JOINTS = _make_joints()
_CHILDREN = {
    station: [(each, n) for each in STATIONS for n, kind in _LINKS[each].items() if kind is station]
    for station in STATIONS
}
"""The stations that name one of each type, and by which field."""
_LEAVES = {
    station
    for station in STATIONS
    if not _CHILDREN[station]
    and not any(station in _LINKS[each.record_type].values() for each in _JOINTS)
}
"""Stations that nothing can come of: they only tell about another."""


# -- walking ----------------------------------------------------------------------------------

_Step = Callable[[list[Record]], Iterator[Record]]


class _Walk:
    """Gathers one chain, a whole generation at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._links = Links(desk.database)
        self._found: dict[str, Record] = {}
        self._unseen: set[str] = set()

    def chain(self, start: Record) -> Chain:
        """Up and down from a record; what only tells about another goes from that one.

        On the way up the other branches stay aside, but what tells about a station comes along,
        and on the way down whatever else a station came from directly.
        """
        anchors = (list(self._parents([start])) if type(start) in _LEAVES else []) or [start]
        self._add([start])
        above = self._follow(anchors, self._above)
        below = self._follow(anchors, self._below)
        self._add(self._declared_children(above, leaves_only=True))
        self._add(self._parents(below))
        return Chain(
            key_of(start.table, start.id),
            tuple(sorted((node_of(self._desk, each) for each in self._kept), key=in_order)),
            tuple(self._edges()),
            {("", ""): len(self._unseen)} if self._unseen else {},
        )

    @property
    def _kept(self) -> list[Record]:
        return list(self._found.values())

    def _follow(self, anchors: list[Record], step: _Step) -> list[Record]:
        """Everything that is reached by going on and on one way; the anchors too."""
        reached = {key_of(each.table, each.id): each for each in anchors}
        self._add(anchors)
        fresh = anchors
        while fresh and len(self._found) < MOST:
            following = {key_of(each.table, each.id): each for each in step(fresh)}
            fresh = [each for key, each in following.items() if key not in reached]
            reached |= following
            self._add(fresh)
        return list(reached.values())

    def _add(self, records: Iterable[Record]) -> None:
        for each in records:
            key = key_of(each.table, each.id)
            if len(self._found) < MOST:
                self._found.setdefault(key, each)
            elif key not in self._found:
                self._unseen.add(key)

    def _above(self, records: list[Record]) -> Iterator[Record]:
        """Where these records came from."""
        yield from self._parents(records)
        yield from self._joined(records, upwards=True)

    def _below(self, records: list[Record]) -> Iterator[Record]:
        """What came of these records."""
        yield from self._declared_children(records)
        yield from self._joined(records, upwards=False)

    def _parents(self, records: Iterable[Record]) -> Iterator[Record]:
        """The stations that these records name themselves."""
        wanted: dict[type[Record], list[str]] = {}
        for record in records:
            for name, kind in _LINKS[type(record)].items():
                if getattr(record, name):
                    wanted.setdefault(kind, []).append(getattr(record, name))
        for kind, ids in wanted.items():
            yield from self._living(kind, ids)

    def _declared_children(
        self, records: list[Record], *, leaves_only: bool = False
    ) -> Iterator[Record]:
        """The stations that name one of these records."""
        for kind, of_kind in _by_type(records).items():
            for child, name in _CHILDREN[kind]:
                if leaves_only and child not in _LEAVES:
                    continue
                yield from self._living(child, self._few(child, name, list(of_kind)))

    def _joined(self, records: list[Record], *, upwards: bool) -> Iterator[Record]:
        """The stations that joints lead to from these records."""
        for kind, of_kind in _by_type(records).items():
            for joint in _JOINTS:
                near, far = joint.sources, joint.targets
                if upwards:
                    near, far = far, near
                links = _LINKS[joint.record_type]
                for name in (each for each in near if links[each] is kind):
                    ids = self._few(joint.record_type, name, list(of_kind))
                    joints = self._desk.many(joint.record_type, ids)
                    for other in far:
                        yield from self._living(links[other], [getattr(e, other) for e in joints])

    def _few(self, kind: type[Record], name: str, targets: list[str]) -> list[str]:
        """The newest records that name each of `targets`; the others are counted."""
        found = []
        for ids in self._links.living(kind, name, targets).values():
            found += ids[-MOST_OF_ONE:]
            self._unseen |= {key_of(kind.table, each) for each in ids[:-MOST_OF_ONE]}
        return found

    def _living(self, kind: type[Record], ids: Iterable[str | None]) -> list[Record]:
        found = self._desk.many(kind, [each for each in dict.fromkeys(ids) if each])
        return [each for each in found if not each.removed_at]

    def _edges(self) -> Iterator[Edge]:
        """What led to what among the stations found."""
        for key, record in self._found.items():
            for name, kind in _LINKS[type(record)].items():
                source = key_of(kind.table, getattr(record, name) or "")
                if source in self._found and source != key:
                    yield Edge(source, key)
        yield from dict.fromkeys(self._joint_edges())

    def _joint_edges(self) -> Iterator[Edge]:
        of_type = _by_type(self._kept)
        for joint in _JOINTS:
            links = _LINKS[joint.record_type]
            for name in joint.sources:
                near = self._links.living(
                    joint.record_type, name, list(of_type.get(links[name], ()))
                )
                ids = [each for several in near.values() for each in several]
                for each in self._desk.many(joint.record_type, ids):
                    source = key_of(links[name].table, getattr(each, name))
                    for other in joint.targets:
                        target = key_of(links[other].table, getattr(each, other) or "")
                        if target in self._found and target != source:
                            yield Edge(source, target, joint.record_type is Conversion)


def _by_type(records: Iterable[Record]) -> dict[type[Record], dict[str, Record]]:
    """Records sorted by type, by id."""
    found: dict[type[Record], dict[str, Record]] = {}
    for each in records:
        found.setdefault(type(each), {})[each.id] = each
    return found
