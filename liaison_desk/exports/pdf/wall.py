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
LEADINGS = (2.5, 2.3, 2.1, 1.9, 1.75, 1.6)  # em: lines stand as far apart as the sheet allows


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

    def laid(size: float, leading: float) -> Sheets:
        sheets = Sheets(sheet_of(form))
        pen = Pen(sheets, 0, sheet_of(form))
        title = size * TITLE_OVER_TEXT
        FormLayout(pen, form, fonts, pictures, size, title, leading).put(None)
        return sheets

    def fits(size: float, leading: float = LEADINGS[-1]) -> bool:
        return len(laid(size, leading).pages) == 1

    size = next((each.pt for each in WALL_SIZES if fits(each.pt)), WALL_SIZES[-1].pt)
    leading = next((each for each in LEADINGS if fits(size, each)), LEADINGS[-1])
    sheets = laid(size, leading)
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
