"""Filling a workbook: every part of it but the names stays as it is, pictures and shapes too."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from liaison_desk.exports import cells
from liaison_desk.exports.fill_in_rows import Block, blocks_of, repeat_rows
from liaison_desk.exports.office_dom import (
    above,
    children,
    copy_of,
    drop,
    elements,
    make_like,
    root_of,
    set_text,
    text_of,
    upwards,
)
from liaison_desk.exports.row_heights import Room
from liaison_desk.exports.sheet_styles import GENERAL, TEXT
from liaison_desk.exports.workbook_parts import Workbook, look_of, put

if TYPE_CHECKING:
    from xml.dom.minidom import Element

    from liaison_desk.exports.fill_in import Names
    from liaison_desk.exports.form_names import Row, Value
    from liaison_desk.exports.office_file import OfficeFile
    from liaison_desk.exports.workbook_parts import Sheet

_DAY, _MOMENT = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日"hh:mm'
"""How a day is shown where the form says nothing: as it would be written."""
_HEADS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_SIZE_BEFORE_NAME = re.compile(r"(&\d+)(?=[{｛])")
_UNSTEADY = re.compile(r"[=+@-].*|[\d.][\d.,/:%Ee -]*", re.DOTALL)
"""Text that a sheet would make a formula, a number or a day of once somebody edits the cell."""
_SHAPES = r"xl/(drawings/drawing|charts/chart)\d*\.xml"


def fill_book(file: OfficeFile, names: Names) -> bytes:
    """Fill every sheet of a workbook.

    Raises:
        FileUnusable: it is damaged.
    """
    try:
        book = Workbook(file)
        for sheet in book.sheets:
            _Filling(book, sheet, names).fill()
        for part in book.parts(_SHAPES):
            _fill_shapes(root_of(book.tree(part)), names)
    except (KeyError, ValueError) as error:  # a number or part that every sheet has is not there
        raise file.refusing.damaged() from error
    book.forget_results()
    return book.written()


class _Filling:
    """The filling of one sheet."""

    def __init__(self, book: Workbook, sheet: Sheet, names: Names) -> None:
        self._book = book
        self._sheet = sheet
        self._names = names
        self._room = Room(sheet, book.styles)

    def fill(self) -> None:
        """Fill what stands once first, then the rows that are repeated, from the last."""
        blocks = blocks_of(self._book, self._sheet, self._names)
        for row in self._sheet.rows:
            number = int(row.getAttribute("r"))
            if not any(each.first <= number <= each.last for each in blocks):
                self._fill_row(row, self._names.values)
        self._fill_heads()
        for block in reversed(blocks):
            self._repeat(block)

    def _repeat(self, block: Block) -> None:
        """Write a block once for each of its rows."""
        records = self._names.values.rows(block.lists)
        groups = repeat_rows(self._book, self._sheet, block, len(records))
        self._room = Room(self._sheet, self._book.styles)
        for rows, values in zip(groups, records, strict=True):
            for row in rows:
                self._fill_row(row, values)

    def _fill_heads(self) -> None:
        """Fill what is printed over and under each page; an & in it stands for itself."""
        for name in _HEADS:
            for each in elements(self._sheet.root, name):
                text = _SIZE_BEFORE_NAME.sub(r"\1 ", text_of(each))
                values = _Doubled(self._names.values)
                set_text(each, self._names.filled(text, values))

    def _fill_row(self, row: Element, values: Row) -> None:
        """Fill the cells of a row, and make it high enough for what came in."""
        filled = [self._fill_cell(cell, values) for cell in children(row, "c")]
        if any(filled):
            self._room.make(row)

    def _fill_cell(self, cell: Element, values: Row) -> bool:
        """Fill one cell; whether there was a name in it."""
        holder = self._book.text_holder(cell)
        nodes = _text_nodes(holder) if holder is not None else []
        pieces = [text_of(each) for each in nodes]
        whole = "".join(pieces)
        if holder is None or not self._names.in_text(whole):
            return False
        alone = self._names.alone(whole, values)
        if alone is not None and self._put_raw(cell, alone):
            return True
        self._put_text(cell, holder, self._names.filled_pieces(pieces, values))
        return True

    def _put_raw(self, cell: Element, value: Value) -> bool:
        """Write a number or a day as one, unless the cell is made for something else."""
        styles, look, raw = self._book.styles, look_of(cell), value.raw
        shown = styles.number_format(look)
        if isinstance(raw, date):
            if shown == GENERAL and self._room.fits(cell, value.text):
                code = _MOMENT if isinstance(raw, datetime) else _DAY
                cell.setAttribute("s", str(styles.showing(look, code)))
            elif not styles.shows_days(look):
                return False
            _put_number(cell, self._book.serial(raw))
            return True
        if not isinstance(raw, int | Decimal) or shown == TEXT or styles.shows_days(look):
            return False
        _put_number(cell, str(raw))
        return True

    def _put_text(self, cell: Element, holder: Element, pieces: list[str]) -> None:
        """Write text that stays text, its lines one under the other, its looks as they were."""
        styles, look = self._book.styles, look_of(cell)
        text = cells.clean("".join(pieces))
        if "\n" in text:
            look = styles.wrapping(look)
        if _UNSTEADY.fullmatch(text) and styles.number_format(look) == GENERAL:
            look = styles.showing(look, TEXT)
        cell.setAttribute("s", str(look))
        put(cell, "inlineStr" if text else "", _inline(cell, holder, pieces) if text else None)


def _inline(cell: Element, holder: Element, pieces: list[str]) -> Element:
    """A text of its own, in the looks of the one it was made from."""
    inline = make_like(cell, "is")
    for each in copy_of(holder).childNodes[:]:
        inline.appendChild(each)
    for name in ("rPh", "phoneticPr"):
        for each in elements(inline, name):
            drop(each)
    for node, text in zip(_text_nodes(inline), pieces, strict=True):
        set_text(node, cells.clean(text))
        if not text:
            drop(next((each for each in upwards(node) if each.localName == "r"), node))
    return inline


def _text_nodes(holder: Element) -> list[Element]:
    """The texts of a cell, one for each look; not how they are pronounced."""
    spoken = [each for spoken in elements(holder, "rPh") for each in elements(spoken, "t")]
    return [each for each in elements(holder, "t") if each not in spoken]


def _put_number(cell: Element, number: str) -> None:
    value = make_like(cell, "v")
    set_text(value, number)
    put(cell, "", value)


def _fill_shapes(root: Element, names: Names) -> None:
    """Fill the text boxes over a sheet, and the titles of its charts."""
    for paragraph in elements(root, "p"):
        nodes = [t for t in elements(paragraph, "t") if above(t, paragraph.tagName) is paragraph]
        pieces = [text_of(each) for each in nodes]
        for node, old, new in zip(
            nodes, pieces, names.filled_pieces(pieces, names.values), strict=True
        ):
            if new != old:
                set_text(node, new)


class _Doubled:
    """Values as heads and feet hold them: an & alone would begin a sign."""

    def __init__(self, values: Row) -> None:
        self._values = values

    def one(self, name: str) -> Value | None:
        """What a name stands for."""
        value = self._values.one(name)
        return replace(value, text=value.text.replace("&", "&&")) if value else None
