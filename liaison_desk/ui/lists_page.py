"""名单与流程: the words and workflows an office works with, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.codes import WORD_LISTS
from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.workflow import Workflow, WorkflowStep
from liaison_desk.services.parts import PartNotValid
from liaison_desk.services.words import WORKFLOW_LIST, rename_in_records, users_of
from liaison_desk.store.drafts import Draft
from liaison_desk.ui.draft_keeper import DraftKeeper
from liaison_desk.ui.line_buttons import line_buttons
from liaison_desk.ui.line_names import OfficeNames
from liaison_desk.ui.page import Page
from liaison_desk.ui.style import GAP, ROW_PX
from liaison_desk.ui.words_panel import WordsPanel
from liaison_desk.ui.workflow_panel import WorkflowPanel

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context

LISTS = (WORKFLOW_LIST, *WORD_LISTS)


class RenameOffer(QWidget):
    """After a word was renamed: how many records still use the old one, and 一起改过来."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setObjectName("rename_offer")
        self.change_button = QPushButton("一起改过来")
        self.leave_button = QPushButton("不用改")
        self.change_button.setObjectName("rename_records")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.change_button)
        row.addWidget(self.leave_button)
        self.hide()


class ListsPage(Page):
    """Left the lists, right the words of the chosen one."""

    title = "名单与流程"
    icon_name = "list-checks"
    record_types = (CodeWord, Workflow, WorkflowStep, Membership)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        names = OfficeNames(lambda _table: [])
        self.lists = QListWidget()
        self.words = WordsPanel(context, names)
        self.workflows = WorkflowPanel(context, names)
        self.panels = QStackedWidget()
        self.head = QLabel()
        self.fault = QLabel()
        self.offer = RenameOffer()
        self.save_button = QPushButton("保存")
        self._renamed: list[tuple[str, str]] = []
        self._drafts = DraftKeeper(self, context, lambda: self.keep_draft())
        self._arrange()
        self._connect()
        self._show(LISTS[0])

    @property
    def wordlist(self) -> str:
        """The list that is shown."""
        return self._shown

    @property
    def panel(self) -> WordsPanel | WorkflowPanel:
        """What the list is edited in."""
        return self.workflows if self._shown == WORKFLOW_LIST else self.words

    def show_list(self, wordlist: str, term: str | None = None) -> None:
        """Show a list, once what is typed in the present one has been dealt with."""
        if self.leave():
            self._show(wordlist, term)
        self._point_at_shown()

    def reload(self, change: Change | None = None) -> None:
        """Show the present state; what is being typed is left alone."""
        if not self.is_dirty():
            renamed = self._renamed
            term = self.words.term if self.words.wordlist == self._shown else None
            self._show(self._shown, term, self.workflows.chosen_name())
            self._offer_used(renamed)

    def choose(self, record: Record) -> None:
        """Show the list of a word, or the workflow of a step."""
        if isinstance(record, CodeWord):
            self.show_list(record.wordlist, record.term)
        elif self.leave():
            whole = record
            if isinstance(record, WorkflowStep):
                whole = self.desk.get(Workflow, record.workflow) or record
            self._show(WORKFLOW_LIST, name=whole.caption)
            self._point_at_shown()

    # -- keeping -------------------------------------------------------------------------------

    def is_dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self.panel.is_dirty()

    def save(self) -> bool:
        """Keep the list, or mark what is wrong."""
        if not self.is_dirty():
            return True
        table, key = self._draft_key()
        try:
            renamed = self.panel.keep()
        except DeskError as error:
            self._complain(error)
            return False
        self._drafts.drop(table, key)
        self.fault.hide()
        self._offer_used(renamed)
        self.context.say("已保存", False)
        self._enable()
        return True

    def discard(self) -> None:
        """Give up what is typed."""
        self._drafts.drop(*self._draft_key())
        self._show(self._shown, self.words.term, self.workflows.chosen_name())

    def rename_records(self) -> None:
        """Write the new word in every record that has the old one, as one deed."""
        old, new = self._renamed[0]
        try:
            count = rename_in_records(self.desk, self._shown, old, new)
        except DeskError as error:
            self._complain(error)
            return
        self._offer_used(self._renamed)
        self.context.say(f"已把 {count} 条资料里的“{old}”改为“{new}”", True)

    # -- draft ---------------------------------------------------------------------------------

    def draft_key(self) -> tuple[str, str] | None:
        """Under which table and id the draft of what is typed is kept."""
        return self._draft_key() if self.is_dirty() else None

    def keep_draft(self) -> None:
        """Keep what is typed, so that it survives a crash."""
        if self.is_dirty():
            moment = self.desk.now().isoformat(timespec="seconds")
            self.desk.drafts.keep(Draft(*self._draft_key(), self.panel.answers(), moment))

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back."""
        if draft.table == Workflow.table:
            self._show(WORKFLOW_LIST, name=draft.record)
            if self.workflows.chosen_name() != draft.record:
                self.workflows.add(draft.record)
        else:
            wordlist, _, term = draft.record.partition("/")
            self._show(wordlist if wordlist in LISTS else LISTS[1], term)
        self._point_at_shown()
        self.panel.set_answers(draft.answers)

    # -- inside --------------------------------------------------------------------------------

    def _draft_key(self) -> tuple[str, str]:
        table = Workflow.table if self._shown == WORKFLOW_LIST else CodeWord.table
        return table, self.panel.draft_id()

    def _show(self, wordlist: str, term: str | None = None, name: str = "") -> None:
        """Show a list; what was typed in another is given up."""
        self._shown = wordlist
        self.fault.hide()
        self.head.setText(wordlist)
        self._offer([])
        if wordlist == WORKFLOW_LIST:
            self.workflows.show_workflow(name)
        else:
            self.words.show_list(wordlist, term)
        self.panels.setCurrentWidget(self.panel)
        self._enable()

    def _offer(self, renamed: list[tuple[str, str]]) -> None:
        """Offer to change the records that use a word by its old name."""
        self._renamed = renamed
        self.offer.setVisible(bool(renamed))
        if renamed:
            old, new = renamed[0]
            count = len(users_of(self.desk, self._shown, old))
            self.offer.label.setText(f"“{old}”改成了“{new}”，还有 {count} 条资料写着原来的词。")

    def _offer_used(self, renamed: list[tuple[str, str]]) -> None:
        """Offer only those words that some record still has."""
        self._offer([each for each in renamed if users_of(self.desk, self._shown, each[0])])

    def _complain(self, error: DeskError) -> None:
        """Say what is wrong, in its line where there is one."""
        self.fault.setText(str(error))
        self.fault.show()
        if isinstance(error, PartNotValid):
            self.panel.table.mark(error.row, error.problems)
        elif isinstance(error, NotValid) and self.panel is self.workflows:
            self.workflows.name_line.setFocus()

    def _turn_panel(self) -> None:
        """Another term or workflow was chosen within the list."""
        term, name = self.words.chosen_term(), self.workflows.chosen_name()
        if self._shown != WORKFLOW_LIST and term == self.words.term:
            return
        if self.leave():
            self._show(self._shown, term, name)
        elif self._shown == WORKFLOW_LIST:
            self.workflows.box.setCurrentText(self.workflows.draft_id())
        else:
            self.words.term_box.setCurrentText(self.words.term)

    def _add_workflow(self) -> None:
        if self.leave():
            self.workflows.add()

    def _point_at_shown(self) -> None:
        """Let the left side say which list is shown."""
        self.lists.blockSignals(True)
        self.lists.setCurrentRow(LISTS.index(self._shown))
        self.lists.blockSignals(False)

    def _touch(self) -> None:
        self._drafts.note_typing()
        self._enable()

    def _enable(self) -> None:
        self.save_button.setEnabled(self.is_dirty())
        self.edited.emit()

    def _arrange(self) -> None:
        self.lists.setObjectName("word_lists")
        for each in LISTS:
            item = QListWidgetItem(each)
            item.setSizeHint(QSize(0, self.context.style.scaled(ROW_PX)))
            self.lists.addItem(item)
        self.lists.setCurrentRow(0)
        self.head.setProperty("role", "heading")
        self.fault.setProperty("role", "wrong")
        self.fault.setWordWrap(True)
        self.save_button.setProperty("role", "main")
        self.save_button.setObjectName("save")
        for panel in (self.workflows, self.words):
            self.panels.addWidget(panel)
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        for button in line_buttons(lambda deed: self.panel.table.act(deed)):
            top.addWidget(button)
        top.addWidget(self.save_button)
        right = QWidget()
        right.setObjectName("detail")
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addLayout(top)
        column.addWidget(self.fault)
        column.addWidget(self.offer)
        column.addWidget(self.panels, 1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.lists)
        splitter.addWidget(right)
        splitter.setSizes([self.context.style.scaled(180), 1000])
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.lists.currentRowChanged.connect(self._turn_list)
        self.save_button.clicked.connect(self.save)
        self.offer.change_button.clicked.connect(self.rename_records)
        self.offer.leave_button.clicked.connect(lambda: self._offer(self._renamed[1:]))
        self.workflows.add_button.clicked.connect(self._add_workflow)
        for panel in (self.words, self.workflows):
            panel.edited.connect(self._touch)
            panel.turned.connect(self._turn_panel)
            panel.table.finished.connect(self.save_button.setFocus)

    def _turn_list(self, row: int) -> None:
        if row >= 0 and LISTS[row] != self._shown:
            self.show_list(LISTS[row])
