"""Any paper as a PDF: the one door for the window, the command line and the packet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import OfficialPaper
from liaison_desk.exports.pdf.form import render_form
from liaison_desk.exports.pdf.official import render_official
from liaison_desk.exports.pdf.words import no_pictures

if TYPE_CHECKING:
    from liaison_desk.exports.content import FormPaper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper


def render(
    paper: OfficialPaper | FormPaper,
    fonts: FontBook,
    pictures: Pictures = no_pictures,
    *,
    mirrored: bool = False,
    archive: bool = False,
) -> RenderedPaper:
    """Lay out a paper of any kind; see `render_official` and `render_form`."""
    if isinstance(paper, OfficialPaper):
        return render_official(paper, fonts, pictures=pictures, mirrored=mirrored, archive=archive)
    return render_form(paper, fonts, pictures, mirrored=mirrored, archive=archive)
