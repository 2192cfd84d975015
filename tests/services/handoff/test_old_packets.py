"""Packets that earlier versions made are taken in as ever, beside what the office sends since."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import plan_reception
from liaison_desk.services.merging import merge, merged_values
from liaison_desk.services.recycle_bin import RecycleBin
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from tests import factory
from tests.services.handoff import packets

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parents[2]
OLD = sorted((HERE / "old_packets").glob("schema_*.zip"))
EVER = PacketOrder(date(2020, 1, 1), date(2031, 12, 31))
KINDS = (Person, Topic, Meeting, Attendance, Consensus, Minutes, Matter, Reply, Attachment)


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Desk]:
    """The desk that the packets came from, brought up to date since."""
    path = tmp_path / "乡镇.db"
    shutil.copy(HERE / "old_databases" / "schema_002.db", path)
    database = Database.open(path)
    desk = Desk(database, operator="李文书", now=factory.Clock(factory.TODAY.replace(year=2027)))
    yield desk
    database.close()


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_an_old_packet_is_taken_in_whole_and_can_be_undone(county_desk: Desk, path: Path) -> None:
    packets.received(county_desk, path)
    found = {kind: county_desk.find(kind) for kind in KINDS}
    assert all(found.values())
    assert faults(county_desk.database) == []
    county_desk.undo()
    assert not any(county_desk.find(kind) for kind in KINDS)
    packets.received(county_desk, path)
    assert {kind: county_desk.find(kind) for kind in KINDS} == found


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_an_old_packet_that_comes_late_takes_nothing_newer_back(
    county_desk: Desk, township: Desk, tmp_path: Path, path: Path
) -> None:
    kept, other = township.find(Person)[0], factory.person(township, "陆燕")
    merge(township, kept, other, merged_values(kept, other))
    topic = township.save(with_values(township.find(Topic)[0], {"name": "改过的议题"}))
    matter = township.find(Matter)[0]
    township.remove(matter)
    packets.received(county_desk, packets.made(township, tmp_path / "U盘", EVER).path)
    packets.received(county_desk, path)
    assert county_desk.find(Topic) == [topic]
    assert county_desk.find(Matter) == []
    person = county_desk.get(Person, kept.id)
    assert person is not None
    assert "陆燕" in person.former_names
    assert faults(county_desk.database) == []


def test_the_county_sees_a_merger_taken_apart(
    county_desk: Desk, township: Desk, tmp_path: Path
) -> None:
    kept, other = township.find(Person)[0], factory.person(township, "陆燕")
    held = factory.meeting(township, host=other.id)
    merge(township, kept, other, merged_values(kept, other))
    packets.received(county_desk, packets.made(township, tmp_path / "一", EVER).path)
    assert county_desk.many(Meeting, [held.id])[0].host == kept.id
    RecycleBin(township).restore([other])
    path = packets.made(township, tmp_path / "二", EVER).path
    packets.received(county_desk, path)
    assert county_desk.many(Meeting, [held.id])[0].host == other.id
    assert county_desk.many(Person, [kept.id, other.id]) == [kept, other]
    assert plan_reception(county_desk, read_packet(path)).is_empty
