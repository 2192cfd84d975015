"""Official papers as the standard sets them: 纪要, 信函 and plain 公文 (GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from liaison_desk.exports.content import PaperStyle
from liaison_desk.exports.official_words import enclosure_label, printed_words
from liaison_desk.exports.pdf.breaking import name_ranges
from liaison_desk.exports.pdf.closing import set_closing
from liaison_desk.exports.pdf.drawing import Properties, finished
from liaison_desk.exports.pdf.flow import Block, flow, foot_page
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.form import lay_form
from liaison_desk.exports.pdf.form_layout import Head
from liaison_desk.exports.pdf.form_words import cleaned_form, form_parts
from liaison_desk.exports.pdf.grid import Column, Span, set_paragraph
from liaison_desk.exports.pdf.imprint import Imprint, set_imprint
from liaison_desk.exports.pdf.letterhead import fitted_line, put_head
from liaison_desk.exports.pdf.measures import (
    ATTENDANCE_GAP,
    LINES,
    TEXT_GAP,
    TEXT_WIDTH,
    TITLE_SIZE,
    row_top,
)
from liaison_desk.exports.pdf.page import Sheets
from liaison_desk.exports.pdf.paragraphs import set_names, set_text
from liaison_desk.exports.pdf.sheet import A4
from liaison_desk.exports.pdf.source import (
    SourcePart,
    chinese_date,
    refuse_missing,
)
from liaison_desk.exports.pdf.titles import break_title
from liaison_desk.exports.pdf.words import no_pictures

if TYPE_CHECKING:
    from liaison_desk.exports.content import NameList, OfficialPaper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper

PART_NAMES = {
    "mark": "标志",
    "number": "文号",
    "issuer": "机关",
    "title": "标题",
    "main_to": "主送",
    "body": "正文",
    "attachments": "附件",
    "signature": "署名",
    "note": "附注",
    "copies": "抄送",
    "printed_by": "印发机关",
}


def render_official(
    paper: OfficialPaper,
    fonts: FontBook,
    *,
    pictures: Pictures = no_pictures,
    mirrored: bool = False,
    archive: bool = False,
) -> RenderedPaper:
    """Lay the paper out and return it as a PDF; the same input gives the same bytes.

    Args:
        paper: its words.
        fonts: the fonts.
        pictures: gives the photos of its enclosure.
        mirrored: whether even pages have the margin for binding at the right.
        archive: whether the file is made for keeping (PDF/A-2b).

    Raises:
        CannotPrint: a character is in no font; it names each and where it stands.
        FontsIncomplete: the program's own fonts are missing.
    """
    paper = printed_words(paper)
    parts = _parts(paper)
    if paper.enclosure:
        form = cleaned_form(paper.enclosure)
        paper = replace(paper, enclosure=form)
        parts += form_parts(form)
    refuse_missing(parts, fonts)
    sheets = Sheets(mirrored=mirrored)
    _lay(sheets, paper, fonts, pictures)
    is_letter = paper.style is PaperStyle.LETTER
    sheets.put_page_numbers(fonts, first=2 if is_letter else 1)  # 10.1
    title = "".join(paper.title.split("\n")) or paper.mark
    day = paper.dated or paper.signed_on
    properties = Properties(title, paper.issuer or paper.signature, day)
    return finished(sheets, properties, archive=archive)


def _parts(paper: OfficialPaper) -> list[SourcePart]:
    """Return every text of the paper, paragraph by paragraph, as the clerk knows it."""
    texts = [
        (name, title, value if isinstance(value, tuple) else value.split("\n"))
        for name, title in PART_NAMES.items()
        for value in [getattr(paper, name)]
    ]
    texts += [(_part_of(each), each.label, each.names.split("\n")) for each in paper.name_lists]
    parts: list[SourcePart] = []
    for name, title, paragraphs in texts:
        for number, text in enumerate(paragraphs):
            place = f"{title}第{number + 1}段" if len(paragraphs) > 1 else title
            parts.append(SourcePart(name, number, place, text))
    parts += [SourcePart(_part_of(each), 0, each.label, each.label) for each in paper.name_lists]
    return parts


def _part_of(names: NameList) -> str:
    """Return the part that a list of names is: its field, or else its label."""
    return (names.source and names.source.field) or names.label


def _lay(sheets: Sheets, paper: OfficialPaper, fonts: FontBook, pictures: Pictures) -> None:
    """Draw the paper and the form behind it; the 版记 stands at the end of all (7.4.1)."""
    first_row = put_head(sheets, paper, fonts)
    blocks = _blocks(paper, fonts)
    imprint = _set_imprint(paper, fonts)
    foot = 0 if paper.enclosure else imprint.rows
    rows = flow(blocks, first_row, foot)
    sheets.put_blocks(blocks, rows)
    page = foot_page(blocks, rows, foot)
    if paper.enclosure:
        label = enclosure_label(paper)
        head = Head(label) if label else None
        page, bottom = lay_form(sheets, page + 1, paper.enclosure, fonts, pictures, head)
        if sheets.pages[page].sheet is not A4 or bottom > row_top(LINES.count - imprint.rows):
            sheets.use(A4)
            page += 1
    if imprint.rows:
        imprint.put(sheets, page)


def _set_imprint(paper: OfficialPaper, fonts: FontBook) -> Imprint:
    """Set the 版记; that of 信函 has no rules (10.1)."""
    is_ruled = paper.style is not PaperStyle.LETTER
    printed = chinese_date(paper.printed_on)
    return set_imprint(paper.copies, paper.printed_by, printed, fonts, is_ruled=is_ruled)


def _blocks(paper: OfficialPaper, fonts: FontBook) -> list[Block]:
    """Return everything that flows down the grid, from the title to the attendance."""
    blocks = _set_title(paper, fonts)
    body = _set_main_to(paper, fonts)
    body += set_text("body", paper.body, fonts, paper.sources.get("body"))
    body += set_closing(paper, fonts)
    space = ATTENDANCE_GAP.count
    for each in paper.name_lists:
        names = set_names(_part_of(each), each, space, fonts)
        body += names
        space = 0 if names else space
    if body and blocks:
        body[0] = replace(body[0], space_before=TEXT_GAP.count)
    return blocks + body


def _set_title(paper: OfficialPaper, fonts: FontBook) -> list[Block]:
    """Set the title in 2号小标宋, centred (7.3.1)."""
    size = TITLE_SIZE.value
    texts = break_title(paper.title, TEXT_WIDTH.pt / size)
    lines = tuple(fitted_line(text, Role.TITLE, size, TEXT_WIDTH.pt, fonts) for text in texts)
    source = paper.sources.get("title")
    block = Block(lines=lines, part="title", source=source, size=size, centred=True)
    return [block] if lines else []


def _set_main_to(paper: OfficialPaper, fonts: FontBook) -> list[Block]:
    """Set 主送机关: flush left, turn lines too, with a full-width colon (7.3.2)."""
    text = paper.main_to
    if not text:
        return []
    lines = tuple(set_paragraph([Span(text)], Column(), fonts, name_ranges(text)))
    source = paper.sources.get("main_to")
    return [Block(lines=lines, part="main_to", source=source, keep_with_next=True)]
