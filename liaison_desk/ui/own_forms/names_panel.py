"""Every name a form may hold, to be looked for and copied: what it is now, and how it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.ui.headed_model import HeadedModel
from liaison_desk.ui.style import GAP, ROW_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from liaison_desk.exports.form_names import FormName, FormValues
    from liaison_desk.ui.headed_model import Index
    from liaison_desk.ui.style import Style

HINT = "点一个名字就复制好了，到 WPS 里粘贴进格子；也可以用 ↑ ↓ 选，Enter 复制。"
FIRST = "1"
"""What 序号 is in the first row; it means nothing where nothing is repeated."""
NAME_PX, EXAMPLE_PX = 330, 330


class NamesModel(HeadedModel):
    """The names that hold all words looked for; what they stand for is asked when it is shown."""

    heads = ("名字", "现在是", "填法")

    def __init__(self) -> None:
        super().__init__()
        self._every: Sequence[FormName] = ()
        self._shown: list[FormName] = []
        self._values: FormValues | None = None
        self._examples: dict[str, str] = {}

    def set_values(self, values: FormValues) -> None:
        """Show the names of a record."""
        self.beginResetModel()
        self._values = values
        self._every = tuple(values.names_there_are())
        self._shown = list(self._every)
        self._examples = {}
        self.endResetModel()

    def look_for(self, text: str) -> None:
        """Show the names that hold every word of a text."""
        words = text.replace(".", " ").split()
        self.beginResetModel()
        self._shown = [
            each
            for each in self._every
            if all(word in f"{each.name} {each.also}" for word in words)
        ]
        self.endResetModel()

    def name(self, row: int) -> str:
        """The name in a row."""
        return self._shown[row].name

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """How many names are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts; the whole of a long one in its tip."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        each = self._shown[index.row()]
        if index.column() == 0:
            return f"{{{{{each.name}}}}}"
        text = self._example(each.name) if index.column() == 1 else _way(each)
        return text if role == Qt.ItemDataRole.ToolTipRole else " ".join(text.split("\n"))

    def _example(self, name: str) -> str:
        """What a name stands for now; looked up once."""
        if name not in self._examples and self._values is not None:
            found = self._values.one(name)
            self._examples[name] = found.text if found is not None else FIRST
        return self._examples.get(name, "")


def _way(name: FormName) -> str:
    """How a name is meant."""
    if name.is_every:
        return "本室全部，一条一行" if name.is_listed else "本室全部"
    return "一条一行" if name.is_listed else "填一处"


class NamesPanel(QWidget):
    """The box to look for names, and the names."""

    copied = Signal(str)
    """A name with its braces was put where it can be pasted from."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.model = NamesModel()
        self.line = QLineEdit()
        self.table = _Names()
        self.hint = QLabel(HINT)
        self._arrange(style)
        self._connect()

    def show_values(self, values: FormValues) -> None:
        """Show the names of a record; what is looked for stays."""
        self.model.set_values(values)
        self.look()

    def look(self) -> None:
        """Show what is looked for."""
        self.model.look_for(self.line.text())
        is_there = self.model.rowCount() > 0
        self.hint.setText(HINT if is_there else "没有这样的名字，换个词查查，如 名称、时限、手机。")
        if is_there:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def copy(self) -> None:
        """Copy the name chosen, with its braces."""
        index = self.table.currentIndex()
        if index.isValid():
            text = f"{{{{{self.model.name(index.row())}}}}}"
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _arrange(self, style: Style) -> None:
        self.line.setObjectName("look_for_name")
        self.line.setPlaceholderText("查名字：如 会议 名称、共识 时限、手机")
        self.line.setClearButtonEnabled(True)
        self.table.setObjectName("names")
        self.table.setModel(self.model)
        self.table.verticalHeader().setDefaultSectionSize(style.scaled(ROW_PX))
        head = self.table.horizontalHeader()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, style.scaled(NAME_PX))
        self.table.setColumnWidth(1, style.scaled(EXAMPLE_PX))
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.line)
        column.addWidget(self.table, 1)
        column.addWidget(self.hint)

    def _connect(self) -> None:
        self.line.textChanged.connect(self.look)
        self.line.returnPressed.connect(self.table.setFocus)
        self.table.clicked.connect(self.copy)
        self.table.asked.connect(self.copy)
        down = QShortcut(QKeySequence("Down"), self.line)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.table.setFocus)


class _Names(QTableView):
    """The table of names; Enter and Ctrl+C copy."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy on Enter and Ctrl+C; everything else is the table's."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter or event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit()
        else:
            super().keyPressEvent(event)
