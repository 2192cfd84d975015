"""Taking a packet in at the county's desk against putting its rows into the same tables bare."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.membership import Membership
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.record_changes import change_between
from liaison_desk.store.database import Database
from liaison_desk.store.repository import quoted
from tests import factory
from tests.benchmarks.ratio import Ratio, compare
from tests.benchmarks.search import people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.services.handoff.content import PacketContent

MEMBERS, FEW_MEMBERS = 10_000, 5
YEAR = PacketOrder(date(2026, 1, 1), date(2026, 12, 31))


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Verify, plan and take in one packet at a new county desk each time."""
    repeats = 1 if is_tiny else 5
    packet = _packet(folder, FEW_MEMBERS if is_tiny else MEMBERS)
    content = read_packet(packet)
    taking = [_county(folder / f"taking{number}.db") for number in range(repeats)]
    bare = [_county(folder / f"bare{number}.db") for number in range(repeats)]
    name = f"packet of {len(content.records):,} records taken in / bare executemany"
    try:
        waiting, empty = iter(taking), iter(bare)
        return (
            compare(
                name,
                lambda: _take_in(next(waiting), packet),
                lambda: _insert(next(empty).database, content),
                repeats,
            ),
        )
    finally:
        for desk in (*taking, *bare):
            desk.database.close()


def _take_in(desk: Desk, packet: Path) -> None:
    """What the clerk of the county sees as one step."""
    done = apply_plan(desk, plan_reception(desk, read_packet(packet)))
    assert done.changes, "nothing was taken in"


def _insert(database: Database, content: PacketContent) -> None:
    """The rows alone: nothing verified, compared, logged or made searchable."""
    with database.transaction() as connection:
        for table, group in groupby(content.records, key=lambda each: each.table):
            records = list(group)
            names = list(records[0].columns)
            columns = ", ".join(map(quoted, ("id", "stamps", *names)))
            marks = ", ".join("?" * (len(names) + 2))
            connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",
                ((each.id, "{}", *(each.columns.get(name) for name in names)) for each in records),
            )


def _packet(folder: Path, members: int) -> Path:
    """A packet of a township with many members, and no papers."""
    with closing(Database.open(folder / "township.db")) as database:
        desk = Desk(database, operator="李文书", now=factory.Clock())
        desk.set_up(factory.office())
        known = list(people(members, desk.office_id))
        seats = [
            Membership(id=str(uuid4()), office=desk.office_id, person=each.id, term="第十二届")
            for each in known
        ]
        with desk.deed("导入委员"):
            _write(desk, known)
            _write(desk, seats)
        target = folder / "stick"
        target.mkdir()
        return make_packet(desk, YEAR, target, lambda scope, progress: ()).path


def _write(desk: Desk, records: Iterable[Record]) -> None:
    """Write new records without asking the rules about each."""
    changes = (change_between(None, each) for each in records)
    desk.write([each for each in changes if each is not None])


def _county(path: Path) -> Desk:
    """A new, empty desk of the county."""
    desk = Desk(Database.open(path), operator="王科员", now=factory.Clock())
    desk.set_up(factory.county_office())
    return desk
