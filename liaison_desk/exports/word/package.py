"""The parts of a .docx and how they hang together (ECMA-376)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.measures import (
    BODY_SIZE,
    LETTER_LINE_FOOT,
    LETTER_LINE_WIDTH,
    LETTER_THICK,
    PAGE_NUMBER_GAP,
    PAGE_NUMBER_INSET,
    PAPER_HEIGHT,
    SMALL_SIZE,
    TEXT_BOTTOM,
    TEXT_LEFT,
    TEXT_WIDTH,
    TITLE_SIZE,
)
from liaison_desk.exports.word.faces import FACES
from liaison_desk.exports.word.grid import BASELINE, CHARACTER_SPACING, PITCH, pages_grid
from liaison_desk.exports.word.heads import RED, letter_head, letter_head_top
from liaison_desk.exports.word.xml import (
    HEAD,
    NAMESPACES,
    fonts,
    indents,
    look,
    paragraph,
    run,
    spacing,
    twips,
    w,
)

if TYPE_CHECKING:
    from liaison_desk.exports.word.story import Section, Story

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TIME = (2000, 1, 1, 0, 0, 0)
"""The same bytes come of the same paper, whenever it is written."""
_NUMBER_LINE = 20.0  # pt, the line a page number stands on
_DASH_TOP = 0.36  # em, from the baseline to the top of an em dash in 宋体
_TEXT_LANGUAGE = "zh-CN"
_KINDS = {
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "footer_odd": "footer",
    "footer_even": "footer",
    "footer_first": "footer",
    "header_first": "header",
}
"""The kind of each part beside the text."""


@dataclass(frozen=True)
class About:
    """What the file says about itself, and the mark of a letter's first page."""

    title: str
    author: str = ""
    mark: str = ""


def pack(story: Story, about: About) -> bytes:
    """Write the whole file."""
    parts = {
        "styles": _styles(),
        "settings": _settings(),
        "fontTable": _font_table(),
        "footer_odd": _footer(is_odd=True),
        "footer_even": _footer(is_odd=False),
    }
    is_letter = any(section.is_letter for section in story.sections)
    if is_letter:
        parts["header_first"] = w("hdr", letter_head(about.mark))
        parts["footer_first"] = w("ftr", _letter_foot(), paragraph())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "[Content_Types].xml", _content_types(parts))
        _write(archive, "_rels/.rels", _root_relations())
        _write(archive, "docProps/core.xml", _core(about))
        _write(archive, "word/document.xml", _with_namespaces(_document(story, about)))
        _write(archive, "word/_rels/document.xml.rels", _relations(parts, len(story.pictures)))
        for name, xml in parts.items():
            _write(archive, f"word/{name}.xml", _with_namespaces(xml))
        for number, jpeg in enumerate(story.pictures, 1):
            archive.writestr(_entry(f"word/media/picture{number}.jpeg"), jpeg)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write(archive: zipfile.ZipFile, name: str, xml: str) -> None:
    archive.writestr(_entry(name), (HEAD + xml).encode())


def _with_namespaces(xml: str) -> str:
    """The root element with the prefixes that stand inside it."""
    end = min(at for at in (xml.find(" "), xml.find(">"), xml.find("/>")) if at > 0)
    return f"{xml[:end]} {NAMESPACES}{xml[end:]}"


# -- the text and its sections ---------------------------------------------------------------


def _document(story: Story, about: About) -> str:
    blocks: list[str] = []
    for number, section in enumerate(story.sections):
        blocks += section.blocks
        properties = _section(section, about, is_first=number == 0)
        is_last = number == len(story.sections) - 1
        # The paragraph that ends a section must take no room on its page.
        space = spacing(0, 1)
        blocks.append(properties if is_last else paragraph(space=space, section=properties))
    return w("document", w("body", *blocks))


def _section(section: Section, about: About, *, is_first: bool) -> str:
    """The sheet, margins, grid, and the numbers on the pages of a section."""
    sheet = section.sheet
    names = [
        ("footerReference", "default", "footer_odd"),
        ("footerReference", "even", "footer_even"),
    ]
    if section.is_letter:
        names += [
            ("headerReference", "first", "header_first"),
            ("footerReference", "first", "footer_first"),
        ]
    references = [
        f'<w:{tag} w:type="{kind}" r:id="{part}"/>' for tag, kind, part in sorted(names, key=_kind)
    ]
    margins = w(
        "pgMar",
        top=twips(sheet.top),
        right=twips(sheet.width - sheet.right),
        bottom=twips(sheet.height - sheet.bottom),
        left=twips(sheet.left),
        header=twips(letter_head_top(about.mark)) if section.is_letter else 0,
        footer=twips(_footer_distance()),
        gutter=0,
    )
    turned = {"orient": "landscape"} if sheet.width > sheet.height else {}
    return w(
        "sectPr",
        *(references if is_first and section.has_numbers else ()),
        w("pgSz", w=twips(sheet.width), h=twips(sheet.height), **turned),
        margins,
        w("titlePg") if section.is_letter else "",
        pages_grid(on_grid=section.on_grid),
    )


def _kind(reference: tuple[str, str, str]) -> bool:
    """Heads before feet, as the schema has them."""
    return reference[0] == "footerReference"


# -- heads and feet --------------------------------------------------------------------------


def _footer_distance() -> float:
    """From the paper's foot to that of the page number, so that its dash begins at 269 mm."""
    top_of_dash = TEXT_BOTTOM.pt - PAGE_NUMBER_GAP.pt
    baseline = top_of_dash - _DASH_TOP * SMALL_SIZE.value
    return baseline - _NUMBER_LINE * (1 - BASELINE)


