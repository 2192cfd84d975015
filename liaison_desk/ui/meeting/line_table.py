"""A list that is written in place: Enter goes on to the next cell and the next line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from liaison_desk.ui.cells_clipboard import put_into_clipboard, taken_from_clipboard
from liaison_desk.ui.meeting.cell_delegate import CellDelegate, deed_of
from liaison_desk.ui.meeting.line_model import LineModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from liaison_desk.domain.errors import Problem
    from liaison_desk.domain.fields import Field
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.line_names import LineNames
    from liaison_desk.ui.style import Style

FAULT_PX, LEAST_FAULT_PX = 220, 90
"""How wide the column of faults is, and at least, at 100 %."""
LEAST_WRITING_PX = 120
"""How much of the widest column stays beside it."""


class LineTable(QTableView):
    """One list of a meeting, keyboard only if one likes.

    Args:
        record_type: what a line is.
        widths: the columns and their widths in px at 100 %; 0 takes the room that is left.
        names: what links are chosen from.
        style: the look.
    """

    finished = Signal()
    """Enter was pressed on an empty line: the clerk is through with the list."""

    def __init__(
        self, record_type: type[Record], widths: dict[str, int], names: LineNames, style: Style
    ) -> None:
        super().__init__()
        self.lines = LineModel(record_type, tuple(widths), names, style.tokens)
        self.edited = self.lines.edited
        self._names = names
        self._style = style
        self._widths = widths
        self._delegate = CellDelegate(self._kind_of, self._offers, self)
        self.setObjectName(record_type.table)
        self._arrange()
        self._connect()

    # -- its records ---------------------------------------------------------------------------

    def show_records(self, records: Iterable[Record]) -> None:
        """Show saved lines; the cursor stays where it was."""
        place = self._place()
        self.lines.set_records(records)
        self._show_faults()
        if place:
            self.edit_cell(*place)

    def records(self) -> list[Record]:
        """What the lines come to, the one being typed too.

        Raises:
            PartNotValid: a text cannot be read.
        """
        return self.lines.records()

    def show_answers(self, answers: Sequence[dict[str, str]]) -> None:
        """Put a draft's lines back."""
        self.lines.set_answers(answers)
        self._show_faults()

    def mark(self, line_number: int, problems: Iterable[Problem]) -> None:
        """Say in the line what is wrong with it, and put the cursor there."""
        row = self.lines.mark(line_number, problems)
        self._show_faults()
        self.edit_cell(row, self.lines.first_fault(row))

    def set_read_only(self, read_only: bool) -> None:
        """Let the lines be read only."""
        self.lines.set_read_only(read_only)

    # -- keys ----------------------------------------------------------------------------------

    def edit_cell(self, row: int, column: int) -> None:
        """Put the cursor into a cell."""
        index = self.lines.index(min(row, self.lines.rowCount() - 1), column)
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if self.indexWidget(index) is not None:
            self.indexWidget(index).setFocus()
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.setFocus()

    def write_next(self) -> None:
        """Put the cursor into the empty line at the end."""
        self.edit_cell(self.lines.rowCount() - 1, 0)

    def act(self, deed: str) -> None:
        """Do what a key asks for; see `deed_of`."""
        here = self.currentIndex()
        if not here.isValid():
            return
        if deed in {"enter", "next", "back"}:
            self._go(here, deed)
        elif deed in {"up", "down"}:
            row = here.row() + (1 if deed == "down" else -1)
            if 0 <= row < self.lines.rowCount():
                self.edit_cell(row, here.column())
        elif deed == "remove":
            self.remove_line()
        elif deed == "paste":
            self.paste_cells()
        else:
            self.move_line(-1 if deed == "move up" else 1)

    def copy_cells(self) -> None:
        """Put the selected cells into the clipboard, for a spreadsheet to take (Ctrl+C)."""
        chosen = [each for each in self.selectedIndexes() if each.column() < len(self._widths)]
        if chosen:
            rows = sorted({each.row() for each in chosen})
            columns = sorted({each.column() for each in chosen})
            put_into_clipboard([[self._text(row, column) for column in columns] for row in rows])

    def paste_cells(self) -> None:
        """Write the cells that a spreadsheet has copied, from the present one on (Ctrl+V)."""
        here = self.currentIndex()
        cells = taken_from_clipboard()
        if not here.isValid() or not cells:
            return
        row, column = here.row(), min(here.column(), len(self._widths) - 1)
        self._close_editor(here)
        count = self.lines.paste(row, column, cells)
        self._show_faults()
        self.setFocus()
        first = self.lines.index(row, column)
        wide = min(column + max(map(len, cells)), len(self._widths)) - 1
        last = self.lines.index(max(row, row + count - 1), wide)
        self.setCurrentIndex(first)
        self.selectionModel().select(
            QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def can_undo(self) -> bool:
        """Whether a step in the list can be taken back."""
        return self.lines.can_undo()

    def can_redo(self) -> bool:
        """Whether one taken back can be taken again."""
        return self.lines.can_redo()

    def undo(self) -> None:
        """Take back the last step in the list (Ctrl+Z)."""
        self._step_in_time(self.lines.undo)

    def redo(self) -> None:
        """Take it again (Ctrl+Y)."""
        self._step_in_time(self.lines.redo)

    def remove_line(self) -> None:
        """Take the line under the cursor out."""
        here = self.currentIndex()
        if here.isValid():
            self._close_editor(here)
            self.lines.remove(here.row())
            self._show_faults()
            self.edit_cell(here.row(), 0)

    def move_line(self, step: int) -> None:
        """Move the line under the cursor up (-1) or down (1)."""
        here = self.currentIndex()
        if here.isValid():
            row, column = here.row(), here.column()
            self._close_editor(here)
            moved = self.lines.move(row, step)
            self.edit_cell(row + step if moved else row, column)

    def event(self, event: QEvent) -> bool:
        """F2 writes in the chosen cell, as in a spreadsheet; it is no key of the page here."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.edit_cell(self.currentIndex().row(), self.currentIndex().column())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same keys where no cell is being written."""
        deed = deed_of(event)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_cells()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_cells()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.can_undo():
            self.undo()  # the window's own key rests while there is no deed to undo
        elif event.matches(QKeySequence.StandardKey.Redo) and self.can_redo():
            self.redo()
        elif deed and deed not in {"next", "back", "up", "down"}:
            self.act(deed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming from the keyboard, one writes the next line."""
        super().focusInEvent(event)
        keyboard = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason}
        if event.reason() in keyboard:
            self.write_next()

    def showEvent(self, event: QShowEvent) -> None:
        """Rows fit their texts once the widths are known."""
        super().showEvent(event)
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column of faults takes what room the others leave."""
        super().resizeEvent(event)
        if not self.isColumnHidden(len(self._widths)):
            self._fit_faults()

    def hideEvent(self, event: QHideEvent) -> None:
        """A cell being written is finished when the list goes out of view."""
        self._close_editor(self.currentIndex())
        super().hideEvent(event)

    # -- inside --------------------------------------------------------------------------------

    def _go(self, here: QModelIndex, deed: str) -> None:
        """To the next or last cell; out of the list at its ends."""
        row, column = here.row(), here.column()
        if deed != "back" and column == 0 and self.lines.is_blank(row):
            self._leave(here, deed)
            return
        step = -1 if deed == "back" else 1
        row, column = divmod(row * len(self._widths) + column + step, len(self._widths))
        if 0 <= row < self.lines.rowCount():
            self.edit_cell(row, column)
        else:
            self._leave(here, deed)

    def _write_clicked(self, index: QModelIndex) -> None:
        """A click writes in a cell, unless it ended the marking of several."""
        if len(self.selectedIndexes()) < 2:
            self.edit_cell(index.row(), index.column())

    def _step_in_time(self, step: Callable[[], None]) -> None:
        """Undo or redo; the cursor stays on its cell."""
        here = self.currentIndex()
        row, column = here.row(), here.column()
        self._close_editor(here)
        step()
        self._show_faults()
        self.setFocus()
        self.setCurrentIndex(self.lines.index(min(row, self.lines.rowCount() - 1), column))

    def _text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return str(self.lines.index(row, column).data(Qt.ItemDataRole.EditRole) or "")

    def _leave(self, here: QModelIndex, deed: str) -> None:
        """Go out of the list."""
        self._close_editor(here)
        if deed == "enter":
            self.finished.emit()
        else:
            self.focusNextPrevChild(deed == "next")

    def _close_editor(self, index: QModelIndex) -> None:
        """Finish the cell being written."""
        editor = self.indexWidget(index)
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, CellDelegate.EndEditHint.NoHint)

    def _place(self) -> tuple[int, int] | None:
        """Where the cursor writes, if it does."""
        here = self.currentIndex()
        is_writing = self.state() == QAbstractItemView.State.EditingState
        return (here.row(), here.column()) if here.isValid() and is_writing else None

    def _kind_of(self, column: int) -> Field:
        """The kind of field of a column; the column of faults is as the first."""
        return self.lines.kinds[self.lines.columns[min(column, len(self.lines.columns) - 1)]]

    def _offers(self, kind: Field) -> list[str]:
        """What a cell can choose from."""
        return self.lines.offers(kind)

    def _take_typed(self, editor: QWidget, text: str) -> None:
        """Keep what is typed, at once."""
        index = self.currentIndex()
        if index.isValid() and self.indexWidget(index) is editor:
            self.lines.type_text(index, text)

    def _show_faults(self) -> None:
        """The column of faults is there when there are any."""
        hidden = not self.lines.has_faults()
        if hidden != self.isColumnHidden(len(self._widths)):
            self.setColumnHidden(len(self._widths), hidden)
        if not hidden:
            self._fit_faults()
            self.resizeRowsToContents()

    def _fit_faults(self) -> None:
        """What is wrong leaves the widest column room to be written in."""
        fixed = sum(width for width in self._widths.values())
        room = self.viewport().width() - self._style.scaled(fixed + LEAST_WRITING_PX)
        least, most = self._style.scaled(LEAST_FAULT_PX), self._style.scaled(FAULT_PX)
        self.setColumnWidth(len(self._widths), max(least, min(most, room)))

    def _arrange(self) -> None:
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(self._widths.values()):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            self.setColumnWidth(column, self._style.scaled(width))
        self.setColumnWidth(len(self._widths), self._style.scaled(FAULT_PX))
        self._show_faults()

    def _connect(self) -> None:
        self._delegate.typed.connect(self._take_typed)
        self._delegate.asked.connect(self.act)
        self.lines.dataChanged.connect(lambda *_range: self._show_faults())
        self.clicked.connect(self._write_clicked)
