"""What many records are called, in as many questions as for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import Attendance
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.topic import Topic
from liaison_desk.services.captions import captions
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def test_records_are_called_what_each_is_called_alone(desk: Desk) -> None:
    seat = factory.member(desk, "陆䶮")
    held = factory.meeting(desk)
    for name in ("王𬭚", "陈𫖯"):
        factory.attendance(desk, held, factory.person(desk, name))
        desk.save(Pairing(membership=seat.id, partner=factory.person(desk, f"{name}二").id))
        factory.topic(desk, f"{name}提的议题")
    for kind in (Attendance, Pairing, Membership, Topic):
        found = desk.find(kind)
        assert found
        assert captions(desk, found) == [desk.caption(each.table, each.id) for each in found]
    assert captions(desk, [Topic(name="还没保存的")]) == ["还没保存的"]
    assert captions(desk, []) == []


def test_the_names_of_many_seats_take_one_question(desk: Desk) -> None:
    for number in range(12):
        factory.member(desk, f"委员{number}")
    seats, asked = desk.find(Membership), list[str]()
    desk.database.connection.set_trace_callback(asked.append)
    names = captions(desk, seats)
    desk.database.connection.set_trace_callback(None)
    assert sorted(names) == sorted(f"委员{number}" for number in range(12))
    assert len(asked) == 1