def _footer(*, is_odd: bool) -> str:
    """— 1 —, one character in: at the right of odd pages, at the left of even ones (7.5)."""
    size = SMALL_SIZE.value
    shown = look(Role.SONG, size)
    page = w("fldSimple", w("r", shown, "<w:t>1</w:t>"), instr=" PAGE ")
    inset = PAGE_NUMBER_INSET.value
    indent = indents(right=inset, cell=size) if is_odd else indents(left=inset, cell=size)
    number = paragraph(
        run("— ", Role.SONG, size) + page + run(" —", Role.SONG, size),
        space=spacing(0, _NUMBER_LINE),
        indent=indent,
        align="right" if is_odd else "left",
    )
    return w("ftr", number)


def _letter_foot() -> str:
    """The double line 20 mm over the foot of a letter's first page, thin over thick (10.1)."""
    middle = TEXT_LEFT.pt + TEXT_WIDTH.pt / 2
    frame = w(
        "framePr",
        w=twips(LETTER_LINE_WIDTH.pt),
        h=20,
        hRule="exact",
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=twips(middle - LETTER_LINE_WIDTH.pt / 2),
        y=twips(PAPER_HEIGHT.pt - LETTER_LINE_FOOT.pt),
    )
    double = w("top", val="thinThickSmallGap", sz=round(LETTER_THICK.pt * 16), space=0, color=RED)
    return paragraph(keep=frame, borders=w("pBdr", double), space=spacing(0, 1))


# -- what hangs round the text -----------------------------------------------------------------


def _styles() -> str:
    """Two styles: the body of an official paper, and its title."""
    no_spread = w("autoSpaceDE", val=0) + w("autoSpaceDN", val=0)
    body = w(
        "pPr",
        w("widowControl", val=0),
        w("kinsoku"),
        w("overflowPunct", val=0),
        no_spread,
        w("snapToGrid", val=0),
        w("spacing", before=0, after=0, line=PITCH, lineRule="exact"),
        w("jc", val="both"),
    )
    language = w("lang", val="en-US", eastAsia=_TEXT_LANGUAGE, bidi="ar-SA")
    size = w("sz", val=round(BODY_SIZE.value * 2)) + w("szCs", val=round(BODY_SIZE.value * 2))
    close = w("rPr", w("spacing", val=CHARACTER_SPACING), size)
    defaults = w(
        "docDefaults", w("rPrDefault", w("rPr", fonts(Role.FANG), size, language)), w("pPrDefault")
    )
    normal = w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        body,
        close,
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    title = w(
        "style",
        w("name", val="Title"),
        w("basedOn", val="Normal"),
        w("next", val="Normal"),
        w("qFormat"),
        w("pPr", w("jc", val="center")),
        look(Role.TITLE, TITLE_SIZE.value),
        type="paragraph",
        styleId="Title",
    )
    return w("styles", defaults, normal, title)


def _settings() -> str:
    """Page numbers differ on odd and even pages; nothing is squeezed off the grid."""
    compatibility = w(
        "compat",
        w("spaceForUL"),
        w("balanceSingleByteDoubleByteWidth"),
        w("doNotLeaveBackslashAlone"),
        w("ulTrailSpace"),
        w("doNotExpandShiftReturn"),
        w("adjustLineHeightInTable"),
        w("useFELayout"),
        w(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val=15,
        ),
    )
    return w(
        "settings",
        w("zoom", percent=100),
        w("bordersDoNotSurroundHeader"),
        w("bordersDoNotSurroundFooter"),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders"),
        w("drawingGridVerticalSpacing", val=PITCH),
        w("characterSpacingControl", val="doNotCompress"),
        compatibility,
        w("themeFontLang", val="en-US", eastAsia=_TEXT_LANGUAGE),
    )


def _font_table() -> str:
    """Each font with its other names and its kind, so that a substitute is a Chinese one."""
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=",".join(face.others)),
                w("panose1", val=face.panose),
                w("charset", val=86),
                w("family", val=face.family),
                w("pitch", val="fixed"),
                name=face.name,
            )
            for face in FACES.values()
        ),
    )


def _core(about: About) -> str:
    """Title and author; no time, so that the same paper gives the same file."""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(about.title)}</dc:title><dc:creator>{escape(about.author)}</dc:creator>"
        f"<dc:language>{_TEXT_LANGUAGE}</dc:language></cp:coreProperties>"
    )


def _content_types(parts: dict[str, str]) -> str:
    defaults = (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("jpeg", "image/jpeg"),
    )
    named = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        **{f"/word/{part}.xml": f"{_TYPE}.{_KINDS[part]}+xml" for part in parts},
    }
    inner = [f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults]
    inner += [f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in named.items()]
    return f'<Types xmlns="{_PACKAGE}/content-types">{"".join(inner)}</Types>'


def _root_relations() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations_of(
        (
            ("document", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", core, "docProps/core.xml"),
        )
    )


def _relations(parts: dict[str, str], pictures: int) -> str:
    """What the text refers to, each under the name of its part."""
    listed = [(part, f"{_OFFICE}/{_KINDS[part]}", f"{part}.xml") for part in parts]
    listed += [
        (f"picture{number}", f"{_OFFICE}/image", f"media/picture{number}.jpeg")
        for number in range(1, pictures + 1)
    ]
    return _relations_of(listed)


def _relations_of(listed: list[tuple[str, str, str]] | tuple[tuple[str, str, str], ...]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in listed
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
