"""WordprocessingML as text: elements, runs and paragraphs in the order the schema wants."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.word.faces import FACES

TWIPS_PER_POINT = 20
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"([\n\t])")


def w(name: str, /, *inner: str, **attributes: object) -> str:
    """An element of WordprocessingML, its attributes too in that namespace."""
    named = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    content = "".join(inner)
    return f"<w:{name}{named}>{content}</w:{name}>" if content else f"<w:{name}{named}/>"


def twips(points: float) -> int:
    """A length in points as Word keeps it."""
    return round(points * TWIPS_PER_POINT)


def fonts(role: Role) -> str:
    """The same font for every script; the hint makes “” — · Chinese signs rather than Latin."""
    name = FACES[role].name
    return w("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def look(role: Role = Role.FANG, size: float = 0, colour: str = "") -> str:
    """The properties of a run: font, size in pt (0: as the style has it), colour.

    A size of its own is off the grid, so its characters stand as close as they are made.
    """
    sizes = ""
    if size:
        half_points = round(size * 2)
        sizes = w("spacing", val=0) + w("sz", val=half_points) + w("szCs", val=half_points)
    return w("rPr", fonts(role), w("color", val=colour) if colour else "", sizes)


def run(text: str, role: Role = Role.FANG, size: float = 0, colour: str = "") -> str:
    """A run of one look; line ends and tabs in it are kept."""
    pieces = _BREAKS.split(_FORBIDDEN.sub("", text))
    inner = [_piece(each) for each in pieces if each]
    return w("r", look(role, size, colour), *inner) if inner else ""


def _piece(text: str) -> str:
    if text in "\n\t":
        return w("br") if text == "\n" else w("tab")
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def indents(
    left: float = 0, right: float = 0, first: float = 0, hanging: float = 0, cell: float = 0
) -> str:
    """Indents in cells of the grid, each `cell` pt wide; in its own unit as well, as Word does."""
    attributes: dict[str, int] = {}
    given = {"left": left, "right": right, "firstLine": first, "hanging": hanging}
    for name, cells in given.items():
        if cells:
            attributes[f"{name}Chars"] = round(cells * 100)
            attributes[name] = twips(cells * cell)
    return w("ind", **attributes) if attributes else ""


def spacing(before: float = 0, line: float = 0, rule: str = "exact", *, after: float = 0) -> str:
    """The space before and after a paragraph and the height of its lines, pt; 0 leaves out."""
    attributes: dict[str, object] = {}
    if before:
        attributes |= {"before": twips(before), "beforeAutospacing": 0}
    if after:
        attributes |= {"after": twips(after), "afterAutospacing": 0}
    if line:
        attributes |= {"line": twips(line), "lineRule": rule}
    return w("spacing", **attributes) if attributes else ""


def paragraph(
    *runs: str,
    keep: str = "",
    borders: str = "",
    tabs: str = "",
    space: str = "",
    indent: str = "",
    align: str = "",
    section: str = "",
    style: str = "",
) -> str:
    """A paragraph; every argument but the runs is an element of its properties, or "".

    Args:
        runs: what stands in it.
        keep: keepNext and pageBreakBefore.
        borders: pBdr.
        tabs: tabs.
        space: spacing.
        indent: ind.
        align: the value of jc.
        section: sectPr, in the last paragraph of a section.
        style: the id of its style.
    """
    properties = "".join(
        (
            w("pStyle", val=style) if style else "",
            keep,
            borders,
            tabs,
            space,
            indent,
            w("jc", val=align) if align else "",
            section,
        )
    )
    return (
        w("p", w("pPr", properties) if properties else "", *runs) if runs or properties else w("p")
    )
