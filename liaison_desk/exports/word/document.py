"""A paper as a Word file: the one door of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import FormPaper, OfficialPaper, WallPaper
from liaison_desk.exports.official_words import printed_words
from liaison_desk.exports.pdf.source import one_line
from liaison_desk.exports.pdf.words import no_pictures
from liaison_desk.exports.word.forms import form_section, put_form
from liaison_desk.exports.word.official import write_official
from liaison_desk.exports.word.package import About, pack
from liaison_desk.exports.word.story import Story

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.words import Pictures

WordPaper = OfficialPaper | FormPaper | WallPaper
"""What can be had as a Word file; 席卡 and 归档章 are drawn and only printed."""


def render_docx(paper: WordPaper, pictures: Pictures = no_pictures) -> bytes:
    """Write a paper as a .docx; the same input gives the same bytes.

    Args:
        paper: its words.
        pictures: gives its photos.
    """
    title = one_line(paper.title)
    if isinstance(paper, OfficialPaper):
        about = About(title or paper.mark, paper.issuer or paper.signature, paper.mark)
        return pack(write_official(printed_words(paper), pictures), about)
    story = Story()
    story.begin(form_section(paper))
    put_form(story, paper, pictures)
    return pack(story, About(title, paper.author))
