"""Checks of the records around the main line: plan, opinion, proposal, follow-up, pairing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain import dates
from liaison_desk.domain.activity import ActivityParticipant
from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.codes import DELAYED
from liaison_desk.domain.conversion import FROM, INTO, Conversion
from liaison_desk.domain.errors import Problem
from liaison_desk.domain.matter import Extension, Matter, Rating, Revisit
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.survey import SurveyParticipant
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from liaison_desk.domain.reading import Lookup
    from liaison_desk.domain.record import Record

MOST_PARTNERS = 3
"""How many members outside the party one of the party keeps in touch with at a time."""
PARTY_MEMBER = ("中共党员", "中共预备党员")


def earlier(
    field: str, label: str, day: date | None, than: str, first: date | None
) -> list[Problem]:
    """The sentence for two days in the wrong order; none when they are right or not both known."""
    if day is None or first is None or day >= first:
        return []
    told = f"{label}早于{than}（{dates.chinese_day(first)}），请改为当天或之后的日期"
    return [Problem(field, told)]


def _others(record: Record, read: Lookup, *names: str) -> bool:
    """Whether another record has the same values in these fields."""
    equals = {name: getattr(record, name) for name in names}
    return any(each.id != record.id for each in read.find(type(record), **equals))


def _plan_item(record: PlanItem, before: Record | None, read: Lookup) -> list[Problem]:
    """A topic stands in a year's plan once; looking into it comes first; a delay has a reason."""
    found = []
    if record.topic and _others(record, read, "year", "topic"):
        found.append(Problem("topic", f"{record.year}年度计划里已有这个议题，请改那一条"))
    if record.survey_month and record.meeting_month and record.survey_month > record.meeting_month:
        found.append(Problem("meeting_month", "协商时间早于调研时间，请核对两个时间"))
    if record.status == DELAYED and not record.delay_reason:
        found.append(Problem("delay_reason", "完成情况是“延期”，请填写延期原因"))
    return found


def _posted(record: Topic, before: Record | None, read: Lookup) -> list[Problem]:
    """A posting ends after it began."""
    return earlier("posted_until", "公示结束", record.posted_until, "公示开始", record.posted_from)


def _numbered(record: Record, before: Record | None, read: Lookup) -> list[Problem]:
    """No two reports or proposals share a number."""
    number = getattr(record, "number", "")
    if not number or not _others(record, read, "office", "number"):
        return []
    return [Problem("number", f"编号“{number}”已经用过，请换一个")]


def _adoption(record: Adoption, before: Record | None, read: Lookup) -> list[Problem]:
    """Nothing is taken up before it was reported."""
    opinion = read.get(Opinion, record.opinion)
    if opinion is None:
        return []
    return earlier("adopted_on", "采用日期", record.adopted_on, "报送日期", opinion.reported_on)


def _proposal(record: Proposal, before: Record | None, read: Lookup) -> list[Problem]:
    """An answer comes after the proposal, and has a day."""
    found = earlier("replied_on", "答复日期", record.replied_on, "提交日期", record.submitted_on)
    if record.result and record.replied_on is None:
        found.append(Problem("replied_on", "填了答复结果，请补上答复日期"))
    return found


def _extension(record: Extension, before: Record | None, read: Lookup) -> list[Problem]:
    """An extension gives more time, and only to what is open."""
    matter = read.get(Matter, record.matter)
    if before is None and matter is not None and matter.closed_on is not None:
        return [Problem("", "这件事项已经办结，不用延期。请先取消办结")]
    if record.new_due_on and record.old_due_on and record.new_due_on <= record.old_due_on:
        day = dates.chinese_day(record.old_due_on)
        return [Problem("new_due_on", f"新时限没有晚于原时限（{day}），请改为之后的日期")]
    return []


def _rating(record: Rating, before: Record | None, read: Lookup) -> list[Problem]:
    """A rating counts somebody."""
    counts = (
        value
        for name, value in vars(record).items()
        if name.startswith(("work_", "outcome_")) and value
    )
    return [] if any(counts) else [Problem("work_good", "请填写至少一项满意度的人数")]


