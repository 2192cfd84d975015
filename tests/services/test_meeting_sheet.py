"""A meeting with all its parts, saved as one deed."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting, Statement
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.services.meeting_sheet import (
    MeetingSheet,
    blank_sheet,
    load_sheet,
    roster,
    save_sheet,
)
from liaison_desk.services.parts import PartNotValid
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def filled(desk: Desk) -> MeetingSheet:
    """A sheet with two members, a guest, a statement and an agreed matter."""
    sheet = blank_sheet(desk)
    guest = Person(id=str(uuid4()), name="何木兰")
    agency = Agency(id=str(uuid4()), name="镇执法队")
    return dataclasses.replace(
        sheet,
        meeting=with_values(sheet.meeting, {"name": "停车难协商会"}),
        attendance=(*sheet.attendance, Attendance(person=guest.id, capacity="群众代表")),
        statements=(Statement(person=guest.id, point="要多划车位"),),
        consensus=(Consensus(name="划车位", agency=agency.id, due_on=date(2026, 3, 31)),),
        people=(guest,),
        agencies=(agency,),
    )


def test_everyone_on_the_roster_is_present_by_default(desk: Desk) -> None:
    for name, status in (("周㛃", "在任"), ("王𬭚", "增补"), ("赵犇", "辞去")):
        factory.member(desk, name, status=status)
    names = [desk.caption("person", each.person) for each in blank_sheet(desk).attendance]
    assert sorted(names) == sorted(["周㛃", "王𬭚"])
    assert {each.presence for each in blank_sheet(desk).attendance} == {"出席"}


def test_a_member_of_two_levels_sits_in_a_meeting_once(desk: Desk) -> None:
    seat = factory.member(desk, "周㛃")
    desk.save(dataclasses.replace(seat, id="", level="市"))
    assert roster(desk) == [seat.person]


def test_a_meeting_its_parts_and_its_guests_are_one_deed(desk: Desk) -> None:
    factory.member(desk, "周㛃")
    kept = save_sheet(desk, filled(desk))
    assert {each.name for each in desk.find(Person)} == {"周㛃", "何木兰"}
    assert [each.position for each in kept.attendance] == [1, 2]
    assert kept.consensus[0].name == "划车位"
    desk.undo()
    assert desk.find(Meeting) == []
    assert {each.name for each in desk.find(Person)} == {"周㛃"}
    assert desk.find(Agency) == []


def test_saving_again_without_a_change_leaves_no_deed(desk: Desk) -> None:
    kept = save_sheet(desk, filled(desk))
    before = desk.log.last_stamp()
    assert save_sheet(desk, kept) == kept
    assert desk.log.last_stamp() == before


def test_lines_taken_out_are_removed_and_the_rest_move_up(desk: Desk) -> None:
    sheet = filled(desk)
    two = (*sheet.consensus, dataclasses.replace(sheet.consensus[0], name="立标牌"))
    kept = save_sheet(desk, dataclasses.replace(sheet, consensus=two))
    left = save_sheet(desk, dataclasses.replace(kept, consensus=kept.consensus[1:]))
    assert [(each.name, each.position) for each in left.consensus] == [("立标牌", 1)]
    assert load_sheet(desk, left.meeting) == left


@pytest.mark.parametrize("days", [60, -60])
def test_a_meeting_and_what_it_agreed_are_moved_together(desk: Desk, days: int) -> None:
    kept = save_sheet(desk, filled(desk))
    before = desk.log.last_stamp()
    moved = timedelta(days=days)
    assert kept.meeting.held_at is not None
    assert kept.consensus[0].due_on is not None
    later = dataclasses.replace(
        kept,
        meeting=with_values(kept.meeting, {"held_at": kept.meeting.held_at + moved}),
        consensus=(
            with_values(kept.consensus[0], {"due_on": kept.consensus[0].due_on + moved}),
            Consensus(name="立标牌", due_on=kept.consensus[0].due_on + moved),
        ),
    )
    assert save_sheet(desk, later).meeting.held_at == kept.meeting.held_at + moved
    assert [each.name for each in desk.find(Consensus)] == ["划车位", "立标牌"]
    assert desk.queries.changed_since(before) == 3
    desk.undo()
    assert load_sheet(desk, kept.meeting) == kept


def test_a_meeting_does_not_move_behind_its_due_dates(desk: Desk) -> None:
    kept = save_sheet(desk, filled(desk))
    late = with_values(kept.meeting, {"held_at": datetime(2026, 5, 8, 9, 0)})
    with pytest.raises(PartNotValid, match="会议日期晚于共识事项“划车位”的时限"):
        save_sheet(desk, dataclasses.replace(kept, meeting=late))
    assert load_sheet(desk, kept.meeting) == kept


def test_a_wrong_line_is_named_and_nothing_is_kept(desk: Desk) -> None:
    sheet = filled(desk)
    wrong = with_values(sheet.consensus[0], {"due_on": date(2020, 1, 1)})
    with pytest.raises(PartNotValid) as refused:
        save_sheet(desk, dataclasses.replace(sheet, consensus=(*sheet.consensus, wrong)))
    assert refused.value.part is Consensus
    assert refused.value.row == 1
    assert "第2条共识事项" in str(refused.value)
    assert "时限早于会议日期" in str(refused.value)
    assert desk.find(Meeting) == []
    assert desk.find(Person) == []


def test_a_meeting_without_a_name_is_refused_in_its_own_words(desk: Desk) -> None:
    with pytest.raises(PartNotValid, match="请填写名称") as refused:
        save_sheet(desk, blank_sheet(desk))
    assert refused.value.part is Meeting
