"""The office's own forms: what they say, where their ink lies, how their tables go on."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from liaison_desk.exports.content import (
    Align,
    Cell,
    FormPaper,
    Grid,
    PageBreak,
    Paper,
    Paragraph,
    Photo,
    Photos,
    Row,
    SheetSize,
    Source,
)
from liaison_desk.exports.pdf.form import render_form
from liaison_desk.exports.pdf.words import CannotPrint
from tests.exports.pdf.papers import LEDGER_HEAD, REGISTER, SUMMARY, label, ledger, told
from tests.exports.pdf.printed import POINTS_PER_MM, Printed, without_blanks

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook

Printing = Callable[[Paper], Printed]
FINE = 1200  # dpi, for the thickness of rules


def words_of(form: FormPaper) -> str:
    """Return every character of a form's text, sorted, heads once."""
    texts = [form.title, form.over_left, form.over_right, form.foot]
    for part in form.parts:
        match part:
            case Grid():
                texts += [cell.text for row in part.rows for cell in row.cells]
            case Paragraph():
                texts.append(part.text)
    return "".join(sorted(without_blanks("".join(texts))))


def one_cell(text: str, height: float = 0) -> FormPaper:
    """Return a form of one long cell between two short ones."""
    rows = (
        Row(cells=(label("议题"), told("停车难"))),
        Row(cells=(label("过程摘要"), told(text)), height=height),
        Row(cells=(label("签字"), told("王𬭚"))),
    )
    return FormPaper(title="登记表", parts=(Grid(widths=(1, 5), rows=rows),))


def test_a_form_says_all_of_its_words(printing: Printing) -> None:
    printed = printing(REGISTER)
    assert "".join(sorted(printed.text)) == words_of(REGISTER)
    for name in ("李䶮", "陈㛃", "王𬭚", "周𫖯"):
        assert printed.text.count(name) == 3


def test_nothing_of_a_form_leaves_the_type_area(printing: Printing) -> None:
    for form, box in (
        (REGISTER, (28.0, 37.0, 184.0, 262.0)),
        (ledger(60), (35.0, 28.0, 260.0, 184.0)),
        (replace(REGISTER, size=SheetSize.A3), (28.0, 37.0, 271.0, 385.0)),
    ):
        printed = printing(form)
        for number, page in enumerate(printed.document):
            width, height = (side / POINTS_PER_MM for side in page.get_size())
            area = (0.0, 0.0, width, height) if len(printed) == 1 else (32.0, 0.0, width, height)
            ink = printed.ink(number, area)
            assert ink is not None
            assert ink.left >= box[0] - 0.2
            assert ink.top >= box[1] - 0.2
            assert ink.right <= box[2] + 0.2
            assert ink.bottom <= box[3] + 0.2


def test_the_outer_rules_are_thick_and_the_inner_ones_thin(printing: Printing) -> None:
    printed = printing(one_cell("", height=80))
    rules = [
        (bottom - top) * POINTS_PER_MM
        for top, bottom in printed.bands(0, (150.0, 48.0, 151.0, 250.0), FINE)
    ]
    assert rules[0] == pytest.approx(1.0, abs=0.1)
    assert rules[-1] == pytest.approx(1.0, abs=0.1)
    assert rules[1:-1] == pytest.approx([0.5] * (len(rules) - 2), abs=0.1)
    table = printed.ink(0, (0.0, 80.0, 210.0, 130.0))
    assert table is not None
    assert (table.left, table.right) == pytest.approx((28.0, 184.0), abs=0.15)


def test_a_ledger_has_its_head_on_every_page_and_each_row_once(printing: Printing) -> None:
    printed = printing(ledger(100))
    assert len(printed) > 5
    head = "".join(LEDGER_HEAD)
    assert all(head in text for text in printed.texts)
    for number in range(1, 101):
        assert printed.text.count(f"新划停车位{number}个") == 1


def test_page_numbers_of_a_turned_page_stay_where_upright_pages_have_them(
    printing: Printing,
) -> None:
    printed = printing(ledger(60))
    for page in (0, 1):
        assert printed.document[page].get_size() == pytest.approx((841.89, 595.276), abs=0.01)
        number = printed.ink(page, (0.0, 0.0, 34.5, 210.0), 600)
        assert number is not None
        # Held upright, the left edge of the turned page is the lower one.
        end = number.bottom - 1.0 if page == 0 else number.top
        dash = printed.ink(page, (0.0, end, 34.5, end + 1.0), FINE)
        assert dash is not None
        assert dash.right == pytest.approx(28.0, abs=0.1)
        if page == 0:
            assert number.bottom == pytest.approx(184.0 - 14 / POINTS_PER_MM, abs=0.15)
        else:
            assert number.top == pytest.approx(28.0 + 14 / POINTS_PER_MM, abs=0.15)


