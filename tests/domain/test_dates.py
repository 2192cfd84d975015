"""Days, months and moments as people in an office write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain import dates

TODAY = date(2026, 3, 9)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2026-3-8",
        "2026-03-08",
        "2026.3.8",
        "2026/3/8",
        "2026\\3\\8",
        "2026年3月8日",
        "2026年03月08号",
        "2026 年 3 月 8 日",
        "20260308",
        "2026 03 08",
        "２０２６．３．８",
        "2026。3。8",
        "2026—3—8",
        "26.3.8",
        "0308",
        "3.8",
        "3.08",
        "3月8日",
        "3月8",
        "3/8",
        "8日",
        "8号",
        "三月八日",
        "二〇二六年三月八日",
        "二○二六年三月八日",
        "二零二六年三月八日",
        "二O二六年三月八日",
        "2026年3月8日星期日",
        "2026年3月8日（周日）",
        "2026-03-08 00:00:00",
        "2026-03-08T00:00:00",
        "46089",
        "46089.0",
        "昨天",
        "昨日",
        " 昨　天 ",
    ],
)
def test_the_eighth_of_march_is_read_however_it_is_written(written: str) -> None:
    assert dates.parse_day(written, TODAY) == date(2026, 3, 8)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("前天", date(2026, 3, 7)),
        ("今天", TODAY),
        ("今日", TODAY),
        ("明天", date(2026, 3, 10)),
        ("后天", date(2026, 3, 11)),
        ("十日", date(2026, 3, 10)),
        ("二十日", date(2026, 3, 20)),
        ("二十一日", date(2026, 3, 21)),
        ("三十一日", date(2026, 3, 31)),
        ("二〇二六年十二月二十一日", date(2026, 12, 21)),
        ("一九七五年三月八日", date(1975, 3, 8)),
        ("19750312", date(1975, 3, 12)),
        ("98.7.1", date(1998, 7, 1)),
        ("二OO八年八月八日", date(2008, 8, 8)),
        ("2024.2.29", date(2024, 2, 29)),
    ],
)
def test_other_ways_to_name_a_day_are_read(written: str, meant: date) -> None:
    assert dates.parse_day(written, TODAY) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "待定",
        "2026.3",
        "2026年",
        "3月",
        "12年3月",
        "2026.2.30",
        "2026.13.1",
        "0230",
        "1.2.3.4",
        "1899.12.31",
        "2101.1.1",
        "2026-3-8 9:30",
        "3.8-3.10",
        "123",
        "99999",
    ],
)
def test_what_names_no_day_for_sure_is_not_guessed_at(written: str) -> None:
    assert dates.parse_day(written, TODAY) is None


@given(DAYS)
def test_every_day_is_read_back_from_all_its_written_forms(value: date) -> None:
    for written in (value.isoformat(), dates.chinese_day(value), f"{value:%Y%m%d}"):
        assert dates.parse_day(written, TODAY) == value


@given(st.dates(date(1927, 5, 18), date(2099, 12, 31)))
def test_an_excel_serial_is_the_day_that_excel_shows(value: date) -> None:
    serial = (value - date(1899, 12, 30)).days
    assert dates.parse_day(str(serial), TODAY) == value


@given(st.text(max_size=20))
def test_no_text_at_all_makes_reading_a_date_fail(written: str) -> None:
    day, moment = dates.parse_day(written, TODAY), dates.parse_moment(written, TODAY)
    assert day is None or 1900 <= day.year <= 2100
    assert moment is None or 1900 <= moment.year <= 2100
    assert dates.parse_month(written) is None or len(str(dates.parse_month(written))) in {4, 7}


def test_a_day_without_a_year_is_of_the_year_on_this_pc() -> None:
    assert dates.parse_day("12.31") == date(date.today().year, 12, 31)
    assert dates.parse_day("昨天") == date.today() - timedelta(days=1)


@pytest.mark.parametrize(
    "written",
    [
        "3.8 14:30",
        "3.8 14：30",
        "2026-3-8 14:30",
        "2026-03-08T14:30",
        "2026-03-08T14:30:00",
        "2026-03-08 14:30:00",
        "2026/3/8 14:30:00",
        "2026年3月8日14:30",
        "2026年3月8日14时30分",
        "2026年3月8日（星期日）下午2:30",
        "3月8日下午2点半",
        "昨天下午2点半",
        "昨天 14点30分",
        "三月八日下午两点半",
    ],
)
def test_half_past_two_is_read_however_it_is_written(written: str) -> None:
    assert dates.parse_moment(written, TODAY) == datetime(2026, 3, 8, 14, 30)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3.8", datetime(2026, 3, 8, 9, 0)),
        ("今天", datetime(2026, 3, 9, 9, 0)),
        ("3.8 9点", datetime(2026, 3, 8, 9, 0)),
        ("3.8 中午12点", datetime(2026, 3, 8, 12, 0)),
        ("3.8 中午1点", datetime(2026, 3, 8, 13, 0)),
        ("3.8 下午12:30", datetime(2026, 3, 8, 12, 30)),
        ("3.8 晚上7点", datetime(2026, 3, 8, 19, 0)),
        ("3.8 凌晨1:05", datetime(2026, 3, 8, 1, 5)),
        ("二〇二六年三月八日上午九点", datetime(2026, 3, 8, 9, 0)),
    ],
)
def test_times_of_day_are_read_in_words(written: str, meant: datetime) -> None:
    assert dates.parse_moment(written, TODAY) == meant


@pytest.mark.parametrize(
    "written",
    ["", "下午", "9点", "3.8 25:00", "3.8 9:75", "3.8 晚上12点", "3.8 上午13点", "3.114:30"],
)
def test_what_names_no_moment_for_sure_is_not_guessed_at(written: str) -> None:
    assert dates.parse_moment(written, TODAY) is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)))
def test_every_moment_is_read_back_to_the_minute(value: datetime) -> None:
    meant = value.replace(second=0, microsecond=0)
    assert dates.parse_moment(f"{dates.chinese_day(value)}{value:%H:%M}", TODAY) == meant
    assert dates.parse_moment(f"{value:%Y-%m-%d %H:%M}", TODAY) == meant


@pytest.mark.parametrize(
    "written",
    [
        "1975.3",
        "1975.03",
        "1975-3",
        "1975/3",
        "1975年3月",
        "1975年3月份",
        "1975年3月生",
        "1975年3月12日",
        "1975.03.12",
        "1975-03-12 00:00:00",
        "197503",
        "19750312",
        "一九七五年三月",
        "１９７５．３",
        "1975。3",
        "27466",
        "27466.0",
    ],
)
def test_march_1975_is_read_however_it_is_written(written: str) -> None:
    assert dates.parse_month(written) == "1975.03"


def test_a_bare_year_of_birth_stays_a_year() -> None:
    assert dates.parse_month("1975") == "1975"
    assert dates.parse_month("1975年") == "1975"


@pytest.mark.parametrize(
    "written", ["", "75.3", "1975.13", "1975.0", "1899.3", "1975.3—1980.4", "不详"]
)
def test_what_names_no_month_for_sure_is_not_guessed_at(written: str) -> None:
    assert dates.parse_month(written) is None


def test_a_day_on_paper_has_a_full_year_and_no_leading_zero() -> None:
    assert dates.chinese_day(date(2026, 3, 5)) == "2026年3月5日"
