"""会议通知 with its 回执, and 议程."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.exports.content import (
    Align,
    FormPaper,
    Grid,
    OfficialPaper,
    PaperStyle,
    Paragraph,
)
from liaison_desk.exports.papers.meeting_facts import MeetingFacts, facts_of
from liaison_desk.exports.papers.wording import (
    ROOM,
    as_sentence,
    empty_rows,
    field_row,
    head,
    middle,
    moment_text,
    row,
    source,
    table,
    ticked,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.domain.meeting import Attendance, Meeting
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Cell, Paper, Row
    from liaison_desk.exports.papers.options import PaperOptions

SLIP = "参会回执"
_AGENDA_ROWS = 6


def notice(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    """会议通知: one for all, or one for each who is asked (`options.is_each`)."""
    facts = facts_of(read, meeting)
    if not options.is_each or not facts.attendance:
        return (_notice(facts, office, options, None),)
    return tuple(_notice(facts, office, options, each) for each in facts.attendance)


def agenda(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    """会议议程: what is talked about when, and who speaks."""
    facts = facts_of(read, meeting)
    about = (
        ("时间", moment_text(meeting.held_at), "held_at"),
        ("地点", meeting.place, "place"),
        ("主持", facts.say.titled(meeting.host), "host"),
    )
    items = [
        row(
            middle(str(place)),
            middle(each.starts, of=source(each, "starts")),
            told(each.name, of=source(each, "name")),
            middle(each.speaker, of=source(each, "speaker")),
            height=12,
        )
        for place, each in enumerate(facts.agenda, 1)
    ]
    lines = [
        Paragraph(text=f"{label}：{text}", is_flush=True, source=facts.of(name))
        for label, text, name in about
    ]
    if facts.topics:
        names = "；".join(each.name for each in facts.topics)
        lines.append(Paragraph(text=f"议题：{names}", is_flush=True, source=facts.of()))
    rows = items or empty_rows(_AGENDA_ROWS, 4, 12, first=1)
    grid = table((1.3, 2.8, 6.1, 3), ("序号", "时间", "议程", "发言人"), rows)
    title = f"{meeting.name}议程" if meeting.name else "会议议程"
    end = Paragraph(text=office.name, align=Align.RIGHT, source=source(office, "name"))
    return (FormPaper(title=title, parts=(*lines, grid, end)),)


# -- the letter ------------------------------------------------------------------------------


def _notice(
    facts: MeetingFacts, office: Office, options: PaperOptions, asked: Attendance | None
) -> OfficialPaper:
    meeting = facts.meeting
    sources = {"title": "name", "body": "held_at", "main_to": ""}
    return OfficialPaper(
        style=PaperStyle.LETTER,
        mark=office.name,
        number=options.number,
        title=f"关于召开{meeting.name.removeprefix('关于') or '　　　　　　　　'}的通知",
        main_to=_asked(facts, asked),
        body="\n".join(_body(facts, office)),
        attachments=(SLIP,),
        signature=office.name,
        signed_on=options.day,
        has_seal=True,
        enclosure=_slip(facts, office, asked),
        sources={part: found for part, name in sources.items() if (found := facts.of(name))},
    )


def _asked(facts: MeetingFacts, asked: Attendance | None) -> str:
    """主送: one person, or all by what they are."""
    if asked is not None:
        word = "委员" if asked.capacity == "委员" else "同志"
        return f"{facts.say.name(asked.person)}{word}"
    capacities = [capacity for capacity, _ in facts.by_capacity()]
    words = {"委员": "各位委员", "党政领导": "有关领导", "部门": "各有关部门", "专家": "各位专家"}
    named = [words[each] for each in words if each in capacities]
    if set(capacities) - set(words):
        named.append("各位参会代表")
    return "，".join(named) or "各位委员"


def _body(facts: MeetingFacts, office: Office) -> Iterator[str]:
    """The text: time, place, topics, agenda, who comes, what is asked of them."""
    meeting = facts.meeting
    yield (
        "按照工作安排，定于近期召开协商会议。现将有关事项通知如下："
        if not meeting.held_at
        else (
            f"按照工作安排，定于{moment_text(meeting.held_at)}召开{meeting.name}。"
            "现将有关事项通知如下："
        )
    )
    yield "一、会议时间"
    yield as_sentence(moment_text(meeting.held_at)) if meeting.held_at else moment_text(None)
    yield "二、会议地点"
    yield as_sentence(meeting.place) or ROOM
    number = iter("三四五六七")
    if facts.topics:
        yield f"{next(number)}、会议议题"
        yield from _numbered([each.name for each in facts.topics])
    if facts.agenda:
        yield f"{next(number)}、会议议程"
        yield from _numbered([_item(each.name, each.speaker) for each in facts.agenda])
    if facts.attendance:
        yield f"{next(number)}、参会人员"
        yield from (f"{word}：{'、'.join(names)}。" for word, names in facts.by_capacity())
    yield f"{next(number)}、有关要求"
    yield "1.请参会人员提前10分钟到会签到，并围绕议题做好发言准备。"
    yield "2.因故不能参会的，请会前向联络员请假，并填好回执送回。"
    if office.clerk or office.phone:
        yield f"联系人：{office.clerk or '　　　　'}，电话：{office.phone or '　　　　　　　　'}。"


def _numbered(texts: list[str]) -> Iterator[str]:
    """Each on a paragraph; numbered when there are several."""
    plain = [re.sub(r"^\d{1,2}[.、．]\s*", "", each) for each in texts]
    if len(plain) == 1:
        yield as_sentence(plain[0])
        return
    yield from (f"{place}.{as_sentence(text)}" for place, text in enumerate(plain, 1))


def _item(name: str, speaker: str) -> str:
    """An item of the agenda with who speaks."""
    return f"{name}（{speaker}）" if speaker else name


def _slip(facts: MeetingFacts, office: Office, asked: Attendance | None) -> FormPaper:
    """回执: filled by whoever is asked, with the name where it is known."""
    meeting, person = facts.meeting, facts.say.person(asked.person if asked else None)
    rows: tuple[Row, ...] = (
        field_row(head("会议名称"), told(meeting.name, 3, of=facts.of("name"))),
        field_row(head("会议时间"), told(moment_text(meeting.held_at), 3, of=facts.of("held_at"))),
        field_row(head("姓名"), _known(person.name), head("联系电话"), told("")),
        field_row(head("单位及职务"), told(person.post, 3, of=source(person, "post"))),
        field_row(head("能否参会"), told(ticked(("参会", "请假")), 3)),
        field_row(head("请假原因"), told("", 3)),
        field_row(head("是否发言"), told(f"{ticked(('发言', '不发言'))}　发言题目：", 3)),
        row(head("意见建议"), told("", 3), height=45),
    )
    reach = f"联络员{office.clerk}" if office.clerk else "联络员"
    phone = f"（电话：{office.phone}）" if office.phone else ""
    return FormPaper(
        title=SLIP,
        parts=(Grid(widths=(2, 3, 2, 3), rows=rows),),
        foot=f"请于会议前一天送回{reach}{phone}。",
    )


def _known(name: str) -> Cell:
    return told(name)
