"""Reading a sheet out of whatever file the clerk has chosen."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import python_calamine as calamine

from liaison_desk.domain.progress import no_progress
from liaison_desk.services.importing import errors, ole
from liaison_desk.services.importing.archive import Archive
from liaison_desk.services.importing.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Extent,
    Merge,
    Row,
    Sheet,
    cell_text,
    place,
)
from liaison_desk.services.importing.text_table import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.progress import Progress

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes a file may have; a roster of 20,000 people has about one million."""
_STEP = 200


@dataclass(frozen=True)
class Book:
    """All that was read of a file.

    Attributes:
        sheets: those with something in them, hidden ones too.
        notes: sentences about the file as a whole.
    """

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def read_book(path: Path, progress: Progress = no_progress) -> Book:
    """Read every sheet of a file, hidden ones too.

    Args:
        path: the file; it is only read.
        progress: called with (0, 0) while the file is looked through, then with rows.

    Raises:
        SourceUnreadable: the file is missing, locked, damaged, encrypted or no table.
        SheetTooLarge: nothing of it is small enough to be read.
        Cancelled: raised by `progress`.
    """
    content = _content(path)
    progress(0, 0)
    if content.startswith(b"PK"):
        archive = Archive(path, content, progress)
        extents = archive.extents(progress)
        _refuse_too_large(path, archive.sheet_names, extents)
        return _from_workbook(path, content, extents, progress, archive.notes)
    if content.startswith(ole.MAGIC):
        extents = ole.xls_extents(path, content, progress)
        return _from_workbook(path, content, extents, progress, ())
    sheet = read_text(path, content, progress)
    if not sheet.rows:
        raise _blank(path)
    return Book((sheet,))


def _content(path: Path) -> bytes:
    """All bytes of a file, at once: a stick pulled later does no harm."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except FileNotFoundError as error:
        raise errors.unreadable(path, "找不到了", "请插好U盘，重新选择文件。") from error
    except IsADirectoryError as error:
        raise errors.unreadable(path, "是文件夹，不是表格", "请选择里面的 .xlsx 文件。") from error
    except PermissionError as error:
        what_next = "可能正被 WPS 或 Excel 打开，请先关闭它，或把文件复制到桌面再导入。"
        raise errors.unreadable(path, "打不开", what_next) from error
    except OSError as error:
        what_next = "请检查U盘是否松动，把文件复制到本机再导入。"
        raise errors.unreadable(path, "读到一半出错", what_next) from error
    if not content:
        what_next = "多半是复制没有完成，请重新复制或向发文单位重新要一份。"
        raise errors.unreadable(path, "是空文件（0字节）", what_next)
    if len(content) > FILE_LIMIT:
        what_next = "请把要导入的那几列复制到一个新的空白工作簿，另存为 .xlsx 再导入。"
        raise errors.too_large(path, "超过64兆，不像一般的表格", what_next)
    return content


def _refuse_too_large(path: Path, names: tuple[str, ...], extents: list[Extent]) -> None:
    """Refuse a workbook of nothing but huge sheets before the reader takes its texts in."""
    filled = [extent for extent in extents if extent.last_row]
    if filled and all(extent.is_too_large for extent in filled):
        at = extents.index(filled[0])
        raise _sheet_too_large(path, names[at] if at < len(names) else path.stem, filled[0])


def _from_workbook(
    path: Path,
    content: bytes,
    extents: list[Extent],
    progress: Progress,
    notes: tuple[str, ...],
) -> Book:
    """Read a workbook whose measures are known."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return _all_read(path, book, extents, progress, notes)
    except calamine.PasswordError as error:
        raise errors.with_password(path) from error
    except calamine.CalamineError as error:
        raise errors.damaged(path) from error
    except BaseException as error:
        # What the reader's Rust code did not expect of a damaged file is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise errors.damaged(path) from error


def _all_read(
    path: Path,
    book: calamine.CalamineWorkbook,
    extents: list[Extent],
    progress: Progress,
    notes: tuple[str, ...],
) -> Book:
    """The sheets of a workbook; what is too large is named and passed over."""
    found: list[Sheet] = []
    too_large: list[errors.SheetTooLarge] = []
    for position, about in enumerate(book.sheets_metadata):
        extent = extents[position] if position < len(extents) else Extent()
        if not extent.last_row or about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        is_hidden = about.visible != calamine.SheetVisibleEnum.Visible
        if extent.is_too_large:
            too_large.append(_sheet_too_large(path, about.name, extent))
            continue
        sheet = replace(_read(book, about.name, extent, progress), is_hidden=is_hidden)
        if sheet.rows:
            found.append(sheet)
    if not found:
        raise too_large[0] if too_large else _blank(path)
    notes += tuple(str(each) for each in too_large)
    return Book(tuple(found), notes)


def _read(book: calamine.CalamineWorkbook, name: str, extent: Extent, progress: Progress) -> Sheet:
    """One sheet; blank rows are dropped, the others keep their numbers."""
    progress(0, 0)
    source = book.get_sheet_by_name(name)
    rows = []
    # The reader's rows begin at the top of the sheet, but at the first column that is filled.
    left = ("",) * (source.start[1] if source.start else 0)
    for number, values in enumerate(source.iter_rows(), 1):
        if number % _STEP == 0:
            progress(number, source.height)
        cells = left + tuple(cell_text(value) for value in values)
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, cells))
    return Sheet(
        name,
        tuple(rows),
        merges=_merges(source),
        lost=extent.lost,
        hidden_rows=extent.hidden_rows,
        hidden_columns=extent.hidden_columns,
    )


def _merges(source: calamine.CalamineSheet) -> tuple[Merge, ...]:
    """The cells of a sheet that are joined, within what can be read."""
    return tuple(
        Merge(left, top + 1, min(bottom + 1, MAX_ROWS), min(right + 1, MAX_COLUMNS) - left)
        for (top, left), (bottom, right) in source.merged_cell_ranges or ()
        if top < MAX_ROWS and left < MAX_COLUMNS
    )


def _sheet_too_large(path: Path, name: str, extent: Extent) -> errors.SheetTooLarge:
    """The sentence for a sheet with far too many cells, most often one stray cell."""
    corner = place(extent.last_row, extent.last_column - 1)
    return errors.too_large(
        path,
        f"的工作表“{name}”一直填到 {corner}，超过10万行或太宽",
        "请在 WPS 里选中表格下面的空行、右边的空列，点“删除”，保存后再导入。",
    )


def _blank(path: Path) -> errors.SourceUnreadable:
    """The sentence for a workbook without a single filled cell."""
    return errors.unreadable(path, "里没有任何内容", "请核对是不是选错了文件。")
