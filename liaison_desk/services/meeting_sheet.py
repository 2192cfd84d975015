"""A meeting with all its parts, entered on one page and saved as one deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from liaison_desk.domain.meeting import (
    AgendaItem,
    Attendance,
    Consensus,
    Dissent,
    Meeting,
    MeetingTopic,
    Statement,
)
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.short import short
from liaison_desk.services.parts import save_line, save_parts

if TYPE_CHECKING:
    from liaison_desk.domain.agency import Agency
    from liaison_desk.domain.person import Person
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

P = TypeVar("P", MeetingTopic, AgendaItem, Attendance, Statement, Consensus, Dissent)
PART_TYPES = (MeetingTopic, AgendaItem, Attendance, Statement, Consensus, Dissent)


@dataclass(frozen=True)
class MeetingSheet:
    """A meeting and its parts, each list in the order of the page.

    `people` and `agencies` are those first met on this page: they have an id already, so the
    parts can name them, and are saved together with the meeting.
    """

    meeting: Meeting
    topics: tuple[MeetingTopic, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    statements: tuple[Statement, ...] = ()
    consensus: tuple[Consensus, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()

    @property
    def parts(self) -> tuple[tuple[Record, ...], ...]:
        """The lists, in the order of `PART_TYPES`."""
        return (
            self.topics,
            self.agenda,
            self.attendance,
            self.statements,
            self.consensus,
            self.dissents,
        )


def blank_sheet(desk: Desk) -> MeetingSheet:
    """A new meeting this morning, with everyone on the roster present."""
    return MeetingSheet(
        meeting=Meeting(id=str(uuid4()), held_at=datetime.combine(desk.today, time(9, 0))),
        attendance=tuple(Attendance(id=str(uuid4()), person=each) for each in roster(desk)),
    )


def load_sheet(desk: Desk, meeting: Meeting) -> MeetingSheet:
    """A saved meeting with its parts."""

    def parts(part_type: type[P]) -> tuple[P, ...]:
        return tuple(desk.find(part_type, meeting=meeting.id))

    return MeetingSheet(
        meeting=meeting,
        topics=parts(MeetingTopic),
        agenda=parts(AgendaItem),
        attendance=parts(Attendance),
        statements=parts(Statement),
        consensus=parts(Consensus),
        dissents=parts(Dissent),
    )


def save_sheet(desk: Desk, sheet: MeetingSheet) -> MeetingSheet:
    """Keep the meeting and all its parts as one deed; lines taken out are removed.

    Returns:
        The sheet as kept.

    Raises:
        PartNotValid: a line is wrong; nothing has changed.
    """
    with desk.deed(f"保存协商会“{short(sheet.meeting.name)}”"):
        desk.save_all(sheet.people)
        desk.save_all(sheet.agencies)
        meeting = sheet.meeting
        parts = dict(zip(PART_TYPES, sheet.parts, strict=True))
        if _is_postponed(desk, meeting):  # the due dates have to be out of its way first
            save_parts(desk, meeting, Consensus, parts.pop(Consensus))
        meeting = save_line(desk, meeting, 0)
        for part_type, records in parts.items():
            save_parts(desk, meeting, part_type, records)
    return load_sheet(desk, meeting)


def roster(desk: Desk) -> list[str]:
    """The ids of the people on the roster today, in its order, each once."""
    serving = (each for each in desk.find(Membership, office=desk.office_id) if each.is_serving)
    return list(dict.fromkeys(each.person for each in serving if each.person))


def _is_postponed(desk: Desk, meeting: Meeting) -> bool:
    """Whether a meeting is moved to a later time than it is kept with."""
    before = desk.get(Meeting, meeting.id)
    return bool(before and before.held_at and meeting.held_at and before.held_at < meeting.held_at)
