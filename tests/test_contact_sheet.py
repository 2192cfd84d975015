"""The picture of all papers that the README shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageStat

from liaison_desk.exports.papers.registry import PAPERS
from tests.contact_sheet import Printer, Shown, contact_sheet, first_page, sample_desk
from tests.factory import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = SAMPLE.parent / "pictures" / "papers.png"
LARGEST = 600_000  # bytes


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """Every paper of the sample office."""
    folder: Path = tmp_path_factory.mktemp("样例")
    desk = sample_desk(folder)
    papers = list(Printer(desk).all())
    desk.database.close()
    return papers


def test_it_shows_every_paper_once(shown: list[Shown]) -> None:
    titles = [each.title for each in shown]
    assert len(titles) == len(set(titles)) == len(PAPERS) + 2
    assert {"协商纪要", "签到表", "席卡", "一会一档"} <= set(titles)


def test_no_paper_of_the_sample_office_is_empty(shown: list[Shown]) -> None:
    for each in shown:
        ink = 255 - ImageStat.Stat(first_page(each.pdf).convert("L")).mean[0]
        text = pypdfium2.PdfDocument(each.pdf)[0].get_textpage().get_text_range()
        assert ink > 3, each.title
        assert "还没有" not in text, each.title


def test_the_picture_in_the_readme_has_them_all(shown: list[Shown]) -> None:
    with Image.open(PICTURE) as picture:
        assert picture.size == contact_sheet(shown).size
    assert PICTURE.stat().st_size < LARGEST
