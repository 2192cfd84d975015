"""Every record type there is, in the order of the sidebar; parts follow what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.matter import Matter, Progress, Reply
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
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record

RECORD_TYPES: tuple[type[Record], ...] = (
    Office,
    Village,
    Agency,
    Person,
    Membership,
    Topic,
    Meeting,
    MeetingTopic,
    AgendaItem,
    Attendance,
    Statement,
    Consensus,
    Dissent,
    Minutes,
    Matter,
    Progress,
    Reply,
    Attachment,
    Packet,
)

BY_TABLE: dict[str, type[Record]] = {each.table: each for each in RECORD_TYPES}
"""The record type of each table name."""


def children_of(record_type: type[Record]) -> tuple[type[Record], ...]:
    """The types whose records are parts of one of `record_type`."""
    return tuple(
        each
        for each in RECORD_TYPES
        if each.parent and each.links()[each.parent].to == record_type.table
    )
