"""Papers as Word files, read back with another library."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from liaison_desk.domain.marked_text import check_of, read_mark, read_whose
from liaison_desk.exports.content import (
    Align,
    Cell,
    FormPaper,
    Grid,
    NameList,
    OfficialPaper,
    PageBreak,
    PaperStyle,
    Paragraph,
    Photo,
    Photos,
    Row,
    Source,
    WallPaper,
)
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from liaison_desk.exports.word.document import WordPaper, render_docx
from tests.exports.pdf.printed import Printed

if TYPE_CHECKING:
    from docx.document import Document as Read


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook(bundled_only=True)


RECORD = "0a1b2c3d-0000-4000-8000-000000000001"
BODY = (
    "2026年3月5日，柳河镇政协联络组召开“停车难”专题协商会。\n一、关于增加停车泊位\n"
    "(一)挖掘存量资源。新增泊位120个。\n1.镇机关院内48个泊位向居民开放。\n"
    "由居民代表张贇、李䶮、陈㛃、王𬭚、周𫖯、吴頔组成自治小组。"
)
TWIPS_PER_MM = 1440 / 25.4
CHINESE = ("仿宋", "方正小标宋简体", "黑体", "楷体", "宋体")


def told_by(field: str) -> Source:
    return Source("minutes", RECORD, field)


MINUTES = OfficialPaper(
    style=PaperStyle.MINUTES,
    mark="柳河镇政协联络组协商纪要",
    number="〔2026〕1号",
    issuer="柳河镇政协联络组",
    dated=date(2026, 3, 8),
    title="关于破解老旧小区停车难问题专题协商会议纪要",
    body=BODY,
    name_lists=(
        NameList(label="出席", names="赵建国、钱　进、买买提·艾力", source=told_by("present")),
        NameList(label="列席", names="韩雪梅", source=told_by("nonvoting")),
    ),
    copies=("主送：县政协办公室", "各村（社区）"),
    printed_by="柳河镇政协联络组",
    printed_on=date(2026, 3, 9),
    sources={"body": told_by("body")},
)
LETTER = replace(
    MINUTES,
    style=PaperStyle.LETTER,
    name_lists=(),
    issuer="",
    dated=None,
    main_to="各位委员",
    attachments=("参会回执", "会议议程"),
    signature="柳河镇政协联络组",
    signed_on=date(2026, 3, 5),
    has_seal=True,
    note="联系人：李文书",
)
PLAIN = replace(LETTER, style=PaperStyle.PLAIN, has_seal=False)
GRID = Grid(
    widths=(2, 3, 2, 3),
    rows=(
        Row(cells=tuple(Cell(text=each, is_label=True) for each in "甲乙丙丁"), height=12),
        Row(cells=(Cell(text="合并", is_label=True, rows=2), Cell(text="右\n两行", span=3))),
        Row(cells=(Cell(text="在合并的右边", span=3),)),
        Row(cells=(Cell(text="陆䶮"), Cell(text="1"))),
    ),
    head=1,
)
FORM = FormPaper(
    title="参会回执",
    over_left="编号：12",
    over_right="2026年3月5日",
    parts=(
        Paragraph(text="说明", is_heading=True),
        GRID,
        PageBreak(),
        Photos(photos=tuple(Photo(sha256="照片", caption=f"会场{n}") for n in "一二三")),
    ),
    foot="请于会前送回",
)


def photo(_sha256: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(out, "JPEG")
    return out.getvalue()


def read(paper: WordPaper) -> Read:
    return Document(io.BytesIO(render_docx(paper, photo)))


def words(document: Read) -> str:
    """All that can be read, blanks left out."""
    found = [node.text or "" for node in document.element.iter(qn("w:t"))]
    return re.sub(r"\s", "", "".join(found))


def mm(value: object) -> float:
    return int(str(value)) / TWIPS_PER_MM


def section(document: Read, name: str) -> dict[str, str]:
    """The attributes of an element of the first section."""
    (found, *_) = document.element.body.iter(qn(f"w:{name}"))
    return {key.split("}")[1]: value for key, value in found.attrib.items()}


def bookmarks(document: Read) -> list[str]:
    return [each.get(qn("w:name")) or "" for each in document.element.iter(qn("w:bookmarkStart"))]


@pytest.mark.parametrize("paper", [MINUTES, LETTER, PLAIN])
def test_an_official_paper_has_the_sheet_margins_and_grid_of_the_standard(
    paper: OfficialPaper,
) -> None:
    document = read(paper)
    size, margins = section(document, "pgSz"), section(document, "pgMar")
    assert [round(mm(size[each])) for each in "wh"] == [210, 297]
    sides = ("top", "bottom", "left", "right")
    assert [round(mm(margins[each]), 1) for each in sides] == [37, 35, 28, 26]
    grid = section(document, "docGrid")
    room = [int(size["h"]) - int(margins["top"]) - int(margins["bottom"])]
    room += [int(size["w"]) - int(margins["left"]) - int(margins["right"])]
    cell = (16 + int(grid["charSpace"]) / 4096) * 20
    assert grid["type"] == "linesAndChars"
    assert [room[0] // int(grid["linePitch"]), int(room[1] // cell)] == [22, 28]


def test_twenty_eight_characters_fill_a_line_and_twenty_two_lines_a_page() -> None:
    normal = read(MINUTES).styles["Normal"].element
    line, close = normal.iter(qn("w:spacing"))
    width = 16 * 20 + int(close.get(qn("w:val")))
    assert 28 <= 156 * TWIPS_PER_MM / width < 29
    assert line.get(qn("w:lineRule")) == "exact"
    assert 225 * TWIPS_PER_MM // int(line.get(qn("w:line"))) == 22


@pytest.mark.parametrize("paper", [MINUTES, LETTER, PLAIN, FORM, replace(LETTER, enclosure=FORM)])
def test_every_run_names_a_chinese_font_for_every_script(paper: WordPaper) -> None:
    document = read(paper)
    runs = list(document.element.iter(qn("w:r")))
    assert runs
    for run in runs:
        if run.find(qn("w:drawing")) is not None:
            continue
        fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert fonts.get(qn("w:hint")) == "eastAsia"
        named = {fonts.get(qn(f"w:{each}")) for each in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(named) == 1
        assert named <= set(CHINESE)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:eastAsia")) == "zh-CN"


def fonts_of(document: Read, text: str) -> str:
    (found,) = (
        run
        for run in document.element.iter(qn("w:r"))
        if text == "".join(each.text or "" for each in run.iter(qn("w:t")))
    )
    return str(next(found.iter(qn("w:rFonts"))).get(qn("w:eastAsia")))


def test_mark_title_and_levels_stand_in_the_fonts_of_the_standard() -> None:
    document = read(MINUTES)
    assert fonts_of(document, MINUTES.mark) == "方正小标宋简体"
    assert fonts_of(document, "一、关于增加停车泊位") == "黑体"
    assert fonts_of(document, "（一）挖掘存量资源。") == "楷体"
    assert fonts_of(document, "1.镇机关院内48个泊位向居民开放。") == "仿宋"
    assert fonts_of(document, "出席") == "黑体"


@pytest.mark.parametrize("paper", [MINUTES, LETTER, PLAIN])
def test_no_word_of_a_paper_is_lost_rare_ones_neither(paper: OfficialPaper) -> None:
    found = words(read(paper))
    for text in (paper.title, paper.number, *paper.attachments):
        assert text in found
    for line in paper.body.split("\n"):
        assert line.replace("(一)", "（一）") in found
    for each in paper.name_lists:
        assert f"{each.label}：{each.names.replace('　', '')}" in found
    assert "主送：县政协办公室。抄送：各村（社区）。" in found
    is_letter = paper.style is PaperStyle.LETTER  # which names no printing office (10.1)
    assert ("2026年3月9日印发" in found) is not is_letter


@pytest.mark.parametrize("style", [PaperStyle.LETTER, PaperStyle.PLAIN])
@pytest.mark.parametrize(
    "changed",
    [
        {"main_to": "各村（社区）:"},
        {"attachments": ("1.参会回执。", "附件二　会议议程；")},
        {"attachments": ("参会回执。",)},
        {"attachments": ("会议议程", "参会回执")},
        {"note": "(联系人：李文书)"},
        {"copies": ("抄送:县政协办公室。", "发：各村", "")},
        {"title": "关于停车\n协商会的通知", "signature": "柳河镇\u200b政协联络组"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_word_and_pdf_say_the_same(
    style: PaperStyle, changed: dict[str, object], fonts: FontBook
) -> None:
    paper = replace(LETTER, style=style, enclosure=FORM, **changed)  # type: ignore[arg-type]
    printed = Printed(render(paper, fonts, photo).pdf).text
    told = Counter(printed)
    written = Counter(words(read(paper)))
    if style is PaperStyle.LETTER:
        written.update(paper.mark)  # stands in the header of the Word file
    pages = {"—", *"1234567890"}
    assert {c: n for c, n in (told - written).items() if c not in pages} == {}
    assert {c: n for c, n in (written - told).items() if c not in pages} == {}


def test_page_numbers_stand_at_the_right_of_odd_and_at_the_left_of_even_pages() -> None:
    document = read(MINUTES)
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = document.sections[0].footer, document.sections[0].even_page_footer
    for footer, side in ((odd, "right"), (even, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side  # noqa: SLF001
        (field,) = paragraph._p.iter(qn("w:fldSimple"))  # noqa: SLF001
        assert field.get(qn("w:instr")).strip() == "PAGE"
        assert paragraph.text.startswith("— ")


def test_the_red_line_and_the_mark_are_red_and_the_imprint_stands_on_the_foot() -> None:
    document = read(MINUTES)
    red = [
        each
        for each in document.element.iter(qn("w:bottom"))
        if each.get(qn("w:color")) == "FF0000"
    ]
    assert len(red) == 1
    (table,) = document.tables
    place = next(table._tbl.iter(qn("w:tblpPr")))  # noqa: SLF001
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    rules = [
        {
            side: int(found.get(qn("w:sz"), 0))
            for side in ("top", "bottom")
            if (found := next(row.iter(qn(f"w:{side}")), None)) is not None
        }
        for row in table._tbl.iter(qn("w:tc"))  # noqa: SLF001
    ]
    assert rules == [{"top": 8, "bottom": 0}, {"top": 0, "bottom": 6}, {"top": 6, "bottom": 8}]


def test_a_letter_has_its_mark_on_the_first_page_alone_and_no_number_there() -> None:
    document = read(LETTER)
    first = document.sections[0]
    assert first.different_first_page_header_footer
    assert LETTER.mark in first.first_page_header.paragraphs[0].text
    assert "—" not in "".join(each.text for each in first.first_page_footer.paragraphs)
    assert LETTER.mark not in words(document)
    (table,) = document.tables
    assert not list(table._tbl.iter(qn("w:tcBorders")))  # noqa: SLF001


def test_the_enclosure_stands_on_pages_of_its_own_before_the_imprint() -> None:
    document = read(replace(LETTER, enclosure=FORM))
    assert len(document.sections) == 2
    found = words(document)
    assert "附件1参会回执" in found
    assert found.index("附件1") < found.index("请于会前送回") < found.index("抄送")


def test_each_paragraph_carries_a_hidden_mark_of_its_place_and_words() -> None:
    names = bookmarks(read(MINUTES))
    marks = {(mark.part, mark.place): mark.check for name in names if (mark := read_mark(name))}
    assert [place for part, place in marks if part == "body"] == [0, 1, 2, 3, 4]
    assert marks["body", 4] == check_of(BODY.split("\n")[4])
    assert marks["title", 0] == check_of(MINUTES.title)
    assert ("present", 0) in marks
    assert [read_whose(each) for each in names if read_whose(each)] == [RECORD.replace("-", "")]
    assert all(len(each) <= 40 and each.startswith("_") for each in names)
    assert len(names) == len(set(names))


def test_a_form_keeps_its_widths_merges_heights_and_repeated_head() -> None:
    document = read(FORM)
    table = document.tables[0]
    widths = [int(each.get(qn("w:w"))) for each in table._tbl.iter(qn("w:gridCol"))]  # noqa: SLF001
    assert abs(sum(widths) - 156 * TWIPS_PER_MM) < 2
    assert abs(widths[1] / widths[0] - 1.5) < 0.01
    assert next(table._tbl.iter(qn("w:tblLayout"))).get(qn("w:type")) == "fixed"  # noqa: SLF001
    heads = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) for row in table.rows]  # noqa: SLF001
    assert [each is not None for each in heads] == [True, False, False, False]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc  # noqa: SLF001
    assert table.cell(2, 1).text == "在合并的右边"
    assert table.cell(1, 2).text == "右\n两行"
    assert table.cell(3, 0).text == "陆䶮"
    height = table.rows[0].height
    assert height is not None
    assert round(height.mm) == 12


def test_photos_stand_in_the_file_and_keep_their_shape() -> None:
    document = read(FORM)
    shapes = document.inline_shapes
    assert len(shapes) == 3
    assert abs(shapes[0].width / shapes[0].height - 1.5) < 0.01
    assert "会场三" in words(document)


def test_in_the_place_of_a_damaged_photo_stands_why() -> None:
    document = Document(io.BytesIO(render_docx(FORM, lambda _sha256: b"no picture")))
    assert not document.inline_shapes
    assert "照片“会场三”没有印上" in words(document)


def test_a_form_lying_on_its_side_has_a_sheet_lying_on_its_side() -> None:
    document = read(replace(FORM, is_landscape=True))
    size = section(document, "pgSz")
    assert [round(mm(size[each])) for each in "wh"] == [297, 210]
    assert size["orient"] == "landscape"


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_docx(FORM, photo) == render_docx(FORM, photo)


def test_signs_that_no_file_may_hold_are_left_out_and_markup_stays_text() -> None:
    found = words(read(replace(MINUTES, body="甲\x00乙 <w:p> & “丙”")))
    assert "甲乙<w:p>&“丙”" in found


def test_the_parts_of_the_file_are_all_named_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(LETTER))) as archive:
        kinds = archive.read("[Content_Types].xml").decode()
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                assert f'PartName="/{name}"' in kinds


def test_a_paper_without_a_mark_begins_with_its_title_and_has_no_red_line() -> None:
    bare = replace(PLAIN, mark="", number="", issuer="", dated=None)
    document = read(bare)
    first = document.paragraphs[0]
    assert "".join(first.text.split()) == "".join(bare.title.split())
    assert "FF0000" not in document.element.xml


def test_a_signature_is_kept_with_the_text_above_it() -> None:
    signed = replace(PLAIN, attachments=(), enclosure=None)
    paragraphs = read(signed).paragraphs
    place = next(i for i, each in enumerate(paragraphs) if each.text == signed.signature)
    last = max(i for i in range(place) if paragraphs[i].text)
    assert all(each.paragraph_format.keep_with_next for each in paragraphs[last : place + 1])


def test_a_story_begins_at_the_top_of_its_cell_and_may_go_on_overleaf() -> None:
    rows = (
        Row(cells=(Cell(text="经过", is_label=True), Cell(text="逢集日占道停车。", is_prose=True))),
        Row(cells=(Cell(text="地点", is_label=True), Cell(text="镇政府"))),
    )
    form = FormPaper(title="登记表", parts=(Grid(widths=(1, 5), rows=rows),))
    document = read(form)
    story = document.tables[0].rows[0].cells[1]
    assert story.paragraphs[0].paragraph_format.first_line_indent
    told, field = document.element.xml.split("<w:tr>")[1:3]
    assert 'w:vAlign w:val="top"' in told
    assert 'w:vAlign w:val="top"' not in field
    assert "cantSplit" not in told
    assert "cantSplit" in field


def test_a_crowded_ledger_is_set_smaller_so_that_no_date_is_broken() -> None:
    def size(columns: int) -> float:
        row = Row(cells=(Cell(text="2026.11.23", align=Align.CENTRE),) * columns)
        grid = Grid(widths=(1,) * columns, rows=(row,))
        document = read(FormPaper(title="台账", parts=(grid,)))
        font = document.tables[0].rows[0].cells[0].paragraphs[0].runs[0].font.size
        assert font is not None
        return float(font.pt)

    assert size(4) == 12
    assert size(8) < 12


def test_a_wall_sheet_is_set_as_large_as_it_fits() -> None:
    def size(lines: int) -> float:
        text = "\n".join(["围绕中心工作和群众关切征集议题，制定并落实年度协商计划。"] * lines)
        font = (
            read(WallPaper(title="工作职责", parts=(Paragraph(text=text),))).paragraphs[1].runs[0]
        )
        assert font.font.size is not None
        return float(font.font.size.pt)

    assert size(8) > size(20) > size(60) >= 12


def test_a_label_is_broken_by_sense_in_a_narrow_column() -> None:
    labels = tuple(
        Cell(text=text, is_label=True) for text in ("调研时间", "牵头领导", "村（社区）")
    )
    form = FormPaper(
        title="计划表", parts=(Grid(widths=(1.6, 1.6, 2, 12), rows=(Row(cells=labels),)),)
    )
    table = read(form).tables[0]
    texts = [table.cell(0, column).text for column in range(3)]
    assert texts == ["调研\n时间", "牵头\n领导", "村\n（社区）"]


def test_the_levels_of_a_text_between_grids_stand_in_their_fonts() -> None:
    lines = ("一、基本情况", "（一）车速快。最高78km/h。", "1.设置减速带。")
    form = FormPaper(title="信息", parts=tuple(Paragraph(text=each) for each in lines))
    shown = [
        [(one.text, one.font.name) for one in each.runs]
        for each in read(form).paragraphs
        if each.text in lines
    ]
    assert shown == [
        [("一、基本情况", "黑体")],
        [("（一）车速快。", "楷体"), ("最高78km/h。", "仿宋")],
        [("1.设置减速带。", "仿宋")],
    ]


def test_what_hangs_on_a_wall_has_no_page_number() -> None:
    wall = WallPaper(title="工作职责", parts=(Paragraph(text="做好工作。"),))
    for paper, count in ((wall, 0), (FormPaper(title="表", parts=wall.parts), 1)):
        names = [each.tag for each in read(paper).sections[0]._sectPr]  # noqa: SLF001
        assert names.count(qn("w:footerReference")) == 2 * count


def test_a_title_does_not_touch_the_table_under_it() -> None:
    grid = Grid(widths=(1,), rows=(Row(cells=(Cell(text="姓名"),)),))
    for form in (
        FormPaper(title="回执", parts=(grid,)),
        FormPaper(title="表", parts=(grid,), over_left="编号"),
    ):
        first = read(form).paragraphs[0 if not form.over_left else 1]
        assert first.paragraph_format.space_after is not None
        assert first.paragraph_format.space_after.pt >= 4


def sizes_in(form: FormPaper) -> set[float]:
    """Return the sizes of what stands in the tables of a form, pt."""
    document = read(form)
    return {
        one.font.size.pt
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for each in cell.paragraphs
        for one in each.runs
        if one.font.size is not None
    }


@pytest.mark.parametrize(("rows", "size"), [(10, 12), (16, 12), (18, 10.5), (22, 10.5), (60, 12)])
def test_a_form_is_set_smaller_where_a_little_would_run_over(rows: int, size: float) -> None:
    text = "在社区东侧的空地上建设集中充电棚，首批设置二十个充电位"
    row = Row(cells=(Cell(text="事项", is_label=True), Cell(text=text)), height=9)
    form = FormPaper(title="登记单", parts=(Grid(widths=(1, 3), rows=(row,) * rows),))
    assert sizes_in(form) == {size}
