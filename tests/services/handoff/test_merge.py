"""The merge as a pure function: idempotent, and the same in whatever order packets come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.handoff.content import Manifest, PacketContent
from liaison_desk.services.handoff.errors import ClashingRecord
from liaison_desk.services.handoff.merge import REMOVED, plan_merge
from liaison_desk.store.repository import WHOLE
from liaison_desk.store.stored import StoredRecord

OFFICE = "00000000-0000-4000-8000-000000000000"
COLUMNS = ("name", "post", "identity")
KINDS = next(each for each in RECORD_TYPES if each.table == "person").fields()
EMPTY = {"office": OFFICE, REMOVED: ""} | {
    name: kind.to_column(kind.empty) for name, kind in KINDS.items()
}
Desk = dict[str, StoredRecord]


def packet(*records: StoredRecord) -> PacketContent:
    day = date(2026, 1, 1)
    manifest = Manifest("d", OFFICE, "柳河镇", 2026, 1, (day, day), "", {}, 0, {})
    return PacketContent(Path("x.zip"), "", manifest, records, {})


def person(stamps: dict[str, str], **columns: str) -> StoredRecord:
    return StoredRecord("person", "p", EMPTY | columns, stamps)


def take(desk: Desk, content: PacketContent) -> int:
    """Take a packet in as the store would; returns how many changes there were."""
    changes = plan_merge(content, dict(desk)).changes
    for each in changes:
        known = desk.get(each.record)
        assert (known is None) == each.is_new
        columns = dict(known.columns) if known else {}
        if each.before is not None:
            assert each.before == {name: columns[name] for name in each.after}
        stamps = dict(known.stamps) if known else {}
        desk[each.record] = StoredRecord(
            each.table, each.record, columns | each.after, stamps | each.stamps
        )
    return len(changes)


def meaning(desk: Desk) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    """The rows, and for every column the stamp that counts."""
    return {
        key: (dict(each.columns), {name: each.stamp_of(name) for name in each.columns})
        for key, each in desk.items()
    }


@dataclass
class Township:
    """A township's file, in small: edits, removals, and packets of its state."""

    records: Desk = field(default_factory=dict)
    clock: int = 0

    def edit(self, key: str, column: str, value: str) -> None:
        self.clock += 1
        stamp = f"{self.clock:012x}-0000-a"
        known = self.records.get(key)
        if known is None:
            self.records[key] = StoredRecord("person", key, EMPTY | {column: value}, {WHOLE: stamp})
        else:
            self.records[key] = StoredRecord(
                "person",
                key,
                {**known.columns, column: value},
                {**known.stamps, column: stamp},
            )

    def packet(self, without: set[str], *, include_identity: bool) -> PacketContent:
        left_out = set() if include_identity else {"identity"}
        return packet(
            *(
                self._travelling(each, left_out)
                for key, each in self.records.items()
                if key not in without
            )
        )

    @staticmethod
    def _travelling(record: StoredRecord, left_out: set[str]) -> StoredRecord:
        if record.columns[REMOVED]:
            return StoredRecord(
                record.table,
                record.id,
                {REMOVED: record.columns[REMOVED]},
                {REMOVED: record.stamp_of(REMOVED)},
            )
        return StoredRecord(
            record.table,
            record.id,
            {name: value for name, value in record.columns.items() if name not in left_out},
            {name: value for name, value in record.stamps.items() if name not in left_out},
        )


keys = st.sampled_from("abc")
edits = st.one_of(
    st.tuples(keys, st.sampled_from(COLUMNS), st.sampled_from("xyz")),
    st.tuples(keys, st.just(REMOVED), st.sampled_from(["", "2026-01-01"])),
)
sendings = st.tuples(st.sets(keys, max_size=2), st.booleans())


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[Township, list[PacketContent], list[PacketContent]]:
    """A township's history, its packets, and them again in another order, some more than once."""
    township, packets = Township(), []
    for edit, sending in draw(st.lists(st.tuples(edits, st.none() | sendings), max_size=20)):
        township.edit(*edit)
        if sending is not None:
            packets.append(township.packet(sending[0], include_identity=sending[1]))
    packets.append(township.packet(set(), include_identity=True))
    again = draw(st.lists(st.sampled_from(packets), max_size=5))
    return township, packets, draw(st.permutations(packets + again))


@settings(max_examples=300, deadline=None)
@given(arrivals())
def test_any_order_and_repetition_of_packets_ends_the_same(
    story: tuple[Township, list[PacketContent], list[PacketContent]],
) -> None:
    township, packets, shuffled = story
    straight: Desk = {}
    other: Desk = {}
    for each in packets:
        take(straight, each)
    for each in shuffled:
        take(other, each)
        assert take(other, each) == 0
    assert meaning(straight) == meaning(other)
    for key, record in township.records.items():
        assert straight[key].columns[REMOVED] == record.columns[REMOVED]
        if not record.columns[REMOVED]:
            assert straight[key].columns == record.columns
            assert meaning(straight)[key][1] == meaning({key: record})[key][1]


@settings(max_examples=300, deadline=None)
@given(arrivals())
def test_two_desks_that_saw_different_packets_agree_after_the_rest(
    story: tuple[Township, list[PacketContent], list[PacketContent]],
) -> None:
    _, packets, shuffled = story
    half = len(packets) // 2
    one: Desk = {}
    two: Desk = {}
    for each in [*packets[:half], *shuffled]:
        take(one, each)
    for each in [*packets[half:], *reversed(shuffled)]:
        take(two, each)
    assert meaning(one) == meaning(two)


def test_one_stamp_with_two_values_ends_the_same_in_either_order() -> None:
    one, two = (packet(person({WHOLE: "5"}, name=name)) for name in ("甲", "乙"))
    outcomes: list[Desk] = [{}, {}]
    for desk, order in zip(outcomes, ([one, two], [two, one]), strict=True):
        for each in order:
            take(desk, each)
    assert meaning(outcomes[0]) == meaning(outcomes[1])


def test_a_value_set_back_to_what_it_was_still_outranks_the_one_between() -> None:
    desk: Desk = {}
    take(desk, packet(person({WHOLE: "1"}, name="甲")))
    plan = plan_merge(packet(person({WHOLE: "1", "name": "3"}, name="甲")), dict(desk))
    assert plan.merged[0].changed == ()
    take(desk, plan.content)
    assert take(desk, packet(person({WHOLE: "1", "name": "2"}, name="乙"))) == 0
    assert desk["p"].columns["name"] == "甲"


def test_only_older_values_that_differ_are_counted() -> None:
    desk: Desk = {}
    take(desk, packet(person({WHOLE: "1", "name": "5", "post": "5"}, name="乙", post="主任")))
    plan = plan_merge(packet(person({WHOLE: "1"}, name="甲", post="主任")), desk)
    assert plan.merged[0].older == ("name",)
    assert plan.is_empty


@pytest.mark.parametrize("known", [{"office": "other"}, {}])
def test_another_offices_or_types_record_is_never_written_over(known: dict[str, str]) -> None:
    table = "person" if known else "agency"
    here = StoredRecord(table, "p", EMPTY | known, {WHOLE: "1"})
    with pytest.raises(ClashingRecord):
        plan_merge(packet(person({WHOLE: "2"}, name="甲")), {"p": here})
