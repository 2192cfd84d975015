"""The ledgers of an office year by year: a workbook for each, in it a sheet for each year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from liaison_desk.domain import dates
from liaison_desk.domain.activity import Activity
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.opinion import Opinion
from liaison_desk.exports.ledgers import (
    Cover,
    activity_ledger,
    matter_ledger,
    meeting_ledger,
    opinion_ledger,
    roster,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.ledger_model import Ledger

UNDATED = "日期未填"
"""The last sheet: what has no day, so that nothing is left out."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """From which day to which; None leaves an end open.

    Attributes:
        since: the first day.
        until: the last day.
    """

    since: date | None = None
    until: date | None = None

    @classmethod
    def of_year(cls, year: int) -> Period:
        """One whole year."""
        return cls(since=date(year, 1, 1), until=date(year, 12, 31))

    @property
    def is_open(self) -> bool:
        """Whether it is all time."""
        return self.since is None and self.until is None

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.since or day) <= day <= (self.until or day)

    def words(self, year: int) -> str:
        """What of a year it covers: 2026年, or 2026年1月1日至2026年3月31日."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        since, until = max(self.since or first, first), min(self.until or last, last)
        if (since, until) == (first, last):
            return f"{year}年"
        return f"{dates.chinese_day(since)}至{dates.chinese_day(until)}"


@dataclass(frozen=True, kw_only=True)
class LedgerBook:
    """One ledger that is exported as a workbook.

    Attributes:
        key: a short English name that settings keep.
        title: what the clerk calls it.
        of: the type of record in its rows.
        days: the fields of the day that says on which year's sheet a record stands; the first
            that is filled counts. None are the roster's, which has everyone of a year.
    """

    key: str
    title: str
    of: type[Record]
    make: Callable[..., Ledger]
    days: tuple[str, ...] = ()

    def day(self, record: Record) -> date | None:
        """The day of a record."""
        for name in self.days:
            value = getattr(record, name)
            if value is not None:
                return value.date() if isinstance(value, datetime) else value
        return None


BOOKS: tuple[LedgerBook, ...] = (
    LedgerBook(key="roster", title="委员名册", of=Membership, make=roster),
    LedgerBook(
        key="meetings", title="协商活动台账", of=Meeting, make=meeting_ledger, days=("held_at",)
    ),
    LedgerBook(
        key="matters", title="办理事项台账", of=Matter, make=matter_ledger,
        days=("handed_over_on", "due_on"),
    ),
    LedgerBook(
        key="opinions", title="社情民意台账", of=Opinion, make=opinion_ledger,
        days=("reported_on",),
    ),
    LedgerBook(
        key="activities", title="活动台账", of=Activity, make=activity_ledger, days=("held_at",)
    ),
)  # fmt: skip
"""In the order they are offered."""


def yearly(
    read: Reading,
    office: Office,
    book: LedgerBook,
    today: date,
    period: Period | None = None,
    *,
    show_personal: bool = False,
) -> list[Ledger]:
    """The sheets of a ledger's workbook, the earliest year first; at least one.

    Args:
        read: where the records are.
        office: whose ledger it is.
        book: which.
        today: the day it is made on.
        period: what it covers; None for all time, and for the roster for this year.
        show_personal: whether the roster has telephone and identity numbers in full.
    """
    period = period or Period()
    records = read.find(book.of)
    if book.days:
        sheets = _by_day(book, records, period)
    else:
        sheets = _serving([e for e in records if isinstance(e, Membership)], period, today)
    if not sheets:
        sheets = {(period.until or today).year: []}
    more: dict[str, Any] = {} if book.days else {"show_personal": show_personal}
    made = []
    for year, rows in sheets.items():
        cover = Cover(office.name, period.words(year) if year else UNDATED, today)
        ledger = book.make(read, cover, rows, **more)
        made.append(replace(ledger, sheet=str(year) if year else UNDATED))
    return made


def _by_day(
    book: LedgerBook, records: Sequence[Record], period: Period
) -> dict[int, Sequence[Record]]:
    """The records of a period by their year and day; under 0 those that have none."""
    by_year: defaultdict[int, list[tuple[date, int, Record]]] = defaultdict(list)
    undated: list[Record] = []
    for place, record in enumerate(records):
        day = book.day(record)
        if day is None:
            undated.append(record)
        elif period.holds(day):
            by_year[day.year].append((day, place, record))
    sheets: dict[int, Sequence[Record]] = {
        year: [record for *_, record in sorted(by_year[year], key=lambda each: each[:2])]
        for year in sorted(by_year)
    }
    if undated and period.is_open:
        sheets[0] = undated
    return sheets


def _serving(
    seats: Sequence[Membership], period: Period, today: date
) -> dict[int, Sequence[Record]]:
    """The members of each year of a period, those who left in it too."""
    last = min((period.until or today).year, today.year)
    first = min((period.since or date(last, 1, 1)).year, last)
    years = range(first, last + 1)
    found = {year: [e for e in seats if _served(e, year, today)] for year in years}
    return {year: chosen for year, chosen in found.items() if chosen}


def _served(seat: Membership, year: int, today: date) -> bool:
    """Whether a seat was held in a year; who left nobody knows when, before this one."""
    if seat.since is not None and seat.since.year > year:
        return False
    if seat.until is not None:
        return seat.until.year >= year
    return seat.is_serving or year < today.year
