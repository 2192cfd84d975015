"""What a window remembers for the next start: its size, the page, and how each page was laid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from liaison_desk.ui.record_page import RecordPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from liaison_desk.ui.page import Page


class WindowMemory:
    """Sizes, columns and the last page, kept in the settings.

    Settings that were tampered with are passed over.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def keep(self, window: QWidget, current: Page, pages: Sequence[Page]) -> None:
        """Keep how the window and its pages stand."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("page", current.title)
        for page in pages:
            if isinstance(page, RecordPage):
                if not page.splitter.is_narrow:
                    self._settings.setValue(f"{page.title}/splitter", page.splitter.saveState())
                page.list.remember(self._settings, page.title)

    def give_back(self, window: QWidget) -> None:
        """Give a window the size it had."""
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)

    def last(self, kinds: Sequence[type[Page]]) -> type[Page]:
        """The kind of page shown last, or the first one."""
        title = str(self._settings.value("page", ""))
        return next((kind for kind in kinds if kind.title == title), kinds[0])

    def lay(self, page: Page) -> None:
        """Lay a page that was just made as it was."""
        if not isinstance(page, RecordPage):
            return
        state = self._settings.value(f"{page.title}/splitter")
        if isinstance(state, QByteArray):
            page.splitter.restoreState(state)
        page.list.recall(self._settings, page.title)
