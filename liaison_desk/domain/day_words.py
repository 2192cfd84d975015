"""Days named by words that count from today: 昨天, 下周三, 月底, 3天后, 去年3月8日."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0,
    "今晚": 0, "当天": 0, "明天": 1, "明日": 1, "明晚": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_STEPS = {
    "上上": -2,
    "上": -1,
    "去": -1,
    "": 0,
    "本": 0,
    "这": 0,
    "今": 0,
    "当": 0,
    "下": 1,
    "明": 1,
}
_STEPS |= {"下下": 2, "前": -2, "后": 2}
_SEVENTH = {"日": 7, "天": 7}

_WEEKDAY = re.compile(r"(上上|上|本|这|下下|下|)个?(?:星期|礼拜|周)([1-7日天])")
_LATER = re.compile(r"(\d{1,3}|半)个?(天|日|周|星期|礼拜|月|年)(?:之|以)?(前|后)")
_OF_MONTH = re.compile(r"(上|本|这|当|下)个?月(?:的)?(?:(\d{1,2})[日号]?|(初|底|末))")
_EDGE_OF_MONTH = re.compile(r"(?:(\d{4})年|(去|今|本|明)年)?(?:(\d{1,2})月份?|月)(初|底|末)")
_EDGE_OF_YEAR = re.compile(r"(?:(\d{4})年?|(去|今|本|明)?年)年?(初|底|末)")
_OF_YEAR = re.compile(r"(前|去|今|本|明|后)年(\d{1,2})[月./-](\d{1,2})[日号]?")


def meant_day(plain: str, today: date) -> date | None:
    """The day that words count out from today, or None; digits are Arabic, spaces are gone.

    A week begins on Monday: 下周日 is the last day of next week.
    """
    if plain in _DAYS:
        return _moved(today, _DAYS[plain])
    for pattern, meaning in (
        (_WEEKDAY, _weekday),
        (_LATER, _later),
        (_OF_MONTH, _of_month),
        (_EDGE_OF_MONTH, _edge_of_month),
        (_EDGE_OF_YEAR, _edge_of_year),
        (_OF_YEAR, _of_year),
    ):
        if found := pattern.fullmatch(plain):
            return meaning(found, today)
    return None


def _weekday(found: re.Match[str], today: date) -> date | None:
    """下周三, 本周5, 周日."""
    weekday = _SEVENTH.get(found[2]) or int(found[2])
    return _moved(today, 7 * _STEPS[found[1]] + weekday - today.isoweekday())


def _later(found: re.Match[str], today: date) -> date | None:
    """3天后, 2周前, 1个月后; half of anything but a month is nobody's day."""
    sign = 1 if found[3] == "后" else -1
    if found[1] == "半":
        return _moved(today, sign * 15) if found[2] == "月" else None
    count = sign * int(found[1])
    if found[2] == "月":
        return _month_later(today, count, today.day)
    if found[2] == "年":
        return _month_later(today, 12 * count, today.day)
    return _moved(today, count * (1 if found[2] in "天日" else 7))


def _of_month(found: re.Match[str], today: date) -> date | None:
    """下月3日, 上个月8号, 下月底."""
    first = _month_later(today, _STEPS[found[1]], 1)
    if first is None:
        return None
    if found[3]:
        return _edge(first.year, first.month, found[3])
    return _date(first.year, first.month, int(found[2]))


def _edge_of_month(found: re.Match[str], today: date) -> date | None:
    """月底, 3月底, 2026年3月末, 明年1月初."""
    year = int(found[1]) if found[1] else today.year + _STEPS[found[2] or ""]
    return _edge(year, int(found[3] or today.month), found[4])


def _edge_of_year(found: re.Match[str], today: date) -> date | None:
    """年底, 去年底, 2026年初."""
    year = int(found[1]) if found[1] else today.year + _STEPS[found[2] or ""]
    return _edge(year, 1 if found[3] == "初" else 12, found[3])


def _of_year(found: re.Match[str], today: date) -> date | None:
    """去年3月8日, 明年1.15."""
    return _date(today.year + _STEPS[found[1]], int(found[2]), int(found[3]))


def _month_later(today: date, months: int, day: int) -> date | None:
    """A day some months from now; the last of a month that is too short for it."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if not 1900 <= year <= 2100:
        return None
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _edge(year: int, month: int, word: str) -> date | None:
    """The first day of a month (初) or its last (底, 末)."""
    if not (1900 <= year <= 2100 and 1 <= month <= 12):
        return None
    return date(year, month, 1 if word == "初" else monthrange(year, month)[1])


def _moved(today: date, days: int) -> date | None:
    """The day some days from now."""
    found = today + timedelta(days=days)
    return found if 1900 <= found.year <= 2100 else None


def _date(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is no such day."""
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
