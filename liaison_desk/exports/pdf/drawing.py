"""Placed lines and rules become a PDF file; the only place where reportlab draws.

Text operators are written straight to the page: reportlab's canvas would list an unembedded
Helvetica and keep its fonts in a global table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDocument,
    PDFPage,
    PDFResourceDictionary,
    PDFStream,
    PDFZCompress,
)

from liaison_desk.exports.pdf.measures import PAPER_HEIGHT, PAPER_WIDTH
from liaison_desk.exports.pdf.to_unicode import mend_to_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from liaison_desk.exports.pdf.grid import Run
    from liaison_desk.exports.pdf.page import Colour, Page, PlacedLine, Rule

CREATOR = "协商联络台"
STEP_TOLERANCE = 0.002  # pt; letters whose distances differ less share one setting


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself; the same properties and pages give the same bytes."""

    title: str
    author: str
    created: date | None = None


def write_pdf(pages: Sequence[Page], properties: Properties) -> bytes:
    """Return the pages as a PDF file with every font embedded and subset."""
    mend_to_unicode()
    document = PDFDocument(invariant=1, compression=1, lang="zh-CN", dummyoutline=0)
    resources = PDFResourceDictionary()
    resources.basicFonts()
    writer = _Writer(document)
    for page in pages:
        stream = "\n".join(writer.operators(page))
        document.updateSignature(stream)
        sheet = PDFPage()
        sheet.MediaBox = PDFArray([0, 0, PAPER_WIDTH.pt, PAPER_HEIGHT.pt])
        sheet.Resources = resources
        sheet.Contents = PDFStream(content=stream, filters=[PDFZCompress])
        document.addPage(sheet)
    _describe(document, properties, writer.font_titles())
    return bytes(document.GetPDFData(None))


def _describe(document: PDFDocument, properties: Properties, fonts: str) -> None:
    """Fill in the document's properties; the fonts are named as subject and keywords."""
    document.setTitle(properties.title)
    document.setAuthor(properties.author or CREATOR)
    document.setSubject(f"字体：{fonts}")
    document.setKeywords(fonts)
    document.setCreator(CREATOR)
    day = properties.created
    if day:
        document.setDateFormatter(lambda *_: f"D:{day.year:04}{day.month:02}{day.day:02}000000")


class _Writer:
    """The operators of pages that share one document's fonts."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._titles: dict[str, str] = {}

    def font_titles(self) -> str:
        """Return the fonts used so far, each with its role."""
        return "；".join(f"{role} {title}" for title, role in self._titles.items())

    def operators(self, page: Page) -> Iterator[str]:
        """Yield the drawing operators of one page."""
        for rule in page.rules:
            yield _draw_rule(rule)
        for line in page.lines:
            yield from self._draw_line(line)

    def _draw_line(self, placed: PlacedLine) -> Iterator[str]:
        y = PAPER_HEIGHT.pt - placed.baseline
        yield f"BT {_colour(placed.colour)} rg"
        for run in placed.line.runs:
            self._titles.setdefault(run.face.title, run.face.role.value)
            yield from self._draw_run(run, placed.x, y)
        yield "ET"

    def _draw_run(self, run: Run, left: float, y: float) -> Iterator[str]:
        font = run.face.font
        rise = run.face.rise * run.size
        start = 0
        for subset, codes in font.splitString(run.text, self._document):
            name = font.getSubsetInternalName(subset, self._document)
            end = start + len(codes)
            x = left + run.xs[start]
            yield f"{name} {run.size:.3f} Tf 1 0 0 1 {x:.3f} {y + rise:.3f} Tm"
            yield _show(run, codes, start, end)
            start = end


def _show(run: Run, codes: bytes, start: int, end: int) -> str:
    """Return the operator that shows characters `start` to `end` of a run at their own places."""
    excess = [
        run.xs[index + 1] - run.xs[index] - run.face.width(run.text[index]) * run.size
        for index in range(start, end - 1)
    ]
    if not excess or max(excess) - min(excess) < STEP_TOLERANCE:
        spacing = sum(excess) / len(excess) if excess else 0.0
        return f"{spacing:.4f} Tc <{codes.hex()}> Tj"
    pieces = [
        f"<{code:02x}>{-1000 * step / run.size:.2f}"
        for code, step in zip(codes, [*excess, 0.0], strict=True)
    ]
    return f"0 Tc [{''.join(pieces)}] TJ"


def _draw_rule(rule: Rule) -> str:
    y = PAPER_HEIGHT.pt - rule.y
    stroke = f"{_colour(rule.colour)} RG {rule.thickness:.3f} w"
    return f"{stroke} {rule.x:.3f} {y:.3f} m {rule.x + rule.length:.3f} {y:.3f} l S"


def _colour(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
