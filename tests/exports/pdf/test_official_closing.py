"""What follows the text of 公文: 附件说明, signature and date, 附注 (7.3.4-7.3.6), and the flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.content import OfficialPaper, PaperStyle, Source
from liaison_desk.exports.pdf.official import render_official
from tests.exports.pdf.papers import FULL_PAGE, LETTER, PLAIN, SLIP
from tests.exports.pdf.printed import Printed, without_blanks

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook

Printing = Callable[[OfficialPaper], Printed]
LINE = 225 / 22
CELL = 156 / 28


def test_a_plain_paper_says_all_of_its_words_in_order(printing: Printing) -> None:
    expected = (
        PLAIN.mark, PLAIN.number, PLAIN.title, f"{PLAIN.main_to}：", PLAIN.body,
        "附件：1.参会回执2.", PLAIN.attachments[1], PLAIN.signature, "2026年3月1日",
        "（联系人：王小明）", "抄送：县政协办公室。", PLAIN.printed_by, "2026年3月1日印发",
    )  # fmt: skip
    assert printing(PLAIN).text == without_blanks("".join(expected))


def test_the_mark_of_a_plain_paper_stands_72_mm_down(printing: Printing) -> None:
    ink = printing(PLAIN).ink(0, (20.0, 0.0, 200.0, 90.0))
    assert ink is not None
    assert ink.top == pytest.approx(72.0, abs=0.15)


def test_a_paper_without_head_begins_with_its_title(printing: Printing) -> None:
    bare = OfficialPaper(style=PaperStyle.PLAIN, title="典型案例", body="正文。")
    printed = printing(bare)
    assert printed.text == "典型案例正文。"
    assert printed.bands(0)[0][0] == pytest.approx(37.0 + (LINE - 7.76) / 2, abs=0.8)


def test_the_receiver_stands_flush_left_a_line_under_the_title(fonts: FontBook) -> None:
    places = {each.part: each for each in render_official(PLAIN, fonts).places}
    assert places["main_to"].top - places["title"].bottom == pytest.approx(LINE)
    assert places["body"].top >= places["main_to"].bottom - 0.01 or places["body"].page > 0


def test_long_names_of_attachments_turn_under_their_first_character(printing: Printing) -> None:
    printed = printing(PLAIN)
    page = next(n for n, text in enumerate(printed.texts) if "附件：" in text)
    lines = [
        box
        for top, bottom in printed.bands(page)
        if (box := printed.ink(page, (28.0, top, 184.5, bottom))) is not None
    ]
    label = next(n for n, box in enumerate(lines) if _is_label(printed, page, box.top, box.bottom))
    second, turned = lines[label + 1], lines[label + 2]
    assert second.left == pytest.approx(28.0 + 5 * CELL, abs=1.0)
    assert second.left + 1.0 < turned.left < second.left + 5.5


def _is_label(printed: Printed, page: int, top: float, bottom: float) -> bool:
    """Tell whether a line is the one with 附件：: inked two characters in, and one over 1 and 2."""
    text_page = printed.document[page].get_textpage()
    text = text_page.get_text_bounded(
        left=0, right=600, top=(297 - top + 1) / 25.4 * 72, bottom=(297 - bottom - 1) / 25.4 * 72
    )
    return "附件：" in text


def test_one_attachment_has_no_number_and_no_stop(printing: Printing) -> None:
    text = printing(replace(PLAIN, attachments=("1.参会回执。",))).text
    assert "附件：参会回执柳河镇" in text


def test_the_note_stands_right_under_the_date_in_round_brackets(fonts: FontBook) -> None:
    for has_seal in (True, False):
        paper = replace(PLAIN, note="（联系人：王小明）", has_seal=has_seal)
        rendered = render_official(paper, fonts)
        places = {each.part: each for each in rendered.places}
        assert places["note"].top == pytest.approx(places["signed_on"].bottom)
        assert "（联系人：王小明）" in Printed(rendered.pdf).text
        assert "（（" not in Printed(rendered.pdf).text


def test_without_a_seal_the_date_begins_two_characters_after_the_signature(
    printing: Printing,
) -> None:
    printed = printing(replace(PLAIN, note="", attachments=(), body="正文。", copies=()))
    name, day = printed.bands(0, (80.0, 37.0, 184.5, 250.0))[-2:]
    signed, dated = (printed.ink(0, (80.0, top, 184.5, bottom)) for top, bottom in (name, day))
    assert signed is not None
    assert dated is not None
    assert signed.right == pytest.approx(184.0 - 2 * CELL, abs=0.6)
    assert dated.left - signed.left == pytest.approx(2 * CELL, abs=0.8)


@pytest.mark.parametrize("has_seal", [False, True])
@pytest.mark.parametrize("lines", range(1, 24))
def test_a_signature_never_stands_alone_on_a_page(
    printing: Printing, lines: int, has_seal: bool
) -> None:
    body = "\n".join(["会议议定事项。"] * lines)
    printed = printing(replace(PLAIN, body=body, has_seal=has_seal, attachments=("回执",), note=""))
    page = next(text for text in printed.texts if "2026年3月1日" in text)
    assert page.count("会议议定") >= min(2, max(1, lines - 1))
    assert "柳河镇政协联络组2026年3月1日" in page
    assert printed.texts[0].count("会议议定") >= 1
    assert printed.text.count("会议议定事项。") == lines


@pytest.mark.parametrize("count", range(20, 32))
def test_a_long_paragraph_leaves_two_lines_to_the_signature(printing: Printing, count: int) -> None:
    printed = printing(replace(PLAIN, body="国" * 28 * count, attachments=(), note=""))
    page = next(text for text in printed.texts if "2026年3月1日" in text)
    assert page.count("国") >= 28


def test_even_pages_are_mirrored_when_asked(fonts: FontBook) -> None:
    paper = replace(PLAIN, body=FULL_PAGE)
    plain, mirrored = (
        Printed(render_official(paper, fonts, mirrored=asked).pdf) for asked in (False, True)
    )
    lefts = []
    for printed in (plain, mirrored):
        for page in (0, 1):
            ink = printed.ink(page, (10.0, 180.0, 200.0, 262.6))
            assert ink is not None
            lefts.append(ink.left)
    assert lefts[0] == pytest.approx(lefts[2], abs=0.1)
    assert lefts[1] - lefts[3] == pytest.approx(2.0, abs=0.1)


def test_places_lead_back_to_the_fields(fonts: FontBook) -> None:
    sources = {
        name: Source("meeting", "m1", name)
        for name in ("mark", "number", "title", "main_to", "body", "signature", "attachments")
    }
    rendered = render_official(
        replace(PLAIN, sources=sources, attachments=("参会回执",), enclosure=SLIP), fonts
    )
    found = {each.part: each.source for each in rendered.places}
    assert {name: found[name] for name in sources} == sources
    assert Source("meeting", "m1", "summary") in {each.source for each in rendered.places}


def test_a_paper_of_a_year_tells_its_date_in_full(printing: Printing) -> None:
    assert "2030年12月31日" in printing(replace(LETTER, signed_on=date(2030, 12, 31))).text
