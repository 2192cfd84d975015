"""Which topics go into the plan of which year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.services.planning import topics_to_plan

if TYPE_CHECKING:
    from liaison_desk.domain.topic import Topic
    from liaison_desk.services.desk import Desk


class PlanDialog(QDialog):
    """A tick for each topic that is not in the year's plan yet."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._topics: list[Topic] = []
        self.setWindowTitle("从议题列入计划")
        self.year_box = QComboBox()
        for year in (desk.today.year, desk.today.year + 1):
            self.year_box.addItem(f"{year}年", year)
        self.topics = QListWidget()
        self.topics.setObjectName("topics")
        self.empty = QLabel("议题都已列入这一年的计划。可以先到“议题”登记。")
        self.empty.setProperty("role", "muted")
        self.buttons = QDialogButtonBox()
        self.take_button = self.buttons.addButton(
            "列入计划", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.take_button.setProperty("role", "main")
        self._arrange()
        self.year_box.currentIndexChanged.connect(lambda _place: self.fill())
        self.topics.itemChanged.connect(lambda _item: self._enable())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.fill()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk) -> tuple[int, list[Topic]] | None:
        """Let the clerk tick topics; the year and the topics, or None when she cancelled."""
        dialog = cls(parent, desk)
        return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def fill(self) -> None:
        """List what can be planned for the chosen year; what was marked as planned is ticked."""
        self._topics = topics_to_plan(self._desk, self.year_box.currentData())
        self.topics.clear()
        for each in self._topics:
            item = QListWidgetItem(each.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_marked = Qt.CheckState.Checked if each.is_planned else Qt.CheckState.Unchecked
            item.setCheckState(is_marked)
            self.topics.addItem(item)
        self.topics.setVisible(bool(self._topics))
        self.empty.setVisible(not self._topics)
        self._enable()

    def chosen(self) -> tuple[int, list[Topic]]:
        """The year and the ticked topics."""
        ticked = [
            each
            for row, each in enumerate(self._topics)
            if self.topics.item(row).checkState() == Qt.CheckState.Checked
        ]
        return self.year_box.currentData(), ticked

    def _enable(self) -> None:
        """There must be something to put in."""
        count = len(self.chosen()[1])
        self.take_button.setText(f"列入计划（{count}）" if count else "列入计划")
        self.take_button.setEnabled(bool(count))

    def _arrange(self) -> None:
        """The year above the topics."""
        em = self.fontMetrics().horizontalAdvance("国")
        self.setMinimumSize(34 * em, 24 * em)
        row = QHBoxLayout()
        row.addWidget(QLabel("列入哪一年"))
        row.addWidget(self.year_box)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.topics, 1)
        layout.addWidget(self.empty)
        layout.addWidget(self.buttons)
