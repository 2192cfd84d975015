"""Any paper as a PDF: the one door for the window, the command line and the packet."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from liaison_desk.exports.content import (
    ArchiveStamps,
    FormPaper,
    NamePlates,
    OfficialPaper,
    WallPaper,
)
from liaison_desk.exports.pdf.form import render_form
from liaison_desk.exports.pdf.official import render_official
from liaison_desk.exports.pdf.plates import render_plates
from liaison_desk.exports.pdf.stamps import render_stamps
from liaison_desk.exports.pdf.wall import render_wall
from liaison_desk.exports.pdf.words import no_pictures

if TYPE_CHECKING:
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper


def render(
    paper: Paper,
    fonts: FontBook,
    pictures: Pictures = no_pictures,
    *,
    mirrored: bool = False,
    archive: bool = False,
) -> RenderedPaper:
    """Lay out a paper of any kind and return it as a PDF.

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
    match paper:
        case OfficialPaper():
            return render_official(
                paper, fonts, pictures=pictures, mirrored=mirrored, archive=archive
            )
        case FormPaper():
            return render_form(paper, fonts, pictures, mirrored=mirrored, archive=archive)
        case WallPaper():
            return render_wall(paper, fonts, pictures, archive=archive)
        case NamePlates():
            return render_plates(paper, fonts, archive=archive)
        case ArchiveStamps():
            return render_stamps(paper, fonts, archive=archive)
    assert_never(paper)
