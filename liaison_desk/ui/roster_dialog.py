"""导入名册: what a roster would change, before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.domain.names import mask
from liaison_desk.services.importing import (
    RosterResult,
    apply_roster,
    known_people,
    plan_roster,
    read_sheet,
)
from liaison_desk.services.importing.plan import RosterPlan, RosterRow, RowState
from liaison_desk.ui import messages
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.importing.sheet import Sheet
    from liaison_desk.ui.context import Context

KINDS_OF_FILE = "表格 (*.xlsx *.xls *.ods *.csv *.txt);;所有文件 (*)"


class RosterDialog(QDialog):
    """The preview of a roster: people, columns, and what is left out."""

    def __init__(self, parent: QWidget, context: Context, path: Path, sheet: Sheet) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._sheet = sheet
        self.is_done = False
        self.setWindowTitle(f"导入名册 — {path.name}")
        self.resize(980, 600)
        self.summary = QLabel()
        self.term_line = QLineEdit()
        self.people = _table(("行", "处理", "姓名", "界别", "工作单位及职务", "手机", "改动或提示"))
        self.columns = _table(("列", "表头", "记到"))
        self.left_out = _table(("位置", "内容", "为什么没有导入"))
        self.tabs = QTabWidget()
        self.buttons = QDialogButtonBox()
        self.import_button = self.buttons.addButton("导入", QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.import_button, cancel):
            button.setAutoDefault(False)  # Enter in 届次 must not import
        self._arrange()
        self.plan = self._make_plan(None)
        self.term_line.setText(self.plan.term)
        self._show()
        self.term_line.editingFinished.connect(self._plan_again)
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget, context: Context) -> bool:
        """Ask for a file, show what it would change, and import it; whether it was."""
        chosen, _ = QFileDialog.getOpenFileName(parent, "选择名册", "", KINDS_OF_FILE)
        return bool(chosen) and cls.preview(parent, context, Path(chosen))

    @classmethod
    def preview(cls, parent: QWidget, context: Context, path: Path) -> bool:
        """Show what a file would change, and import it; whether it was."""
        try:
            sheet = run_task(parent, f"正在读取 {path.name}", lambda told: read_sheet(path, told))
            dialog = cls(parent, context, path, sheet)
        except Cancelled:
            return False
        except DeskError as error:
            messages.tell(parent, error)
            return False
        dialog.exec()
        return dialog.is_done

    def apply(self) -> None:
        """Write what the preview shows, as one deed."""
        if self.term_line.text().strip() != self.plan.term:
            self._plan_again()

        def work(progress: Progress) -> RosterResult:
            return apply_roster(self._desk, self.plan, progress)

        try:
            done = run_task(self, "正在导入名册", work)
        except Cancelled as error:
            self.summary.setText(str(error))
            return
        except DeskError as error:
            messages.tell(self, error)
            return
        self.is_done = True
        self._context.say(done.summary, True)
        self.accept()

    def _make_plan(self, term: str | None) -> RosterPlan:
        """Work out what the sheet would change, off the UI thread."""
        known = known_people(self._desk)
        return run_task(
            self,
            "正在核对名册",
            lambda progress: plan_roster(self._sheet, known, term=term, progress=progress),
        )

    def _plan_again(self) -> None:
        """The clerk gave another term."""
        if self.term_line.text().strip() != self.plan.term:
            self.plan = self._make_plan(self.term_line.text().strip())
            self._show()

    def _show(self) -> None:
        """Fill the three tables."""
        plan = self.plan
        self.summary.setText("\n".join((plan.summary, *plan.notes)))
        self.import_button.setEnabled(bool(plan.changing) and bool(plan.term))
        self.import_button.setText(f"导入 {len(plan.changing)} 人" if plan.changing else "导入")
        _fill(self.people, [_person_row(row) for row in plan.rows])
        _fill(
            self.columns,
            [(each.letter, each.heading, each.label) for each in plan.columns],
        )
        left = [*plan.problems, *plan.left_out]
        rows = [
            (
                each.place or f"第{each.row}行",
                mask(each.text) if each.is_personal else each.text,
                each.reason,
            )
            for each in left
        ]
        _fill(self.left_out, rows)
        self.tabs.setTabText(0, f"人员（{len(plan.rows)}）")
        self.tabs.setTabText(1, f"各列（{len(plan.columns)}）")
        self.tabs.setTabText(2, f"没有导入的（{len(left)}）")

    def _arrange(self) -> None:
        self.summary.setWordWrap(True)
        self.summary.setObjectName("summary")
        self.term_line.setObjectName("term")
        self.term_line.setPlaceholderText("如 第十二届")
        self.import_button.setDefault(False)
        self.import_button.setProperty("role", "main")
        self.import_button.setObjectName("import")
        self.people.setObjectName("people")
        self.columns.setObjectName("columns")
        self.left_out.setObjectName("left_out")
        for table in (self.people, self.columns, self.left_out):
            self.tabs.addTab(table, "")
        row = QHBoxLayout()
        row.addWidget(QLabel("届次"))
        row.addWidget(self.term_line)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addLayout(row)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(QLabel("点“导入”之前什么也不会写入；导入后按 Ctrl+Z 可以整批撤销。"))
        layout.addWidget(self.buttons)


def _person_row(row: RosterRow) -> tuple[str, ...]:
    """One person as the preview shows them."""
    changes = [
        f"{each.label}：{_shown(each.before, each.is_personal) or '空'}→"
        f"{_shown(each.after, each.is_personal)}"
        for each in row.changes
    ]
    told = "；".join((*(changes if row.state is RowState.UPDATED else ()), *row.notes))
    person, seat = row.person, row.membership
    phone = mask(person.phone) if person.phone else ""
    return (str(row.number), row.state, person.name, seat.sector, person.post, phone, told)


def _shown(value: str, is_personal: bool) -> str:
    return mask(value) if is_personal and value else value


def _table(heads: Sequence[str]) -> QTableWidget:
    """A table for reading."""
    table = QTableWidget(0, len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.horizontalHeader().setStretchLastSection(True)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    return table


SHOWN_ROWS = 2000
"""More people than this are summed up; nobody reads on."""


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Put rows into a table and fit its columns."""
    shown = list(rows[:SHOWN_ROWS])
    if len(rows) > SHOWN_ROWS:
        rest = f"……以下还有 {len(rows) - SHOWN_ROWS} 行，同样处理"
        shown.append((rest, *[""] * (table.columnCount() - 1)))
    table.setRowCount(len(shown))
    for place, row in enumerate(shown):
        for column, text in enumerate(row):
            item = QTableWidgetItem(str(text))
            item.setToolTip(str(text))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            table.setItem(place, column, item)
    table.resizeColumnsToContents()
