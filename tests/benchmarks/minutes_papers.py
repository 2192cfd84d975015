"""1,000 minutes as PDF against the same characters drawn line by line with reportlab alone."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from liaison_desk.exports.content import NameList, OfficialPaper, PaperStyle
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.official import render_official
from tests.benchmarks.ratio import Ratio, compare

PAPERS, FEW_PAPERS = 1_000, 2
FONT = "benchmark-fang"
FANG = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "fang.ttf"
A_LINE, LINES = 28, 22
"""Characters on a line and lines on a page of an official paper (GB/T 9704-2012, 5.2.2)."""
_PARAGRAPHS = (
    "2026年3月5日上午，柳河镇政协联络组在镇政府三楼会议室召开“停车难”专题协商会。会议由召集人赵建国主持。",
    "一、关于增加停车泊位",
    "（一）挖掘存量资源。由镇城建办牵头，在2026年6月30日前新增临时泊位120个，并向社会公布位置和数量。",
    "1.镇机关院内48个泊位，每日18:00至次日7:30向居民开放；节假日全天开放，由镇党政办负责管理。",
    "二、关于长效管理。会议议定，由居民代表张贇、李䶮、周𫖯组成自治小组，每季度向联络组通报一次情况。",
)

_PRESENT = "赵建国、钱　进、孙丽华、李　明、周文彬、吴秀英、买买提·艾力、欧阳建国"


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Print the same minutes both ways, in memory; `folder` is not used."""
    count = FEW_PAPERS if is_tiny else PAPERS
    papers = [_paper(number) for number in range(1, count + 1)]
    fonts = FontBook(bundled_only=True)
    render_official(papers[0], fonts)
    _register()

    def ours() -> None:
        for paper in papers:
            render_official(paper, fonts)

    def bare() -> None:
        for paper in papers:
            _draw(paper)

    name = f"{count:,} minutes as PDF / bare reportlab"
    return (compare(name, ours, bare, 1 if is_tiny else 3),)


def _paper(number: int) -> OfficialPaper:
    """Minutes of two pages."""
    paper = OfficialPaper(
        style=PaperStyle.MINUTES,
        mark="柳河镇政协联络组协商纪要",
        number=f"〔2026〕{number}号",
        issuer="柳河镇政协联络组",
        dated=date(2026, 3, 8),
        title="关于破解老旧小区停车难问题专题协商会议纪要",
        body="\n".join(_PARAGRAPHS * 3),
        name_lists=(NameList(label="出席", names=_PRESENT),),
        copies=("县政协办公室，县住房和城乡建设局，各村（社区）",),
    )
    return replace(paper, printed_by="柳河镇政协联络组", printed_on=date(2026, 3, 9))


def _register() -> None:
    """Make the bundled 仿宋 known to reportlab, as a program without our font book would."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, FANG))


def _draw(paper: OfficialPaper) -> bytes:
    """The same text, cut every 28 characters, and nothing else that a paper needs."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595.28, 841.89))
    parts = (paper.mark, paper.number, paper.issuer, paper.title, paper.body, _PRESENT)
    paragraphs = "\n".join((*parts, *paper.copies, paper.printed_by)).split("\n")
    lines = [
        text[start : start + A_LINE] for text in paragraphs for start in range(0, len(text), A_LINE)
    ]
    for first in range(0, len(lines), LINES):
        canvas.setFont(FONT, 16)
        for row, line in enumerate(lines[first : first + LINES]):
            canvas.drawString(79, 736 - 29 * row, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
