"""导入表格: one window from the file to the records, nothing written before 导入 is pressed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.services.importing import target_of
from liaison_desk.services.importing.errors import PlanOutdated
from liaison_desk.ui import messages
from liaison_desk.ui.cells_clipboard import holds_cells
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.importing.bad_rows_file import save_bad_rows
from liaison_desk.ui.importing.draft import Draft, read_draft
from liaison_desk.ui.importing.end_pages import DonePage, TroublePage
from liaison_desk.ui.importing.enter_button import EnterButton
from liaison_desk.ui.importing.kinds import NO_CELLS
from liaison_desk.ui.importing.preview_page import PreviewPage
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.importing import ImportPlan, ImportResult, Options
    from liaison_desk.ui.context import Context

KINDS_OF_FILE = "表格 (*.xlsx *.xlsm *.xls *.ods *.csv *.txt);;所有文件 (*)"
SAFE = "点“导入”之前什么也不会写入；导入后按 Ctrl+Z 可以整批撤销。"
WIDTH_PX, HEIGHT_PX = 1240, 680


class ImportWizard(QDialog):
    """Reads a source, shows what importing it would do, lets the clerk change that, and does it.

    Args:
        parent: the window it stands over.
        context: whose desk is imported into.
        record_type: of the page the clerk came from; it is imported unless the table says else.
    """

    def __init__(
        self, parent: QWidget, context: Context, record_type: type[Record] | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._record_type = record_type
        self._draft: Draft | None = None
        self._imported: Draft | None = None
        self.result_: ImportResult | None = None
        self.name_label = QLabel()
        self.file_button = EnterButton("换一个文件……")
        self.paste_button = EnterButton("粘贴表格")
        self.page = PreviewPage(context.style)
        self.trouble = TroublePage()
        self.done_page = DonePage()
        self.faces = QStackedWidget()
        self.import_button = EnterButton("导入")
        self.close_button = EnterButton("取消")
        self._arrange()
        self._connect()

    # -- ways in -------------------------------------------------------------------------------

    @classmethod
    def ask(
        cls, parent: QWidget, context: Context, record_type: type[Record] | None = None
    ) -> bool:
        """Ask for a file and import it; whether something was imported."""
        chosen = ask_file(parent)
        return chosen is not None and cls.take(parent, context, chosen, record_type)

    @classmethod
    def take(
        cls,
        parent: QWidget,
        context: Context,
        what: Path | str,
        record_type: type[Record] | None = None,
    ) -> bool:
        """Import a file, or text that was copied; whether something was imported."""
        wizard = cls(parent, context, record_type)
        if wizard.read(what):
            wizard.exec()
        wizard.deleteLater()
        return wizard.result_ is not None

    # -- deeds ---------------------------------------------------------------------------------

    def read(self, what: Path | str) -> bool:
        """Read a file or copied text and show it, or why it cannot be; False when cancelled."""
        name = what.name if isinstance(what, Path) else "粘贴的内容"
        over = self if self.isVisible() else self.parentWidget()
        try:
            draft = run_task(
                over,
                f"正在读取 {name}",
                lambda told: read_draft(self._desk, what, self._record_type, told),
            )
        except Cancelled:
            return False
        except DeskError as error:
            self._show_trouble(name, str(error))
            return True
        self._show_name(draft.source.name)
        self._begin(draft)
        return True

    def go_on(self) -> None:
        """The next table of a file of which one has been imported."""
        before = self._imported
        assert before is not None
        try:
            draft = run_task(self, "正在核对", lambda told: before.after_import(self._desk, told))
        except Cancelled:
            return
        self._begin(draft)

    def ask_other(self) -> None:
        """Another file, in place of this one."""
        chosen = ask_file(self) if self._may_lose() else None
        if chosen is not None:
            self.read(chosen)

    def paste(self) -> None:
        """What the clipboard holds, in place of the file."""
        if not holds_cells(takes_lines=False):
            is_page = self.faces.currentWidget() is self.page
            (self.page.summary if is_page else self.trouble.sentence).setText(NO_CELLS)
        elif self._may_lose():
            self.read(QGuiApplication.clipboard().text())

    def apply(self) -> None:
        """Import what is ticked, as one deed; a term just typed is looked at first."""
        if self._has_new_term():
            self._choose_options(self.page.choices.options())
            return
        draft = self._draft
        if draft is None or not draft.is_importable:
            return
        try:
            result, plan = run_task(
                self,
                f"正在导入{draft.target.title}",
                lambda told: draft.imported(self._desk, told),
            )
        except Cancelled as error:
            self.page.summary.setText(str(error))
        except PlanOutdated as error:
            messages.tell(self, error)
            self._change(lambda told: draft.planned_anew(self._desk, told))
        except DeskError as error:
            messages.tell(self, error)
        else:
            self._end(result, plan, draft)

    def forget(self) -> None:
        """Give up what was chosen; closing then asks nothing."""
        self._draft = None

    def reject(self) -> None:
        """Esc and 取消; asks only where choices would be lost."""
        if self._may_lose():
            super().reject()

    def done(self, code: int) -> None:
        """However it is closed, the status line says what was done and offers 撤销."""
        super().done(code)
        if self.result_ is not None:
            self._context.say(self.result_.summary, True)

    # -- inside --------------------------------------------------------------------------------

    def _begin(self, draft: Draft) -> None:
        """Show a table for the first time."""
        self._draft = draft
        self._turn(self.page)
        self.page.begin(draft)
        self._enable()

    def _change(self, work: Callable[[Progress], Draft], *, go_on: bool = False) -> None:
        """Plan anew with something changed; when that was cancelled, all is as before."""
        before = self._draft
        assert before is not None
        self.page.show_busy()
        try:
            self._draft = run_task(self, "正在核对", work)
        except Cancelled:
            self._draft = before
        except DeskError as error:
            messages.tell(self, error)
        self.page.show_draft(self._draft or before, go_on=go_on)
        self._enable()

    def _choose_table(self, place: int) -> None:
        draft = self._draft
        if draft is not None and place != draft.place:
            self._change(lambda told: draft.with_table(self._desk, place, told))

    def _choose_target(self, key: str) -> None:
        draft = self._draft
        if draft is not None and key != draft.target.key:
            self._change(lambda told: draft.with_target(self._desk, target_of(key), told))

    def _choose_header(self, first: int, last: int) -> None:
        draft = self._draft
        if draft is not None:
            self._change(lambda told: draft.with_header(self._desk, first, last, told))

    def _choose_options(self, options: Options) -> None:
        draft = self._draft
        if draft is None:
            return
        plan = draft.plan
        if (options.term, options.level) != (plan.term, plan.options.level):
            self._change(lambda told: draft.with_options(options, told))

    def _choose_field(self, position: int, key: str) -> None:
        draft = self._draft
        if draft is not None:
            self._change(lambda told: draft.with_field(position, key, told))

    def _decide(self, number: int, decision: str) -> None:
        draft = self._draft
        if draft is not None:
            self._change(lambda told: draft.with_decision(number, decision, told), go_on=True)

    def _tick(self, numbers: frozenset[int], ticked: bool) -> None:
        if self._draft is not None:
            self._draft = self._draft.with_ticks(numbers, ticked=ticked)
            self.page.show_ticks(self._draft)
            self._enable()

    def _has_new_term(self) -> bool:
        """Whether 届次 says something that the rows do not show yet."""
        draft = self._draft
        typed = self.page.choices.options().term
        return draft is not None and draft.target.needs_term and typed != draft.plan.term

    def _save_bad_rows(self) -> None:
        draft = self._draft
        if draft is None:
            return
        kept = save_bad_rows(self, draft.plan, draft.path)
        if kept is not None:
            self.page.summary.setText(f"出错行已存到 {kept}")

    def _end(self, result: ImportResult, plan: ImportPlan, draft: Draft) -> None:
        """Imported: that is all, unless there are rows to mend or more tables in the file."""
        self.result_, self._draft, self._imported = result, None, draft
        place = draft.next_place
        if not plan.bad_rows and place is None:
            self.accept()
            return
        self._turn(self.done_page)
        to_come = "" if place is None else draft.tables[place].caption
        self.done_page.show_result(result, plan, draft.path, to_come)

    def _may_lose(self) -> bool:
        """Whether what was chosen may go; asks only if something was."""
        if self._draft is None or not self._draft.is_touched:
            return True
        return messages.confirm(
            self, "选好的还没有导入，现在离开要重新选。资料没有改动。", "不导入，离开"
        )

    def _show_trouble(self, name: str, sentence: str) -> None:
        self._draft = None
        self._show_name(name)
        self._turn(self.trouble)
        self.trouble.show_trouble(sentence)

    def _show_name(self, name: str) -> None:
        self.setWindowTitle(f"导入表格 — {name}")
        self.name_label.setText(name)

    def _turn(self, face: QWidget) -> None:
        """Show one of the three faces, with the buttons that belong to it."""
        self.faces.setCurrentWidget(face)
        self.import_button.setVisible(face is self.page)
        self._safe.setVisible(face is self.page)
        is_done = face is self.done_page
        self.close_button.setText("取消" if face is self.page else "关闭")
        for widget in (self.name_label, self.file_button, self.paste_button):
            widget.setVisible(not is_done)
        self.file_button.setVisible(face is self.page)

    def _enable(self) -> None:
        """导入 says how many rows it would take; after typing a term it shows them first."""
        if self._has_new_term():
            self.import_button.setEnabled(True)
            self.import_button.setText("看预览")
            return
        draft = self._draft
        count = draft.changing if draft is not None and draft.is_importable else 0
        self.import_button.setEnabled(count > 0)
        self.import_button.setText(f"导入 {count} 行" if count else "导入")

    # -- making --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.setWindowTitle("导入表格")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setSizeGripEnabled(True)
        self.name_label.setProperty("role", "heading")
        self.import_button.setProperty("role", "main")
        names = ("name_label", "file_button", "paste_button", "import_button", "close_button")
        for name in names:
            getattr(self, name).setObjectName(name)
        self.import_button.setToolTip("写入资料 (Ctrl+S)")
        self.paste_button.setToolTip("导入从 WPS、Excel 或网页里复制的表格")
        top = QHBoxLayout()
        top.addWidget(self.name_label)
        top.addStretch(1)
        top.addWidget(self.file_button)
        top.addWidget(self.paste_button)
        for face in (self.page, self.trouble, self.done_page):
            self.faces.addWidget(face)
        self._safe = QLabel(SAFE)
        self._safe.setProperty("role", "muted")
        self._safe.setWordWrap(True)
        bottom = QHBoxLayout()
        bottom.addWidget(self._safe, 1)
        bottom.addStretch()
        bottom.addWidget(self.import_button)
        bottom.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.faces, 1)
        layout.addLayout(bottom)
        self._size()

    def _size(self) -> None:
        """As large as is useful, and no larger than the screen."""
        screen = self.screen().availableSize()
        style = self._context.style
        width, height = style.scaled(WIDTH_PX), style.scaled(HEIGHT_PX)
        self.resize(min(width, screen.width() - 40), min(height, screen.height() - 60))

    def _connect(self) -> None:
        choices, preview = self.page.choices, self.page.preview
        choices.table_chosen.connect(self._choose_table)
        choices.target_chosen.connect(self._choose_target)
        choices.header_chosen.connect(self._choose_header)
        choices.options_chosen.connect(self._choose_options)
        choices.term_line.textEdited.connect(self._enable)
        # After the list of fields has closed: the table is filled anew meanwhile.
        self.page.columns.model.chosen.connect(
            self._choose_field, Qt.ConnectionType.QueuedConnection
        )
        preview.decided.connect(self._decide)
        preview.ticked.connect(self._tick)
        self.page.left_out.save_button.clicked.connect(self._save_bad_rows)
        self.trouble.other_asked.connect(self.ask_other)
        self.done_page.next_asked.connect(self.go_on)
        self.file_button.clicked.connect(self.ask_other)
        self.paste_button.clicked.connect(self.paste)
        self.import_button.clicked.connect(self.apply)
        self.close_button.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.import_button.click)
        help_key = QShortcut(QKeySequence("F1"), self)
        help_key.activated.connect(lambda: HelpDialog.show_topic(self, type(self).__name__))


def ask_file(parent: QWidget) -> Path | None:
    """Ask for a table; None when the clerk gives up."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "选择要导入的表格", "", KINDS_OF_FILE)
    return Path(chosen) if chosen else None
