"""Makes the workbooks that the tests import, good and bad ones."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


ROOT = Path(__file__).parents[3]
OFFICIAL = ROOT / "resources" / "sample" / "县下发委员名册.xlsx"
FILES = Path(__file__).parent / "files"
TITLE = ("柳河镇县政协委员名册（第十二届）",)
HEADINGS = ("姓名", "性别", "出生年月", "电话", "委员证号", "界别", "备注")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write(path: Path, *rows: Sequence[Any], sheet: str = "委员名册") -> Path:
    """Write rows as they are: text as text, numbers as numbers, None as nothing."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(at, column, value)
                elif value is not None:
                    page.write(at, column, value)
    return path


def roster(path: Path, *people: Sequence[Any], headings: Sequence[str] = HEADINGS) -> Path:
    """A roster of the twelfth term with a title, headings and some people."""
    return write(path, TITLE, headings, *people)


def with_parts(path: Path, *parts: str) -> Path:
    """The same zipped file with more parts in it, of a few bytes each."""
    with zipfile.ZipFile(path, "a") as archive:
        for part in parts:
            archive.writestr(part, b"\x00more")
    return path


def rezipped(source: Path, target: Path, part: str, content: bytes) -> Path:
    """A copy of a zipped file with one part replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return target


def compound_file(path: Path, name: str, stream: bytes) -> Path:
    """A compound file (as .xls and .doc are) with one stream of at least 4096 bytes."""
    stream = stream.ljust(4096, b"\0")
    sectors = [stream[at : at + 512].ljust(512, b"\0") for at in range(0, len(stream), 512)]
    chain = [*range(3, 2 + len(sectors)), _END]
    table = [_TABLE, _END, *chain]
    assert len(table) <= 128
    header = bytearray(512)
    header[:8] = _OLE_MAGIC
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    struct.pack_into("<108I", header, 80, *[_FREE] * 108)
    directory = _entry("Root Entry", 5, _END, 0) + _entry(name, 2, 2, len(stream))
    path.write_bytes(
        bytes(header)
        + struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
        + directory.ljust(512, b"\0")
        + b"".join(sectors)
    )
    return path


def records(*items: tuple[int, bytes]) -> bytes:
    """BIFF records one behind the other."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in items)


def people(count: int) -> Iterable[tuple[Any, ...]]:
    """Rows of people, no two alike."""
    for at in range(count):
        yield (f"张伟{at}", "男", "1974.03", 13_800_000_000 + at, f"HX12-{at:05}", "教育", None)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    """One entry of a compound file's directory."""
    entry = bytearray(128)
    written = name.encode("utf-16-le")
    entry[: len(written)] = written
    struct.pack_into("<HBB", entry, 64, len(written) + 2, kind, 1)
    struct.pack_into("<III", entry, 68, _FREE, _FREE, 1 if kind == 5 else _FREE)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)
