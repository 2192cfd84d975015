"""栏目: which columns a list shows, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnsDialog(QDialog):
    """Every head with a tick before those that are shown, these first and in their order."""

    def __init__(
        self, parent: QWidget, every: Sequence[str], shown: Sequence[str], usual: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self._every, self._usual = tuple(every), tuple(usual)
        self.setWindowTitle("选择栏目")
        self.hint = QLabel("勾上的栏目会显示在列表里。上下拖动，或按 Alt+↑、Alt+↓ 调整次序。")
        self.list = QListWidget()
        self.up_button = QPushButton("上移")
        self.down_button = QPushButton("下移")
        self.usual_button = QPushButton("恢复默认")
        self.buttons = QDialogButtonBox()
        self.ok_button = self.buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._arrange()
        self._connect()
        self._fill(shown)

    @classmethod
    def ask(
        cls, parent: QWidget, every: Sequence[str], shown: Sequence[str], usual: Sequence[str]
    ) -> list[str] | None:
        """Let the clerk choose among the heads `every`.

        Args:
            parent: the window it stands over.
            every: the heads of all columns there are.
            shown: those shown now, in order.
            usual: those shown when nothing has been chosen.

        Returns:
            The heads to show, in order, at least one; None when she cancelled.
        """
        dialog = cls(parent, every, shown, usual)
        return dialog.chosen() if dialog.exec() else None

    def chosen(self) -> list[str]:
        """The heads that are ticked, in order."""
        items = map(self.list.item, range(self.list.count()))
        return [item.text() for item in items if item.checkState() == ON]

    def move_by(self, step: int) -> None:
        """Move the current head up (-1) or down (1)."""
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + step < self.list.count():
            return
        self.list.insertItem(row + step, self.list.takeItem(row))
        self.list.setCurrentRow(row + step)

    def restore_usual(self) -> None:
        """Tick what the page shows by itself, in its own order."""
        self._fill(self._usual)
        self.list.setFocus()

    def _arrange(self) -> None:
        self.hint.setWordWrap(True)
        self.list.setObjectName("columns")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setMinimumHeight(14 * self.fontMetrics().height())
        self.setMinimumWidth(26 * self.fontMetrics().horizontalAdvance("国"))
        self.ok_button.setProperty("role", "main")
        for name in ("up", "down", "usual", "ok"):
            getattr(self, f"{name}_button").setObjectName(name)
        self.list.setSpacing(2)
        side = QVBoxLayout()
        for button in (self.up_button, self.down_button, self.usual_button):
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addWidget(self.hint)
        layout.addLayout(middle, 1)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.up_button.clicked.connect(lambda: self.move_by(-1))
        self.down_button.clicked.connect(lambda: self.move_by(1))
        self.usual_button.clicked.connect(self.restore_usual)
        self.list.itemChanged.connect(lambda _item: self._keep_one())
        self.list.itemDoubleClicked.connect(_turn)
        self.list.model().dataChanged.connect(self._keep_row)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda step=step: self.move_by(step))

    def _fill(self, shown: Sequence[str]) -> None:
        """List the shown heads ticked, then the others."""
        self.list.blockSignals(True)
        self.list.clear()
        for head in (*shown, *(each for each in self._every if each not in shown)):
            item = QListWidgetItem(head)
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(ON if head in shown else OFF)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)
        self._keep_one()

    def _keep_one(self) -> None:
        """A list without any column cannot be read."""
        self.ok_button.setEnabled(bool(self.chosen()))
        self.ok_button.setToolTip("" if self.chosen() else "请至少勾选一个栏目")

    def _keep_row(self, first: QModelIndex, _last: QModelIndex) -> None:
        """The row whose tick was clicked is the one Alt+↑ moves."""
        if not self.list.signalsBlocked():
            self.list.setCurrentRow(first.row())


def _turn(item: QListWidgetItem) -> None:
    """Tick, or take the tick away."""
    item.setCheckState(OFF if item.checkState() == ON else ON)
