"""席卡: a name on each half of a sheet that is folded across its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.drawing import Properties, finished
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Span, set_line
from liaison_desk.exports.pdf.measures import PLATE_HEIGHT, PLATE_WIDTH
from liaison_desk.exports.pdf.page import PlacedLine, Sheets, ink_height, ink_range
from liaison_desk.exports.pdf.sheet import A4_LANDSCAPE
from liaison_desk.exports.pdf.source import SourcePart, one_line, refuse_missing

if TYPE_CHECKING:
    from liaison_desk.exports.content import NamePlates
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.grid import Line
    from liaison_desk.exports.pdf.words import RenderedPaper

HALF_TURN = 180
PLATE = "form"
"""The part that a plate is; its number is the paragraph."""


def render_plates(paper: NamePlates, fonts: FontBook, *, archive: bool = False) -> RenderedPaper:
    """Lay the plates out, a sheet for each; the far half reads from the other side.

    Raises:
        CannotPrint: a character is in no font.
        FontsIncomplete: the program's own fonts are missing.
    """
    names = [one_line(plate.name) for plate in paper.plates]
    parts = [
        SourcePart(PLATE, number, "姓名", name, plate.source)
        for number, (name, plate) in enumerate(zip(names, paper.plates, strict=True))
    ]
    refuse_missing(parts, fonts)
    sheets = Sheets(A4_LANDSCAPE)
    for number, (name, plate) in enumerate(zip(names, paper.plates, strict=True)):
        _put(sheets, number, set_name(name, fonts))
        sheet = A4_LANDSCAPE
        sheets.note(PLATE, number, number, 0, sheet.height, plate.source, (0, sheet.width))
    return finished(sheets, Properties(one_line(paper.title), paper.author), archive=archive)


def set_name(name: str, fonts: FontBook) -> Line:
    """Set a name as large as a half holds; two characters stand as wide as three."""
    spread = "\u3000".join(name) if len(name) == 2 else name
    size = PLATE_HEIGHT.pt
    line = set_line([Span(spread, Role.TITLE)], size, fonts)
    if line.right <= PLATE_WIDTH.pt:
        return line
    return set_line([Span(spread, Role.TITLE)], size * PLATE_WIDTH.pt / line.right, fonts)


def _put(sheets: Sheets, page: int, line: Line) -> None:
    """Draw a name in the middle of both halves, its foot towards the nearer edge."""
    width, height = A4_LANDSCAPE.width, A4_LANDSCAPE.height
    left, right = ink_range(line)
    below, above = ink_height(line)
    x = (width - left - right) / 2
    baseline = height * 3 / 4 + (above - below) / 2
    lines = sheets.page(page).lines
    lines.append(PlacedLine(line, x, baseline))
    lines.append(PlacedLine(line, width - x, height - baseline, turn=HALF_TURN))
