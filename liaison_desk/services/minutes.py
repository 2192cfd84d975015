"""The minutes: drafted from a meeting, finalised, numbered and followed up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain import dates
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.codes import NUMBERINGS
from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.minutes import DRAFT, FINAL, ISSUED, Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.short import short
from liaison_desk.domain.topic import Topic
from liaison_desk.services.meeting_sheet import MeetingSheet, load_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.services.desk import Desk

_NUMERALS = "一二三四五六七八九十"
_DAY = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_CUT_SHORT = re.compile(r"等[0-9]+人$")
SECRET_WORDS = ("秘密", "机密", "绝密")


class NotReady(DeskError):
    """The minutes cannot be finalised yet; `missing` lists what they lack."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("还不能定稿：" + "；".join(missing) + "。内容没有改动，补齐后再定稿。")
        self.missing = missing


class VersionReplaced(DeskError):
    """The minutes have been replaced; a new version must begin with what replaced them."""

    def __init__(self, minutes: Minutes, later: Minutes) -> None:
        super().__init__(
            f"{minutes.full_number}已有第{later.version}版，内容没有改动。请从第{later.version}版另起新版本。"
        )


def draft_minutes(desk: Desk, meeting: Meeting) -> Minutes:
    """Draft the minutes of a meeting from what was entered, and keep the draft.

    Returns:
        The new draft, or the minutes that the meeting has already.
    """
    existing = desk.find(Minutes, meeting=meeting.id)
    if existing:
        return max(existing, key=lambda each: each.version or 1)
    office = desk.office
    assert office is not None, "a desk that has not been set up"
    sheet = load_sheet(desk, meeting)
    drafted = Minutes(
        meeting=meeting.id,
        heading=_heading(desk, sheet),
        mark=office.mark or f"{office.name}协商纪要",
        issuer=office.name,
        dated=desk.today,
        summary=_opening(desk, sheet),
        body=draft_body(desk, sheet),
        present=_names(desk, sheet, "present", lambda each: each.was_there),
        on_leave=_names(desk, sheet, "on_leave", lambda each: each.presence == "请假"),
        nonvoting=_names(desk, sheet, "nonvoting", lambda each: each.presence == "列席"),
        main_to=office.main_to,
        copies=office.copies,
        printed_by=office.printed_by or office.name,
        printed_on=desk.today,
        prefix=office.number_prefix,
        version=1,
    )
    with desk.deed(f"起草纪要“{short(drafted.heading)}”"):
        return desk.save(drafted)


def draft_body(desk: Desk, sheet: MeetingSheet) -> str:
    """The text after 会议概况, as the meeting's records tell it, with its levels."""
    sections = [_opinions(desk, sheet), _agreed(desk, sheet), _open_points(sheet)]
    lines = []
    for numeral, section in zip(_NUMERALS, filter(None, sections), strict=False):
        lines += [f"{numeral}、{section[0]}", *section[1:]]
    return "\n".join(lines)


def missing_before_final(desk: Desk, minutes: Minutes) -> list[str]:
    """What the minutes lack before they can be finalised; empty when nothing."""
    missing = [problem.sentence for problem in minutes.problems()]
    if not minutes.present.strip():
        missing.append("请填写出席人员")
    held = desk.get(Meeting, minutes.meeting)
    if held and held.held_at and minutes.dated and minutes.dated < held.held_at.date():
        day = dates.chinese_day(held.held_at.date())
        missing.append(f"成文日期早于会议日期（{day}），请改正，并看看电脑的日期对不对")
    missing += _other_day(minutes, held)
    for place, each in enumerate(desk.find(Consensus, meeting=minutes.meeting), start=1):
        if each.agency is None:
            missing.append(f"第{place}条共识事项没有责任单位")
        if each.due_on is None:
            missing.append(f"第{place}条共识事项没有时限")
    return missing


def secrecy_warning(minutes: Minutes) -> str | None:
    """A warning when the title sounds like a state secret; this program may hold none."""
    found = [word for word in SECRET_WORDS if word in minutes.heading]
    if not found:
        return None
    return f"标题里有“{found[0]}”。本系统不得存放国家秘密，请核对。"


def untold(desk: Desk, minutes: Minutes) -> list[str]:
    """What the meeting's records say and the minutes do not: it came, or was reworded, later."""
    body, present = _bare(minutes.text), _bare(minutes.present)
    told = []
    agreed = [each.name for each in desk.find(Consensus, meeting=minutes.meeting)]
    if left := [each for each in agreed if _bare(each).rstrip("。；;，、") not in body]:
        told.append(f"共识事项{_some(left, '条')}的原文不在正文里，定稿时仍会成为办理事项，请核对")
    if not _CUT_SHORT.search(present):
        there = [e for e in desk.find(Attendance, meeting=minutes.meeting) if e.was_there]
        names = [each.name for each in desk.many(Person, [e.person for e in there if e.person])]
        if left := [each for each in names if _bare(each) not in present]:
            told.append(f"到会的{_some(left, '人')}不在出席人员里，请核对")
    return told


