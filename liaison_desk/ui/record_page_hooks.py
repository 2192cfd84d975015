"""What a page of records says of itself: its list, its form, and what it does in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from liaison_desk.domain.short import short
from liaison_desk.ui.link_choices import link_choices
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_form import RecordForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.progress import Progress
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.record_table_model import Column


class RecordPageHooks(Page):
    """Each answer is that of the generic page; a page of its own kind overrides those it needs."""

    record_type: type[Record]
    columns: tuple[Column, ...] = ()
    search_through: tuple[str, ...] = ()
    empty_sentence: str = ""
    can_new = True
    can_find = True
    record: Record | None = None
    """What is shown; None while nothing is chosen."""
    form: RecordForm

    @property
    def noun(self) -> str:
        """What the clerk calls one of the records."""
        return self.record_type.title

    def make_columns(self) -> tuple[Column, ...]:
        """The columns of the list; those the type declares when empty."""
        return self.columns

    def make_form(self) -> RecordForm:
        """The form of the detail."""
        return RecordForm(self.record_type, self.choices)

    def blank(self) -> Record:
        """A new record, before anything is typed."""
        return self.record_type()

    def choices(self, table: str) -> list[tuple[str, str]]:
        """The ids and captions a link can choose from: those of the shown record's own office."""
        record = self.record
        office = (record.office if record else "") or self.desk.office_id
        linked = self.linked_records(record) if record else ()
        return link_choices(self.context, table, office, linked)

    def keep(self) -> Record:
        """Save what the form holds, as one deed.

        Raises:
            NotValid: something is wrong; nothing has changed.
        """
        record = self.form.record()
        with self.desk.deed(f"保存{record.title}“{short(record.caption)}”"):
            self.desk.save_all(self.form.new_records())
            return self.desk.save(record)

    def make_content(self) -> QWidget:
        """What stands in the tab 内容."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.form)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def detail_buttons(self) -> list[QPushButton]:
        """More buttons for the head of the detail."""
        return []

    def answers(self) -> dict[str, Any]:
        """What is typed, as a draft keeps it."""
        return self.form.answers()

    def remove_all(self, records: Sequence[Record], progress: Progress) -> None:
        """Remove several records as one deed, one as its own; on whichever thread.

        Raises:
            NotValid: a rule keeps one of them; all stay.
            Cancelled: `progress` raised it; all stay.
        """
        if len(records) == 1:
            self.desk.remove(records[0])
            return
        with self.desk.deed(f"删除{self.record_type.title}{len(records)}条"):
            for done, each in enumerate(records):
                progress(done, len(records))
                self.desk.remove(each)

    def linked_records(self, record: Record) -> tuple[Record, ...]:
        """The records whose links the form shows: the chosen one and what is edited with it."""
        return (record,)

    born: Sequence[Record] = ()
    """What names in a list brought into being when the record was kept; said once."""

    def fill_parts(self, parts: Sequence[Record]) -> None:
        """Put what carried over into the lists of a new record, where the page has any."""

    def history_ids(self, record: Record) -> list[str]:
        """The records whose changes the tab 历史 tells."""
        return [record.id]

    def show_state(self, record: Record | None) -> None:
        """Show what else hangs together with the record in the detail."""
