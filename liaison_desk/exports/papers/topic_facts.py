"""What has come of a topic, step by step, from the records that hang on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import STEP_NEEDS
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.matter import Matter, Progress, Rating, Reply, Revisit
from liaison_desk.domain.meeting import Dissent, Meeting, MeetingTopic, Statement
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.exports.papers.meeting_facts import MeetingFacts, agreed_text, facts_of
from liaison_desk.exports.papers.ratings import rating_line
from liaison_desk.exports.papers.wording import Wording, as_sentence, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.topic import Topic
    from liaison_desk.exports.content import Source

Line = tuple[str, "Source | None"]
"""A sentence, and the record it tells of."""

MOST_STATEMENTS = 6
"""Of a meeting's statements so many stand on a form; the record has them all."""


@dataclass(frozen=True)
class TopicFacts:
    """A topic with everything that came of it, read once."""

    topic: Topic
    surveys: list[Survey]
    meetings: list[MeetingFacts]
    minutes: list[Minutes]
    matters: list[Matter]
    say: Wording

    @property
    def read(self) -> Reading:
        """Where the records are."""
        return self.say.read

    def lines(self, need: str) -> list[Line]:
        """What there is to tell of one of `STEP_NEEDS`, or of "" for how the topic came up."""
        lines = _TELL[need](self) if self.topic.id else ()
        return [(as_sentence(text), of) for text, of in lines if text]


def topic_facts(read: Reading, topic: Topic) -> TopicFacts:
    """Read a topic with all that came of it."""
    say = Wording(read)
    if not topic.id:
        return TopicFacts(topic, [], [], [], [], say)
    held = (read.get(Meeting, each.meeting) for each in read.find(MeetingTopic, topic=topic.id))
    meetings = [each for each in held if each and not each.removed_at]
    meetings.sort(key=lambda each: (each.held_at is None, each.held_at))
    facts = [facts_of(read, each) for each in meetings]
    minutes = [m for each in meetings for m in _latest(read.find(Minutes, meeting=each.id))]
    return TopicFacts(
        topic=topic,
        surveys=sorted(read.find(Survey, topic=topic.id), key=lambda each: str(each.held_on)),
        meetings=facts,
        minutes=minutes,
        matters=_matters(read, topic, facts),
        say=say,
    )


def _latest(versions: list[Minutes]) -> list[Minutes]:
    """The version of a meeting's minutes that counts: the last that is locked, else the last."""
    locked = [each for each in versions if each.is_locked] or versions
    return [max(locked, key=lambda each: each.version or 0)] if locked else []


def _matters(read: Reading, topic: Topic, meetings: list[MeetingFacts]) -> list[Matter]:
    """What was handed over: of the agreed matters, or of the topic itself."""
    found = [
        m for each in meetings for c in each.consensus for m in read.find(Matter, consensus=c.id)
    ]
    turned = read.find(Conversion, from_topic=topic.id)
    found += [
        m for each in turned if (m := read.get(Matter, each.into_matter)) and not m.removed_at
    ]
    return list({each.id: each for each in found}.values())


# -- what is told of each need ---------------------------------------------------------------


def _origin(facts: TopicFacts) -> Iterator[Line]:
    """Where the topic comes from, and the five parts of its 预可研."""
    topic, say = facts.topic, facts.say
    about = (topic.source, topic.proposer, say.of(topic, "proposed_on"))
    yield "，".join(filter(None, about)), source(topic, "source")
    for name in ("reason", "policy", "present_state", "shortcomings", "direction"):
        text = getattr(topic, name)
        yield (f"{topic.fields()[name].label}：{text}" if text else ""), source(topic, name)


def _approval(facts: TopicFacts) -> Iterator[Line]:
    topic, say = facts.topic, facts.say
    yield topic.screening, source(topic, "screening")
    if topic.approved_on or topic.approver:
        day = say.of(topic, "approved_on")
        yield f"{topic.approver}{day}审定", source(topic, "approved_on")
    if topic.convener:
        yield f"召集委员：{say.name(topic.convener)}", source(topic, "convener")


def _posting(facts: TopicFacts) -> Iterator[Line]:
    topic, say = facts.topic, facts.say
    if topic.posted_from:
        until = say.of(topic, "posted_until")
        text = f"公示时间：{say.of(topic, 'posted_from')}{f'至{until}' if until else '起'}"
        yield text, source(topic, "posted_from")


