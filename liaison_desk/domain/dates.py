"""Dates as people in an office write them, and as papers print them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

_RELATIVE = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(10_000, 73_051)  # 1927-05-18 to 2099-12-31: no plain number of a form
_TIME = re.compile(r"(上午|下午|晚上|早上)?\s*(\d{1,2})\s*(?:[:：点时]\s*(半|\d{1,2})?)\s*分?$")


def parse_day(text: str, today: date | None = None) -> date | None:
    """Read one day, or None.

    Takes 2026-3-8, 2026.3.8, 2026/3/8, 2026年3月8日, 20260308, 0308, 3.8, 3月8日, 8日,
    一九七五年三月八日, an Excel serial, 今天, 昨天 …; a day without a year is of this year.
    """
    today = today or date.today()
    plain = _plain(text)
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    if re.fullmatch(r"\d{8}", plain):
        return _date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    if re.fullmatch(r"\d{4}", plain):
        return _date(today.year, int(plain[:2]), int(plain[2:]))
    if re.fullmatch(r"\d{5}", plain) and int(plain) in _EXCEL_SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(plain))
    return _from_numbers(re.findall(r"\d+", plain), plain, today)


def parse_moment(text: str, today: date | None = None) -> datetime | None:
    """Read a day with a time (9:00 when none is given), or None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    iso = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?", plain)
    if iso:
        found_day, rest = iso[1], iso[2]
    else:
        clock = re.search(r"(?:^|[\s日号])((?:上午|下午|晚上|早上)?\s*\d{1,2}\s*[:点时].*)$", plain)
        rest = clock[1] if clock else ""
        found_day = plain[: clock.start(1)] if clock else plain
    the_day = parse_day(found_day, today)
    the_time = _parse_time(rest) if rest else (9, 0)
    if the_day is None or the_time is None:
        return None
    return datetime(the_day.year, the_day.month, the_day.day, *the_time)


def parse_month(text: str) -> str | None:
    """Read a year and month as "1974.03", or None; a day that follows is dropped."""
    plain = _plain(text)
    match = (
        re.match(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?!\d)", plain)
        or re.fullmatch(r"(\d{4})(\d{2})(?:\d{2})?", plain)
        or re.match(r"(\d{4})\s*年?$", plain)
    )
    if match is None:
        serial = parse_day(plain) if re.fullmatch(r"\d{5}", plain) else None
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


def chinese_moment(value: datetime) -> str:
    """2026年3月5日9:30."""
    return f"{chinese_day(value)}{value.hour}:{value.minute:02}"


def _plain(text: str) -> str:
    """Half-width, without spaces, Chinese numerals as digits."""
    narrow = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not re.search(r"[〇零○一二三四五六七八九十]", narrow) or narrow in _RELATIVE:
        return narrow
    tens = re.sub(
        r"([一二三四五六七八九]?)十([一二三四五六七八九]?)",
        lambda m: (m[1] or "一") + (m[2] or "〇"),
        narrow,
    )
    return tens.translate(_DIGITS)


def _from_numbers(numbers: list[str], plain: str, today: date) -> date | None:
    """Put together the numbers of a written date."""
    if not re.fullmatch(r"[\d年月日号./-]+", plain):
        return None
    values = [int(number) for number in numbers]
    if len(values) == 3:
        year = values[0] + 2000 if len(numbers[0]) == 2 else values[0]
        return _date(year, values[1], values[2])
    if len(values) == 2 and len(numbers[0]) <= 2:
        return _date(today.year, values[0], values[1])
    if len(values) == 1 and re.fullmatch(r"\d{1,2}[日号]", plain):
        return _date(today.year, today.month, values[0])
    return None


def _date(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is no such day."""
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _parse_time(text: str) -> tuple[int, int] | None:
    """Hours and minutes of 14:30, 下午2点半, 9点."""
    match = _TIME.match(text.strip())
    if match is None:
        return None
    hour = int(match[2])
    minute = 30 if match[3] == "半" else int(match[3] or 0)
    if match[1] in {"下午", "晚上"} and hour < 12:
        hour += 12
    return (hour, minute) if hour < 24 and minute < 60 else None
