"""一会一档, read back: every part on its pages, its contents and outline right, nothing lost."""

from __future__ import annotations

import io
import re
import tracemalloc
from datetime import datetime
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.record import with_values
from liaison_desk.exports.content import FormPaper, Paragraph
from liaison_desk.exports.dossier import make_dossier, make_year
from liaison_desk.exports.papers.wording import moment_text
from liaison_desk.exports.pdf.dossier_pages import cover
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.form import render_form
from liaison_desk.exports.pdf.words import CannotPrint, RenderedPaper
from tests import factory
from tests.exports.pdf.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story

A4 = (595.28, 841.89)


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook(bundled_only=True)


@pytest.fixture
def keep(desk: Desk) -> Callable[..., Attachment]:
    """Keeps a file with a record."""

    def keep(owner: Record, name: str, content: bytes, note: str = "") -> Attachment:
        with desk.deed("加附件"):
            return desk.save(
                Attachment(
                    owner_table=owner.table,
                    owner=owner.id,
                    name=name,
                    sha256=desk.contents.add(content),
                    size=len(content),
                    note=note,
                )
            )

    return keep


def photo(
    width: int = 640, height: int = 480, colour: tuple[int, int, int] = (40, 90, 40)
) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def pdf_saying(text: str, fonts: FontBook) -> bytes:
    return render_form(FormPaper(title=text, parts=(Paragraph(text=text),)), fonts).pdf


def made(desk: Desk, story: Story, fonts: FontBook) -> RenderedPaper:
    assert desk.office is not None
    return make_dossier(
        desk, desk.office, story.meeting, desk.contents.read, fonts, lambda *_: None
    )


