"""A table with a row of heads; what stands below them is its subclass's."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to a model as a place in it."""


class HeadedModel(QAbstractTableModel):
    """Columns under heads; a subclass says how many rows there are and what is in them.

    Attributes:
        heads: what stands above the columns, from the left.
    """

    heads: tuple[str, ...] = ()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """One column for each head."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads; beside the rows their numbers, as Qt counts them."""
        is_head = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads[section] if is_head else super().headerData(section, orientation, role)
