"""What was put in and taken out of a text."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.services.text_difference import Piece, difference

texts = st.text(alphabet="停车难，。问题解决\n一二三", max_size=60)


def test_words_put_in_and_taken_out_are_marked_and_the_rest_is_not() -> None:
    assert difference("会议认为，停车难。应当划线。", "会议认为，停车很难。应当划线。") == [
        Piece("same", "会议认为，停车"),
        Piece("in", "很"),
        Piece("same", "难。应当划线。"),
    ]
    assert difference("一、划线。二、修路。", "一、划线。") == [
        Piece("same", "一、划线。"),
        Piece("out", "二、修路。"),
    ]


def test_a_number_that_changed_is_marked_whole() -> None:
    assert difference("首批20个充电位。", "首批30个充电位。") == [
        Piece("same", "首批"),
        Piece("out", "20"),
        Piece("in", "30"),
        Piece("same", "个充电位。"),
    ]


def test_a_text_that_came_or_went_whole_is_one_piece() -> None:
    assert difference("", "停车难。要解决。") == [Piece("in", "停车难。要解决。")]
    assert difference("停车难。要解决。", "") == [Piece("out", "停车难。要解决。")]
    assert difference("停车难", "停车难") == [Piece("same", "停车难")]


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(each.text for each in pieces if each.kind != "in") == before
    assert "".join(each.text for each in pieces if each.kind != "out") == after
    assert all(each.text for each in pieces)


def test_twenty_thousand_characters_are_compared_at_once() -> None:
    before = "".join(f"第{number}条，要把停车难的问题解决好。" for number in range(1100))
    after = before.replace("停车难", "灌溉难")
    unbroken = "停" * 20_000
    started = time.monotonic()
    assert len(difference(before, after)) > 2000
    assert difference(unbroken, "车" * 20_000) == [
        Piece("out", unbroken),
        Piece("in", "车" * 20_000),
    ]
    assert time.monotonic() - started < 2
