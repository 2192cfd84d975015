"""Deeds that touch many kinds of records at once, and how a half one would show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.activity import Activity, Visitor
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.services.conversions import convert, keep_converted
from liaison_desk.services.merging import merge, merged_values
from liaison_desk.services.minutes import finalise
from liaison_desk.services.recycle_bin import RecycleBin
from liaison_desk.services.terms import NewTerm, start_term
from tests import factory
from tests.torture.place import BATCH, Place, Workload

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = "旧届", "新届"
CONCERN, AGREED = "来访说", "议定"
ANSWER = "列为议题"


def merge_two(place: Place) -> str:
    """Two people become one; the second has sat in many meetings."""
    desk = place.desk
    kept, other = factory.person(desk, "陆䶮"), factory.person(desk, "陆龑")
    held = [Meeting(name="会", held_at=datetime(2026, 3, 6, 9)) for _ in range(BATCH)]
    seats = [Attendance(meeting=each.id, person=other.id) for each in desk.save_all(held)]
    desk.save_all(seats)
    return merge(desk, kept, other, merged_values(kept, other)).id


def is_merged(place: Place, told: str) -> bool:
    """Every seat is the one's who stayed."""
    return len(place.desk.find(Attendance, person=told)) == BATCH


def take_apart(place: Place) -> str:
    """Two who became one are two again."""
    [gone] = place.desk.many(
        Person,
        [
            row["id"]
            for row in place.desk.database.read(
                "SELECT id FROM person WHERE merged_into = ?", (merge_two(place),)
            )
        ],
    )
    RecycleBin(place.desk).restore([gone])
    return gone.id


def is_apart(place: Place, told: str) -> bool:
    """Every seat is again the one's who was merged."""
    return len(place.desk.find(Attendance, person=told)) == BATCH


def turn_term(place: Place) -> str:
    """换届."""
    mark = uuid4().hex[:20]
    people = place.desk.save_all([Person(name=f"委员{n}") for n in range(BATCH)])
    seats = place.desk.save_all(
        [Membership(person=each.id, term=OLD + mark, since=date(2021, 1, 1)) for each in people]
    )
    chosen = NewTerm(OLD + mark, NEW + mark, date(2026, 1, 1), frozenset(e.id for e in seats))
    start_term(place.desk, chosen)
    return mark


def is_turned(place: Place, told: str) -> bool:
    """Everyone sits in the new term."""
    return len(place.desk.find(Membership, term=NEW + told)) == BATCH


def turn_into_topic(place: Place) -> str:
    """What a visitor said becomes a topic."""
    desk = place.desk
    held = factory.activity(desk)
    came = factory.visitor(desk, held, concern=f"{CONCERN}{uuid4().hex}")
    made = convert(desk, came, Topic)
    return keep_converted(desk, came, lambda: desk.save(made)).id


def is_topic(place: Place, told: str) -> bool:
    """The topic, and where it came from."""
    return len(place.desk.find(Conversion, into_topic=told)) == 1


def finalise_minutes(place: Place) -> str:
    """Minutes get their number, and what was agreed becomes matters."""
    desk = place.desk
    held = factory.meeting(desk)
    agency = factory.agency(desk).id
    due = date(2026, 3, 31)
    desk.save_all(
        [
            Consensus(meeting=held.id, position=n, name=f"{AGREED}{n}", agency=agency, due_on=due)
            for n in range(BATCH)
        ]
    )
    return finalise(desk, factory.minutes(desk, held)).id


def is_final(place: Place, told: str) -> bool:
    """The minutes with their number, and all the matters."""
    found = place.desk.get(Minutes, told)
    is_locked = found is not None and found.status == FINAL and found.number is not None
    return is_locked and len(place.desk.find(Matter, minutes=told)) == BATCH


WORKLOADS = {
    "merge": Workload(merge_two, is_merged, 0.4),
    "take_apart": Workload(take_apart, is_apart, 0.6),
    "turn_term": Workload(turn_term, is_turned, 0.4),
    "turn_into_topic": Workload(turn_into_topic, is_topic),
    "finalise": Workload(finalise_minutes, is_final, 0.4),
}


# -- half ones ------------------------------------------------------------------------------------


def halves(place: Place) -> list[str]:
    """What shows that a deed was done by half; empty when none was."""
    return [
        *_half_merged(place),
        *_half_turned(place),
        *_half_converted(place),
        *_unnumbered(place),
    ]


def _half_merged(place: Place) -> Iterator[str]:
    """A living person with some of the seats, or one who is gone with any."""
    rows = place.desk.database.read(
        "SELECT p.removed_at, count(*) AS n FROM attendance AS a JOIN person AS p "
        "ON p.id = a.person WHERE p.name IN ('陆䶮', '陆龑') GROUP BY p.id"
    )
    yield from (
        f"half a merger: {row['n']}" for row in rows if row["removed_at"] or row["n"] % BATCH
    )


def _half_turned(place: Place) -> Iterator[str]:
    """A new term with some of its members, or beside an old one that goes on."""
    terms: dict[str, list[Membership]] = {}
    for seat in place.desk.find(Membership):
        if seat.term[:2] in (OLD, NEW):
            terms.setdefault(seat.term, []).append(seat)
    for term, seats in terms.items():
        if len(seats) != BATCH:
            yield f"half a term: {len(seats)}"
        is_over = NEW + term[2:] in terms
        if term.startswith(OLD) and any(each.is_serving == is_over for each in seats):
            yield "half a change of term"


def _half_converted(place: Place) -> Iterator[str]:
    """A visitor's word without its topic, a topic without the link, a link without the answer."""
    visitors = [e for e in place.desk.find(Visitor) if e.concern.startswith(CONCERN)]
    topics = [e for e in place.desk.find(Topic) if e.name.startswith(CONCERN)]
    links = place.desk.find(Conversion)
    answered = [each for each in visitors if each.answer == ANSWER]
    if not len(answered) == len(topics) == len(links):
        yield f"half a conversion: {len(answered)} {len(topics)} {len(links)}"
    held = {each.id for each in place.desk.find(Activity)}
    yield from ("a visitor of nothing" for each in visitors if each.activity not in held)


def _unnumbered(place: Place) -> Iterator[str]:
    """Final minutes without all their matters, or two of one number."""
    final = [each for each in place.desk.find(Minutes) if each.status == FINAL]
    for each in final:
        matters = len(place.desk.find(Matter, minutes=each.id))
        if matters != BATCH:
            yield f"half a finalising: {matters}"
    if sorted(each.number or 0 for each in final) != list(range(1, len(final) + 1)):
        yield "a number twice, or one left out"
    drafts = [replace(each, number=None) for each in place.desk.find(Minutes) if not each.is_locked]
    yield from ("a draft with matters" for e in drafts if place.desk.find(Matter, minutes=e.id))
