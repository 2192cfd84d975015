"""常用查找: the menu that keeps what a list is narrowed to, and brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from liaison_desk.ui.saved_searches_dialog import NameDialog, SavedSearchesDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.services.saved_searches import SavedSearch, SavedSearches


class SavedSearchesMenu(QMenu):
    """The searches kept, then 存为常用查找 and 整理常用查找.

    Args:
        parent: the list it belongs to.
        searches: where they are kept.
        present: what the list shows now, under a name.
    """

    chosen = Signal(object)
    """A search to show; a `SavedSearch`."""
    said = Signal(str)
    """What was done, for the status line."""

    def __init__(
        self, parent: QWidget, searches: SavedSearches, present: Callable[[str], SavedSearch]
    ) -> None:
        super().__init__(parent)
        self._searches = searches
        self._present = present
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what is kept now; the one the list shows has a tick."""
        self.clear()
        kept = self._searches.all()
        for number, each in enumerate(kept, 1):
            key = f"&{number}  " if number < 10 else ""
            action = self.addAction(key + each.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self._present(each.name) == each)
            action.triggered.connect(lambda _checked=False, each=each: self.chosen.emit(each))
        self.addSeparator()
        self.addAction("存为常用查找……").triggered.connect(self.keep)
        arrange = self.addAction("整理常用查找……")
        arrange.setEnabled(bool(kept))
        arrange.triggered.connect(self.arrange)

    def keep(self) -> None:
        """Ask for a name and keep what the list shows."""
        taken = [each.name for each in self._searches.all()]
        name = NameDialog.ask(self._widget, taken)
        if name:
            self._searches.keep(self._present(name))
            self.said.emit(f"已存为常用查找“{name}”")

    def arrange(self) -> None:
        """Rename, delete and put in order."""
        kept = SavedSearchesDialog.ask(self._widget, self._searches.all())
        if kept is not None:
            self._searches.keep_all(kept)
            self.said.emit("常用查找已整理")

    @property
    def _widget(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None
        return parent
