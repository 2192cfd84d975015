"""Looking into a zipped workbook (.xlsx, .ods) before the reader unpacks it.

A few kilobytes can unpack to gigabytes, and one stray cell in row 1,048,576 makes the reader hold
every cell above it; both are found here, from the bytes, in bounded memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from itertools import count
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from liaison_desk.services.importing import errors
from liaison_desk.services.importing.sheet import MAX_COLUMNS, MAX_ROWS, Extent, Lost

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from liaison_desk.domain.progress import Progress

UNPACKED_LIMIT = 256 * 1024 * 1024
"""Bytes a workbook may unpack to; 100,000 rows of twelve columns come to about a fifth."""
_CHUNK = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_XLSX_TAG = re.compile(
    rb"<(?:\w+:)?(?:row\b(?P<row>[^>]*)|col\b(?P<col>[^>]*)|c\b(?P<cell>[^>]*)(?<!/)>(?P<body>.*?)</(?:\w+:)?c)>",
    re.DOTALL,
)
_XLSX_BEGINNING = re.compile(rb"<(?:\w+:)?(?:row|c)\b")
_LONGEST_CELL = 4 * _CHUNK
"""Bytes of a cell that is begun; the longest text of a workbook takes a tenth."""
_MOST_LOST = 10_000
"""Cells without a value that are remembered of one sheet."""
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ENDS = re.compile(rb'\b(min|max)="(\d{1,5})"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>[^<]")
_ODS_TAG = re.compile(
    rb"<table:(?:table(?P<table>(?:\s[^>]*)?)"
    rb"|table-row\b(?P<row>[^>]*)"
    rb"|(?:covered-)?table-cell\b(?P<cell>[^>]*))>"
)
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d+)"')
_CELLS_REPEATED = re.compile(rb'number-columns-repeated="(\d+)"')


class Archive:
    """The parts of a zipped file, all of them known to be whole and not too large.

    Args:
        path: where it came from, for the sentences.
        content: the file's bytes.
        progress: called with (0, 0) for every megabyte.

    Raises:
        SourceUnreadable: it is damaged, encrypted or not a workbook.
        SheetTooLarge: it would unpack to more than `UNPACKED_LIMIT`.
    """

    def __init__(self, path: Path, content: bytes, progress: Progress) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._check_size(progress)
        except _BROKEN as error:
            raise errors.damaged(path) from error
        self._names = set(self._zip.namelist())
        self._check_kind()

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The sheets' names, in order; () for an .ods."""
        if "xl/workbook.xml" not in self._names:
            return ()
        book = fromstring(self._zip.read("xl/workbook.xml"))
        return tuple(each.get("name", "") for each in book.iter() if each.tag.endswith("}sheet"))

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what the workbook brings along and nobody runs or follows."""
        notes = []
        if any(name.endswith("vbaProject.bin") for name in self._names):
            notes.append("文件里带有宏，宏没有运行，只读了单元格里的内容。")
        if any("externalLinks/" in name for name in self._names):
            notes.append("文件引用了别的文件，没有去打开它们；这些单元格按文件里存好的结果读取。")
        return tuple(notes)

    def extents(self, progress: Progress) -> list[Extent]:
        """How far each sheet reaches, in the workbook's order.

        Raises:
            SourceUnreadable: the workbook's own lists contradict each other.
        """
        try:
            if "content.xml" in self._names:
                return list(_ods_extents(self._zip.read("content.xml"), progress))
            return [
                self._xlsx_extent(part, progress) if part in self._names else Extent()
                for part in self._sheet_parts()
            ]
        except (KeyError, ParseError, DefusedXmlException, ValueError) as error:
            raise errors.damaged(self._path) from error

    def _xlsx_extent(self, part: str, progress: Progress) -> Extent:
        """Measure one sheet of an .xlsx."""
        with self._zip.open(part) as stream:
            return _xlsx_extent(stream, progress)

    def _check_size(self, progress: Progress) -> None:
        """Unpack every part once, counting; what the file declares is not believed alone."""
        parts = self._zip.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise errors.with_password(self._path)
        if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
            raise self._too_large()
        total = 0
        for part in parts:
            # Past the limit before the end that a lie would set, where the checksum fails.
            declared, part.file_size = part.file_size, UNPACKED_LIMIT + 2 * _CHUNK
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    progress(0, 0)
                    total += len(chunk)
                    if total > UNPACKED_LIMIT:
                        raise self._too_large()
            part.file_size = declared

    def _too_large(self) -> errors.SheetTooLarge:
        """The sentence for a zip bomb, or a workbook full of pictures."""
        megabytes = UNPACKED_LIMIT // (1024 * 1024)
        return errors.too_large(
            self._path,
            f"解压后超过{megabytes}兆，不像一般的表格",
            "请把要导入的那几列复制到一个新的空白工作簿，另存为 .xlsx 再导入。",
        )

    def _check_kind(self) -> None:
        """Refuse what is zipped but no workbook, or locked by a password."""
        manifest = "META-INF/manifest.xml"
        if manifest in self._names and b"encryption-data" in self._zip.read(manifest):
            raise errors.with_password(self._path)
        if self._names & {"xl/workbook.xml", "content.xml"}:
            return
        if "xl/workbook.bin" in self._names:
            raise errors.unreadable(self._path, "是 .xlsb 二进制工作簿", errors.SAVE_AS)
        if "word/document.xml" in self._names:
            what = "其实是 Word 文档，不是表格"
        elif "ppt/presentation.xml" in self._names:
            what = "其实是演示文稿，不是表格"
        else:
            what = "其实是压缩包，不是表格"
        raise errors.unreadable(
            self._path, what, "请选择 .xlsx 表格；表格在里面的话，请把它单独存成 .xlsx 再导入。"
        )

    def _sheet_parts(self) -> list[str]:
        """The part that holds each sheet of an .xlsx, in order."""
        links = fromstring(self._zip.read("xl/_rels/workbook.xml.rels"))
        targets = {each.get("Id"): each.get("Target", "") for each in links}
        book = fromstring(self._zip.read("xl/workbook.xml"))
        found = [each for each in book.iter() if each.tag.endswith("}sheet")]
        parts = [targets.get(each.get(_RELATION), "") for each in found]
        return [part.removeprefix("/") if part[:1] == "/" else f"xl/{part}" for part in parts]


def _xlsx_extent(stream: IO[bytes], progress: Progress) -> Extent:
    """Measure one sheet of an .xlsx; styled cells without content do not count."""
    row = last_row = last_column = column = 0
    lost: list[Lost] = []
    hidden: set[int] = set()
    hidden_columns: set[int] = set()
    for seen, tag in enumerate(_tags(stream)):
        if seen % 2000 == 0:
            progress(0, 0)
        if tag["col"] is not None:
            hidden_columns |= _hidden_columns(tag["col"])
            continue
        if tag["row"] is not None:
            number = _ROW_NUMBER.search(tag["row"])
            row, column = (int(number[1]) if number else row + 1), 0
            if _HIDDEN.search(tag["row"]) and len(hidden) < MAX_ROWS:
                hidden.add(row)
            continue
        where = _PLACE.search(tag["cell"])
        if where:
            row, column = int(where[2]), _column_number(where[1])
        else:
            column += 1
        reason = _loss(tag["cell"], tag["body"])
        if reason and where and len(lost) < _MOST_LOST:
            lost.append(Lost((where[1] + where[2]).decode(), reason))
        last_row, last_column = max(last_row, row), max(last_column, column)
    return Extent(last_row, last_column, tuple(lost), frozenset(hidden), frozenset(hidden_columns))


def _hidden_columns(attributes: bytes) -> set[int]:
    """The places of columns that are described at once, if they are hidden."""
    ends = {name: int(number) for name, number in _ENDS.findall(attributes)}
    if not _HIDDEN.search(attributes) or not ends.keys() >= {b"min", b"max"}:
        return set()
    return set(range(ends[b"min"] - 1, min(ends[b"max"], MAX_COLUMNS)))


def _tags(stream: IO[bytes]) -> Iterator[re.Match[bytes]]:
    """The rows and filled cells of a sheet, read piece by piece: it may have millions.

    Raises:
        ValueError: a cell never ends.
    """
    held = b""
    while chunk := stream.read(_CHUNK):
        held += chunk
        end = 0
        for tag in _XLSX_TAG.finditer(held):
            if tag.end() == len(held):
                break  # it may go on in the next piece
            end = tag.end()
            yield tag
        begun = [tag.start() for tag in _XLSX_BEGINNING.finditer(held, end)]
        held = held[begun[-1] if begun else max(end, held.rfind(b"<")) :]
        if len(held) > _LONGEST_CELL:
            raise ValueError
    yield from _XLSX_TAG.finditer(held)


def _loss(attributes: bytes, body: bytes) -> str:
    """Why a filled cell will read as empty, or ""."""
    if b't="e"' in attributes:
        return "公式算出的是错误值，没有导入"
    if b"<f" in body and not _VALUE.search(body) and b't="str"' not in attributes:
        return "是公式，文件里没有存算好的结果，没有导入；请用 WPS 打开后保存一次再导入"
    return ""


def _column_number(letters: bytes) -> int:
    """A is 1, L is 12."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_extents(xml: bytes, progress: Progress) -> Iterator[Extent]:
    """Measure each sheet of an .ods, where one tag may stand for a million cells."""
    extent: Extent | None = None
    row, height, column = 0, 0, 0
    for seen, tag in zip(count(), _ODS_TAG.finditer(xml), strict=False):
        if seen % 2000 == 0:
            progress(0, 0)
        if tag["table"] is not None:
            if extent is not None:
                yield extent
            extent, row, height = Extent(), 0, 0
        elif tag["row"] is not None:
            row, height, column = row + height, _repeated(_ROWS_REPEATED, tag["row"]), 0
        elif extent is not None:
            column += _repeated(_CELLS_REPEATED, tag["cell"])
            if not tag["cell"].endswith(b"/") or b"value-type" in tag["cell"]:
                reach = max(extent.last_row, row + height), max(extent.last_column, column)
                extent = Extent(*reach)
    if extent is not None:
        yield extent


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    """How often a row or cell stands there; once unless it says otherwise."""
    found = pattern.search(attributes)
    return int(found[1][:9]) if found else 1
