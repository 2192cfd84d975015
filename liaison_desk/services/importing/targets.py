"""What a table can be imported as: one entry each, made from the declarations of the records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import Field, LongText, Text
from liaison_desk.domain.filters import is_bookkeeping
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import RECORD_TYPES, children_of
from liaison_desk.domain.topic import Topic
from liaison_desk.services.importing import synonyms
from liaison_desk.services.importing.synonyms import BY_KEY, BY_LABEL, POSITION, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from liaison_desk.domain.record import Record

ROSTER, PEOPLE, MEETINGS, MATTERS = "roster", "person", "meetings", "matters"
"""Keys of the targets that make more than one record of a row, and of the people."""
_NOT_OFFERED = frozenset(
    {
        "office",
        "meeting",
        "packet",
        "attachment",
        "conversion",
        "directive",
        "code_word",
        "workflow",
    }
)
"""Types that no table is kept of: the office's own, and a meeting, which the ledger makes."""
TOLD_OTHERWISE = frozenset({"plan_item.year", "activity.kind"})
"""Fields that every record needs and no column has to give: the title or the name tells them."""
_TITLE_WORDS = {
    "activity": ("接待日", "走访", "视察", "学习培训", "公益", "活动记录", "活动登记"),
    "plan_item": ("协商计划", "年度计划"),
    "village": ("村居", "社区名单"),
    "agency": ("单位", "部门"),
}
"""Words in a table's title that speak for a type beside its own title."""


@dataclass(frozen=True)
class TargetField:
    """One thing a column can be imported as.

    Attributes:
        key: its table and field, e.g. `person.born`; unique in its target.
        label: what the clerk picks in the list of columns.
        group: the title of the record it belongs to, to divide a long list.
        kind: how a cell is read.
        headings: what stands above such a column, as `synonyms.plain` makes it.
        required: whether a row without it is bad.
        takes_several: whether more than one column may be put into it.
    """

    key: str
    label: str
    group: str
    kind: Field
    headings: frozenset[str]
    required: bool = False
    takes_several: bool = False

    @property
    def table(self) -> str:
        """The table of the record it is a field of."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The field's name in its record."""
        return self.key.partition(".")[2]


@dataclass(frozen=True)
class Target:
    """A kind of table that can be imported.

    Attributes:
        key: unique; a table's name for a target of one record a row.
        title: what the clerk chooses, e.g. 委员名册.
        about: what becomes of a row, in one sentence.
        record_types: what is made; the first is the row's own.
        fields: what columns can be put into, in order of entry.
        mark: the key without which a row is nothing: the name, the topic.
        title_words: words in a table's title that speak for this target.
    """

    key: str
    title: str
    about: str
    record_types: tuple[type[Record], ...]
    fields: tuple[TargetField, ...]
    mark: str
    title_words: tuple[str, ...] = ()

    @property
    def needs_term(self) -> bool:
        """Whether it must be said for which term (届次) the rows count."""
        return self.key == ROSTER

    def field(self, key: str) -> TargetField | None:
        """The field of that key, or None."""
        return self._by_key.get(key)

    def field_of(self, heading: str) -> TargetField | None:
        """The field that a heading means word for word, or None."""
        bare = plain(heading)
        found = self._by_heading.get(bare)
        return found or self._by_heading.get(synonyms.without_brackets(bare))

    @property
    def _by_key(self) -> Mapping[str, TargetField]:
        return _by_key(self)

    @property
    def _by_heading(self) -> Mapping[str, TargetField]:
        return _by_heading(self)

    def __hash__(self) -> int:
        return hash(self.key)


@cache
def _by_key(target: Target) -> Mapping[str, TargetField]:
    """The fields of a target by key."""
    return {each.key: each for each in target.fields}


@cache
def _by_heading(target: Target) -> Mapping[str, TargetField]:
    """The fields of a target by heading; of two that share one the first counts."""
    found: dict[str, TargetField] = {}
    for each in target.fields:
        for heading in each.headings:
            found.setdefault(heading, each)
    return found


@cache
def targets() -> tuple[Target, ...]:
    """Every kind of table, in the order in which they are offered."""
    return (_roster(), _people(), _meetings(), _matters(), *_singles())


def target_of(key: str) -> Target:
    """The target of that key."""
    return next(each for each in targets() if each.key == key)


def _field(record_type: type[Record], name: str, **rules: bool) -> TargetField:
    """A field of a record as something a column can be put into."""
    kind = record_type.fields()[name]
    key = f"{record_type.table}.{name}"
    label = plain(kind.label)
    words = {label, *map(plain, BY_KEY.get(key, BY_LABEL.get(label, ())))}
    if key not in BY_KEY:
        words.add(plain(record_type.title) + label)
    if name == record_type.headline:
        words.add(plain(record_type.title))
    several = rules.get("takes_several", name == "note" and isinstance(kind, LongText | Text))
    required = rules.get("required", kind.required)
    return TargetField(
        key, kind.label, record_type.title, kind, frozenset(words), required, several
    )


def _special(key: str, label: str, group: str, *, long: bool = False) -> TargetField:
    """Something a ledger has a column for and no record a field."""
    kind = LongText(label=label) if long else Text(label=label)
    return TargetField(key, label, group, kind, frozenset(map(plain, BY_KEY[key])))


