"""The generic page: a list, and beside it the form of the chosen record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.store.drafts import Draft
from liaison_desk.ui import messages
from liaison_desk.ui.attachment_panel import AttachmentPanel
from liaison_desk.ui.history_panel import HistoryPanel
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_list import RecordList
from liaison_desk.ui.record_table_model import Column, listed_columns
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context

DRAFT_PAUSE_MS = 600
"""How long after the last keystroke a draft is kept."""


class RecordPage(Page):
    """List and detail of one record type; a page of its own kind overrides the parts it needs."""

    record_type: type[Record]
    columns: tuple[Column, ...] = ()
    search_through: tuple[str, ...] = ()
    empty_sentence: str = ""
    can_new = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = RecordList(
            context,
            self.record_type,
            self._all_columns(),
            through=self.search_through,
            empty=self.empty_sentence or f"还没有{self.record_type.title}。按 Ctrl+N 新建。",
        )
        self.form = self.make_form()
        self.record: Record | None = None
        self._parts()
        self._arrange()
        self._connect()
        self.show_record(None)

    # -- what a page of its own kind overrides -----------------------------------------------

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
        return {"office": self.context.township} if self.context.township else {}

    def keep(self) -> Record:
        """Save what the form holds, as one deed.

        Raises:
            NotValid: something is wrong; nothing has changed.
        """
        record = self.form.record()
        with self.desk.deed(f"保存{record.title}“{record.caption[:20]}”"):
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
        """Say beside each field what is wrong with it."""
        self.form.mark(error.problems)
        self.complain("；".join(e.sentence for e in error.problems if not e.field))

    def detail_buttons(self) -> list[QPushButton]:
        """More buttons for the head of the detail."""
        return []

    def show_state(self, record: Record | None) -> None:
        """Show what else hangs together with the record in the detail."""

    # -- what every page does ------------------------------------------------------------------

    def choices(self, table: str) -> list[tuple[str, str]]:
        """The ids and captions a link can choose from: this office's own records."""
        return [
            (each.id, each.caption)
            for each in self.desk.find(BY_TABLE[table], office=self.desk.office_id)
        ]

    def new(self) -> None:
        """Show an empty form, the cursor in its first field."""
        if not self.leave():
            return
        self.list.table.clearSelection()
        self.show_record(self.blank())
        self.form.focus_first()

    def save(self) -> bool:
        """Keep what the form holds, or mark what is wrong."""
        if self.record is None or not self.is_dirty():
            return True
        try:
            kept = self.keep()
        except NotValid as error:
            self.mark(error)
            self.context.say(str(error), False)
            return False
        except DeskError as error:
            messages.tell(self, error)
            return False
        self._drop_draft()
        self.show_record(kept)
        self.list.refresh()
        self.list.choose_silently(kept.id)
        self.context.say("已保存", False)
        return True

    def discard(self) -> None:
        """Give up what is typed."""
        self._drop_draft()
        self.show_record(self.desk.get(self.record_type, self.record.id) if self.record else None)

    def remove(self) -> None:
        """Put the chosen record into the recycle bin; 撤销 is offered, nothing is asked."""
        if self.record is None or not self.record.id:
            self.discard()
            return
        try:
            self.desk.remove(self.record)
        except DeskError as error:
            self.context.say(str(error).replace("没有保存：", ""), False)
            return
        self._drop_draft()
        self.context.say(f"已删除{self.record_type.title}", True)
        self.show_record(None)
        self.list.refresh()

    def leave(self) -> bool:
        """Ask once about what is typed and not saved; False when the clerk stays."""
        if not self.is_dirty():
            return True
        answer = messages.ask_leaving(self, f"{self.record_type.title}的改动")
        if answer == "discard":
            self._drop_draft()
            self._clean()
            return True
        return answer == "save" and self.save()

    def is_dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self.form.is_dirty()

    def focus_search(self) -> None:
        """Put the cursor into the filter."""
        self.list.filter_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.filter_line.selectAll()

    def reload(self, change: Change | None = None) -> None:
        """Show the present state; a form being typed in is left alone."""
        self.list.load(self.list_filter())
        if self.is_dirty():
            return
        self.form.refill()
        if self.record is not None and self.record.id:
            now = self.desk.get(self.record_type, self.record.id)
            self.show_record(None if now is None or now.removed_at else now)

    def choose(self, record: Record) -> None:
        """Show one record, in the list and beside it."""
        if self.leave():
            self.list.choose_silently(record.id)
            self.show_record(self.desk.get(self.record_type, record.id))

    def show_first(self) -> None:
        """Choose the first row."""
        if self.list.model.ids:
            self.list.choose(self.list.model.ids[0])

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back into the form."""
        record = self.desk.get(self.record_type, draft.record) if draft.record else None
        self.list.choose_silently(draft.record)
        self.show_record(record or self.blank())
        self.form.set_answers(draft.answers)

    def show_record(self, record: Record | None) -> None:
        """Show a record in the detail, or nothing."""
        self.record = record
        self.complain("")
        self._detail.setVisible(record is not None)
        self._hint.setVisible(record is None)
        if record is None:
            self.form.set_record(self.blank())
        else:
            self._show_in_form(record)
        self.history.show_record(record)
        self.attachments.show_record(record)
        self.show_state(record)
        self.edited.emit()

    # -- inside ----------------------------------------------------------------------------

    def _all_columns(self) -> tuple[Column, ...]:
        """The columns of the list; a county desk sees whose each record is."""
        columns = self.make_columns() or listed_columns(self.record_type)
        office = self.desk.office
        if office is None or not office.is_county:
            return columns
        return (Column("报送单位", compute=self.office_name), *columns)

    def _show_in_form(self, record: Record) -> None:
        """Fill the form and the head of the detail."""
        is_own = self.desk.is_own(record)
        self.form.refill()
        self.form.set_record(record)
        self.form.set_read_only(not is_own)
        new = not self.desk.get(type(record), record.id)
        caption = self.desk.caption(record.table, record.id)
        self._head.setText(f"新建{record.title}" if new else caption or record.caption)
        self._source.setText("" if is_own else f"{self.office_name(record)}报来，只能查看")
        self._source.setVisible(not is_own)
        self.save_button.setVisible(is_own)
        self.remove_button.setVisible(is_own and not new)
        self._enable_save()

    def complain(self, sentence: str) -> None:
        """Stand a sentence about the record as a whole above the form."""
        self._whole.setText(sentence)
        self._whole.setVisible(bool(sentence))

    def office_name(self, record: Record) -> str:
        """The name of the office a record belongs to."""
        return self.desk.caption("office", record.office)

    def _parts(self) -> None:
        """Make the parts of the detail."""
        self._head = QLabel()
        self._source = QLabel()
        self._whole = QLabel()
        self._hint = QLabel("在左边选一条，或按 Ctrl+N 新建。")
        self.save_button = QPushButton("保存")
        self.remove_button = QPushButton("删除")
        self.tabs = QTabWidget()
        self.history = HistoryPanel(self.context)
        self.attachments = AttachmentPanel(self.context)
        self._detail = QWidget()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._draft_pause = QTimer(self, singleShot=True, interval=DRAFT_PAUSE_MS)

    def _arrange(self) -> None:
        """The list at the left, the detail at the right."""
        self._head.setProperty("role", "heading")
        self._head.setObjectName("head")
        self._head.setWordWrap(True)
        self._source.setProperty("role", "muted")
        self._whole.setProperty("role", "wrong")
        self._whole.setWordWrap(True)
        self._hint.setProperty("role", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.save_button.setProperty("role", "main")
        self.save_button.setObjectName("save")
        self.remove_button.setObjectName("remove")
        self._arrange_detail()
        right = QWidget()
        right.setObjectName("detail")
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._detail)
        box.addWidget(self._hint)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([460, 700])
        self.splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _arrange_detail(self) -> None:
        """The head with its buttons, then the tabs."""
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self._head)
        words.addWidget(self._source)
        top.addLayout(words, 1)
        for button in (*self.detail_buttons(), self.remove_button, self.save_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs.setObjectName("tabs")
        self.tabs.addTab(self.make_content(), "内容")
        self.tabs.addTab(self.attachments, "附件")
        self.tabs.addTab(self.history, "历史")
        self.tabs.setDocumentMode(True)
        box = QVBoxLayout(self._detail)
        box.setContentsMargins(GAP, GAP, GAP, GAP)
        box.addLayout(top)
        box.addWidget(self._whole)
        box.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        """Tell the window and keep a draft after every pause in typing."""
        self.list.chosen.connect(self._go_to)
        self.save_button.clicked.connect(self.save)
        self.remove_button.clicked.connect(self.remove)
        self.form.edited.connect(self._typed)
        self._draft_pause.timeout.connect(self.keep_draft)

    def _go_to(self, record: Record) -> None:
        """Another row was chosen."""
        if self.record is not None and record.id == self.record.id:
            return
        if self.leave():
            self.show_record(record)
        elif self.record is not None:
            self.list.choose_silently(self.record.id)

    def _typed(self) -> None:
        self._enable_save()
        self._draft_pause.start()
        self.edited.emit()

    def _enable_save(self) -> None:
        self.save_button.setEnabled(self.is_dirty())

    def _clean(self) -> None:
        """Forget what is typed."""
        self.show_record(self.desk.get(self.record_type, self.record.id) if self.record else None)

    def keep_draft(self) -> None:
        """Keep what is typed, so that it survives a crash."""
        if not self.is_dirty() or self.record is None:
            return
        stored = self.desk.get(self.record_type, self.record.id)
        draft_id = self.record.id if stored is not None else ""
        moment = self.desk.now().isoformat(timespec="seconds")
        self.desk.drafts.keep(Draft(self.record_type.table, draft_id, self.form.answers(), moment))

    def _drop_draft(self) -> None:
        """Forget the draft of what is shown: it was saved or given up."""
        self._draft_pause.stop()
        if self.record is not None:
            self.desk.drafts.drop(self.record_type.table, self.record.id)
            self.desk.drafts.drop(self.record_type.table, "")
