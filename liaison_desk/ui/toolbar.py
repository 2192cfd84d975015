"""The bar over the page: 查找全部 at the left, the deeds of every day at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QWidget

from liaison_desk.ui.search_box import SearchBox
from liaison_desk.ui.style import ICON_PX

if TYPE_CHECKING:
    from liaison_desk.ui.main_window import MainWindow


class Toolbar(QToolBar):
    """The bar of a window, whose actions are made already."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("常用")
        self.search_box = SearchBox(window)
        self.setMovable(False)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        acts = window.actions_
        self.addWidget(self.search_box)
        self.addWidget(spacer)
        self.addActions([acts.new, acts.save, acts.undo, acts.redo, acts.find, acts.print])
