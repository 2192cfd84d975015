"""The pages of a window: each made, and read anew, only when it is turned to, to be fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import delete

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.page import Page


class PageStack(QStackedWidget):
    """One place for each kind of page; an empty widget stands in for a page not made yet."""

    made = Signal(object)
    """A page was made; the page."""

    def __init__(self, context: Context, kinds: Sequence[type[Page]]) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self._context = context
        self._pages: dict[type[Page], Page] = {}
        self._stale: set[Page] = set()
        for _kind in self.kinds:
            self.addWidget(QWidget())

    @property
    def pages(self) -> list[Page]:
        """The pages made until now, in the order of the sidebar."""
        return [self._pages[kind] for kind in self.kinds if kind in self._pages]

    @property
    def current(self) -> Page:
        """The page shown."""
        return self.page(self.kinds[self.currentIndex()])

    def page(self, kind: type[Page]) -> Page:
        """The page of a kind, made now if need be."""
        if kind not in self._pages:
            place = self.kinds.index(kind)
            stand_in, shown = self.widget(place), self.currentIndex()
            assert stand_in is not None
            page = self._pages[kind] = kind(self._context)
            self.insertWidget(place, page)
            self.removeWidget(stand_in)
            stand_in.deleteLater()
            self.setCurrentIndex(shown)
            self._stale.add(page)
            self.made.emit(page)
        return self._pages[kind]

    def give_up_others(self) -> None:
        """Do away with every page but the one shown; its window is about to go as well."""
        shown = self.current
        for kind, page in list(self._pages.items()):
            if page is not shown:
                del self._pages[kind]
                self._stale.discard(page)
                delete(page)

    def outdate(self, change: Change | None = None) -> None:
        """What a deed touched is out of date on every page that shows it; without one, all is."""
        self._stale.update(page for page in self.pages if change is None or page.shows(change))

    def catch_up(self, change: Change | None = None) -> None:
        """Show the present state on the page shown; any other does so when it is turned to."""
        current = self.current
        if current in self._stale:
            self._stale.discard(current)
            current.reload(change)
