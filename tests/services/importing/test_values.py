"""What cells say, in all the ways people write it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from liaison_desk.domain.fields import WrongText
from liaison_desk.services.importing import target_of
from liaison_desk.services.importing.ledger_rows import meeting_name, split_items
from liaison_desk.services.importing.sheet import Figure
from liaison_desk.services.importing.values import Reading, Value, read_value

READING = Reading(2025, 2026)


def read(key: str, text: str, *, target: str = "roster", reading: Reading = READING) -> Value:
    """A cell for a field."""
    field = target_of(target).field(key)
    assert field is not None
    return read_value(field, text, reading)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1975.3", "1975.03"),
        ("1975年3月", "1975.03"),
        ("19750312", "1975.03"),
        ("1975/3/12", "1975.03"),
        ("27450", "1975.02"),
        (Figure("27450"), "1975.02"),
        ("一九七五年三月", "1975.03"),
        ("１９７５．０３", "1975.03"),
        ("1975-03-12", "1975.03"),
    ],
)
def test_a_month_of_birth(written: str, kept: str) -> None:
    assert read("person.born", written).value == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("75.3", "1975.03"),
        ("75年3月", "1975.03"),
        ("七五年三月", "1975.03"),
        ("05.3", "2005.03"),
    ],
)
def test_a_birth_with_a_year_of_two_digits(written: str, kept: str) -> None:
    assert read("person.born", written).value == kept
    of_old = Reading(1985, 2026)  # a roster in which most were born then
    assert read("person.born", written, reading=of_old).value == kept


def test_a_birth_without_a_year_or_to_come_is_not_guessed() -> None:
    with pytest.raises(WrongText, match="“3月”没有写年份"):
        read("person.born", "3月")
    with pytest.raises(WrongText, match="在今天之后"):
        read("person.born", "2089.3")


@pytest.mark.parametrize(
    "written", ["=1+1", "12345", "1", "a@b.com", "??", "陈?明", "无", "—", "张伟13800000001"]
)
def test_what_is_no_name_makes_nobody(written: str) -> None:
    with pytest.raises(WrongText, match="不像姓名"):
        read("person.name", written)


def test_several_names_in_one_cell_make_nobody() -> None:
    with pytest.raises(WrongText, match="像是几个人，请一行写一个人"):
        read("person.name", "张伟、李四")


@pytest.mark.parametrize(
    "written", ["陆䶮", "买买提·艾力", "欧阳娜娜", "张伟2", "王𬭚", "Thomas Brown", "O'Neil", "甲"]
)
def test_any_name_somebody_may_bear_is_taken_without_a_word(written: str) -> None:
    found = read("person.name", written)
    assert (found.value, found.notes) == (written, ())


@pytest.mark.parametrize("written", ["李雷韩梅梅", "李雷韩梅"])
def test_a_name_that_may_be_two_is_pointed_out(written: str) -> None:
    assert read("person.name", written).notes == (f"姓名“{written}”有{len(written)}个字，请核对",)


@pytest.mark.parametrize("written", ["李雷 韩梅梅", "张伟　李娜", "王芳\n赵犇", "吴龑和郑贇"])
def test_two_people_in_a_cell_are_never_joined_into_one(written: str) -> None:
    with pytest.raises(WrongText, match="像是几个人，请一行写一个人"):
        read("person.name", written)


@pytest.mark.parametrize(
    ("written", "kept"), [("欧阳 修远", "欧阳修远"), ("张 伟", "张伟"), ("李和平", "李和平")]
)
def test_spaces_that_make_columns_even_are_no_second_person(written: str, kept: str) -> None:
    assert read("person.name", written) == Value(kept)


@pytest.mark.parametrize("written", ["柳河社区", "柳河镇政协联络组", "相关部门负责人", "村两委"])
def test_a_body_or_a_crowd_is_no_person(written: str) -> None:
    with pytest.raises(WrongText, match="不像一个人的姓名"):
        read("person.name", written)


@pytest.mark.parametrize(
    ("written", "number", "remark"),
    [
        ("13900000001（短号66123）", "13900000001", "短号：66123"),
        ("短号661234", "", "短号：661234"),
        ("13800000001/661234", "13800000001", "另有电话：661234"),
        ("13800000001.13900000001", "13800000001", "另有电话：13900000001"),
        ("1380000000113900000001", "13800000001", "另有电话：13900000001"),
        ("13800000001；6000001 短号：66102", "13800000001", "短号：66102\n另有电话：6000001"),
    ],
)
def test_short_numbers_and_numbers_run_together(written: str, number: str, remark: str) -> None:
    assert read("person.phone", written) == Value(number, remark)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2万", "20000"),
        ("2.3万元", "23000"),
        ("价值约3000元物资", "3000"),
        ("¥1,500.50", "1500.50"),
        ("1,500.50元", "1500.50"),
    ],
)
def test_sums_in_words_of_money_are_never_taken_for_the_bare_number(
    written: str, kept: str
) -> None:
    found = read("activity.donated_money", written, target="activity")
    assert found.value == Decimal(kept)
    assert bool(found.notes) == any(word in written for word in "万约")


@pytest.mark.parametrize("written", ["12小时30分", "半天", "5-6", "3万5"])
def test_a_sum_that_is_not_one_number_is_listed(written: str) -> None:
    with pytest.raises(WrongText):
        read("activity.volunteer_hours", written, target="activity")


def test_a_day_that_is_not_in_the_calendar_is_refused_with_the_reason() -> None:
    with pytest.raises(WrongText, match="2026年2月没有30日"):
        read("meeting.held_at", "2026.2.30", target="meetings")


@pytest.mark.parametrize(
    ("key", "target", "written", "kept"),
    [
        ("person.gender", "roster", "１", "男"),
        ("person.ethnicity", "roster", "维族", "维吾尔族"),
        ("person.education", "roster", "大　学", "大学"),
        ("membership.sector", "roster", "教育界（3人）", "教育界"),
        ("person.ethnicity", "roster", "维", "维吾尔族"),
        ("proposal.result", "proposal", "A类", "A 已解决"),
        ("proposal.result", "proposal", "C类（暂不能解决）", "C 暂不能解决"),
        ("meeting.held_at", "meetings", "2026-3-8 14:00-16:30", datetime(2026, 3, 8, 14)),
    ],
)
def test_words_as_offices_write_them(key: str, target: str, written: str, kept: object) -> None:
    assert read(key, written, target=target).value == kept


@pytest.mark.parametrize(
    ("key", "written"), [("person.ethnicity", "火星族"), ("person.party", "地球党")]
)
def test_a_word_that_no_national_list_has_is_kept_and_pointed_out(key: str, written: str) -> None:
    found = read(key, written)
    assert found.value == written
    assert "不在国家标准的名单里" in found.notes[0]


def test_a_month_alone_is_of_the_table_s_year() -> None:
    assert read("plan_item.meeting_month", "3月", target="plan_item").value == "2025.03"


def test_a_month_alone_begins_what_has_no_end() -> None:
    found = read("opinion.reported_on", "2025年4月", target="opinion")
    assert found.value == date(2025, 4, 1)
    assert found.notes == ("报送日期“2025年4月”没有写到日，按2025年4月1日登记",)


def test_a_number_that_may_be_january_or_october_is_not_guessed() -> None:
    with pytest.raises(WrongText, match="分不清是1月还是10月"):
        read("person.born", Figure("1974.1"))
    shown = Reading(2025, 2026, is_two_digit_month=True)
    assert read("person.born", Figure("1974.1"), reading=shown).value == "1974.10"
    assert read("person.born", "1974.1").value == "1974.01"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025.3.8", date(2025, 3, 8)),
        ("2025年3月8日", date(2025, 3, 8)),
        ("二〇二五年三月八日", date(2025, 3, 8)),
        ("45823", date(2025, 6, 15)),
        ("3月8日", date(2025, 3, 8)),
        ("3.8", date(2025, 3, 8)),
        ("2025/3/8", date(2025, 3, 8)),
        ("2025-03-08 00:00:00", date(2025, 3, 8)),
        ("2025.3.8（星期六）", date(2025, 3, 8)),
        ("2025年3月8日前", date(2025, 3, 8)),
        ("2025年6月", date(2025, 6, 30)),
        ("2025.6", date(2025, 6, 30)),
        ("6月底", date(2025, 6, 30)),
        ("2025年底前", date(2025, 12, 31)),
        ("年底前", date(2025, 12, 31)),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, day: date) -> None:
    assert read("matter.due_on", written, target="matters").value == day


@pytest.mark.parametrize(
    "written",
    [
        "2025.3.1-3.5",
        "2025年3月1日至5日",
        "3月1日—3月5日",
        "2025年3月1-5日",
        "2025年3月1、5日",
        "2025.3.1-5",
        "3月1至5日",
    ],
)
def test_some_days_begin_on_the_first_and_what_is_due_is_so_on_the_last(written: str) -> None:
    begun = read("matter.handed_over_on", written, target="matters")
    assert begun.value == date(2025, 3, 1)
    assert begun.notes == (f"交办日期“{written}”是一段时间，按第一天2025年3月1日登记",)
    due = read("matter.due_on", written, target="matters")
    assert due.value == date(2025, 3, 5)
    assert due.notes == (f"时限“{written}”是一段时间，按最后一天2025年3月5日登记",)


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("2025.6", "时限“2025.6”没有写到日，按2025年6月30日登记"),
        ("2025.3.8", None),
    ],
)
def test_what_is_left_out_of_a_day_is_told(written: str, note: str | None) -> None:
    notes = read("matter.due_on", written, target="matters").notes
    assert notes == ((note,) if note else ())


@pytest.mark.parametrize(
    "written", ["长期", "2025.13.1", "昨天", "待定", Figure("3.1"), "2025.2.30"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(WrongText, match="不是日期"):
        read("matter.due_on", written, target="matters")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025.3.8", datetime(2025, 3, 8, 9, 0)),
        ("2025.3.8下午", datetime(2025, 3, 8, 15, 0)),
        ("2025年3月8日 下午2点半", datetime(2025, 3, 8, 14, 30)),
        ("3月8日 14:30", datetime(2025, 3, 8, 14, 30)),
    ],
)
def test_a_day_with_a_time(written: str, moment: datetime) -> None:
    assert read("meeting.held_at", written, target="meetings").value == moment


def test_a_meeting_of_a_month_is_not_guessed() -> None:
    with pytest.raises(WrongText):
        read("meeting.held_at", "2025年3月", target="meetings")


@pytest.mark.parametrize(
    ("written", "phone", "spill"),
    [
        ("13800000001", "13800000001", ""),
        ("138 0000 0001", "13800000001", ""),
        ("138-0000-0001", "13800000001", ""),
        ("１３８００００００01", "13800000001", ""),
        ("+86 13800000001", "13800000001", ""),
        ("13800000001.0", "13800000001", ""),
        ("'13800000001", "13800000001", ""),
        ("0561-6000003", "0561-6000003", ""),
        ("（0561）6000003", "0561-6000003", ""),
        ("0561-6000003转12", "0561-6000003-12", ""),
        ("13800000001（本人）", "13800000001", "电话0001：本人"),
        ("13800000004;0561-6000004", "13800000004", "另有电话：0561-6000004"),
        ("0561-6000004/13800000004", "13800000004", "另有电话：0561-6000004"),
        ("13800000004、13900000005", "13800000004", "另有电话：13900000005"),
        ("13800000004\n13900000005", "13800000004", "另有电话：13900000005"),
        ("13800000004（办）6000005", "13800000004", "另有电话：6000005"),
        ("13800000004 13800000004", "13800000004", ""),
    ],
)
def test_the_first_number_is_kept_and_the_others_are_told(
    written: str, phone: str, spill: str
) -> None:
    found = read("person.phone", written)
    assert (found.value, found.spill, found.notes) == (phone, spill, ())


@pytest.mark.parametrize("written", ["1.38E+10", "1.38e10"])
def test_a_phone_that_a_spreadsheet_has_shortened_is_refused(written: str) -> None:
    with pytest.raises(WrongText, match="科学计数"):
        read("person.phone", written)


def test_an_odd_phone_is_kept_whole_and_told() -> None:
    found = read("person.phone", "138")
    assert (found.value, len(found.notes)) == ("138", 1)
    assert read("person.phone", "打13800000001找他爱人").value == "打13800000001找他爱人"


@pytest.mark.parametrize(
    ("key", "written", "kept"),
    [
        ("person.name", "张　伟", "张伟"),
        ("person.name", "陆\ue863", "陆䶮"),
        ("person.name", "买买提•艾力", "买买提·艾力"),
        ("person.post", "陆\ue863工作室", "陆䶮工作室"),
        ("person.ethnicity", "汉", "汉族"),
        ("person.party", "中共", "中共党员"),
        ("person.party", "党员", "中共党员"),
        ("person.party", "群众", "群众"),
        ("person.party", "无党派", "无党派人士"),
        ("person.gender", "Ｍ", "男"),
        ("membership.sector", "教育", "教育界"),
        ("membership.term", "12届", "第十二届"),
        ("membership.duty", "召集人", "召集人"),
        ("person.identity", "'34062119790303125x", "34062119790303125X"),
        ("person.post", "=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("person.post", "镇\x00政\x02府\x07", "镇政府"),
    ],
)
def test_words_become_the_office_s(key: str, written: str, kept: str) -> None:
    assert read(key, written).value == kept


def test_what_stands_behind_a_name_in_brackets_is_a_remark() -> None:
    found = read("person.name", "陆䶮（召集人）")
    assert (found.value, found.spill) == ("陆䶮", "召集人")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("340621197903031250", "校验位不对"),
        ("34062119790303125", "应为18位"),
        (Figure("340621197903031000"), "末几位已经丢失"),
    ],
)
def test_a_wrong_identity_number_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(WrongText, match=reason):
        read("person.identity", written)


@pytest.mark.parametrize(
    ("key", "target", "written", "kept"),
    [
        ("activity.households", "activity", "26户", 26),
        ("activity.households", "activity", "1,200", 1200),
        ("activity.households", "activity", "12.0", 12),
        ("activity.households", "activity", "约30户", 30),
        ("matter.is_posted", "matters", "√", True),
        ("matter.is_posted", "matters", "否", False),
        ("reply.result", "matters", "已解决", "A 已解决"),
        ("reply.result", "matters", "B", "B 正在解决或列入计划"),
        ("meeting.form", "meetings", "微协商会", "微协商"),
        ("meeting.form", "meetings", "田埂会", "田埂会"),
    ],
)
def test_numbers_choices_and_flags(key: str, target: str, written: str, kept: object) -> None:
    assert read(key, written, target=target).value == kept


@pytest.mark.parametrize(
    ("key", "target", "written"),
    [
        ("activity.households", "activity", "很多"),
        ("activity.households", "activity", "3户走访5户"),
        ("matter.is_posted", "matters", "也许"),
        ("person.gender", "roster", "不详"),
        ("person.post", "roster", "长" * 10_000),
    ],
)
def test_what_cannot_be_is_refused(key: str, target: str, written: str) -> None:
    with pytest.raises(WrongText):
        read(key, written, target=target)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1.修路；2.建桥", ["修路", "建桥"]),
        ("一、修路。二、建桥。", ["修路。", "建桥。"]),
        ("①修路②建桥", ["修路", "建桥"]),
        ("①修路；②建桥", ["修路", "建桥"]),
        ("（1）修路\n（2）建桥", ["修路", "建桥"]),
        ("增划车位1.5万个", ["增划车位1.5万个"]),
        ("发信；牵绳，巡查", ["发信；牵绳，巡查"]),
        ("1、修路", ["修路"]),
    ],
)
def test_numbered_items_are_agreed_one_by_one(text: str, items: list[str]) -> None:
    assert split_items(text) == items


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("微协商", "停车难微协商会"),
        ("板凳会", "停车难板凳会"),
        ("", "停车难协商会"),
    ],
)
def test_an_old_meeting_is_named_for_its_topic_and_form(form: str, name: str) -> None:
    assert meeting_name("停车难", form) == name
    assert len(meeting_name("长" * 200, form)) == 100


def test_a_day_that_has_lost_a_zero_says_so() -> None:
    with pytest.raises(WrongText, match=r"分不清是3\.1还是3\.10"):
        read("meeting.held_at", Figure("3.1"), target="meetings")


def test_what_is_due_within_months_is_due_on_the_last_day() -> None:
    found = read("matter.due_on", "2026.5.1~6.30", target="matters", reading=Reading(2026, 2026))
    assert found.value == date(2026, 6, 30)


@pytest.mark.parametrize("written", ["1900-01-00", "0000-00-00"])
def test_an_empty_date_of_a_spreadsheet_is_no_birth(written: str) -> None:
    with pytest.raises(WrongText, match="是空的日期"):
        read("person.born", written)


@pytest.mark.parametrize("written", ["例：张三", "Name", "组长：张伟"])
def test_a_sample_or_a_label_is_no_name(written: str) -> None:
    with pytest.raises(WrongText, match="姓名"):
        read("person.name", written)


@pytest.mark.parametrize("written", ["1.张伟", "12、张伟", "③张伟", "（1）张伟"])
def test_a_running_number_before_a_name_is_none_of_it(written: str) -> None:
    assert read("person.name", written) == Value("张伟")


def test_a_zero_is_no_telephone_number() -> None:
    with pytest.raises(WrongText, match="“0”不是电话号码"):
        read("person.phone", "0")
