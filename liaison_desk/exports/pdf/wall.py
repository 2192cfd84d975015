"""What hangs on a wall: one sheet, its type as large as its words allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align, FormPaper, Paragraph
from liaison_desk.exports.pdf.drawing import Properties, finished
from liaison_desk.exports.pdf.form_layout import FormLayout
from liaison_desk.exports.pdf.form_words import cleaned_form, form_parts
from liaison_desk.exports.pdf.measures import WALL_SIZES
from liaison_desk.exports.pdf.page import Sheets
from liaison_desk.exports.pdf.pen import Pen
from liaison_desk.exports.pdf.sheet import sheet_of
from liaison_desk.exports.pdf.source import refuse_missing
from liaison_desk.exports.pdf.words import no_pictures

if TYPE_CHECKING:
    from liaison_desk.exports.content import WallPaper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper

TITLE_OVER_TEXT = 1.8  # how much larger the title is


def render_wall(
    paper: WallPaper,
    fonts: FontBook,
    pictures: Pictures = no_pictures,
    *,
    archive: bool = False,
) -> RenderedPaper:
    """Lay a wall sheet out; words that are too many even in the smallest size run over.

    Raises:
        CannotPrint: a character is in no font.
        FontsIncomplete: the program's own fonts are missing.
    """
    form = cleaned_form(_form_of(paper))
    refuse_missing(form_parts(form), fonts)
    for size in WALL_SIZES:
        sheets = Sheets(sheet_of(form))
        pen = Pen(sheets, 0, sheet_of(form))
        FormLayout(pen, form, fonts, pictures, size.pt, size.pt * TITLE_OVER_TEXT).put(None)
        if len(sheets.pages) == 1:
            break
    return finished(sheets, Properties(form.title, paper.foot), archive=archive)


def _form_of(paper: WallPaper) -> FormPaper:
    """Return the sheet as a form whose last paragraph is the office's name."""
    foot = (Paragraph(text=paper.foot, align=Align.CENTRE),) if paper.foot else ()
    return FormPaper(
        title=paper.title,
        parts=(*paper.parts, *foot),
        size=paper.size,
        is_landscape=paper.is_landscape,
        is_public=paper.is_public,
    )
