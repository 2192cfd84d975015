"""The wizard's main face: what was chosen, what would be done, and three tabs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from liaison_desk.ui.importing.choices_bar import ChoicesBar
from liaison_desk.ui.importing.columns_panel import ColumnsPanel
from liaison_desk.ui.importing.left_out_panel import LeftOutPanel
from liaison_desk.ui.importing.preview_panel import PreviewPanel
from liaison_desk.ui.roles import set_role

if TYPE_CHECKING:
    from liaison_desk.ui.importing.draft import Draft
    from liaison_desk.ui.style import Style

_TABLES = 4
"""How many other tables of the file are named."""
_NOTES = 3
"""How many remarks on the whole stand above the rows; all of them are in the tip."""


class PreviewPage(QWidget):
    """Everything the clerk looks at and changes before she imports."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.choices = ChoicesBar(style)
        self.summary = QLabel()
        self.tabs = QTabWidget()
        self.preview = PreviewPanel(style)
        self.columns = ColumnsPanel(style)
        self.left_out = LeftOutPanel(style)
        self._arrange()

    def begin(self, draft: Draft) -> None:
        """Show a source for the first time: the rows, or the columns where one is missing."""
        self.show_draft(draft)
        missing = bool(draft.plan.mapping.missing) or not draft.table.is_certain
        self.tabs.setCurrentWidget(self.columns if missing else self.preview)
        self.preview.go_to_questions()
        if missing:
            self.columns.table.setFocus()
        elif draft.plan.blocked and draft.target.needs_term:
            self.choices.term_line.setFocus()
        else:
            self.preview.table.setFocus()

    def show_draft(self, draft: Draft, *, go_on: bool = False) -> None:
        """Show another state of the choices; `go_on` goes to the next row 待核对."""
        self.choices.show_draft(draft)
        self.preview.show_draft(draft, go_on=go_on)
        self.columns.show_mapping(draft.plan.mapping)
        self._show_rest(draft)

    def show_ticks(self, draft: Draft) -> None:
        """Only ticks have changed."""
        self.preview.show_ticks(draft)
        self._show_rest(draft)

    def show_busy(self) -> None:
        """Say at once that a choice is being worked in; `show_draft` takes the words away."""
        set_role(self.summary, "muted")
        self.summary.setText("正在核对……")

    def _show_rest(self, draft: Draft) -> None:
        """What is not imported, the summary, and the counts on the tabs."""
        self.left_out.show_draft(draft)
        set_role(self.summary, "wrong" if draft.plan.blocked else "muted")
        lines = list(_sentences(draft))
        shown = lines[:_NOTES]
        if len(lines) > _NOTES:
            shown[-1] += f"　……还有{len(lines) - _NOTES}条，鼠标停在这里可以看全"
        self.summary.setText("\n".join(shown))
        self.summary.setToolTip("\n".join(lines))
        columns = draft.plan.mapping.columns
        self.tabs.setTabText(0, f"预览（{len(draft.plan.rows)}行）")
        lacking = "、".join(each.label for each in draft.plan.mapping.missing)
        self.tabs.setTabText(
            1, f"各列记到哪里（{len(columns)}列{f'，▲还缺{lacking}' if lacking else ''}）"
        )
        self.tabs.setTabText(2, f"没有导入的（{self.left_out.model.rowCount()}处）")

    def _arrange(self) -> None:
        self.summary.setWordWrap(True)
        self.summary.setObjectName("summary")
        for panel in (self.preview, self.columns, self.left_out):
            self.tabs.addTab(panel, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.choices)
        layout.addWidget(self.summary)
        layout.addWidget(self.tabs, 1)


def _sentences(draft: Draft) -> list[str]:
    """What is to be said of the whole, the most pressing first."""
    plan = draft.plan
    if plan.blocked:
        return [f"▲ {plan.blocked}"]
    first = f"{draft.target.about}。"
    if plan.is_empty and not plan.problems:
        first = "资料已经和表里一致，不用导入。"
    elif plan.problems:
        first += f"有{len(plan.problems)}处不能导入，原因在“没有导入的”里。"
    if not draft.table.is_certain:
        first = f"▲ 没有认出标题在哪一行，下面是猜的，请核对标题行和各列。{first}"
    return [first, *_other_tables(draft), *draft.source.notes, *plan.notes]


def _other_tables(draft: Draft) -> list[str]:
    """What is said of a file with more tables than the one that is imported."""
    others = [each.caption for place, each in enumerate(draft.tables) if draft.is_to_come(place)]
    if not others:
        return []
    named = "、".join(others[:_TABLES]) + ("等" if len(others) > _TABLES else "")
    return [f"文件里还有{len(others)}个表（{named}），一次导入一个，导入后接着选下一个。"]
