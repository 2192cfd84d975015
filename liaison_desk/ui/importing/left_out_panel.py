"""What is not imported, place by place, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from liaison_desk.services.importing import RowState
from liaison_desk.ui.importing.enter_button import EnterButton
from liaison_desk.ui.importing.masking import left_out_text
from liaison_desk.ui.importing.row_states import ASK, BAD, UNTICKED
from liaison_desk.ui.importing.text_table import PlainTable, TextModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.services.importing import LeftOut
    from liaison_desk.ui.importing.draft import Draft
    from liaison_desk.ui.style import Style

_NO_RECORD = "－ 不是资料"


class LeftOutPanel(QWidget):
    """Bad cells and rows, rows that are no records, columns that are not taken."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.model = TextModel(("情况", "位置", "内容", "为什么没有导入"))
        self.table = PlainTable(self.model, style)
        self.save_button = EnterButton("存出错行表格……")
        self._arrange()

    def show_draft(self, draft: Draft) -> None:
        """List what the plan leaves out, what is wrong first."""
        plan, tokens = draft.plan, self._style.tokens
        asked = {each.number for each in plan.rows if each.state is RowState.ASK}
        signs = [ASK if each.row in asked else BAD for each in plan.problems]
        wrong = [_line(sign.text, each) for sign, each in zip(signs, plan.problems, strict=True)]
        rest = [*_unticked(draft), *(_line(_NO_RECORD, each) for each in plan.left_out)]
        colours = [sign.shown_in(tokens) for sign in signs] + [tokens.muted] * len(rest)
        self.model.show([*wrong, *rest], colours)
        self.table.fit(self._style.scaled(420))
        self.save_button.setEnabled(bool(plan.bad_rows) and not plan.blocked)

    def _arrange(self) -> None:
        self.table.setObjectName("left_out")
        self.table.setAccessibleName("没有导入的内容和原因")
        self.save_button.setObjectName("save_bad_rows")
        hint = QLabel("有误的行可以存成一张表格，原因写在每行后面；改好后再导入那张表格。")
        hint.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)


def _line(what: str, left: LeftOut) -> tuple[str, ...]:
    """A place that stays out."""
    return (what, left.place or f"第{left.row}行", left_out_text(left), left.reason)


def _unticked(draft: Draft) -> Iterator[tuple[str, ...]]:
    """The rows the clerk does not want."""
    for row in draft.plan.rows:
        if not draft.is_ticked(row.number):
            yield (UNTICKED.text, f"第{row.number}行", row.caption, "没有勾选，这次不导入")
