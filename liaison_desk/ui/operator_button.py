"""经手人 in the status line: who is at the desk now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from liaison_desk.services.operators import choose_operator, known_operators, operator_of
from liaison_desk.ui import messages

if TYPE_CHECKING:
    from liaison_desk.ui.context import Context

ANOTHER = "换一个人……"


class OperatorButton(QPushButton):
    """Shows whose name the history writes, and lets another hand say that it is theirs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._desk = context.desk
        self.names = QMenu(self)
        self.setObjectName("operator")
        self.setProperty("role", "link")
        self.setToolTip("历史里写的经手人；换人用这台电脑时点这里")
        self.setMenu(self.names)
        self.names.aboutToShow.connect(self._fill)
        self.refresh()

    def refresh(self) -> None:
        """Show who is at the desk; unless someone said so, that is the office's clerk."""
        self._desk.operator = operator_of(self._desk) or self._desk.operator
        self.setText(f"经手人 {self._desk.operator or '未填'}")

    def _fill(self) -> None:
        """Offer the names that are known."""
        self.names.clear()
        for name in known_operators(self._desk):
            action = QAction(name, self.names, checkable=True)
            action.setChecked(name == self._desk.operator)
            action.triggered.connect(lambda _on=False, name=name: self._choose(name))
            self.names.addAction(action)
        self.names.addSeparator()
        another = QAction(ANOTHER, self.names)
        another.triggered.connect(lambda _on=False: self._ask())
        self.names.addAction(another)

    def _ask(self) -> None:
        """Ask for a name that is not offered."""
        name = messages.ask_line(self.window(), "经手人", "现在是谁在用这台电脑（姓名）")
        if name and name.strip():
            self._choose(name)

    def _choose(self, name: str) -> None:
        chosen = choose_operator(self._desk, name)
        self.refresh()
        self._context.say(f"从现在起，历史里的经手人写“{chosen}”", False)
