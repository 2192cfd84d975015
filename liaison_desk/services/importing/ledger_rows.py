"""A row of an old ledger of consultations: topic, meeting, what was agreed, what came of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.codes import DISSENT_HANDLINGS
from liaison_desk.domain.fields import WrongText, clean_line, clean_paragraphs
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Attendance, Consensus, Dissent, Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.short import short
from liaison_desk.domain.topic import Topic
from liaison_desk.services.importing.assembling import (
    Outcome,
    RowRefused,
    list_clashes,
    required,
    resolve_links,
)
from liaison_desk.services.importing.followup import settle
from liaison_desk.services.importing.linking import link_to, listed_names
from liaison_desk.services.importing.named_people import link_people
from liaison_desk.services.importing.written_dates import read_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from liaison_desk.services.importing.assembling import Context
    from liaison_desk.services.importing.entries import Entry

_NUMBER = re.compile(
    r"[①-⑳]\s*|(?:^|(?<=[；;。，,\n]))\s*(?:\d{1,2}\s*[.、．)）](?!\d)"
    r"|[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}、)\s*"
)
_OPEN = re.compile(
    r"^(?:会议)?(?:未|没有|没|尚未)(?:能)?(?:达成|形成)(?:一致|共识)(?:意见)?[：:，,。；;\s]*"
)
_COUNT = re.compile(r"[0-9０-９]+(\.0)?\s*[人件条项名位次]{0,2}")
_PARTY = re.compile(r"党委|党组织|党工委")
_LONGEST_NAME = 100
_LONGEST_AGREED = 500


def ledger_row(entry: Entry, context: Context) -> Outcome:
    """协商活动台账: the records of one row.

    Raises:
        RowRefused: there is no day, or neither a topic nor a name of the meeting.
    """
    required(entry, [("meeting.held_at", "日期")])
    if not entry.text("topic.name") and not entry.text("meeting.name"):
        raise RowRefused("没有议题，也没有会议名称")
    _list_counts(entry)
    resolve_links(entry, context)
    more = _other_topics(entry)
    topic = _topic(entry, context)
    meeting = _meeting(entry, topic, context)
    if topic is not None:
        _link(meeting, topic, context)
    for name in more:
        _link(meeting, _named_topic(name, context), context)
    _people(meeting, entry, context)
    agency, partners = _agencies(entry, context)
    due_on = _due_on(meeting, entry, context)
    agreed = _agreed(meeting, agency, partners, due_on, entry, context)
    _matters(meeting, topic, agreed, (agency, partners, due_on), entry, context)
    return Outcome(meeting)


def _list_counts(entry: Entry) -> None:
    """A column of agreed matters or people may hold how many there were: 3, 26人."""
    for key, what in (("ledger.agreed", "共识事项的件数"), ("ledger.people", "人数")):
        if _COUNT.fullmatch(clean_line(entry.text(key))):
            reason = f"写的是{what}，件数和人数由登记的内容得出，不单独保存"
            entry.refuse(key, reason)


def split_items(text: str) -> list[str]:
    """The items of what was agreed, when they are numbered; else the whole: 1.甲；2.乙."""
    plain = clean_paragraphs(text)
    parts = [part.strip().rstrip("；;") for part in _NUMBER.split(plain)]
    return [clean_line(part) for part in parts if part] if _NUMBER.search(plain) else [plain]


def meeting_name(topic: str, form: str) -> str:
    """What an old meeting is called that the ledger gives no name: 小区停车难微协商会."""
    form = form or "协商"
    ending = form if form.endswith("会") else f"{form}会"
    return f"{topic[: _LONGEST_NAME - len(ending)]}{ending}"


def _other_topics(entry: Entry) -> list[str]:
    """Of several numbered topics in a cell the first stays, the others are given back."""
    first, *others = split_items(entry.text("topic.name")) or [""]
    if others:
        entry.values["topic.name"] = first
        entry.notes.append(f"议题写了{len(others) + 1}个，记为同一次会的{len(others) + 1}个议题")
    return others


def _named_topic(name: str, context: Context) -> Topic:
    """Find or make a topic of which only the name is known."""
    known = context.work.find(Topic, name=name)
    return known[0] if known else context.work.new(Topic(name=name), ["name"])


def _topic(entry: Entry, context: Context) -> Topic | None:
    """Find or make the topic."""
    values = entry.of_table(Topic.table, Topic.fields())
    if not values.get("name"):
        for name in values:
            _list(entry, f"topic.{name}", "没有议题，这一格没有地方记；请补上议题再导入")
        return None
    known = context.work.find(Topic, name=values["name"])
    if not known:
        return context.work.new(Topic(**values), values)
    topic, clashes = context.work.fill(known[0], values)
    list_clashes(entry, clashes, Topic.table)
    return topic


def _meeting(entry: Entry, topic: Topic | None, context: Context) -> Meeting:
    """Find or make the meeting of that day about that topic."""
    values = entry.of_table(Meeting.table, Meeting.fields())
    known = _known_meeting(values, topic, context)
    if known is None:
        if not values.get("name") and topic is not None:
            values["name"] = meeting_name(topic.name, values.get("form", ""))
        return context.work.new(Meeting(**values), values)
    if known.held_at and values["held_at"].date() == known.held_at.date():
        _keep_time(known.held_at, values, entry)
    meeting, clashes = context.work.fill(known, values)
    list_clashes(entry, clashes, Meeting.table)
    return meeting


def _keep_time(known: datetime, values: dict[str, Any], entry: Entry) -> None:
    """A day without a time does not move a meeting whose time is known."""
    texts = [cell.text for cell in entry.cells if cell.field.key == "meeting.held_at"]
    if not any(re.search(r"[:：点时]|[上下中]午|晚", text) for text in texts):
        values["held_at"] = known


def _known_meeting(values: dict[str, Any], topic: Topic | None, context: Context) -> Meeting | None:
    """The meeting of that day with that name or topic, known or of an earlier row."""
    work, day = context.work, values["held_at"].date()
    found: list[Meeting] = []
    if topic is not None:
        links = work.find(MeetingTopic, topic=topic.id)
        found = [m for m in (work.get(Meeting, each.meeting) for each in links) if m is not None]
    if values.get("name"):
        found = [*work.find(Meeting, name=values["name"]), *found]
    return next((each for each in found if each.held_at and each.held_at.date() == day), None)


def _link(meeting: Meeting, topic: Topic, context: Context) -> None:
    """Put the topic on the meeting's list."""
    listed = context.work.find(MeetingTopic, meeting=meeting.id)
    if all(each.topic != topic.id for each in listed):
        link = MeetingTopic(meeting=meeting.id, topic=topic.id, position=len(listed) + 1)
        context.work.new(link, ["topic"])


