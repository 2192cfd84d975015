"""Stamps that order the changes of several desks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.clock import next_stamp

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
