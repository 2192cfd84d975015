"""One picture of every paper, printed from the sample office: `python -m tests.contact_sheet OUT`.

The README shows it. Each paper is printed from the record that fills it most, so nothing is empty;
whoever changes how papers look makes the picture anew and looks at it.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.exports.dossier import make_dossier
from liaison_desk.exports.packet_papers import PacketPapers
from liaison_desk.exports.papers.minutes import minutes_paper
from liaison_desk.exports.papers.options import PaperOptions
from liaison_desk.exports.papers.registry import PAPERS, PaperKind
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.sample import fill_sample
from liaison_desk.store.database import Database
from tests.exports.papers.making import whole_text
from tests.factory import SAMPLE, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper

TODAY = datetime(2026, 9, 21, 9, 0)
ACROSS = 6
BOX = (232, 328)  # px of a page
GAP, CAPTION = 16, 30  # px between pages, and under each for its name
GREY, INK = (226, 228, 231), (40, 44, 52)
COLOURS = 160
FONT = SAMPLE.parent / "fonts" / "hei.ttf"


@dataclass(frozen=True)
class Shown:
    """A paper as it is shown: its name, and the PDF whose first page it is."""

    title: str
    pdf: bytes


class Printer:
    """Prints the papers of an office.

    Args:
        desk: the office's.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._office = desk.office or Office()
        self._fonts = FontBook(bundled_only=True)
        self._options = PaperOptions(today=desk.today, fonds="X043", number="柳协函〔2026〕3号")

    def all(self) -> Iterator[Shown]:
        """协商纪要, every paper of the list, and a meeting's whole file."""
        minutes = max(self._desk.find(Minutes), key=lambda each: len(each.text))
        yield Shown("协商纪要", self._pdf(minutes_paper(minutes)))
        for kind in PAPERS:
            yield Shown(kind.title.replace("：", "·"), self._pdf(self._fullest(kind)))
        yield Shown("一会一档", self._dossier())

    def _fullest(self, kind: PaperKind) -> Paper:
        """The paper of a kind that says most."""
        records: Sequence[Record | None] = self._desk.find(kind.of) if kind.of else [None]
        papers = [
            paper
            for record in records
            for paper in kind.papers(self._desk, self._office, record, self._options)[:1]
        ]
        return max(papers, key=lambda paper: len(whole_text(paper)))

    def _dossier(self) -> bytes:
        meeting = min(self._desk.find(Meeting), key=lambda each: str(each.held_at))
        read, contents = self._desk, self._desk.contents.read
        made = make_dossier(
            read, self._office, meeting, contents, self._fonts, lambda *_: None, self._options
        )
        return made.pdf

    def _pdf(self, paper: Paper) -> bytes:
        return render(paper, self._fonts, self._photo).pdf

    def _photo(self, sha256: str) -> bytes:
        content = self._desk.contents.read(sha256)
        if content is None:
            raise LookupError(sha256)
        return content


def sample_desk(folder: Path) -> Desk:
    """The sample office in a new data file in a folder, which has sent a packet too."""
    desk = Desk(Database.open(folder / "资料.db"), operator="李文书", now=Clock(TODAY))
    fill_sample(desk, SAMPLE)
    stick = folder / "U盘"
    stick.mkdir()
    order = PacketOrder(desk.today - timedelta(days=90), desk.today)
    make_packet(desk, order, stick, PacketPapers(desk, FontBook, desk.today))
    return desk


def contact_sheet(shown: Sequence[Shown]) -> Image.Image:
    """First pages side by side on grey, each with its name under it."""
    width, height = BOX[0] + GAP, BOX[1] + CAPTION + GAP
    down = -(-len(shown) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * width + GAP, down * height + GAP), GREY)
    font = ImageFont.truetype(str(FONT), 18)
    pen = ImageDraw.Draw(sheet)
    for number, each in enumerate(shown):
        left = GAP + number % ACROSS * width
        top = GAP + number // ACROSS * height
        page = first_page(each.pdf)
        x, y = left + (BOX[0] - page.width) // 2, top + (BOX[1] - page.height) // 2
        sheet.paste(page, (x, y))
        middle = (left + BOX[0] // 2, top + BOX[1] + CAPTION // 2)
        pen.text(middle, each.title, font=font, fill=INK, anchor="mm")
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def first_page(pdf: bytes) -> Image.Image:
    """The first page as large as a box takes it, drawn large and then made small."""
    page = pypdfium2.PdfDocument(pdf)[0]
    scale = min(BOX[0] / page.get_width(), BOX[1] / page.get_height())
    size = (round(page.get_width() * scale), round(page.get_height() * scale))
    large: Image.Image = page.render(scale=scale * 4).to_pil().convert("RGB")
    return large.resize(size, Image.Resampling.LANCZOS)


def main(target: Path) -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        desk = sample_desk(Path(folder))
        try:
            contact_sheet(list(Printer(desk).all())).save(target, optimize=True)
        finally:
            desk.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
