"""The setter of the grid: what may start and end a line, and that nothing is lost."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.exports.pdf.breaking import (
    NO_END,
    NO_START,
    break_positions,
    listed_names,
    name_ranges,
)
from liaison_desk.exports.pdf.grid import Column, Line, NoGlyph, Span, set_paragraph
from liaison_desk.exports.pdf.measures import CELL, CELLS, FIRST_INDENT
from liaison_desk.exports.pdf.paragraphs import set_text

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook

WIDTH = CELLS.count * CELL
BODY = Column(first_indent=FIRST_INDENT.count)
FORBIDDEN_START = set("，。、；：？！）》】」”’…—")
FORBIDDEN_END = set("（《【「“‘")
HAN = "会议认为停车难是群众反映最集中的民生问题之一䶮㛃𬭚𫖯贇頔"
pieces = st.one_of(
    st.text(alphabet=HAN, min_size=1, max_size=12),
    st.sampled_from(["，", "。", "、", "；", "：", "？", "！", "……", "——", "）", "》", "”", "’"]),
    st.sampled_from(["（", "《", "【", "「", "“", "‘"]),
    st.sampled_from(
        ["2026年3月5日", "9:00—10:30", "〔2026〕12号", "87.5%", "1,234.56", "COVID-19"]
    ),
    st.sampled_from(["Liaison Desk ", "ETC", "a" * 70, "https://example.org/a/b?c=d", " ", "　"]),
    st.sampled_from(["，" * 30, "（" * 30, "”，（“"]),
)
texts = st.lists(pieces, min_size=1, max_size=30).map("".join)
quick = settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


def lines_of(text: str, fonts: FontBook, column: Column = BODY) -> list[Line]:
    """Set plain text."""
    return set_paragraph([Span(text)], column, fonts)


def longest_unit(text: str) -> float:
    """Return a bound on the cells of the longest part of `text` that may not be broken."""
    return max(end - start for start, end in pairwise(break_positions(text)))


@quick
@given(text=texts)
def test_nothing_is_lost_and_nothing_leaves_the_column(text: str, fonts: FontBook) -> None:
    lines = lines_of(text, fonts)
    drawn = "".join(line.text for line in lines)
    assert re.sub(r"[ \u3000]", "", drawn) == re.sub(r"[ \u3000]", "", text)
    for line in lines:
        assert line.right <= WIDTH + 0.1
        for run in line.runs:
            assert all(left < right for left, right in pairwise(run.xs))
            assert run.xs[0] > -run.size / 2


@quick
@given(text=texts)
def test_signs_keep_to_their_side_of_a_line_end(text: str, fonts: FontBook) -> None:
    if longest_unit(text) > 24:
        return  # a row of signs longer than a line has to break somewhere
    lines = [line.text for line in lines_of(text, fonts) if line.text.strip()]
    for before, after in pairwise(lines):
        assert after[0] not in FORBIDDEN_START
        assert before[-1] not in FORBIDDEN_END


@quick
@given(text=texts)
def test_dates_numbers_and_words_stay_whole(text: str, fonts: FontBook) -> None:
    whole = re.compile(r"2026年3月5日|9:00—10:30|〔2026〕12号|87\.5%|1,234\.56|ETC")
    if longest_unit(text) > 24:
        return
    lines = lines_of(text, fonts)
    spaced = " ".join(line.text for line in lines)
    assert len(whole.findall(text)) == len(whole.findall(spaced))


@quick
@given(text=st.text(alphabet=HAN, min_size=60, max_size=200))
def test_every_full_chinese_line_sits_on_its_cells(text: str, fonts: FontBook) -> None:
    for line in lines_of(text, fonts)[1:-2]:
        xs = [x for run in line.runs for x in run.xs]
        assert len(xs) == CELLS.count
        assert xs == pytest.approx([(cell + 0.5) * CELL - 8 for cell in range(28)], abs=0.25)


def test_the_signs_of_the_standard_are_all_known() -> None:
    assert FORBIDDEN_START <= NO_START
    assert FORBIDDEN_END <= NO_END


def test_a_mixed_line_is_flush_on_the_right(fonts: FontBook) -> None:
    text = "2026年3月5日召开的协商会共有32人参加，其中委员12人，" * 8
    lines = lines_of(text, fonts)
    assert all(line.right == pytest.approx(WIDTH, abs=0.05) for line in lines[:-1])


def test_a_word_longer_than_a_line_is_broken_at_last(fonts: FontBook) -> None:
    lines = lines_of("见" + "a" * 200, fonts)
    assert "".join(line.text for line in lines) == "见" + "a" * 200
    assert all(line.right <= WIDTH + 0.1 for line in lines)
    assert lines[0].right > WIDTH - 16


@pytest.mark.timeout(10)
def test_a_stick_of_blanks_takes_no_time_and_no_room(fonts: FontBook) -> None:
    lines = lines_of("a" + " " * 20_000 + "b", fonts)
    assert [line.text for line in lines] == ["a", "b"]


def test_a_last_line_is_not_a_single_character(fonts: FontBook) -> None:
    for count in range(50, 60):
        last = lines_of("会" * count + "。", fonts)[-1].text
        assert len(last) > 2


def test_full_width_signs_fill_a_cell_in_every_font(fonts: FontBook) -> None:
    for sign in "“”‘’·—…①○●□■√℃":
        (line,) = lines_of(f"国{sign}国", fonts, Column())
        xs = [x for run in line.runs for x in run.xs]
        assert xs[2] - xs[0] == pytest.approx(2 * CELL, abs=0.25)


def test_a_long_dash_is_one_stroke_of_two_cells(fonts: FontBook) -> None:
    (line,) = lines_of("国——国", fonts, Column())
    assert line.right == pytest.approx(4 * CELL)
    ink = line.runs[0].face.ink("—")
    assert ink.right - ink.left > 0.95


def test_an_unknown_character_is_never_set(fonts: FontBook) -> None:
    with pytest.raises(NoGlyph):
        lines_of("陆𰻞", fonts)


def test_names_are_found_in_a_list() -> None:
    text = "镇：赵建国、李　明，买买提·艾力（县水利局）　钱 进；县政协办公室提案委员会副主任韩雪梅"
    names = [text[start:end] for start, end in name_ranges(text)]
    assert names == [
        "镇", "赵建国", "李　明", "买买提·艾力（", "县水利局", "钱 进", "任韩雪梅",
    ]  # fmt: skip


def test_names_are_found_in_a_running_text() -> None:
    text = "1月20日陆䶮、周㛃、诸葛明月（请假）、买买提·艾力、张伟到场，规范管理、错时共享。"
    names = [text[start:end] for start, end in listed_names(text)]
    assert names == ["日陆䶮", "周㛃", "诸葛明月", "买买提·艾力"]


def test_a_name_is_not_parted_where_a_line_of_the_text_ends(fonts: FontBook) -> None:
    names = ["陆䶮", "周㛃", "王𬭚", "欧阳喆", "诸葛明月", "何木兰", "张伟"]
    for before in range(28):
        text = "会" * before + "：" + "、".join(names * 3) + "。"
        (block,) = set_text("body", text, fonts)
        cut = "".join(f"{line.text}|" for line in block.lines)
        assert cut.replace("|", "") == text
        assert all(each in names for each in re.split("[、|。]+", cut.split("：")[1]) if each)
