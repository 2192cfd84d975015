"""The Chinese manual, a topic at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from liaison_desk.ui.style import RESOURCES


class HelpDialog(QDialog):
    """One topic of the manual (resources/help/*.md)."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.resize(640, 520)
        self.browser = QTextBrowser()
        self.browser.setMarkdown(text)
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser)
        layout.addWidget(buttons)

    @classmethod
    def show_topic(cls, parent: QWidget, topic: str) -> None:
        """Show the topic of a page (by the name of its class), or `keys`."""
        cls(parent, read_topic(topic)).exec()


def read_topic(topic: str) -> str:
    """The text of a topic; the first steps when a page has none of its own."""
    path = RESOURCES / "help" / f"{topic}.md"
    if not path.exists():
        path = RESOURCES / "help" / "first_steps.md"
    return path.read_text("utf-8")