def test_a_form_of_one_page_and_a_wall_sheet_have_no_page_number(printing: Printing) -> None:
    assert printing(REGISTER).ink(0, (28.0, 263.0, 184.0, 290.0)) is None
    wall = printing(replace(ledger(60), is_public=True))
    assert wall.ink(0, (0.0, 0.0, 34.5, 210.0)) is None


@pytest.mark.parametrize("count", [30, 60, 200])
def test_a_long_cell_goes_on_over_pages_between_closed_borders(
    printing: Printing, count: int
) -> None:
    printed = printing(one_cell(SUMMARY * count))
    label = "过程摘要"  # comes again on every page, in the midst of the text
    assert printed.text.count(label) == len(printed)
    assert printed.text.replace(label, "").count("王𬭚、周𫖯发言。") == count
    for page in range(len(printed)):
        left = printed.bands(page, (28.05, 37.0, 28.2, 262.2), 600)
        top, bottom = left[0][0], left[-1][1]
        assert len(left) == 1  # the left rule is one stroke
        for y in (top, bottom):
            rule = printed.ink(page, (20.0, y - 0.3, 200.0, y + 0.3))
            assert rule is not None
            assert rule.right - rule.left == pytest.approx(156.0, abs=0.2)


def test_an_empty_cell_keeps_the_height_it_was_given(printing: Printing) -> None:
    printed = printing(one_cell("", height=80))
    rules = [top for top, _ in printed.bands(0, (150.0, 48.0, 151.0, 250.0), 600)]
    assert rules[2] - rules[1] == pytest.approx(80.0, abs=0.3)


def test_cells_of_several_rows_stand_beside_all_of_them(fonts: FontBook) -> None:
    rows = (
        Row(cells=(told("一\n" * 9 + "末", rows=3), told("甲"))),
        Row(cells=(told("乙"),)),
        Row(cells=(told("丙"),)),
    )
    form = FormPaper(title="表", parts=(Grid(widths=(1, 1), rows=rows),))
    tall, *others = (each for each in render_form(form, fonts).places if each.part == "form")
    by_top = sorted([tall, *others], key=lambda each: (each.left, each.top))
    first, column = by_top[0], by_top[1:]
    assert first.top == pytest.approx(column[0].top)
    assert first.bottom == pytest.approx(column[-1].bottom)
    assert first.right == pytest.approx(column[0].left)


def test_a_tall_cell_beside_many_rows_loses_nothing_over_pages(printing: Printing) -> None:
    short = [Row(cells=(told(f"第{number}行"),)) for number in range(1, 120)]
    first = Row(cells=(told(SUMMARY * 20, rows=120), told("第0行")))
    grid = Grid(widths=(1, 1), rows=(first, *short))
    printed = printing(FormPaper(title="表", parts=(grid,)))
    text = printed.text
    assert len(printed) > 2
    assert all(text.count(f"第{number}行") == 1 for number in range(120))
    assert "".join(sorted(text)) == words_of(FormPaper(title="表", parts=(grid,)))


def test_a_row_is_not_parted_when_the_next_page_holds_it(printing: Printing) -> None:
    printed = printing(ledger(40))
    whole = "已完成现场勘察，正在施工划线，预计下月完工。"
    assert printed.text.count(whole) == sum(1 + number % 3 for number in range(1, 41))


def test_grids_that_hang_together_share_a_thin_rule(printing: Printing) -> None:
    grids = tuple(
        Grid(widths=widths, rows=(Row(cells=tuple(told("甲") for _ in widths), height=15),))
        for widths in ((1, 2), (2, 1))
    )
    printed = printing(FormPaper(title="表", parts=grids))
    rules = [
        (bottom - top) * POINTS_PER_MM
        for top, bottom in printed.bands(0, (160.0, 50.0, 161.0, 250.0), FINE)
    ]
    assert rules == pytest.approx([1.0, 0.5, 1.0], abs=0.1)


def test_a_little_too_much_is_set_smaller_rather_than_on_another_page(fonts: FontBook) -> None:
    def pages(lines: int) -> int:
        rows = tuple(Row(cells=(label("题"), told("文"))) for _ in range(lines))
        return render_form(
            FormPaper(title="表", parts=(Grid(widths=(1, 3), rows=rows),)), fonts
        ).pages

    assert [pages(lines) for lines in (20, 26, 29)] == [1, 1, 1]
    assert pages(50) == 2


