"""Which records a packet carries, and in what form they leave the office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import Day, Moment
from liaison_desk.domain.minutes import DRAFT
from liaison_desk.domain.packet import SENT, Packet
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.handoff.packet_format import (
    BY_CARRIED_TABLE,
    CARRIED_TYPES,
    WITHHELD,
)
from liaison_desk.store.repository import WHOLE
from liaison_desk.store.stored import StoredRecord, StoredRecords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

_DATED_BY = {
    "topic": "proposed_on",
    "topic_step": "done_on",
    "plan_item": "year",
    "matter": "handed_over_on",
    "opinion": "reported_on",
    "proposal": "submitted_on",
    "directive": "received_on",
}
"""The date that places a record in a period, where it is not its first required one; of a year
its first day."""
_WHOLE_ONLY = {"conversion"}
"""Tables whose records say nothing once one of their links is missing."""
_STATUS, _REMOVED = "status", "removed_at"


@dataclass(frozen=True)
class PacketScope:
    """What one packet carries, as of one moment.

    Attributes:
        office: the office that sends it.
        period_from: first day of the period.
        period_until: its last day; nothing dated later is carried.
        include_identity: whether identity numbers leave the office.
        records: the living records in the order of the registry, as they travel.
        removed: what went to the recycle bin, without its content; of what a living record still
            links to, a person who sat in an old meeting, the name alone.
        drafts: how many draft minutes stay at home.
        later_meetings: how many meetings after the period stay at home.
        belated_minutes: ids of minutes dated before the period that became final only after a
            packet of their own period had left.
    """

    office: Office
    period_from: date
    period_until: date
    include_identity: bool
    records: tuple[StoredRecord, ...]
    removed: tuple[StoredRecord, ...]
    drafts: int
    later_meetings: int
    belated_minutes: frozenset[str] = frozenset()

    def ids(self, record_type: type[Record]) -> list[str]:
        """The ids of the living records of a type that are carried, for the papers."""
        return [each.id for each in self.records if each.table == record_type.table]

    @property
    def counts(self) -> dict[str, int]:
        """How many living records are carried, by table."""
        found: dict[str, int] = {}
        for each in self.records:
            found[each.table] = found.get(each.table, 0) + 1
        return found

    @property
    def stamp(self) -> str:
        """The highest stamp carried: how new the packet's knowledge is."""
        every = (*self.records, *self.removed)
        return max(stamp for each in every for stamp in each.stamps.values())


def choose(
    desk: Desk, period_from: date, period_until: date, *, include_identity: bool = False
) -> PacketScope:
    """Choose what a packet of a period carries; read it inside one snapshot."""
    office = desk.office
    assert office is not None, "a packet is made by a desk that is set up"
    stored = StoredRecords(desk.database)
    every = [each for kind in CARRIED_TYPES for each in stored.of_office(kind, desk.office_id)]
    choice = _Choice(every, period_from, period_until)
    chosen = choice.chosen()
    still_shown = choice.still_shown(chosen)
    sent = desk.find(Packet, office=desk.office_id, direction=SENT)
    return PacketScope(
        office,
        period_from,
        period_until,
        include_identity,
        tuple(
            _as_it_travels(each, choice.broken_links(each), include_identity=include_identity)
            for each in every
            if each.id in chosen
        ),
        tuple(_named(each, still_shown) for each in _tombstones(every)),
        drafts=sum(_is_draft(each) for each in choice.living.values()),
        later_meetings=sum(
            each.table == "meeting" and choice.is_later(each) for each in choice.living.values()
        ),
        belated_minutes=frozenset(
            each.id
            for each in choice.living.values()
            if each.id in chosen and each.table == "minutes" and _is_belated(each, sent)
        ),
    )


