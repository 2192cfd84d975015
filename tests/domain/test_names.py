"""People's names and identity numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain import names
from tests.factory import RARE_NAMES


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("张　伟", "张伟"),
        ("张 伟", "张伟"),
        ("张\u00a0伟", "张伟"),
        (" 张伟 ", "张伟"),
        ("张\u200b伟", "张伟"),
        ("\ufeff张伟", "张伟"),
        ("张\t伟\n", "张伟"),
        ("\u202d张伟\u202c", "张伟"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提\u200b·艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("陆\ue863", "陆䶮"),
        ("王\ue854", "王\u9fba"),
        ("", ""),
    ],
)
def test_a_name_is_written_as_the_register_has_it(written: str, meant: str) -> None:
    assert names.normalise(written) == meant


@pytest.mark.parametrize("name", RARE_NAMES)
def test_a_rare_character_is_never_lost(name: str) -> None:
    assert names.normalise(name) == name


def test_every_private_use_character_of_old_windows_files_becomes_a_real_one() -> None:
    old = [chr(code) for code in range(0xE815, 0xE865)]
    new = [names.normalise(character) for character in old]
    assert all(len(character) == 1 for character in new)
    assert not any(0xE000 <= ord(character) <= 0xF8FF for character in new)
    assert len(set(new)) == len(old)


@given(st.text(max_size=30))
def test_a_name_that_was_put_right_is_right(written: str) -> None:
    once = names.normalise(written)
    assert names.normalise(once) == once


def test_the_example_of_the_standard_passes() -> None:
    assert names.identity_problem("11010519491231002X") is None


def _with_check_digit(first: str) -> str:
    """GB 11643, worked the other way round: the character that makes the weighted sum 1 mod 11."""
    weights = [2**place % 11 for place in range(17, 0, -1)]
    total = sum(weight * int(digit) for weight, digit in zip(weights, first, strict=True))
    return first + "0123456789X"[(1 - total) % 11]


@given(
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), date.today()),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_one_wrong_digit_in_an_identity_number_is_always_found(
    area: int, born: date, order: int, place: int, off: int
) -> None:
    number = _with_check_digit(f"{area}{born:%Y%m%d}{order:03}")
    assert names.identity_problem(number) is None
    digit = str((int(number[place]) + off) % 10)
    assert names.identity_problem(number[:place] + digit + number[place + 1 :]) is not None


@given(st.integers(110000, 659999), st.dates(date(1900, 1, 1), date.today()), st.integers(0, 999))
def test_two_swapped_digits_in_an_identity_number_are_found(
    area: int, born: date, order: int
) -> None:
    number = _with_check_digit(f"{area}{born:%Y%m%d}{order:03}")
    swapped = number[:15] + number[16] + number[15] + number[17]
    assert swapped == number or names.identity_problem(swapped) is not None


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("11010519491231002", "应为18位，现在有17位"),
        ("110105491231002", "应为18位，现在有15位"),
        ("1101051949123100XX", "只能有数字"),
        ("11010519491331002X", "出生日期不存在"),
        ("11010517491231002X", "早于1900年"),
        ("110105194912310021", "校验位不对"),
        (_with_check_digit(f"110105{date.today() + timedelta(days=1):%Y%m%d}001"), "今天之后"),
    ],
)
def test_a_wrong_identity_number_is_refused_with_the_reason(number: str, part: str) -> None:
    assert part in (names.identity_problem(number) or "")


@pytest.mark.parametrize(
    ("number", "is_odd"),
    [
        ("340621197403121013", False),
        ("830000197403121018", False),
        ("911124197403121010", False),
        ("000000197403121010", True),
        ("660621197403121013", True),
    ],
)
def test_an_identity_number_of_an_unknown_area_is_warned_of(number: str, is_odd: bool) -> None:
    warning = names.identity_warning(number)
    assert bool(warning) is is_odd
    assert not is_odd or "请核对" in str(warning)


def test_phone_and_identity_numbers_are_masked_in_the_middle() -> None:
    assert names.mask("13800000001") == "138****0001"
    assert names.mask("11010519491231002X") == "110105********002X"
    assert names.mask("12345") == "*****"
    assert names.mask("6000001") == "***0001"
    assert names.mask("60000012") == "****0012"
    assert names.mask("") == ""
