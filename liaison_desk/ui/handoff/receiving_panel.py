"""接收U盘里的文件: what a packet would change is seen first, and agreed to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QTextBrowser

from liaison_desk.domain.errors import DeskError
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import MergeResult, apply_plan, plan_reception
from liaison_desk.services.handoff.report import PlanReport, describe
from liaison_desk.ui.handoff.handoff_panel import HandoffPanel
from liaison_desk.ui.handoff.sticks import sticks
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from liaison_desk.services.handoff.merge import MergePlan
    from liaison_desk.ui.context import Context

LISTED = 12
"""How many records of a type the preview names."""


class ReceivingPanel(HandoffPanel):
    """The file, what it would change, and 同意接收."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "接收U盘里的文件")
        self.choose_button = QPushButton("选择报送包")
        self.report = QTextBrowser()
        self.agree_button = QPushButton("同意接收")
        self.choose_button.setObjectName("choose_packet")
        self.agree_button.setObjectName("agree")
        self.agree_button.setProperty("role", "main")
        self.report.setObjectName("report")
        self._plan: MergePlan | None = None
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.report, 1)
        self.body.addWidget(self.agree_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.choose_button.clicked.connect(self.choose)
        self.agree_button.clicked.connect(self.agree)

    def start(self) -> None:
        """Wait for a file."""
        self._show(None, "选择乡镇U盘里的报送包（.zip），先看会改动什么。")
        self.choose_button.setFocus()

    def choose(self) -> None:
        """Ask for a packet and show what it would change."""
        start = next(iter(sticks()), "")
        chosen, _ = QFileDialog.getOpenFileName(self, "选择报送包", start, "报送包 (*.zip)")
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Verify a packet off the UI thread and show what it would change."""

        def work(progress: Progress) -> tuple[MergePlan, PlanReport]:
            content = read_packet(path, progress)
            progress(0, 0, "正在与本机资料核对")
            plan = plan_reception(self.desk, content)
            return plan, describe(plan)

        try:
            plan, report = run_task(self, f"正在核对 {path.name}", work)
        except DeskError as error:
            self._show(None, "")
            self.tell(str(error), "wrong")
            return
        self._show(plan, "")
        self.report.setMarkdown(_as_markdown(report))
        self.agree_button.setEnabled(not report.is_known)
        self.agree_button.setFocus()

    def agree(self) -> None:
        """Carry the plan out, as one deed."""
        plan = self._plan
        if plan is None:
            return

        def work(progress: Progress) -> MergeResult:
            return apply_plan(self.desk, plan, progress)

        try:
            done = run_task(self, "正在接收", work)
        except DeskError as error:
            self.tell(str(error), "wrong")
            return
        self._plan = None
        self.agree_button.setEnabled(False)
        self.tell(f"{done.title or '没有改动'}：{done.summary}", "ok")
        self.offer_sheet(done.packet)
        self.context.say(done.title or done.summary, bool(done.title))

    def _show(self, plan: MergePlan | None, sentence: str) -> None:
        self._plan = plan
        self.report.setMarkdown(sentence)
        self.agree_button.setEnabled(plan is not None)
        self.offer_sheet(None)
        self.tell("")


def _as_markdown(report: PlanReport) -> str:
    """The county's preview: what is new, changed, removed, by type."""
    lines = [f"## {report.title}", "", report.summary + "。", ""]
    lines += [f"> {notice}\n" for notice in report.notices]
    for each in report.types:
        if not (each.new or each.changed or each.removed or each.older):
            continue
        lines += [f"### {each.title}", ""]
        lines += [f"- 新增：{caption}" for _, caption in each.new[:LISTED]]
        if len(each.new) > LISTED:
            lines.append(f"- ……共新增 {len(each.new)} 条")
        for changed in each.changed[:LISTED]:
            told = "；".join(
                f"{f.label}：{f.old or '空'} → {f.new or '空'}" for f in changed.fields
            )
            lines.append(f"- 修改：{changed.caption}（{told}）")
        lines += [f"- 删除：{caption}" for _, caption in each.removed[:LISTED]]
        if each.older:
            lines.append(f"- 有 {each.older} 处本机的更新，不采用包里较早的内容")
        lines.append("")
    return "\n".join(lines)
