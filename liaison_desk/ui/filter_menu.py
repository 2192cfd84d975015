"""筛选: the menu that narrows a list by the value of a field, and how a narrowing reads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from liaison_desk.domain import filters
from liaison_desk.domain.fields import Choice, Day, Flag, Link, Moment, Several
from liaison_desk.domain.filters import Filter, has_words, is_bookkeeping, kind_of
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.ui.period_dialog import PeriodDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.fields import Field
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

_FILLED_WORDS = {filters.FILLED: "已填", filters.EMPTY: "未填"}


class FilterMenu(QMenu):
    """A menu for each field: its words, its periods, and whether it has been filled in.

    Args:
        parent: the list it belongs to.
        desk: where the words come from.
        record_type: what is listed.
        followed: links whose records' fields are offered too.
    """

    chosen = Signal(object)
    """The narrowings as they should be now: a tuple with at most one for each field."""

    def __init__(
        self, parent: QWidget, desk: Desk, record_type: type[Record], followed: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record_type = record_type
        self.filters: tuple[Filter, ...] = ()
        self._add_fields(self, record_type, "", followed)
        self.addSeparator()
        self.clear_action = self.addAction("清除全部筛选")
        self.clear_action.triggered.connect(lambda: self.chosen.emit(()))
        self.aboutToShow.connect(lambda: self.clear_action.setEnabled(bool(self.filters)))

    def field_menu(self, path: str) -> QMenu:
        """The menu of one field, filled as if it were opened."""
        found = self.findChild(QMenu, path)
        assert isinstance(found, QMenu), path
        self._fill(found, path)
        return found

    def toggle(self, path: str, way: str, value: str = "") -> None:
        """Narrow by one more word, or take it back; another way takes the place of the old one."""
        old = next((each for each in self.filters if each.path == path), None)
        values: tuple[str, ...] = (value,) if value else ()
        if old is not None and old.way == way == filters.IS:
            kept = tuple(each for each in old.values if each != value)
            values = kept if value in old.values else (*old.values, value)
        elif old == Filter(path, way, values):
            values, way = (), filters.IS
        others = [each for each in self.filters if each.path != path]
        has_some = values or way in (filters.FILLED, filters.EMPTY)
        self.chosen.emit((*others, *([Filter(path, way, values)] if has_some else ())))

    def _add_fields(
        self, menu: QMenu, record_type: type[Record], before: str, followed: Sequence[str] = ()
    ) -> None:
        """A menu for each field of a type; of a followed link for each field of its record."""
        for name, kind in record_type.fields().items():
            if is_bookkeeping(kind):
                continue
            submenu = menu.addMenu(kind.label.replace("&", "&&"))
            submenu.setObjectName(before + name)
            if name in followed and isinstance(kind, Link):
                self._add_fields(submenu, BY_TABLE[kind.to], f"{name}.")
                continue
            submenu.aboutToShow.connect(partial(self._fill, submenu, before + name))

    def _fill(self, menu: QMenu, path: str) -> None:
        """What one can narrow by, now."""
        kind = kind_of(self._record_type, path)
        assert kind is not None, path
        menu.clear()
        for value, shown in self._words(path, kind):
            self._add(menu, shown, path, filters.IS, value)
        if isinstance(kind, Day | Moment):
            for name in filters.PERIODS:
                self._add(menu, name, path, filters.PERIOD, name)
            self._add_between(menu, path, kind)
        menu.addSeparator()
        if not isinstance(kind, Flag):
            for way, shown in _FILLED_WORDS.items():
                self._add(menu, shown, path, way)

    def _words(self, path: str, kind: Field) -> list[tuple[str, str]]:
        """The words of a field and how each reads: those declared, then those in use."""
        if isinstance(kind, Flag):
            return [(each, each) for each in (filters.YES, filters.NO)]
        if not has_words(kind):
            return []
        name, _, rest = path.partition(".")
        owner = BY_TABLE[self._record_type.links()[name].to] if rest else self._record_type
        used = self._desk.queries.words_of(owner, rest or name)
        if isinstance(kind, Link):
            return [(each, self._desk.caption(kind.to, each)) for each in used]
        if isinstance(kind, Several):
            used = [word for each in used for word in each.split("、")]
        declared = kind.options if isinstance(kind, Choice | Several) else ()
        return [(each, each) for each in dict.fromkeys((*declared, *used))]

    def _add(self, menu: QMenu, shown: str, path: str, way: str, value: str = "") -> None:
        """One entry, ticked when the list is narrowed by it."""
        action = menu.addAction(shown.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(
            any(
                each.path == path and each.way == way and (not value or value in each.values)
                for each in self.filters
            )
        )
        action.triggered.connect(lambda: self.toggle(path, way, value))

    def _add_between(self, menu: QMenu, path: str, kind: Field) -> None:
        """A period of the clerk's own."""
        action = menu.addAction("自选起止……")
        action.triggered.connect(lambda: self._ask_between(path, kind))

    def _ask_between(self, path: str, kind: Field) -> None:
        parent = self.parentWidget()
        assert parent is not None
        days = PeriodDialog.ask(parent, kind.label)
        if days is not None:
            others = [each for each in self.filters if each.path != path]
            self.chosen.emit((*others, Filter(path, filters.BETWEEN, days)))


def sentence_of(narrowing: Filter, desk: Desk, record_type: type[Record]) -> str:
    """A narrowing as a chip shows it: 来源：群众提题."""
    kind = kind_of(record_type, narrowing.path)
    assert kind is not None, narrowing.path
    return f"{kind.label}：{_value_of(narrowing, desk, kind)}"


def _value_of(narrowing: Filter, desk: Desk, kind: Field) -> str:
    """What a narrowing asks of its field."""
    if narrowing.way in _FILLED_WORDS:
        return _FILLED_WORDS[narrowing.way]
    if narrowing.way == filters.BETWEEN:
        first, last = narrowing.values
        return f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"至 {last}"
    if isinstance(kind, Link):
        return "、".join(desk.caption(kind.to, each) for each in narrowing.values)
    return "、".join(narrowing.values)
