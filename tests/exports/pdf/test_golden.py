"""Every kind of page looks as it did when it was last looked at; see `golden_pictures`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.content import (
    Align,
    ArchiveStamp,
    ArchiveStamps,
    NamePlate,
    NamePlates,
    Paragraph,
    WallPaper,
)
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from tests.exports.pdf.golden_pictures import MOST, difference, kept, picture, renew
from tests.exports.pdf.papers import LETTER, PLAIN, REGISTER, SLIP, SUMMARY, USUAL, ledger, minutes

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.exports.content import Paper

WALL = WallPaper(
    title="委员权利和义务",
    parts=(
        Paragraph(text=f"一、委员的权利\n（一）知情权。{SUMMARY}\n（二）参与权。{SUMMARY}"),
        Paragraph(text="柳河镇政协联络组", align=Align.RIGHT),
    ),
)
PLATES = NamePlates(
    title="席卡",
    plates=tuple(NamePlate(name=name) for name in ("李䶮", "赵建国", "阿卜杜热合曼·吾布力卡斯木")),
)
STAMPS = ArchiveStamps(
    title="归档章",
    stamps=(
        ("协商纪要", ArchiveStamp(fonds="X043", year="2026", number="0001", retention="永久")),
    ),
)
PAPERS: dict[str, Paper] = {
    "minutes": USUAL,
    "letter": replace(LETTER, attachments=("参会回执",), enclosure=SLIP),
    "plain": PLAIN,
    "register": REGISTER,
    "ledger": ledger(30),
    "wall": WALL,
    "plates": PLATES,
    "stamps": STAMPS,
}


def pdfs() -> dict[str, bytes]:
    """Print every paper that a picture is kept of."""
    book = FontBook(bundled_only=True)
    return {name: render(paper, book).pdf for name, paper in PAPERS.items()}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_looks_as_it_did(name: str, fonts: FontBook) -> None:
    before = kept(name)
    assert before is not None
    assert difference(picture(render(PAPERS[name], fonts).pdf), before) <= MOST


def test_a_page_that_looks_otherwise_is_seen_and_can_be_kept(
    fonts: FontBook, tmp_path: Path
) -> None:
    pdf = {"minutes": render(USUAL, fonts).pdf}
    other = {"minutes": render(minutes(title="关于饮水安全的纪要"), fonts).pdf}
    assert renew(pdf, tmp_path) == ["minutes"]
    assert renew(pdf, tmp_path) == []
    before = kept("minutes", tmp_path)
    assert before is not None
    assert difference(picture(other["minutes"]), before) > MOST
    assert renew(other, tmp_path) == ["minutes"]