def _typed(record_type: type[Record]) -> tuple[str, ...]:
    """The fields that a clerk fills in, and a table may have."""
    return tuple(name for name, kind in record_type.fields().items() if not is_bookkeeping(kind))


def _position(becomes: str) -> TargetField:
    """职务: no field of its own, it is parted among those of a person."""
    return TargetField(
        POSITION,
        f"职务（{becomes}）",
        Person.title,
        Text(label="职务", max_length=100),
        frozenset(map(plain, ("职务", "现任职务", "行政职务", "职务职称", "职务/职称"))),
    )


def _roster() -> Target:
    """委员名册: a person and their seat."""
    fields = (
        *(_field(Person, name) for name in _typed(Person) if name != "pool"),
        _position("并入单位或政协职务"),
        *(
            _field(Membership, name, required=False)
            for name in Membership.fields()
            if name not in {"person", "level"}
        ),
    )
    about = "每行一位委员：记到人员，并登记这一届的任期"
    words = ("委员名册", "名册", "委员", "政协")
    return Target(ROSTER, "委员名册", about, (Person, Membership), fields, "person.name", words)


def _people() -> Target:
    """人员: people who are no members."""
    fields = (
        *(_field(Person, name) for name in _typed(Person)),
        _position("并入单位"),
    )
    about = "每行一个人：群众代表、专家、部门人员等"
    words = ("人员", "登记表", "通讯录", "代表", "花名册", "群众")
    return Target(PEOPLE, "人员", about, (Person,), fields, "person.name", words)


def _meetings() -> Target:
    """协商活动台账: a meeting a row, with its topic, what was agreed and what came of it."""
    about = "每行一次协商：记成议题、协商会、共识事项，有责任单位和时限的记成办理事项"
    of_meeting = [_field(Meeting, name, required=False) for name in Meeting.fields()]
    fields = (
        _field(Meeting, "held_at"),
        _field(Topic, "name", required=False),
        *(each for each in of_meeting if each.name != "held_at"),
        *(_field(Topic, name) for name in ("source", "proposer", "village", "category", "reason")),
        _special("ledger.people", "参加人员", "出席", long=True),
        _special("ledger.agreed", "达成共识情况", "共识事项", long=True),
        _special("ledger.agency", "责任单位", "共识事项"),
        _special("ledger.partners", "协办", "共识事项"),
        _special("ledger.due_on", "完成时限", "共识事项"),
        _special("ledger.outcome", "办理情况", "办理事项", long=True),
        _special("ledger.closed_on", "办结日期", "办理事项"),
        _special("ledger.number", "纪要文号", "办理事项"),
    )
    words = ("协商活动台账", "协商台账", "协商活动", "协商", "议事", "台账")
    types = (Meeting, Topic)
    told = _told_apart(fields)
    return Target(MEETINGS, "协商活动台账", about, types, told, "meeting.held_at", words)


def _told_apart(fields: Sequence[TargetField]) -> tuple[TargetField, ...]:
    """Fields of two records with one label, by the record's title: 议题名称 and 协商会名称.

    Their bare label is a heading of the one that lists it among its own.
    """
    labels = Counter(each.label for each in fields)
    found = []
    for each in fields:
        words = each.headings
        if labels[each.label] > 1:
            bare = plain(each.label)
            words -= {bare} - set(map(plain, BY_KEY.get(each.key, ())))
            each = replace(each, label=f"{each.group}{each.label}", headings=words)
        found.append(each)
    return tuple(found)


def _matters() -> Target:
    """办理事项台账: a matter a row, with its last progress and its answer."""
    fields = (
        *(_field(Matter, name) for name in Matter.fields() if name not in {"consensus", "minutes"}),
        _field(Progress, "content", required=False),
        *(_field(Reply, name, required=False) for name in ("result", "content", "reply_number")),
    )
    about = "每行一件办理事项，连同进展和办理反馈"
    words = ("办理事项台账", "办理事项", "交办", "督办", "台账")
    told = _told_apart(fields)
    return Target(MATTERS, "办理事项台账", about, (Matter,), told, "matter.name", words)


def _singles() -> Iterator[Target]:
    """A target for each type that is kept in a list of its own and is part of nothing else."""
    taken = _NOT_OFFERED | {Person.table, Matter.table}
    for each in RECORD_TYPES:
        if each.parent or each.table in taken:
            continue
        yield Target(
            each.table,
            each.title,
            f"每行一条{each.title}",
            (each,),
            (*(_field(each, name) for name in each.fields()), *_people_of(each)),
            f"{each.table}.{each.headline}",
            (each.title, *_TITLE_WORDS.get(each.table, ())),
        )


def people_parts(record_type: type[Record]) -> tuple[type[Record], ...]:
    """The parts of a record that are one person each: those who took part, or signed too."""
    return tuple(
        each
        for each in children_of(record_type)
        if each.headline == "person"
        and set(each.fields()) - {"note"}
        == {
            each.parent,
            "position",
            "person",
        }
    )


def _people_of(record_type: type[Record]) -> Iterator[TargetField]:
    """A column that names several people: 参加人, 联名."""
    for part in people_parts(record_type):
        key = f"{part.table}.person"
        words = (part.title, *BY_KEY.get(key, ()))
        kind = LongText(label=part.title, max_length=2000)
        yield TargetField(key, part.title, part.title, kind, frozenset(map(plain, words)))
