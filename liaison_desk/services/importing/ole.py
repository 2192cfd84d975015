"""Looking into an old workbook (.xls) before the reader trusts its figures.

A damaged .xls can claim a sheet of a billion cells; the reader would ask for the memory at once
and the whole program would end. The few figures it trusts are checked here first. The container
is Microsoft's compound file, the stream inside it a row of BIFF records: a type, a length, bytes.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from liaison_desk.services.importing import errors
from liaison_desk.services.importing.sheet import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from liaison_desk.domain.progress import Progress

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGIN, _DIMENSIONS, _FILE_PASS = 0x0809, 0x0200, 0x002F
_WORKSHEET = 0x0010
_CELLS = frozenset({0x0003, 0x0004, 0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""BIFF records that begin with a row and a column (both from 0) and hold a value."""
_MULTIPLE = 0x00BD
_ROW, _ROW_HIDDEN = 0x0208, 0x0020
_COLUMN_WIDTHS, _COLUMNS_HIDDEN = 0x007D, 0x0001
_ROWS, _COLUMNS = 65_536, 256
_SMALL = 4096
"""A stream shorter than this lies in the compound file's small blocks."""


class _Broken(Exception):
    """The container contradicts itself."""


def xls_extents(path: Path, content: bytes, progress: Progress) -> list[Extent]:
    """How far each worksheet of an .xls reaches, in order.

    Raises:
        SourceUnreadable: it is damaged, encrypted or not a workbook.
    """
    try:
        streams = _streams(content)
        if "EncryptedPackage" in streams:
            raise errors.with_password(path)
        book = streams.get("Workbook") or streams.get("Book")
        if book is None:
            what = "其实是 Word 文档，不是表格" if "WordDocument" in streams else "不是表格"
            raise errors.unreadable(path, what, "请选择 .xlsx 或 .xls 表格。")
        return _measure(path, book, progress)
    except (_Broken, struct.error) as error:
        raise errors.damaged(path) from error


def _measure(path: Path, book: bytes, progress: Progress) -> list[Extent]:
    """Read the cells' places out of a workbook stream."""
    found: list[Extent] = []
    depth_is_sheet = False
    for seen, (kind, body) in enumerate(_records(book)):
        if seen % 5000 == 0:
            progress(0, 0)
        if kind == _FILE_PASS:
            raise errors.with_password(path)
        if kind == _BEGIN:
            depth_is_sheet = struct.unpack_from("<H", body, 2)[0] == _WORKSHEET
            found += [Extent()] if depth_is_sheet else []
        elif kind in {_ROW, _COLUMN_WIDTHS} and depth_is_sheet:
            found[-1] = _with_hidden(found[-1], kind, body)
        elif kind == _DIMENSIONS:
            _check_dimensions(body)
        elif kind in _CELLS and depth_is_sheet:
            row, column = struct.unpack_from("<HH", body)
            if kind == _MULTIPLE:
                column = struct.unpack_from("<H", body, len(body) - 2)[0]
            if column >= _COLUMNS:
                raise _Broken
            reach = max(found[-1].last_row, row + 1), max(found[-1].last_column, column + 1)
            found[-1] = replace(found[-1], last_row=reach[0], last_column=reach[1])
    return found


def _with_hidden(extent: Extent, kind: int, body: bytes) -> Extent:
    """An extent with the row or the columns that a record describes, if they are hidden."""
    if kind == _ROW:
        row, options = struct.unpack_from("<H10xH", body)
        hidden = {row + 1} if options & _ROW_HIDDEN else set()
        return replace(extent, hidden_rows=extent.hidden_rows | hidden)
    first, last, options = struct.unpack_from("<HH4xH", body)
    places = range(first, min(last + 1, _COLUMNS)) if options & _COLUMNS_HIDDEN else ()
    return replace(extent, hidden_columns=extent.hidden_columns.union(places))


def _check_dimensions(body: bytes) -> None:
    """Refuse a size that no .xls can have."""
    layout = "<IIHH" if len(body) >= 14 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(layout, body)
    if not (top <= bottom <= _ROWS and left <= right <= _COLUMNS):
        raise _Broken


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """The BIFF records of a stream, in order; a cut one ends them."""
    position = 0
    while position + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, position)
        yield kind, book[position + 4 : position + 4 + length]
        position += 4 + length


def _streams(content: bytes) -> dict[str, bytes]:
    """The named streams of a compound file."""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if shift not in {9, 12} or small_shift != 6:
        raise _Broken
    size = 1 << shift
    table_count, directory_at = struct.unpack_from("<II", content, 44)
    small_table_at = struct.unpack_from("<I", content, 60)[0]
    table = _table(content, size, table_count)
    directory = _chain(content, size, size, table, directory_at)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    if not entries:
        raise _Broken
    small_table = _numbers(_chain(content, size, size, table, small_table_at))
    small_start = struct.unpack_from("<I", entries[0], 116)[0]
    small = _chain(content, size, size, table, small_start)
    found = {}
    for entry in entries:
        start, length = struct.unpack_from("<II", entry, 116)
        if entry[66] != 2:
            continue
        if length > len(content):
            raise _Broken
        name = entry[: max(0, min(struct.unpack_from("<H", entry, 64)[0], 64) - 2)]
        is_small = length < _SMALL
        chain = (
            _chain(small, 64, 0, small_table, start)
            if is_small
            else _chain(content, size, size, table, start)
        )
        found[name.decode("utf-16-le", "replace")] = chain[:length]
    return found


def _table(content: bytes, size: int, count: int) -> list[int]:
    """The sector table: for each sector the one that follows it."""
    listed = list(struct.unpack_from("<109I", content, 76))
    next_list = struct.unpack_from("<I", content, 68)[0]
    while next_list < 0xFFFFFFFA:
        if len(listed) > 109 + len(content) // 4:
            raise _Broken  # the list runs in a ring; the reader would follow it for ever
        more = _numbers(_sector(content, size, size, next_list))
        listed += more[:-1]
        next_list = more[-1]
    sectors = [each for each in listed if each < 0xFFFFFFFA][:count]
    return [number for each in sectors for number in _numbers(_sector(content, size, size, each))]


def _chain(content: bytes, size: int, offset: int, table: list[int], start: int) -> bytes:
    """The bytes of a chain of sectors."""
    parts: list[bytes] = []
    while start < 0xFFFFFFFA:
        if start >= len(table) or len(parts) > len(table):
            raise _Broken
        parts.append(_sector(content, size, offset, start))
        start = table[start]
    return b"".join(parts)


def _sector(content: bytes, size: int, offset: int, number: int) -> bytes:
    """One sector; the last one of a file may be short."""
    at = offset + number * size
    if at >= len(content):
        raise _Broken
    return content[at : at + size]


def _numbers(sector: bytes) -> list[int]:
    """The 32-bit numbers of a sector."""
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))
