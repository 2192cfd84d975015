"""Every paper of the office looks as it did when it was last looked at.

When a paper is meant to look otherwise, look at it, and then write the pictures anew with
`python -m tests.exports.papers.test_golden`.
"""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from liaison_desk.exports.papers.minutes import minutes_paper
from liaison_desk.exports.papers.registry import PAPERS, PaperKind
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from liaison_desk.services.desk import Desk
from liaison_desk.store.database import Database
from tests import factory
from tests.exports.papers.story import OPTIONS, Story, live
from tests.exports.pdf.golden_pictures import MOST, difference, kept, picture, renew

if TYPE_CHECKING:
    from liaison_desk.exports.content import Paper

FOLDER = Path(__file__).with_name("golden")


@cache
def photo(sha256: str) -> bytes:
    """A picture for any attachment: sky over a field."""
    made = Image.new("RGB", (800, 600), (150, 190, 230))
    made.paste((70, 120, 60), (0, 380, 800, 600))
    out = io.BytesIO()
    made.save(out, "JPEG")
    return out.getvalue()


def printed(desk: Desk, story: Story, kind: PaperKind, fonts: FontBook) -> bytes:
    """The first paper of a kind, printed."""
    assert desk.office is not None
    paper = kind.papers(desk, desk.office, story.record(kind.of), OPTIONS)[0]
    return render(paper, fonts, photo).pdf


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook(bundled_only=True)


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)
def test_a_paper_of_the_office_looks_as_it_did(
    desk: Desk, story: Story, kind: PaperKind, fonts: FontBook
) -> None:
    before = kept(kind.key, FOLDER)
    assert before is not None
    assert difference(picture(printed(desk, story, kind, fonts)), before) <= MOST


def test_the_minutes_look_as_they_did(story: Story, fonts: FontBook) -> None:
    paper: Paper = minutes_paper(story.minutes)
    before = kept("minutes", FOLDER)
    assert before is not None
    assert difference(picture(render(paper, fonts).pdf), before) <= MOST


def test_no_picture_is_kept_of_a_paper_that_is_gone() -> None:
    names = {each.stem for each in FOLDER.glob("*.png")}
    assert names == {"minutes", *(each.key for each in PAPERS)}


def main() -> None:
    """Write the pictures of papers that look otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        opened = Database.open(Path(folder) / "资料.db")
        desk = Desk(opened, operator="李文书", now=factory.Clock())
        desk.set_up(factory.office())
        story, fonts = live(desk), FontBook(bundled_only=True)
        pdfs = {each.key: printed(desk, story, each, fonts) for each in PAPERS}
        pdfs["minutes"] = render(minutes_paper(story.minutes), fonts).pdf
        opened.close()
    print("\n".join(renew(pdfs, FOLDER)))  # noqa: T201


if __name__ == "__main__":
    main()
