"""1,000 minutes of two pages as PDF against bare reportlab drawing the same strings.

Bare reportlab is told where each string stands, in which font and size, as read from our own file:
it lays nothing out and checks nothing, but embeds the same fonts.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from liaison_desk.exports.content import NameList, OfficialPaper, PaperStyle
from liaison_desk.exports.pdf.font_files import BUNDLED_FOLDER
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.official import render_official
from tests.benchmarks.ratio import Ratio, compare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAPERS, FEW_PAPERS = 1_000, 2
A4 = (595.28, 841.89)
_PARAGRAPHS = (
    "2026年3月5日上午，柳河镇政协联络组在镇政府三楼会议室召开“停车难”专题协商会。会议由召集人赵建国主持。",
    "一、关于增加停车泊位",
    "（一）挖掘存量资源。由镇城建办牵头，在2026年6月30日前新增临时泊位120个，并向社会公布位置和数量。",
    "1.镇机关院内48个泊位，每日18:00至次日7:30向居民开放；节假日全天开放，由镇党政办负责管理。",
    "二、关于长效管理。会议议定，由居民代表张贇、李䶮、周𫖯组成自治小组，每季度向联络组通报一次情况。",
)

_PRESENT = "赵建国、钱　进、孙丽华、李　明、周文彬、吴秀英、买买提·艾力、欧阳建国"


@dataclass(frozen=True)
class Drawn:
    """A string on a page: the PostScript name of its font, its size, where it begins, pt."""

    text: str
    font: str
    size: float
    x: float
    y: float


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Print the same minutes both ways, in memory; `folder` is not used."""
    count = FEW_PAPERS if is_tiny else PAPERS
    papers = [minutes_of_two_pages(number) for number in range(1, count + 1)]
    fonts = FontBook(bundled_only=True)
    drawn = [drawn_strings(render_official(paper, fonts).pdf) for paper in papers]
    assert {len(pages) for pages in drawn} == {2}
    register_fonts()

    def ours() -> None:
        for paper in papers:
            render_official(paper, fonts)

    def bare() -> None:
        for pages in drawn:
            draw(pages)

    name = f"{count:,} minutes of two pages as PDF / bare reportlab"
    return (compare(name, ours, bare, 1 if is_tiny else 3),)


def minutes_of_two_pages(number: int) -> OfficialPaper:
    """Minutes of two pages."""
    paper = OfficialPaper(
        style=PaperStyle.MINUTES,
        mark="柳河镇政协联络组协商纪要",
        number=f"〔2026〕{number}号",
        issuer="柳河镇政协联络组",
        dated=date(2026, 3, 8),
        title="关于破解老旧小区停车难问题专题协商会议纪要",
        body="\n".join(_PARAGRAPHS * 2),
        name_lists=(NameList(label="出席", names=_PRESENT),),
        copies=("县政协办公室，县住房和城乡建设局，各村（社区）",),
    )
    return replace(paper, printed_by="柳河镇政协联络组", printed_on=date(2026, 3, 9))


def drawn_strings(pdf: bytes) -> list[list[Drawn]]:
    """Return what a file draws, string by string, page by page."""
    return [
        [
            Drawn(
                text=each.extract().strip(),
                font=each.get_font().get_base_name().rpartition("+")[2],
                size=each.get_font_size(),
                x=each.get_matrix().e,
                y=each.get_matrix().f,
            )
            for each in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
        ]
        for page in pypdfium2.PdfDocument(pdf)
    ]


def register_fonts() -> None:
    """Make the program's own fonts known to reportlab by their PostScript names."""
    for path in BUNDLED_FOLDER.glob("*.ttf"):
        font = TTFont(path.stem, path)
        font.fontName = font.face.name.decode()
        if font.fontName not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(font)


def draw(pages: Sequence[Sequence[Drawn]]) -> bytes:
    """Draw strings with reportlab alone."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for page in pages:
        for each in page:
            canvas.setFont(each.font, each.size)
            canvas.drawString(each.x, each.y, each.text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
