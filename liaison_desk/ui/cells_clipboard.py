"""Cells to and from a spreadsheet: as Excel and WPS put them into the clipboard."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Cells = Sequence[Sequence[str]]

_TO_QUOTE = re.compile(r'[\t\n\r]|^"')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)')
_BARE = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\n|\r")


def put_into_clipboard(cells: Cells, heads: Sequence[str] = ()) -> None:
    """Let a spreadsheet take these cells; every cell stays the text it is."""
    mime = QMimeData()
    mime.setText(to_text([heads, *cells] if heads else cells))
    mime.setHtml(to_html(cells, heads))
    QGuiApplication.clipboard().setMimeData(mime)


def taken_from_clipboard() -> list[list[str]]:
    """The cells that a spreadsheet has put there; one cell where it is plain text."""
    return from_text(QGuiApplication.clipboard().text())


def holds_cells(*, takes_lines: bool) -> bool:
    """Whether the clipboard holds several cells rather than a text.

    Args:
        takes_lines: whether the place under the cursor takes several lines; these are a text
            there unless they come from a spreadsheet.
    """
    mime = QGuiApplication.clipboard().mimeData()
    text = mime.text() if mime is not None else ""
    if "\t" in text:
        return True
    is_one = len(from_text(text)) < 2
    return not is_one and (not takes_lines or "<table" in mime.html().lower())


def to_text(cells: Cells) -> str:
    """Lines of cells divided by tabs; a cell of several lines stands in quotation marks."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in cells)


def from_text(text: str) -> list[list[str]]:
    """The cells of such lines; the empty end of the last line is no line of its own.

    A quotation mark that nothing closes before the next tab or line is part of its cell.
    """
    rows: list[list[str]] = [[]]
    place = 0
    while place <= len(text):
        found = _quoted_cell(text, place)
        cell = found[1].replace('""', '"') if found else ""
        bare = found or _BARE.match(text, place)
        assert bare is not None, "an empty cell is a cell"
        rows[-1].append(cell if found else bare[0])
        place = bare.end()
        line_end = _LINE_END.match(text, place)
        if line_end is not None:
            rows.append([])
            place = line_end.end() - 1
        place += 1
    return rows[:-1] if rows[-1] == [""] else rows


def to_html(cells: Cells, heads: Sequence[str] = ()) -> str:
    """A table whose cells are text: no leading zero and no digit of a long number is lost."""
    head = _row("th", heads) if heads else ""
    body = "".join(_row("td", row) for row in cells)
    return (
        '<html><head><meta charset="utf-8"><style>br {mso-data-placement:same-cell}</style></head>'
        f"<body><table>{head}{body}</table></body></html>"
    )


def _row(tag: str, cells: Iterable[str]) -> str:
    """One row of the table."""
    style = r"mso-number-format:'\@'"
    marked = (f'<{tag} style="{style}">{_marked(each)}</{tag}>' for each in cells)
    return f"<tr>{''.join(marked)}</tr>"


def _marked(cell: str) -> str:
    """A cell's text; line breaks stay inside the cell."""
    return escape(cell).replace("\r\n", "\n").replace("\n", "<br>")


def _quoted(cell: str) -> str:
    """A cell as it stands between tabs."""
    if not _TO_QUOTE.search(cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _quoted_cell(text: str, place: int) -> re.Match[str] | None:
    """A cell in quotation marks that it needs: around tabs, lines or quotation marks."""
    found = _QUOTED.match(text, place)
    return found if found and re.search(r'[\t\r\n]|""', found[1]) else None
