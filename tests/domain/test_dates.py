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


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("大前天", date(2026, 3, 6)),
        ("大后天", date(2026, 3, 12)),
        ("周三", date(2026, 3, 11)),
        ("星期一", TODAY),
        ("周日", date(2026, 3, 15)),
        ("本周五", date(2026, 3, 13)),
        ("这周五", date(2026, 3, 13)),
        ("这个星期五", date(2026, 3, 13)),
        ("上周三", date(2026, 3, 4)),
        ("下周三", date(2026, 3, 18)),
        ("下 周 三", date(2026, 3, 18)),
        ("下星期天", date(2026, 3, 22)),
        ("下个礼拜二", date(2026, 3, 17)),
        ("下下周一", date(2026, 3, 23)),
        ("3天后", date(2026, 3, 12)),
        ("三天前", date(2026, 3, 6)),
        ("两天后", date(2026, 3, 11)),
        ("十天后", date(2026, 3, 19)),
        ("１５天后", date(2026, 3, 24)),
        ("两周后", date(2026, 3, 23)),
        ("一个月后", date(2026, 4, 9)),
        ("半个月后", date(2026, 3, 24)),
        ("一年前", date(2025, 3, 9)),
        ("月底", date(2026, 3, 31)),
        ("月末", date(2026, 3, 31)),
        ("月初", date(2026, 3, 1)),
        ("本月底", date(2026, 3, 31)),
        ("下月底", date(2026, 4, 30)),
        ("上个月底", date(2026, 2, 28)),
        ("2月底", date(2026, 2, 28)),
        ("二月底", date(2026, 2, 28)),
        ("2024年2月底", date(2024, 2, 29)),
        ("明年1月初", date(2027, 1, 1)),
        ("年底", date(2026, 12, 31)),
        ("今年年底", date(2026, 12, 31)),
        ("去年底", date(2025, 12, 31)),
        ("下月3号", date(2026, 4, 3)),
        ("上个月八日", date(2026, 2, 8)),
        ("本月15日", date(2026, 3, 15)),
        ("去年3月8日", date(2025, 3, 8)),
        ("今年三月八日", date(2026, 3, 8)),
        ("明年1.15", date(2027, 1, 15)),
        ("3月8号", date(2026, 3, 8)),
        ("周日3月8日", date(2026, 3, 8)),
        ("星期日 3月8日", date(2026, 3, 8)),
    ],
)
def test_days_are_counted_from_today_as_people_say_them(written: str, meant: date) -> None:
    assert dates.parse_day(written, TODAY) == meant


@pytest.mark.parametrize(
    "written", ["月底前", "下周", "周八", "下周末", "半天后", "3天", "年", "下月31", "2月底左右"]
)
def test_words_that_name_no_single_day_are_not_guessed_at(written: str) -> None:
    assert dates.parse_day(written, TODAY) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("下周三下午3点", datetime(2026, 3, 18, 15, 0)),
        ("下周三十点", datetime(2026, 3, 18, 10, 0)),
        ("月底 9点", datetime(2026, 3, 31, 9, 0)),
        ("周三14:30", datetime(2026, 3, 11, 14, 30)),
        ("三天后下午2点半", datetime(2026, 3, 12, 14, 30)),
        ("周日3月8日 9:00", datetime(2026, 3, 8, 9, 0)),
    ],
)
def test_a_time_follows_a_day_counted_from_today(written: str, meant: datetime) -> None:
    assert dates.parse_moment(written, TODAY) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2月30日", "2026年2月没有30日"),
        ("0230", "2026年2月没有30日"),
        ("2.29", "2026年2月没有29日"),
        ("2026.4.31", "2026年4月没有31日"),
        ("20261301", "没有13月"),
        ("13.1", "没有13月"),
        ("3月0日", "没有0日"),
        ("三月三十二日", "2026年3月没有32日"),
        ("1812.3.8", "年份应在1900年到2100年之间"),
        ("2月30日 14:30", "2026年2月没有30日"),
        ("3.8", ""),
        ("3.8 14:30", ""),
        ("待定", ""),
        ("", ""),
    ],
)
def test_a_day_that_does_not_exist_is_told_apart_from_one_not_understood(
    written: str, reason: str
) -> None:
    assert dates.impossible(written, TODAY) == reason


@given(st.text(alphabet="上下本周月年初底末天前后个半明去今日号0123456789一二三十 ", max_size=12))
def test_no_words_make_reading_a_day_fail(written: str) -> None:
    found = dates.parse_day(written, TODAY)
    assert found is None or 1900 <= found.year <= 2100
    assert isinstance(dates.impossible(written, TODAY), str)


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