class _Choice:
    """Sorts an office's records into those that travel and those that stay.

    Draft minutes, meetings after the period, and whatever cannot be without them, are held back
    whatever links to them. Other records dated after the period come only when one of the period
    links to them.
    """

    def __init__(
        self, every: Iterable[StoredRecord], period_from: date, period_until: date
    ) -> None:
        self._from, self._until = period_from, period_until
        self._every = {each.id: each for each in every}
        self.living = {each.id: each for each in self._every.values() if not each.columns[_REMOVED]}
        self._gone = {each.id for each in _tombstones(self._every.values())}
        self._held = self._held_back()

    def chosen(self) -> set[str]:
        """The ids of the living records that travel."""
        found: set[str] = set()
        waiting = [
            each
            for each in self.living.values()
            if each.id not in self._held and each.table != "attachment" and not self.is_later(each)
        ]
        while waiting:
            each = waiting.pop()
            if each.id in found:
                continue
            found.add(each.id)
            targets = (target for _, target in _links(each))
            waiting += [self.living[target] for target in targets if self._travels(target)]
        attachments = (each for each in self.living.values() if each.table == "attachment")
        return found | {each.id for each in attachments if self._is_attached(each, found)}

    def still_shown(self, chosen: set[str]) -> dict[str, StoredRecord]:
        """The removed records, minutes aside, that a chosen one links to, by id."""
        targets = {target for each in chosen for _, target in _links(self.living[each])}
        return {
            each.id: each
            for each in self._every.values()
            if each.id in targets and each.columns[_REMOVED] and each.table != "minutes"
        }

    def is_later(self, record: StoredRecord) -> bool:
        """Whether a record, or what it is a part of, is dated after the period."""
        day = self._day(record)
        return day is not None and day > self._until

    def broken_links(self, record: StoredRecord) -> set[str]:
        """The link fields of a record whose target does not travel at all."""
        return {
            name
            for name, target in _links(record)
            if not self._travels(target) and target not in self._gone
        }

    def _travels(self, target: str) -> bool:
        """Whether a living record may travel when another one links to it."""
        return target in self.living and target not in self._held

    def _held_back(self) -> set[str]:
        """The ids that do not travel in any case; grows until nothing more hangs on them."""
        held = {
            each.id
            for each in self.living.values()
            if _is_draft(each) or (each.table == "meeting" and self.is_later(each))
        }
        while True:
            more = {
                each.id
                for each in self.living.values()
                if each.id not in held
                and any(
                    (each.table in _WHOLE_ONLY or BY_TABLE[each.table].fields()[name].required)
                    and (target in held or target not in self._every)
                    for name, target in _links(each)
                )
            }
            if not more:
                return held
            held |= more

    def _day(self, record: StoredRecord) -> date | None:
        """The day that places a record in a period: its own, or that of what it is a part of."""
        kind = BY_TABLE[record.table]
        name = _dated_by(kind)
        value = record.columns[name] if name else None
        if isinstance(value, int):
            return date(min(max(value, date.min.year), date.max.year), 1, 1)
        if value:
            return date.fromisoformat(value[:10])
        parent = self._every.get(record.columns.get(kind.parent) or "")
        return self._day(parent) if parent else None

    def _is_attached(self, attachment: StoredRecord, chosen: set[str]) -> bool:
        """Whether an attachment travels: with a record of the period, or added since it began."""
        owner = attachment.columns["owner"]
        if owner not in chosen:
            return False
        day = self._day(self.living[owner])
        return day is None or day >= self._from or _day_of(attachment.stamps[WHOLE]) >= self._from


def _dated_by(record_type: type[Record]) -> str:
    """The field that dates a type, or ""; a due date says nothing about when something was."""
    if record_type.table in _DATED_BY:
        return _DATED_BY[record_type.table]
    for name, kind in record_type.fields().items():
        if kind.required and isinstance(kind, (Day, Moment)) and name != "due_on":
            return name
    return ""


