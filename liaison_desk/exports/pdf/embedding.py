"""A TrueType font inside a PDF, cut down to the characters that one paper needs.

reportlab reads the font and gives out the codes. It would cut it down too, but takes every outline
apart thrice, for each paper anew; here each is read once for as long as the program runs.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFDictionary, PDFName
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

from liaison_desk.exports.pdf.stream import Packed, Stream, Written
from liaison_desk.exports.pdf.to_unicode import to_unicode_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject
    from reportlab.pdfbase.ttfonts import TTFontFace

WORDS, SCALED, MORE, SCALED_TWICE, TURNED = 0x01, 0x08, 0x20, 0x40, 0x80  # parts of an outline
HINTS = ("cvt ", "fpgm", "prep")  # tables that are copied where a font has them
LONGEST_SHORT = 0x1FFFE  # bytes of outlines that short places can tell
WHOLE_CHECK = 0xB1B0AFBA  # what the checks of a whole font file add up to


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a font file, or a stretch of one: its bytes and their check."""

    content: bytes
    check: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a glyph, and where the numbers of the glyphs stand that it is made of."""

    table: Table
    parts: tuple[int, ...]


class EmbeddedFont(TTFont):
    """reportlab's font, cut down by us."""

    def __init__(self, name: str, path: Path, number: int) -> None:
        """Read a font file, or one font of a collection; raises TTFError when it is damaged."""
        super().__init__(name, str(path), subfontIndex=number, asciiReadable=False)
        self._program = FontProgram(self.face)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  (reportlab's name)
        """Write the font into a document, 256 characters at a time; reportlab asks for it."""
        state = self.state.pop(doc)
        basic: Any = doc.idToObject[BasicFonts]
        for number, points in enumerate(state.subsets):
            name = f"{state.internalName}+{number}"
            base = PDFName(f"{SUBSETN(number).decode()}+{self._own_name()}")
            basic.dict[name] = self._subset(doc, name, base, points)

    def _own_name(self) -> str:
        """Return the PostScript name, which the fonts of a collection may share but for a tail."""
        parts = (self.face.name, self.face.subfontNameX)
        return "".join(
            each.decode("latin-1") if isinstance(each, bytes) else each for each in parts
        )

    def _facts(self) -> str:
        """Return what a descriptor says of the whole font (ISO 32000-1, 9.8)."""
        face = self.face
        box = " ".join(f"{each:g}" for each in face.bbox)
        return (
            f"/Ascent {face.ascent:g} /Descent {face.descent:g} /CapHeight {face.capHeight:g}\n"
            f"/Flags {face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC} /FontBBox [{box}]\n"
            f"/ItalicAngle {face.italicAngle:g} /StemV {face.stemV:g}"
            f" /MissingWidth {face.defaultWidth:g}"
        )

    def _subset(self, doc: PDFDocument, name: str, base: str, points: Sequence[int]) -> PDFObject:
        """Return the font that draws `points`, in the order of their codes."""
        program = self._program.cut_down(points)
        length = PDFDictionary({"Length1": len(program)})
        file = Stream(dictionary=length, content=program, filters=[Packed(repeats=False)])
        descriptor = Written(
            f"<< /Type /FontDescriptor /FontName {base}\n{self._facts()}\n"
            f"/FontFile2 {_refer(doc, file)} >>"
        )
        unicode_map = Stream(content=to_unicode_map(base[1:], points), filters=[Packed()])
        known, usual = self.face.charWidths, self.face.defaultWidth
        widths = " ".join(f"{known.get(point, usual):g}" for point in points)
        font = Written(
            f"<< /Type /Font /Subtype /TrueType /Name /{name} /BaseFont {base}\n"
            f"/FirstChar 0 /LastChar {len(points) - 1} /Widths [ {widths} ]\n"
            f"/ToUnicode {_refer(doc, unicode_map)} /FontDescriptor {_refer(doc, descriptor)} >>"
        )
        return Written(_refer(doc, font))


class FontProgram:
    """A font file from which smaller ones are made (ISO 32000-1, 9.9: the tables they need)."""

    def __init__(self, face: TTFontFace) -> None:
        self._face = face
        self._start, _ = face.get_table_pos("glyf")
        self._outlines: dict[int, Outline] = {}
        self._hints = {tag: table(self._read(tag)) for tag in HINTS if tag in face.table}

    def cut_down(self, points: Sequence[int]) -> bytes:
        """Return a font file whose codes from 0 on draw the code points `points`."""
        numbers = {0: 0}  # of glyphs, in this font and in the smaller one
        known = self._face.charToGlyph
        codes = [numbers.setdefault(known.get(point, 0), len(numbers)) for point in points]
        outlines = list(self._follow(numbers))
        places, places_are_long = _places(outlines)
        metrics = [each for number in numbers for each in self._face.hmetrics[number]]
        tables = {
            "cmap": table(_cmap(codes)),
            "glyf": _joined(outlines),
            "head": table(self._head(places_are_long)),
            "hhea": table(self._changed("hhea", 34, len(numbers))),
            "hmtx": table(struct.pack(f">{len(metrics)}H", *metrics)),
            "loca": table(places),
            "maxp": table(self._changed("maxp", 4, len(numbers))),
            **self._hints,
        }
        return _file(tables)

    def _follow(self, numbers: dict[int, int]) -> Iterator[Table]:
        """Yield the outlines of all glyphs, adding the numbers of those that they are made of."""
        done = 0
        while done < len(numbers):
            for glyph in list(numbers)[done:]:
                outline = self._outlines.get(glyph) or self._read_outline(glyph)
                done += 1
                yield _renumbered(outline, numbers) if outline.parts else outline.table

    def _read_outline(self, glyph: int) -> Outline:
        """Return the outline of a glyph."""
        start, end = self._face.glyphPos[glyph : glyph + 2]
        content = _filled_up(self._face.get_chunk(self._start + start, end - start))
        outline = self._outlines[glyph] = Outline(table(content), tuple(_part_places(content)))
        return outline

    def _head(self, places_are_long: bool) -> bytes:
        """Return the table `head`, with a check of 0 for the whole file."""
        head = self._changed("head", 50, int(places_are_long))
        return head[:8] + bytes(4) + head[12:]

    def _changed(self, tag: str, at: int, value: int) -> bytes:
        """Return a table with another 16-bit number in one place."""
        content = self._read(tag)
        return content[:at] + value.to_bytes(2, "big") + content[at + 2 :]

    def _read(self, tag: str) -> bytes:
        return bytes(self._face.get_table(tag))  # type: ignore[no-untyped-call]


def table(content: bytes) -> Table:
    """Return a table with its check: the sum of its 32-bit words."""
    words = _filled_up(content)
    return Table(content, sum(struct.unpack(f">{len(words) // 4}L", words)))


def _filled_up(content: bytes) -> bytes:
    """Return bytes that end with a whole 32-bit word, as tables and outlines must."""
    return content + bytes(-len(content) % 4)


def _part_places(outline: bytes) -> Iterator[int]:
    """Yield where in an outline the numbers of the glyphs stand that it is made of."""
    flags = MORE if outline[:1] >= b"\x80" else 0
    at = 10
    while flags & MORE:
        (flags,) = struct.unpack_from(">H", outline, at)
        yield at + 2
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALED else 4 if flags & SCALED_TWICE else 8 if flags & TURNED else 0


def _renumbered(outline: Outline, numbers: dict[int, int]) -> Table:
    """Return an outline made of others, with their numbers in the smaller font."""
    content = bytearray(outline.table.content)
    for at in outline.parts:
        (part,) = struct.unpack_from(">H", content, at)
        struct.pack_into(">H", content, at, numbers.setdefault(part, len(numbers)))
    return table(bytes(content))


def _joined(outlines: Sequence[Table]) -> Table:
    """Return the table of all outlines."""
    content = b"".join(each.content for each in outlines)
    return Table(content, sum(each.check for each in outlines))


def _places(outlines: Sequence[Table]) -> tuple[bytes, bool]:
    """Return the table `loca` of where outlines begin and the last ends; whether it is long."""
    places = [0]
    for each in outlines:
        places.append(places[-1] + len(each.content))
    if places[-1] > LONGEST_SHORT:
        return struct.pack(f">{len(places)}L", *places), True
    return struct.pack(f">{len(places)}H", *(place >> 1 for place in places)), False


def _cmap(glyphs: Sequence[int]) -> bytes:
    """Return the table `cmap` that gives each code from 0 on its glyph (format 6)."""
    head = (0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(glyphs), 0, 0, len(glyphs))
    return struct.pack(f">{len(head) + len(glyphs)}H", *head, *glyphs)


def _file(tables: dict[str, Table]) -> bytes:
    """Return a font file of tables."""
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    head = struct.pack(">LHHHH", 0x00010000, count, search, power, 16 * count - search)
    body: list[bytes] = []
    at = len(head) + 16 * count
    for tag, each in sorted(tables.items()):
        place = (each.check & 0xFFFFFFFF, at, len(each.content))
        head += struct.pack(">4sLLL", tag.encode(), *place)
        body.append(_filled_up(each.content))
        at += len(body[-1])
    checks = table(head).check + sum(each.check for each in tables.values())
    number = sorted(tables).index("head")
    rest = (WHOLE_CHECK - checks) & 0xFFFFFFFF
    body[number] = body[number][:8] + rest.to_bytes(4, "big") + body[number][12:]
    return b"".join((head, *body))


def _refer(doc: PDFDocument, what: PDFObject) -> str:
    """Take an object into the document; return what stands for it."""
    reference = doc.Reference(what)  # type: ignore[no-untyped-call]
    written: bytes = reference.format(doc)
    return written.decode("ascii")
