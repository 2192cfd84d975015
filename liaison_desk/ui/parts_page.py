"""A page whose records have parts: lists on tabs beside the form, kept with it as one deed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from liaison_desk.domain.short import short
from liaison_desk.services.conversions import can_convert
from liaison_desk.services.link_names import link_name
from liaison_desk.services.parts import PartNotValid, save_parts
from liaison_desk.services.words import words_now
from liaison_desk.ui.convert_line import ConvertLineButton
from liaison_desk.ui.line_names import OfficeNames
from liaison_desk.ui.parts_panel import PartsPanel, linked_ids
from liaison_desk.ui.record_page import RecordPage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from liaison_desk.domain.errors import NotValid
    from liaison_desk.domain.record import Record
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.parts_panel import PartList, PartTab


class PartsPage(RecordPage):
    """The generic page with lists under the record.

    Ctrl+1 goes to the form, Ctrl+2 and on to the lists.
    """

    part_lists: tuple[PartList, ...] = ()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        for place, tab in enumerate(self.parts.tabs.values()):
            self.tabs.insertTab(1 + place, tab, tab.title)
            if can_convert(tab.table.lines.record_type):
                tab.add_button(ConvertLineButton(self, tab.table))
        self._connect_parts()
        self.show_record(None)

    # -- what is shown -------------------------------------------------------------------------

    def make_content(self) -> QWidget:
        """The form; the lists get their tabs once the frame stands."""
        words, called = partial(words_now, self.desk), partial(link_name, self.desk)
        names = OfficeNames(self.choices, words, called)
        self.parts = PartsPanel(self.part_lists, names, self.context.style)
        return super().make_content()

    def show_state(self, record: Record | None) -> None:
        """Show the lists of a record."""
        is_own = record is not None and self.desk.is_own(record)
        self.parts.show_record(record, self.desk, read_only=not is_own)
        self._name_tabs()
        self._enable_save()

    def fill_parts(self, parts: Sequence[Record]) -> None:
        """Put what carried over into the lists of a new record."""
        self.parts.fill(parts)

    def has_list(self, part_type: type[Record]) -> bool:
        """Whether the shown record can have parts of a type."""
        return True

    def linked_records(self, record: Record) -> tuple[Record, ...]:
        """The record and its parts."""
        return (record, *self.parts.shown)

    def history_ids(self, record: Record) -> list[str]:
        """What changed in the record and in its parts."""
        own = super().history_ids(record)
        return [*own, *(each.id for each in self.parts.shown if each.id not in own)]

    # -- keeping -------------------------------------------------------------------------------

    def is_dirty(self) -> bool:
        """Whether something was typed in the form or in a list."""
        return super().is_dirty() or self.parts.is_dirty()

    def keep(self) -> Record:
        """Save the record and its lists as one deed.

        Raises:
            NotValid: something is wrong; nothing has changed.
        """
        of_form = self.form.new_records()
        self.parts.names.adopt(of_form)
        lines = self.parts.lines()
        every = [each for records in lines.values() for each in records]
        of_lists = self.parts.names.new_records(linked_ids(every))
        with self.desk.deed(self.deed_title()):
            self.desk.save_all(of_lists)
            kept = self.keep_whole()
            for part_type, records in lines.items():
                save_parts(self.desk, kept, part_type, records)
        told = {each.id for each in of_form}  # beside their fields, before they were kept
        self.born = [each for each in of_lists if each.id not in told]
        return kept

    def keep_whole(self) -> Record:
        """Save the record itself; inside a deed."""
        return super().keep()

    def deed_title(self) -> str:
        """What saving is called in the history."""
        record = self.form.record()
        link = record.links().get(record.headline)
        called = record.caption
        if link is not None:
            called = self.desk.caption(link.to, getattr(record, record.headline))
        return f"保存{record.title}" + (f"“{short(called)}”" if called else "")

    def mark(self, error: NotValid) -> None:
        """Say what is wrong where it is wrong."""
        if not isinstance(error, PartNotValid) or error.part not in self.parts.tabs:
            super().mark(error)
            return
        self.form.mark([])
        self.show_form()
        self.tabs.setCurrentWidget(self.parts.tabs[error.part])
        self.parts.mark(error)

    # -- draft ---------------------------------------------------------------------------------

    def answers(self) -> dict[str, Any]:
        """What is typed in the form and the lists."""
        return {**super().answers(), **self.parts.answers()}

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back into the form and the lists."""
        super().resume(draft)
        self.parts.set_answers(draft.answers)

    # -- inside --------------------------------------------------------------------------------

    def write_in(self, part_type: type[Record]) -> None:
        """Bring a list into view, the cursor on its empty line; one that is not there is passed."""
        if not self.has_list(part_type):
            return
        self.splitter.open_detail()
        self.tabs.setCurrentWidget(self.parts.tabs[part_type])
        self.parts.tabs[part_type].table.write_next()

    def _connect_parts(self) -> None:
        """Enter goes from the form to the lists and on to 保存; Ctrl and a number anywhere."""
        self.parts.edited.connect(self._typed_in_list)
        self.parts.finished.connect(self._leave_list)
        self.form.ended.connect(self._enter_lists)
        self._shortcut(1, self.edit_chosen)
        for place, part_type in enumerate(self.parts.tabs):
            self._shortcut(2 + place, partial(self.write_in, part_type))

    def _offered(self) -> list[type[Record]]:
        """The lists the shown record can have, in order."""
        return [each for each in self.parts.tabs if self.has_list(each)]

    def _enter_lists(self) -> None:
        """From the last field to the first list."""
        if self._offered() and self.save_button.isVisible():
            self.write_in(self._offered()[0])

    def _leave_list(self, tab: PartTab) -> None:
        """From a list to the next one, or to 保存."""
        offered = self._offered()
        kinds = [each for each in offered if self.parts.tabs[each] is tab]
        following = offered[offered.index(kinds[0]) + 1 :] if kinds else []
        if following:
            self.write_in(following[0])
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed_in_list(self) -> None:
        self._name_tabs()
        self._typed()

    def _name_tabs(self) -> None:
        """How many lines each list has; a list the record cannot have is not there."""
        for part_type, tab in self.parts.tabs.items():
            place = self.tabs.indexOf(tab)
            if place >= 0:
                self.tabs.setTabText(place, tab.words())
                self.tabs.setTabVisible(place, self.has_list(part_type))

    def _shortcut(self, number: int, go: Callable[[], None]) -> None:
        """Ctrl and a number: to one part of the record."""
        key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(go)
