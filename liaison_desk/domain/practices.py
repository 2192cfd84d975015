"""Rules that an office may switch on: each warns with where it comes from, and never refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import PRACTICES
from liaison_desk.domain.meeting import Attendance, Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.domain.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from liaison_desk.domain.minutes import Minutes
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Lookup

WORKING_DAYS = 7
MEMBERS_SHARE = 60
"""How many of a hundred who look into a topic are members, at least."""


def warnings(office: Office, minutes: Minutes, read: Lookup) -> list[str]:
    """What the rules that are switched on say of a meeting and its minutes."""
    switched_on = office.practices.split("、")
    found = (_CHECKS[name](minutes, read) for name in PRACTICES if name in switched_on)
    return [sentence for sentence in found if sentence]


def working_days_after(day: date, count: int) -> date:
    """The day that is so many weekdays later; public holidays are not known."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _stakeholders(minutes: Minutes, read: Lookup) -> str:
    """Half of those present have a stake in the matter (亳州)."""
    there = [e for e in read.find(Attendance, meeting=minutes.meeting) if e.was_there]
    staked = sum(each.capacity == "利益相关方" for each in there)
    if not there or staked * 2 >= len(there):
        return ""
    return f"到会{len(there)}人中利益相关方{staked}人，不到一半（亳州：不少于50%）"


def _approved(minutes: Minutes, read: Lookup) -> str:
    """Every topic was approved by the party committee and posted."""
    topics = _topics(minutes, read)
    waiting = [each.name for each in topics if not (each.approved_on and each.posted_from)]
    return f"议题“{waiting[0]}”还没有审定日期或公示日期（先审定公示，后协商）" if waiting else ""


def _topics(minutes: Minutes, read: Lookup) -> list[Topic]:
    """What the meeting talked about."""
    named = read.find(MeetingTopic, meeting=minutes.meeting)
    return [topic for each in named if (topic := read.get(Topic, each.topic))]


def _surveys_before(topic: Topic, minutes: Minutes, read: Lookup) -> list[Survey]:
    """The surveys of a topic up to the day of the meeting."""
    meeting = read.get(Meeting, minutes.meeting)
    held_on = meeting.held_at.date() if meeting and meeting.held_at else None
    found = read.find(Survey, topic=topic.id)
    return [e for e in found if held_on is None or (e.held_on and e.held_on <= held_on)]


def _surveyed(minutes: Minutes, read: Lookup) -> str:
    """Every topic was looked into before the meeting."""
    for topic in _topics(minutes, read):
        if not _surveys_before(topic, minutes, read):
            return f"议题“{topic.name}”会前没有调研记录（不调研不协商）"
    return ""


def _members_looked(minutes: Minutes, read: Lookup) -> str:
    """Three in five of those who looked into a topic are members (福建)."""
    for topic in _topics(minutes, read):
        people = {
            each.person
            for survey in _surveys_before(topic, minutes, read)
            for each in read.find(SurveyParticipant, survey=survey.id)
        }
        members = sum(bool(read.find(Membership, person=each)) for each in people)
        if members * 100 < len(people) * MEMBERS_SHARE:
            return (
                f"议题“{topic.name}”的调研参加{len(people)}人中委员{members}人，"
                f"不到{MEMBERS_SHARE}%（福建：委员占60%以上）"
            )
    return ""


def _in_time(minutes: Minutes, read: Lookup) -> str:
    """The minutes are dated within seven working days of the meeting."""
    meeting = read.get(Meeting, minutes.meeting)
    if meeting is None or meeting.held_at is None or minutes.dated is None:
        return ""
    last = working_days_after(meeting.held_at.date(), WORKING_DAYS)
    return f"成文日期晚于会后第{WORKING_DAYS}个工作日（{last}）" if minutes.dated > last else ""


_CHECKS: dict[str, Callable[[Minutes, Lookup], str]] = dict(
    zip(PRACTICES, (_stakeholders, _approved, _in_time, _surveyed, _members_looked), strict=True)
)