def finalise(desk: Desk, minutes: Minutes) -> Minutes:
    """Number and lock the minutes; what was agreed becomes matters. One deed.

    Raises:
        NotReady: something is missing; nothing has changed.
    """
    missing = missing_before_final(desk, minutes)
    if missing:
        raise NotReady(missing)
    assert minutes.dated is not None
    numbered = minutes
    if minutes.number is None:
        year = minutes.dated.year
        number = next_number(desk, minutes.prefix, year)
        numbered = with_values(minutes, {"year": year, "number": number})
    final = with_values(numbered, {"status": FINAL})
    with desk.deed(f"定稿纪要{final.full_number}"):
        kept = desk.save(final)
        desk.save_all(_new_matters(desk, kept))
    return kept


def mark_issued(desk: Desk, minutes: Minutes) -> Minutes:
    """Note that finalised minutes have been printed and sent."""
    issued = with_values(
        minutes, {"status": ISSUED, "printed_on": minutes.printed_on or desk.today}
    )
    with desk.deed(f"印发纪要{minutes.full_number}"):
        return desk.save(issued)


def new_version(desk: Desk, minutes: Minutes) -> Minutes:
    """Open a new draft that will replace finalised minutes under the same number.

    Returns:
        The new draft, or the one that has been opened for them already.

    Raises:
        VersionReplaced: a later version is final already.
    """
    version = (minutes.version or 1) + 1
    for later in desk.find(Minutes, replaces=minutes.id):
        if later.is_locked:
            raise VersionReplaced(minutes, later)
        return later
    draft = with_values(
        minutes,
        {"id": "", "status": DRAFT, "version": version, "replaces": minutes.id},
    )
    with desk.deed(f"为{minutes.full_number}另起第{version}版"):
        return desk.save(draft)


def next_number(desk: Desk, prefix: str, year: int) -> int:
    """The number after the highest one used, in the year or ever, as the office numbers."""
    return max(_used_numbers(desk, prefix, year), default=0) + 1


def number_gaps(desk: Desk, prefix: str, year: int) -> list[int]:
    """The numbers that were skipped in a series, in the year or ever."""
    used = _used_numbers(desk, prefix, year)
    return sorted(set(range(1, max(used, default=0) + 1)) - set(used))


def _other_day(minutes: Minutes, held: Meeting | None) -> list[str]:
    """That the opening names another day than the meeting's, as after the meeting was put off."""
    if held is None or held.held_at is None:
        return []
    day = dates.chinese_day(held.held_at.date())
    named = _DAY.findall(minutes.summary.partition("。")[0])
    if not named or day in named:
        return []
    return [f"会议概况写的是{named[0]}，会议登记的是{day}，请改成一致"]


def _used_numbers(desk: Desk, prefix: str, year: int) -> list[int]:
    """The numbers used in a series: of the year, unless the office numbers through."""
    office = desk.office
    is_yearly = office is None or office.numbering != NUMBERINGS[1]
    return desk.queries.used_numbers(desk.office_id, prefix, year if is_yearly else None)


def _new_matters(desk: Desk, minutes: Minutes) -> list[Matter]:
    """A matter for each agreed one that has none yet."""
    return [
        Matter(
            name=each.name,
            consensus=each.id,
            minutes=minutes.id,
            agency=each.agency,
            partners=each.partners,
            handed_over_on=minutes.dated
            if minutes.dated and each.due_on and minutes.dated <= each.due_on
            else None,
            due_on=each.due_on,
        )
        for each in desk.find(Consensus, meeting=minutes.meeting)
        if not desk.find(Matter, consensus=each.id)
    ]


def _heading(desk: Desk, sheet: MeetingSheet) -> str:
    """关于…的协商纪要; only the first of the topics when all of them are too long for a title."""
    topics = [each.removeprefix("关于") for each in _topics(desk, sheet)]
    about = _quoted(topics) if len(topics) > 1 else (topics or [sheet.meeting.name])[0]
    heading = f"关于{about}的协商纪要"
    if len(heading) > Minutes.fields()["heading"].max_length:
        heading = f"关于“{topics[0]}”等{len(topics)}个议题的协商纪要"
    return heading


