"""What one member did in a time, kind by kind, each entry with the record it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity, ActivityParticipant
from liaison_desk.domain.meeting import Attendance, Meeting, Statement
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.exports.papers.wording import Wording, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Source

MEETINGS, STATEMENTS, PROPOSALS, OPINIONS = "会议出席", "协商发言", "提案", "社情民意信息"
SURVEYS, STUDY, WELFARE, RECEPTIONS, OTHERS = (
    "视察调研", "学习培训", "公益活动", "接待联络", "其他履职",
)  # fmt: skip
KINDS = (
    MEETINGS, STATEMENTS, PROPOSALS, OPINIONS, SURVEYS, STUDY, WELFARE, RECEPTIONS, OTHERS
)  # fmt: skip
"""The parts of a member's file, in its order."""

_OF_ACTIVITY = {
    "接待日": RECEPTIONS,
    "联络日": RECEPTIONS,
    "学习培训": STUDY,
    "党建": STUDY,
    "文史": STUDY,
    "视察": SURVEYS,
    "调研": SURVEYS,
    "民主监督": SURVEYS,
    "走访": SURVEYS,
    "公益": WELFARE,
}


@dataclass(frozen=True)
class Entry:
    """One thing a member did.

    Attributes:
        on: its day, or None.
        text: what it was.
        outcome: what came of it, or how the member was there.
        source: the record it comes from.
    """

    on: date | None
    text: str
    outcome: str
    source: Source | None


def duties_of(
    read: Reading, person: str | None, is_meant: Callable[[date | None], bool]
) -> dict[str, list[Entry]]:
    """What a person did on the days that are meant, by `KINDS`, each by day."""
    found: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    if person:
        for kind, entry in _all(Wording(read), person):
            if is_meant(entry.on):
                found[kind].append(entry)
    for entries in found.values():
        entries.sort(key=lambda each: (each.on is None, str(each.on)))
    return found


def _all(say: Wording, person: str) -> Iterator[tuple[str, Entry]]:
    yield from _in_meetings(say, person)
    yield from _proposals(say, person)
    yield from _opinions(say, person)
    yield from _surveys(say, person)
    yield from _activities(say, person)


def _kept(record: Record | None) -> bool:
    return record is not None and not record.removed_at


def _in_meetings(say: Wording, person: str) -> Iterator[tuple[str, Entry]]:
    read = say.read
    for seat in read.find(Attendance, person=person):
        meeting = read.get(Meeting, seat.meeting)
        if meeting is None or not _kept(meeting):
            continue
        reason = f"（{seat.reason}）" if seat.reason else ""
        day = meeting.held_at.date() if meeting.held_at else None
        yield (
            MEETINGS,
            Entry(day, meeting.name, f"{seat.presence}{reason}", source(seat, "presence")),
        )
    for each in read.find(Statement, person=person):
        meeting = read.get(Meeting, each.meeting)
        if meeting is None or not _kept(meeting):
            continue
        day = meeting.held_at.date() if meeting.held_at else None
        yield STATEMENTS, Entry(day, each.point, meeting.name, source(each, "point"))


def _proposals(say: Wording, person: str) -> Iterator[tuple[str, Entry]]:
    read = say.read
    own = [(each, "") for each in read.find(Proposal, proposer=person)]
    signed = [
        (found, "联名")
        for each in read.find(ProposalCosigner, person=person)
        if (found := read.get(Proposal, each.proposal)) and _kept(found)
    ]
    for each, word in (*own, *signed):
        outcome = "，".join(filter(None, (word, each.number, each.filing, each.result)))
        yield PROPOSALS, Entry(each.submitted_on, each.name, outcome, source(each, "name"))


def _opinions(say: Wording, person: str) -> Iterator[tuple[str, Entry]]:
    read = say.read
    own = [(each, "") for each in read.find(Opinion, reporter=person)]
    signed = [
        (found, "联名")
        for each in read.find(OpinionCosigner, person=person)
        if (found := read.get(Opinion, each.opinion)) and _kept(found)
    ]
    for each, word in (*own, *signed):
        taken = (_adopted(one) for one in read.find(Adoption, opinion=each.id))
        outcome = "；".join(filter(None, (word, *taken)))
        yield OPINIONS, Entry(each.reported_on, each.name, outcome, source(each, "name"))


def _adopted(adoption: Adoption) -> str:
    """县采用; 市批示（市政府办公室：请交通部门研究办理。）."""
    word = "；".join(filter(None, (adoption.instructed_by, adoption.instruction)))
    return f"{adoption.level}{adoption.way}{f'（{word}）' if word else ''}"


def _surveys(say: Wording, person: str) -> Iterator[tuple[str, Entry]]:
    for each in say.read.find(SurveyParticipant, person=person):
        survey = say.read.get(Survey, each.survey)
        if survey is not None and _kept(survey):
            text = f"{say.of(survey, 'topic')}调研"
            yield SURVEYS, Entry(survey.held_on, text, survey.way, source(survey))


def _activities(say: Wording, person: str) -> Iterator[tuple[str, Entry]]:
    for each in say.read.find(ActivityParticipant, person=person):
        activity = say.read.get(Activity, each.activity)
        if activity is None or not _kept(activity):
            continue
        day = activity.held_at.date() if activity.held_at else None
        kind = _OF_ACTIVITY.get(activity.kind, OTHERS)
        outcome = "；".join(filter(None, (activity.kind, each.note)))
        yield kind, Entry(day, activity.name, outcome, source(activity, "name"))
