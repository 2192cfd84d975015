"""A workbook as its parts: the sheets' trees, the texts they share, and what hangs over them."""

from __future__ import annotations

import posixpath
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from liaison_desk.exports.moved_references import brought
from liaison_desk.exports.office_dom import (
    child,
    children,
    clear,
    drop,
    elements,
    make_like,
    put_after,
    read_dom,
    root_of,
    set_text,
    text_of,
    write_dom,
    zipped,
)
from liaison_desk.exports.sheet_styles import Styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.dom.minidom import Document, Element
    from xml.etree.ElementTree import Element as TreeElement

    from liaison_desk.exports.office_file import OfficeFile

_WORKBOOK = "xl/workbook.xml"
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""The namespaces of an id, in the usual and in the strict kind of file."""
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_PICTURE = "DISPIMG"
"""A formula of WPS that shows a picture in a cell; what it kept is the only way to find it."""


class Sheet:
    """One sheet: its tree, with every row and cell numbered."""

    def __init__(self, title: str, part: str, document: Document) -> None:
        self.title = title
        self.part = part
        self.root = root_of(document)
        self.rows = _numbered_rows(self.root)

    def cells(self) -> Iterator[Element]:
        """Every cell there is."""
        for row in self.rows:
            yield from children(row, "c")

    def formulas(self) -> Iterator[tuple[Element, Element]]:
        """The cells that hold a formula, with it."""
        for cell in self.cells():
            formula = child(cell, "f")
            if formula is not None:
                yield cell, formula


class Workbook:
    """The parts of a workbook that may change; all others are written as they came.

    Raises:
        FileUnusable: a part is missing or damaged.
    """

    def __init__(self, file: OfficeFile) -> None:
        self._file = file
        self._parts = dict(file.parts)
        self._trees: dict[str, Document] = {}
        self.root = root_of(self.tree(_WORKBOOK))
        self._strings = self._shared_strings()
        self.styles = self._found_styles()
        self.sheets = list(self._found_sheets())

    def tree(self, part: str) -> Document:
        """A part as a tree, which is written back."""
        if part not in self._trees:
            self._trees[part] = read_dom(self._file, part)
        return self._trees[part]

    def hanging(self, sheet: Sheet, kind: str) -> list[str]:
        """The parts of a kind that belong to a sheet, such as drawing, table or comments."""
        return [part for part, found, _id in self._related(sheet.part) if found == kind]

    def parts(self, pattern: str) -> list[str]:
        """The names of the parts that match."""
        return [part for part in self._parts if re.fullmatch(pattern, part)]

    def replace(
        self, part: str, pattern: bytes, change: Callable[[re.Match[bytes]], bytes]
    ) -> None:
        """Change what is no well-formed XML: the shapes of remarks."""
        self._parts[part] = re.sub(pattern, change, self._parts[part])

    def text_holder(self, cell: Element) -> Element | None:
        """What holds the text of a cell; None of a number or a formula."""
        if child(cell, "f") is not None:
            return None
        kind, value = cell.getAttribute("t"), child(cell, "v")
        if kind == "inlineStr":
            return child(cell, "is")
        if kind == "str" and value is not None:
            return _inline(text_of(value), cell)
        if kind != "s" or value is None:
            return None
        number = int(text_of(value) or 0)
        return self._strings[number] if number < len(self._strings) else None

    def serial(self, day: date) -> str:
        """A day or moment as the number a cell holds."""
        settings = child(self.root, "workbookPr")
        is_1904 = settings is not None and settings.getAttribute("date1904") in {"1", "true"}
        moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
        days = moment - (_EPOCH_1904 if is_1904 else _EPOCH)
        return f"{days.days + days.seconds / 86400:.15g}"

    def forget_results(self) -> None:
        """Let every formula be worked out when the file is opened."""
        for sheet in self.sheets:
            for cell, formula in sheet.formulas():
                if _PICTURE not in text_of(formula):
                    drop(child(cell, "v"))
                    if cell.hasAttribute("t"):
                        cell.removeAttribute("t")
        self._calculation().setAttribute("fullCalcOnLoad", "1")
        self._drop_chain()

    def written(self) -> bytes:
        """The file."""
        changed = {part: write_dom(tree) for part, tree in self._trees.items()}
        return zipped(self._parts | changed)

    # -- inside ----------------------------------------------------------------------------------

    def _found_sheets(self) -> Iterator[Sheet]:
        parts = {each: part for part, kind, each in self._related(_WORKBOOK) if kind == "worksheet"}
        for each in elements(self.root, "sheet"):
            part = parts.get(next(filter(None, (each.getAttributeNS(n, "id") for n in _IDS)), ""))
            if part is not None:
                yield Sheet(each.getAttribute("name"), part, self.tree(part))

    def _found_styles(self) -> Styles:
        found = [part for part, kind, _id in self._related(_WORKBOOK) if kind == "styles"]
        if not found:
            raise self._file.refusing.damaged()
        return Styles(self.tree(found[0]))

    def _shared_strings(self) -> list[Element]:
        found = [part for part, kind, _id in self._related(_WORKBOOK) if kind == "sharedStrings"]
        return children(root_of(read_dom(self._file, found[0])), "si") if found else []

    def _related(self, part: str) -> list[tuple[str, str, str]]:
        """The parts that a part names: each with its kind and id."""
        folder, name = posixpath.split(part)
        listed = f"{folder}/_rels/{name}.rels"
        if listed not in self._file.parts:
            return []
        found = [_relation(each, folder) for each in self._file.xml(listed)]
        return [each for each in found if each[0] in self._file.parts]

    def _calculation(self) -> Element:
        """How the workbook is worked out; it stands behind the names of areas."""
        found = child(self.root, "calcPr")
        if found is None:
            found = make_like(self.root, "calcPr")
            before = next(filter(None, (child(self.root, n) for n in _BEFORE_CALCULATION)))
            put_after(before, found)
        return found

    def _drop_chain(self) -> None:
        """Drop the order in which formulas are worked out: rows have moved."""
        for part, kind, each in self._related(_WORKBOOK):
            if kind != "calcChain":
                continue
            del self._parts[part]
            for tree, key, value in (
                ("[Content_Types].xml", "PartName", f"/{part}"),
                ("xl/_rels/workbook.xml.rels", "Id", each),
            ):
                for node in list(root_of(self.tree(tree)).childNodes):
                    if getattr(node, "getAttribute", lambda _key: "")(key) == value:
                        drop(node)  # type: ignore[arg-type]  # it has attributes: an element


def _inline(text: str, cell: Element) -> Element:
    """A text that some programs put where the result of a formula stands, as others hold it."""
    holder, plain = make_like(cell, "is"), make_like(cell, "t")
    set_text(plain, text)
    holder.appendChild(plain)
    return holder


def _relation(found: TreeElement, folder: str) -> tuple[str, str, str]:
    """Which part is meant, what it is, and under which id."""
    target = found.get("Target", "")
    part = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(part), found.get("Type", "").rpartition("/")[2], found.get("Id", "")


def _numbered_rows(root: Element) -> list[Element]:
    """The rows; some programs leave the numbers of rows and cells out, and share formulas."""
    holder = child(root, "sheetData")
    rows = children(holder, "row") if holder is not None else []
    number = 0
    for row in rows:
        number = int(row.getAttribute("r") or number + 1)
        row.setAttribute("r", str(number))
        for column, cell in enumerate(children(row, "c"), start=1):
            if not cell.hasAttribute("r"):
                cell.setAttribute("r", f"{get_column_letter(column)}{number}")
    _unshare(rows)
    return rows


def _unshare(rows: list[Element]) -> None:
    """Write out the formulas that cells share, so that each can move by itself."""
    shared: dict[str, tuple[str, str]] = {}
    for row in rows:
        for cell in children(row, "c"):
            formula = child(cell, "f")
            if formula is None or formula.getAttribute("t") != "shared":
                continue
            here, key = cell.getAttribute("r"), formula.getAttribute("si")
            text, origin = shared.setdefault(key, (text_of(formula), here))
            set_text(formula, brought(text, origin, here))
            for name in ("t", "si", "ref"):
                if formula.hasAttribute(name):
                    formula.removeAttribute(name)


def row_of(cell: Element) -> int:
    """The row that a cell says it is in."""
    return int(coordinate_from_string(cell.getAttribute("r"))[1])


def column_of(cell: Element) -> str:
    """The letters of a cell's column."""
    return str(coordinate_from_string(cell.getAttribute("r"))[0])


def look_of(cell: Element) -> int:
    """The number of a cell's look."""
    return int(cell.getAttribute("s") or 0)


def put(cell: Element, kind: str, holder: Element | None) -> None:
    """Give a cell another value: the element that holds it, or None for nothing."""
    clear(cell)
    if kind:
        cell.setAttribute("t", kind)
    elif cell.hasAttribute("t"):
        cell.removeAttribute("t")
    if holder is not None:
        cell.appendChild(holder)
