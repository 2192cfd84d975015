"""What GB/T 9704-2012 demands of a page, measured by its ink."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.content import NameList, OfficialPaper
from liaison_desk.exports.pdf.drawing import Properties, write_pdf
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Span, set_line
from liaison_desk.exports.pdf.measures import BLACK, TEXT_LEFT, row_baseline
from liaison_desk.exports.pdf.page import Page, PlacedLine
from tests.exports.pdf.papers import FULL_PAGE, minutes
from tests.exports.pdf.printed import POINTS_PER_MM, Printed

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook

Printing = Callable[[OfficialPaper], Printed]
FINE = 1200  # dpi, for the thickness of rules


def in_mm(points: float) -> float:
    """Return a length in points as millimetres."""
    return points / POINTS_PER_MM


@pytest.fixture
def long(printing: Printing) -> Printed:
    """Minutes of three pages and more, whose second page is full."""
    return printing(minutes(body=FULL_PAGE))


def test_every_page_is_a4(long: Printed) -> None:
    for page in long.document:
        assert page.get_size() == pytest.approx((595.276, 841.890), abs=0.01)


def test_a_line_starts_and_ends_with_the_type_area(long: Printed, fonts: FontBook) -> None:
    bands = long.bands(1)
    turn = long.ink(1, (20.0, bands[0][0], 200.0, bands[0][1]))
    assert turn is not None
    ink = fonts.face(Role.FANG).ink("国")
    assert turn.left == pytest.approx(28.0 + in_mm(ink.left * 16), abs=0.15)
    assert turn.right == pytest.approx(184.0 - in_mm((1 - ink.right) * 16), abs=0.15)
    assert turn.right <= 184.0


def test_the_first_text_ink_is_at_39_mm(printing: Printing, fonts: FontBook) -> None:
    printed = printing(minutes(title="纪要", body="国" * 10, name_lists=()))
    top, bottom = printed.bands(0, (20.0, 150.0, 200.0, 235.0))[-1]
    first = printed.ink(0, (20.0, top, 200.0, bottom))
    assert first is not None
    blank = in_mm(fonts.face(Role.FANG).ink("国").left * 16)  # white inside the letter itself
    assert first.left == pytest.approx(39.1 + blank, abs=0.1)


def test_no_ink_of_the_text_leaves_the_type_area(long: Printed, usual: Printed) -> None:
    for printed in (long, usual):
        for page in range(len(printed)):
            ink = printed.ink(page, (0.0, 0.0, 210.0, 262.6), dpi=150)
            assert ink is not None
            assert ink.left >= 28.0 - 0.1
            assert ink.right <= 184.0 + 0.1
            assert ink.top >= 37.0


def test_a_full_page_has_22_lines_28_99_pt_apart(long: Printed) -> None:
    bands = long.bands(1)
    assert len(bands) == 22
    bottoms = [bottom * POINTS_PER_MM for _, bottom in bands]
    assert (bottoms[-1] - bottoms[0]) / 21 == pytest.approx(28.991, abs=0.02)
    lines = long.baselines(1)[:22]
    assert all(
        after - before == pytest.approx(28.99, abs=0.05) for before, after in pairwise(lines)
    )


def test_a_full_line_has_28_characters_on_their_cells(long: Printed, fonts: FontBook) -> None:
    line = long.document[1].get_textpage().get_text_range().splitlines()[0]
    assert line == "国" * 28
    width = long.ink(1, (20.0, 37.0, 200.0, 47.0))
    assert width is not None
    ink = fonts.face(Role.FANG).ink("国")
    letter = in_mm((ink.right - ink.left) * 16)
    assert width.right - width.left == pytest.approx(27 * 156 / 28 + letter, abs=0.1)


def test_the_mark_stands_72_mm_from_the_paper_s_edge(usual: Printed) -> None:
    ink = usual.ink(0, (20.0, 0.0, 200.0, 90.0))
    assert ink is not None
    assert ink.top == pytest.approx(72.0, abs=0.15)
    assert (ink.left + ink.right) / 2 == pytest.approx(106.0, abs=0.1)


@pytest.mark.parametrize(
    "mark", ["协商纪要", "柳河镇政协联络组协商纪要", "某县柳河镇人民政协联络工作委员会" * 2]
)
def test_a_mark_of_any_length_stays_between_the_margins(printing: Printing, mark: str) -> None:
    ink = printing(minutes(mark=mark)).ink(0, (0.0, 0.0, 210.0, 80.0))
    assert ink is not None
    assert ink.left >= 28.0
    assert ink.right <= 184.0
    assert ink.top == pytest.approx(72.0, abs=0.15)


def test_the_mark_and_the_line_under_it_are_red(usual: Printed) -> None:
    red = [
        line for line in usual.content[0].split("\n") if line.startswith(("BT 1 0 0", "1 0 0 RG"))
    ]
    assert len(red) == 2


def red_line_of(printed: Printed) -> tuple[float, float]:
    """Return the top and bottom of the red line, mm: the band that is 156 mm long."""
    for top, bottom in printed.bands(0, (20.0, 85.0, 200.0, 170.0)):
        ink = printed.ink(0, (20.0, top - 0.2, 200.0, bottom + 0.2))
        if ink and ink.right - ink.left > 150 and bottom - top < 1:
            return top, bottom
    raise AssertionError("no red line")


def test_the_red_line_is_156_mm_long_and_4_mm_under_the_head(usual: Printed) -> None:
    top, bottom = red_line_of(usual)
    line = usual.ink(0, (20.0, top - 0.2, 200.0, bottom + 0.2))
    assert line is not None
    assert (line.left, line.right) == pytest.approx((28.0, 184.0), abs=0.15)
    head = usual.ink(0, (20.0, 90.0, 200.0, top - 0.5))
    assert head is not None
    assert top - head.bottom == pytest.approx(4.0, abs=0.2)


def test_the_number_stands_two_lines_under_the_mark(usual: Printed) -> None:
    mark = usual.ink(0, (20.0, 0.0, 200.0, 88.0))
    number = usual.ink(0, (20.0, 88.0, 200.0, 110.0))
    assert mark is not None
    assert number is not None
    assert (number.top - mark.bottom) / in_mm(28.991) == pytest.approx(2.0, abs=0.3)
    assert (number.left + number.right) / 2 == pytest.approx(106.0, abs=0.1)


def test_issuer_and_date_stand_one_character_in(usual: Printed, fonts: FontBook) -> None:
    top, _ = red_line_of(usual)
    line = usual.ink(0, (20.0, top - 9.5, 200.0, top - 3.5))
    assert line is not None
    assert line.left == pytest.approx(28.0 + 5.57, abs=0.6)
    white = in_mm((1 - fonts.face(Role.FANG).ink("日").right) * 16)
    assert line.right == pytest.approx(184.0 - 5.57 - white, abs=0.15)


def test_the_title_stands_two_lines_under_the_red_line(usual: Printed) -> None:
    top, _ = red_line_of(usual)
    title = usual.bands(0, (20.0, top + 2, 200.0, 180.0))[0]
    assert (title[0] - top) / in_mm(28.991) == pytest.approx(2.0, abs=0.3)


def test_the_imprint_ends_on_the_type_area_s_bottom_edge(usual: Printed) -> None:
    last = len(usual) - 1
    rules = [
        (top, bottom)
        for top, bottom in usual.bands(last, (100.0, 230.0, 101.0, 264.0), FINE)
        if bottom - top < 0.5
    ]
    assert len(rules) == 3
    thickness = [(bottom - top) * POINTS_PER_MM for top, bottom in rules]
    assert thickness == pytest.approx([0.99, 0.71, 0.99], abs=0.07)
    assert sum(rules[-1]) / 2 == pytest.approx(262.0, abs=0.1)
    ink = usual.ink(last, (20.0, 261.5, 200.0, 262.6))
    assert ink is not None
    assert (ink.left, ink.right) == pytest.approx((28.0, 184.0), abs=0.15)


def test_the_imprint_stands_one_character_in_at_both_sides(usual: Printed) -> None:
    last = len(usual) - 1
    line = usual.ink(last, (20.0, 253.0, 200.0, 261.0))
    assert line is not None
    assert line.left == pytest.approx(28.0 + 4.94, abs=0.5)
    assert line.right == pytest.approx(184.0 - 4.94, abs=0.7)


def test_page_numbers_stand_7_mm_down_odd_right_and_even_left(long: Printed) -> None:
    foot = (20.0, 263.0, 200.0, 290.0)
    for page in range(2):
        number = long.ink(page, foot, 600)
        assert number is not None
        start = number.right - 1.0 if page == 0 else number.left
        dash = long.ink(page, (start, 263.0, start + 1.0, 290.0), FINE)
        assert dash is not None
        assert dash.top == pytest.approx(269.0, abs=0.1)
        if page == 0:
            assert number.right == pytest.approx(179.06, abs=0.15)
        else:
            assert number.left == pytest.approx(32.94, abs=0.15)


def test_attendance_turns_under_the_first_name(printing: Printing, usual: Printed) -> None:
    page = next(number for number, text in enumerate(usual.texts) if "出席" in text)
    names = "国" * 20 + "、" + "国" * 20
    turned = printing(minutes(name_lists=(NameList(label="出席", names=names),)))
    bands = turned.bands(page)
    lines = [turned.ink(page, (20.0, top, 200.0, bottom)) for top, bottom in bands]
    lefts = [line.left for line in lines if line is not None]
    assert any(left == pytest.approx(28.0 + 5 * 156 / 28 + 0.5, abs=0.5) for left in lefts)


def test_the_ruler_sees_ink_that_is_out_of_place(fonts: FontBook) -> None:
    line = set_line([Span("国" * 28)], 16, fonts)
    page = Page(lines=[PlacedLine(line, TEXT_LEFT.pt, row_baseline(0), BLACK)])
    ink = Printed(write_pdf([page], Properties("", ""))).ink(0)
    assert ink is not None
    assert ink.right > 184.5  # 16 pt letters without the grid's spacing hold only 27 cells
