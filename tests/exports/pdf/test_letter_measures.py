"""What GB/T 9704-2012 demands of 信函 (10.1), measured by its ink."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from liaison_desk.exports.content import OfficialPaper
from tests.exports.pdf.papers import FULL_PAGE, LETTER, SLIP
from tests.exports.pdf.printed import POINTS_PER_MM, Printed

Printing = Callable[[OfficialPaper], Printed]
FINE = 1200  # dpi, for the thickness of rules
EDGE = (22.0, 0.0, 27.0, 297.0)  # left of the 版心, where only the double lines reach


@pytest.fixture
def letter(printing: Printing) -> Printed:
    """The usual letter."""
    return printing(LETTER)


def test_the_mark_stands_30_mm_from_the_paper_s_edge(letter: Printed) -> None:
    ink = letter.ink(0, (0.0, 0.0, 210.0, 48.0))
    assert ink is not None
    assert ink.top == pytest.approx(30.0, abs=0.15)
    assert (ink.left + ink.right) / 2 == pytest.approx(106.0, abs=0.1)


def test_both_double_lines_are_170_mm_long_and_centred_on_the_type_area(letter: Printed) -> None:
    for top, bottom in ((letter.bands(0, EDGE)[0][0], letter.bands(0, EDGE)[1][1]), (275.0, 278.0)):
        ink = letter.ink(0, (0.0, top - 0.1, 210.0, bottom + 0.1))
        assert ink is not None
        assert (ink.left, ink.right) == pytest.approx((21.0, 191.0), abs=0.15)


def test_the_upper_double_line_is_4_mm_under_the_mark_thick_over_thin(letter: Printed) -> None:
    thick, thin = letter.bands(0, (22.0, 0.0, 27.0, 150.0), FINE)
    mark = letter.ink(0, (0.0, 0.0, 210.0, thick[0] - 1.0))
    assert mark is not None
    assert thick[0] - mark.bottom == pytest.approx(4.0, abs=0.15)
    assert thick[1] - thick[0] > 2 * (thin[1] - thin[0])


def test_the_lower_one_ends_20_mm_from_the_bottom_thin_over_thick(letter: Printed) -> None:
    thin, thick = letter.bands(0, (22.0, 200.0, 27.0, 297.0), FINE)
    assert thick[1] == pytest.approx(277.0, abs=0.1)
    assert thick[1] - thick[0] > 2 * (thin[1] - thin[0])


def test_the_number_stands_flush_right_under_the_first_line(letter: Printed) -> None:
    line = letter.bands(0, EDGE)[1][1]
    number = letter.ink(0, (20.0, line + 0.5, 200.0, line + 12.0))
    assert number is not None
    assert number.right == pytest.approx(184.0, abs=0.9)  # 号 has white at its sides
    assert number.top - line == pytest.approx(14 / POINTS_PER_MM, abs=0.8)  # 7/8 of a character


def test_the_title_stands_two_lines_under_the_number(letter: Printed) -> None:
    line = letter.bands(0, EDGE)[1][1]
    number = letter.ink(0, (20.0, line + 0.5, 200.0, line + 12.0))
    assert number is not None
    title = letter.bands(0, (20.0, number.bottom + 1, 200.0, 150.0))[0]
    assert (title[0] - number.bottom) / (225 / 22) == pytest.approx(2.0, abs=0.5)


def test_the_first_page_has_no_number_and_only_it_has_the_lines(printing: Printing) -> None:
    long = printing(replace(LETTER, body=FULL_PAGE))
    foot = (20.0, 264.0, 200.0, 274.0)
    assert long.ink(0, foot) is None
    assert long.ink(1, foot) is not None
    assert long.ink(1, EDGE) is None
    ends = [page.get_textpage().get_text_range().rstrip()[-5:] for page in long.document]
    assert ends[1] == "— 2 —"


def test_its_imprint_has_no_rules_and_no_printing_office(letter: Printed) -> None:
    last = len(letter) - 1
    assert "抄送：县政协办公室。" in letter.text
    assert "印发" not in letter.text
    assert letter.ink(last, (150.0, 230.0, 184.5, 262.6)) is None


def test_room_for_the_seal_is_left_over_signature_and_date(printing: Printing) -> None:
    printed = printing(replace(LETTER, copies=()))
    page = next(n for n, text in enumerate(printed.texts) if "2026年3月1日" in text)
    name, date = printed.bands(page, (100.0, 37.0, 184.5, 262.0))[-2:]
    signed = printed.ink(page, (28.0, name[0], 184.5, name[1]))
    dated = printed.ink(page, (28.0, date[0], 184.5, date[1]))
    assert signed is not None
    assert dated is not None
    inset = 4 * 156 / 28
    assert dated.right == pytest.approx(184.0 - inset, abs=1.6)  # 日 has white at its sides
    assert (signed.left + signed.right) / 2 == pytest.approx(
        (dated.left + dated.right) / 2, abs=0.6
    )
    # A seal of 42 mm whose middle is a little over the words touches nothing but them.
    middle = (name[1] + date[0]) / 2 - 2.5
    above = printed.ink(page, (dated.left, middle - 21.0, 184.5, name[0] - 0.3))
    assert above is None
    text = printed.bands(page, (28.0, 37.0, 184.5, name[0] - 0.3))[-1]
    assert middle - 21.0 - text[1] < 225 / 22  # its top within one line of the text


def test_an_enclosure_stands_on_a_page_of_its_own_before_the_imprint(printing: Printing) -> None:
    printed = printing(replace(LETTER, attachments=("参会回执",), enclosure=SLIP))
    last = printed.texts[-1]
    assert last.startswith("附件参会回执")
    assert last.endswith("抄送：县政协办公室。")
    assert "抄送" not in "".join(printed.texts[:-1])
    bands = printed.bands(len(printed) - 1, (28.0, 37.0, 184.5, 110.0))
    assert bands[0][0] == pytest.approx(37.0 + (225 / 22 - 5.64) / 2, abs=0.7)
    row = (bands[1][0] - 37.0) / (225 / 22)
    assert 2.0 < row < 2.5  # the title on the third line
    page = printed.document[len(printed) - 1].get_textpage().get_text_range().rstrip()
    assert page.endswith(f"— {len(printed)} —")


def test_an_enclosure_carries_its_number_in_the_list(printing: Printing) -> None:
    names = ("会议议程", "参会回执")
    printed = printing(replace(LETTER, attachments=names, enclosure=SLIP))
    assert "附件：1.会议议程2.参会回执" in printed.text
    assert printed.texts[-1].startswith("附件2参会回执")
