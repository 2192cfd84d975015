"""Each kind of field: what may be typed, what is kept and what is shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain import fields
from liaison_desk.domain.fields import (
    Amount,
    Choice,
    Day,
    Field,
    Flag,
    IdentityNumber,
    Link,
    LongText,
    Moment,
    Month,
    Number,
    PersonName,
    Phone,
    Text,
    WrongText,
)

KINDS: list[Field] = [
    Text(label="地点"),
    PersonName(label="姓名"),
    LongText(label="正文"),
    Choice(label="性别", options=("男", "女")),
    Phone(label="手机"),
    IdentityNumber(label="身份证号"),
    Number(label="期号"),
    Flag(label="公示"),
    Day(label="日期"),
    Moment(label="日期时间"),
    Month(label="出生年月"),
    Link(label="人员", to="person"),
]
by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)


@by_kind
def test_nothing_typed_is_nothing_kept_and_nothing_shown(kind: Field) -> None:
    kept = kind.parse("  ")
    assert kept == kind.empty or (isinstance(kind, Link) and kept == "")
    assert kind.format(kind.empty) == ""
    assert kind.problem(kept) is None
    assert kind.from_column(kind.to_column(kind.empty)) == kind.empty


@by_kind
def test_a_required_field_left_empty_says_to_fill_it_in(kind: Field) -> None:
    required = type(kind)(**{**vars(kind), "required": True})
    if isinstance(kind, Flag):
        assert required.problem(False) is None
    else:
        assert required.problem(kind.empty) == f"请填写{kind.label}"


@by_kind
@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_either_taken_or_refused_in_a_sentence(
    kind: Field, typed: str
) -> None:
    try:
        value = kind.parse(typed)
    except WrongText as refused:
        sentence = str(refused)
    else:
        sentence = kind.problem(value) or ""
        if not sentence:
            assert kind.parse(kind.format(value)) == value
            again = kind.from_column(kind.to_column(value))
            assert again == value or (kind.is_empty(again) and kind.is_empty(value))
    assert not sentence or kind.label in sentence or "身份证号" in sentence


EXAMPLES: list[tuple[Field, str, Any, str]] = [
    (Text(label="地点"), " 镇政府\t三楼\r\n会议室　", "镇政府 三楼 会议室", "镇政府 三楼 会议室"),
    (
        LongText(label="正文"),
        "\r\n一、认为\r\n　　二、指出  \n\n",
        "一、认为\n　　二、指出",
        "一、认为\n　　二、指出",
    ),
    (
        LongText(label="正文"),
        "第一行\x0b第二行\u2028第三行",
        "第一行\n第二行\n第三行",
        "第一行\n第二行\n第三行",
    ),
    (Choice(label="性别", options=("男", "女")), "女 ", "女", "女"),
    (Phone(label="手机"), "１３８ ００００ ０００１", "13800000001", "13800000001"),
    (Phone(label="手机"), "138-0000-0001", "13800000001", "13800000001"),
    (Phone(label="手机"), "138—0000—0001", "13800000001", "13800000001"),
    (Phone(label="手机"), "+86 13800000001", "13800000001", "13800000001"),
    (Phone(label="手机"), "\u202d13800000001\u202c", "13800000001", "13800000001"),
    (Phone(label="电话"), "0561-6000000", "0561-6000000", "0561-6000000"),
    (
        IdentityNumber(label="身份证号"),
        "１１０１０５19491231002ｘ",
        "11010519491231002X",
        "11010519491231002X",
    ),
    (
        IdentityNumber(label="身份证号"),
        "110105 19491231 002x\u200b",
        "11010519491231002X",
        "11010519491231002X",
    ),
    (Number(label="期号"), " １２ ", 12, "12"),
    (Number(label="期号"), "12.0", 12, "12"),
    (Number(label="期号"), "0", 0, "0"),
    (Flag(label="公示"), "是", True, "是"),
    (Flag(label="公示"), "√", True, "是"),
    (Flag(label="公示"), "否", False, ""),
    (Day(label="日期"), "2026.3.8", date(2026, 3, 8), "2026-03-08"),
    (Moment(label="时间"), "2026.3.8 14:30", datetime(2026, 3, 8, 14, 30), "2026-03-08 14:30"),
    (Month(label="出生年月"), "1975年3月", "1975.03", "1975.03"),
    (PersonName(label="姓名"), "陆　\ue863", "陆䶮", "陆䶮"),
]


@pytest.mark.parametrize(("kind", "typed", "kept", "shown"), EXAMPLES)
def test_what_is_typed_is_kept_and_shown(kind: Field, typed: str, kept: Any, shown: str) -> None:  # noqa: ANN401  # a field takes any value
    value = kind.parse(typed)
    assert value == kept
    assert kind.format(value) == shown
    assert kind.problem(value) is None
    assert not kind.is_empty(value) or value is False


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Number(label="期号"), "十二"),
        (Number(label="期号"), "-1"),
        (Number(label="期号"), "1.5"),
        (Number(label="期号"), "9" * 13),
        (Number(label="期号"), "9" * 5000),
        (Number(label="期号"), "٣"),
        (Day(label="日期"), "下周"),
        (Moment(label="时间"), "下周"),
        (Month(label="出生年月"), "不详"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(kind: Field, typed: str) -> None:
    with pytest.raises(WrongText, match=r"例如|请写成"):
        kind.parse(typed)


def test_a_number_below_zero_or_beyond_all_reason_is_refused() -> None:
    kind = Number(label="同意票")
    assert "同意票" in (kind.problem(-1) or "")
    assert "同意票" in (kind.problem(fields.LARGEST_NUMBER + 1) or "")
    assert kind.problem(fields.LARGEST_NUMBER) is None


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    kind = Text(label="名称", max_length=5)
    assert kind.problem("桥口村停车") is None
    assert kind.problem("桥口村停车难") == "名称最多5个字，现在有6个，请缩短"
    assert kind.problem("𬭚" * 5) is None


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_a_control_character_is_dropped_when_typed_and_refused_when_not(mark: str) -> None:
    kind = Text(label="名称")
    assert "控制字符" in (kind.problem(f"桥口{mark}村") or "")
    for each in (Text(label="名称"), LongText(label="正文"), PersonName(label="姓名")):
        assert each.problem(each.parse(f"桥口{mark}村")) is None


def test_invisible_marks_of_direction_and_width_are_dropped() -> None:
    assert fields.clean_line("\u202d停\u200b车\ufeff难\u202c") == "停车难"
    assert fields.clean_paragraphs("停\u200b车\n\u2060难") == "停车\n难"


@given(st.text())
def test_a_cleaned_text_is_clean(typed: str) -> None:
    line, paragraphs = fields.clean_line(typed), fields.clean_paragraphs(typed)
    assert fields.clean_line(line) == line
    assert fields.clean_paragraphs(paragraphs) == paragraphs
    assert "\n" not in line


def test_a_word_outside_a_closed_list_is_refused_and_inside_an_open_one_taken() -> None:
    closed = Choice(label="性别", options=("男", "女"))
    assert closed.problem("男") is None
    assert closed.problem("未知") == "性别请从 男、女 中选一项"
    assert Choice(label="形式", options=("微协商",), open_list=True).problem("坝坝会") is None


@pytest.mark.parametrize(
    "number", ["", "13800000001", "0561-6000000", "6000000", "0561-6000000-12"]
)
def test_a_usual_phone_number_raises_no_eyebrow(number: str) -> None:
    assert Phone(label="电话").warning(number) is None


@pytest.mark.parametrize("number", ["12345", "23800000001", "1380000000", "张伟转"])
def test_an_odd_phone_number_is_warned_of_but_never_refused(number: str) -> None:
    assert "请核对" in (Phone(label="电话").warning(number) or "")
    assert Phone(label="手机").problem(number) is None


def test_a_wrong_identity_number_is_refused_where_it_stands() -> None:
    kind = IdentityNumber(label="身份证号")
    assert "校验位" in (kind.problem("110105194912310021") or "")
    assert kind.problem("11010519491231002X") is None


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [("1200.50", "1200.50", "1200.5"), ("１，２００", "1200.00", "1200"), ("0.05", "0.05", "0.05")],
)
def test_an_amount_is_exact_to_the_fen(typed: str, kept: str, shown: str) -> None:
    kind = Amount(label="捐款（元）")
    value = kind.parse(typed)
    assert str(value) == kept
    assert kind.format(value) == shown
    assert kind.from_column(kind.to_column(value)) == value


@pytest.mark.parametrize("typed", ["一百", "1.234", "-5", "1e9"])
def test_an_amount_that_cannot_be_meant_is_refused(typed: str) -> None:
    with pytest.raises(WrongText, match="最多两位小数"):
        Amount(label="捐款（元）").parse(typed)


def test_a_text_longer_than_advised_is_warned_of_but_kept() -> None:
    kind = LongText(label="正文", advised_length=1500)
    assert kind.warning("字" * 1500 + "\n　 ") is None
    assert kind.warning("字" * 1501) == "正文有1501个字，一般不超过1500个字"
    assert kind.problem("字" * 1501) is None


def test_a_month_that_is_not_understood_is_shown_how_this_field_is_written() -> None:
    with pytest.raises(WrongText, match=r"协商时间“12月”看不懂，请写成 2026\.05"):
        Month(label="协商时间", hint="如 2026.05").parse("12月")
    with pytest.raises(WrongText, match=r"请写成 1974\.03"):
        Month(label="出生年月").parse("七十年代")
