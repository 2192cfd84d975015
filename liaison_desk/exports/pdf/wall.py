"""What hangs on a wall: one sheet, its type as large as its words allow."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align, FormPaper, Paragraph, Photos
from liaison_desk.exports.pdf.drawing import Properties, finished
from liaison_desk.exports.pdf.form_layout import FormLayout
from liaison_desk.exports.pdf.form_size import roomy_sizes
from liaison_desk.exports.pdf.form_words import cleaned_form, form_parts
from liaison_desk.exports.pdf.measures import WALL_SIZES
from liaison_desk.exports.pdf.page import Sheets
from liaison_desk.exports.pdf.pen import Pen
from liaison_desk.exports.pdf.photos import prints_of
from liaison_desk.exports.pdf.sheet import sheet_of
from liaison_desk.exports.pdf.source import refuse_missing
from liaison_desk.exports.pdf.titles import width_of
from liaison_desk.exports.pdf.words import no_pictures

if TYPE_CHECKING:
    from liaison_desk.exports.content import WallPaper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper

TITLE_OVER_TEXT = 1.8  # how much larger the title is
MOST_OF_CAPTIONS = 22.0  # pt, under photos
HIGHER = 0.35  # of the white that is left stands over the title, the rest under the foot
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
    prints = prints_of(pictures)

    def laid(size: float, leading: float, down: float = 0.0) -> Pen:
        pen = Pen(Sheets(sheet_of(form)), 0, sheet_of(form))
        pen.y += down
        title = size * TITLE_OVER_TEXT
        return FormLayout(pen, form, fonts, prints, size, title, leading).put(None)

    def fits(size: float, leading: float = LEADINGS[-1]) -> bool:
        return laid(size, leading).number == 0

    sizes = _sizes_for(form, paper.foot)
    size = next(filter(fits, sizes), sizes[-1])
    leading = next((each for each in LEADINGS if fits(size, each)), LEADINGS[-1])
    pen = laid(size, leading)
    lower = laid(size, leading, max(0.0, pen.room) * HIGHER)
    sheets = pen.sheets if lower.number else lower.sheets
    return finished(
        sheets, Properties("".join(form.title.split("\n")), paper.author), archive=archive
    )


def _sizes_for(form: FormPaper, foot: str) -> list[float]:
    """Return the sizes to be tried: what stands in grids is not crowded, the foot takes a line."""
    width = sheet_of(form).text_width
    most = MOST_OF_CAPTIONS if any(isinstance(e, Photos) for e in form.parts) else inf
    most = min(most, width / max(1.0, width_of(foot)))
    sizes = [each.pt for each in WALL_SIZES if each.pt <= most]
    return roomy_sizes(form, width, sizes or [WALL_SIZES[-1].pt])


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
