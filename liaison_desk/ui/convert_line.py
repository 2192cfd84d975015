"""这条转为 ▾: turn one line of a list, a visitor or an open point, into a record of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.services.parts import PartNotValid
from liaison_desk.ui.convert_menu import ConvertButton

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.meeting.line_table import LineTable
    from liaison_desk.ui.record_page import RecordPage


class ConvertLineButton(ConvertButton):
    """Acts on the line of a list in which the cursor stands; Alt+Y opens it."""

    def __init__(self, page: RecordPage, table: LineTable) -> None:
        self._page = page
        self._table = table
        kind = table.lines.record_type
        super().__init__("这条转为(&Y)", page.context, kind, self._shown, self._kept)
        self.setProperty("role", "link")
        table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        table.lines.modelReset.connect(self._enable)
        table.edited.connect(self._enable)
        self._enable()

    def _place(self) -> int:
        """The place of the chosen line among those written; -1 on the empty one."""
        row, rows = self._table.currentIndex().row(), self._table.lines.written_rows()
        return rows.index(row) if row in rows else -1

    def _enable(self) -> None:
        self.setEnabled(self._place() >= 0)

    def _shown(self) -> Record | None:
        """The chosen line as it is kept, or None while it is new or cannot be read."""
        try:
            line = self._table.records()[self._place()] if self._place() >= 0 else None
        except PartNotValid:
            return None
        return self._page.desk.get(type(line), line.id) if line else None

    def _kept(self) -> Record | None:
        """The chosen line, once the page it stands on is kept."""
        place = self._place()
        if place < 0 or not self._page.save():
            return None
        line = self._table.records()[place]
        return self._page.desk.get(type(line), line.id)
