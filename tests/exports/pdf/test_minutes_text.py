"""What the minutes say, read back from the file; and when printing is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desk.domain.minutes import Minutes
from liaison_desk.exports.content import NameList, OfficialPaper, PaperStyle
from liaison_desk.exports.official_words import copies_text
from liaison_desk.exports.papers import minutes_paper
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.imprint import set_imprint
from liaison_desk.exports.pdf.measures import CELL, row_top
from liaison_desk.exports.pdf.official import render_official
from liaison_desk.exports.pdf.page import Sheets
from liaison_desk.exports.pdf.paragraphs import heading_spans, in_columns, set_names
from liaison_desk.exports.pdf.words import CannotPrint
from tests.exports.pdf.papers import BODY, FULL_PAGE, USUAL, minutes, present
from tests.exports.pdf.printed import Printed, without_blanks

Printing = Callable[[OfficialPaper], Printed]


BOOK = FontBook(bundled_only=True)


def test_the_text_of_the_file_is_the_text_of_the_record(usual: Printed) -> None:
    expected = (
        USUAL.mark, USUAL.number, USUAL.issuer, "2026年3月8日", USUAL.title, USUAL.body,
        *(f"{each.label}：{each.names}" for each in USUAL.name_lists),
        f"抄送：{USUAL.copies[0]}。", USUAL.printed_by, "2026年3月9日印发",
    )  # fmt: skip
    assert usual.text == without_blanks("".join(expected))


@pytest.mark.parametrize("char", list("䶮㛃𬭚𫖯贇頔"))
def test_rare_characters_can_be_copied_from_every_part(printing: Printing, char: str) -> None:
    name = f"王{char}"
    paper = minutes(
        mark=name, title=name, body=f"一、{name}\n（一）{name}。{name}", name_lists=present(name)
    )
    assert printing(paper).text.count(char) == 6


def test_two_character_names_keep_the_blank_that_was_typed(usual: Printed) -> None:
    text = "".join(page.get_textpage().get_text_range() for page in usual.document)
    assert re.search(r"李\s+明", text)


def test_every_font_is_embedded_and_subset(usual: Printed) -> None:
    names = re.findall(rb"/BaseFont /(\S+)", usual.bytes)
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+\S+", name) for name in names)
    assert usual.bytes.count(b"/FontFile2") == len(names)
    assert b"Helvetica" not in usual.bytes
    assert len(usual.bytes) < 200_000


def test_no_missing_glyph_is_drawn(usual: Printed) -> None:
    assert len(usual.content) == len(usual)
    for page in usual.content:
        shown = re.findall(r"<([0-9a-f]+)>", page)
        assert shown
        assert all("00" not in re.findall("..", codes) for codes in shown)


def test_the_file_names_itself_and_its_fonts(usual: Printed) -> None:
    properties = usual.document.get_metadata_dict()
    assert properties["Title"] == USUAL.title
    assert properties["Author"] == USUAL.issuer
    assert properties["Creator"] == "协商联络台"
    assert "仿宋 LiaisonFang" in properties["Subject"]
    assert "小标宋 NotoSerifSC-Black" in properties["Keywords"]
    assert properties["CreationDate"].startswith("D:20260308")


def test_the_same_paper_gives_the_same_bytes(fonts: FontBook) -> None:
    fresh = FontBook(bundled_only=True)
    assert render_official(USUAL, fonts).pdf == render_official(USUAL, fresh).pdf


def test_a_character_that_no_font_has_is_named_with_its_place(fonts: FontBook) -> None:
    with pytest.raises(CannotPrint) as caught:
        render_official(minutes(name_lists=present("陆𰻞"), body="第一段\n第二段有𰻝字"), fonts)
    assert "“𰻞”（U+30EDE，出席：陆𰻞）" in str(caught.value)
    assert "“𰻝”（U+30EDD，正文第2段：第二段有𰻝字）" in str(caught.value)
    assert [(each.part, each.paragraph) for each in caught.value.missing] == [
        ("body", 1),
        ("出席", 0),
    ]


def test_copies_have_their_label_and_stop_once(printing: Printing) -> None:
    text = printing(minutes(copies=("抄送:县政协办公室", "发：各村（社区）。", "县水利局"))).text
    assert "抄送：县政协办公室。发：各村（社区）。抄送：县水利局。柳河镇" in text


def test_main_recipients_stand_above_the_copies_without_a_rule_between(fonts: FontBook) -> None:
    def imprint_rules(*copies: str) -> list[float]:
        sheets = Sheets()
        labelled = [copies_text(each) for each in copies]
        set_imprint(labelled, "镇政府", "2026年3月9日", fonts).put(sheets, 0)
        return [rule.y for rule in sheets.page(0).rules]

    paper = minutes_paper(Minutes(main_to="县政协主席会议", copies="县住建局"))
    assert paper.copies == ("主送：县政协主席会议", "县住建局")
    assert minutes_paper(Minutes(copies="县住建局")).copies == ("县住建局",)
    assert imprint_rules(*paper.copies) == [row_top(19), row_top(21), row_top(22)]
    assert imprint_rules("甲", "乙") == [row_top(19), row_top(20), row_top(21), row_top(22)]


def test_a_draft_keeps_room_for_its_number(printing: Printing) -> None:
    dated = minutes_paper(Minutes(mark="纪要", dated=date(2026, 3, 8)))
    assert "〔2026〕号" in printing(dated).texts[0]
    assert "〔2025〕号" in printing(minutes_paper(Minutes(mark="纪要", year=2025))).texts[0]


def test_half_width_brackets_of_a_number_become_full(printing: Printing) -> None:
    text = printing(minutes(body="(一)标题。正文\n(2)正文(注)")).text
    assert "（一）标题。正文（2）正文(注)" in text


def test_headings_have_their_own_fonts_up_to_the_first_stop() -> None:
    def roles(text: str) -> list[tuple[str, Role]]:
        return [(span.text, span.role) for span in heading_spans(text)]

    assert roles("一、总体要求") == [("一、总体要求", Role.HEI)]
    assert roles("二、落实。会议") == [("二、落实。", Role.HEI), ("会议", Role.FANG)]
    assert roles("（三）落实。会议。") == [("（三）落实。", Role.KAI), ("会议。", Role.FANG)]
    assert roles("1.落实。会议") == [("1.落实。会议", Role.FANG)]
    assert roles("（1）落实。会议") == [("（1）落实。会议", Role.FANG)]
    assert roles("1.5万元") == [("1.5万元", Role.FANG)]


def test_what_cannot_be_seen_is_left_out(printing: Printing) -> None:
    paper = minutes(body="\ufeff　　会议\u200b认为\ufe0f，\t可以。\r\n\r\n第二段\x07。")
    assert "会议认为，可以。第二段。" in printing(paper).text


def test_empty_parts_leave_nothing_behind(printing: Printing) -> None:
    bare = printing(
        OfficialPaper(style=PaperStyle.MINUTES, mark="协商纪要", title="纪要", body="正文。")
    )
    assert bare.text == "协商纪要纪要正文。"
    assert len(bare) == 1
    assert len(printing(OfficialPaper(style=PaperStyle.MINUTES, title=""))) == 1


def test_pages_are_numbered_through(printing: Printing) -> None:
    printed = printing(minutes(body=FULL_PAGE))
    for number, page in enumerate(printed.document, 1):
        assert page.get_textpage().get_text_range().rstrip().endswith(f"— {number} —")


@pytest.mark.parametrize("lines", range(1, 24))
def test_the_imprint_never_stands_alone(printing: Printing, lines: int) -> None:
    body = "\n".join(["会议议定事项。"] * lines)
    printed = printing(minutes(body=body, name_lists=()))
    last = printed.texts[-1]
    assert "抄送" in last
    assert "会议议定" in last
    assert printed.text.count("会议议定事项。") == lines


def test_a_heading_is_never_the_last_line_of_a_page(printing: Printing) -> None:
    for lines in range(4, 9):
        body = "\n".join(["正文。"] * lines + ["一、标题", "（一）小标题", "收尾。"] * 3)
        for text in printing(minutes(body=body, name_lists=())).texts[:-1]:
            assert not text.endswith(("一、标题", "（一）小标题"))


def test_a_signature_stands_over_its_date(fonts: FontBook) -> None:
    paper = minutes(signature="柳河镇政协联络组", signed_on=date(2026, 3, 8))
    places = {place.part: place for place in render_official(paper, fonts).places}
    assert places["signature"].bottom == pytest.approx(places["signed_on"].top)


def test_places_tell_where_every_paragraph_stands(fonts: FontBook) -> None:
    rendered = render_official(minutes(body=BODY.replace("\n", "\n\n", 1)), fonts)
    body = [place for place in rendered.places if place.part == "body"]
    assert sorted({place.paragraph for place in body}) == [0, 2, 3, 4, 5, 6]
    assert {place.part for place in rendered.places} >= {
        "mark", "number", "issuer", "dated", "title", "出席", "请假", "列席",
        "copies", "printed_by", "printed_on",
    }  # fmt: skip
    for place in rendered.places:
        assert 37.0 <= place.top < place.bottom <= 262.1
        assert 0 <= place.page < rendered.pages
    for before, after in pairwise(body):
        assert (before.page, before.bottom) <= (after.page, after.top + 0.01) or (
            before.page < after.page
        )


@pytest.mark.parametrize("shift", range(8))
def test_names_are_never_split(fonts: FontBook, shift: int) -> None:
    names = ["赵建国", "李　明", "买买提·艾力", "阿卜杜热合曼·吾布力卡斯木", "欧阳建国（局长）"]
    listed = "、".join(["王" * (shift + 1), *names * 6])
    (block,) = set_names("present", NameList(label="出席", names=listed), 1, fonts)
    for line in block.lines:
        entries = line.text.removeprefix("出席：").rstrip("、").split("、")
        assert set(entries) <= {"王" * (shift + 1), *names}


def test_names_parted_by_blanks_stand_in_columns(fonts: FontBook) -> None:
    listed = "陆䶮　欧阳喆　张伟　司马堃　李娜　买买提·艾力　郑贇　欧阳建国"
    (block,) = set_names("present", NameList(label="出席", names=listed), 1, fonts)
    starts = {
        char: round(x / CELL, 1)
        for line in block.lines
        for run in line.runs
        for char, x in zip(run.text, run.xs, strict=True)
    }
    assert {round(starts[char] % 5, 0) for char in "陆欧张司李郑"} == {0}
    said = " ".join(line.text for line in block.lines).removeprefix("出席：")
    assert said.split() == listed.split()  # each is found when it is searched for


@pytest.mark.parametrize("listed", ["陆䶮、张伟", "镇党委　各村（社区）", "李　明　王　芳"])
def test_what_is_no_bare_list_of_names_stays_as_it_was_written(listed: str) -> None:
    assert in_columns(listed) == listed


words = st.text(alphabet="会议认为停车难，。“”（）2026年ab䶮𬭚\n　", max_size=300)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(title=words, body=words, names=words)
def test_any_text_is_printed_in_full(title: str, body: str, names: str) -> None:
    rendered = render_official(minutes(title=title, body=body, name_lists=present(names)), BOOK)
    expected = "".join(
        [USUAL.mark, USUAL.number, USUAL.issuer, "2026年3月8日", title, body]
        + ([f"出席：{names}"] if without_blanks(names) else [])
        + [f"请假：{USUAL.name_lists[1].names}"]
    )
    assert without_blanks(expected) in Printed(rendered.pdf).text
