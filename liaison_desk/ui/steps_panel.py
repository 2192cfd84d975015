"""流程: the steps of a topic's workflow, what shows each, and one click to tick it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.workflows import (
    StepState,
    skip_step,
    states_of,
    tick_step,
    untick_step,
)
from liaison_desk.ui.style import GAP, ROW_PX

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.record import Record
    from liaison_desk.domain.topic import Topic
    from liaison_desk.ui.context import Context

_SIGNS = {"done": "✓", "skipped": "—", "ready": "◆", "open": "○"}


class StepsPanel(QWidget):
    """The steps of one topic; a tick is kept at once, and 撤销 takes it back.

    `before` keeps what is typed in the topic's form, and says whether that went well.
    """

    def __init__(self, context: Context, before: Callable[[], bool]) -> None:
        super().__init__()
        self._before = before
        self._context = context
        self._desk = context.desk
        self._topic: Topic | None = None
        self.tree = QTreeWidget()
        self.note_line = QLineEdit()
        self.fault = QLabel()
        self.tick_button = QPushButton("完成这一步")
        self.skip_button = QPushButton("跳过")
        self.undo_button = QPushButton("取消这一步")
        self.evidence_button = QPushButton("看依据")
        self._arrange()
        self._connect()

    def show_topic(self, topic: Topic | None) -> None:
        """Show the steps of a topic; the first open one is chosen."""
        cursor = QApplication.focusWidget()
        was_here = cursor is not None and self.isAncestorOf(cursor)
        self._topic = topic
        self.fault.hide()
        self.note_line.clear()
        self.tree.clear()
        states = states_of(self._desk, topic) if topic is not None else []
        for state in states:
            self.tree.addTopLevelItem(self._item(state))
        ahead = [state.step.name for state in states if state.passed is None]
        self.choose(ahead[0] if ahead else "")
        self._enable()
        if was_here:
            self.tree.setFocus()  # a line or button that was greyed meanwhile has lost the cursor

    def choose(self, name: str) -> None:
        """Put the cursor on a step, or on the first."""
        items = self.tree.findItems(f" {name}", Qt.MatchFlag.MatchEndsWith) if name else []
        first = self.tree.topLevelItem(0)
        if items or first is not None:
            self.tree.setCurrentItem((items or [first])[0])  # type: ignore[list-item]

    def states(self) -> list[StepState]:
        """What is shown, in order."""
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in items if item is not None]

    def chosen(self) -> StepState | None:
        """The step under the cursor."""
        item = self.tree.currentItem()
        state: StepState | None = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        return state

    def tick(self) -> None:
        """Tick the chosen step; one whose needs are missing wants a reason."""
        note = self.note_line.text().strip()
        state, topic = self._ready()
        if state is None or topic is None or state.passed is not None:
            return
        if state.missing and not note:
            missing = "、".join(state.missing)
            self._complain(f"还没有{missing}。仍要算完成，请先在“说明”里写明原因。")
            return
        tick_step(self._desk, topic, state, note=note)
        self._context.say(f"已完成“{state.step.name}”", True)

    def skip(self) -> None:
        """Skip the chosen step, as the topic's weight allows."""
        note = self.note_line.text().strip()
        state, topic = self._ready()
        if state is not None and topic is not None and state.passed is None:
            skip_step(self._desk, topic, state, note)
            self._context.say(f"已跳过“{state.step.name}”", True)

    def untick(self) -> None:
        """Take the tick of the chosen step back."""
        state, topic = self._ready()
        if state is not None and topic is not None and state.passed is not None:
            untick_step(self._desk, topic, state.passed)
            self._context.say(f"已取消“{state.step.name}”", True)

    def show_evidence(self) -> None:
        """Open the record that shows the chosen step."""
        state = self.chosen()
        record = self._evidence(state) if state is not None else None
        if record is not None:
            self._context.go(record)

    # -- inside --------------------------------------------------------------------------------

    def _ready(self) -> tuple[StepState | None, Topic | None]:
        """The chosen step and its topic, once what is typed in the topic is kept."""
        state = self.chosen()
        if state is None or not self._before():
            return None, None
        self.choose(state.step.name)
        return self.chosen(), self._topic

    def _item(self, state: StepState) -> QTreeWidgetItem:
        """One line: its sign and name, when, what shows it, and the note."""
        passed, tokens = state.passed, self._context.style.tokens
        sign, colour = self._look(state)
        shown = self._evidence(state)
        caption = ""
        if shown is not None:
            caption = f"{shown.title}：{self._desk.caption(shown.table, shown.id)}"
        when = str(passed.done_on or "") if passed else ""
        note = passed.note if passed else ""
        if passed is None and state.missing:
            note = f"还缺{'、'.join(state.missing)}"
        elif passed is None and shown is not None:
            note = "可以勾选完成"
        item = QTreeWidgetItem([f"{sign} {state.step.name}", when, caption, note])
        item.setData(0, Qt.ItemDataRole.UserRole, state)
        item.setSizeHint(0, QSize(0, self._context.style.scaled(ROW_PX)))
        item.setForeground(0, QColor(colour))
        if passed is None:
            item.setForeground(3, QColor(tokens.muted))
        for column in (2, 3):
            item.setToolTip(column, item.text(column))
        return item

    def _look(self, state: StepState) -> tuple[str, str]:
        """The shape and colour of a step."""
        tokens = self._context.style.tokens
        if state.passed is not None:
            is_skipped = state.passed.is_skipped
            colour = tokens.muted if is_skipped else tokens.ok
            return _SIGNS["skipped" if is_skipped else "done"], colour
        if state.evidence is not None and not state.missing:
            return _SIGNS["ready"], tokens.soon
        return _SIGNS["open"], tokens.text

    def _evidence(self, state: StepState) -> Record | None:
        """The record that showed a passed step, or that shows an open one."""
        if state.passed is None:
            return state.evidence.record if state.evidence else None
        if state.passed.evidence_table not in BY_TABLE:
            return None
        record_type = BY_TABLE[state.passed.evidence_table]
        record = self._desk.get(record_type, state.passed.evidence)
        return record if record is not None and not record.removed_at else None

    def _complain(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()
        self.note_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        """Offer what can be done with the chosen step."""
        state, topic = self.chosen(), self._topic
        is_own = topic is not None and self._desk.is_own(topic)
        is_open = state is not None and state.passed is None
        self.tick_button.setEnabled(is_own and is_open)
        self.skip_button.setVisible(is_own and is_open and state is not None and state.may_skip)
        self.undo_button.setEnabled(is_own and state is not None and not is_open)
        self.evidence_button.setEnabled(state is not None and self._evidence(state) is not None)
        self.note_line.setEnabled(is_own and is_open)

    def _arrange(self) -> None:
        self.tree.setObjectName("steps")
        self.tree.setHeaderLabels(["步骤", "完成日期", "依据", "说明"])
        self.tree.setRootIsDecorated(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(self._context.style.scaled(90))
        for column in range(4):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(
                column, mode.Stretch if column > 1 else mode.ResizeToContents
            )
        self.note_line.setObjectName("step_note")
        self.note_line.setPlaceholderText("说明，可不填；缺依据时写明原因")
        self.fault.setProperty("role", "wrong")
        self.fault.setWordWrap(True)
        self.fault.hide()
        row = QHBoxLayout()
        row.addWidget(self.note_line, 1)
        for name in ("tick", "skip", "undo", "evidence"):
            button = getattr(self, f"{name}_button")
            button.setObjectName(f"{name}_step")
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.fault)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(lambda _now, _before: self._enable())
        self.tree.itemActivated.connect(lambda _item, _column: self.tick())
        self.note_line.returnPressed.connect(self.tick)
        self.tick_button.clicked.connect(self.tick)
        self.skip_button.clicked.connect(self.skip)
        self.undo_button.clicked.connect(self.untick)
        self.evidence_button.clicked.connect(self.show_evidence)