def _topics(desk: Desk, sheet: MeetingSheet) -> list[str]:
    """The names of what the meeting talked about."""
    found = desk.many(Topic, [each.topic for each in sheet.topics if each.topic])
    return [each.name for each in found]


def _quoted(names: list[str]) -> str:
    """“甲”“乙”和“丙”: no 、 between quotation marks (GB/T 15834-2011, 4.5.3.5)."""
    marked = [f"“{each}”" for each in names]
    return "".join(marked) if len(marked) < 2 else f"{''.join(marked[:-1])}和{marked[-1]}"


def _opening(desk: Desk, sheet: MeetingSheet) -> str:
    """Who met when, where and on what."""
    meeting = sheet.meeting
    office = desk.office
    when = dates.chinese_day(meeting.held_at.date()) if meeting.held_at else ""
    half = _half_day(meeting.held_at.hour) if meeting.held_at else ""
    where = f"在{meeting.place}" if meeting.place else ""
    about = _quoted(_topics(desk, sheet))
    purpose = f"，就{about}开展协商" if about else ""
    host = desk.caption("person", meeting.host)
    chaired = f"会议由{host}主持。" if host else ""
    name = office.name if office else ""
    return (
        f"{when}{half}，{name}{where}召开{meeting.name}{purpose}。{chaired}现将会议情况纪要如下。"
    )


def _opinions(desk: Desk, sheet: MeetingSheet) -> list[str]:
    """会议认为: who said what, one paragraph each."""
    if not sheet.statements:
        return []
    verbs = {"问": "询问", "答": "答复", "辩": "认为", "发言": "提出"}
    lines = ["会议交流情况"]
    for each in sheet.statements:
        verb = verbs.get(each.kind, "提出")
        lines.append(f"{desk.caption('person', each.person)}{verb}，{_sentence(each.point)}")
    return lines


def _agreed(desk: Desk, sheet: MeetingSheet) -> list[str]:
    """会议议定: what is to be done, by whom, by when."""
    if not sheet.consensus:
        return []
    lines = ["会议议定事项"]
    for place, each in enumerate(sheet.consensus, start=1):
        agency = desk.get(Agency, each.agency)
        facts = [f"责任单位：{agency.name}" if agency else ""]
        facts.append(f"协办：{each.partners}" if each.partners else "")
        facts.append(f"完成时限：{dates.chinese_day(each.due_on)}" if each.due_on else "")
        told = "；".join(filter(None, facts))
        lines.append(f"（{_numeral(place)}）{_sentence(each.name)}" + (f"{told}。" if told else ""))
    return lines


def _open_points(sheet: MeetingSheet) -> list[str]:
    """未达成共识的意见 and where they go."""
    if not sheet.dissents:
        return []
    lines = ["未达成共识的意见"]
    for place, each in enumerate(sheet.dissents, start=1):
        raised = f"（{each.raised_by}提出）" if each.raised_by else ""
        handling = f"{each.handling}。" if each.handling else ""
        point = each.name.strip().rstrip("。；;") + raised
        lines.append(f"（{_numeral(place)}）{_sentence(point)}{handling}")
    return lines


def _names(
    desk: Desk, sheet: MeetingSheet, field: str, wanted: Callable[[Attendance], bool]
) -> str:
    """The people of one kind, as the paper lists them; of very many those that `field` holds."""
    chosen = [each.person for each in sheet.attendance if wanted(each) and each.person]
    names = [each.name for each in desk.many(Person, chosen)]
    room, shown = Minutes.fields()[field].max_length - len("等99999人"), len(names)
    while len("　".join(names[:shown])) > room:
        shown -= 1
    return "　".join(names[:shown]) + (f"等{len(names)}人" if shown < len(names) else "")


def _bare(text: str) -> str:
    """A text without its blanks and line ends, to be looked for."""
    return "".join(text.split())


def _some(names: list[str], counter: str) -> str:
    """The first of some names, and how many there are, in their counting word."""
    counted = f"等{len(names)}{counter}" if len(names) > 1 else ""
    return f"“{short(names[0])}”{counted}"


def _sentence(text: str) -> str:
    """A text with one mark at its end; a question stays a question."""
    plain = text.strip().rstrip("。；;，、")
    return plain if plain.endswith(("？", "！", "?", "!", "…")) else f"{plain}。"


def _half_day(hour: int) -> str:
    """上午, 下午 or 晚上."""
    return "上午" if hour < 12 else "下午" if hour < 18 else "晚上"


def _numeral(place: int) -> str:
    """1 to 99 in Chinese numerals: 三, 十二, 二十."""
    tens, ones = divmod(place, 10)
    digits = " 一二三四五六七八九"
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")
