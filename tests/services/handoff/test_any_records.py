"""A township where anything may have happened, and the county that takes its packets in."""

from __future__ import annotations

import dataclasses
import random
from contextlib import ExitStack, closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.minutes import DRAFT, Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder
from liaison_desk.services.handoff.packet_format import CARRIED_TYPES
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import plan_reception
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from liaison_desk.store.stored import StoredRecords
from tests import factory
from tests.doings import FIRST_DAY, Doings
from tests.services.handoff import packets

if TYPE_CHECKING:
    from collections.abc import Iterator

EVER = PacketOrder(date(2020, 1, 1), date(2031, 12, 31), include_identity=True)
SEEDS, LONG_SEEDS = 3, 30
DEEDS_BETWEEN, PACKETS = 60, 4
Rows = dict[str, Record]


@dataclasses.dataclass
class Story:
    """One office's deeds, with a packet after each so many, and what it had at each packet."""

    township: Desk
    county: Desk
    folder: Path
    dice: random.Random
    sent: list[Path] = dataclasses.field(default_factory=list)

    def live(self, count: int) -> None:
        """So many deeds, some undone and done again."""
        doings = Doings(self.township, self.dice, self.folder)
        for _ in range(count):
            if doings.one() and self.dice.random() < 0.1:
                self.township.undo()
                if self.dice.random() < 0.5:
                    self.township.redo()

    def send(self, order: PacketOrder = EVER) -> Path:
        """A packet."""
        made = packets.made(self.township, self.folder / "U盘", order)
        self.sent.append(made.path)
        return made.path

    def second_county(self, name: str) -> Desk:
        """Another county's desk, empty."""
        desk = Desk(Database.open(self.folder / name), operator="王科员", now=factory.Clock())
        desk.set_up(factory.county_office(id=self.county.office_id))
        return desk


def story(stack: ExitStack, seed: int) -> Story:
    """A township and a county in a folder of their own."""
    folder = Path(stack.enter_context(TemporaryDirectory()))
    desks = []
    for name, office in (("乡镇.db", factory.office()), ("县级.db", factory.county_office())):
        database = stack.enter_context(closing(Database.open(folder / name)))
        desk = Desk(database, operator="李文书", now=factory.Clock())
        desk.set_up(office)
        desks.append(desk)
    return Story(desks[0], desks[1], folder, random.Random(seed))


def shown(desk: Desk, office: str) -> Rows:
    """The living records of an office as a desk has them, but files of what is removed."""
    living = {each.id: each for kind in CARRIED_TYPES for each in desk.find(kind, office=office)}
    return {
        key: each
        for key, each in living.items()
        if not isinstance(each, Attachment) or each.owner in living
    }


def meant_for_the_county(desk: Desk) -> Rows:
    """What the county should see: all but drafts, and links to drafts."""
    every = shown(desk, desk.office_id)
    drafts = {k for k, e in every.items() if isinstance(e, Minutes) and e.status == DRAFT}
    return {
        key: each
        for key, each in every.items()
        if key not in drafts and getattr(each, "owner", None) not in drafts
    }


def without_links_to(rows: Rows, gone: set[str]) -> Rows:
    """The records, with links that a packet cannot bring left empty."""
    return {
        key: with_values(
            each, {n: None for n in each.links() if getattr(each, n) in gone} if gone else {}
        )
        for key, each in rows.items()
    }


def assert_same(township: Desk, county: Desk) -> None:
    """The county sees what the township has."""
    drafts = {each.id for each in township.find(Minutes) if each.status == DRAFT}
    wanted = without_links_to(meant_for_the_county(township), drafts)
    found = without_links_to(shown(county, township.office_id), drafts)
    assert {k: wanted[k] for k in wanted if found.get(k) != wanted[k]} == {
        k: found.get(k) for k in wanted if found.get(k) != wanted[k]
    }
    assert set(found) - set(wanted) == set()
    for each in county.find(Attachment, office=township.office_id):
        if each.id in wanted:
            assert county.contents.read(each.sha256) == township.contents.read(each.sha256)


def everything(desk: Desk, office: str) -> dict[str, Any]:
    """All that a desk has of an office, removed or not, with the stamps."""
    stored = StoredRecords(desk.database)
    return {
        each.id: (dict(each.columns), {n: each.stamp_of(n) for n in each.columns})
        for kind in CARRIED_TYPES
        for each in stored.of_office(kind, office)
    }


def one_story(seed: int) -> None:
    """Packets in order, twice, undone, late, missing and backwards."""
    with ExitStack() as stack:
        told = story(stack, seed)
        office = told.township.office_id
        for _ in range(PACKETS):
            told.live(DEEDS_BETWEEN)
            path = told.send()
            before = everything(told.county, office)
            packets.received(told.county, path)
            assert_same(told.township, told.county)
            after = everything(told.county, office)
            assert plan_reception(told.county, read_packet(path)).is_empty
            packets.received(told.county, path)
            assert everything(told.county, office) == after
            told.county.undo()
            undone = everything(told.county, office)
            assert {k: undone[k] for k in before} == before
            packets.received(told.county, path)
            assert everything(told.county, office) == after
        for late in told.sent[:-1]:
            packets.received(told.county, late)
        assert everything(told.county, office) == after
        assert faults(told.county.database) == []
        for number, order in enumerate(orders(told)):
            other = told.second_county(f"另一县{number}.db")
            stack.callback(other.database.close)
            for path in order:
                packets.received(other, path)
            assert_same(told.township, other)
            assert faults(other.database) == []


def story_of_quarters(seed: int) -> None:
    """Packets of some months each, most without identity numbers; then one of everything."""
    with ExitStack() as stack:
        told = story(stack, seed)
        office = told.township.office_id
        for _ in range(PACKETS):
            told.live(DEEDS_BETWEEN)
            first = FIRST_DAY + timedelta(days=told.dice.randrange(700))
            until = first + timedelta(days=told.dice.randrange(200))
            path = told.send(PacketOrder(first, until, told.dice.random() < 0.2))
            packets.received(told.county, path)
            after = everything(told.county, office)
            assert plan_reception(told.county, read_packet(path)).is_empty
            assert faults(told.county.database) == []
        packets.received(told.county, told.send())
        assert_same(told.township, told.county)
        after = everything(told.county, office)
        for late in told.sent[::-1]:
            packets.received(told.county, late)
        assert everything(told.county, office) == after


def orders(told: Story) -> Iterator[list[Path]]:
    """The last packet alone; the others after it; all backwards; any order."""
    yield told.sent[-1:]
    yield [told.sent[-1], *told.sent[:-1]]
    yield told.sent[::-1]
    yield told.dice.sample(told.sent, len(told.sent))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_county_has_what_the_township_has_whatever_came_when(seed: int) -> None:
    one_story(seed)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_packets_of_some_months_leave_nothing_out_and_nothing_behind(seed: int) -> None:
    story_of_quarters(seed)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(SEEDS, LONG_SEEDS))
def test_so_do_many_counties(seed: int) -> None:
    one_story(seed)
    story_of_quarters(seed)


def test_a_story_has_records_of_every_type(tmp_path: Path) -> None:
    with ExitStack() as stack:
        seen: set[str] = set()
        for seed in range(SEEDS):
            told = story(stack, seed)
            told.live(DEEDS_BETWEEN * PACKETS)
            seen |= {each.table for each in shown(told.township, told.township.office_id).values()}
        assert {BY_TABLE[each] for each in seen} == set(CARRIED_TYPES)
        assert Office in CARRIED_TYPES
