"""上墙材料的文字: the office's own wording of a wall paper, written as plain lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from liaison_desk.exports.papers.registry import paper_called
from liaison_desk.exports.papers.templates import DUTIES, RECEPTION, RIGHTS, shipped_text
from liaison_desk.services.wall_texts import keep_text, own_texts

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from liaison_desk.services.desk import Desk

WALL_TEXTS = {"wall_rights": RIGHTS, "wall_duties": DUTIES, "wall_reception": RECEPTION}
"""For the key of each paper of mere text, the name of its text."""
_ACROSS, _DOWN = 40, 28  # lines of text that the window is wide and high
HOW = (
    "第一行以“# ”开头，是标题；以“## ”开头的是小标题；其余一行一段。"
    "{{本室.名称}} 这样的花括号，打印时换成“设置”里填的内容。"
)


class WallTextDialog(QDialog):
    """The text in a box, and a way back to the one that came with the program.

    Args:
        parent: the window it stands over.
        title: what the paper is called.
        text: as it is now.
        shipped: as it came with the program.
    """

    def __init__(self, parent: QWidget | None, title: str, text: str, shipped: str) -> None:
        super().__init__(parent)
        self._shipped = shipped
        self.text_box = QPlainTextEdit(text)
        self.shipped_button = QPushButton("换回原来的文字(&R)")
        self.buttons = QDialogButtonBox()
        self.setWindowTitle(f"改文字：{title}")
        line = self.fontMetrics().lineSpacing()
        self.resize(_ACROSS * line, _DOWN * line)
        how = QLabel(HOW)
        how.setWordWrap(True)
        how.setProperty("role", "muted")
        self.text_box.setObjectName("wall_text")
        self.text_box.setTabChangesFocus(True)
        save = self.buttons.addButton("保存", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("role", "main")
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.addButton(self.shipped_button, QDialogButtonBox.ButtonRole.ResetRole)
        layout = QVBoxLayout(self)
        layout.addWidget(how)
        layout.addWidget(self.text_box, 1)
        layout.addWidget(self.buttons)
        self.shipped_button.clicked.connect(lambda: self.text_box.setPlainText(shipped))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget, title: str, text: str, shipped: str) -> str | None:
        """Let the clerk write; "" for the text as it was shipped, None when she cancelled."""
        dialog = cls(parent, title, text, shipped)
        is_taken = dialog.exec() == QDialog.DialogCode.Accepted
        written = dialog.written()
        dialog.deleteLater()
        return written if is_taken else None

    def written(self) -> str:
        """What stands in the box; "" when that is the shipped text, or nothing."""
        text = self.text_box.toPlainText().strip()
        return "" if text == self._shipped.strip() else text


class WallTextButton(QPushButton):
    """改文字: opens the text of a paper that is looked at or ticked."""

    changed = Signal()
    """A text was worded otherwise."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("改文字")
        self._desk = desk
        self.setMenu(QMenu(self))

    def show_for(self, keys: Collection[str]) -> None:
        """Offer the texts of some papers, by their keys."""
        menu = self.menu()
        menu.clear()
        for key in WALL_TEXTS:
            if key in keys:
                menu.addAction(paper_called(key).title, partial(self.edit, key))

    def texts(self) -> tuple[tuple[str, str], ...]:
        """The office's own texts, each with its name."""
        return own_texts(self._desk, WALL_TEXTS.values())

    def edit(self, key: str) -> None:
        """Let the clerk word a text otherwise."""
        name = WALL_TEXTS[key]
        shipped = shipped_text(name)
        text = dict(self.texts()).get(name, shipped)
        written = WallTextDialog.ask(self, paper_called(key).title, text, shipped)
        if written is not None:
            keep_text(self._desk, name, written)
            self.changed.emit()
