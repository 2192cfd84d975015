"""PDF files one behind the other as one: its pages numbered on, its parts in the outline."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from liaison_desk.exports.pdf.drawing import CREATOR, Properties, write_pdf
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Span, set_line
from liaison_desk.exports.pdf.measures import POINTS_PER_MM
from liaison_desk.exports.pdf.page import Page, PlacedLine, Rule, ink_range
from liaison_desk.exports.pdf.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject
    from pypdf.generic import IndirectObject

    from liaison_desk.exports.pdf.fonts import FontBook

NUMBER_SIZE = 10.5  # pt, 5号
NUMBER_DOWN = (
    13 * POINTS_PER_MM
)  # baseline under the upper edge: over every 版心, and inside printers' reach
NUMBER_IN = 15 * POINTS_PER_MM  # from the outer edge
_WHITE = (1.0, 1.0, 1.0)
_STAMP = NameObject("/PageNumber")


@dataclass(frozen=True)
class Mark:
    """An entry of the outline.

    Attributes:
        title: what it says.
        page: where it leads, from 0.
        level: how deep it stands, from 0.
    """

    title: str
    page: int
    level: int = 0


class Binder:
    """Takes files in their order and makes one of them; the same files give the same bytes.

    Attributes:
        pages: how many there are so far.
    """

    def __init__(self) -> None:
        self._writer = PdfWriter()
        self.pages = 0

    def add(self, pdf: bytes, at: int | None = None) -> None:
        """Put a file of the program's own, or one that pdfium has made, behind the rest.

        Args:
            pdf: the file.
            at: the page, from 0, it is put before instead.
        """
        with PdfReader(io.BytesIO(pdf)) as reader:
            for number, page in enumerate(reader.pages):
                if at is None:
                    self._writer.add_page(page)
                else:
                    self._writer.insert_page(page, at + number)
            self.pages += len(reader.pages)

    def finish(
        self, marks: Sequence[Mark], properties: Properties, fonts: FontBook, *, first: int = 2
    ) -> bytes:
        """Number the pages at their upper outer corner, as archives do, and write the file.

        Args:
            marks: the outline, in order.
            properties: what the file says about itself.
            fonts: for the numbers.
            first: the page, from 1, on which the first number stands; those before count.
        """
        self._stamp(fonts, first)
        writer, above = self._writer, dict[int, "IndirectObject"]()
        for mark in marks:
            above[mark.level] = writer.add_outline_item(
                title=mark.title,
                page_number=mark.page,
                parent=above.get(mark.level - 1),
                is_open=mark.level == 0,
            )
        writer.page_mode = "/UseOutlines"
        writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
        writer.metadata = {
            "/Title": properties.title,
            "/Author": properties.author,
            "/Creator": CREATOR,
        }
        out = io.BytesIO()
        writer.write(out)
        # A thousand pages are a million objects that know one another; left to Python's collector
        # they would stop every thread for seconds.
        vars(writer).clear()
        return out.getvalue()

    def _stamp(self, fonts: FontBook, first: int) -> None:
        """Draw the numbers over the pages."""
        pages = list(self._writer.pages)[first - 1 :]
        if not pages:
            return
        numbers = [_number(at, page, fonts) for at, page in enumerate(pages, first)]
        stamps = PdfReader(io.BytesIO(write_pdf(numbers, Properties("", ""))))
        resources: IndirectObject | None = None
        for page, stamp in zip(pages, stamps.pages, strict=True):
            form = StreamObject()
            contents = stamp.get_contents()
            assert contents is not None, "a number is drawn on every page"
            form.set_data(contents.get_data())
            if resources is None:  # the fonts of all numbers are the same
                shared = stamp["/Resources"].get_object()
                assert shared is not None, "a number is drawn with a font"
                resources = self._writer._add_object(shared.clone(self._writer))  # noqa: SLF001  (its own way to add)
            form.update(
                {
                    NameObject("/Type"): NameObject("/XObject"),
                    NameObject("/Subtype"): NameObject("/Form"),
                    NameObject("/BBox"): ArrayObject(
                        FloatObject(f"{float(each):.3f}") for each in stamp.mediabox
                    ),
                    NameObject("/Resources"): resources,
                }
            )
            self._lay_over(page, form)

    def _lay_over(self, page: PageObject, form: StreamObject) -> None:
        """Draw a form over what a page has, whatever state that leaves its graphics in."""
        add = self._writer._add_object  # noqa: SLF001
        own = page["/Resources"].get_object()
        assert isinstance(own, DictionaryObject)
        mine = DictionaryObject(own)
        known = own.get("/XObject")
        shapes = DictionaryObject(known.get_object() if known is not None else {})
        shapes[_STAMP] = add(form)
        mine[NameObject("/XObject")] = shapes
        page[NameObject("/Resources")] = mine
        opening, closing = StreamObject(), StreamObject()
        opening.set_data(b"q\n")
        closing.set_data(b"\nQ q " + _STAMP.encode() + b" Do Q\n")
        drawn = page.get("/Contents")
        inner = drawn.get_object() if drawn is not None else ArrayObject()
        parts = list(inner) if isinstance(inner, ArrayObject) else [page.raw_get("/Contents")]
        page[NameObject("/Contents")] = ArrayObject([add(opening), *parts, add(closing)])


def _number(number: int, page: PageObject, fonts: FontBook) -> Page:
    """A page with nothing but its number: odd ones at the right, even ones at the left.

    Under it lies white, so that it can be read on a scan that fills the sheet.
    """
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    line = set_line([Span(str(number), Role.SONG)], NUMBER_SIZE, fonts)
    left, right = ink_range(line)
    x = width - NUMBER_IN - right if number % 2 else NUMBER_IN - left
    pad = NUMBER_SIZE / 4
    white = Rule(
        x + left - pad,
        NUMBER_DOWN - NUMBER_SIZE * 0.33,
        right - left + 2 * pad,
        NUMBER_SIZE * 1.1,
        _WHITE,
    )
    sheet = Sheet(width, height, 0, 0, width, height)
    return Page(lines=[PlacedLine(line, x, NUMBER_DOWN)], rules=[white], sheet=sheet)