def _links(record: StoredRecord) -> Iterator[tuple[str, str]]:
    """The link fields of a record that are filled in, and where they lead."""
    for name in BY_CARRIED_TABLE[record.table].links():
        target = record.columns[name]
        if target:
            yield name, target


def _is_draft(record: StoredRecord) -> bool:
    """Whether these are draft minutes; nobody outside the office reads them."""
    return record.table == "minutes" and record.columns[_STATUS] == DRAFT


def _is_belated(minutes: StoredRecord, sent: Iterable[Packet]) -> bool:
    """Whether packets of the period that minutes are dated in have left, all without them."""
    dated = date.fromisoformat(minutes.columns["dated"])
    of_period = [
        each.stamp
        for each in sent
        if each.period_from and each.period_until and each.period_from <= dated <= each.period_until
    ]
    return bool(of_period) and max(of_period) < minutes.stamp_of(_STATUS)


def _tombstones(every: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
    """What tells the county that a record is gone: its id, when, and the stamp of that.

    Minutes that were final and are a draft again are gone for the county, until they are final
    once more; what they say now stays at home.
    """
    for each in every:
        if each.columns[_REMOVED]:
            moment = each.columns[_REMOVED]
        elif _is_draft(each) and _STATUS in each.stamps:
            moment = _moment_of(each.stamps[_STATUS]).isoformat(timespec="seconds")
        else:
            continue
        stamps = {_REMOVED: _presence_stamp(each)}
        yield StoredRecord(each.table, each.id, {_REMOVED: moment}, stamps)


def _named(tombstone: StoredRecord, still_shown: Mapping[str, StoredRecord]) -> StoredRecord:
    """What tells that a record is gone, with its name where living records still show that."""
    record = still_shown.get(tombstone.id)
    name = BY_TABLE[tombstone.table].headline
    if record is None or name in BY_TABLE[tombstone.table].links():
        return tombstone
    return replace(
        tombstone,
        columns={**tombstone.columns, name: record.columns[name]},
        stamps={**tombstone.stamps, name: record.stamp_of(name)},
    )


def _presence_stamp(record: StoredRecord) -> str:
    """When it was last settled whether the county sees a record."""
    own = record.stamp_of(_REMOVED)
    return max(own, record.stamp_of(_STATUS)) if record.table == "minutes" else own


def _as_it_travels(
    record: StoredRecord, broken: set[str], *, include_identity: bool
) -> StoredRecord:
    """A living record without what stays at home."""
    left_out = broken | (set() if include_identity else set(WITHHELD[record.table]))
    columns = {name: value for name, value in record.columns.items() if name not in left_out}
    stamps = {name: stamp for name, stamp in record.stamps.items() if name not in left_out}
    presence = _presence_stamp(record)
    if presence != record.stamp_of(_REMOVED):
        stamps[_REMOVED] = presence
    return replace(record, columns=columns, stamps=stamps)


def _moment_of(stamp: str) -> datetime:
    """When a stamp was made, by the clock of the PC that made it."""
    return datetime.fromtimestamp(int(stamp.split("-")[0], 16) / 1000, UTC)


def _day_of(stamp: str) -> date:
    """The day, here, on which a stamp was made."""
    return _moment_of(stamp).astimezone().date()


def personal_data(records: Iterable[StoredRecord]) -> Mapping[str, int]:
    """How many values of each personal field these records carry, by the field's label."""
    found: dict[str, int] = {}
    for record in records:
        for name, kind in BY_CARRIED_TABLE[record.table].fields().items():
            if kind.personal and record.columns.get(name):
                found[kind.label] = found.get(kind.label, 0) + 1
    return found


def first_problem(record: StoredRecord) -> str | None:
    """What the county's desk would refuse a record for, or None."""
    for name, kind in BY_CARRIED_TABLE[record.table].fields().items():
        if name in record.columns:
            problem = kind.problem(kind.from_column(record.columns[name]))
            if problem is not None:
                return problem
    return None
