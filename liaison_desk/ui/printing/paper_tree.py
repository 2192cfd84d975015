"""The list of papers with ticks: kinds under what they are printed from, records under kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from liaison_desk.services.printed import printed_on
from liaison_desk.ui.style import ROW_PX

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.printing.orders import Group, Offer, Order
    from liaison_desk.ui.style import Style

ORDERS = Qt.ItemDataRole.UserRole
MOST_LISTED = 50
"""Of more records a kind is one line, printed for all of them."""
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PaperTree(QTreeWidget):
    """One line for each kind of paper, opened into its records where there are several."""

    looked_at = Signal(object)
    """Another paper is to be shown; its `Order`."""
    ticked = Signal()
    """Something was ticked or not."""

    def __init__(self, desk: Desk, style: Style) -> None:
        super().__init__()
        self._desk = desk
        self._row = QSize(0, style.scaled(ROW_PX))
        self._bold = style.font(bold=True)
        self._printed: dict[str, dict[str, str]] = {}
        self._lines: list[tuple[QTreeWidgetItem, tuple[Order, ...]]] = []
        self.setObjectName("papers")
        self.setColumnCount(2)
        self.setHeaderLabels(["资料", "打印过"])
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(lambda item, _old: self._look(item))
        self.itemChanged.connect(lambda _item, _column: self.ticked.emit())

    def show_groups(
        self, groups: Sequence[Group], ticked: Collection[str] = (), opened: int = 1
    ) -> None:
        """Show the papers.

        Args:
            groups: as they stand under one another.
            ticked: keys of papers that are ticked from the start, in the opened groups.
            opened: how many groups, from the first, are opened.
        """
        self.blockSignals(True)
        self._lines = []
        self.clear()
        for place, group in enumerate(groups):
            head = self._item(self, group.title)
            head.setFont(0, self._bold)
            head.setFirstColumnSpanned(True)
            for offer in group.offers:
                is_on = place < opened and offer.kind.key in ticked
                self._add_offer(head, offer, ON if is_on else OFF)
            head.setExpanded(place < opened)
        self.blockSignals(False)
        self._begin()

    def orders(self) -> list[Order]:
        """The papers ticked, in the order of the list."""
        ticked = (orders for item, orders in self._lines if item.checkState(0) == ON)
        return [each for orders in ticked for each in orders]

    def current_orders(self) -> list[Order]:
        """The papers of the line the cursor is on: one, or those of every record under it."""
        item = self.currentItem()
        if item is not None and item.parent() is None:  # a heading, over papers of many kinds
            item = item.child(0)
        if item is None:
            return []
        below = (item.child(row) for row in range(item.childCount()))
        return [order for each in (item, *below) for order in _orders_of(each)]

    def tick(self, key: str) -> None:
        """Tick every paper of a kind, and look at the first."""
        found = [item for item, orders in self._lines if orders[0].kind.key == key]
        for item in found:
            item.setCheckState(0, ON)
        if found:
            self.setCurrentItem(found[0])

    def note_printed(self) -> None:
        """Show anew what was printed when."""
        self._printed.clear()
        self.blockSignals(True)
        for item, orders in self._lines:
            item.setText(1, self._when(orders))
        self.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, whichever line it is; of a heading it ticks nothing."""
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(0, OFF if item.checkState(0) == ON else ON)
            else:
                item.setExpanded(not item.isExpanded())
            return
        super().keyPressEvent(event)

    # -- inside ----------------------------------------------------------------------------------

    def _item(self, above: QTreeWidget | QTreeWidgetItem, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(above, [text])
        item.setSizeHint(0, self._row)
        item.setToolTip(0, text)
        return item

    def _add_offer(
        self, head: QTreeWidgetItem, offer: Offer, state: Qt.CheckState
    ) -> QTreeWidgetItem:
        """One kind; it is the paper itself where it is of one record."""
        item = self._item(head, offer.kind.title)
        item.setToolTip(0, offer.kind.description)
        count = len(offer.orders)
        if count > 1:
            item.setText(0, f"{offer.kind.title}　{count}份")
        if count == 1 or count > MOST_LISTED:
            self._make_line(item, offer.orders, state)
            return item
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        for order in offer.orders:
            self._make_line(self._item(item, order.caption), (order,), state)
        return item

    def _make_line(
        self, item: QTreeWidgetItem, orders: tuple[Order, ...], state: Qt.CheckState
    ) -> None:
        """One line that can be ticked."""
        self._lines.append((item, orders))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setData(0, ORDERS, orders)
        item.setCheckState(0, state)
        item.setText(1, self._when(orders))

    def _when(self, orders: tuple[Order, ...]) -> str:
        """11-21, or with the year before this one; "" when it never was printed."""
        if len(orders) > 1:
            return ""
        (order,) = orders
        if order.record_id not in self._printed:
            this_year = self._desk.today.year
            self._printed[order.record_id] = {
                key: f"{day:%m-%d}" if day.year == this_year else f"{day:%Y-%m-%d}"
                for key, day in printed_on(self._desk, order.record_id).items()
            }
        return self._printed[order.record_id].get(order.kind.key, "")

    def _begin(self) -> None:
        """Look at the first paper ticked, or the first kind there is, of every record chosen."""
        ticked = [item for item, _orders in self._lines if item.checkState(0) == ON]
        head = self.topLevelItem(0)
        first = ticked[0] if ticked else head and head.child(0)
        if first is not None:
            self.setCurrentItem(first)

    def _look(self, item: QTreeWidgetItem | None) -> None:
        """Show the paper of a line, or the first one under it."""
        while item is not None and not _orders_of(item):
            item = item.child(0)
        if item is not None:
            self.looked_at.emit(_orders_of(item)[0])


def _orders_of(item: QTreeWidgetItem | None) -> tuple[Order, ...]:
    """The papers of a line; none of a heading."""
    found: tuple[Order, ...] | None = item.data(0, ORDERS) if item is not None else None
    return found or ()
