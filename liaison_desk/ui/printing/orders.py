"""Which papers can be printed from the records chosen on a page, and from what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.topic import Topic
from liaison_desk.exports.papers import minutes_paper
from liaison_desk.exports.papers.checks import check_before_print
from liaison_desk.exports.papers.registry import PAPERS, PaperKind, papers_of
from liaison_desk.services.captions import captions
from liaison_desk.ui.printing.bound import Bound, tell_nobody
from liaison_desk.ui.printing.bound_kinds import MEETING_FILE, YEAR_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.papers.checks import Finding
    from liaison_desk.exports.papers.options import PaperOptions
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.printing.bound import Telling

MOST_RELATED = 5
"""With more records chosen, only their own papers are offered."""
STEPS_UP = 3
"""How many links are followed up: from a matter to its minutes, their meeting, its topics."""


def _minutes(
    _read: Reading, _office: Office, record: Minutes, _options: PaperOptions
) -> tuple[Paper, ...]:
    return (minutes_paper(record),)


MINUTES = PaperKind(
    key="minutes",
    title="协商纪要",
    of=Minutes,
    make=_minutes,  # type: ignore[arg-type]  # of its own kind of record
    description="红头纪要，按公文格式国家标准排。",
    needs=("heading", "dated", "present"),
)
"""The one paper that has a page of its own as well."""
PARTS = {"wall": "上墙材料", "archive": "归档", YEAR_FILE.key: "归档"}
"""Where a paper of the whole office stands in the list, by its key or how that begins."""
COUNTED = frozenset({"archive_list", "archive_stamps"})
"""The keys of papers that tell how many pages others have."""
PRINTABLE = frozenset(
    {Minutes, Meeting, Topic} | {each.of for each in PAPERS if each.of is not None}
)


@dataclass(frozen=True)
class Order:
    """One paper of one record, or of the whole office."""

    kind: PaperKind
    record: Record | None
    caption: str

    @property
    def record_id(self) -> str:
        """The record's id, or ""."""
        return self.record.id if self.record is not None else ""


@dataclass(frozen=True)
class Offer:
    """One kind of paper, for each of some records."""

    kind: PaperKind
    orders: tuple[Order, ...]


@dataclass(frozen=True)
class Group:
    """The papers of one record, or of several of a type."""

    title: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class OrderDraft:
    """The papers of an order, made from the records as they are kept."""

    desk: Desk
    order: Order
    options: PaperOptions

    def papers(self, tell: Telling = tell_nobody) -> tuple[Paper | Bound, ...]:
        """Turn the record into words."""
        office, options = self._office(), self.options
        if self.order.kind.key in COUNTED:
            from liaison_desk.exports.page_counts import page_counts  # not before it is wanted

            counts = page_counts(self.desk, office, options, tell=tell)
            options = replace(options, pages=counts)
        return self.order.kind.papers(self.desk, office, self._record(), options)

    def findings(self, papers: tuple[Paper | Bound, ...]) -> tuple[Finding, ...]:
        """What to look at before it is printed; a bound file tells what it left out itself."""
        words = [each for each in papers if not isinstance(each, Bound)]
        if not words:
            return ()
        return tuple(check_before_print(self.desk, self.order.kind, self._record(), words))

    def _record(self) -> Record | None:
        record = self.order.record
        return record and (self.desk.get(type(record), record.id) or record)

    def _office(self) -> Office:
        """Whose paper it is; on a county desk a record may be a township's."""
        own = self.order.record.office if self.order.record is not None else ""
        return (own and self.desk.get(Office, own)) or self.desk.office or Office()


def kinds_of(record_type: type[Record] | None) -> tuple[PaperKind, ...]:
    """The papers of a type of record, 纪要 and 一会一档 among them."""
    first = (MINUTES,) if record_type is Minutes else ()
    last = (MEETING_FILE,) if record_type is Meeting else ()
    return (*first, *papers_of(record_type), *last)


def groups_of(desk: Desk, records: Sequence[Record]) -> list[Group]:
    """The papers of the chosen records, then of what they came from and what came of them."""
    by_type: dict[type[Record], dict[str, Record]] = {}
    for each in records:
        by_type.setdefault(type(each), {})[each.id] = each
    if len(records) <= MOST_RELATED:
        for each in records:
            for other in _related(desk, each):
                by_type.setdefault(type(other), {}).setdefault(other.id, other)
    groups = (_group(desk, kind, list(found.values())) for kind, found in by_type.items())
    return [each for each in groups if each.offers]


def office_groups(desk: Desk) -> list[Group]:
    """The papers of the whole office."""
    parts: dict[str, list[Offer]] = {"台账、名册和计划": [], "上墙材料": [], "归档": []}
    for kind in (*papers_of(None), YEAR_FILE):
        prefix = kind.key.partition("_")[0]
        part = PARTS.get(kind.key, PARTS.get(prefix, "台账、名册和计划"))
        name = desk.office.place if desk.office is not None else ""
        parts[part].append(Offer(kind, (Order(kind, None, name),)))
    return [Group(title, tuple(offers)) for title, offers in parts.items()]


def _group(desk: Desk, record_type: type[Record], records: list[Record]) -> Group:
    names = ["".join(each.split("\n")) for each in captions(desk, records)]
    name = names[0] if len(records) == 1 else f"{len(records)}条"
    offers = tuple(
        Offer(
            kind,
            tuple(Order(kind, each, name) for each, name in zip(records, names, strict=True)),
        )
        for kind in kinds_of(record_type)
    )
    return Group(f"{record_type.title}　{name}", offers)


# -- what hangs together ---------------------------------------------------------------------


def _related(desk: Desk, record: Record) -> list[Record]:
    """What a record came from, then what came of it, nearest first."""
    found: dict[str, Record] = {}
    front: list[Record] = [record]
    for _step in range(STEPS_UP):
        front = [each for one in front for each in _above(desk, one) if each.id not in found]
        found |= {each.id: each for each in front}
    front = [record]
    for _step in range(2):
        front = [each for one in front for each in _below(desk, one) if each.id not in found]
        found |= {each.id: each for each in front}
    found.pop(record.id, None)
    return list(found.values())


def _above(desk: Desk, record: Record) -> Iterable[Record]:
    """The records it names that have papers, and the topics of a meeting."""
    for name, link in record.links().items():
        kind = BY_TABLE[link.to]
        above = desk.get(kind, getattr(record, name)) if kind in PRINTABLE else None
        if above is not None and not above.removed_at and type(above) is not type(record):
            yield above
    if isinstance(record, Meeting):
        for each in desk.find(MeetingTopic, meeting=record.id):
            topic = desk.get(Topic, each.topic)
            if topic is not None and not topic.removed_at:
                yield topic


def _below(desk: Desk, record: Record) -> Iterable[Record]:
    """The minutes of a meeting, the matters of minutes, the seats of a person."""
    below: dict[type[Record], Callable[[], Iterable[Record]]] = {
        Meeting: lambda: _newest(desk.find(Minutes, meeting=record.id)),
        Minutes: lambda: desk.find(Matter, minutes=record.id),
        Person: lambda: desk.find(Membership, person=record.id),
    }
    return below.get(type(record), list)()


def _newest(versions: list[Minutes]) -> list[Minutes]:
    """The minutes that no later version has taken the place of."""
    replaced = {each.replaces for each in versions}
    return [each for each in versions if each.id not in replaced]
