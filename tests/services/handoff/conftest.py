"""A township with a quarter's work behind it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.minutes import FINAL
from liaison_desk.domain.record import with_values
from liaison_desk.services.attaching import attach
from liaison_desk.services.desk import Desk
from liaison_desk.store.database import Database
from tests import factory
from tests.services.handoff import packets
from tests.sticks import full_stick, pulled_out_stick, read_only_stick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from liaison_desk.services.handoff.making import MadePacket

__all__ = ["full_stick", "pulled_out_stick", "read_only_stick"]


@pytest.fixture
def township(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with a meeting in March, its final minutes, a matter and a photo."""
    who = factory.person(desk, "陆䶮", phone="13805610001", identity="11010519491231002X")
    held = factory.meeting(desk)
    factory.attendance(desk, held, who)
    agreed = factory.consensus(desk, held)
    final = with_values(
        factory.minutes(desk, held), {"status": FINAL, "year": 2026, "number": 1, "version": 1}
    )
    desk.save(final)
    factory.matter(desk, consensus=agreed.id, minutes=final.id)
    factory.topic(desk, proposed_on=datetime(2026, 2, 1).date())
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8 photo \xff\xd9" * 20)
    attach(desk, held, photo)
    return desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick that works."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def packet(township: Desk, stick: Path) -> MadePacket:
    """That township's first packet."""
    return packets.made(township, stick)


@pytest.fixture
def second_township(tmp_path: Path) -> Iterator[Desk]:
    """Another township's desk."""
    opened = Database.open(tmp_path / "青龙.db")
    made = Desk(opened, operator="赵文书", now=factory.Clock())
    made.set_up(factory.office(name="青龙镇政协联络组", township="青龙镇"))
    yield made
    opened.close()