def _revisit(record: Revisit, before: Record | None, read: Lookup) -> list[Problem]:
    """One looks back at what was handed over."""
    matter = read.get(Matter, record.matter)
    if matter is None:
        return []
    return earlier("visited_on", "回头看日期", record.visited_on, "交办日期", matter.handed_over_on)


def _pairing(record: Pairing, before: Record | None, read: Lookup) -> list[Problem]:
    """A party member keeps in touch with one to three members outside the party."""
    seat = read.get(Membership, record.membership)
    partner = read.get(Person, record.partner)
    if seat is None or partner is None:
        return []
    if partner.id == seat.person:
        return [Problem("partner", "不能联系自己，请另选一位党外委员")]
    if partner.party in PARTY_MEMBER:
        return [Problem("partner", f"{partner.name}是{partner.party}，请选党外委员")]
    if found := earlier("until", "结束日期", record.until, "开始日期", record.since):
        return found
    others = [e for e in read.find(Pairing, membership=seat.id) if e.id != record.id]
    going_on = [each for each in others if each.until is None]
    if any(each.partner == partner.id for each in going_on):
        return [Problem("partner", f"已经联系了{partner.name}")]
    if record.until is None and len(going_on) >= MOST_PARTNERS:
        return [Problem("partner", f"已联系{MOST_PARTNERS}名党外委员，请先结束其中一名")]
    return []


def _once(label: str, *names: str) -> Callable[[Record, Record | None, Lookup], list[Problem]]:
    """A check that refuses a second record with the same values, with the sentence `label`."""

    def check(record: Record, before: Record | None, read: Lookup) -> list[Problem]:
        return [Problem(names[-1], label)] if _others(record, read, *names) else []

    return check


def _conversion(record: Conversion, before: Record | None, read: Lookup) -> list[Problem]:
    """One thing became one other thing."""
    sources, targets = record.ends(FROM), record.ends(INTO)
    if len(sources) != 1 or len(targets) != 1:
        return [Problem("", "转办关系要有一个来源和一个去向，请重新选择")]
    return [Problem("", "不能转成它自己，请另选一条")] if sources == targets else []


def _merged(record: Person, before: Record | None, read: Lookup) -> list[Problem]:
    """Nobody is merged into himself."""
    is_own = bool(record.id) and record.merged_into == record.id
    return [Problem("merged_into", "不能合并到自己，请另选一人")] if is_own else []


ONLY_ONCE: dict[type[Record], tuple[str, ...]] = {
    SurveyParticipant: ("survey", "person"),
    ActivityParticipant: ("activity", "person"),
    OpinionCosigner: ("opinion", "person"),
    ProposalCosigner: ("proposal", "person"),
    CodeWord: ("office", "wordlist", "term", "name"),
    Workflow: ("office", "name"),
    TopicStep: ("topic", "name"),
}
"""Fields that no two of these records share; the last is the one the clerk mends."""

_SENTENCES = {
    CodeWord: "这个选项已经在名单里了",
    Workflow: "已有同名的工作流程，请换一个名称",
    TopicStep: "这一步已经登记过了",
}

_Checks = tuple["Callable[..., list[Problem]]", ...]

CHECKS: dict[type[Record], _Checks] = {
    Topic: (_posted,),
    Person: (_merged,),
    PlanItem: (_plan_item,),
    Opinion: (_numbered,),
    Proposal: (_numbered, _proposal),
    Adoption: (_adoption,),
    Extension: (_extension,),
    Rating: (_rating,),
    Revisit: (_revisit,),
    Pairing: (_pairing,),
    Conversion: (_conversion,),
    **{
        kind: (_once(_SENTENCES.get(kind, "这个人已经在名单里了"), *names),)
        for kind, names in ONLY_ONCE.items()
    },
}
"""What is checked of each type, with what it was before and what it hangs together with."""