def test_paragraphs_have_their_levels_indents_and_places(fonts: FontBook) -> None:
    source = Source("meeting", "m1", "summary")
    parts = (
        Paragraph(text="一、标题\n（一）小标题。正文" + "国" * 60, source=source),
        Paragraph(text="时间：上午", is_flush=True),
        Paragraph(text="落款", align=Align.RIGHT),
    )
    rendered = render_form(FormPaper(title="活动", parts=parts), fonts)
    printed = Printed(rendered.pdf)
    assert printed.text == "活动一、标题（一）小标题。正文" + "国" * 60 + "时间：上午落款"
    assert "黑体" in printed.document.get_metadata_dict()["Subject"]
    lines = [printed.ink(0, (20.0, a, 200.0, b)) for a, b in printed.bands(0)]
    lefts = [line.left for line in lines if line]
    assert lefts[1] == pytest.approx(28.0 + 2 * 16 / POINTS_PER_MM, abs=1.0)
    assert lefts[3] == pytest.approx(28.0, abs=1.0)
    assert lines[-1] is not None
    assert lines[-1].right == pytest.approx(184.0, abs=1.0)
    (place,) = [each for each in rendered.places if each.source]
    assert place.source == source


def test_a_page_break_begins_a_page(printing: Printing) -> None:
    parts = (Paragraph(text="前"), PageBreak(), Paragraph(text="后"))
    assert printing(FormPaper(title="表", parts=parts)).texts == ["表前", "后"]


def test_a_heading_is_never_the_last_line_of_a_page(printing: Printing) -> None:
    for count in range(18, 30):
        parts = (
            *(Paragraph(text="正文。") for _ in range(count)),
            Paragraph(text="小标题", is_heading=True),
            Paragraph(text="收尾。"),
        )
        texts = printing(FormPaper(title="表", parts=parts)).texts
        assert all(not text.endswith("小标题") for text in texts)


