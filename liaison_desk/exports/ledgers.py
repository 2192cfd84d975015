"""The ledgers (台账) an office keeps: which columns they have, and the records in their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from liaison_desk.domain import dates, fields, names
from liaison_desk.domain.activity import Activity, ActivityParticipant
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import Record
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.exports.ledger_model import Column, Kind, Ledger, Total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from liaison_desk.domain.reading import Reading

R = TypeVar("R", bound=Record)
Told = tuple[Column, Callable[[R], object]]
"""A column, and what stands in it for a record."""

_FEW = 20  # for so few records their parts are asked for one by one; for more, all at once

_ABOUT_PERSON = (
    "gender", "ethnicity", "born", "party", "education", "post", "phone", "identity",
)  # fmt: skip
_FIGURES = (
    "visits", "households", "problems_collected", "problems_solved", "donated_money",
    "donated_goods", "volunteer_hours", "media_reports", "expenses",
)  # fmt: skip
_ABOUT_SEAT = ("term", "level", "sector", "duty", "card_number", "since", "status")


@dataclass(frozen=True)
class Cover:
    """What a ledger says about itself below its title.

    Attributes:
        office: whose ledger it is.
        period: the time it is about, as text; may be "".
        made_on: when it was made.
    """

    office: str
    period: str
    made_on: date

    def line(self, *remarks: str) -> str:
        """柳河镇政协联络组　　2026年第一季度　　制表日期：2026年3月9日."""
        made = f"制表日期：{dates.chinese_day(self.made_on)}"
        return "　　".join(filter(None, (self.office, self.period, made, *remarks)))


def roster(
    read: Reading,
    cover: Cover,
    seats: Sequence[Membership] | None = None,
    *,
    show_personal: bool = False,
) -> Ledger:
    """委员名册: one row for each seat.

    Args:
        read: where the records are.
        cover: what stands below the title.
        seats: the rows, in this order; None for all.
        show_personal: whether telephone and identity numbers are written out in full.
    """
    seats = read.find(Membership) if seats is None else seats
    people = _by_id(read, Person, (seat.person for seat in seats))
    villages = _by_id(read, Village, (seat.village for seat in seats))
    nobody = Person()

    def about(name: str, total: Total = Total.NONE, unit: str = "") -> Told[Membership]:
        is_masked = Person.fields()[name].personal and not show_personal

        def value(seat: Membership) -> object:
            found = getattr(people.get(seat.person or "", nobody), name)
            return names.mask(str(found)) if is_masked else found

        return _column(Person, name, total=total, unit=unit), value

    told: tuple[Told[Membership], ...] = (
        about("name", Total.COUNT, "人"),
        *(about(name) for name in _ABOUT_PERSON),
        *(_own(Membership, name) for name in _ABOUT_SEAT),
        (_column(Membership, "village"), lambda seat: _caption(villages, seat.village)),
    )
    remark = "" if show_personal else "（手机、身份证号已隐去中间几位）"
    return _ledger("委员名册", cover.line(remark), seats, told)


def meeting_ledger(
    read: Reading, cover: Cover, meetings: Sequence[Meeting] | None = None
) -> Ledger:
    """协商活动台账: one row for each meeting.

    Args:
        read: where the records are.
        cover: what stands below the title.
        meetings: the rows, in this order; None for all.
    """
    meetings = read.find(Meeting) if meetings is None else meetings
    ids = [meeting.id for meeting in meetings]
    hosts = _by_id(read, Person, (meeting.host for meeting in meetings))
    talked = _parts(read, MeetingTopic, "meeting", ids)
    topics = _by_id(read, Topic, (each.topic for group in talked.values() for each in group))
    seated = _parts(read, Attendance, "meeting", ids)
    agreed = _parts(read, Consensus, "meeting", ids)
    written = _parts(read, Minutes, "meeting", ids)

    def present(word: str) -> Told[Meeting]:
        def count(meeting: Meeting) -> int:
            there = ("出席" if each.was_there else each.presence for each in seated[meeting.id])
            return sum(each == word for each in there)

        return Column(word, Kind.NUMBER, Total.SUM), count

    told: tuple[Told[Meeting], ...] = (
        _own(Meeting, "held_at"),
        _own(Meeting, "name", Total.COUNT, "次"),
        _own(Meeting, "form"),
        _own(Meeting, "place"),
        (
            Column(Meeting.fields()["host"].label, is_centred=True),
            lambda meeting: _caption(hosts, meeting.host),
        ),
        (
            Column(Topic.title),
            lambda meeting: _listed([_caption(topics, e.topic) for e in talked[meeting.id]]),
        ),
        *(present(word) for word in ("出席", "列席", "请假")),
        (
            Column(Consensus.title, Kind.NUMBER, Total.SUM, "件"),
            lambda meeting: len(agreed[meeting.id]),
        ),
        (
            Column("纪要编号", Kind.CODE),
            lambda meeting: "\n".join(_numbers(written[meeting.id])),
        ),
    )
    return _ledger("协商活动台账", cover.line(), meetings, told)


def matter_ledger(
    read: Reading,
    cover: Cover,
    matters: Sequence[Matter] | None = None,
    *,
    as_of: date | None = None,
) -> Ledger:
    """办理事项台账: one row for each matter.

    Args:
        read: where the records are.
        cover: what stands below the title.
        matters: the rows, in this order; None for all.
        as_of: the day the lights are of; None for the day the ledger is made on.
    """
    matters = read.find(Matter) if matters is None else matters
    ids = [matter.id for matter in matters]
    agencies = _by_id(read, Agency, (matter.agency for matter in matters))
    steps = _parts(read, Progress, "matter", ids)
    replies = _parts(read, Reply, "matter", ids)
    day = as_of or cover.made_on

    def replied(name: str, label: str = "") -> Told[Matter]:
        def value(matter: Matter) -> object:
            return getattr(replies[matter.id][-1], name) if replies[matter.id] else ""

        return _column(Reply, name, label), value

    told: tuple[Told[Matter], ...] = (
        (Column("办理状态", Kind.LIGHT), lambda matter: matter.light(day)),
        _own(Matter, "name", Total.COUNT, "件"),
        _own(Matter, "source"),
        (
            Column(Matter.fields()["agency"].label),
            lambda matter: _caption(agencies, matter.agency),
        ),
        _own(Matter, "partners"),
        _own(Matter, "handover_number"),
        _own(Matter, "handed_over_on"),
        _own(Matter, "due_on"),
        (Column("最新进展"), lambda matter: _latest(steps[matter.id])),
        replied("result", "办理结果"),
        replied("reply_number"),
        _own(Matter, "closed_on", Total.COUNT, "件"),
    )
    remark = "" if day == cover.made_on else f"办理状态截至：{dates.chinese_day(day)}"
    return _ledger("办理事项台账", cover.line(remark), matters, told)


def opinion_ledger(
    read: Reading, cover: Cover, opinions: Sequence[Opinion] | None = None
) -> Ledger:
    """社情民意台账: one row for each report, with who took it up.

    Args:
        read: where the records are.
        cover: what stands below the title.
        opinions: the rows, in this order; None for all.
    """
    opinions = read.find(Opinion) if opinions is None else opinions
    ids = [opinion.id for opinion in opinions]
    signed = _parts(read, OpinionCosigner, "opinion", ids)
    cosigners = (each.person for group in signed.values() for each in group)
    people = _by_id(read, Person, (*(each.reporter for each in opinions), *cosigners))
    villages = _by_id(read, Village, (each.village for each in opinions))
    taken = _parts(read, Adoption, "opinion", ids)
    declared = Opinion.fields()
    told: tuple[Told[Opinion], ...] = (
        _own(Opinion, "number"),
        _own(Opinion, "reported_on"),
        _own(Opinion, "name", Total.COUNT, "篇"),
        (
            Column(declared["reporter"].label, is_centred=True),
            lambda opinion: _caption(people, opinion.reporter),
        ),
        (
            Column("联名"),
            lambda opinion: "、".join(_caption(people, e.person) for e in signed[opinion.id]),
        ),
        (
            Column(declared["village"].label, is_centred=True),
            lambda opinion: _caption(villages, opinion.village),
        ),
        _own(Opinion, "reported_to"),
        (
            Column("采用情况", total=Total.COUNT, unit="篇", is_centred=True),
            lambda opinion: "\n".join(f"{e.level}{e.way}" for e in taken[opinion.id]),
        ),
        (
            _column(Adoption, "instruction"),
            lambda opinion: _listed([e.instruction for e in taken[opinion.id] if e.instruction]),
        ),
        _own(Opinion, "handling"),
    )
    return _ledger("社情民意台账", cover.line(), opinions, told)


def activity_ledger(
    read: Reading, cover: Cover, activities: Sequence[Activity] | None = None
) -> Ledger:
    """活动台账: one row for each activity, with its figures.

    Args:
        read: where the records are.
        cover: what stands below the title.
        activities: the rows, in this order; None for all.
    """
    activities = read.find(Activity) if activities is None else activities
    came = _parts(read, ActivityParticipant, "activity", [each.id for each in activities])
    told: tuple[Told[Activity], ...] = (
        _own(Activity, "held_at"),
        _own(Activity, "kind"),
        _own(Activity, "name", Total.COUNT, "次"),
        _own(Activity, "place"),
        _own(Activity, "organiser"),
        (
            Column("参加人数", Kind.NUMBER, Total.SUM, "人次"),
            lambda activity: len(came[activity.id]),
        ),
        *(_figure(name) for name in _FIGURES),
    )
    return _ledger("活动台账", cover.line(), activities, told)


def _ledger(title: str, subtitle: str, records: Sequence[R], told: Sequence[Told[R]]) -> Ledger:
    """A ledger of numbered rows, one for each record; they are made as they are asked for."""
    values = [value for _, value in told]
    rows = (
        (number, *(value(record) for value in values))
        for number, record in enumerate(records, start=1)
    )
    columns = (Column("序号", Kind.NUMBER), *(column for column, _ in told))
    return Ledger(title, columns, rows, subtitle)


# -- columns ---------------------------------------------------------------------------------

_CODES = {"number", "card_number", "handover_number", "reply_number"}


_SHORT = 30  # characters of a field whose texts stand in the middle of their column


def _own(record_type: type[R], name: str, total: Total = Total.NONE, unit: str = "") -> Told[R]:
    """A field of the row's own record."""
    return _column(record_type, name, total=total, unit=unit), attrgetter(name)