def outline(pdf: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page (from 0) of each bookmark."""
    document = pypdfium2.PdfDocument(pdf)
    return [
        (each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()
    ]


def printed_number(pdf: bytes, page: int) -> str:
    """What stands in the upper outer corner of a page."""
    sheet = pypdfium2.PdfDocument(pdf)[page]
    width, height = sheet.get_size()
    left = width - 90 if page % 2 == 0 else 0
    text = sheet.get_textpage().get_text_bounded(
        left=left, right=left + 90, bottom=height - 50, top=height
    )
    return str(text).strip()


def contents_text(read: Printed) -> str:
    """The contents, without the number of their own page."""
    return read.texts[1].removesuffix("2")


PARTS = {
    "会议通知": "关于召开桥口村停车难专题协商会的通知",
    "会议议程": "通报调研结果",
    "签到表": "应到3人",
    "会议记录": "能否固定卸货时段",
    "协商纪要": "会议认为，停车难是群众反映强烈的问题",
    "办理事项：新划停车位30个": "协商成果交办单",
}


def test_every_part_stands_where_contents_and_outline_say(
    desk: Desk, story: Story, fonts: FontBook
) -> None:
    dossier = made(desk, story, fonts)
    read = Printed(dossier.pdf)
    assert len(read) == dossier.pages
    marks = outline(dossier.pdf)
    assert [title for _, title, _ in marks] == ["封面", "目录", *PARTS]
    for _, title, page in marks[2:]:
        assert PARTS[title].replace(" ", "") in read.texts[page]
        assert re.search(rf"{title}…+{page + 1}(?!\d)", contents_text(read))
    after = {title: page for _, title, page in marks}["办理事项：新划停车位30个"]
    rest = "".join(read.texts[after:])
    assert "已划停车位32个" in rest  # the answer
    assert "标识太少" in rest  # the rating


def test_the_cover_says_what_the_file_is_about(desk: Desk, story: Story, fonts: FontBook) -> None:
    text = Printed(made(desk, story, fonts).pdf).texts[0]
    for each in ("一会一档", "桥口村停车难专题协商会", "2026年2月6日", "镇政府三楼会议室"):
        assert each in text
    for each in ("专题协商", "归档号：WS·2026-Y-0001", "柳河镇政协联络组"):
        assert each in text


def test_the_cover_says_the_longest_time_of_a_meeting_in_one_line(fonts: FontBook) -> None:
    time = moment_text(datetime(2026, 12, 29, 22, 30))
    front = cover("桥口村停车难专题协商会", [("时　间", time)], "柳河镇政协联络组", fonts)
    lines = pypdfium2.PdfDocument(front)[0].get_textpage().get_text_range().splitlines()
    assert any(time in re.sub(r"\s", "", line) for line in lines)


def test_every_page_behind_the_cover_has_its_number(
    desk: Desk, story: Story, fonts: FontBook
) -> None:
    dossier = made(desk, story, fonts)
    assert printed_number(dossier.pdf, 0) == ""
    found = [printed_number(dossier.pdf, page) for page in range(1, dossier.pages)]
    assert found == [str(page + 1) for page in range(1, dossier.pages)]


def test_every_page_is_a4(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment]
) -> None:
    keep(story.meeting, "签到表.jpg", photo(3000, 2000))
    for page in pypdfium2.PdfDocument(made(desk, story, fonts).pdf):
        assert sorted(page.get_size()) == pytest.approx(A4, abs=0.02)


def test_the_scan_of_the_list_takes_the_printed_ones_place(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment]
) -> None:
    keep(story.meeting, "签到表扫描件.pdf", pdf_saying("亲笔签名", fonts))
    read = Printed(made(desk, story, fonts).pdf)
    assert "亲笔签名" in read.text
    assert "应到3人" not in read.text


def test_a_damaged_scan_is_told_and_the_printed_list_stands_in(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment]
) -> None:
    keep(story.meeting, "签到表扫描件.pdf", b"%PDF-1.7 torn")
    keep(story.meeting, "签到第二页.jpg", photo()[:300])
    dossier = made(desk, story, fonts)
    assert dossier.left_out == (
        "“签到表扫描件.pdf”已损坏，或者设有密码，没有装入。请重新扫描，再加一次。",
        "“签到第二页.jpg”没有装入：这张照片有损坏，或者不是图片。原件没有改动。请换一张照片。",
    )
    assert "应到3人" in Printed(dossier.pdf).text


def test_what_is_no_page_or_lost_is_told(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment]
) -> None:
    keep(story.meeting, "说明.docx", b"PK")
    lost = keep(story.meeting, "测绘图.pdf", b"1")
    desk.save(with_values(lost, {"sha256": "cd" * 32}))
    keep(story.meeting, "合影.jpg", photo()[:300], "全体合影")
    assert sorted(made(desk, story, fonts).left_out) == [
        "“测绘图.pdf”内容不在了，没有装入。请从备份里找回，或再加一次。",
        "“说明.docx”不是PDF或图片，没有装入。请转成PDF再加一次，或另行保存。",
        "照片“全体合影”没有印上：这张照片有损坏，或者不是图片。原件没有改动。请换一张照片。",
    ]


def test_files_stand_with_the_part_they_belong_to(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment]
) -> None:
    keep(story.meeting, "测绘图.pdf", pdf_saying("场院测绘", fonts))
    keep(story.minutes, "盖章件.pdf", pdf_saying("盖章的纪要", fonts))
    keep(story.reply, "复函.pdf", pdf_saying("村建函原件", fonts))
    keep(story.meeting, "一.jpg", photo(), "委员发言")
    dossier = made(desk, story, fonts)
    read, marks = Printed(dossier.pdf), outline(dossier.pdf)
    starts = [page for *_, page in marks] + [dossier.pages]
    text_of = {
        title: "".join(read.texts[page:end])
        for (_, title, page), end in zip(marks, starts[1:], strict=True)
    }
    assert "盖章的纪要" in text_of["协商纪要"]
    assert "村建函原件" in text_of["办理事项：新划停车位30个"]
    assert "委员发言" in text_of["会议照片"]
    assert "场院测绘" in text_of["其他材料"]


def test_a_pdf_of_any_size_and_turn_fills_an_upright_page(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment]
) -> None:
    scan = pypdfium2.PdfDocument(pdf_saying("倒着扫的", fonts))
    scan[0].set_rotation(90)
    out = io.BytesIO()
    scan.save(out)
    keep(story.meeting, "图.pdf", out.getvalue())
    dossier = made(desk, story, fonts)
    page = pypdfium2.PdfDocument(dossier.pdf)[dossier.pages - 1]
    assert page.get_size() == pytest.approx(A4[::-1], abs=0.02)
    assert "倒着扫的" in page.get_textpage().get_text_range()
    assert printed_number(dossier.pdf, dossier.pages - 1) == str(dossier.pages)


def test_a_draft_of_minutes_is_no_part_of_the_file(desk: Desk, fonts: FontBook) -> None:
    assert desk.office is not None
    held = factory.meeting(desk)
    factory.minutes(desk, held, body="还没有定稿的文字")
    dossier = make_dossier(desk, desk.office, held, desk.contents.read, fonts, lambda *_: None)
    assert "还没有定稿的文字" not in Printed(dossier.pdf).text
    assert "协商纪要还是草稿，没有装入；定稿后请再做一次。" in dossier.left_out
    assert "没有签到表，请核对是否登记。" in dossier.left_out


def test_the_last_final_version_of_the_minutes_is_the_one(
    desk: Desk, story: Story, fonts: FontBook
) -> None:
    second = Minutes(
        **{
            name: getattr(story.minutes, name)
            for name in Minutes.fields()
            if name not in {"replaces", "version", "body"}
        },
        body="更正后的正文",
        version=2,
        replaces=story.minutes.id,
    )
    desk.save(second)
    text = Printed(made(desk, story, fonts).pdf).text
    assert "更正后的正文" in text
    assert "会议认为，停车难是群众反映强烈的问题" not in text


def test_rare_characters_can_be_searched(desk: Desk, story: Story, fonts: FontBook) -> None:
    desk.save(with_values(story.meeting, {"name": "𬭚䶮村协商会"}))
    renamed = desk.get(type(story.meeting), story.meeting.id)
    assert renamed is not None
    assert desk.office is not None
    dossier = make_dossier(desk, desk.office, renamed, desk.contents.read, fonts, lambda *_: None)
    assert "𬭚䶮村协商会" in Printed(dossier.pdf).texts[0]


def test_a_character_in_no_font_is_named(desk: Desk, story: Story, fonts: FontBook) -> None:
    held = desk.save(with_values(story.meeting, {"place": "\U00030ede村"}))
    assert desk.office is not None
    with pytest.raises(CannotPrint, match=r"一会一档没有做成.*U\+30EDE"):
        make_dossier(desk, desk.office, held, desk.contents.read, fonts, lambda *_: None)


def test_a_long_matter_is_cut_in_contents_and_outline(
    desk: Desk, story: Story, fonts: FontBook
) -> None:
    desk.save(with_values(story.matter, {"name": "修" * 300}))
    dossier = made(desk, story, fonts)
    title = next(title for _, title, _ in outline(dossier.pdf) if title.startswith("办理事项"))
    assert len(title) == 60
    assert title.endswith("……")


def test_the_same_records_give_the_same_bytes(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment]
) -> None:
    keep(story.meeting, "签到表.pdf", pdf_saying("亲笔签名", fonts))
    keep(story.meeting, "一.jpg", photo())
    assert made(desk, story, fonts).pdf == made(desk, story, fonts).pdf


def test_it_can_be_stopped_at_any_step(desk: Desk, story: Story, fonts: FontBook) -> None:
    assert desk.office is not None
    told: list[tuple[int, int, str]] = []
    make_dossier(
        desk, desk.office, story.meeting, desk.contents.read, fonts,
        lambda *step: told.append(step),
    )  # fmt: skip
    assert [done for done, *_ in told] == list(range(len(told)))
    assert {total for _, total, _ in told} == {len(told) - 1}

    def stop(done: int, total: int, what: str) -> None:
        if done == len(told) - 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_dossier(desk, desk.office, story.meeting, desk.contents.read, fonts, stop)


def test_a_year_has_each_meeting_as_a_chapter(desk: Desk, story: Story, fonts: FontBook) -> None:
    assert desk.office is not None
    factory.meeting(desk, "三月微协商")
    factory.meeting(desk, "去年的会", held_at=story.meeting.held_at.replace(year=2025))  # type: ignore[union-attr]
    dossier = make_year(desk, desk.office, 2026, desk.contents.read, fonts, lambda *_: None)
    read, marks = Printed(dossier.pdf), outline(dossier.pdf)
    chapters = [(title, page) for level, title, page in marks if level == 0][2:]
    assert [title for title, _ in chapters] == ["桥口村停车难专题协商会", "三月微协商"]
    for title, page in chapters:
        assert f"一会一档{title}" in read.texts[page]
        assert re.search(rf"{title}…+{page + 1}(?!\d)", contents_text(read))
    parts = [title for level, title, _ in marks if level == 1]
    assert parts[: len(PARTS)] == list(PARTS)
    assert "2026年度协商会议档案" in read.texts[0]
    assert "三月微协商：没有签到表，请核对是否登记。" in dossier.left_out


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.long)])
def test_many_photos_do_not_fill_the_memory(
    desk: Desk, story: Story, fonts: FontBook, keep: Callable[..., Attachment], count: int
) -> None:
    noise = Image.effect_noise((1600, 1200), 60).convert("RGB")
    for number in range(count):
        out = io.BytesIO()
        noise.paste((number, 90, 40), (number, number, number + 400, number + 400))
        noise.save(out, "JPEG", quality=60)
        keep(story.meeting, f"{number}.jpg", out.getvalue())
    tracemalloc.start()
    dossier = made(desk, story, fonts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    first = outline(dossier.pdf)[-1][2]
    document = pypdfium2.PdfDocument(dossier.pdf)
    shown = [sum(e.type == raw.FPDF_PAGEOBJ_IMAGE for e in p.get_objects()) for p in document]
    assert sum(shown[first:]) == count
    assert peak < 4 * len(dossier.pdf) + 30_000_000, (peak, len(dossier.pdf))
