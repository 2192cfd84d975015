"""Checks that need more than one record, or what the record was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain import work_rules
from liaison_desk.domain.errors import Problem
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import DRAFT, Minutes
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.short import short
from liaison_desk.domain.work_rules import earlier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from liaison_desk.domain.reading import Lookup


def problems_of(record: Record, before: Record | None, read: Lookup) -> list[Problem]:
    """Everything that keeps a record from being saved.

    Args:
        record: as it would be saved.
        before: as it is now, in the recycle bin too, or None for a new one.
        read: where to look up what it hangs together with.
    """
    if record.removed_at:
        kept = before or record  # what the window shows may be older than what is kept
        return [
            problem
            for check in _REMOVAL_CHECKS.get(type(record), ())
            for problem in check(kept, read)
        ]
    found = record.problems()
    for check in _CHECKS.get(type(record), ()):
        found += check(record, before, read)
    return found


def repeated(records: Iterable[Record]) -> list[Problem]:
    """What records that are saved together have twice and may have only once."""
    found: list[Problem] = []
    seen: set[tuple[object, ...]] = set()
    for record in records:
        names = ONLY_ONCE.get(type(record))
        if names is None or record.removed_at:
            continue
        key = (type(record), *(getattr(record, name) for name in names))
        if key in seen and getattr(record, names[-1]) is not None:
            label = record.fields()[names[-1]].label
            found.append(Problem(names[-1], f"{record.title}的{label}有两条一样的，请去掉一条"))
        seen.add(key)
    return found


def _due_after_meeting(due_on: date | None, meeting: Meeting | None) -> list[Problem]:
    """A due date before the meeting is a slip of the pen."""
    held_at = meeting.held_at if meeting is not None else None
    return earlier("due_on", "时限", due_on, "会议日期", held_at.date() if held_at else None)


def _consensus(record: Consensus, before: Record | None, read: Lookup) -> list[Problem]:
    """An agreed matter is due after its meeting, and stays as the finalised minutes have it."""
    found = _due_after_meeting(record.due_on, read.get(Meeting, record.meeting))
    is_moved = before is not None and with_values(before, {"position": record.position}) == record
    return found if is_moved else [*found, *_settled(record, read)]


def _settled(record: Consensus, read: Lookup) -> list[Problem]:
    """What was agreed is settled while the last version of the minutes is final."""
    versions = read.find(Minutes, meeting=record.meeting)
    if not versions or not max(versions, key=lambda each: each.version or 1).is_locked:
        return []
    sentence = "纪要已定稿，共识事项不能增减或改动。请先在纪要里“另起新版本”，再改共识事项"
    return [Problem("", sentence)]


def _meeting(record: Meeting, before: Record | None, read: Lookup) -> list[Problem]:
    """A meeting cannot move behind what it agreed should be done by then."""
    for consensus in read.find(Consensus, meeting=record.id) if before else []:
        if _due_after_meeting(consensus.due_on, record):
            sentence = f"会议日期晚于共识事项“{short(consensus.name)}”的时限，请先改时限"
            return [Problem("held_at", sentence)]
    return []


def _matter(record: Matter, before: Record | None, read: Lookup) -> list[Problem]:
    """A matter is due after its meeting, and closed only with a reply."""
    consensus = read.get(Consensus, record.consensus)
    meeting = read.get(Meeting, consensus.meeting) if consensus else None
    found = _due_after_meeting(record.due_on, meeting)
    found += earlier("due_on", "时限", record.due_on, "交办日期", record.handed_over_on)
    return found + _closed_early(record.closed_on, read.find(Reply, matter=record.id))


def _closed_early(closed_on: date | None, replies: list[Reply]) -> list[Problem]:
    """A matter is not closed before it is answered."""
    if closed_on is None:
        return []
    if not replies:
        return [Problem("closed_on", "还没有办理反馈，不能办结。请先登记承办单位的反馈")]
    first = min((each.replied_on for each in replies if each.replied_on), default=closed_on)
    return earlier("closed_on", "办结日期", closed_on, "办理反馈的日期", first)


def _minutes(record: Minutes, before: Record | None, read: Lookup) -> list[Problem]:
    """Finalised minutes are locked; no two of a series share a number."""
    found = []
    if isinstance(before, Minutes) and before.is_locked:
        may_change = ("status", "printed_on", "removed_at")
        later = {name: getattr(before, name) for name in may_change}
        if record.status == DRAFT or with_values(record, later) != before:
            found.append(Problem("", "纪要已定稿，不能改动。需要改时请用“另起新版本”"))
    if record.number is not None:
        same = read.find(Minutes, year=record.year, number=record.number, office=record.office)
        others = [each for each in same if each.id not in {record.id, record.replaces}]
        if any(each.prefix == record.prefix and each.version == record.version for each in others):
            called = record.full_number or f"{record.number}号"
            found.append(Problem("number", f"{called}已经用过，请换一个号"))
    return found


def _attendance(record: Attendance, before: Record | None, read: Lookup) -> list[Problem]:
    """One person sits in one meeting once."""
    same = read.find(Attendance, meeting=record.meeting, person=record.person)
    if any(each.id != record.id for each in same):
        return [Problem("person", "这个人已经在到会名单里了")]
    return []


def _membership(record: Membership, before: Record | None, read: Lookup) -> list[Problem]:
    """One person holds one seat of a level in a term."""
    same = read.find(Membership, person=record.person, term=record.term, level=record.level)
    if any(each.id != record.id for each in same):
        return [Problem("term", f"这个人已经是{record.term}的委员了")]
    return []


def _remove_reply(record: Reply, read: Lookup) -> list[Problem]:
    """The only reply of a closed matter cannot go."""
    matter = read.get(Matter, record.matter)
    if matter is None or matter.removed_at or matter.closed_on is None:
        return []
    others = [each for each in read.find(Reply, matter=matter.id) if each.id != record.id]
    return [] if others else [Problem("", "这件事项已办结，它唯一的反馈不能删除。请先取消办结")]


def _remove_minutes(record: Minutes, read: Lookup) -> list[Problem]:
    """Finalised minutes stay."""
    return [Problem("", "纪要已定稿编号，不能删除")] if record.is_locked else []


def _remove_meeting(record: Meeting, read: Lookup) -> list[Problem]:
    """A meeting with finalised minutes stays."""
    if any(each.is_locked for each in read.find(Minutes, meeting=record.id)):
        return [Problem("", "这次会议的纪要已定稿，会议不能删除")]
    return []


ONLY_ONCE: dict[type[Record], tuple[str, ...]] = {
    Attendance: ("meeting", "person"),
    Membership: ("person", "level", "term"),
    Minutes: ("office", "prefix", "year", "version", "number"),
    **work_rules.ONLY_ONCE,
}
"""Fields that no two records of one batch may share; the last is the one the clerk mends."""

_CHECKS: dict[type[Record], tuple[Callable[..., list[Problem]], ...]] = {
    Consensus: (_consensus,),
    Meeting: (_meeting,),
    Matter: (_matter,),
    Minutes: (_minutes,),
    Attendance: (_attendance,),
    Membership: (_membership,),
    **work_rules.CHECKS,
}

_REMOVAL_CHECKS: dict[type[Record], tuple[Callable[..., list[Problem]], ...]] = {
    Consensus: (_settled,),
    Reply: (_remove_reply,),
    Minutes: (_remove_minutes,),
    Meeting: (_remove_meeting,),
}