def _figure(name: str) -> Told[Activity]:
    """A count or an amount of an activity, as a workbook adds it up."""

    def value(activity: Activity) -> float | None:
        found: int | Decimal | None = getattr(activity, name)
        return float(found) if isinstance(found, Decimal) else found

    return Column(Activity.fields()[name].label, Kind.NUMBER, Total.SUM), value


def _column(
    record_type: type[Record], name: str, label: str = "", total: Total = Total.NONE, unit: str = ""
) -> Column:
    """A column as its field declares it."""
    kind = record_type.fields()[name]
    if isinstance(kind, fields.Phone | fields.IdentityNumber) or name in _CODES:
        cells = Kind.CODE
    else:
        cells = {fields.Day: Kind.DATE, fields.Moment: Kind.MOMENT}.get(type(kind), Kind.TEXT)
    is_short = isinstance(kind, fields.Choice | fields.PersonName | fields.Month) or (
        kind.max_length <= _SHORT
    )
    return Column(label or kind.label, cells, total, unit, is_centred=is_short)


# -- what stands in a row --------------------------------------------------------------------


def _by_id(read: Reading, record_type: type[R], ids: Iterable[str | None]) -> dict[str, R]:
    """Linked records by id, removed ones too: an old ledger still names them."""
    wanted = list(dict.fromkeys(each for each in ids if each))
    return {each.id: each for each in read.many(record_type, wanted)}


def _parts(
    read: Reading, part_type: type[R], link: str, ids: Sequence[str]
) -> defaultdict[str, list[R]]:
    """The parts of some records by the id they are a part of, in their own order."""
    if len(ids) <= _FEW:
        found = [part for each in ids for part in read.find(part_type, **{link: each})]
    else:
        found = read.find(part_type)
    grouped: defaultdict[str, list[R]] = defaultdict(list)
    for part in found:
        grouped[getattr(part, link)].append(part)
    return grouped


def _caption(records: Mapping[str, Record], record_id: str | None) -> str:
    """What a linked record is called, or ""."""
    found = records.get(record_id or "")
    return found.caption if found else ""


def _listed(texts: Sequence[str]) -> str:
    """Several things in one cell, one to a line and numbered."""
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))


def _numbers(versions: Sequence[Minutes]) -> list[str]:
    """The numbers of a meeting's minutes, each once however many versions it has."""
    return sorted({each.full_number for each in versions} - {""})


def _latest(steps: Sequence[Progress]) -> str:
    """The last step on a matter with its day, or ""."""
    if not steps:
        return ""
    day = steps[-1].shown("reported_on")
    return f"{day}　{steps[-1].content}" if day else steps[-1].content
