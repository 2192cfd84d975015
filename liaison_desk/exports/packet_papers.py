"""The papers of a packet that anyone can open: the minutes as PDF, the ledgers as workbooks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from liaison_desk.domain import dates
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.exports.excel import Ledger, write_ledger
from liaison_desk.exports.ledgers import Cover, Reading, matter_ledger, meeting_ledger, roster
from liaison_desk.exports.papers import minutes_paper
from liaison_desk.exports.pdf.official import render_official
from liaison_desk.exports.pdf.words import CannotPrint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.pdf.fonts import FontBook


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
        """The minutes of the period, then the three ledgers.

        Raises:
            CannotPrint: a character of some minutes is in no font; it says of which.
        """
        minutes = self._minutes(scope)
        fonts = self._make_fonts()
        for done, each in enumerate(minutes):
            progress(done, len(minutes), "正在排版纪要")
            yield Paper(f"纪要/{minutes_file_name(each)}", _printed(each, fonts))
        progress(0, 0, "正在制作台账")
        for ledger in self.ledgers(scope):
            book = io.BytesIO()
            write_ledger(book, ledger)
            yield Paper(f"台账/{ledger.title}.xlsx", book.getvalue())

    def ledgers(self, scope: Scope) -> tuple[Ledger, ...]:
        """委员名册, 协商活动台账 and 办理事项台账 of what the packet carries."""
        period = f"{dates.chinese_day(scope.period_from)}至{dates.chinese_day(scope.period_until)}"
        cover = Cover(scope.office.name, period, self._as_of)
        seats = self._read.many(Membership, scope.ids(Membership))
        meetings = [
            each
            for each in self._read.many(Meeting, scope.ids(Meeting))
            if each.held_at and scope.period_from <= each.held_at.date() <= scope.period_until
        ]
        matters = self._read.many(Matter, scope.ids(Matter))
        return (
            roster(self._read, cover, seats),
            meeting_ledger(self._read, cover, meetings),
            matter_ledger(self._read, cover, matters, as_of=self._as_of),
        )

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
    """The PDF of some minutes."""
    try:
        return render_official(minutes_paper(minutes), fonts).pdf
    except CannotPrint as error:
        opening = f"报送包没有做成，期号没有占用：{minutes.full_number}纪要排不出来"
        raise CannotPrint(error.missing, opening) from error


def minutes_file_name(minutes: Minutes) -> str:
    """〔2026〕1号_关于….pdf, without what a file name cannot hold."""
    heading = "".join(each for each in minutes.heading if each not in '\\/:*?"<>|\n\r\t')
    version = f"_第{minutes.version}版" if (minutes.version or 1) > 1 else ""
    return f"{minutes.full_number or '草稿'}_{heading[:40]}{version}.pdf"
