"""Every paper comes out of the printer: its pages can be made and hold its words."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image

from liaison_desk.exports.content import SheetSize
from liaison_desk.exports.papers.registry import PAPERS, PaperKind
from liaison_desk.exports.papers.texts import texts_of
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from tests.exports.papers.story import OPTIONS, Story

if TYPE_CHECKING:
    from liaison_desk.exports.content import Paper
    from liaison_desk.services.desk import Desk

ONE_PAGE = (
    "sign_in", "handover_sheet", "reply_form", "rating_blank", "outcome_sheet", "agenda",
    "packet_sheet",
)  # fmt: skip


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    """The bundled fonts alone, so that every computer prints alike."""
    return FontBook(bundled_only=True)


def photo(sha256: str) -> bytes:
    """A picture for any attachment."""
    made = io.BytesIO()
    Image.new("RGB", (400, 300), (200, 80, 80)).save(made, "JPEG")
    return made.getvalue()


def printed(paper: Paper, fonts: FontBook) -> str:
    """The words on all pages, without blanks and page numbers."""
    document = pypdfium2.PdfDocument(render(paper, fonts, photo).pdf)
    pages = (plain(page.get_textpage().get_text_range()) for page in document)
    return "".join(re.sub(r"—\d+—", "", page) for page in pages)


def plain(text: str) -> str:
    """A text without blanks, for they are places and not words on paper."""
    return re.sub(r"[\s\ufffe]", "", text)


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)
def test_every_word_of_a_paper_is_on_its_pages(
    desk: Desk, story: Story, kind: PaperKind, fonts: FontBook
) -> None:
    office = desk.office
    assert office is not None
    options = replace(OPTIONS, show_phones_on_wall=True)
    paper = kind.papers(desk, office, story.record(kind.of), options)[0]
    on_paper = printed(paper, fonts)
    lines = [plain(line) for text, _ in texts_of(paper) for line in text.split("\n")]
    assert [line for line in lines if line not in on_paper] == []


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)
def test_a_file_says_what_it_is_whose_it_is_and_which_fonts_it_has(
    desk: Desk, story: Story, kind: PaperKind, fonts: FontBook
) -> None:
    office = desk.office
    assert office is not None
    paper = kind.papers(desk, office, story.record(kind.of), OPTIONS)[0]
    told = pypdfium2.PdfDocument(render(paper, fonts, photo).pdf).get_metadata_dict()
    assert told["Title"] == "".join(paper.title.split("\n"))
    assert told["Author"] == office.name
    assert "小标宋" in told["Subject"] or "仿宋" in told["Subject"]
    assert told["Creator"] == "协商联络台"


@pytest.mark.parametrize("kind", [e for e in PAPERS if e.of], ids=lambda kind: kind.key)
def test_an_empty_form_can_be_printed(desk: Desk, kind: PaperKind, fonts: FontBook) -> None:
    office = desk.office
    assert office is not None
    for paper in kind.papers(desk, office, None, OPTIONS):
        assert render(paper, fonts).pages >= 1


@pytest.mark.parametrize("key", ONE_PAGE)
def test_a_usual_form_takes_one_page(desk: Desk, story: Story, key: str, fonts: FontBook) -> None:
    office = desk.office
    assert office is not None
    kind = next(each for each in PAPERS if each.key == key)
    paper = kind.papers(desk, office, story.record(kind.of), OPTIONS)[0]
    assert render(paper, fonts, photo).pages == 1


@pytest.mark.parametrize("kind", [e for e in PAPERS if e.is_public], ids=lambda kind: kind.key)
def test_a_wall_sheet_is_one_sheet_in_both_sizes(
    desk: Desk, story: Story, kind: PaperKind, fonts: FontBook
) -> None:
    office = desk.office
    assert office is not None
    for size, sides in ((SheetSize.A3, (842, 1191)), (SheetSize.A4, (595, 842))):
        (paper,) = kind.papers(desk, office, None, replace(OPTIONS, size=size))
        made = render(paper, fonts, photo)
        width, height = pypdfium2.PdfDocument(made.pdf)[0].get_size()
        assert made.pages == 1
        assert sorted((round(width), round(height))) == list(sides)
