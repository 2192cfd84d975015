"""签到表 and 席卡."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import FormPaper, NamePlate, NamePlates, Paragraph
from liaison_desk.exports.papers.meeting_facts import MeetingFacts, facts_of
from liaison_desk.exports.papers.wording import (
    empty_rows,
    middle,
    moment_text,
    row,
    source,
    table,
    told,
)

if TYPE_CHECKING:
    from liaison_desk.domain.meeting import Attendance, Meeting
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Part, Row
    from liaison_desk.exports.papers.options import PaperOptions

_COLUMNS = ("序号", "姓名", "单位及职务", "界别", "联系电话", "签名", "备注")
_WIDTHS = (2.7, 5, 11, 5.7, 6.3, 7, 4.4)  # em of 10.5 pt
_ROW, _LEAST_ROW = 11.0, 8.0  # mm: room for a signature
_PAGE = 158.0  # mm of rows on the first page
_BLANK_ROWS = 15


def sign_in(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    """签到表: everyone who is asked in the order of the meeting, and rows for those who come."""
    facts = facts_of(read, meeting, show_personal=options.show_personal)
    asked = facts.attendance
    spare = options.extra_rows if asked else _BLANK_ROWS
    height = _row_height(len(asked) + spare)
    rows = [_row(facts, place, each, height) for place, each in enumerate(asked, 1)]
    rows += empty_rows(spare, len(_COLUMNS), height, first=len(rows) + 1)
    place = Paragraph(text=f"地点：{meeting.place}", is_flush=True, source=facts.of("place"))
    parts: list[Part] = [place, table(_WIDTHS, _COLUMNS, rows)]
    absent = facts.names("请假", "缺席")
    title = f"{meeting.name}签到表" if meeting.name else "会议签到表"
    return (
        FormPaper(
            title=title,
            parts=tuple(parts),
            over_left=f"时间：{moment_text(meeting.held_at)}",
            over_right=_counts(facts, options),
            foot=f"请假、缺席及原因：{absent}" if absent else "",
        ),
    )


def name_plates(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    """席卡: one for everyone who is asked and has not asked for leave, the host's first."""
    facts = facts_of(read, meeting)
    coming = [each.person for each in facts.attendance if each.presence not in {"请假", "缺席"}]
    people = dict.fromkeys([meeting.host, *coming] if meeting.host else coming)
    plates = tuple(
        NamePlate(name=found.name, source=source(found, "name"))
        for each in people
        if (found := facts.say.person(each)).name
    )
    return (NamePlates(title=f"{meeting.name}席卡", plates=plates),)


def _row_height(count: int) -> float:
    """The height of so many rows: a little lower where that keeps all of them on one page."""
    height = _PAGE / max(1, count)
    return height if _LEAST_ROW <= height < _ROW else _ROW


def _row(facts: MeetingFacts, place: int, each: Attendance, height: float) -> Row:
    """One who is asked; what is known of the presence stands under 备注."""
    say, person, seat = facts.say, facts.say.person(each.person), facts.say.seat(each.person)
    remark = "" if each.presence == "出席" else each.presence
    return row(
        middle(str(place)),
        middle(person.name, of=source(person, "name")),
        told(person.post, of=source(person, "post")),
        middle(seat.sector or each.capacity, of=source(seat, "sector")),
        middle(say.of(person, "phone"), of=source(person, "phone")),
        told(""),
        middle(remark, of=source(each, "presence")),
        height=height,
    )


def _counts(facts: MeetingFacts, options: PaperOptions) -> str:
    """应到, and 实到 once the meeting has been held."""
    asked = len(facts.attendance)
    held = facts.meeting.held_at is not None and facts.meeting.held_at.date() < options.today
    there = sum(each.was_there or each.presence == "列席" for each in facts.attendance)
    if not asked:
        return "应到　　人　　实到　　人"
    return f"应到{asked}人　　实到{there if held else '　　'}人"
