"""Dates as people in an office write them, and as papers print them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta

from liaison_desk.domain.day_words import meant_day

_NUMERALS = "〇零○一二三四五六七八九"
_DIGITS = str.maketrans(_NUMERALS, "000123456789")
_SIGNS = str.maketrans("。·—–−\u2010\\", "..----/")
"""What an input method writes for the dot, the dash and the slash between numbers."""
_ROUND_O = re.compile(rf"[{_NUMERALS}][{_NUMERALS}oO]+")
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_WEEKDAY = re.compile(r"\s*\(?((?:星期|礼拜|周)[一二三四五六日天])\)?")
_NAMED_WEEKDAY = re.compile(r"(?:星期|礼拜|周)[1-6日天]")
_MIDNIGHT = re.compile(r"[T\s]0?0:00(:00(\.0+)?)?$")
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(10_000, 73_051)  # 1927-05-18 to 2099-12-31: no plain number of a form
_YEARS_AHEAD = 20  # a year of two digits lies at most so far in the future
_FULL_DAY = re.compile(r"(\d{4}|\d{2})[年./-](\d{1,2})[月./-](\d{1,2})[日号.]?")
_MONTH_DAY = re.compile(r"(\d{1,2})[月./-](\d{1,2})[日号.]?")
_MONTH = re.compile(r"(\d{4})[年./-](\d{1,2})(?:月份?|[月./-]\d{1,2}[日号]?)?\.?(?:出?生)?")
_PART_OF_DAY = "凌晨|早上|早晨|上午|中午|下午|晚上"
_TIME = re.compile(
    rf"(?:^|(?<=[\s日号天T])|(?={_PART_OF_DAY}))(?P<part>{_PART_OF_DAY})?\s*"
    r"(?P<hour>\d{1,2})\s*[:点时]\s*(?P<minute>半|\d{1,2})?\s*分?(?::\d{1,2}(?:\.\d+)?)?$"
)


def parse_day(text: str, today: date | None = None) -> date | None:
    """Read one day, or None.

    Takes 2026-3-8, 2026.3.8, 2026/3/8, 2026年3月8日, 20260308, 0308, 3.8, 3月8日, 8日,
    一九七五年三月八日, an Excel serial, 昨天, 下周三, 月底 …; a day without a year is of this year.
    """
    today = today or date.today()
    plain = _plain(text)
    if found := meant_day(plain, today):
        return found
    bare = _NAMED_WEEKDAY.sub("", plain)
    if re.fullmatch(r"\d{5}(\.0+)?", bare) and int(bare[:5]) in _EXCEL_SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(bare[:5]))
    numbers = _numbers(bare, today)
    return _date(*numbers) if numbers else None


def impossible(text: str, today: date | None = None) -> str:
    """Why what reads like a day, with a time or without, is none: 2026年2月没有30日; or ""."""
    today = today or date.today()
    readable = _readable(text)
    clock = _TIME.search(readable)
    plain = _plain(readable[: clock.start()] if clock else text)
    numbers = _numbers(_NAMED_WEEKDAY.sub("", plain), today)
    if numbers is None or _date(*numbers):
        return ""
    year, month, day = numbers
    if not 1900 <= year <= 2100:
        return "年份应在1900年到2100年之间"
    if not 1 <= month <= 12:
        return f"没有{month}月"
    return f"{year}年{month}月没有{day}日" if day > monthrange(year, month)[1] else "没有0日"


def _numbers(plain: str, today: date) -> tuple[int, int, int] | None:
    """The year, month and day that a text gives, whether there is such a day or not."""
    if re.fullmatch(r"\d{8}", plain):
        return int(plain[:4]), int(plain[4:6]), int(plain[6:])
    if re.fullmatch(r"\d{4}", plain):
        return today.year, int(plain[:2]), int(plain[2:])
    if match := _FULL_DAY.fullmatch(plain):
        return _full_year(match[1], today), int(match[2]), int(match[3])
    if match := _MONTH_DAY.fullmatch(plain):
        return today.year, int(match[1]), int(match[2])
    if match := re.fullmatch(r"(\d{1,2})[日号]", plain):
        return today.year, today.month, int(match[1])
    return None


def parse_moment(text: str, today: date | None = None) -> datetime | None:
    """Read a day with a time (9:00 when none is given), or None."""
    plain = _readable(text)
    clock = _TIME.search(plain)
    the_day = parse_day(plain[: clock.start()].rstrip("T ") if clock else plain, today)
    the_time = _time(clock) if clock else (9, 0)
    if the_day is None or the_time is None:
        return None
    return datetime(the_day.year, the_day.month, the_day.day, *the_time)


def parse_month(text: str) -> str | None:
    """Read a year and month as "1974.03", or None; a day that follows is dropped."""
    plain = _plain(text)
    match = _MONTH.fullmatch(plain) or re.fullmatch(r"(\d{4})(\d{2})(?:\d{2})?", plain)
    match = match or re.fullmatch(r"(\d{4})年?", plain)
    if match is None:
        serial = parse_day(plain) if re.fullmatch(r"\d{5}(\.0+)?", plain) else None
        return f"{serial:%Y.%m}" if serial else None
    year = int(match[1])
    if not 1900 <= year <= 2100:
        return None
    if match.re.groups == 1:
        return f"{year}"
    return f"{year}.{int(match[2]):02}" if 1 <= int(match[2]) <= 12 else None


def chinese_day(value: date) -> str:
    """2026年3月5日: Arabic, full year, no leading zero (GB/T 9704 7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日"


def _plain(text: str) -> str:
    """A day or month without spaces, and without the midnight that a workbook adds."""
    return re.sub(r"\s", "", _MIDNIGHT.sub("", _readable(text)))


def _readable(text: str) -> str:
    """Half-width, plain dots and dashes, Chinese numerals as digits, a space after a weekday."""
    narrow = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()
    narrow = _WEEKDAY.sub(r"\1 ", narrow).strip()
    narrow = re.sub("两(?=[点天周个])", "二", narrow)
    narrow = _ROUND_O.sub(lambda found: re.sub("[oO]", "〇", found[0]), narrow)
    return _TENS.sub(lambda ten: (ten[1] or "一") + (ten[2] or "〇"), narrow).translate(_DIGITS)


def _full_year(digits: str, today: date) -> int:
    """26 is 2026, 98 is 1998."""
    if len(digits) == 4:
        return int(digits)
    year = 2000 + int(digits)
    return year if year <= today.year + _YEARS_AHEAD else year - 100


def _date(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is no such day."""
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _time(clock: re.Match[str]) -> tuple[int, int] | None:
    """Hours and minutes of 14:30, 下午2点半, 9点; None where the words contradict the number."""
    part, hour = clock["part"], int(clock["hour"])
    minute = 30 if clock["minute"] == "半" else int(clock["minute"] or 0)
    if (part in {"下午", "晚上"} and hour < 12) or (part == "中午" and hour < 3):
        hour += 12
    elif (part == "晚上" and hour == 12) or (part in {"凌晨", "早上", "上午"} and hour > 12):
        return None
    return (hour, minute) if hour < 24 and minute < 60 else None
