"""Narrowing a list by the value of a field: of a word, filled or empty, in a period."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import Choice, Day, Flag, Link, Moment, Several, Text
from liaison_desk.domain.registry import BY_TABLE

if TYPE_CHECKING:
    from liaison_desk.domain.fields import Field
    from liaison_desk.domain.record import Record

IS, FILLED, EMPTY, PERIOD, BETWEEN = "is", "filled", "empty", "period", "between"
WAYS = (IS, FILLED, EMPTY, PERIOD, BETWEEN)
PERIODS = ("今天", "本周", "本月", "上月", "本季", "本年", "去年")
YES, NO = "是", "否"
_LONGEST_WORD = 60
"""A line of text that may be longer than this, in characters, holds sentences, not words."""


@dataclass(frozen=True)
class Filter:
    """One narrowing of a list; several must all hold.

    Attributes:
        path: a field, or `person.name` for a field of the record that a link names.
        way: one of `WAYS`.
        values: for `IS` the words of which the field has one (of a link, the ids), for `PERIOD`
            the name of the period, for `BETWEEN` the first and the last day in ISO 8601, either
            of which may be "".
    """

    path: str
    way: str
    values: tuple[str, ...] = ()

    def days(self, today: date) -> tuple[str, str]:
        """The first and last day of the period, in ISO 8601; "" where it is open."""
        if self.way == PERIOD:
            first, last = period_days(self.values[0], today)
            return first.isoformat(), last.isoformat()
        return self.values[0], self.values[1]

    def is_sound(self, record_type: type[Record]) -> bool:
        """Whether it can be asked of a type: one that was kept may be of another version."""
        kind = kind_of(record_type, self.path)
        if kind is None:
            return False
        if self.way in (FILLED, EMPTY):
            return not self.values
        if self.way == IS:
            return bool(self.values)
        if not isinstance(kind, Day | Moment):
            return False
        if self.way == PERIOD:
            return len(self.values) == 1 and self.values[0] in PERIODS
        return self.way == BETWEEN and len(self.values) == 2 and all(map(_is_day, self.values))


def _is_day(text: str) -> bool:
    """Whether a text is a day in ISO 8601, or leaves the period open."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def kind_of(record_type: type[Record], path: str) -> Field | None:
    """The declaration of the field that a path leads to; None where it leads nowhere."""
    name, _, rest = path.partition(".")
    kind = record_type.fields().get(name)
    if not rest or kind is None:
        return kind
    return BY_TABLE[kind.to].fields().get(rest) if isinstance(kind, Link) else None


def is_bookkeeping(kind: Field) -> bool:
    """Whether the program alone writes a field, as into whom a person was merged."""
    return isinstance(kind, Link) and not kind.searched


def has_words(kind: Field) -> bool:
    """Whether the values of a field are words to choose from; nothing personal is."""
    if kind.personal:
        return False
    is_short = isinstance(kind, Text) and kind.max_length <= _LONGEST_WORD
    return is_short or isinstance(kind, Choice | Several | Flag | Link)


def period_days(name: str, today: date) -> tuple[date, date]:
    """The first and last day of a named period, as of `today`.

    Raises:
        KeyError: there is no such period.
    """
    last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    first_of_quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    monday = today - timedelta(days=today.weekday())
    return {
        "今天": (today, today),
        "本周": (monday, monday + timedelta(days=6)),
        "本月": _months(today.replace(day=1), 1),
        "上月": _months(last_month, 1),
        "本季": _months(first_of_quarter, 3),
        "本年": _months(date(today.year, 1, 1), 12),
        "去年": _months(date(today.year - 1, 1, 1), 12),
    }[name]


def _months(first: date, count: int) -> tuple[date, date]:
    """From the first of a month to the last of the month `count` - 1 later, in the same year."""
    month = first.month + count - 1
    return first, date(first.year, month, calendar.monthrange(first.year, month)[1])
