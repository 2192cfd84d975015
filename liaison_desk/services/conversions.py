"""Turning one record into another: a visitor's word into a topic, a proposal into a matter.

What carries over is a table of data: what each kind of record tells (`SOURCES`), and where each
kind puts it (`TARGETS`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from liaison_desk.domain.activity import Activity, Visitor
from liaison_desk.domain.conversion import FROM, INTO, Conversion
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Dissent
from liaison_desk.domain.opinion import Opinion, OpinionCosigner
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.short import short
from liaison_desk.domain.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.services.desk import Desk

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Told:
    """What a kind of record tells, as names of its fields.

    Attributes:
        title: what it is called.
        texts: what it says, in order; joined by line breaks.
        person: a link to whoever raised it.
        person_name: whoever raised it, as text.
        carried: fields that a target of the same name takes over.
        topic_source: the word of 来源 when it becomes a topic.
        matter_source: the word of 来源 when it becomes a matter.
    """

    title: str
    texts: tuple[str, ...]
    person: str = ""
    person_name: str = ""
    carried: tuple[str, ...] = ()
    topic_source: str = ""
    matter_source: str = ""


SOURCES: dict[type[Record], Told] = {
    Topic: Told(
        "name",
        ("reason", "policy", "present_state", "shortcomings", "direction"),
        person="convener",
        person_name="proposer",
        carried=("village", "category"),
        matter_source="议题",
    ),
    Opinion: Told(
        "name",
        ("body",),
        person="reporter",
        carried=("village",),
        topic_source="社会征集",
        matter_source="社情民意",
    ),
    Proposal: Told(
        "name",
        ("suggestions",),
        person="proposer",
        carried=("category", "agency", "partners"),
        topic_source="委员荐题",
        matter_source="提案",
    ),
    Matter: Told("name", ("requirement",), carried=("agency", "partners", "due_on")),
    Visitor: Told(
        "concern",
        ("concern",),
        person_name="name",
        topic_source="群众提题",
        matter_source="接待",
    ),
    Activity: Told(
        "name",
        ("content", "outcome"),
        person_name="organiser",
        carried=("village",),
        matter_source="活动",
    ),
    Directive: Told(
        "name",
        ("content",),
        person_name="issued_by",
        carried=("due_on",),
        topic_source="上级交办",
        matter_source="县级交办",
    ),
    Dissent: Told(
        "name",
        ("name",),
        person_name="raised_by",
        topic_source="社会征集",
        matter_source="未达成共识的意见",
    ),
}
"""What each kind of record tells; these are the kinds that can be turned into another."""


@dataclass(frozen=True)
class Taken:
    """Where a kind of record puts what it is told, as names of its fields.

    Attributes:
        title, text: where those go.
        person: a link to whoever raised it, if there is one.
        person_name: whoever raised it, as text.
        source: the field of 来源, and the attribute of `Told` that has its word.
        dated: the field that says since when it is one; today.
        answer: the word of 答复方式 for a visitor whose concern becomes one.
    """

    title: str
    text: str
    answer: str
    person: str = ""
    person_name: str = ""
    source: tuple[str, str] = ("", "")
    dated: str = ""


TARGETS: dict[type[Record], Taken] = {
    Topic: Taken(
        "name",
        "reason",
        "列为议题",
        person_name="proposer",
        source=("source", "topic_source"),
        dated="proposed_on",
    ),
    Opinion: Taken("name", "body", "转社情民意", person="reporter"),
    Proposal: Taken("name", "suggestions", "转提案", person="proposer", dated="submitted_on"),
    Matter: Taken(
        "name",
        "requirement",
        "交办",
        source=("source", "matter_source"),
        dated="handed_over_on",
    ),
}
"""Where each kind that others can be turned into puts what it is told."""


COSIGNERS: dict[type[Record], type[Record]] = {
    Opinion: OpinionCosigner,
    Proposal: ProposalCosigner,
}
"""The parts that say who signed as well, of the kinds that have them."""


def can_convert(record_type: type[Record]) -> bool:
    """Whether records of a type can be turned into others."""
    return record_type in SOURCES


def targets_of(record_type: type[Record]) -> tuple[type[Record], ...]:
    """What records of a type can be turned into."""
    if record_type not in SOURCES:
        return ()
    return tuple(each for each in TARGETS if each is not record_type)


def convert(desk: Desk, record: Record, into: type[R]) -> R:
    """The new record, filled with what carries over; not saved, as more may have to be filled in.

    It has an id already. Keep it with `keep_converted`.
    """
    told, taken = SOURCES[type(record)], TARGETS[into]
    kinds = into.fields()
    values = {name: getattr(record, name) for name in told.carried if name in kinds}
    if "village" in kinds and isinstance(record, Visitor):
        held = desk.get(Activity, record.activity)
        values["village"] = held.village if held else None
    values |= _words(record, told, taken, kinds[taken.title].max_length)
    values |= _person(desk, record, told, taken)
    field, word = taken.source
    if field:
        values[field] = getattr(told, word)
    if taken.dated:
        values[taken.dated] = desk.today
    if into is Topic and desk.office is not None:
        values["workflow"] = desk.office.workflow
    return into(id=str(uuid4()), **values)


def cosigners_carried(desk: Desk, source: Record, into: type[Record]) -> list[Record]:
    """Who signed the source as well, as signers of what it is turned into; not saved."""
    theirs, own = COSIGNERS.get(type(source)), COSIGNERS.get(into)
    if theirs is None or own is None:
        return []
    signed = desk.find(theirs, **{theirs.parent: source.id})
    return [
        with_values(own(id=str(uuid4())), {"person": getattr(each, each.headline)})
        for each in signed
    ]


def keep_converted(desk: Desk, source: Record, keep: Callable[[], R]) -> R:
    """Keep a converted record and where it came from, as one deed.

    `keep` saves the new record and gives it back.

    Raises:
        NotValid: something is wrong with it; nothing has changed.
    """
    with desk.deed(f"{source.title}“{_short(desk, source)}”转办"):
        kept = keep()
        _link(desk, source, kept)
    return kept


def link_existing(desk: Desk, source: Record, target: Record) -> Conversion:
    """Note that a record was turned into one that is there already; one deed.

    Raises:
        NotValid: the two are linked already, or one cannot become the other; nothing has changed.
    """
    if type(target) not in targets_of(type(source)):
        raise NotValid([Problem("", f"{source.title}不能转为{target.title}，请另选一条")])
    if conversion_between(desk, source, target) is not None:
        raise NotValid([Problem("", "这两条已经关联过了，不用再关联")])
    with desk.deed(f"关联{source.title}与{target.title}“{_short(desk, target)}”"):
        return _link(desk, source, target)


def unlink(desk: Desk, conversion: Conversion) -> None:
    """Take a link back; both records stay. The answer that a visitor got by it goes too."""
    with desk.deed("取消关联"):
        desk.remove(conversion)
        source = _record(desk, conversion.source)
        target_table = conversion.target[0]
        if isinstance(source, Visitor) and target_table:
            kind = BY_TABLE[target_table]
            is_last = not turned_into(desk, source, kind)
            if is_last and source.answer == TARGETS[kind].answer:
                desk.save(with_values(source, {"answer": ""}))


def turned_into(desk: Desk, record: Record, into: type[R]) -> list[R]:
    """The records of a kind that a record was turned into already."""
    found = (
        desk.get(into, each.target[1])
        for each in conversions_from(desk, record)
        if each.target[0] == into.table
    )
    return [each for each in found if each is not None and not each.removed_at]


def conversions_from(desk: Desk, record: Record) -> list[Conversion]:
    """The conversions of a record into others."""
    field = f"{FROM}{record.table}"
    return desk.find(Conversion, **{field: record.id}) if field in Conversion.fields() else []


def conversions_of(desk: Desk, record: Record) -> list[tuple[Conversion, Record]]:
    """Every conversion that a record is in, with the record at its other end, unless removed."""
    into = f"{INTO}{record.table}"
    arrived = desk.find(Conversion, **{into: record.id}) if into in Conversion.fields() else []
    ends = [(each, _record(desk, each.target)) for each in conversions_from(desk, record)]
    ends += [(each, _record(desk, each.source)) for each in arrived]
    return [(each, other) for each, other in ends if other is not None and not other.removed_at]


def conversion_between(desk: Desk, one: Record, other: Record) -> Conversion | None:
    """What links two records, whichever became the other, or None."""
    for conversion, end in conversions_of(desk, one):
        if (end.table, end.id) == (other.table, other.id):
            return conversion
    return None


def deed_words(into: type[Record]) -> str:
    """What turning into a kind is called: 转为议题, 交办为办理事项."""
    return f"{'交办为' if into is Matter else '转为'}{into.title}"


def _link(desk: Desk, source: Record, target: Record) -> Conversion:
    """Save the conversion, and on a visitor how they were answered."""
    ends: dict[str, Any] = {
        f"{FROM}{source.table}": source.id,
        f"{INTO}{target.table}": target.id,
    }
    kept = desk.save(Conversion(converted_on=desk.today, **ends))
    note_answer(desk, kept)
    return kept


def note_answer(desk: Desk, conversion: Conversion) -> None:
    """Note on a visitor how they were answered: by what became of the concern; inside a deed."""
    source = _record(desk, conversion.source)
    if isinstance(source, Visitor):
        answer = TARGETS[BY_TABLE[conversion.target[0]]].answer
        desk.save(replace(source, answer=answer))


def _words(record: Record, told: Told, taken: Taken, room: int) -> dict[str, str]:
    """Title and text; a title that is too long stands whole in the text."""
    title = " ".join(getattr(record, told.title).split())
    parts = [getattr(record, name) for name in told.texts]
    if len(title) > room and told.title not in told.texts:
        parts.insert(0, title)
    text = "\n".join(filter(None, parts))
    return {taken.title: title[:room], taken.text: text}


def _person(desk: Desk, record: Record, told: Told, taken: Taken) -> dict[str, Any]:
    """Whoever raised it: linked where both know people, or else by name."""
    who = getattr(record, told.person) if told.person else None
    if taken.person:
        return {taken.person: who}
    if not taken.person_name:
        return {}
    name = getattr(record, told.person_name) if told.person_name else ""
    return {taken.person_name: name or desk.caption("person", who)}


def _record(desk: Desk, end: tuple[str, str]) -> Record | None:
    """One end of a conversion."""
    table, identity = end
    return desk.get(BY_TABLE[table], identity) if table else None


def _short(desk: Desk, record: Record) -> str:
    """A record's name in the title of a deed."""
    return short(desk.caption(record.table, record.id) or record.caption)
