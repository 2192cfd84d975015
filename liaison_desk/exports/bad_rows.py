"""The rows that an import left out, in a workbook to mend and bring back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.ledger_model import Column, Kind, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO

REASON = "原因"
"""The heading of the last column; whoever reads the workbook back leaves it out."""


def write_bad_rows(
    target: Path | BinaryIO,
    title: str,
    source: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    progress: Callable[[int], object] | None = None,
) -> None:
    """Write rows with the columns of their source, and the reason beside each.

    All cells are text, so that telephone and identity numbers stay as they are. The title and
    the source's name are kept: they may say of which term and year the rows are.

    Args:
        target: the file, replaced only by a whole one; or an open binary stream.
        title: of the table the rows come from.
        source: name of the file they come from.
        headings: of its columns.
        rows: the cells of each row, and last the reason.
        progress: called now and then with the number of rows written so far.

    Raises:
        LedgerNotWritten: the place is full, gone or closed to writing.
    """
    columns = (*(Column(each, Kind.CODE) for each in headings), Column(REASON))
    told = f"“{source}”里没有导入的内容，原因写在每行最后；改好后可以直接再导入这张表"
    write_ledger(target, Ledger(title, columns, rows, told, has_totals=False), progress)
