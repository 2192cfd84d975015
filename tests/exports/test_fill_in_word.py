"""The county's own Word file, filled in: its looks, tables, heads, feet and boxes stay."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from tests import factory
from tests.exports.own_forms import filled, meeting_with, part, with_parts, word

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

    from liaison_desk.services.desk import Desk

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "word/document.xml"


def saved(document: WordDocument, folder: Path) -> Path:
    """A document on the disk."""
    path = folder / "表.docx"
    document.save(str(path))
    return path


def table_form() -> WordDocument:
    """A form with a title and a table of agreed matters."""
    document = Document()
    document.add_paragraph("{{会议.名称}}共识清单")
    table = document.add_table(3, 4)
    for cell, text in zip(table.rows[0].cells, ("序号", "事项", "单位", "时限"), strict=True):
        cell.text = text
    names = ("序号", "共识事项.事项", "共识事项.责任单位", "共识事项.时限")
    for cell, text in zip(table.rows[1].cells, names, strict=True):
        cell.text = f"{{{{{text}}}}}"
    table.rows[2].cells[1].text = "共{{共识事项.条数}}项"
    return document


def rows(document: WordDocument) -> list[list[str]]:
    """The texts of the first table."""
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


@pytest.mark.parametrize("count", [0, 1, 2, 200])
def test_a_row_of_a_table_is_written_once_for_each_matter(
    desk: Desk, tmp_path: Path, count: int
) -> None:
    form = filled(desk, meeting_with(desk, count), saved(table_form(), tmp_path))
    read = word(form)
    assert read.paragraphs[0].text == "桥口村停车难专题协商会共识清单"
    agency, day = "镇农业综合服务站", "2026年3月31日"
    wanted = [[f"{n}", f"事项{n}", agency, day] for n in range(1, count + 1)] or [[""] * 4]
    assert rows(read)[1:-1] == wanted
    assert rows(read)[-1][1] == f"共{count}项"
    assert form.unknown == ()


def test_a_name_over_several_runs_is_found_and_takes_the_look_of_the_first(
    desk: Desk, tmp_path: Path
) -> None:
    document = Document()
    paragraph = document.add_paragraph("关于")
    for number, text in enumerate(("{", "{会议", ".名", "称}", "}的通知")):
        run = paragraph.add_run(text)
        run.bold = number == 0
        run.font.size = Pt(16)
    read = word(filled(desk, meeting_with(desk, 0), saved(document, tmp_path))).paragraphs[0]
    assert read.text == "关于桥口村停车难专题协商会的通知"
    assert [run.text for run in read.runs if run.bold] == ["桥口村停车难专题协商会"]


def test_heads_feet_notes_and_text_boxes_are_filled(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{本室.名称}}"
    document.sections[0].footer.paragraphs[0].text = "{{今天}}印"
    box = (
        f'<w:r {NS} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>地点：{{会议</w:t></w:r><w:r><w:t>.地点}}</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph = document.add_paragraph("外面：{{会议.名称}}")
    paragraph._p.append(parse_xml(box))  # noqa: SLF001  # how its makers tell to do it
    form = filled(desk, meeting_with(desk, 0), saved(document, tmp_path))
    read = word(form)
    assert read.sections[0].header.paragraphs[0].text == "柳河镇政协联络组"
    assert read.sections[0].footer.paragraphs[0].text == "2026年3月9日印"
    xml = part(form.content, MAIN).decode()
    assert "外面：桥口村停车难专题协商会" in xml
    assert re.sub(r"<[^>]*>", "", xml).count("地点：镇政府三楼会议室") == 1


def test_a_paragraph_of_a_list_is_repeated_with_its_look(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("前")
    document.add_paragraph("{{序号}}. {{共识事项.事项}}（{{会议.地点}}）", style="List Bullet")
    document.add_paragraph("后")
    read = word(filled(desk, meeting_with(desk, 2), saved(document, tmp_path)))
    assert [each.text for each in read.paragraphs] == [
        "前",
        "1. 事项1（镇政府三楼会议室）",
        "2. 事项2（镇政府三楼会议室）",
        "后",
    ]
    assert [each.style.name for each in read.paragraphs if each.style][1:3] == ["List Bullet"] * 2


def test_a_text_of_several_paragraphs_becomes_paragraphs_of_the_same_look(
    desk: Desk, tmp_path: Path
) -> None:
    held = meeting_with(desk, 0)
    factory.minutes(desk, held, body="一、甲。\n二、乙。\n三、丙。")
    document = Document()
    paragraph = document.add_paragraph("正文：{{纪要.正文}}完")
    paragraph.paragraph_format.first_line_indent = Pt(32)
    read = word(filled(desk, held, saved(document, tmp_path)))
    assert [each.text for each in read.paragraphs] == ["正文：一、甲。", "二、乙。", "三、丙。完"]
    indents = {each.paragraph_format.first_line_indent for each in read.paragraphs}
    assert indents == {Pt(32)}


def test_blanks_that_stand_for_an_indent_begin_every_paragraph(desk: Desk, tmp_path: Path) -> None:
    held = meeting_with(desk, 0)
    factory.minutes(desk, held, body="一、甲。\n二、乙。")
    document = Document()
    document.add_paragraph("　　").add_run("{{纪要.正文}}")
    read = word(filled(desk, held, saved(document, tmp_path)))
    assert [each.text for each in read.paragraphs] == ["　　一、甲。", "　　二、乙。"]


def test_lines_beside_what_cannot_be_doubled_are_parted_by_breaks(
    desk: Desk, tmp_path: Path
) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run().add_tab()
    paragraph.add_run("{{全部共识事项.事项}}")
    read = word(filled(desk, meeting_with(desk, 2), saved(document, tmp_path)))
    assert [each.text for each in read.paragraphs] == ["\t事项1\n事项2"]


def test_a_label_over_the_rows_goes_on_beside_each(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "共识"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).text = "{{共识事项.事项}}"
    table.cell(1, 1).text = "以上"
    form = filled(desk, meeting_with(desk, 3), saved(document, tmp_path))
    assert rows(word(form)) == [["共识", f"事项{n}"] for n in (1, 2, 3)] + [["共识", "以上"]]
    xml = part(form.content, MAIN).decode()
    assert xml.count('w:vMerge w:val="restart"') == 1


def test_rows_under_one_number_are_one_entry(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 3)
    for row, (label, name) in enumerate((("事项", "共识事项.事项"), ("时限", "共识事项.时限"))):
        table.cell(row, 1).text, table.cell(row, 2).text = label, f"{{{{{name}}}}}"
    table.cell(0, 0).text = "{{序号}}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).text = "完"
    read = word(filled(desk, meeting_with(desk, 2), saved(document, tmp_path)))
    assert rows(read) == [
        ["1", "事项", "事项1"],
        ["1", "时限", "2026年3月31日"],
        ["2", "事项", "事项2"],
        ["2", "时限", "2026年3月31日"],
        ["完", "", ""],
    ]


def test_marks_that_must_be_of_one_number_are_not_doubled(desk: Desk, tmp_path: Path) -> None:
    document = table_form()
    cell = document.tables[0].rows[1].cells[1].paragraphs[0]
    for tag in ("bookmarkStart", "bookmarkEnd"):
        mark = parse_xml(f'<w:{tag} {NS} w:id="7" w:name="签"/>')
        cell._p.append(mark)  # noqa: SLF001  # how its makers tell to do it
    form = filled(desk, meeting_with(desk, 3), saved(document, tmp_path))
    xml = part(form.content, MAIN)
    assert (xml.count(b"w:bookmarkStart"), xml.count(b"w:bookmarkEnd")) == (1, 1)


def test_fonts_widths_merges_and_the_set_up_of_the_page_are_kept(
    desk: Desk, tmp_path: Path
) -> None:
    document = table_form()
    section = document.sections[0]
    section.orientation, section.page_width, section.left_margin = (
        WD_ORIENT.LANDSCAPE, Mm(297), Mm(28),
    )  # fmt: skip
    run = document.tables[0].rows[1].cells[1].paragraphs[0].runs[0]
    run.font.name, run.font.size, run.italic = "FangSong", Pt(14), True
    document.tables[0].columns[1].cells[1].width = Mm(80)
    document.tables[0].rows[2].cells[1].merge(document.tables[0].rows[2].cells[3])
    read = word(filled(desk, meeting_with(desk, 2), saved(document, tmp_path)))
    assert read.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert read.sections[0].left_margin == pytest.approx(Mm(28), abs=700)
    for row in read.tables[0].rows[1:3]:
        kept = row.cells[1].paragraphs[0].runs[0]
        assert (kept.font.name, kept.font.size, kept.italic) == ("FangSong", Pt(14), True)
        assert row.cells[1].width == pytest.approx(Mm(80), abs=700)
    last = read.tables[0].rows[3]
    assert last.cells[1]._tc is last.cells[3]._tc  # noqa: SLF001  # one and the same cell


def test_braces_and_marks_of_xml_in_a_record_stay_words(desk: Desk, tmp_path: Path) -> None:
    held = factory.meeting(desk, "甲 & <乙> {{会议.地点}}")
    factory.consensus(desk, held, "{{会议.名称}}]]>")
    form = filled(desk, held, saved(table_form(), tmp_path))
    read = word(form)
    assert read.paragraphs[0].text == "甲 & <乙> {{会议.地点}}共识清单"
    assert rows(read)[1][1] == "{{会议.名称}}]]>"


def test_a_name_that_means_nothing_stands_as_it_stood_and_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    document = table_form()
    document.add_paragraph("{{会议.名字}}，{{会议.地点}}")
    document.tables[0].rows[1].cells[2].text = "｛｛共识事项.谁｝｝"
    form = filled(desk, meeting_with(desk, 2), saved(document, tmp_path))
    assert set(form.unknown) == {"会议.名字", "共识事项.谁"}
    assert word(form).paragraphs[-1].text == "{{会议.名字}}，镇政府三楼会议室"
    assert rows(word(form))[1][2] == "｛｛共识事项.谁｝｝"


def test_parts_without_names_are_byte_for_byte_what_they_were(desk: Desk, tmp_path: Path) -> None:
    path = with_parts(saved(table_form(), tmp_path), {"customXml/item9.xml": b"<a  b='1'/>"})
    form = filled(desk, meeting_with(desk, 1), path)
    for name in ("word/styles.xml", "customXml/item9.xml", "[Content_Types].xml"):
        assert part(form.content, name) == part(path.read_bytes(), name)


def test_libreoffice_shows_the_filled_form(desk: Desk, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    form = filled(desk, meeting_with(desk, 60), saved(table_form(), tmp_path))
    path = tmp_path / "填好.docx"
    path.write_bytes(form.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(path)], check=True, capture_output=True)
    pages = pypdfium2.PdfDocument(tmp_path / "填好.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "桥口村停车难专题协商会共识清单" in text
    assert "事项60" in text.replace(" ", "")
    assert "{{" not in text
