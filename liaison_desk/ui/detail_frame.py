"""The right side of a page: the head with its buttons, and the tabs of the chosen record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from liaison_desk.ui.attachment_panel import AttachmentPanel
from liaison_desk.ui.chain_panel import ChainPanel
from liaison_desk.ui.history_panel import HistoryPanel
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.ui.context import Context


class DetailFrame(QWidget):
    """What stands around the form of every record; a hint while none is chosen."""

    def __init__(self, context: Context, hint: str) -> None:
        super().__init__()
        self.head = QLabel()
        self.source = QLabel()
        self.whole = QLabel()
        self.hint = QLabel(hint)
        self.back_button = QPushButton("返回列表")
        self.save_button = QPushButton("保存")
        self.remove_button = QPushButton("删除")
        self.tabs = QTabWidget()
        self.chain = ChainPanel(context)
        self.attachments = AttachmentPanel(context)
        self.history = HistoryPanel(context)
        self._filled = QWidget()
        self._name()

    def set_content(self, content: QWidget, buttons: Sequence[QPushButton]) -> None:
        """Lay the frame out around a form, with more buttons in the head; from without inwards."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._filled)
        layout.addWidget(self.hint)
        box = QVBoxLayout(self._filled)
        box.setContentsMargins(GAP, GAP, GAP, GAP)
        box.addLayout(self._top(buttons))
        box.addWidget(self.whole)
        box.addWidget(self.tabs, 1)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(content, "内容")
        self.tabs.addTab(self.chain, "来龙去脉")
        self.tabs.addTab(self.attachments, "附件")
        self.tabs.addTab(self.history, "历史")
        self.tabs.tabBarClicked.connect(self._enter)

    def show_filled(self, is_filled: bool) -> None:
        """Show the record, or the hint."""
        self._filled.setVisible(is_filled)
        self.hint.setVisible(not is_filled)

    def show_head(self, caption: str, source: str) -> None:
        """Say what the record is called, and who sent it when it is not this office's."""
        self.head.setText(caption)
        self.show_source(source)

    def show_source(self, source: str) -> None:
        """A line under the head."""
        self.source.setText(source)
        self.source.setVisible(bool(source))

    def complain(self, sentence: str) -> None:
        """Stand a sentence about the record as a whole above the form."""
        self.whole.setText(sentence)
        self.whole.setVisible(bool(sentence))

    def _enter(self, place: int) -> None:
        """A tab was clicked: what its keys are for takes the cursor, or Ctrl+V goes to the list."""
        for panel in (self.attachments, self.chain):
            if self.tabs.widget(place) is panel:
                self.tabs.setCurrentIndex(place)
                panel.take_cursor()

    def _name(self) -> None:
        """What tests and the style sheet know the parts by."""
        self.setObjectName("detail")
        for name in ("head", "source", "whole", "tabs"):
            getattr(self, name).setObjectName(name)
        for name in ("back", "save", "remove"):
            getattr(self, f"{name}_button").setObjectName(name)
        self.head.setProperty("role", "heading")
        self.head.setWordWrap(True)
        self.source.setProperty("role", "muted")
        self.whole.setProperty("role", "wrong")
        self.whole.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.save_button.setProperty("role", "main")
        self.back_button.hide()

    def _top(self, buttons: Sequence[QPushButton]) -> QHBoxLayout:
        """返回列表, the head, and the buttons at its right."""
        words = QVBoxLayout()
        words.addWidget(self.head)
        words.addWidget(self.source)
        top = QHBoxLayout()
        top.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        for button in (*buttons, self.remove_button, self.save_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return top
