"""What the papers of a meeting have in common: who is asked, who came, what is talked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import AgendaItem, Attendance, Consensus, Meeting, MeetingTopic
from liaison_desk.domain.topic import Topic
from liaison_desk.exports.papers.wording import Wording, day_text, source

if TYPE_CHECKING:
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Source


@dataclass(frozen=True)
class MeetingFacts:
    """One meeting with its parts, read once.

    Attributes:
        meeting: the meeting.
        topics: what it talks about.
        agenda: its items in order.
        attendance: everyone who is asked or came, in order.
        consensus: what was agreed.
        say: reads fields as papers print them.
    """

    meeting: Meeting
    topics: list[Topic]
    agenda: list[AgendaItem]
    attendance: list[Attendance]
    consensus: list[Consensus]
    say: Wording

    def names(self, *presences: str) -> str:
        """The names with one of these presences; the reason in brackets where there is one."""
        found = (
            (self.say.name(each.person), each.reason)
            for each in self.attendance
            if each.presence in presences
        )
        return "、".join(f"{name}（{reason}）" if reason else name for name, reason in found)

    def by_capacity(self, *, present_only: bool = False) -> list[tuple[str, list[str]]]:
        """Names grouped by 身份, in the order the groups appear."""
        groups: dict[str, list[str]] = {}
        for each in self.attendance:
            if each.was_there or each.presence == "列席" or not present_only:
                groups.setdefault(each.capacity, []).append(self.say.name(each.person))
        return list(groups.items())

    def of(self, name: str = "") -> Source | None:
        """Where a text about the meeting comes from."""
        return source(self.meeting, name)


def facts_of(read: Reading, meeting: Meeting, *, show_personal: bool = False) -> MeetingFacts:
    """Read a meeting with its parts; one that is not kept yet has none."""
    say = Wording(read, show_personal=show_personal)
    if not meeting.id:
        return MeetingFacts(meeting, [], [], [], [], say)
    links = read.find(MeetingTopic, meeting=meeting.id)
    return MeetingFacts(
        meeting=meeting,
        topics=[found for each in links if (found := read.get(Topic, each.topic))],
        agenda=read.find(AgendaItem, meeting=meeting.id),
        attendance=read.find(Attendance, meeting=meeting.id),
        consensus=read.find(Consensus, meeting=meeting.id),
        say=say,
    )


def agreed_text(say: Wording, each: Consensus) -> str:
    """An agreed matter in one line: 新划停车位30个（责任单位：…；协办：…；时限：…）."""
    about = [
        f"责任单位：{say.of(each, 'agency')}" if each.agency else "",
        f"协办：{each.partners}" if each.partners else "",
        f"时限：{day_text(each.due_on)}" if each.due_on else "",
    ]
    told = "；".join(filter(None, about))
    return f"{each.name}（{told}）" if told else each.name
