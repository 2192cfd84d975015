"""What is cut says so."""

from __future__ import annotations

import pytest

from liaison_desk.domain.short import short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("停车难", "停车难"),
        ("停车难问题协商", "停车难问题协商"),
        ("停车难问题协商会", "停车难问题协…"),
        ("停车难问题 协商会议", "停车难问题…"),
    ],
)
def test_a_text_is_cut_where_it_is_too_long_and_an_ellipsis_says_so(
    text: str, expected: str
) -> None:
    assert short(text, 7) == expected
    assert len(short(text, 7)) <= 7
