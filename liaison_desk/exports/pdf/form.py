"""The office's own forms: a title, grids, paragraphs and photos, in one size of type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.drawing import Properties, finished
from liaison_desk.exports.pdf.form_layout import FormLayout, Head
from liaison_desk.exports.pdf.form_size import size_for
from liaison_desk.exports.pdf.form_words import cleaned_form, form_parts
from liaison_desk.exports.pdf.page import Sheets
from liaison_desk.exports.pdf.pen import Pen
from liaison_desk.exports.pdf.photos import prints_of
from liaison_desk.exports.pdf.sheet import sheet_of
from liaison_desk.exports.pdf.source import refuse_missing
from liaison_desk.exports.pdf.words import no_pictures

if TYPE_CHECKING:
    from liaison_desk.exports.content import FormPaper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper


def render_form(
    paper: FormPaper,
    fonts: FontBook,
    pictures: Pictures = no_pictures,
    *,
    mirrored: bool = False,
    archive: bool = False,
) -> RenderedPaper:
    """Lay the form out and return it as a PDF; the same input gives the same bytes.

    Pages are numbered when there are several, but never on a wall.

    Args:
        paper: its words.
        fonts: the fonts.
        pictures: gives the photos.
        mirrored: whether even pages have the margin for binding at their other edge.
        archive: whether the file is made for keeping (PDF/A-2b).

    Raises:
        CannotPrint: a character is in no font; it names each and where it stands.
        FontsIncomplete: the program's own fonts are missing.
    """
    paper = cleaned_form(paper)
    refuse_missing(form_parts(paper), fonts)
    sheets = Sheets(sheet_of(paper), mirrored=mirrored)
    lay_form(sheets, 0, paper, fonts, pictures)
    if len(sheets.pages) > 1 and not paper.is_public:
        sheets.put_page_numbers(fonts)
    properties = Properties("".join(paper.title.split("\n")), paper.author)
    return finished(sheets, properties, archive=archive)


def lay_form(
    sheets: Sheets,
    page: int,
    paper: FormPaper,
    fonts: FontBook,
    pictures: Pictures,
    head: Head | None = None,
) -> tuple[int, float]:
    """Draw a form that is cleaned and can be printed, beginning on a page of its own.

    Returns:
        The page it ends on, and the height on it down to which that is full, pt.
    """
    prints = prints_of(pictures)

    def measure(size: float) -> tuple[int, float]:
        trial = Sheets(sheet_of(paper))
        pen = FormLayout(Pen(trial, 0, sheet_of(paper)), paper, fonts, prints, size).put(head)
        return pen.number + 1, 1 - pen.room / pen.sheet.text_height

    size = size_for(paper, sheet_of(paper).text_width, measure)
    pen = FormLayout(Pen(sheets, page, sheet_of(paper)), paper, fonts, prints, size).put(head)
    return pen.number, pen.y
