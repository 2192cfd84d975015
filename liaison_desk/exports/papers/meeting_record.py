"""会议记录: what was said and decided, to be signed by host and recorder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import Dissent, Statement
from liaison_desk.exports.content import FormPaper, Grid, Paragraph
from liaison_desk.exports.papers.meeting_facts import MeetingFacts, agreed_text, facts_of
from liaison_desk.exports.papers.wording import (
    as_sentence,
    field_row,
    head,
    heading,
    moment_text,
    source,
    told,
    writing_room,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.domain.meeting import Meeting
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Part, Row
    from liaison_desk.exports.papers.options import PaperOptions

_WRITING = 42.0  # mm to be written in by hand where nothing has been entered


def meeting_record(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    """会议记录: the facts as a grid, then agenda, statements and decisions as text."""
    facts = facts_of(read, meeting)
    parts: list[Part] = [Grid(widths=(2, 4, 2, 4), rows=tuple(_rows(facts)))]
    parts += _section("一、会议议程", _agenda(facts))
    parts += _section("二、发言记录", _statements(facts))
    parts += _section("三、议定事项", _decisions(facts))
    parts.append(Grid(widths=(2, 4, 2, 4), rows=_end(facts)))
    return (FormPaper(title="会议记录", parts=tuple(parts), over_left=office.name),)


def _rows(facts: MeetingFacts) -> Iterator[Row]:
    """Who met where and when."""
    meeting, say = facts.meeting, facts.say
    ends = "至　　时　　分" if meeting.held_at else ""
    yield field_row(head("会议名称"), told(meeting.name, 3, of=facts.of("name")))
    yield field_row(
        head("起止时间"), told(f"{moment_text(meeting.held_at)}{ends}", 3, of=facts.of("held_at"))
    )
    yield field_row(
        head("会议形式"), told(meeting.form, of=facts.of("form")),
        head("地点"), told(meeting.place, of=facts.of("place")),
    )  # fmt: skip
    yield field_row(
        head("主持人\n（职务）"), told(say.titled(meeting.host), of=facts.of("host")),
        head("记录人"), told(say.name(meeting.recorder), of=facts.of("recorder")),
)  # fmt: skip
    for label, presences in _PRESENCES:
        names = facts.names(*presences) or _counted(facts, label)
        yield field_row(head(label), told(names, 3, of=facts.of()))


def _counted(facts: MeetingFacts, label: str) -> str:
    """How many came to a meeting whose list was not kept."""
    count = facts.meeting.headcount
    return f"共{count}人" if label == "出席" and count and not facts.attendance else ""


_PRESENCES = (
    ("出席", ("出席", "迟到", "早退")),
    ("列席", ("列席",)),
    ("请假缺席\n（原因）", ("请假", "缺席")),
)


def _section(title: str, lines: list[Paragraph]) -> list[Part]:
    """A heading with its lines, or with room to write."""
    body: list[Part] = [*lines] if lines else [writing_room(_WRITING)]
    return [heading(title), *body]


def _agenda(facts: MeetingFacts) -> list[Paragraph]:
    """The items, with who spoke."""
    lines = [
        (each, f"{each.name}（{each.speaker}）" if each.speaker else each.name)
        for each in facts.agenda
    ]
    return [
        Paragraph(text=f"{place}.{as_sentence(text)}", source=source(each, "name"))
        for place, (each, text) in enumerate(lines, 1)
    ]


def _statements(facts: MeetingFacts) -> list[Paragraph]:
    """Who said what, in order; questions, answers and objections are marked."""
    if not facts.meeting.id:
        return []
    statements = facts.say.read.find(Statement, meeting=facts.meeting.id)
    lines: list[Paragraph] = []
    for each in statements:
        kind = "" if each.kind == "发言" else f"（{each.kind}）"
        first, *rest = each.point.split("\n")
        text = f"{facts.say.name(each.person)}{kind}：{first}"
        lines.append(
            Paragraph(text=text if rest else as_sentence(text), source=source(each, "point"))
        )
        lines += [Paragraph(text=one, source=source(each, "point")) for one in rest]
    return lines


def _decisions(facts: MeetingFacts) -> list[Paragraph]:
    """What was agreed, what stayed open, and the vote."""
    if not facts.meeting.id:
        return []
    say, meeting = facts.say, facts.meeting
    lines = [
        Paragraph(
            text=f"{place}.{as_sentence(agreed_text(say, each))}", source=source(each, "name")
        )
        for place, each in enumerate(facts.consensus, 1)
    ]
    for left in say.read.find(Dissent, meeting=meeting.id):
        about = "；".join(filter(None, (left.raised_by, left.handling)))
        text = f"未达成共识：{left.name}{f'（{about}）' if about else ''}"
        lines.append(Paragraph(text=as_sentence(text), source=source(left, "name")))
    counts = (meeting.votes_for, meeting.votes_against, meeting.abstentions)
    if any(each is not None for each in counts):
        words = (
            f"{word}{each or 0}票"
            for word, each in zip(("同意", "反对", "弃权"), counts, strict=True)
        )
        way = f"（{meeting.vote_way}）" if meeting.vote_way else ""
        lines.append(
            Paragraph(text=f"表决{way}：{'，'.join(words)}。", source=facts.of("votes_for"))
        )
    return lines


def _end(facts: MeetingFacts) -> tuple[Row, ...]:
    """Remarks, when it ended, and the two signatures."""
    return (
        field_row(head("备注"), told(facts.meeting.note, 3, of=facts.of("note"))),
        field_row(head("散会时间"), told("　　　　时　　　　分", 3)),
        field_row(head("主持人\n签名"), told(""), head("记录人\n签名"), told("")),
    )
