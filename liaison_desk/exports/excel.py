"""Tables as workbooks: to be printed as they are, and to be worked on in WPS or Excel.

Whatever a record holds stays what it is: a number of eighteen digits or a text that begins with
an equals sign is text, a day is a date, and nothing a person wrote ever becomes a formula.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from liaison_desk.exports import cells
from liaison_desk.exports.excel_sheet import FONT, LedgerSheet
from liaison_desk.exports.ledger_model import LedgerNotWritten
from liaison_desk.store.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.exports.ledger_model import Ledger


def write_ledger(
    target: Path | BinaryIO, ledger: Ledger, progress: Callable[[int], object] | None = None
) -> None:
    """Write a ledger as a workbook of one sheet; see `write_ledgers`."""
    write_ledgers(target, [ledger], progress)


def write_ledgers(
    target: Path | BinaryIO,
    ledgers: Sequence[Ledger],
    progress: Callable[[int], object] | None = None,
) -> None:
    """Write ledgers as a workbook (.xlsx), a sheet for each, in order.

    Args:
        target: the file, replaced only by a whole one; or an open binary stream.
        ledgers: what to write, at least one; their rows are read one ledger after the other, so
            that no more than a row is in memory.
        progress: called now and then with the number of rows written so far; what it raises
            (`Cancelled`) ends the writing.

    Raises:
        LedgerNotWritten: the place is full, gone or closed to writing, or there are more rows
            than a sheet holds; a file that stood there is unchanged.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        packed = Path(scratch) / "ledger.xlsx"
        try:
            _pack(packed, ledgers, progress)
            place = whole_file(target) if isinstance(target, Path) else nullcontext(target)
            with packed.open("rb") as made, place as stream:
                shutil.copyfileobj(made, stream)
        except (OSError, XlsxFileError) as error:
            raise LedgerNotWritten(_sentence(target, error)) from error


def _pack(
    packed: Path, ledgers: Sequence[Ledger], progress: Callable[[int], object] | None
) -> None:
    """Write the workbook on the local disk, where a stick cannot be pulled."""
    workbook = xlsxwriter.Workbook(
        packed,
        {
            "constant_memory": True,
            "tmpdir": str(packed.parent),
            # What Chinese Excel starts with: columns of 72 and rows of 18 pixels.
            "default_format_properties": dict(FONT),
            "default_column_width": 72,
            "default_row_height": 18,
        },
    )
    workbook.set_properties({"title": cells.clean(ledgers[0].title)})
    try:
        done = 0
        for ledger in ledgers:
            done = LedgerSheet(workbook, ledger).write(progress or (lambda _: None), done)
    except BaseException:
        with suppress(OSError, XlsxFileError):
            workbook.close()  # lets its scratch files go
        raise
    workbook.close()


def _sentence(target: Path | BinaryIO, error: Exception) -> str:
    """What the clerk reads when a workbook could not be written."""
    name = f"“{target.name}”" if isinstance(target, Path) else ""
    if isinstance(error, PermissionError):
        return (
            f"表格{name}没有写成：文件写不进去，可能正在 WPS 或 Excel 里打开着。"
            "资料没有改动。请先关闭那个文件，或换一个名字、换一个文件夹再导出。"
        )
    return (
        f"表格{name}没有写成：磁盘写不进去（{error}）。资料没有改动。"
        "请检查磁盘是否插好、有没有空间，再导出一次。"
    )
