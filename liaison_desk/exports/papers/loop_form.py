"""协商（闭环）登记表: one block for each step of the workflow that a topic follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.workflow import SHIPPED, Workflow, WorkflowStep
from liaison_desk.exports.content import FormPaper, Grid
from liaison_desk.exports.papers.photos import photos_of
from liaison_desk.exports.papers.topic_facts import NEEDS, Line, TopicFacts, topic_facts
from liaison_desk.exports.papers.wording import (
    field_row,
    head,
    heading,
    prose,
    row,
    short_day,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Part, Row
    from liaison_desk.exports.papers.options import PaperOptions

_BLOCK = 26.0  # mm: the least height of a step's block, to be written by hand
_SPAN = 5


@dataclass(frozen=True)
class Step:
    """A step of a workflow, and what it asks to be there."""

    name: str
    needs: tuple[str, ...]


def loop_form(
    read: Reading, office: Office, topic: Topic, options: PaperOptions
) -> tuple[Paper, ...]:
    """微协商（闭环）登记表, by the workflow of the topic or, if it has none, of the office."""
    facts = topic_facts(read, topic)
    workflow = topic.workflow or office.workflow
    steps = steps_of(read, topic.office or office.id, workflow)
    passed = {each.name: each for each in read.find(TopicStep, topic=topic.id)} if topic.id else {}
    rows = [*_about(facts)]
    for step, needs in told_by(steps):
        rows.append(_block(step, passed.get(step.name), needs, facts))
    parts: list[Part] = [Grid(widths=(2.5, 2.3, 2, 2.95, 2, 2.45), rows=tuple(rows))]
    photos = photos_of([p for each in facts.meetings for p in _photos(read, each.meeting.id)])
    if photos.photos:
        parts += [heading("现场照片"), photos]
    title = f"“{workflow}”协商登记表" if workflow else "微协商登记表"
    foot = "填表人：　　　　　　　　审核人：　　　　　　　　　归档号：　　　　　　　　"
    return (FormPaper(title=title, parts=tuple(parts), over_left=office.name,
                      over_right="编号：　　　　　　　　", foot=foot),)  # fmt: skip


def steps_of(read: Reading, office: str, workflow: str) -> list[Step]:
    """The steps of a workflow: the office's own, else those shipped."""
    for own in read.find(Workflow, office=office, name=workflow):
        kept = read.find(WorkflowStep, workflow=own.id)
        return [Step(each.name, _words(each.needs)) for each in kept]
    shipped = SHIPPED.get(workflow, ("", ()))[1] or SHIPPED["四单闭环"][1]
    return [Step(name, _words(needs)) for name, needs in shipped]


def told_by(steps: Sequence[Step]) -> list[tuple[Step, list[str]]]:
    """Each step with what it tells of; what no step asks for stands with what comes before it."""
    places = {
        need: index for index, step in reversed(list(enumerate(steps))) for need in step.needs
    }
    if "办理反馈" in places:
        places.setdefault("办理事项", places["办理反馈"])
    told: list[tuple[Step, list[str]]] = [(step, []) for step in steps]
    furthest = 0
    for need in NEEDS if told else ():
        at = places.get(need, furthest)
        furthest = max(furthest, at)
        told[at][1].append(need)
    return told


def _words(needs: str) -> tuple[str, ...]:
    return tuple(each for each in needs.split("、") if each)


def _photos(read: Reading, owner: str) -> list[Attachment]:
    return read.find(Attachment, owner=owner)


def _about(facts: TopicFacts) -> Iterator[Row]:
    """What the topic is, before its steps."""
    topic, say = facts.topic, facts.say
    yield field_row(head("议题"), say.cell(topic, "name", _SPAN))
    yield field_row(
        *say.pair(topic, "source"),
        *say.pair(topic, "village", label="所在村"),
        *say.pair(topic, "convener"),
    )
    yield field_row(
        *say.pair(topic, "proposer"), *say.pair(topic, "proposed_on"), *say.pair(topic, "weight")
    )


def _block(step: Step, passed: TopicStep | None, needs: list[str], facts: TopicFacts) -> Row:
    """A step: its name and day at the left, what there is to tell of it at the right."""
    day = short_day(passed.done_on) if passed else ""
    state = "（跳过）" if passed and passed.is_skipped else ""
    lines: list[Line] = [line for need in needs for line in facts.lines(need)]
    if passed and passed.note:
        lines.append((passed.note, source(passed, "note")))
    text = "\n".join(each for each, _ in lines)
    of = next((each for _, each in lines if each), None)
    label = "\n".join(filter(None, (f"{step.name}{state}", day)))
    return row(head(label), prose(text, _SPAN, of=of), height=_BLOCK)
