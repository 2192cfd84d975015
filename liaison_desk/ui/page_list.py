"""The list of a page of records: its columns and words, and its row kept with the form's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from liaison_desk.ui.importing.kinds import IMPORT_HINT
from liaison_desk.ui.record_list import RecordList
from liaison_desk.ui.record_table_model import Column, listed_columns

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.record_page import RecordPage


def make_list(page: RecordPage) -> RecordList:
    """The list that a page declares; on a county desk it says whose each record is."""
    columns = page.make_columns() or listed_columns(page.record_type)
    if page.context.is_county:
        columns = (Column("报送单位", compute=page.office_name), *columns)
    return RecordList(
        page.context,
        page.record_type,
        columns,
        through=page.search_through,
        empty=_when_empty(page),
    )


def _when_empty(page: RecordPage) -> str:
    """What an empty list says: what the page is for, and the likely next thing."""
    if page.context.is_county:
        return f"还没有收到{page.noun}。到“报送与接收”接收乡镇的报送包，内容会列在这里。"
    sentence = page.empty_sentence or f"还没有{page.noun}。按 Ctrl+N 新建。"
    return sentence + IMPORT_HINT if page.can_import else sentence


class ListFollower:
    """Keeps the chosen row and the record in the form the same, whatever the clerk answers."""

    def __init__(self, page: RecordPage) -> None:
        self._page = page
        self._list = page.list
        self._list.chosen.connect(self._go_to)
        self._list.table.clicked.connect(lambda _index: page.splitter.open_detail())

    def choose_first(self) -> None:
        """Choose the first row, once the list is there."""
        self._list.when_ready(self._choose_first)

    def choose_near(self, row: int) -> None:
        """After a removal go on with the row that moved up, once the list is there."""
        self._list.when_ready(lambda: self._choose_near(row))

    def _choose_first(self) -> None:
        if self._list.model.ids:
            self._list.choose(self._list.model.ids[0])
            self._page.splitter.open_detail()

    def _choose_near(self, row: int) -> None:
        ids, splitter = self._list.model.ids, self._page.splitter
        if ids and row >= 0 and not splitter.is_narrow:
            self._list.choose(ids[min(row, len(ids) - 1)])
        else:
            splitter.close_detail()

    def _go_to(self, record: Record) -> None:
        """Another row was chosen."""
        page = self._page
        if page.record is not None and record.id == page.record.id:
            return
        if page.leave():
            page.show_record(record)
            now = self._list.current()
            if (
                now is None or now.id != record.id
            ):  # else Ctrl and Shift still choose others with it
                self._list.choose_silently(record.id)
        else:
            self._stay()
            # A click selects its row after it was announced: set that right as well.
            QTimer.singleShot(0, page, self._stay)

    def _stay(self) -> None:
        """Choose the row of the form again."""
        kept = self._page.kept()
        if kept is None:
            self._list.clear_choice()
        else:
            self._list.choose_silently(kept.id)
