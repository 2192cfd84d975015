"""The papers of a packet that anyone can open: the minutes as PDF, the ledgers as workbooks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from liaison_desk.domain import dates
from liaison_desk.domain.activity import Activity
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.opinion import Opinion
from liaison_desk.domain.record import Record
from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.ledgers import (
    Cover,
    activity_ledger,
    matter_ledger,
    meeting_ledger,
    opinion_ledger,
    roster,
)
from liaison_desk.exports.papers.minutes import minutes_file_name, minutes_paper
from liaison_desk.exports.pdf.official import render_official
from liaison_desk.exports.pdf.words import CannotPrint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.ledger_model import Ledger
    from liaison_desk.exports.pdf.fonts import FontBook

R = TypeVar("R", bound=Record)


class Scope(Protocol):
    """What a packet is about."""

    @property
    def office(self) -> Office:
        """The office that sends it."""
        ...

    @property
    def period_from(self) -> date:
        """First day of the period."""
        ...

    @property
    def period_until(self) -> date:
        """Its last day."""
        ...

    @property
    def belated_minutes(self) -> Collection[str]:
        """Ids of minutes of an earlier period that no packet has brought yet."""
        ...

    def ids(self, record_type: type[Record]) -> list[str]:
        """The ids of the records of a type that it carries."""
        ...


@dataclass(frozen=True)
class Paper:
    """One paper: its name inside the packet, and its bytes."""

    name: str
    content: bytes


class PacketPapers:
    """Makes the papers of a packet; give it to `make_packet`.

    Args:
        read: where the records are.
        make_fonts: makes the fonts; called on the thread that makes the papers.
        as_of: the day whose 正常/临期/超期 the ledger of matters shows.
    """

    def __init__(self, read: Reading, make_fonts: Callable[[], FontBook], as_of: date) -> None:
        self._read = read
        self._make_fonts = make_fonts
        self._as_of = as_of

    def __call__(self, scope: Scope, progress: Callable[[int, int, str], None]) -> Iterator[Paper]:
        """The minutes of the period, then the five ledgers.

        Raises:
            CannotPrint: a character of some minutes is in no font; it says of which.
        """
        minutes = self._minutes(scope)
        fonts = self._make_fonts()
        for done, each in enumerate(minutes):
            progress(done, len(minutes), "正在排版纪要")
            yield Paper(f"纪要/{minutes_file_name(each)}.pdf", _printed(each, fonts))
        progress(0, 0, "正在制作台账")
        for ledger in self.ledgers(scope):
            book = io.BytesIO()
            write_ledger(book, ledger)
            yield Paper(f"台账/{ledger.title}.xlsx", book.getvalue())

    def ledgers(self, scope: Scope) -> tuple[Ledger, ...]:
        """The five ledgers of what the packet carries; of meetings and the like, the period's."""
        period = f"{dates.chinese_day(scope.period_from)}至{dates.chinese_day(scope.period_until)}"
        cover = Cover(scope.office.name, period, self._as_of)
        seats = self._read.many(Membership, scope.ids(Membership))
        meetings = self._of_period(scope, Meeting, "held_at")
        opinions = self._of_period(scope, Opinion, "reported_on")
        activities = self._of_period(scope, Activity, "held_at")
        matters = self._read.many(Matter, scope.ids(Matter))
        return (
            roster(self._read, cover, seats),
            meeting_ledger(self._read, cover, meetings),
            matter_ledger(self._read, cover, matters, as_of=self._as_of),
            opinion_ledger(self._read, cover, opinions),
            activity_ledger(self._read, cover, activities),
        )

    def _of_period(self, scope: Scope, record_type: type[R], day: str) -> list[R]:
        """The records of a type whose day or moment lies in the period, by it."""

        def day_of(record: R) -> date | None:
            value = getattr(record, day)
            return value.date() if isinstance(value, datetime) else value

        dated = [
            (found, each)
            for each in self._read.many(record_type, scope.ids(record_type))
            if (found := day_of(each)) and scope.period_from <= found <= scope.period_until
        ]
        return [each for _, each in sorted(dated, key=lambda pair: pair[0])]

    def _minutes(self, scope: Scope) -> list[Minutes]:
        """The finalised minutes dated in the period, and belated ones of an earlier one."""
        return [
            each
            for each in self._read.many(Minutes, scope.ids(Minutes))
            if each.is_locked
            and each.dated
            and (each.id in scope.belated_minutes or each.dated >= scope.period_from)
            and each.dated <= scope.period_until
        ]


def _printed(minutes: Minutes, fonts: FontBook) -> bytes:
    """The PDF of some minutes, as PDF/A: the county keeps it for good."""
    try:
        return render_official(minutes_paper(minutes), fonts, archive=True).pdf
    except CannotPrint as error:
        opening = f"报送包没有做成，期号没有占用：{minutes.full_number}纪要排不出来"
        raise CannotPrint(error.missing, opening) from error
