"""Rules that an office may switch on: each warns with where it comes from, and never refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import PRACTICES
from liaison_desk.domain.meeting import Attendance, Meeting, MeetingTopic
from liaison_desk.domain.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from liaison_desk.domain.minutes import Minutes
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading

WORKING_DAYS = 7


def warnings(office: Office, minutes: Minutes, read: Reading) -> list[str]:
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


def _stakeholders(minutes: Minutes, read: Reading) -> str:
    """Half of those present have a stake in the matter (亳州)."""
    there = [e for e in read.find(Attendance, meeting=minutes.meeting) if e.was_there]
    staked = sum(each.capacity == "利益相关方" for each in there)
    if not there or staked * 2 >= len(there):
        return ""
    return f"到会{len(there)}人中利益相关方{staked}人，不到一半（亳州：不少于50%）"


def _approved(minutes: Minutes, read: Reading) -> str:
    """Every topic was approved by the party committee and posted."""
    topics = [
        read.get(Topic, each.topic) for each in read.find(MeetingTopic, meeting=minutes.meeting)
    ]
    waiting = [each.name for each in topics if each and not (each.approved_on and each.posted_from)]
    return f"议题“{waiting[0]}”还没有审定日期或公示日期（先审定公示，后协商）" if waiting else ""


def _in_time(minutes: Minutes, read: Reading) -> str:
    """The minutes are dated within seven working days of the meeting."""
    meeting = read.get(Meeting, minutes.meeting)
    if meeting is None or meeting.held_at is None or minutes.dated is None:
        return ""
    last = working_days_after(meeting.held_at.date(), WORKING_DAYS)
    return f"成文日期晚于会后第{WORKING_DAYS}个工作日（{last}）" if minutes.dated > last else ""


_CHECKS: dict[str, Callable[[Minutes, Reading], str]] = dict(
    zip(PRACTICES, (_stakeholders, _approved, _in_time), strict=True)
)
