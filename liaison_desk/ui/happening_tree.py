"""Changes as a tree: what was done to which record, and beneath it each field from what to what."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
)

from liaison_desk.services.history import Happening, Line
from liaison_desk.services.text_difference import difference
from liaison_desk.store.repository import Deed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from liaison_desk.services.history import Entry
    from liaison_desk.ui.style import Style

LONG = 30
"""A value of more characters is also shown below, with what was put in and taken out marked."""
_SUBJECT = Qt.ItemDataRole.UserRole
_DEED = Qt.ItemDataRole.UserRole + 1


class HappeningTree(QSplitter):
    """The tree, and below it the two texts of the chosen field as one with its changes marked."""

    chosen = Signal()
    """Another line was chosen."""
    opened = Signal(object)
    """A line was opened by Enter or a double click; its Happening or Line."""

    def __init__(self, style: Style, heads: Sequence[str]) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.in_full = False
        self.has_personal = False
        self._tokens = style.tokens
        self.tree = QTreeWidget()
        self.marked = QTextBrowser()
        self._arrange(style, heads)
        self.tree.currentItemChanged.connect(lambda *_: self._show_marked())
        self.tree.itemActivated.connect(self._open)

    @property
    def subject(self) -> Happening | Line | None:
        """What is chosen, below a deed."""
        item = self.tree.currentItem()
        found = item.data(0, _SUBJECT) if item else None
        return found if isinstance(found, Happening | Line) else None

    @property
    def deed(self) -> Deed | None:
        """The deed that is chosen, or that the chosen line belongs to."""
        item = self.tree.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        found = item.data(0, _DEED) if item else None
        return found if isinstance(found, Deed) else None

    def clear(self) -> None:
        """Show nothing."""
        self.tree.clear()
        self.marked.hide()
        self.has_personal = False

    def show_entries(self, entries: Sequence[Entry], own: Collection[str]) -> None:
        """Show deeds, each with the fields it changed; a record not among `own` is named."""
        self.clear()
        items = [self._deed_item(each, own) for each in entries]
        self.tree.addTopLevelItems(items)
        for item in items:
            self._span(item)
            item.setExpanded(True)

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        """Show what one deed did."""
        self.clear()
        items = []
        for each in happenings:
            item = self._item((each.sentence,), each)
            item.addChildren(self._lines(each))
            items.append(item)
        self.tree.addTopLevelItems(items)
        for item in items:
            self._span(item)
        if len(items) <= 20:
            self.tree.expandAll()

    def _deed_item(self, entry: Entry, own: Collection[str]) -> QTreeWidgetItem:
        """One deed: when, who, what; beneath it its fields, or its records where they are parts."""
        when = entry.deed.done_at.replace("T", " ")[:16]
        item = QTreeWidgetItem([f"{when}　{entry.deed.operator}　{entry.title}"])
        item.setData(0, _DEED, entry.deed)
        item.setToolTip(0, item.text(0))
        for each in entry.happenings:
            if each.record in own:
                word = "" if each.word in {"新建", "修改"} else each.word
                item.addChildren([self._item((word,), each)] if word else [])
                item.addChildren(self._lines(each))
                continue
            part = self._item((each.sentence,), each)
            part.addChildren(self._lines(each))
            item.addChild(part)
        return item

    def _lines(self, happening: Happening) -> list[QTreeWidgetItem]:
        """The fields that were changed."""
        found = []
        for line in happening.lines:
            self.has_personal |= line.is_personal
            before, after = line.shown(in_full=self.in_full)
            found.append(self._item((line.label, _one_line(before), _one_line(after)), line))
        return found

    def _item(self, texts: Sequence[str], subject: object) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(texts))
        item.setData(0, _SUBJECT, subject)
        for column, text in enumerate(texts):
            item.setToolTip(column, text)
        return item

    def _span(self, item: QTreeWidgetItem) -> None:
        """Let a sentence run over all columns, and open what is not new.

        Qt takes both only once the item is in the tree.
        """
        item.setFirstColumnSpanned(item.columnCount() == 1)
        subject = item.data(0, _SUBJECT)
        item.setExpanded(isinstance(subject, Happening) and subject.word != "新建")
        for place in range(item.childCount()):
            child = item.child(place)
            if child is not None:
                self._span(child)

    def _open(self, item: QTreeWidgetItem, _column: int) -> None:
        subject = item.data(0, _SUBJECT)
        if subject is not None:
            self.opened.emit(subject)

    def _show_marked(self) -> None:
        """Show the chosen field's texts below the tree, when they are long."""
        line = self.subject
        is_long = isinstance(line, Line) and max(len(line.before), len(line.after)) > LONG
        self.marked.setVisible(is_long)
        if is_long and isinstance(line, Line):
            before, after = line.shown(in_full=self.in_full)
            self.marked.setHtml(self._html(before, after))
        self.chosen.emit()

    def _html(self, before: str, after: str) -> str:
        """Two texts as one: taken out struck through, put in underlined."""
        looks = {
            "same": "",
            "out": f"color:{self._tokens.late};text-decoration:line-through",
            "in": f"color:{self._tokens.ok};text-decoration:underline",
        }
        return "".join(
            f'<span style="{looks[piece.kind]}">{escape(piece.text)}</span>'
            for piece in difference(before, after)
        ).replace("\n", "<br>")

    def _arrange(self, style: Style, heads: Sequence[str]) -> None:
        self.tree.setObjectName("history")
        self.tree.setHeaderLabels(list(heads))
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setAccessibleName("改动")
        header = self.tree.header()
        header.setStretchLastSection(True)
        for column, width in enumerate((190, 190)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.tree.setColumnWidth(column, style.scaled(width))
        self.marked.setObjectName("marked")
        self.marked.hide()
        self.addWidget(self.tree)
        self.addWidget(self.marked)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 1)


def _one_line(text: str) -> str:
    """The beginning of a value, as a cell shows it."""
    return text.replace("\n", " ")[:200]
