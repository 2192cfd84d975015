"""Placed lines and rules become a PDF file; the only place where reportlab draws.

Text operators are written straight to the page: reportlab's canvas would list an unembedded
Helvetica and keep its fonts in a global table.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFObjectReference,
    PDFPage,
)

from liaison_desk.exports.pdf.archive import make_archive
from liaison_desk.exports.pdf.jpeg import jpeg_object
from liaison_desk.exports.pdf.stream import Packed, Stream
from liaison_desk.exports.pdf.words import RenderedPaper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from liaison_desk.exports.pdf.grid import Run
    from liaison_desk.exports.pdf.page import Colour, Page, PlacedLine, PlacedPicture, Rule, Sheets

CREATOR = "协商联络台"
PDF_VERSION = (1, 7)  # what PDF/A-2 is built on (ISO 19005-2, 2)
# For each clockwise turn: where text runs to, and where its upper side is, x and y upward.
DIRECTIONS = {
    0: ((1, 0), (0, 1)),
    90: ((0, -1), (1, 0)),
    180: ((-1, 0), (0, -1)),
}
STEP_TOLERANCE = 0.002  # pt; letters whose distances differ less share one setting


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself; the same properties and pages give the same bytes."""

    title: str
    author: str
    created: date | None = None


def finished(sheets: Sheets, properties: Properties, *, archive: bool = False) -> RenderedPaper:
    """Return a paper that is laid out; see `write_pdf`."""
    pdf = write_pdf(sheets.pages, properties, archive=archive)
    return RenderedPaper(
        pdf, len(sheets.pages), sheets.places, tuple(dict.fromkeys(sheets.left_out))
    )


def write_pdf(pages: Sequence[Page], properties: Properties, *, archive: bool = False) -> bytes:
    """Return the pages as a PDF file with every font embedded and subset.

    Args:
        pages: in order.
        properties: what the file says about itself.
        archive: whether it says to be PDF/A-2b too, with all that asks for.
    """
    document = PDFDocument(
        invariant=1, compression=1, lang="zh-CN", dummyoutline=0, pdfVersion=PDF_VERSION
    )
    writer = _Writer(document)
    for page in pages:
        stream = "\n".join(writer.operators(page))
        document.updateSignature(stream)
        sheet = PDFPage()
        sheet.MediaBox = PDFArray([0, 0, page.sheet.width, page.sheet.height])
        sheet.Resources = writer.resources
        sheet.Contents = Stream(content=stream, filters=[Packed()])
        document.addPage(sheet)
    _describe(document, properties, writer.font_titles())
    if archive:
        make_archive(document, properties)
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
    """The operators of pages that share one document's fonts and pictures."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._titles: dict[str, str] = {}
        self._pictures: dict[bytes, str] = {}
        self._objects = PDFDictionary()
        fonts = PDFObjectReference(BasicFonts)
        self.resources = PDFDictionary({"Font": fonts, "XObject": self._objects})

    def font_titles(self) -> str:
        """Return the fonts used so far, each with its role."""
        return "；".join(f"{role} {title}" for title, role in self._titles.items())

    def operators(self, page: Page) -> Iterator[str]:
        """Yield the drawing operators of one page."""
        height = page.sheet.height
        right, down = page.shift
        if right or down:
            yield f"1 0 0 1 {right:.3f} {-down:.3f} cm"
        for picture in page.pictures:
            yield self._draw_picture(picture, height)
        for rule in page.rules:
            yield _draw_rule(rule, height)
        for line in page.lines:
            yield from self._draw_line(line, height)

    def _draw_picture(self, picture: PlacedPicture, height: float) -> str:
        name = self._pictures.get(picture.jpeg)
        if name is None:
            name = self._pictures[picture.jpeg] = f"Im{len(self._pictures) + 1}"
            self._objects[name] = self._document.Reference(  # type: ignore[no-untyped-call]
                jpeg_object(picture.jpeg), name
            )
        y = height - picture.y - picture.height
        box = f"{picture.width:.3f} 0 0 {picture.height:.3f} {picture.x:.3f} {y:.3f}"
        return f"q {box} cm /{name} Do Q"

    def _draw_line(self, placed: PlacedLine, height: float) -> Iterator[str]:
        y = height - placed.baseline
        along, up = DIRECTIONS[placed.turn]
        matrix = f"{along[0]} {along[1]} {up[0]} {up[1]}"
        yield f"BT {_colour(placed.colour)} rg"
        for run in placed.line.runs:
            self._titles.setdefault(run.face.title, run.face.role.value)
            rise = run.face.rise * run.size
            for name, first, shown in self._shown(run):
                x = placed.x + first * along[0] + rise * up[0]
                start = f"{x:.3f} {y + first * along[1] + rise * up[1]:.3f}"
                yield f"{name} {run.size:.3f} Tf {matrix} {start} Tm"
                yield shown
        yield "ET"

    def _shown(self, run: Run) -> Iterator[tuple[str, float, str]]:
        """Yield the pieces of a run: the font's name, where it begins, and its operator."""
        font = run.face.font
        start = 0
        for subset, codes in font.splitString(run.text, self._document):
            end = start + len(codes)
            name = font.getSubsetInternalName(subset, self._document)
            yield name, run.xs[start], _show(run, codes, start, end)
            start = end


def _show(run: Run, codes: bytes, start: int, end: int) -> str:
    """Return the operator that shows characters `start` to `end` of a run at their own places."""
    size, xs = run.size, run.xs[start:end]
    widths = run.face.widths(run.text[start : end - 1])
    steps = zip(pairwise(xs), widths, strict=True)
    excess = [after - before - width * size for (before, after), width in steps]
    if not excess or max(excess) - min(excess) < STEP_TOLERANCE:
        spacing = sum(excess) / len(excess) if excess else 0.0
        return f"{spacing:.4f} Tc <{codes.hex()}> Tj"
    pieces = [
        f"<{code:02x}>{-1000 * step / size:.2f}"
        for code, step in zip(codes, [*excess, 0.0], strict=True)
    ]
    return f"0 Tc [{''.join(pieces)}] TJ"


def _draw_rule(rule: Rule, height: float) -> str:
    x, y = rule.x, height - rule.y
    end_x, end_y = (x, y - rule.length) if rule.is_upright else (x + rule.length, y)
    stroke = f"{_colour(rule.colour)} RG {rule.thickness:.3f} w"
    return f"{stroke} {x:.3f} {y:.3f} m {end_x:.3f} {end_y:.3f} l S"


def _colour(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
