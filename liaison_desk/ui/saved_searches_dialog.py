"""The dialogs of the saved searches: a name for a new one, and putting them in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.ui.input_method import guard_composing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.saved_searches import SavedSearch

LONGEST_NAME = 20
_SEARCH = Qt.ItemDataRole.UserRole


class NameDialog(QDialog):
    """A name for what the list shows."""

    def __init__(self, parent: QWidget, taken: Sequence[str]) -> None:
        super().__init__(parent)
        self._taken = tuple(taken)
        self.setWindowTitle("存为常用查找")
        self.line = QLineEdit()
        self.line.setObjectName("name")
        self.line.setMaxLength(LONGEST_NAME)
        guard_composing(self.line)
        self.line.setPlaceholderText("如 本季群众提题")
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.ok_button = self.buttons.addButton("存下", QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok_button.setProperty("role", "main")
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel("给现在的查找起个名字："))
        layout.addWidget(self.line)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(30 * self.fontMetrics().horizontalAdvance("国"))
        self.line.textChanged.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look()

    @classmethod
    def ask(cls, parent: QWidget, taken: Sequence[str]) -> str:
        """A name; "" when she cancelled.

        Args:
            parent: the window it stands over.
            taken: names there are already; one of these means to replace it, which is said.
        """
        dialog = cls(parent, taken)
        return dialog.name if dialog.exec() else ""

    @property
    def name(self) -> str:
        """What is typed."""
        return str(self.line.text()).strip()

    def _look(self) -> None:
        """Nothing is kept without a name; replacing one is said beforehand."""
        self.ok_button.setEnabled(bool(self.name))
        is_taken = self.name in self._taken
        usual = "查找的字、筛选、排序和栏目都会记下来。"
        self.note.setText("已有这个名字，存下后换成现在的查找。" if is_taken else usual)


class SavedSearchesDialog(QDialog):
    """Renaming, deleting and moving; nothing counts before 确定."""

    def __init__(self, parent: QWidget, searches: Sequence[SavedSearch]) -> None:
        super().__init__(parent)
        self.setWindowTitle("整理常用查找")
        self.list = QListWidget()
        self.rename_button = QPushButton("改名")
        self.remove_button = QPushButton("删除")
        self.up_button = QPushButton("上移")
        self.down_button = QPushButton("下移")
        self.wrong = QLabel()
        self.buttons = QDialogButtonBox()
        self.ok_button = self.buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        for each in searches:
            item = QListWidgetItem(each.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(_SEARCH, each)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._arrange()
        self._connect()

    @classmethod
    def ask(cls, parent: QWidget, searches: Sequence[SavedSearch]) -> list[SavedSearch] | None:
        """The searches as they should be kept; None when she cancelled."""
        dialog = cls(parent, searches)
        return dialog.searches() if dialog.exec() else None

    def searches(self) -> list[SavedSearch]:
        """What is left, under the names and in the order shown."""
        items = map(self.list.item, range(self.list.count()))
        return [replace(item.data(_SEARCH), name=item.text().strip()) for item in items]

    def rename(self) -> None:
        """Type another name in the list (F2)."""
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item)

    def remove(self) -> None:
        """Take one out (Delete)."""
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._look()

    def move_by(self, step: int) -> None:
        """Move one up (-1) or down (1)."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def _arrange(self) -> None:
        self.wrong.setProperty("role", "wrong")
        self.wrong.hide()
        self.ok_button.setProperty("role", "main")
        self.ok_button.setDefault(True)
        self.list.setSpacing(2)
        side = QVBoxLayout()
        for name in ("rename", "remove", "up", "down"):
            button = getattr(self, f"{name}_button")
            button.setObjectName(name)
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        layout = QVBoxLayout(self)
        layout.addLayout(middle, 1)
        layout.addWidget(self.wrong)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(30 * self.fontMetrics().horizontalAdvance("国"))

    def _connect(self) -> None:
        self.rename_button.clicked.connect(self.rename)
        self.remove_button.clicked.connect(self.remove)
        self.up_button.clicked.connect(lambda: self.move_by(-1))
        self.down_button.clicked.connect(lambda: self.move_by(1))
        self.list.itemChanged.connect(lambda _item: self._look())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        removing = QShortcut(QKeySequence("Delete"), self.list)
        removing.setContext(Qt.ShortcutContext.WidgetShortcut)
        removing.activated.connect(self.remove)
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            moving = QShortcut(QKeySequence(key), self)
            moving.activated.connect(lambda step=step: self.move_by(step))

    def _look(self) -> None:
        """Every search has a name of its own."""
        names = [each.name for each in self.searches()]
        told = ""
        if "" in names:
            told = "请给每个常用查找起名。"
        elif len(set(names)) < len(names):
            told = "有两个常用查找名字一样，请改一个。"
        self.wrong.setText(told)
        self.wrong.setVisible(bool(told))
        self.ok_button.setEnabled(not told)
