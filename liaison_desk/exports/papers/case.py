"""典型案例: how one topic was consulted on and what came of it, as the text of a 公文."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.matter import Progress, Rating, Reply, Revisit
from liaison_desk.domain.survey import SurveyParticipant
from liaison_desk.exports.content import OfficialPaper, PaperStyle
from liaison_desk.exports.papers.topic_facts import TopicFacts, topic_facts
from liaison_desk.exports.papers.wording import ROOM, as_sentence, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.domain.matter import Matter
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.topic import Topic
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.papers.meeting_facts import MeetingFacts
    from liaison_desk.exports.papers.options import PaperOptions

_NUMERALS = "一二三四五六七八九十"


def typical_case(
    read: Reading, office: Office, topic: Topic, options: PaperOptions
) -> tuple[Paper, ...]:
    """典型案例 of a topic: 背景, 过程, 成效, each from the records."""
    facts = topic_facts(read, topic)
    parts = {"title": "name", "body": "reason"}
    return (
        OfficialPaper(
            style=PaperStyle.PLAIN,
            title=f"{topic.name or ROOM}\n协商案例",
            body="\n".join(_body(facts)),
            signature=office.name,
            signed_on=options.day,
            sources={part: found for part, of in parts.items() if (found := source(topic, of))},
        ),
    )


def _body(facts: TopicFacts) -> Iterator[str]:
    """The three chapters; an empty one keeps a line to write on."""
    for heading, lines in (
        ("一、案例背景", _background(facts)),
        ("二、协商过程", _course(facts)),
        ("三、协商成效", _results(facts)),
    ):
        yield heading
        yield from list(lines) or [ROOM]


def _background(facts: TopicFacts) -> Iterator[str]:
    topic, say = facts.topic, facts.say
    origin = "，".join(filter(None, (say.of(topic, "proposed_on"), topic.proposer)))
    if origin:
        where = f"，涉及{say.of(topic, 'village')}" if topic.village else ""
        yield as_sentence(f"{origin}提出“{topic.name}”（{topic.source or '议题'}）{where}")
    for text in (topic.reason, topic.present_state):
        if text:
            yield as_sentence(text)
    if topic.shortcomings:
        yield as_sentence(f"存在的主要问题：{topic.shortcomings}")


def _course(facts: TopicFacts) -> Iterator[str]:
    """Approval, surveys and meetings, each under a heading of the second level."""
    numbers = iter(_NUMERALS)
    topic, say = facts.topic, facts.say
    if topic.approver or topic.approved_on:
        yield (
            f"（{next(numbers)}）确定议题。"
            + as_sentence(
                f"{say.of(topic, 'approved_on')}经{topic.approver or '研究'}审定列为协商议题"
            )
        )
    if facts.surveys:
        yield f"（{next(numbers)}）协商前调研。{''.join(_survey(facts))}"
    for each in facts.meetings[:7]:
        yield f"（{next(numbers)}）开展协商。{_meeting(each)}"
        if each.consensus:
            counted = zip(_NUMERALS, each.consensus, strict=False)
            agreed = "；".join(f"{place}是{one.name}" for place, one in counted)
            yield f"会议形成共识{len(each.consensus)}项：{as_sentence(agreed)}"


def _survey(facts: TopicFacts) -> Iterator[str]:
    for each in facts.surveys:
        people = facts.read.find(SurveyParticipant, survey=each.id)
        names = "、".join(facts.say.name(one.person) for one in people)
        who = f"{names}等{len(people)}人" if people else ""
        place = f"到{each.place}" if each.place else ""
        counts = "、".join(
            phrase.format(count)
            for phrase, count in (
                ("走访{}户", each.households),
                ("听取{}人意见", each.people_heard),
            )
            if count
        )
        way = f"以{each.way}的方式" if each.way else ""
        when = facts.say.of(each, "held_on")
        told = "，".join(filter(None, (f"{when}{who}{place}{way}开展调研", counts)))
        yield as_sentence(told)
        yield as_sentence(each.situation)
        yield as_sentence(each.suggestions)


def _meeting(facts: MeetingFacts) -> str:
    """When and where, who came, and how many spoke."""
    meeting, say = facts.meeting, facts.say
    host = f"，{say.name(meeting.host)}主持" if meeting.host else ""
    groups = "、".join(
        f"{word}{len(names)}人" for word, names in facts.by_capacity(present_only=True)
    )
    came = f"，{groups}参加" if groups else ""
    day = say.of(meeting, "held_at")
    return as_sentence(f"{day}在{meeting.place or '会场'}召开{meeting.name}{host}{came}")


def _results(facts: TopicFacts) -> Iterator[str]:
    """What became of each matter, how it was judged, and what was found later."""
    closed = sum(each.closed_on is not None for each in facts.matters)
    if facts.matters:
        yield f"协商共识转为办理事项{len(facts.matters)}件，已办结{closed}件。"
    for place, each in enumerate(facts.matters, 1):
        yield f"{place}.{as_sentence(each.name)}{''.join(_of_matter(facts, each))}"
    ratings = [one for each in facts.matters for one in facts.read.find(Rating, matter=each.id)]
    good, total = (sum(_sum(each, words) for each in ratings) for words in (_GOOD, _ALL))
    if total:
        share = f"{100 * good / total:.1f}％"
        yield f"经{total}人次测评，对办理结果满意和基本满意{good}人次，占{share}。"


_GOOD = ("outcome_good", "outcome_fair")
_ALL = (*_GOOD, "outcome_poor")


def _sum(rating: Rating, names: tuple[str, ...]) -> int:
    return sum(getattr(rating, name) or 0 for name in names)


def _of_matter(facts: TopicFacts, matter: Matter) -> Iterator[str]:
    read, say = facts.read, facts.say
    if matter.agency:
        yield f"由{say.of(matter, 'agency')}办理。"
    replies = read.find(Reply, matter=matter.id)
    steps = () if replies else read.find(Progress, matter=matter.id)
    for each in (*steps, *replies):
        yield as_sentence(each.content)
    for visit in read.find(Revisit, matter=matter.id):
        yield f"回头看：{as_sentence(visit.situation)}"
    if matter.closed_on:
        yield f"{say.of(matter, 'closed_on')}办结。"
