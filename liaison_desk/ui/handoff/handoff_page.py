"""报送与接收: two big choices, then one page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from liaison_desk.domain.packet import Packet
from liaison_desk.ui.handoff.handoff_panel import sheet_button
from liaison_desk.ui.handoff.receiving_panel import ReceivingPanel
from liaison_desk.ui.handoff.sending_panel import SendingPanel
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_list import RecordList
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context

SHEET = "packet_sheet"
"""The key of U盘交接登记单 among the papers."""


class HandoffPage(Page):
    """What goes to the county, and what comes from the townships."""

    title = "报送与接收"
    icon_name = "usb"
    section = "履职"
    key = "Alt+0"
    record_types = (Packet,)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choice = _ChoicePanel(context)
        self.sending = SendingPanel(context)
        self.receiving = ReceivingPanel(context)
        self.stack = QStackedWidget()
        for panel in (self.choice, self.sending, self.receiving):
            self.stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP)
        layout.addWidget(self.stack)
        self.choice.send_button.clicked.connect(self.show_sending)
        self.choice.receive_button.clicked.connect(self.show_receiving)
        for panel in (self.sending, self.receiving):
            panel.back_button.clicked.connect(self.show_choice)
        for side in (self.choice, self.sending, self.receiving):
            side.sheet_button.clicked.connect(self.print_sheet)

    def records_to_print(self) -> list[Record]:
        """The packet just made or taken in, or those chosen in the list."""
        shown = self.stack.currentWidget()
        if shown is self.choice:
            return self.choice.packets.chosen_records()
        packet = self.sending.packet if shown is self.sending else self.receiving.packet
        return [packet] if packet is not None else []

    def print_sheet(self) -> None:
        """Print U盘交接登记单, for both sides to sign."""
        self.print_wanted.emit(self.records_to_print(), (SHEET,))

    def show_sending(self) -> None:
        """The page of 报送给县里."""
        self.sending.start()
        self.stack.setCurrentWidget(self.sending)

    def show_receiving(self) -> None:
        """The page of 接收U盘里的文件."""
        self.receiving.start()
        self.stack.setCurrentWidget(self.receiving)

    def reload(self, change: Change | None = None) -> None:
        """Show what was sent and received."""
        self.choice.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the two choices."""
        is_inside = self.stack.currentWidget() is not self.choice
        if event.key() == Qt.Key.Key_Escape and is_inside:
            self.show_choice()
        else:
            super().keyPressEvent(event)

    def show_choice(self) -> None:
        """The two big choices."""
        shown = self.stack.currentWidget()
        self.stack.setCurrentWidget(self.choice)
        button = self.choice.receive_button if shown is self.receiving else self.choice.send_button
        button.setFocus()

    def choose(self, record: Record) -> None:
        """Show one packet in the list."""
        self.stack.setCurrentWidget(self.choice)
        self.choice.packets.choose_silently(record.id)


class _ChoicePanel(QWidget):
    """The two big choices, and the packets so far."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        is_county = context.is_county
        self._context = context
        self.send_button = QPushButton("报送给县里\n选好起止日期和U盘，做成一个报送包")
        self.receive_button = QPushButton("接收U盘里的文件\n先看会改动什么，同意后才写入")
        self.packets = RecordList(context, Packet, empty="还没有报送或接收过。")
        self.sheet_button = sheet_button()
        self.send_button.setObjectName("send")
        self.receive_button.setObjectName("receive")
        for button, icon in ((self.send_button, "upload"), (self.receive_button, "download")):
            button.setProperty("role", "choice")
            button.setIcon(context.style.icon(icon))
        (self.send_button if is_county else self.receive_button).hide()
        row = QHBoxLayout()
        row.addWidget(self.send_button)
        row.addWidget(self.receive_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        head = QHBoxLayout()
        head.addWidget(QLabel("报送与接收记录"), 1)
        head.addWidget(self.sheet_button)
        layout.addLayout(head)
        layout.addWidget(self.packets, 1)

    def reload(self) -> None:
        """Show the packets so far; on a county desk those of the township looked at."""
        township = self._context.township
        self.packets.load({"sender": township} if township else {})
        self.packets.when_ready(self._offer_sheet)

    def _offer_sheet(self) -> None:
        """Choose the newest packet, so that its sheet can be printed."""
        ids = self.packets.model.ids
        if ids and self.packets.current() is None:
            self.packets.choose_silently(ids[0])
        self.sheet_button.setVisible(bool(ids))
