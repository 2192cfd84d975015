"""Rows of a workbook that are repeated, and room for them: everything below moves along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.worksheet.cell_range import CellRange

from liaison_desk.exports.moved_references import Insertion, brought
from liaison_desk.exports.office_dom import (
    child,
    children,
    copy_of,
    elements,
    make_like,
    put_after,
    root_of,
    set_text,
    text_of,
)
from liaison_desk.exports.workbook_parts import column_of, row_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from xml.dom.minidom import Element

    from liaison_desk.exports.fill_in import Names
    from liaison_desk.exports.workbook_parts import Sheet, Workbook

_FORMULAS = ("formula", "formula1", "formula2", "f")
_FIRST_ROW, _LAST_ROW = 2, 6
"""Where the rows stand among the eight numbers of a remark's place."""


@dataclass(frozen=True)
class Block:
    """Rows that are repeated together.

    Attributes:
        first: the number of its first row.
        last: the number of its last row.
        lists: the lists it is repeated for.
    """

    first: int
    last: int
    lists: tuple[str, ...]

    @property
    def height(self) -> int:
        """How many rows it has."""
        return self.last - self.first + 1

    def holds(self, area: CellRange) -> bool:
        """Whether an area lies in the block."""
        return self.first <= area.min_row and area.max_row <= self.last

    def is_within(self, area: CellRange) -> bool:
        """Whether the block lies in an area that reaches beyond it."""
        covers = area.min_row <= self.first and area.max_row >= self.last
        return covers and not self.holds(area)


def blocks_of(book: Workbook, sheet: Sheet, names: Names) -> list[Block]:
    """The blocks of a sheet, from the top; a cell merged over rows makes one block of them."""
    ends = {(each.min_row, each.min_col): each.max_row for each in merges_of(sheet)}
    found: list[Block] = []
    for row in sheet.rows:
        number = _number(row)
        if found and number <= found[-1].last:
            continue
        texts = {cell.getAttribute("r"): _text(book, cell) for cell in children(row, "c")}
        lists = names.lists_in(list(texts.values()))
        if lists:
            of_row = [r for r, t in texts.items() if names.lists_in([t]) or names.is_counted(t)]
            corners = (CellRange(each) for each in of_row)
            last = max(ends.get((each.min_row, each.min_col), number) for each in corners)
            found.append(Block(number, last, tuple(lists)))
    return found


def _text(book: Workbook, cell: Element) -> str:
    holder = book.text_holder(cell)
    return "".join(map(text_of, elements(holder, "t"))) if holder is not None else ""


def merges_of(sheet: Sheet) -> list[CellRange]:
    """The merged cells of a sheet."""
    return [CellRange(each.getAttribute("ref")) for each in _merges(sheet)]


def repeat_rows(book: Workbook, sheet: Sheet, block: Block, times: int) -> list[list[Element]]:
    """Make rows for `times` records of a block; what is below moves along.

    Returns:
        The rows of each record.
    """
    rows = [each for each in sheet.rows if block.first <= _number(each) <= block.last]
    if times < 2:
        return [rows]
    _insert(book, sheet, block, (times - 1) * block.height)
    merges = [each for each in merges_of(sheet) if block.holds(each)]
    made = [rows]
    for place in range(1, times):
        down = place * block.height
        made.append([_copied(each, down) for each in rows])
        for merge in merges:
            merge.shift(row_shift=block.height)
            _add_merge(sheet, merge)
    _hang(sheet, rows, made[1:])
    return made


def _hang(sheet: Sheet, rows: list[Element], made: Sequence[list[Element]]) -> None:
    """Put the new rows under the old."""
    new = [each for group in made for each in group]
    for each in reversed(new):
        put_after(rows[-1], each)
    place = sheet.rows.index(rows[-1]) + 1
    sheet.rows[place:place] = new


def _copied(row: Element, down: int) -> Element:
    """A row again, further down; its formulas mean what lies beside them there."""
    copied = copy_of(row)
    origins = [each.getAttribute("r") for each in children(row, "c")]
    _set_row(copied, _number(row) + down)
    for cell, origin in zip(children(copied, "c"), origins, strict=True):
        formula = child(cell, "f")
        if formula is not None:
            set_text(formula, brought(text_of(formula), origin, cell.getAttribute("r")))
    return copied


def _insert(book: Workbook, sheet: Sheet, block: Block, count: int) -> None:
    """Make room for `count` rows under a block."""
    move = Insertion(sheet.title, block.last, count)
    _move_merges(sheet, block, count)
    _move_places(sheet, move)
    for other in book.sheets:
        _move_formulas(other, move, block if other is sheet else None)
    _move_outside(book, move)
    _move_hanging(book, sheet, move)
    for row in sheet.rows:
        if _number(row) > block.last:
            _set_row(row, _number(row) + count)


def _move_formulas(sheet: Sheet, move: Insertion, block: Block | None) -> None:
    """Let the formulas of cells, rules and colours mean the same cells as before."""
    for cell, formula in sheet.formulas():
        is_repeated = block is not None and block.first <= row_of(cell) <= block.last
        text = move.formula(text_of(formula), sheet.title, is_repeated=is_repeated)
        set_text(formula, text)
        if block is not None and formula.hasAttribute("ref"):
            formula.setAttribute("ref", move.areas(formula.getAttribute("ref")))
    for each in _outside_cells(sheet):
        if each.localName in _FORMULAS:
            set_text(each, move.formula(text_of(each), sheet.title))


