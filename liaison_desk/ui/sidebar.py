"""The pages by name, under small headings; the current one is always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from liaison_desk.ui.style import ICON_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from liaison_desk.ui.page import Page
    from liaison_desk.ui.style import Style

ROW_PX, HEADING_PX = 26, 20
HEADING_PT = 9.0


class Sidebar(QListWidget):
    """One line for each page, in the order given; a heading where a section begins."""

    turned = Signal(object)
    """The clerk chose a page; its class."""
    entered = Signal()
    """The clerk pressed Enter on the page she chose."""

    def __init__(self, kinds: Sequence[type[Page]], style: Style) -> None:
        super().__init__()
        self._items: dict[type[Page], QListWidgetItem] = {}
        self.setObjectName("sidebar")
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        section = ""
        for kind in kinds:
            if kind.section != section:
                section = kind.section
                self._add_heading(section, style)
            item = self._items[kind] = QListWidgetItem(style.icon(kind.icon_name), kind.title)
            item.setData(Qt.ItemDataRole.UserRole, kind)
            item.setSizeHint(QSize(0, style.scaled(ROW_PX)))
            self.addItem(item)
        self.currentItemChanged.connect(self._tell)

    def show_kind(self, kind: type[Page]) -> None:
        """Choose a page, and say so."""
        self.setCurrentItem(self._items[kind])

    def show_silently(self, kind: type[Page]) -> None:
        """Choose a page without saying so."""
        self.blockSignals(True)
        self.show_kind(kind)
        self.blockSignals(False)

    def count_overdue(self, overdue: int) -> None:
        """Stand the number of what is overdue beside 办理事项."""
        for kind, item in self._items.items():
            if kind.title == "办理事项":
                item.setText(kind.title + (f"　{overdue}" if overdue else ""))
                item.setToolTip(f"{overdue} 件已超期" if overdue else "")

    def item_of(self, kind: type[Page]) -> QListWidgetItem:
        """The line of a page."""
        return self._items[kind]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on into the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current page in sight."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def _add_heading(self, words: str, style: Style) -> None:
        """A heading; the arrow keys pass over it."""
        heading = QListWidgetItem(words)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setFont(style.font(HEADING_PT))
        heading.setForeground(QColor(style.tokens.muted))
        heading.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        heading.setSizeHint(QSize(0, style.scaled(HEADING_PX)))
        self.addItem(heading)

    def _tell(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if now is not None:
            self.turned.emit(now.data(Qt.ItemDataRole.UserRole))
