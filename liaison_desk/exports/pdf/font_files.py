"""Where the fonts of an official paper lie on this computer, and whether they may be embedded.

Font files are recognised by name and then by their own tables: outlines must be TrueType
(reportlab refuses CFF) and the maker must not have forbidden embedding.
"""

from __future__ import annotations

import os
import re
import struct
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BUNDLED_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts"
RESTRICTED = 0x0002  # OS/2 fsType: the licence forbids embedding


class Role(Enum):
    """What a font is for on an official paper; the value is the clerk's word for it."""

    FANG = "仿宋"
    TITLE = "小标宋"
    SONG = "宋体"
    HEI = "黑体"
    KAI = "楷体"
    RARE = "生僻字"


BUNDLED: dict[Role, tuple[str, ...]] = {
    Role.FANG: ("fang.ttf", "fang_more.ttf"),
    Role.TITLE: ("title.ttf",),
    Role.SONG: ("song.ttf",),
    Role.HEI: ("hei.ttf",),
    Role.KAI: ("kai.ttf",),
}
"""The program's own fonts; a later one serves for characters that the one before it lacks."""

# File names without suffix, in order of choice: Windows zh-CN, then UOS and Kylin (Founder).
INSTALLED: dict[Role, tuple[str, ...]] = {
    Role.FANG: (r"simfang", r"fangsong_gb2312|仿宋_gb2312", r"fzfs.*|方正仿宋.*", r"fangsong|仿宋"),
    Role.TITLE: (r"方正小标宋_gbk|fzxbs_gbk.*|fzxbsk.*", r"fzxbs.*|方正小标宋.*", r"小标宋.*"),
    Role.SONG: (r"simsun", r"fzss.*|方正书宋.*", r"宋体"),
    Role.HEI: (r"simhei", r"fzht.*|方正黑体.*", r"黑体"),
    Role.KAI: (r"simkai", r"kaiti_gb2312|楷体_gb2312", r"fzkt.*|方正楷体.*", r"kaiti|楷体"),
    Role.RARE: (r"simsunb", r"simsunextg", r"hanamina", r"hanaminb"),
}
SUFFIXES = frozenset({".ttf", ".ttc", ".otf"})


@dataclass(frozen=True)
class FontFile:
    """One font that may be embedded: its file and, in a collection, its number there."""

    path: Path
    index: int = 0


def system_folders() -> list[Path]:
    """Return the folders where this computer keeps its fonts."""
    home = Path.home()
    if os.name == "nt":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    ]


def list_font_files(folders: Iterable[Path]) -> list[Path]:
    """Return every font file under `folders`, in a fixed order; missing folders are empty."""
    found: list[Path] = []
    for folder in folders:
        for parent, _, names in os.walk(folder):
            found += [Path(parent, name) for name in names if Path(name).suffix.lower() in SUFFIXES]
    return sorted(found)


def installed(role: Role, files: Sequence[Path]) -> Iterator[FontFile]:
    """Yield the installed fonts for `role` that may be embedded, best first."""
    for pattern in INSTALLED.get(role, ()):
        for path in files:
            if re.fullmatch(pattern, path.stem.lower()) and is_embeddable(path):
                yield FontFile(path)


def is_embeddable(path: Path) -> bool:
    """Tell whether the first font of a file has TrueType outlines and may be embedded."""
    try:
        with path.open("rb") as file:
            tables = _table_offsets(file)
            if not {b"glyf", b"cmap", b"OS/2"} <= tables.keys():
                return False
            file.seek(tables[b"OS/2"] + 8)
            (embedding,) = struct.unpack(">H", file.read(2))
    except (OSError, struct.error):
        return False
    return bool(embedding & 0x000F != RESTRICTED)


def _table_offsets(file: BinaryIO) -> dict[bytes, int]:
    """Return the table offsets of a font file, of the first font in a collection."""
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12)
        (start,) = struct.unpack(">L", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    records = (struct.unpack(">4sLLL", file.read(16)) for _ in range(count))
    return {tag: offset for tag, _, offset, _ in records}
