"""Which records a form about one record means when it names a type of record.

The record itself, what it belongs to and what that belongs to is one thing each. What hangs on
these is a list, and so is what hangs on such a list or what its records belong to: from a topic to
its meetings, from there to their minutes and the matters that came of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.domain.village import Village

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record

_ONWARD: Mapping[type[Record], frozenset[type[Record]]] = {
    Office: frozenset(),
    Village: frozenset(),
    Agency: frozenset(),
    Person: frozenset({Membership}),
}
"""Where one may go on from what half the office hangs on: people's other doings are not meant."""
_FARTHEST = 6
"""Links that are followed from one record."""
_NOT_FOR_FORMS = {"code_word", "workflow", "workflow_step", "conversion", "attachment", "packet"}
FORM_TYPES = tuple(each for each in RECORD_TYPES if each.table not in _NOT_FOR_FORMS)
"""What a form can be about; not what the program keeps for itself."""


@dataclass(frozen=True)
class Step:
    """How one comes from a type of record to another.

    Attributes:
        near: the type one comes from.
        link: the field that links the two.
        is_up: whether it is a field of `near`; else one of the other type.
    """

    near: type[Record]
    link: str
    is_up: bool


class Surroundings:
    """Everything round one record, looked up when it is asked for.

    Args:
        read: where the records are.
        office: whose records they are.
        record: in the middle; None when all records of the office are meant.
    """

    def __init__(self, read: Reading, office: Office, record: Record | None) -> None:
        self._read = read
        self._office = office
        self._record = record
        self._ways = ways_from(type(record)) if record is not None else {}
        self._known: dict[type[Record], tuple[Record, ...]] = {}

    def of(self, wanted: type[Record]) -> tuple[Record, ...]:
        """The records of a type; all of the office when none hang together with the record."""
        if wanted not in self._known:
            self._known[wanted] = _newest(self._found(wanted))
        return self._known[wanted]

    @property
    def middle(self) -> type[Record]:
        """The type in the middle: of the record, or the office itself."""
        return type(self._record or self._office)

    def is_list(self, wanted: type[Record]) -> bool:
        """Whether there may be more than one."""
        if wanted is Office or wanted is type(self._record):
            return False
        steps = self._ways.get(wanted)
        return steps is None or any(not each.is_up or self.is_list(each.near) for each in steps)

    def hangs_together(self, wanted: type[Record]) -> bool:
        """Whether there is a way from the record to a type."""
        return wanted is Office or wanted is type(self._record) or wanted in self._ways

    def _found(self, wanted: type[Record]) -> Sequence[Record]:
        if wanted is Office:
            return (self._office,)
        if self._record is not None and wanted is type(self._record):
            return (self._record,)
        steps = self._ways.get(wanted)
        if steps is None:
            return self._read.find(wanted, office=self._office.id)
        found = {each.id: each for step in steps for each in self._follow(step, wanted)}
        return list(found.values())

    def _follow(self, step: Step, wanted: type[Record]) -> Iterator[Record]:
        """The records of a type that one step leads to."""
        for each in self.of(step.near):
            if not step.is_up:
                yield from self._read.find(wanted, **{step.link: each.id})
            elif (found := self._read.get(wanted, getattr(each, step.link))) is not None:
                yield found


def ways_from(start: type[Record]) -> dict[type[Record], list[Step]]:
    """The shortest ways from a type to the others: to what it belongs to first, then the rest."""
    ways: dict[type[Record], list[Step]] = {}
    owners = front = [start]
    while front:
        front = _spread(start, ways, [step for near in front for step in _up(near)])
        owners = [*owners, *front]
    front = owners
    for _ in range(_FARTHEST):
        own = {start, _target(start, start.headline)}
        steps = [(kind, step) for near in front for kind, step in _around(near) if near in own
                 or kind in _ONWARD.get(near, {kind})]  # fmt: skip
        front = _spread(start, ways, steps)
    return ways


def _spread(
    start: type[Record],
    ways: dict[type[Record], list[Step]],
    steps: Sequence[tuple[type[Record], Step]],
) -> list[type[Record]]:
    """Take the steps that lead to types nobody has come to yet; those types."""
    new: dict[type[Record], list[Step]] = {}
    for kind, step in steps:
        if kind is not start and kind not in ways:
            new.setdefault(kind, []).append(step)
    ways |= new
    return list(new)


def _up(near: type[Record]) -> Iterator[tuple[type[Record], Step]]:
    """What a type links to; two fields that link to the same are ambiguous, and neither counts."""
    often = Counter(link.to for link in near.links().values())
    for name, link in near.links().items():
        if often[link.to] == 1 and BY_TABLE[link.to] in FORM_TYPES:
            yield BY_TABLE[link.to], Step(near, name, is_up=True)


def _around(near: type[Record]) -> Iterator[tuple[type[Record], Step]]:
    """What a type links to and what links to it."""
    yield from _up(near)
    for kind in FORM_TYPES:
        for target, step in _up(kind):
            if target is near is not kind:
                yield kind, Step(near, step.link, is_up=False)


def _target(kind: type[Record], name: str) -> type[Record] | None:
    """The type that a field links to."""
    link = kind.links().get(name)
    return BY_TABLE[link.to] if link is not None else None


def _newest(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records without minutes that a later version has taken the place of."""
    replaced = {each.replaces for each in records if isinstance(each, Minutes)}
    return tuple(each for each in records if each.id not in replaced)
