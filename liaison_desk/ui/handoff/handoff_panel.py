"""What 报送给县里 and 接收U盘里的文件 have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.ui.roles import set_role

if TYPE_CHECKING:
    from liaison_desk.domain.packet import Packet
    from liaison_desk.ui.context import Context


class HandoffPanel(QWidget):
    """A page with a heading and 返回."""

    def __init__(self, context: Context, heading: str) -> None:
        super().__init__()
        self.context = context
        self.desk = context.desk
        self.packet: Packet | None = None
        self.back_button = QPushButton("返回")
        self.sheet_button = sheet_button()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setObjectName("said")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title = QLabel(heading)
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.back_button)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(top)

    def tell(self, sentence: str, role: str = "muted") -> None:
        """Show a sentence below what was done."""
        self.said.setText(sentence)
        set_role(self.said, role)

    def offer_sheet(self, packet: Packet | None) -> None:
        """Offer 交接登记单 of a packet; none takes the offer back."""
        self.packet = packet
        self.sheet_button.setVisible(packet is not None)


def sheet_button() -> QPushButton:
    """Prints the sheet that both sides sign; shown when there is a packet for it."""
    button = QPushButton("打印交接登记单")
    button.setObjectName("print_sheet")
    button.setToolTip("一张两联，双方签字各存一份 (Ctrl+P)")
    button.hide()
    return button