def _people(meeting: Meeting, entry: Entry, context: Context) -> None:
    """Seat the people that are named; words that are no names are listed."""
    work = context.work
    for person in link_people(entry, "ledger.people", context):
        seated = work.find(Attendance, meeting=meeting.id)
        if any(each.person == person for each in seated):
            continue
        capacity = "委员" if work.find(Membership, person=person) else "群众代表"
        seat = Attendance(
            meeting=meeting.id, person=person, capacity=capacity, position=len(seated) + 1
        )
        work.new(seat, ["person"])


def _list(entry: Entry, key: str, reason: str) -> None:
    """List the cells of a field."""
    for cell in entry.cells:
        if cell.field.key == key:
            entry.list_cell(cell, reason)


def _agencies(entry: Entry, context: Context) -> tuple[str | None, str]:
    """The agency that leads, and the names of those that help."""
    listed = listed_names(entry.text("ledger.agency"))
    helping = [*listed[1:], *listed_names(entry.text("ledger.partners"))]
    if not listed:
        return None, "、".join(helping)
    try:
        leading = link_to(Agency.table, listed[0], context.work, context.township).id
    except WrongText as error:
        _list(entry, "ledger.agency", str(error))
        return None, "、".join(helping)
    if len(listed) > 1:
        entry.notes.append(f"“{listed[0]}”记为责任单位，{'、'.join(listed[1:])}记为协办")
    return leading, "、".join(helping)


def _due_on(meeting: Meeting, entry: Entry, context: Context) -> date | None:
    """The day by which it was to be done; one before the meeting is a slip of the pen."""
    text = entry.text("ledger.due_on")
    if not text:
        return None
    found = read_day(text, meeting.held_at.year if meeting.held_at else context.year)
    if found is None:
        _list(entry, "ledger.due_on", f"时限“{short(text)}”不是日期，没有记入；请补上日期再导入")
        return None
    found = found.by_its_end()
    if meeting.held_at and found.day < meeting.held_at.date():
        _list(entry, "ledger.due_on", f"时限“{short(text)}”早于会议日期，没有记入，请核对")
        return None
    entry.notes += found.notes_for("时限", text)
    return found.day


def _agreed(
    meeting: Meeting,
    agency: str | None,
    partners: str,
    due_on: date | None,
    entry: Entry,
    context: Context,
) -> list[Consensus]:
    """Find or make what was agreed, or what stayed open."""
    text = entry.text("ledger.agreed")
    found = _OPEN.match(text)
    if found:
        _dissent(meeting, text[found.end() :] or text, entry, context)
        return []
    agreed = []
    for name in split_items(text) if text else []:
        if len(name) > _LONGEST_AGREED:
            reason = f"共识事项最多{_LONGEST_AGREED}个字，这一条有{len(name)}个，请分条后再导入"
            _list(entry, "ledger.agreed", reason)
            continue
        values = {"agency": agency, "partners": partners, "due_on": due_on}
        agreed.append(_consensus(meeting, name, values, entry, context))
    return agreed


