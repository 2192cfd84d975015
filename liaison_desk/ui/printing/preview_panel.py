"""The pages as they will be printed, with a line over them to turn and zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.ui.printing.paper_view import FIT_PAGE, FIT_WIDTH, SIZES, PaperView
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from liaison_desk.ui.printing.paper_maker import PaperMaker
    from liaison_desk.ui.style import Style

SETTING = "正在排版……"


class PreviewPanel(QWidget):
    """A view of papers and what belongs to looking at them."""

    def __init__(self, style: Style, maker: PaperMaker) -> None:
        super().__init__()
        self.view = PaperView(style, maker)
        self.title = QLabel()
        self.page_label = QLabel()
        self.before_button = QPushButton("上一页")
        self.after_button = QPushButton("下一页")
        self.size_box = QComboBox()
        self.fault = QLabel()
        self._arrange()
        self._connect()

    def say(self, sentence: str, *, is_wrong: bool = False) -> None:
        """Stand a sentence over the pages, or take it away."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence) and is_wrong)
        if not is_wrong:
            self.page_label.setText(sentence)

    def _arrange(self) -> None:
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setToolTip("")
        self.title.setProperty("role", "heading")
        self.page_label.setProperty("role", "muted")
        self.page_label.setObjectName("page_label")
        self.fault.setProperty("role", "wrong")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.size_box.setObjectName("view_size")
        self.size_box.addItem("适合宽度", FIT_WIDTH)
        self.size_box.addItem("整页", FIT_PAGE)
        for percent in SIZES:
            self.size_box.addItem(f"{percent}%", percent)
        row = QHBoxLayout()
        row.setSpacing(GAP // 2)
        row.addWidget(self.title, 1)
        for each in (self.page_label, self.before_button, self.after_button, self.size_box):
            row.addWidget(each)
        for button in (self.before_button, self.after_button):
            button.setProperty("role", "tool")
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP // 2, 0, 0, 0)
        layout.setSpacing(GAP // 2)
        layout.addLayout(row)
        layout.addWidget(self.fault)
        layout.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.view.turned.connect(self._show_page)
        self.view.maker.moved.connect(self._show_how_far)
        self.view.resized.connect(self._show_size)
        self.before_button.clicked.connect(lambda: self.view.go_to_page(self.view.page() - 1))
        self.after_button.clicked.connect(lambda: self.view.go_to_page(self.view.page() + 1))
        self.size_box.activated.connect(
            lambda _row: self.view.set_size(int(self.size_box.currentData()))
        )

    def _show_page(self, page: int, pages: int) -> None:
        self.page_label.setText(f"第 {page} / {pages} 页" if pages else "")
        self.before_button.setEnabled(page > 1)
        self.after_button.setEnabled(page < pages)

    def _show_how_far(self, done: int, total: int, what: str) -> None:
        """How far a long paper is; another one can be looked at meanwhile."""
        self.page_label.setText(f"{what}　{done}/{total}")

    def _show_size(self, percent: int) -> None:
        self.size_box.setCurrentIndex(self.size_box.findData(percent))
