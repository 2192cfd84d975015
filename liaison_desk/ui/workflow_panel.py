"""The workflows of the office and the steps of each, written in place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from liaison_desk.domain.codes import STEP_NEEDS, WEIGHTS
from liaison_desk.domain.record import with_values
from liaison_desk.domain.workflow import SHIPPED, Workflow, WorkflowStep
from liaison_desk.services.workflows import (
    restore_workflow,
    save_workflow,
    steps_of,
    workflow_called,
    workflow_names,
)
from liaison_desk.ui.meeting.line_table import LineTable
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from liaison_desk.ui.context import Context
    from liaison_desk.ui.line_names import OfficeNames

STEP_WIDTHS = {"name": 150, "needs": 0, "skipped_by": 150}


class WorkflowPanel(QWidget):
    """One workflow: its name, where it comes from, and its steps."""

    edited = Signal()
    turned = Signal()
    """Another workflow is wanted; the page asks about what is typed first."""

    def __init__(self, context: Context, names: OfficeNames) -> None:
        super().__init__()
        self._desk = context.desk
        self._say = context.say
        self._workflow = Workflow()
        self._is_dirty = False
        self.box = QComboBox()
        self.add_button = QPushButton("新建流程")
        self.restore_button = QPushButton("恢复原来的")
        self.name_line = QLineEdit()
        self.used_in_line = QLineEdit()
        self.table = LineTable(WorkflowStep, STEP_WIDTHS, names, context.style)
        self._arrange()
        self._connect()

    def show_workflow(self, name: str = "") -> None:
        """Show a workflow by its name, or the office's own one."""
        names = workflow_names(self._desk)
        office = self._desk.office
        usual = office.workflow if office is not None else ""
        chosen = next((each for each in (name, usual) if each in names), names[0])
        self._fill(names, chosen)
        self._show(workflow_called(self._desk, chosen))

    def add(self, identity: str = "") -> None:
        """Begin a workflow of the office's own; a draft of one brings its id."""
        self._fill(workflow_names(self._desk), "")
        self._show(Workflow(id=identity or str(uuid4())))
        self.name_line.setFocus()

    def is_dirty(self) -> bool:
        """Whether something was changed."""
        return self._is_dirty

    def keep(self) -> list[tuple[str, str]]:
        """Save the workflow; its new name with what it was, when it was renamed.

        Raises:
            NotValid: the name is taken or missing; nothing has changed.
            PartNotValid: a step is wrong; nothing has changed.
        """
        before = self._workflow.name
        kinds = Workflow.fields()
        values = {
            "name": kinds["name"].parse(self.name_line.text()),
            "used_in": kinds["used_in"].parse(self.used_in_line.text()),
        }
        steps = [each for each in self.table.records() if isinstance(each, WorkflowStep)]
        kept = save_workflow(self._desk, with_values(self._workflow, values), steps)
        self.show_workflow(kept.name)
        return [(before, kept.name)] if before and before != kept.name else []

    def draft_id(self) -> str:
        """Under what a draft of the workflow is kept."""
        return self._workflow.name or self._workflow.id

    def answers(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {
            "name": self.name_line.text(),
            "used_in": self.used_in_line.text(),
            "lines": self.table.lines.answers(),
        }

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Put a draft back."""
        self.name_line.setText(answers.get("name", ""))
        self.used_in_line.setText(answers.get("used_in", ""))
        self.table.show_answers(answers.get("lines", ()))
        self._touch()

    def restore(self) -> None:
        """Take the office's own form away; 撤销 undoes it."""
        restore_workflow(self._desk, self._workflow)
        is_shipped = self._workflow.name in SHIPPED
        self.show_workflow(self._workflow.name)
        self._say("已恢复原来的流程" if is_shipped else "已删除流程", True)

    def chosen_name(self) -> str:
        """The name in the box."""
        return self.box.currentText()

    def _fill(self, names: list[str], chosen: str) -> None:
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems(names)
        self.box.setCurrentIndex(self.box.findText(chosen))
        self.box.blockSignals(False)

    def _show(self, workflow: Workflow) -> None:
        """Fill in a workflow, kept or not."""
        self._workflow = workflow
        self.name_line.setText(workflow.name)
        self.used_in_line.setText(workflow.used_in)
        self.table.show_records(steps_of(self._desk, workflow))
        is_kept = self._desk.get(Workflow, workflow.id) is not None
        self.restore_button.setText("恢复原来的" if workflow.name in SHIPPED else "删除这个流程")
        self.restore_button.setEnabled(is_kept)
        self._is_dirty = False

    def _touch(self) -> None:
        self._is_dirty = True
        self.edited.emit()

    def _arrange(self) -> None:
        self.box.setObjectName("workflow")
        self.box.setAccessibleName("工作流程")
        self.add_button.setObjectName("add_workflow")
        self.restore_button.setObjectName("restore_workflow")
        self.name_line.setObjectName("workflow_name")
        self.used_in_line.setObjectName("used_in")
        hint = QLabel(
            f"须先有：{'、'.join(STEP_NEEDS)}；可跳过：{'、'.join(WEIGHTS)}。几项之间用顿号隔开，可不填。"
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        top = QHBoxLayout()
        top.addWidget(self.box, 1)
        top.addWidget(self.add_button)
        top.addWidget(self.restore_button)
        grid.addLayout(top, 0, 0, 1, 4)
        kinds = Workflow.fields()
        for column, (name, line) in enumerate(
            (("name", self.name_line), ("used_in", self.used_in_line))
        ):
            label = QLabel(kinds[name].label)
            label.setBuddy(line)
            line.setPlaceholderText(kinds[name].hint)
            grid.addWidget(label, 1, column * 2)
            grid.addWidget(line, 1, column * 2 + 1)
        grid.addWidget(self.table, 2, 0, 1, 4)
        grid.addWidget(hint, 3, 0, 1, 4)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def _connect(self) -> None:
        self.table.edited.connect(self._touch)
        self.name_line.textEdited.connect(lambda _text: self._touch())
        self.used_in_line.textEdited.connect(lambda _text: self._touch())
        self.box.activated.connect(lambda _place: self.turned.emit())
        self.restore_button.clicked.connect(self.restore)
