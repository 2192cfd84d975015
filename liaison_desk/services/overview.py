"""What the first page shows: what is due, which meetings lack what, what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import AgendaItem, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import RECEIVED, SENT, Packet
from liaison_desk.services.directives import directives_due
from liaison_desk.services.matters import by_urgency
from liaison_desk.services.planning import plan_of
from liaison_desk.services.printed import printed_on

if TYPE_CHECKING:
    from liaison_desk.domain.directive import Directive
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.planning import PlanProgress


@dataclass(frozen=True)
class MeetingState:
    """A recent meeting, and which of its papers were printed, agreed on or finalised."""

    meeting: Meeting
    ticks: dict[str, bool]


@dataclass(frozen=True)
class Overview:
    """Everything on the first page of a township's desk."""

    due: tuple[Matter, ...]
    directives: tuple[Directive, ...]
    overdue_count: int
    meetings: tuple[MeetingState, ...]
    plan: PlanProgress
    last_packet: Packet | None


@dataclass(frozen=True)
class TownshipState:
    """What a county desk has of one township.

    Attributes:
        office: the township's office.
        last_packet: the packet that was taken in last, or None.
        counts: how many members, meetings, finalised minutes and matters, by Chinese name.
        overdue: how many of the open matters are past their due date.
    """

    office: Office
    last_packet: Packet | None
    counts: dict[str, int]
    overdue: int


def townships(desk: Desk) -> list[TownshipState]:
    """Every township that has reported to this county desk, by name."""
    received = desk.find(Packet, direction=RECEIVED)
    last: dict[str | None, Packet] = {}
    for each in received:
        last.setdefault(each.sender, each)
    others = (each for each in desk.find(Office) if each.id != desk.office_id)
    return [_township(desk, each, last.get(each.id)) for each in others]


def overview(desk: Desk, meetings: int = 5) -> Overview:
    """Gather the first page; but for what was not reported, which takes a while to count."""
    recent = desk.find(Meeting, office=desk.office_id)[:meetings]
    sent = desk.find(Packet, direction=SENT)
    return Overview(
        due=tuple(by_urgency(desk, closed_on=None)),
        directives=tuple(directives_due(desk)),
        overdue_count=desk.queries.overdue_count(desk.today),
        meetings=tuple(_state_of(desk, each) for each in recent),
        plan=plan_of(desk, desk.today.year),
        last_packet=sent[0] if sent else None,
    )


def unreported_count(desk: Desk) -> int:
    """How many records have changed since the last packet went to the county."""
    return desk.queries.changed_since(_last_reported(desk))


def has_many_unreported(desk: Desk) -> bool:
    """Whether counting them would keep the clerk waiting."""
    return desk.queries.has_many_changes(_last_reported(desk))


def _last_reported(desk: Desk) -> str:
    """The stamp of the newest change that a packet took along, or ""."""
    sent = desk.find(Packet, direction=SENT)
    return max((each.stamp for each in sent), default="")


def _township(desk: Desk, office: Office, last: Packet | None) -> TownshipState:
    """What there is of one township."""
    counts = {
        name: desk.queries.count(kind, office=office.id)
        for name, kind in (
            ("委员", Membership),
            ("协商会", Meeting),
            ("纪要", Minutes),
            ("办理事项", Matter),
        )
    }
    overdue = desk.queries.overdue_count(desk.today, office.id)
    return TownshipState(office, last, counts, overdue)


def _state_of(desk: Desk, meeting: Meeting) -> MeetingState:
    """What a meeting has and lacks."""
    minutes, printed = desk.find(Minutes, meeting=meeting.id), printed_on(desk, meeting.id)
    ticks = {
        "通知": "notice" in printed,
        "议程": bool(desk.find(AgendaItem, meeting=meeting.id)),
        "签到表": "sign_in" in printed,
        "席卡": "name_plates" in printed,
        "纪要": any(each.is_locked for each in minutes),
    }
    return MeetingState(meeting, ticks)