def _planning(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.read.find(PlanItem, topic=facts.topic.id):
        when = facts.say.of(each, "meeting_month")
        time = f"，计划{when}协商" if when else ""
        yield f"列入{each.year}年度协商计划，{each.form}{time}", source(each)


def _surveying(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.surveys:
        people = facts.read.find(SurveyParticipant, survey=each.id)
        names = "、".join(facts.say.name(one.person) for one in people)
        counts = _counts(("走访{}户", each.households), ("听取{}人意见", each.people_heard))
        about = (facts.say.of(each, "held_on"), each.place, each.way, *counts)
        yield as_sentence("，".join(filter(None, about))), source(each)
        yield (f"调研人员：{names}" if names else ""), source(each)
        for name in ("situation", "shortcomings", "suggestions"):
            text = getattr(each, name)
            yield (f"{each.fields()[name].label}：{text}" if text else ""), source(each, name)


def _meeting(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.meetings:
        meeting, say = each.meeting, each.say
        host = say.name(meeting.host)
        about = (say.of(meeting, "held_at"), meeting.place, f"{host}主持" if host else "")
        told = "，".join(filter(None, about))
        yield f"{meeting.name}（{meeting.form}）：{as_sentence(told)}", source(meeting)
        for capacity, names in each.by_capacity(present_only=True):
            yield f"{capacity}{len(names)}人：{'、'.join(names)}", source(meeting)
        statements = facts.read.find(Statement, meeting=meeting.id)
        for one in statements[:MOST_STATEMENTS]:
            yield as_sentence(f"{say.name(one.person)}：{one.point}"), source(one, "point")


def _written(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.minutes:
        state = "" if each.is_locked else "（草稿）"
        title = "".join(each.heading.split("\n"))
        yield f"{each.full_number}《{title}》{state}", source(each, "heading")


def _agreed(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.meetings:
        for place, one in enumerate(each.consensus, 1):
            yield as_sentence(f"{place}.{agreed_text(each.say, one)}"), source(one, "name")
        for left in facts.read.find(Dissent, meeting=each.meeting.id):
            handling = f"（{left.handling}）" if left.handling else ""
            yield f"未达成共识：{left.name}{handling}", source(left, "name")


def _mark(facts: TopicFacts, matter: Matter) -> str:
    """第2项：, by which one of several matters is known after it was named."""
    return f"第{facts.matters.index(matter) + 1}项：" if len(facts.matters) > 1 else ""


def _handed(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.matters:
        say = facts.say
        number = f"（{each.handover_number}）" if each.handover_number else ""
        day = say.of(each, "handed_over_on")
        when = f"{day}交{say.of(each, 'agency')}办理{number}" if day else say.of(each, "agency")
        yield f"{_mark(facts, each)}{each.name}：{when}，时限{say.of(each, 'due_on')}", source(each)


def _answered(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.matters:
        steps = facts.read.find(Progress, matter=each.id)
        replies = facts.read.find(Reply, matter=each.id)
        for step in steps:
            day = facts.say.of(step, "reported_on")
            yield f"{_mark(facts, each)}{day}，{as_sentence(step.content)}", source(step, "content")
        for reply in replies:
            number = f"，{reply.reply_number}" if reply.reply_number else ""
            day = facts.say.of(reply, "replied_on")
            text = f"{day}反馈（{reply.result}）{number}，{as_sentence(reply.content)}"
            yield f"{_mark(facts, each)}{text}", source(reply, "content")


def _rated(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.matters:
        for rating in facts.read.find(Rating, matter=each.id):
            yield f"{_mark(facts, each)}{rating_line(rating)}。", source(rating)


def _revisited(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.matters:
        for visit in facts.read.find(Revisit, matter=each.id):
            day = facts.say.of(visit, "visited_on")
            finding = f"，{visit.finding}" if visit.finding else ""
            text = f"{day}回头看{finding}。{as_sentence(visit.situation)}"
            yield f"{_mark(facts, each)}{text}", source(visit, "situation")


def _closed(facts: TopicFacts) -> Iterator[Line]:
    for each in facts.matters:
        day = facts.say.of(each, "closed_on")
        yield (f"{_mark(facts, each)}{day}办结。" if day else ""), source(each, "closed_on")


def _counts(*told: tuple[str, int | None]) -> Iterator[str]:
    """Phrases with the numbers that are known."""
    return (phrase.format(count) for phrase, count in told if count is not None)


_TELL: dict[str, Callable[[TopicFacts], Iterator[Line]]] = {
    "": _origin,
    "审定": _approval,
    "公示": _posting,
    "列入计划": _planning,
    "调研": _surveying,
    "协商会": _meeting,
    "纪要": _written,
    "共识事项": _agreed,
    "办理事项": _handed,
    "办理反馈": _answered,
    "满意度": _rated,
    "回头看": _revisited,
    "办结": _closed,
}
NEEDS = ("", *STEP_NEEDS)
"""What there may be to tell of a topic, in the order it comes about."""