def _outside_cells(sheet: Sheet) -> Iterator[Element]:
    """Everything in a sheet but its rows and merges."""
    for part in children(sheet.root, "*"):
        if part.localName not in {"sheetData", "mergeCells"}:
            yield from (part, *elements(part, "*"))


def _move_merges(sheet: Sheet, block: Block, count: int) -> None:
    """Merges below move; one that reaches over the block grows."""
    for each in _merges(sheet):
        area = CellRange(each.getAttribute("ref"))
        if area.min_row > block.last:
            area.shift(row_shift=count)
        elif block.is_within(area):
            area.expand(down=count)
        each.setAttribute("ref", area.coord)


def _move_places(sheet: Sheet, move: Insertion) -> None:
    """What is set for areas of the sheet: its size, filters, rules, colours, links, breaks."""
    for each in _outside_cells(sheet):
        for name in ("ref", "sqref"):
            if each.hasAttribute(name):
                each.setAttribute(name, move.areas(each.getAttribute(name)))
        if each.localName == "sqref":
            set_text(each, move.areas(text_of(each)))
    for broken in elements(sheet.root, "rowBreaks"):
        for each in children(broken, "brk"):
            each.setAttribute("id", str(move.row(int(each.getAttribute("id")))))


def _move_outside(book: Workbook, move: Insertion) -> None:
    """The names that areas have (the print area is one), and what charts show."""
    for each in elements(book.root, "definedName"):
        set_text(each, move.formula(text_of(each), ""))
    for part in book.parts(r"xl/charts/chart\d*\.xml"):
        for each in elements(root_of(book.tree(part)), "f"):
            set_text(each, move.formula(text_of(each), ""))


def _move_hanging(book: Workbook, sheet: Sheet, move: Insertion) -> None:
    """Tables, remarks, pictures and shapes."""
    for part in book.hanging(sheet, "table"):
        for each in _with_ref(root_of(book.tree(part))):
            each.setAttribute("ref", move.areas(each.getAttribute("ref")))
    for kind in ("comments", "threadedComment"):
        for part in book.hanging(sheet, kind):
            for each in _with_ref(root_of(book.tree(part))):
                each.setAttribute("ref", move.areas(each.getAttribute("ref")))
    for part in book.hanging(sheet, "drawing"):
        _move_drawings(root_of(book.tree(part)), move)
    for part in book.hanging(sheet, "vmlDrawing"):
        book.replace(part, rb"(<\w+:Row>)\s*(\d+)", lambda f: _moved_row(f, move))
        book.replace(part, rb"(<\w+:Anchor>)([^<]*)", lambda f: _moved_place(f, move))


def _with_ref(root: Element) -> Iterator[Element]:
    yield from (each for each in (root, *elements(root, "*")) if each.hasAttribute("ref"))


def _move_drawings(root: Element, move: Insertion) -> None:
    """Pictures below move; one that reaches over the new rows grows unless it keeps its size."""
    for anchor in children(root, "twoCellAnchor") + children(root, "oneCellAnchor"):
        top, bottom = child(anchor, "from"), child(anchor, "to")
        is_below = top is not None and _move_corner(top, move)
        grows = anchor.getAttribute("editAs") not in {"oneCell", "absolute"}
        if bottom is not None and (is_below or grows):
            _move_corner(bottom, move)


def _move_corner(corner: Element, move: Insertion) -> bool:
    """Move one corner of a picture; whether it moved."""
    row = child(corner, "row")
    before = int(text_of(row)) if row is not None else 0
    after = move.row(before + 1) - 1
    if row is not None:
        set_text(row, str(after))
    return after != before


def _moved_row(found: re.Match[bytes], move: Insertion) -> bytes:
    return found[1] + str(move.row(int(found[2]) + 1) - 1).encode()


def _moved_place(found: re.Match[bytes], move: Insertion) -> bytes:
    numbers = found[2].decode().split(",")
    for each in (_FIRST_ROW, _LAST_ROW):
        if each < len(numbers):
            numbers[each] = f" {move.row(int(numbers[each]) + 1) - 1}"
    return found[1] + ",".join(numbers).encode()


def _merges(sheet: Sheet) -> list[Element]:
    holder = child(sheet.root, "mergeCells")
    return children(holder, "mergeCell") if holder is not None else []


def _add_merge(sheet: Sheet, area: CellRange) -> None:
    holder = child(sheet.root, "mergeCells")
    assert holder is not None
    made = make_like(holder, "mergeCell")
    made.setAttribute("ref", area.coord)
    holder.appendChild(made)
    holder.setAttribute("count", str(len(children(holder, "mergeCell"))))


def _number(row: Element) -> int:
    return int(row.getAttribute("r"))


def _set_row(row: Element, number: int) -> None:
    """Give a row and its cells another number."""
    row.setAttribute("r", str(number))
    for cell in children(row, "c"):
        cell.setAttribute("r", f"{column_of(cell)}{number}")
