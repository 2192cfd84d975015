"""The looks of a workbook's cells, and a few more where a value needs one of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.exports.office_dom import child, children, copy_of, make_like, root_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.dom.minidom import Document, Element

TEXT, GENERAL = "@", "General"
_NUMBER = "0"
_BUILT_IN = {0: GENERAL, 49: TEXT} | dict.fromkeys(
    (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-m-d"
)
"""What the formats mean that no file spells out: those of days and times, here all the same."""
_OWN = 164  # the first number of a format that a file spells out
_SIZE = 11.0


class Styles:
    """The looks by the number that a cell has in `s`.

    Args:
        document: xl/styles.xml.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._root = root_of(document)
        self._looks = child(self._root, "cellXfs")
        self._every = children(self._looks, "xf") if self._looks is not None else []
        self._made: dict[tuple[int, str], int] = {}

    def number_format(self, look: int) -> str:
        """How numbers are shown: General, @ or a code; a code of days for built-in ones of days."""
        xf = self._look(look)
        number = int((xf and xf.getAttribute("numFmtId")) or 0)
        own = {e.getAttribute("numFmtId"): e.getAttribute("formatCode") for e in self._formats()}
        code: str = own.get(str(number)) or _BUILT_IN.get(number, _NUMBER)
        return code

    def shows_days(self, look: int) -> bool:
        """Whether a number is shown as a day."""
        code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", self.number_format(look)).lower()
        return code != GENERAL.lower() and ("yy" in code or "d" in code)

    def size(self, look: int) -> float:
        """The size of the type, in points."""
        xf, fonts = self._look(look), child(self._root, "fonts")
        every = children(fonts, "font") if fonts is not None else []
        number = int((xf and xf.getAttribute("fontId")) or 0)
        size = child(every[number], "sz") if number < len(every) else None
        return float(size.getAttribute("val")) if size is not None else _SIZE

    def wraps(self, look: int) -> bool:
        """Whether a text goes on in another line."""
        xf = self._look(look)
        alignment = child(xf, "alignment") if xf is not None else None
        return alignment is not None and alignment.getAttribute("wrapText") in {"1", "true"}

    def wrapping(self, look: int) -> int:
        """The same look with lines one under the other."""

        def change(xf: Element) -> None:
            alignment = child(xf, "alignment")
            if alignment is None:
                alignment = make_like(xf, "alignment")
                xf.insertBefore(alignment, xf.firstChild)
            alignment.setAttribute("wrapText", "1")
            xf.setAttribute("applyAlignment", "1")

        return look if self.wraps(look) else self._variant(look, "wrap", change)

    def showing(self, look: int, code: str) -> int:
        """The same look with another format of numbers."""

        def change(xf: Element) -> None:
            xf.setAttribute("numFmtId", str(self._number_of(code)))
            xf.setAttribute("applyNumberFormat", "1")

        return self._variant(look, code, change)

    def _variant(self, look: int, key: str, change: Callable[[Element], None]) -> int:
        """A changed copy of a look, made once."""
        source = self._look(look)
        if source is None or self._looks is None:
            return look
        if (look, key) not in self._made:
            xf = copy_of(source)
            change(xf)
            self._looks.appendChild(xf)
            self._made[look, key] = len(self._every)
            self._every.append(xf)
            self._looks.setAttribute("count", str(len(self._every)))
        return self._made[look, key]

    def _number_of(self, code: str) -> int:
        """The number of a format, made when there is none."""
        if code == TEXT:
            return 49
        formats = self._formats()
        same = [each for each in formats if each.getAttribute("formatCode") == code]
        if same:
            return int(same[0].getAttribute("numFmtId"))
        holder = child(self._root, "numFmts")
        if holder is None:
            holder = make_like(self._root, "numFmts")
            self._root.insertBefore(holder, self._root.firstChild)
        number = max((int(e.getAttribute("numFmtId")) for e in formats), default=_OWN) + 1
        made = make_like(holder, "numFmt")
        made.setAttribute("numFmtId", str(max(number, _OWN)))
        made.setAttribute("formatCode", code)
        holder.appendChild(made)
        holder.setAttribute("count", str(len(formats) + 1))
        return max(number, _OWN)

    def _formats(self) -> list[Element]:
        holder = child(self._root, "numFmts")
        return children(holder, "numFmt") if holder is not None else []

    def _look(self, look: int) -> Element | None:
        return self._every[look] if look < len(self._every) else None
