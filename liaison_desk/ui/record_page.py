"""The generic page: a list, and beside it the form of the chosen record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.short import short
from liaison_desk.services.conversions import can_convert
from liaison_desk.ui import messages
from liaison_desk.ui.convert_menu import ConvertButton
from liaison_desk.ui.convert_source import (
    filled_from,
    kept_from,
    words_of_source,
)
from liaison_desk.ui.detail_frame import DetailFrame, NarrowingBar
from liaison_desk.ui.field_offers import FieldOffers
from liaison_desk.ui.importing.kinds import takes_tables
from liaison_desk.ui.link_choices import link_choices
from liaison_desk.ui.list_detail import ListDetail
from liaison_desk.ui.merge_menu import MERGED_AS, MergeButton
from liaison_desk.ui.page import Page
from liaison_desk.ui.page_draft import PageDraft
from liaison_desk.ui.page_list import ListFollower, make_list
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.rows_clipboard import copy_with_ctrl_c

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.context import Context, Narrowing
    from liaison_desk.ui.record_table_model import Column


class RecordPage(Page):
    """List and detail of one record type; a page of its own kind overrides the parts it needs."""

    record_type: type[Record]
    columns: tuple[Column, ...] = ()
    search_through: tuple[str, ...] = ()
    empty_sentence: str = ""
    can_new = True
    can_find = True
    record: Record | None = None

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        if context.is_county:
            self.can_new = False
        self.list = make_list(self)
        self.form = self.make_form()
        self._narrowing: Narrowing | None = None
        self._parts()
        self._arrange()
        self._connect()
        self._follower = ListFollower(self)
        for form in self.findChildren(RecordForm):
            form.set_offers(FieldOffers(self.desk, form.record_type))
        self.show_record(None)

    # -- what a page of its own kind overrides -----------------------------------------------

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

    def list_filter(self) -> dict[str, object]:
        """Column values that the list is limited to: one township's, on a county desk."""
        township = {"office": self.context.township} if self.context.township else {}
        return township | (dict(self._narrowing.equals) if self._narrowing else {})

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

    def mark(self, error: NotValid) -> None:
        """Say beside each field what is wrong with it, and bring the fields into view."""
        self.show_form()
        self.form.mark(error.problems)
        self.complain("；".join(e.sentence for e in error.problems if not e.field))

    def detail_buttons(self) -> list[QPushButton]:
        """More buttons for the head of the detail."""
        return []

    def answers(self) -> dict[str, Any]:
        """What is typed, as a draft keeps it."""
        return self.form.answers()

    def remove_all(self, records: Sequence[Record]) -> None:
        """Remove several records as one deed, one as its own."""
        if len(records) == 1:
            self.desk.remove(records[0])
            return
        with self.desk.deed(f"删除{self.record_type.title}{len(records)}条"):
            for each in records:
                self.desk.remove(each)

    def linked_records(self, record: Record) -> tuple[Record, ...]:
        """The records whose links the form shows: the chosen one and what is edited with it."""
        return (record,)

    def history_ids(self, record: Record) -> list[str]:
        """The records whose changes the tab 历史 tells."""
        return [record.id]

    def show_state(self, record: Record | None) -> None:
        """Show what else hangs together with the record in the detail."""

    # -- what every page does ------------------------------------------------------------------

    def choices(self, table: str) -> list[tuple[str, str]]:
        """The ids and captions a link can choose from: those of the shown record's own office."""
        record = self.record
        office = (record.office if record else "") or self.desk.office_id
        linked = self.linked_records(record) if record else ()
        return link_choices(self.context, table, office, linked)

    def new(self) -> None:
        """Show an empty form, the cursor in its first field."""
        if not self.can_new or not self.leave():
            return
        self.list.clear_choice()
        self.show_record(self.blank())
        self.show_form()
        self.form.focus_first()

    def start_from(self, record: Record, source: Record) -> None:
        """Show a new record filled from another; saving it links the two."""
        if not self.leave():
            return
        self.list.clear_choice()
        self.show_record(filled_from(self.blank(), record))
        self.draft.source = source
        self.form.set_answers(self.form.answers())  # not saved yet, so it must not get lost
        self.detail.show_source(words_of_source(self.desk, source))
        self.show_form()
        self.form.focus_first()

    def save(self) -> bool:
        """Keep what the form holds, or mark what is wrong."""
        if self.record is None or not self.is_dirty():
            return True
        try:
            kept = kept_from(self.desk, self.draft.source, self.keep)
        except NotValid as error:
            self.mark(error)
            self.context.say(str(error), False)
            return False
        except DeskError as error:
            messages.tell(self, error)
            return False
        self.draft.drop()
        self.show_record(kept)
        self.list.refresh()
        self.list.choose_silently(kept.id)
        self.context.say("已保存", False)
        return True

    def save_and_new(self) -> None:
        """Keep what is typed and start the next one (Ctrl+Enter)."""
        if self.save():
            self.new()

    def discard(self) -> None:
        """Give up what is typed."""
        self.draft.drop()
        self.show_record(self.kept())

    def remove(self) -> None:
        """Put what is chosen into the recycle bin; 撤销 is offered, nothing is asked."""
        if self.record is None or self.kept() is None:
            self.discard()
            return
        chosen = [each for each in self.list.chosen_records() if self.desk.is_own(each)]
        together = chosen if any(each.id == self.record.id for each in chosen) else [self.record]
        row = self.list.model.row_of(self.record.id)
        try:
            self.remove_all(together)
        except DeskError as error:
            self.context.say(str(error).replace("没有保存：", ""), False)
            return
        self.draft.drop()
        many = f"{len(together)}条" if len(together) > 1 else ""
        self.show_record(None)
        self.list.refresh()
        self._follower.choose_near(row)
        self.context.say(f"已删除{self.noun}{many}", True)

    def leave(self) -> bool:
        """Ask once about what is typed and not saved; False when the clerk stays."""
        if not self.is_dirty():
            return True
        answer = messages.ask_leaving(self, f"{self.noun}的改动")
        if answer == "discard":
            self.discard()
        return answer == "discard" or (answer == "save" and self.save())

    def is_dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self.form.is_dirty()

    def take_cursor(self) -> None:
        """Into the list, unless something is half typed."""
        if not self.is_dirty():
            self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        """Put the cursor into the filter."""
        self.splitter.close_detail()
        self.list.filter_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.filter_line.selectAll()

    def reload(self, change: Change | None = None) -> None:
        """Show the present state; a form being typed in is left alone."""
        self.list.load(self.list_filter())
        self.narrowing_bar.setVisible(self._narrowing is not None)
        if self.is_dirty():
            return
        self.form.refill()
        if self.record is not None and self.record.id:
            now = self.desk.get(self.record_type, self.record.id)
            self.show_record(None if now is None or now.removed_at else now)

    def choose(self, record: Record) -> None:
        """Show one record, in the list and beside it."""
        if not self.leave():
            return
        if self._narrowing is not None and self.list.model.row_of(record.id) < 0:
            self.narrow(None)
        self.list.choose_silently(record.id)
        self.show_record(self.desk.get(self.record_type, record.id))
        self.splitter.open_detail()

    def show_changed(self, change: Change) -> None:
        """Choose the one record that an undone or repeated deed was about, unless it is gone."""
        touched = change.touched.get(self.record_type.table, ())
        record = self.desk.get(self.record_type, touched[0]) if len(touched) == 1 else None
        if record is not None and not record.removed_at:
            self.choose(record)

    def narrow(self, narrowing: Narrowing | None) -> None:
        """Limit the list for the moment, or show all of it again."""
        self._narrowing = narrowing
        self.narrowing_bar.label.setText(narrowing.sentence if narrowing else "")
        self.list.widen()
        self.splitter.close_detail()
        self.reload()

    def shows(self, change: Change) -> bool:
        """The files kept with a record are shown as well, and what it was turned into."""
        extra = {Attachment.table, Conversion.table}
        return super().shows(change) or bool(extra & change.touched.keys())

    def show_first(self) -> None:
        """Choose the first row."""
        self._follower.choose_first()

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back into the form."""
        record = self.desk.get(self.record_type, draft.record) if draft.record else None
        self.list.choose_silently(draft.record)
        self.show_record(record or self.blank())
        self.draft.take_up(draft)
        self.form.set_answers(draft.answers)
        self.show_form()

    def show_form(self) -> None:
        """Bring the fields into view."""
        self.splitter.open_detail()
        self.tabs.setCurrentWidget(self._content)

    def edit_chosen(self) -> None:
        """Put the cursor into the form of the chosen row (F2)."""
        if self.record is not None:
            self.show_form()
            self.form.focus_first()

    def back_to_list(self) -> None:
        """Put the cursor into the list (Esc); what is typed stays as it is."""
        self.splitter.close_detail()
        if not self.is_dirty() and self.record is not None and self.kept() is None:
            self.show_record(None)
        self.list.go_to_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list; in the list Enter opens and Delete removes."""
        in_list = self.list.table.hasFocus()
        if event.key() == Qt.Key.Key_Escape and not in_list:
            self.back_to_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and in_list:
            self.edit_chosen()
        elif event.key() == Qt.Key.Key_Delete and in_list and self.remove_button.isVisibleTo(self):
            self.remove()
        else:
            super().keyPressEvent(event)

    def show_record(self, record: Record | None) -> None:
        """Show a record in the detail, or nothing: a cursor that was there goes to the list."""
        cursor = QApplication.focusWidget()
        if record is None and cursor is not None and self.detail.isAncestorOf(cursor):
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.record = record
        self.draft.begin(self.kept())
        self.complain("")
        self.detail.show_filled(record is not None)
        if record is None:
            self.form.set_record(self.blank())
        else:
            self._show_in_form(record)
        self.history.show_records(self.history_ids(record) if record else [])
        self.attachments.show_record(record)
        self.detail.chain.show_record(record)
        self.show_state(record)
        self.convert_button.setVisible(self._can_convert())
        self.edited.emit()

    @property
    def can_import(self) -> bool:
        """Whether tables are kept of what the page lists, to be imported here."""
        return not self.context.is_county and takes_tables(self.record_type)

    def kept_source(self) -> Record | None:
        """The shown record once what is typed is kept, to be turned into another."""
        return self.kept() if self.save() else None

    def kept(self) -> Record | None:
        """The shown record as it is kept; None while it is new."""
        return self.desk.get(self.record_type, self.record.id) if self.record else None

    # -- inside ----------------------------------------------------------------------------

    def _can_convert(self) -> bool:
        """Whether the shown record can be turned into another."""
        kept = self.kept()
        return kept is not None and can_convert(self.record_type) and self.desk.is_own(kept)

    def _show_in_form(self, record: Record) -> None:
        """Fill the form and the head of the detail."""
        is_own = self.desk.is_own(record)
        self.form.refill()
        self.form.set_record(record)
        self.form.set_read_only(not is_own)
        new = self.kept() is None
        caption = self.desk.caption(record.table, record.id)
        self.detail.show_head(
            f"新建{self.noun}" if new else caption or record.caption,
            "" if is_own else f"{self.office_name(record)}报来，只能查看",
        )
        self.save_button.setVisible(is_own)
        self.remove_button.setVisible(is_own and not new)
        self._enable_save()

    def complain(self, sentence: str) -> None:
        """Stand a sentence about the record as a whole above the form."""
        self.detail.complain(sentence)

    def office_name(self, record: Record) -> str:
        """The name of the office a record belongs to."""
        return self.desk.caption("office", record.office)

    def _parts(self) -> None:
        """Make the frame of the detail; its buttons and tabs are the page's."""
        hint = "在左边选一条" + ("，或按 Ctrl+N 新建。" if self.can_new else "。")
        self.detail = DetailFrame(self.context, hint)
        self.save_button = self.detail.save_button
        self.remove_button = self.detail.remove_button
        self.tabs = self.detail.tabs
        self.history = self.detail.history
        self.attachments = self.detail.attachments
        self.narrowing_bar = NarrowingBar()
        self.splitter = ListDetail()
        self.draft = PageDraft(
            self, self.context, self.record_type.table, lambda: self.keep_draft()
        )

    def _arrange(self) -> None:
        """The list at the left, the detail at the right; each put in its place before it is filled.

        Qt looks at everything in a widget again each time that widget is put into another.
        """
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.splitter.set_parts(self.list, self.detail)
        self.splitter.setSizes([460, 700])
        self.convert_button = ConvertButton(
            "转为(&Z)", self.context, self.record_type, self.kept, self.kept_source
        )
        buttons = [*self.detail_buttons(), self.convert_button]
        self._content = self.make_content()
        self.detail.set_content(self._content, buttons)
        self.list.add_bar(self.narrowing_bar)
        if self.record_type in MERGED_AS and not self.context.is_county:
            self.list.tools.add_button(MergeButton(self))

    def _connect(self) -> None:
        """Tell the window and keep a draft after every pause in typing."""
        self.save_button.clicked.connect(self.save)
        self.remove_button.clicked.connect(self.remove)
        self.form.edited.connect(self._typed)
        self.form.ended.connect(self.save_button.setFocus)
        onward = QShortcut(QKeySequence("Ctrl+Down"), self.form)
        onward.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        onward.activated.connect(self.form.go_to_next_part)
        copy_with_ctrl_c(self.list.table, lambda sentence: self.context.say(sentence, False))
        self.detail.back_button.clicked.connect(self.back_to_list)
        self.narrowing_bar.all_button.clicked.connect(lambda: self.narrow(None))
        self.splitter.turned.connect(
            lambda: self.detail.back_button.setVisible(self.splitter.is_narrow)
        )

    def _typed(self) -> None:
        self._enable_save()
        self.draft.note_typing()
        self.edited.emit()

    def _enable_save(self) -> None:
        self.save_button.setEnabled(self.is_dirty())

    def draft_key(self) -> tuple[str, str] | None:
        """Under which table and id the draft of what is typed is kept."""
        return self.draft.key if self.is_dirty() else None

    def keep_draft(self) -> None:
        """Keep what is typed, so that it survives a crash."""
        if self.is_dirty() and self.record is not None:
            self.draft.keep(self.answers())
