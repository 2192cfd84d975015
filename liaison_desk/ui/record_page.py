"""The generic page: a list, and beside it the form of the chosen record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.progress import no_progress
from liaison_desk.domain.short import short
from liaison_desk.ui import messages
from liaison_desk.ui.detail_frame import DetailFrame
from liaison_desk.ui.field_offers import FieldOffers
from liaison_desk.ui.importing.kinds import takes_tables
from liaison_desk.ui.list_detail import ListDetail
from liaison_desk.ui.merge_menu import MERGED_AS, MergeButton
from liaison_desk.ui.narrowing_bar import NarrowingBar
from liaison_desk.ui.page_conversion import PageConversion
from liaison_desk.ui.page_draft import PageDraft
from liaison_desk.ui.page_list import ListFollower, make_list
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_page_hooks import RecordPageHooks
from liaison_desk.ui.rows_clipboard import copy_with_ctrl_c
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.context import Context, Narrowing


AT_ONCE = 20
"""So many records, with all their parts, are removed before the clerk would notice."""


class RecordPage(RecordPageHooks):
    """List and detail of one record type; what its kinds differ in is in the hooks."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        if context.is_county:
            self.can_new = False
        self.list = make_list(self)
        self.form = self.make_form()
        self._make()
        self._arrange()
        self._connect()
        self._follower = ListFollower(self)
        for form in self.findChildren(RecordForm):
            form.set_offers(FieldOffers(self.desk, form.record_type))
        self.show_record(None)

    def _make(self) -> None:
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
        self.conversion = PageConversion(self)
        self.convert_button = self.conversion.button
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

    # -- what the clerk does -------------------------------------------------------------------

    def new(self) -> None:
        """Show an empty form, the cursor in its first field."""
        if not self.can_new or not self.leave():
            return
        self.list.clear_choice()
        self.show_record(self.blank())
        self.edit_chosen()

    def start_from(self, record: Record, source: Record) -> None:
        """Show a new record filled from another; saving it links the two."""
        if not self.leave():
            return
        self.list.clear_choice()
        self.conversion.begin(record, source)
        self.edit_chosen()

    def save(self) -> bool:
        """Keep what the form holds, or mark what is wrong."""
        if self.record is None or not self.is_dirty():
            return True
        try:
            kept = self.conversion.keep()
        except NotValid as error:
            self.mark(error)
            self.context.say(str(error), False)
            return False
        except DeskError as error:
            messages.tell(self, error)
            return False
        self.draft.drop()
        was_on_button = self.save_button.hasFocus()
        self.show_record(kept)
        self.list.refresh()
        self.list.choose_silently(kept.id)
        if was_on_button:
            self._leave_button()
        born, self.born = self.born, ()
        named = "、".join(f"{each.title}“{short(each.caption)}”" for each in born)
        self.context.say(f"已保存，新建了{named}" if named else "已保存", False)
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
        """Put what is chosen into the recycle bin; 撤销 is offered, nothing else is asked.

        Only what is typed and not saved is asked about first: no 撤销 would bring that back.
        """
        if self.record is None or self.kept() is None:
            self.discard()
            return
        if not self.leave():
            return
        chosen = [each for each in self.list.chosen_records() if self.desk.is_own(each)]
        together = chosen if any(each.id == self.record.id for each in chosen) else [self.record]
        row = self.list.model.row_of(self.record.id)
        try:
            if len(together) > AT_ONCE:
                run_task(self, "正在删除", lambda told: self.remove_all(together, told))
            else:
                self.remove_all(together, no_progress)
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

    def is_new(self) -> bool:
        """Whether the form is of a record that has not been kept yet."""
        return self.record is not None and self.kept() is None

    # -- what is shown -------------------------------------------------------------------------

    def show_record(self, record: Record | None) -> None:
        """Show a record in the detail, or nothing: a cursor that was there goes to the list."""
        cursor = QApplication.focusWidget()
        if record is None and cursor is not None and self.detail.isAncestorOf(cursor):
            self.list.wait_for_choice()
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
        self.conversion.offer()
        self.edited.emit()

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

    def mark(self, error: NotValid) -> None:
        """Say beside each field what is wrong with it, and bring the fields into view."""
        self.show_form()
        self.form.mark(error.problems)
        self.complain("；".join(e.sentence for e in error.problems if not e.field))

    def complain(self, sentence: str) -> None:
        """Stand a sentence about the record as a whole above the form."""
        self.detail.complain(sentence)

    def reload(self, change: Change | None = None) -> None:
        """Show the present state; a form being typed in is left alone."""
        self.list.load(self._list_filter())
        if self.is_dirty():
            return
        self.form.refill()
        if self.record is not None and self.record.id:
            now = self.desk.get(self.record_type, self.record.id)
            self.show_record(None if now is None or now.removed_at else now)

    def _list_filter(self) -> dict[str, object]:
        """Column values that the list is limited to: one township's, on a county desk."""
        township = {"office": self.context.township} if self.context.township else {}
        return township | self.narrowing_bar.equals

    def choose(self, record: Record) -> None:
        """Show one record, in the list and beside it."""
        if not self.leave():
            return
        if self.narrowing_bar.narrowing and self.list.model.row_of(record.id) < 0:
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

    def show_first(self) -> None:
        """Choose the first row."""
        self._follower.choose_first()

    def narrow(self, narrowing: Narrowing | None) -> None:
        """Limit the list for the moment, or show all of it again."""
        self.narrowing_bar.show_narrowing(narrowing)
        self.list.widen()
        self.splitter.close_detail()
        self.reload()

    def shows(self, change: Change) -> bool:
        """The files kept with a record are shown as well, and what it was turned into."""
        extra = {Attachment.table, Conversion.table}
        return super().shows(change) or bool(extra & change.touched.keys())

    def kept(self) -> Record | None:
        """The shown record as it is kept; None while it is new."""
        return self.desk.get(self.record_type, self.record.id) if self.record else None

    def office_name(self, record: Record) -> str:
        """The name of the office a record belongs to."""
        return self.desk.caption("office", record.office)

    @property
    def can_import(self) -> bool:
        """Whether tables are kept of what the page lists, to be imported here."""
        return not self.context.is_county and takes_tables(self.record_type)

    # -- where the cursor is -------------------------------------------------------------------

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
        if self.is_new() and self.is_dirty():
            self.list.wait_for_choice()  # choosing a row would ask about what is typed
            return
        if self.is_new():
            self.show_record(None)
        self.list.go_to_rows()

    def take_cursor(self) -> None:
        """Into the list, or where the detail lies over it onto the way back; not from typing."""
        if self.is_dirty():
            return
        if self.list.isVisibleTo(self):
            self.list.take_cursor()
        else:
            self.detail.back_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_button(self) -> None:
        """保存 was pressed and is grey now: to the row of what was kept, or to the form over it."""
        if self.splitter.is_narrow:
            self.form.focus_first()
        else:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the cursor into the filter."""
        self.splitter.close_detail()
        self.list.filter_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.filter_line.selectAll()

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

    # -- the draft of what is typed ------------------------------------------------------------

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

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back into the form."""
        record = self.desk.get(self.record_type, draft.record) if draft.record else None
        self.list.choose_silently(draft.record)
        self.show_record(record or self.blank())
        self.draft.take_up(draft)
        self.form.set_answers(draft.answers)
        self.show_form()
