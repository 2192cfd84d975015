"""Ctrl+C in a list: the chosen rows go to a spreadsheet as they are shown, with their heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from liaison_desk.ui.cells_clipboard import put_into_clipboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QTableView

MOST_ROWS = 5_000
"""More are for an export: a spreadsheet takes long over a clipboard of this size."""


def copy_with_ctrl_c(table: QTableView, say: Callable[[str], None]) -> None:
    """Let Ctrl+C put the chosen rows of a table into the clipboard, and say how many."""
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), table)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(lambda: say(copy_rows(table)))


def copy_rows(table: QTableView) -> str:
    """Put the chosen rows into the clipboard; what to say of it.

    The cells are what the list shows, in the order it shows them: personal numbers stay masked.
    """
    ranges = table.selectionModel().selection().toList()
    count = sum(each.height() for each in ranges)
    if not count:
        return "请先在列表里选中要复制的行"
    if count > MOST_ROWS:
        return f"一次最多复制 {MOST_ROWS} 行，选中了 {count} 行，请少选一些"
    rows = sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})
    header, model = table.horizontalHeader(), table.model()
    columns = [header.logicalIndex(place) for place in range(header.count())]
    shown = [each for each in columns if not table.isColumnHidden(each)]
    heads = [str(model.headerData(each, Qt.Orientation.Horizontal) or "") for each in shown]
    cells = [[str(model.index(row, each).data() or "") for each in shown] for row in rows]
    put_into_clipboard(cells, heads)
    return f"已复制 {len(rows)} 行，可以粘贴到表格里"