def jpeg(width: int, height: int) -> bytes:
    """Return a photo of one colour."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(target, "JPEG")
    return target.getvalue()


def test_a_photo_that_is_damaged_or_lost_is_told_of_and_the_rest_is_printed(
    fonts: FontBook,
) -> None:
    kept = {"好": jpeg(800, 600), "坏": b"no picture"}
    names = ("坏", "没了", "好")
    photos = tuple(Photo(sha256=name, caption=f"现场{name}") for name in names)
    form = FormPaper(title="活动登记表", parts=(Photos(photos=photos), Paragraph(text="记录人")))
    made = render_form(form, fonts, kept.__getitem__)
    assert [each[:19] for each in made.left_out] == [
        "照片“现场坏”没有印上：这张照片有损坏",
        "照片“现场没了”的内容不在了，没有印上",
    ]
    read = Printed(made.pdf)
    assert "现场好" in read.text
    assert "现场坏" not in read.text
    assert "记录人" in read.text


def test_photos_stand_side_by_side_with_their_captions(fonts: FontBook) -> None:
    kept = {"a": jpeg(800, 600), "b": jpeg(600, 800), "c": jpeg(1200, 400)}
    source = Source("attachment", "p1")
    photos = tuple(Photo(sha256=name, caption=f"现场{name}", source=source) for name in kept)
    form = FormPaper(title="活动登记表", parts=(Photos(photos=photos),))
    rendered = render_form(form, fonts, kept.__getitem__)
    printed = Printed(rendered.pdf)
    assert printed.text == "活动登记表现场a现场b现场c"
    ink = printed.ink(0, (0.0, 60.0, 210.0, 290.0), 150)
    assert ink is not None
    assert ink.left >= 28.0 - 0.2
    assert ink.right <= 184.0 + 0.2
    first, second, third = (each for each in rendered.places if each.source == source)
    assert first.right < second.left
    assert third.top > first.bottom


def table_of(height: float) -> Grid:
    """Return a table so many mm high."""
    rows = [Row(cells=(Cell(), Cell()), height=10) for _ in range(10)]
    return Grid(widths=(1, 4), rows=(*rows, Row(cells=(Cell(), Cell()), height=height - 100)))


@pytest.mark.parametrize("height", range(114, 208, 6))
def test_a_heading_stands_on_the_page_of_its_photo(fonts: FontBook, height: int) -> None:
    source = Source("attachment", "a1")
    photos = Photos(photos=(Photo(sha256="a", caption="现场", source=source),))
    heading = Paragraph(text="照片", is_heading=True, is_flush=True, source=Source("topic", "t1"))
    form = FormPaper(title="登记表", parts=(table_of(height), heading, photos))
    places = render_form(form, fonts, lambda _: jpeg(800, 600)).places
    pages = {each.page for each in places if each.source}
    assert len(pages) == 1


@pytest.mark.parametrize("height", range(114, 208, 6))
def test_where_it_is_signed_is_not_parted_from_what_is_signed(fonts: FontBook, height: int) -> None:
    points = Cell(text="积分合计", is_label=True, source=Source("membership", "m1", "points"))
    sign = Cell(text="本人签字", is_label=True, source=Source("membership", "m1", "sign"))
    end = Grid(
        widths=(1, 4),
        rows=(Row(cells=(points, Cell()), height=12), Row(cells=(sign, Cell()), height=22)),
    )
    rendered = render_form(FormPaper(title="档案", parts=(table_of(height), end)), fonts)
    first, last = (each.page for each in rendered.places if each.source)
    assert first == last


@pytest.mark.parametrize("height", range(190, 208, 3))
def test_a_short_line_of_text_is_not_parted(fonts: FontBook, height: int) -> None:
    text = (
        "请假、缺席及原因：张爱华（赴外地参加学习培训）、孔令芳（赴外地参加学习培训）、曹国庆（病）"
    )
    remark = Paragraph(text=text, is_flush=True, source=Source("meeting", "m1"))
    rendered = render_form(FormPaper(title="签到表", parts=(table_of(height), remark)), fonts)
    assert len({each.page for each in rendered.places if each.source}) == 1


def test_words_under_a_photo_do_not_end_in_a_line_of_one_character(fonts: FontBook) -> None:
    for count in range(10, 24):
        photos = Photos(photos=(Photo(sha256="a", caption="慰" * count),), across=3)
        rendered = render_form(
            FormPaper(title="表", parts=(photos,)), fonts, lambda _: jpeg(800, 600)
        )
        lines = Printed(rendered.pdf).document[0].get_textpage().get_text_range().split()[1:]
        assert all(len(each) > 2 for each in lines), lines


def test_a_character_that_no_font_has_is_named_by_its_label(fonts: FontBook) -> None:
    heads = Row(cells=(label("姓名"), label("单位")))
    body = Row(cells=(told("陆𰻞"), told("镇城建办")))
    table = Grid(widths=(1, 1), rows=(heads, body), head=1)
    with pytest.raises(CannotPrint) as caught:
        render_form(FormPaper(title="名册", parts=(table,)), fonts)
    assert "“𰻞”（U+30EDE，姓名：陆𰻞）" in str(caught.value)
    (missing,) = caught.value.missing
    assert missing.source == Source("meeting", "m1", "summary")
    beside = Grid(widths=(1, 2), rows=(Row(cells=(label("召集\n委员"), told("陆𰻞"))),))
    with pytest.raises(CannotPrint, match="召集委员：陆𰻞"):
        render_form(FormPaper(title="表", parts=(beside,)), fonts)


def test_a_click_on_a_cell_finds_its_own_field(fonts: FontBook) -> None:
    cells = tuple(Cell(text=name, source=Source("person", "p1", name)) for name in ("name", "post"))
    form = FormPaper(title="表", parts=(Grid(widths=(1, 1), rows=(Row(cells=cells),)),))
    left, right = (each for each in render_form(form, fonts).places if each.source)
    assert (left.source, right.source) == (cells[0].source, cells[1].source)
    assert left.left < left.right == pytest.approx(right.left)
    assert right.right <= 184.1


def test_a_short_row_is_filled_up_and_a_wide_cell_cut(printing: Printing) -> None:
    rows = (Row(cells=(told("甲"),)), Row(cells=(told("乙", 5),)), Row(cells=()))
    printed = printing(FormPaper(title="表", parts=(Grid(widths=(1, 1), rows=rows),)))
    assert printed.text == "表甲乙"


def test_a_cell_too_many_is_never_lost_in_silence(fonts: FontBook) -> None:
    rows = (Row(cells=(told("甲", rows=2), told("乙"))), Row(cells=(told("丙"), told("丁"))))
    with pytest.raises(ValueError, match="丁"):
        render_form(FormPaper(title="表", parts=(Grid(widths=(1, 1), rows=rows),)), fonts)


@pytest.mark.long
def test_a_ledger_of_300_pages_takes_twice_the_time_of_150(fonts: FontBook) -> None:
    def seconds(rows: int) -> tuple[float, int]:
        began = time.perf_counter()
        pages = render_form(ledger(rows), fonts).pages
        return time.perf_counter() - began, pages

    seconds(200)
    half, half_pages = seconds(1_100)
    whole, pages = seconds(2_200)
    assert half_pages > 130
    assert pages > 270
    assert whole / half < 2.6
