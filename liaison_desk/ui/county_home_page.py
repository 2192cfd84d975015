"""首页 of a county desk: which township has reported what, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from liaison_desk.domain import dates
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.overview import TownshipState, townships
from liaison_desk.ui.page import Page
from liaison_desk.ui.row_table import show_as_rows
from liaison_desk.ui.style import GAP, ROW_PX

if TYPE_CHECKING:
    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context

HEADS = ("乡镇", "报送到", "第几号", "接收时间", "委员", "协商会", "纪要", "办理事项", "超期")
EMPTY = "还没有接收过乡镇的报送包。到“报送与接收”点“接收U盘里的文件”。"


class CountyHomePage(Page):
    """One line for each township; Enter or a double click shows its records alone."""

    title = "首页"
    icon_name = "house"
    section = ""
    key = "Alt+1"
    record_types = RECORD_TYPES
    is_overview = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.day = QLabel()
        self.hint = QLabel()
        self.table = QTableWidget(0, len(HEADS))
        self._states: list[TownshipState] = []
        self._arrange()
        self.table.itemActivated.connect(lambda item: self.open_township(item.row()))

    def reload(self, change: Change | None = None) -> None:
        """Show what every township has reported until now."""
        weekday = "一二三四五六日"[self.desk.today.weekday()]
        self.day.setText(f"{dates.chinese_day(self.desk.today)}　星期{weekday}")
        self._states = townships(self.desk)
        reported = f"{len(self._states)} 个乡镇报送过。双击一行，只看这个乡镇的资料。"
        self.hint.setText(reported if self._states else EMPTY)
        self.table.setVisible(bool(self._states))
        self.table.setRowCount(len(self._states))
        for row, state in enumerate(self._states):
            self._fill(row, state)
        self.table.resizeColumnsToContents()

    def open_township(self, row: int) -> None:
        """Show the records of one township alone."""
        self.context.go(self._states[row].office)

    def _fill(self, row: int, state: TownshipState) -> None:
        """One township."""
        last = state.last_packet
        until = str(last.period_until) if last else "没有报送过"
        number = f"{last.year}年第{last.number}号" if last else ""
        when = f"{last.handled_at:%Y-%m-%d %H:%M}" if last and last.handled_at else ""
        late = f"▲ {state.overdue}" if state.overdue else "0"
        counts = (str(count) for count in state.counts.values())
        for column, text in enumerate((state.office.place, until, number, when, *counts, late)):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            if column == len(HEADS) - 1 and state.overdue:
                item.setForeground(QColor(self.context.style.tokens.late))
            self.table.setItem(row, column, item)

    def _arrange(self) -> None:
        """The date, then the table."""
        self.day.setProperty("role", "title")
        self.hint.setProperty("role", "muted")
        self.hint.setObjectName("hint")
        table = self.table
        table.setObjectName("townships")
        table.setHorizontalHeaderLabels(list(HEADS))
        show_as_rows(table, self.context.style.scaled(ROW_PX))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP)
        layout.setSpacing(GAP)
        layout.addWidget(self.day)
        layout.addWidget(self.hint)
        layout.addWidget(table, 1)
        layout.addStretch(0)
