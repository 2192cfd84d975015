"""Stamps that order the changes of several desks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.clock import is_stamp, next_stamp

MILLISECONDS = st.integers(0, 2**42)


@given(st.lists(MILLISECONDS, min_size=1, max_size=50))
def test_stamps_rise_even_when_the_wall_clock_goes_back(moments: list[int]) -> None:
    stamps = [""]
    for moment in moments:
        stamps.append(next_stamp(stamps[-1], moment, "a1b2"))
    assert all(earlier < later for earlier, later in pairwise(stamps))


@given(st.lists(st.tuples(st.sampled_from("ab"), MILLISECONDS), min_size=1, max_size=50))
def test_two_desks_never_make_the_same_stamp(turns: list[tuple[str, int]]) -> None:
    last = dict.fromkeys("ab", "")
    made = []
    for desk, moment in turns:
        last[desk] = next_stamp(last[desk], moment, desk)
        made.append(last[desk])
    assert len(set(made)) == len(made)


def test_a_stamp_tells_the_wall_clock_where_it_moves_forward() -> None:
    assert next_stamp("", 1_772_000_000_000, "a1b2") == f"{1_772_000_000_000:012x}-0000-a1b2"


def test_a_full_counter_moves_on_to_the_next_millisecond() -> None:
    full = f"{1000:012x}-ffff-a1b2"
    assert next_stamp(full, 500, "a1b2") == f"{1001:012x}-0000-a1b2"
    assert next_stamp(full, 500, "a1b2") > full


@given(MILLISECONDS.filter(bool))
def test_every_stamp_is_known_as_one(moment: int) -> None:
    assert is_stamp(next_stamp("", moment, "a1b2")) == (moment < 230 * 31_556_952_000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-09",
        "00019c-0000-a",
        "00019CE53F80-0000-a1b2",
        "            -0000-a1b2",
        "+0019ce53f80-0000-a1b2",
        "00019ce53f80-0000-",
        "00019ce53f80-0000",
        "000000000000-0000-a1b2",
        "ffffffffffff-ffff-a1b2",
        "00019ce53f80-0000-a1b2\n",
    ],
)
def test_what_has_not_the_form_of_a_stamp_or_lies_centuries_ahead_is_none(text: str) -> None:
    assert not is_stamp(text)
