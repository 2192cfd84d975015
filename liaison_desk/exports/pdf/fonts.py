"""The fonts of a paper: one face for each role, with a fallback for every single character."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reportlab.pdfbase.ttfonts import TTFError

from liaison_desk.domain.errors import DeskError
from liaison_desk.exports.pdf.embedding import EmbeddedFont
from liaison_desk.exports.pdf.font_files import (
    BUNDLED,
    BUNDLED_FOLDER,
    FontFile,
    Role,
    installed,
    list_font_files,
    system_folders,
)
from liaison_desk.exports.pdf.measures import EM_ASCENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

# A character is looked for in these roles, in turn, when the wanted role's fonts lack it.
FALLBACK: dict[Role, tuple[Role, ...]] = {
    Role.FANG: (Role.KAI, Role.SONG, Role.HEI, Role.TITLE, Role.RARE),
    Role.TITLE: (Role.SONG, Role.HEI, Role.KAI, Role.FANG, Role.RARE),
    Role.SONG: (Role.FANG, Role.KAI, Role.HEI, Role.TITLE, Role.RARE),
    Role.HEI: (Role.SONG, Role.KAI, Role.FANG, Role.TITLE, Role.RARE),
    Role.KAI: (Role.SONG, Role.FANG, Role.HEI, Role.TITLE, Role.RARE),
}
# Signs that fill a cell in Chinese text though many fonts draw them narrow.
FULL_SIGNS = frozenset("“”‘’—…①②③④⑤⑥⑦⑧⑨⑩○●□■√℃×÷※△▲☆★◇◆→←↑↓≥≤≠≈±§")
# Taken from 宋体: its boxes leave white beside the words, its low lines meet.
FROM_SONG = frozenset("□■＿")
PATTERN = "国"  # a character that fills its em box
PATTERN_MIDDLE = EM_ASCENT - 0.5  # the middle of the em box above the baseline
FULL_WIDTH = 0.9  # em; a wider glyph needs no help to fill its cell


class FontsIncomplete(DeskError):
    """The fonts that come with the program are missing or damaged."""

    def __init__(self, role: Role) -> None:
        super().__init__(
            f"找不到“{role.value}”字体，文件没有打印，资料没有改动。请重新安装本程序后再试。"
        )


@dataclass(frozen=True, slots=True)
class Ink:
    """The inked box of a glyph, in em: x from its origin, y upward from the baseline."""

    left: float
    bottom: float
    right: float
    top: float


class Face:
    """One font, ready to measure and to be embedded.

    Attributes:
        font: reportlab's font.
        role: what it is for.
        file: where it comes from.
        rise: how far it is raised when drawn, em; fonts place Chinese differently in the em box.
    """

    def __init__(self, role: Role, file: FontFile) -> None:
        name = f"{role.name}-{file.path.stem}-{file.index}"
        self.font = EmbeddedFont(name, file.path, file.index)
        self._inks: dict[str, Ink] = {}
        self.role = role
        self.file = file
        self.rise = self._rise()

    @property
    def title(self) -> str:
        """The font's own PostScript name, for the document's properties."""
        name: bytes | str = self.font.face.name
        return name.decode("latin-1") if isinstance(name, bytes) else name

    def has(self, char: str) -> bool:
        """Tell whether the font draws `char` with a glyph of its own."""
        return bool(self.font.face.charToGlyph.get(ord(char), 0))

    def width(self, char: str) -> float:
        """Return the advance of `char` in em."""
        return float(self.font.face.charWidths[ord(char)]) / 1000

    def widths(self, text: str) -> list[float]:
        """Return the advance of each character of `text` in em."""
        known = self.font.face.charWidths
        return [known[ord(char)] / 1000 for char in text]

    def ink(self, char: str) -> Ink:
        """Return the inked box of `char`, `rise` included; a blank has an empty one."""
        ink = self._inks.get(char)
        if ink is None:
            ink = self._inks[char] = self._read_ink(char)
        return ink

    def _read_ink(self, char: str) -> Ink:
        face = self.font.face
        index = face.charToGlyph[ord(char)]
        start, end = face.glyphPos[index], face.glyphPos[index + 1]
        if start == end:
            return Ink(0, 0, 0, 0)
        offset = face.get_table_pos("glyf")[0] + start
        box = struct.unpack(">hhhh", face.get_chunk(offset + 2, 8))
        left, bottom, right, top = (value / face.unitsPerEm for value in box)
        return Ink(left, bottom + self.rise, right, top + self.rise)

    def _rise(self) -> float:
        """Return how far to raise the font so that its characters align with other fonts', em."""
        self.rise = 0.0
        if not self.has(PATTERN):
            return 0.0
        ink = self._read_ink(PATTERN)
        return PATTERN_MIDDLE - (ink.bottom + ink.top) / 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as one face draws it; `width` is its advance in em."""

    face: Face
    width: float


class _Glyphs(dict[str, Glyph | None]):
    """The glyphs of one role; a character is looked up when it is first asked for."""

    def __init__(self, look_up: Callable[[str], Glyph | None]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, char: str) -> Glyph | None:
        glyph = self[char] = self._look_up(char)
        return glyph


class FontBook:
    """All faces of the papers; fonts are read when first needed and kept.

    A face serves one document at a time: one book belongs to one thread.
    """

    def __init__(
        self,
        *,
        bundled_only: bool = False,
        bundled_folder: Path = BUNDLED_FOLDER,
        installed_folders: Iterable[Path] | None = None,
    ) -> None:
        """Look for fonts; none is read yet.

        Args:
            bundled_only: leave installed fonts aside, so that every computer sets alike.
            bundled_folder: where the program's own fonts lie.
            installed_folders: where installed fonts lie; None means where this system keeps them.
        """
        folders = system_folders() if installed_folders is None else installed_folders
        self._folder = bundled_folder
        self._files = [] if bundled_only else list_font_files(folders)
        self._sources: dict[Role, Iterator[Face]] = {}
        self._faces: dict[Role, list[Face]] = {}
        self._glyphs = {role: _Glyphs(partial(self._look_up, role)) for role in FALLBACK}

    def glyph(self, role: Role, char: str) -> Glyph | None:
        """Return how `char` is drawn in `role`, or None when no font has it."""
        return self._glyphs[role][char]

    def glyphs(self, role: Role, text: str) -> list[Glyph | None]:
        """Return how each character of `text` is drawn in `role`."""
        return list(map(self._glyphs[role].__getitem__, text))

    def face(self, role: Role) -> Face:
        """Return the first choice for `role`; raises FontsIncomplete when there is none."""
        for face in self._faces_of(role):
            return face
        raise FontsIncomplete(role)

    def missing(self, text: Iterable[str], role: Role = Role.FANG) -> list[str]:
        """Return the characters of `text` that no font has, each once, in order."""
        known = self._glyphs[role]
        return [char for char in dict.fromkeys(text) if known[char] is None]

    def _look_up(self, role: Role, char: str) -> Glyph | None:
        narrow: Glyph | None = None
        for face in self._chain(Role.SONG if char in FROM_SONG else role):
            if not face.has(char):
                continue
            glyph = Glyph(face, face.width(char))
            if char not in FULL_SIGNS or glyph.width >= FULL_WIDTH:
                return glyph
            narrow = narrow or glyph
        return narrow

    def _chain(self, role: Role) -> Iterator[Face]:
        self.face(role)
        for each in (role, *FALLBACK[role]):
            yield from self._faces_of(each)

    def _faces_of(self, role: Role) -> Iterator[Face]:
        """Yield the faces of one role, reading each font only when it is reached."""
        faces = self._faces.setdefault(role, [])
        yield from faces
        source = self._sources.setdefault(role, self._open(role))
        for face in source:
            faces.append(face)
            yield face

    def _open(self, role: Role) -> Iterator[Face]:
        files = list(installed(role, self._files))
        if role is not Role.RARE:
            files = files[:1]
        names = BUNDLED.get(role, ())
        files += (FontFile(self._folder / name) for name in names)
        for file in files:
            try:
                yield Face(role, file)
            except (TTFError, OSError, struct.error):
                continue  # a damaged font is passed over; the next one serves
