"""Where cells, areas and formulas point after rows came into a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.formula.translate import Translator
from openpyxl.utils import quote_sheetname

_REFERENCE = re.compile(r"(\$?[A-Za-z]{0,3}\$?)([0-9]{1,7})")


@dataclass(frozen=True)
class Insertion:
    """Rows that came in.

    Attributes:
        title: the sheet they came into.
        after: the row they came under.
        count: how many.
    """

    title: str
    after: int
    count: int

    def row(self, number: int) -> int:
        """The number that a row has now."""
        return number + self.count if number > self.after else number

    def areas(self, text: str) -> str:
        """Areas such as A1:C5 $A$5, one after the other; one that ends at `after` takes them in."""
        return " ".join(map(self._area, text.split(" ")))

    def formula(self, text: str, inside: str, *, is_repeated: bool = False) -> str:
        """A formula without its sign, standing in the sheet `inside`.

        In a row that is repeated itself, only an area with a $ before its end takes the new rows
        in: SUM(E$5:E$5) is of all rows, SUM(E$5:E5) of those so far.
        """
        try:
            tokens = Tokenizer(f"={text}").items
        except (TokenizerError, IndexError):
            return text
        return "".join(
            self._token(token.value, inside, is_repeated)
            if token.type == Token.OPERAND and token.subtype == Token.RANGE
            else token.value
            for token in tokens
        )

    def _token(self, text: str, inside: str, is_repeated: bool) -> str:
        name, mark, area = text.rpartition("!")
        is_meant = (
            name in {self.title, quote_sheetname(self.title)} if mark else inside == self.title
        )
        return f"{name}{mark}{self._area(area, is_repeated)}" if is_meant else text

    def _area(self, area: str, is_repeated: bool = False) -> str:
        first, colon, last = area.partition(":")
        found, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if found is None or (colon and end is None):
            return area
        top = f"{found[1]}{self.row(int(found[2]))}"
        if end is None:
            return top
        bottom = int(end[2])
        takes_in = bottom == self.after and (end[1].endswith("$") or not is_repeated)
        return f"{top}:{end[1]}{bottom + self.count if takes_in else self.row(bottom)}"


def brought(formula: str, origin: str, target: str) -> str:
    """A formula without its sign, copied from one cell to another."""
    try:
        moved = str(Translator(f"={formula}", origin).translate_formula(target))
    except (TokenizerError, IndexError):
        return formula
    return moved.removeprefix("=")
