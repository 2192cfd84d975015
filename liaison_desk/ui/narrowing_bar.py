"""Above a list that shows only some records for the moment: which, and 显示全部."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

if TYPE_CHECKING:
    from liaison_desk.ui.context import Narrowing


class NarrowingBar(QWidget):
    """Stands there only while the list is narrowed, and knows to what."""

    def __init__(self) -> None:
        super().__init__()
        self.narrowing: Narrowing | None = None
        self.label = QLabel()
        self.all_button = QPushButton("显示全部")
        self.label.setObjectName("narrowing")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.all_button)
        self.hide()

    @property
    def equals(self) -> dict[str, object]:
        """The column values that the list is limited to."""
        return dict(self.narrowing.equals) if self.narrowing else {}

    def show_narrowing(self, narrowing: Narrowing | None) -> None:
        """Say what the list is limited to, or give way."""
        self.narrowing = narrowing
        self.label.setText(narrowing.sentence if narrowing else "")
        self.setVisible(narrowing is not None)
