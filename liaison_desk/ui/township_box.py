"""Above the sidebar of a county desk: whose records every list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from liaison_desk.domain.office import Office

if TYPE_CHECKING:
    from liaison_desk.ui.context import Context


class TownshipBox(QComboBox):
    """All townships, or one that is looked at alone."""

    turned = Signal()
    """The lists are to show other records."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("township")
        self.setAccessibleName("只看一个乡镇")
        self.currentIndexChanged.connect(self._limit)

    def refresh(self, office: Office) -> None:
        """List the townships there are now; a township's own desk has no such box."""
        self.setVisible(office.is_county)
        if not office.is_county:
            return
        chosen = self.currentData()
        self.blockSignals(True)
        self.clear()
        self.addItem("全部乡镇", "")
        for each in self._context.desk.find(Office):
            if each.id != office.id:
                self.addItem(each.place, each.id)
        self.setCurrentIndex(max(self.findData(chosen), 0))
        self.blockSignals(False)

    def choose(self, office: Office) -> bool:
        """Show the records of one township alone; whether it is one."""
        place = self.findData(office.id)
        if place >= 0:
            self.setCurrentIndex(place)
        return place >= 0

    def _limit(self) -> None:
        """Limit every list to one township."""
        self._context.township = self.currentData() or ""
        self.turned.emit()