_CONSENSUS_CELLS = {
    "agency": "ledger.agency",
    "partners": "ledger.partners",
    "due_on": "ledger.due_on",
}


def _consensus(
    meeting: Meeting, name: str, values: dict[str, Any], entry: Entry, context: Context
) -> Consensus:
    """Find or make one agreed matter."""
    work = context.work
    same = work.find(Consensus, meeting=meeting.id, name=name)
    if same:
        agreed, clashes = work.fill(same[0], values)
        list_clashes(entry, clashes, Consensus.table, _CONSENSUS_CELLS)
        return agreed
    place = len(work.find(Consensus, meeting=meeting.id)) + 1
    record = Consensus(meeting=meeting.id, name=name, position=place, **values)
    return work.new(record, [key for key, value in values.items() if value])


def _dissent(meeting: Meeting, name: str, entry: Entry, context: Context) -> None:
    """Find or make what stayed open, with where it was handed."""
    work = context.work
    if len(name) > _LONGEST_AGREED:
        _list(entry, "ledger.agreed", f"意见最多{_LONGEST_AGREED}个字，请缩短后再导入")
        return
    outcome = entry.values.pop("ledger.outcome", "")
    handling = DISSENT_HANDLINGS[0] if _PARTY.search(outcome) else clean_line(outcome)
    same = work.find(Dissent, meeting=meeting.id, name=name)
    if same:
        clashes = work.fill(same[0], {"handling": handling})[1]
        list_clashes(entry, clashes, Dissent.table, {"handling": "ledger.outcome"})
        return
    place = len(work.find(Dissent, meeting=meeting.id)) + 1
    record = Dissent(meeting=meeting.id, name=name, handling=handling, position=place)
    work.new(record, ["name", "handling"])


def _matters(
    meeting: Meeting,
    topic: Topic | None,
    agreed: Sequence[Consensus],
    duty: tuple[str | None, str, date | None],
    entry: Entry,
    context: Context,
) -> None:
    """Find or make a matter of each thing agreed, and say what came of it."""
    agency, partners, due_on = duty
    outcome = entry.text("ledger.outcome")
    closed_on = _closed_on(entry, context)
    if agency is None or due_on is None:
        _tell_no_matter(agency, agreed, entry)
        return
    made = [_matter(each, each.name, agency, partners, due_on, entry, context) for each in agreed]
    if not made and topic is not None and (outcome or closed_on):
        made = [_matter(None, topic.name, agency, partners, due_on, entry, context)]
    number = entry.text("ledger.number")
    for matter in made:
        if number:
            matter, _ = context.work.fill(matter, {"requirement": f"协商纪要：{number}"})
        if outcome or closed_on:
            settle(matter, outcome, closed_on, entry, context)
    if not made:
        _tell_no_matter(agency, agreed, entry)


def _closed_on(entry: Entry, context: Context) -> date | None:
    """The day it was settled, where the ledger has a column for it."""
    text = entry.text("ledger.closed_on")
    found = read_day(text, context.year) if text else None
    if text and found is None:
        _list(entry, "ledger.closed_on", f"办结日期“{short(text)}”不是日期，没有记入")
    return found.day if found else None


def _matter(
    consensus: Consensus | None,
    name: str,
    agency: str,
    partners: str,
    due_on: date,
    entry: Entry,
    context: Context,
) -> Matter:
    """Find or make one matter."""
    work = context.work
    same = (
        work.find(Matter, consensus=consensus.id)
        if consensus
        else work.find(Matter, name=name, agency=agency)
    )
    if same:
        values = {"agency": agency, "partners": partners, "due_on": due_on}
        matter, clashes = work.fill(same[0], values)
        list_clashes(entry, clashes, Matter.table, _CONSENSUS_CELLS)
        return matter
    record = Matter(
        name=name,
        source="共识事项" if consensus else "议题",
        consensus=consensus.id if consensus else None,
        agency=agency,
        partners=partners,
        due_on=due_on,
    )
    return work.new(record, ["agency", "partners", "due_on"])


def _tell_no_matter(agency: str | None, agreed: Sequence[Consensus], entry: Entry) -> None:
    """What came of it has no place without a matter, nor has the duty without what was agreed."""
    lacking = "责任单位" if agency is None else "时限"
    keys = ["ledger.outcome", "ledger.closed_on", "ledger.number"]
    if not agreed:
        lacking = "共识事项"
        keys += ["ledger.agency", "ledger.partners", "ledger.due_on"]
    for key in keys:
        if entry.text(key):
            _list(entry, key, f"没有{lacking}，没有建立办理事项，这一格没有地方记；请补上后再导入")
