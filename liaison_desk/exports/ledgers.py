"""The ledgers (台账) an office keeps: which columns they have, and the records in their rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, TypeVar

from liaison_desk.domain import dates, fields, names, reading
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

R = TypeVar("R", bound=Record)

_FEW = 20  # for so few records their parts are asked for one by one; for more, all at once

_ABOUT_PERSON = (
    "gender", "ethnicity", "born", "party", "education", "post", "phone", "identity",
)  # fmt: skip
_FIGURES = (
    "visits", "households", "problems_collected", "problems_solved", "donated_money",
    "donated_goods", "volunteer_hours", "media_reports", "expenses",
)  # fmt: skip
_ABOUT_SEAT = ("term", "level", "sector", "duty", "card_number", "since", "status")


class Reading(reading.Reading, Protocol):
    """Whoever can look records up, many at once too."""

    def many(self, record_type: type[R], ids: Sequence[str]) -> list[R]:
        """The records with these ids, removed or not; unknown ids are left out."""
        ...


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
    columns = (
        _NUMBERING,
        _column(Person, "name", total=Total.COUNT, unit="人"),
        *(_column(Person, name) for name in _ABOUT_PERSON),
        *(_column(Membership, name) for name in _ABOUT_SEAT),
        _column(Membership, "village"),
    )

    def rows() -> Iterator[Sequence[object]]:
        for number, seat in enumerate(seats, start=1):
            person = people.get(seat.person or "", Person())
            yield (
                number,
                person.name,
                *(_value(person, name, show_personal=show_personal) for name in _ABOUT_PERSON),
                *(getattr(seat, name) for name in _ABOUT_SEAT),
                _caption(villages, seat.village),
            )

    remark = "" if show_personal else "（手机、身份证号已隐去中间几位）"
    return Ledger("委员名册", columns, rows(), cover.line(remark))


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

    def rows() -> Iterator[Sequence[object]]:
        for number, meeting in enumerate(meetings, start=1):
            presences = Counter(
                "出席" if each.was_there else each.presence for each in seated[meeting.id]
            )
            yield (
                number,
                meeting.held_at,
                meeting.name,
                meeting.form,
                meeting.place,
                _caption(hosts, meeting.host),
                _listed([_caption(topics, each.topic) for each in talked[meeting.id]]),
                *(presences[word] for word in ("出席", "列席", "请假")),
                len(agreed[meeting.id]),
                "\n".join(_numbers(written[meeting.id])),
            )

    return Ledger("协商活动台账", _meeting_columns(), rows(), cover.line())


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

    def rows() -> Iterator[Sequence[object]]:
        for number, matter in enumerate(matters, start=1):
            reply = replies[matter.id][-1] if replies[matter.id] else Reply()
            yield (
                number,
                matter.light(day),
                matter.name,
                matter.source,
                _caption(agencies, matter.agency),
                matter.partners,
                matter.handover_number,
                matter.handed_over_on,
                matter.due_on,
                _latest(steps[matter.id]),
                reply.result,
                reply.reply_number,
                matter.closed_on,
            )

    remark = "" if day == cover.made_on else f"办理状态截至：{dates.chinese_day(day)}"
    return Ledger("办理事项台账", _matter_columns(), rows(), cover.line(remark))


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

    def rows() -> Iterator[Sequence[object]]:
        for number, opinion in enumerate(opinions, start=1):
            adoptions = taken[opinion.id]
            yield (
                number,
                opinion.number,
                opinion.reported_on,
                opinion.name,
                _caption(people, opinion.reporter),
                "、".join(_caption(people, each.person) for each in signed[opinion.id]),
                _caption(villages, opinion.village),
                opinion.reported_to,
                "\n".join(f"{each.level}{each.way}" for each in adoptions),
                _listed([each.instruction for each in adoptions if each.instruction]),
                opinion.handling,
            )

    return Ledger("社情民意台账", _opinion_columns(), rows(), cover.line())


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

    def rows() -> Iterator[Sequence[object]]:
        for number, activity in enumerate(activities, start=1):
            yield (
                number,
                activity.held_at,
                activity.kind,
                activity.name,
                activity.place,
                activity.organiser,
                len(came[activity.id]),
                *(_figure(getattr(activity, name)) for name in _FIGURES),
            )

    return Ledger("活动台账", _activity_columns(), rows(), cover.line())


# -- columns ---------------------------------------------------------------------------------

_NUMBERING = Column("序号", Kind.NUMBER)
_CODES = {"number", "card_number", "handover_number", "reply_number"}


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


_SHORT = 30  # characters of a field whose texts stand in the middle of their column


def _meeting_columns() -> tuple[Column, ...]:
    """The columns of 协商活动台账."""
    return (
        _NUMBERING,
        _column(Meeting, "held_at"),
        _column(Meeting, "name", total=Total.COUNT, unit="次"),
        _column(Meeting, "form"),
        _column(Meeting, "place"),
        Column(Meeting.fields()["host"].label, is_centred=True),
        Column(Topic.title),
        *(Column(word, Kind.NUMBER, Total.SUM) for word in ("出席", "列席", "请假")),
        Column(Consensus.title, Kind.NUMBER, Total.SUM, "件"),
        Column("纪要编号", Kind.CODE),
    )


def _matter_columns() -> tuple[Column, ...]:
    """The columns of 办理事项台账."""
    return (
        _NUMBERING,
        Column("办理状态", Kind.LIGHT),
        _column(Matter, "name", total=Total.COUNT, unit="件"),
        _column(Matter, "source"),
        Column(Matter.fields()["agency"].label),
        _column(Matter, "partners"),
        _column(Matter, "handover_number"),
        _column(Matter, "handed_over_on"),
        _column(Matter, "due_on"),
        Column("最新进展"),
        _column(Reply, "result", label="办理结果"),
        _column(Reply, "reply_number"),
        _column(Matter, "closed_on", total=Total.COUNT, unit="件"),
    )


def _opinion_columns() -> tuple[Column, ...]:
    """The columns of 社情民意台账."""
    return (
        _NUMBERING,
        _column(Opinion, "number"),
        _column(Opinion, "reported_on"),
        _column(Opinion, "name", total=Total.COUNT, unit="篇"),
        Column(Opinion.fields()["reporter"].label, is_centred=True),
        Column("联名"),
        Column(Opinion.fields()["village"].label, is_centred=True),
        _column(Opinion, "reported_to"),
        Column("采用情况", total=Total.COUNT, unit="篇", is_centred=True),
        _column(Adoption, "instruction"),
        _column(Opinion, "handling"),
    )


def _activity_columns() -> tuple[Column, ...]:
    """The columns of 活动台账."""
    figures = (Activity.fields()[name].label for name in _FIGURES)
    return (
        _NUMBERING,
        _column(Activity, "held_at"),
        _column(Activity, "kind"),
        _column(Activity, "name", total=Total.COUNT, unit="次"),
        _column(Activity, "place"),
        _column(Activity, "organiser"),
        Column("参加人数", Kind.NUMBER, Total.SUM, "人次"),
        *(Column(label, Kind.NUMBER, Total.SUM) for label in figures),
    )


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


def _value(record: Record, name: str, *, show_personal: bool) -> object:
    """One field; a personal one with its middle hidden unless it may be shown."""
    value: object = getattr(record, name)
    if record.fields()[name].personal and not show_personal:
        return names.mask(str(value))
    return value


def _figure(value: int | Decimal | None) -> float | None:
    """A count or an amount as a workbook adds it up."""
    return float(value) if isinstance(value, Decimal) else value


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
