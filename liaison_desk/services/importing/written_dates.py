"""Days as ledgers have them: with a range, a part of the day, a month alone, or no year."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from liaison_desk.domain import dates
from liaison_desk.domain.fields import clean_line
from liaison_desk.services.importing.sheet import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

D = TypeVar("D", bound=date)
_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")
_CHINESE_YEAR = re.compile(r"[二一][〇○零一二三四五六七八九]{3}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_RANGE = re.compile(
    r"\s*(?:至|到|~|～|--|—+|–)\s*|(?<=[\d日号])\s*-\s*(?=\d{1,2}[.月日号/]|\d{4}[.年/]|\d{1,2}[:：]\d{2})"
)
_SAME_MONTH = re.compile(r"(.*\d[月./-]\d{1,2})\s*[-、,，]\s*(\d{1,2})([日号]?)")
_PART_OF_DAY = re.compile(r"\s*[（(]?(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)[)）]?$")
_TIMES = {
    "凌晨": time(5), "清晨": time(7), "早上": time(8), "早晨": time(8), "上午": time(9),
    "中午": time(12), "下午": time(15), "傍晚": time(18), "晚上": time(19), "晚": time(19),
}  # fmt: skip
_MORNING = time(9)
_MONTH = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?(底|末|份|前)?")
_BARE_MONTH = re.compile(r"(\d{1,2})\s*月(底|末|份|前)?")
_BEFORE = re.compile(r"\s*(前|之前|以前|底|止)(完成|办结|落实|办理完毕|整改到位)?$")
_YEAR_END = re.compile(r"(\d{4})\s*年?\s*(?:年)?(?:底|末|底前)")
_AMBIGUOUS = re.compile(r"\d{1,2}\.[1-3]|\d{4}\.1")
"""Numbers that may have lost a zero at their end: 3.1 is 1 or 10 March."""


@dataclass(frozen=True)
class WrittenDay:
    """A day as it was read.

    Attributes:
        day: the day; the first of a range, the last of a month.
        time: of day; 9:00 when none is written.
        is_month_only: whether only a month is written.
        is_range: whether more days are written.
        has_time: whether a time of day is written.
        last: the last day of a range, if it can be read.
    """

    day: date
    time: time = _MORNING
    is_month_only: bool = False
    is_range: bool = False
    has_time: bool = False
    last: date | None = None

    def by_its_end(self) -> WrittenDay:
        """The same with the last day of a range for its day: by then something is due."""
        if self.last is None or self.last <= self.day:
            return self
        return replace(self, day=self.last)

    def notes_for(self, label: str, text: str) -> tuple[str, ...]:
        """What the clerk should know of how it was read."""
        said = clean_line(text)
        if self.is_month_only:
            return (f"{label}“{said}”没有写到日，按{dates.chinese_day(self.day)}登记",)
        if self.is_range:
            which = "最后一天" if self.day == self.last else "第一天"
            return (f"{label}“{said}”是一段时间，按{which}{dates.chinese_day(self.day)}登记",)
        return ()


def year_in(text: str) -> int | None:
    """The year that a title, file name or cell speaks of, or None."""
    plain = unicodedata.normalize("NFKC", text)
    chinese = _CHINESE_YEAR.search(plain)
    if chinese:
        return int(chinese[0].translate(_DIGITS))
    found = _YEAR.search(plain)
    return int(found[1]) if found else None


def read_day(text: str, year: int) -> WrittenDay | None:
    """Read a day, or None.

    Args:
        text: 2025.3.8, 2025年3月8日上午, 3月8日, 2025.3.1-3.5, 2025年11月, 2025年底, 45823 …
        year: of a day without one.
    """
    if has_lost_its_end(text):
        return None
    plain = clean_line(unicodedata.normalize("NFKC", text))
    plain = re.sub(r"(?<=[日号\s])([早晚])(?=\d)", r"\1上", plain)
    whole = _one(plain, year)
    if whole is not None:
        return whole
    parts = [part for part in _RANGE.split(plain, maxsplit=1) if part]
    if len(parts) > 1 and (first := _one(parts[0], year)) and not first.is_month_only:
        return replace(first, is_range=True, last=_end_of(parts[1], first.day))
    if found := _SAME_MONTH.fullmatch(plain):
        first = _one(found[1] + found[3], year)
        if first is not None:
            return WrittenDay(first.day, is_range=True, last=_end_of(found[2], first.day))
    if len(parts) > 1 and re.fullmatch(r"\d{1,2}", parts[0][-2:].lstrip("月./-")):
        first = _one(f"{parts[0]}日", year)
        return first and replace(first, is_range=True, last=_end_of(parts[1], first.day))
    return None


def _end_of(text: str, first: date) -> date | None:
    """The day that ends a range: 3.10, 10日 or 2026.4.2; None for a time of the same day."""
    day = re.fullmatch(r"(\d{1,2})[日号]?", text.strip())
    if day:
        in_month = 1 <= int(day[1]) <= calendar.monthrange(first.year, first.month)[1]
        return first.replace(day=int(day[1])) if in_month else None
    found = _one(text.strip(), first.year)
    return found.day if found else None


def has_lost_its_end(text: str) -> bool:
    """Whether a number may have lost a zero at its end: 3.1 is 1 or 10 March."""
    return isinstance(text, Figure) and bool(_AMBIGUOUS.fullmatch(text))


def _one(plain: str, year: int) -> WrittenDay | None:
    """One day, with a time or a part of the day behind it; or a month."""
    part = _PART_OF_DAY.search(plain)
    if part and (day := _bare_day(plain[: part.start()], year)):
        return WrittenDay(day, _TIMES[part[1]], has_time=True)
    moment = _whenever(partial(dates.parse_moment, plain), year)
    day = _bare_day(plain, year)
    if day is not None:
        return WrittenDay(day)
    if moment is not None and re.search(r"[:点时]", plain):
        return WrittenDay(moment.date(), moment.time(), has_time=True)
    bare = _BEFORE.sub("", plain)
    if bare != plain and (day := _bare_day(bare, year)):
        return WrittenDay(day)
    return _month(plain, year)


def _bare_day(plain: str, year: int) -> date | None:
    """A day without a time; nothing that depends on today."""
    if re.fullmatch(r"\d{4}", plain.strip()):
        return None
    return _whenever(partial(dates.parse_day, plain), year)


def _whenever(read: Callable[[date], D | None], year: int) -> D | None:
    """What a text says on whatever day of the year it is read; 下周三 and 月底 say none."""
    found = read(date(year, 1, 1))
    return found if found == read(date(year, 7, 16)) else None


def _month(plain: str, year: int) -> WrittenDay | None:
    """The last day of a month or year, for a due date such as 2025年6月."""
    if found := _YEAR_END.fullmatch(plain):
        return WrittenDay(date(int(found[1]), 12, 31), is_month_only=True)
    if plain in {"年底", "年底前", "年末"}:
        return WrittenDay(date(year, 12, 31), is_month_only=True)
    found = _MONTH.fullmatch(plain)
    if found:
        return _last_day(int(found[1]), int(found[2]))
    found = _BARE_MONTH.fullmatch(plain)
    return _last_day(year, int(found[1])) if found else None


def _last_day(year: int, month: int) -> WrittenDay | None:
    """The last day of a month."""
    if not 1 <= month <= 12 or not 1900 <= year <= 2100:
        return None
    return WrittenDay(date(year, month, calendar.monthrange(year, month)[1]), is_month_only=True)
