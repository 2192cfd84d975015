"""What a clerk may well enter and no paper is made for: a good paper comes out, or a sentence."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdf
import pypdfium2
import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.record import with_values
from liaison_desk.exports.content import NamePlate, NamePlates
from liaison_desk.exports.dossier import make_dossier
from liaison_desk.exports.papers.minutes import minutes_paper
from liaison_desk.exports.papers.registry import paper_called
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.measures import PLATE_WIDTH
from liaison_desk.exports.pdf.render import render
from liaison_desk.exports.pdf.words import CannotPrint
from tests import factory
from tests.exports.papers.story import OPTIONS, Story
from tests.exports.pdf.printed import Printed, without_blanks

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.pdf.words import RenderedPaper
    from liaison_desk.services.desk import Desk


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook(bundled_only=True)


def printed(desk: Desk, key: str, record: Record, fonts: FontBook) -> list[RenderedPaper]:
    assert desk.office is not None
    papers = paper_called(key).papers(desk, desk.office, record, OPTIONS)
    return [render(each, fonts) for each in papers]


def test_an_emoji_in_a_title_is_named_and_is_to_be_deleted(
    desk: Desk, story: Story, fonts: FontBook
) -> None:
    held = desk.save(with_values(story.meeting, {"name": "停车难😀协商会"}))
    with pytest.raises(CannotPrint, match=r"“😀”（U\+1F600，标题：.*请删去表情符号") as caught:
        printed(desk, "agenda", held, fonts)
    assert "资料没有改动" in str(caught.value)
    assert "HanaMinB" not in str(caught.value)


def test_of_many_characters_without_glyph_a_few_are_named_and_all_counted(
    story: Story, fonts: FontBook
) -> None:
    body = "\n".join(f"第{number}点：\U00030ede。" for number in range(40))
    with pytest.raises(CannotPrint) as caught:
        render(minutes_paper(with_values(story.minutes, {"body": body})), fonts)
    assert len(caught.value.missing) == 40
    assert "等40处。资料没有改动。请核对生僻字" in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_name_of_thirty_characters_fills_its_plate_and_no_more(fonts: FontBook) -> None:
    name = "阿卜杜热伊木·买买提艾力·吾斯曼江·艾合买提江·阿卜"
    made = Printed(render(NamePlates(title="席卡", plates=(NamePlate(name=name),)), fonts).pdf)
    ink = made.ink(0, (0.0, 105.0, 297.0, 210.0), 150)
    assert ink is not None
    assert ink.right - ink.left == pytest.approx(PLATE_WIDTH.value, abs=4)
    assert made.text == name * 2


def test_two_hundred_at_the_table_each_have_a_row_and_a_plate(desk: Desk, fonts: FontBook) -> None:
    held = factory.meeting(desk)
    with desk.deed("名单"):
        for number in range(200):
            factory.attendance(desk, held, factory.person(desk, f"王{number:03}"))
    (sheet,) = printed(desk, "sign_in", held, fonts)
    read = Printed(sheet.pdf)
    assert all(f"王{number:03}" in read.text for number in range(200))
    assert all(text.count("签名") == 1 for text in read.texts)  # the head comes again
    (plates,) = printed(desk, "name_plates", held, fonts)
    assert plates.pages == 200


def test_minutes_of_forty_thousand_characters_are_printed_whole(
    story: Story, fonts: FontBook
) -> None:
    body = "\n".join("会议认为，停车难是群众反映强烈的问题，要抓紧办理。" * 16 for _ in range(100))
    assert len(body) >= 40_000
    began = time.perf_counter()
    made = render(minutes_paper(with_values(story.minutes, {"body": body})), fonts)
    assert time.perf_counter() - began < 10
    assert without_blanks(body) in "".join(
        text.partition("—")[0] for text in Printed(made.pdf).texts
    )


def test_a_scan_with_a_pass_word_is_left_out_of_the_file_and_told_of(
    desk: Desk, story: Story, fonts: FontBook
) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("秘钥", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with desk.deed("加附件"):
        desk.save(
            Attachment(
                owner_table="meeting",
                owner=story.meeting.id,
                name="签到表.pdf",
                sha256=desk.contents.add(out.getvalue()),
                size=len(out.getvalue()),
            )
        )
    assert desk.office is not None
    made = make_dossier(
        desk, desk.office, story.meeting, desk.contents.read, fonts, lambda *_: None,
        replace(OPTIONS, year=2026),
    )  # fmt: skip
    assert "“签到表.pdf”已损坏，或者设有密码，没有装入。请重新扫描，再加一次。" in made.left_out
    assert "应到3人" in Printed(made.pdf).text
    assert len(pypdfium2.PdfDocument(made.pdf)) == made.pages
