"""Filling the county's own form: any .xlsx or .docx with names in braces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.form_names import NUMBER
from liaison_desk.exports.office_file import FileKind, open_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from liaison_desk.exports.form_names import Row, Value, Values
    from liaison_desk.exports.office_file import OfficeFile

KINDS = (FileKind.SHEET, FileKind.WORD)
DEED = "没有填"
_PLACE = re.compile(r"[{｛]{2}\s*([^{}｛｝\s][^{}｛｝]{0,60}?)\s*[}｝]{2}")
_DOTS = str.maketrans("．。・·", "....")


@dataclass(frozen=True)
class FilledForm:
    """A form that was filled in.

    Attributes:
        content: the file.
        ending: .xlsx or .docx.
        names: the names that were found and known.
        unknown: the names in it that mean nothing here; they stand as they stood.
    """

    content: bytes
    ending: str
    names: tuple[str, ...]
    unknown: tuple[str, ...]


def fill_in(template: Path, values: Values) -> FilledForm:
    """Fill a form that lies on the disk.

    Raises:
        FileUnusable: it is no .xlsx or .docx, damaged or too large.
    """
    return _filled(open_file(template, KINDS, DEED), values)


def _filled(file: OfficeFile, values: Values) -> FilledForm:
    from liaison_desk.exports.fill_in_sheet import fill_book  # a tenth of a second
    from liaison_desk.exports.fill_in_word import fill_document

    names = Names(values)
    fill = fill_book if file.kind is FileKind.SHEET else fill_document
    return FilledForm(fill(file, names), file.kind.ending, names.known, names.unknown)


class Names:
    """Finds the names in texts and remembers those that meant nothing."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._known: dict[str, None] = {}
        self._unknown: dict[str, None] = {}

    @property
    def known(self) -> tuple[str, ...]:
        """The names that were found."""
        return tuple(self._known)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names that mean nothing."""
        return tuple(self._unknown)

    def in_text(self, text: str) -> list[str]:
        """The names in a text."""
        return [_plain(each[1]) for each in _PLACE.finditer(text)]

    def lists_in(self, texts: Sequence[str]) -> list[str]:
        """The lists that some texts are about, each once."""
        names = (name for text in texts for name in self.in_text(text))
        return list(dict.fromkeys(filter(None, map(self.values.list_of, names))))

    def is_counted(self, text: str) -> bool:
        """Whether a text holds the number of its row."""
        return NUMBER in self.in_text(text)

    def alone(self, text: str, values: Row) -> Value | None:
        """What stands for a text that is one name and nothing else."""
        found = _PLACE.fullmatch(text.strip())
        return self._value(found[1], values) if found else None

    def filled(self, text: str, values: Row) -> str:
        """A text with its names replaced; those that mean nothing stay."""
        return self.filled_pieces([text], values)[0]

    def filled_pieces(self, pieces: Sequence[str], values: Row) -> list[str]:
        """Texts that make one; a name may run over several, and its value goes into the first."""
        whole, filled = "".join(pieces), list(pieces)
        for found in reversed(list(_PLACE.finditer(whole))):
            value = self._value(found[1], values)
            if value is not None:
                _put(filled, found.start(), found.end(), value.text)
        return filled

    def _value(self, name: str, values: Row) -> Value | None:
        plain = _plain(name)
        value = values.one(plain)
        (self._unknown if value is None else self._known)[plain] = None
        return value


def _plain(name: str) -> str:
    """A name as it is looked up: no blanks, and a full stop of any width between its parts."""
    return re.sub(r"\s", "", name).translate(_DOTS)


def _put(pieces: list[str], start: int, stop: int, text: str) -> None:
    """Put a text in the place of what lies between two places of the pieces' whole."""
    at = 0
    for number, piece in enumerate(pieces):
        end = at + len(piece)
        if end > start and at < stop:
            left, right = max(start - at, 0), min(stop - at, len(piece))
            pieces[number] = piece[:left] + (text if at <= start else "") + piece[right:]
        at = end
