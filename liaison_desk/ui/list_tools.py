"""The line under the filter: 筛选, 常用, 栏目, and a chip for each narrowing of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from liaison_desk.domain.short import short
from liaison_desk.ui.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.filters import Filter

LONGEST_CHIP = 30
"""How many characters of a narrowing a chip shows; all of it is in its tip."""


class ListTools(QWidget):
    """Three buttons and the chips behind them, on as many lines as they need."""

    dropped = Signal(object)
    """The clerk took a narrowing away; a `Filter`."""

    def __init__(self) -> None:
        super().__init__()
        self.filter_button = QPushButton("筛选")
        self.searches_button = QPushButton("常用")
        self.columns_button = QPushButton("栏目")
        self.chips: list[QPushButton] = []
        self._last = self.columns_button
        self.filter_button.setToolTip("只看某一栏是某个内容的，如来源是群众提题的")
        self.searches_button.setToolTip("存下现在的查找，以后一点就到")
        self.columns_button.setToolTip("选择列表里显示哪些栏目、按什么次序")
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        for name in ("filter", "searches", "columns"):
            button = getattr(self, f"{name}_button")
            button.setObjectName(f"{name}_button")
            button.setProperty("role", "tool")
            self._flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_button(self, button: QPushButton) -> None:
        """One more tool, before the chips; add it before any filter is shown."""
        self._flow.addWidget(button)
        QWidget.setTabOrder(self._last, button)
        self._last = button
        self.updateGeometry()

    def show_filters(self, filters: Sequence[tuple[Filter, str]]) -> None:
        """A chip for each narrowing, with its sentence; a press takes it away."""
        had_focus = any(chip.hasFocus() for chip in self.chips)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(narrowing, sentence) for narrowing, sentence in filters]
        before = self._last
        for chip in self.chips:
            self._flow.addWidget(chip)
            chip.show()
            QWidget.setTabOrder(before, chip)
            before = chip
        if had_focus:
            (self.chips[0] if self.chips else self.filter_button).setFocus()
        self.updateGeometry()

    def _chip(self, narrowing: Filter, sentence: str) -> QPushButton:
        """One narrowing."""
        shown = short(sentence, LONGEST_CHIP)
        chip = QPushButton(f"{shown}  ✕".replace("&", "&&"), self)
        chip.setObjectName(f"chip {narrowing.path}")
        chip.setProperty("role", "chip")
        chip.setToolTip(f"{sentence}（点一下去掉）")
        chip.setAccessibleName(f"去掉筛选：{sentence}")
        chip.clicked.connect(lambda: self.dropped.emit(narrowing))
        return chip
