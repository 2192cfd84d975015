"""The line above the office's history: words, kind of record, who, and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from liaison_desk.domain import dates
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.registry import RECORD_TYPES, children_of
from liaison_desk.services.wholes import WITH_PAGES
from liaison_desk.store.deeds import DeedQuery
from liaison_desk.ui.flow_layout import FlowLayout
from liaison_desk.ui.roles import look_again

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.style import Style

PAUSE_MS = 200
OWN_PERIOD = "自选日期"
PERIODS: dict[str, int | None] = {
    "全部时间": None, "今天": 0, "最近7天": 6, "最近30天": 29, "最近一年": 365, OWN_PERIOD: None,
}  # fmt: skip
"""How many days back each begins."""


class DeedFilter(QWidget):
    """Asks which deeds are to be shown."""

    changed = Signal()
    """Other deeds are wanted."""

    def __init__(self, style: Style, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.words = QLineEdit()
        self.kind_box = QComboBox()
        self.operator_box = QComboBox()
        self.period_box = QComboBox()
        self.first_line = QLineEdit()
        self.last_line = QLineEdit()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange(style)
        self._connect()

    def query(self) -> DeedQuery:
        """What is asked for; a day that cannot be read limits nothing and is marked."""
        first, last = self._period()
        return DeedQuery(
            words=self.words.text(),
            tables=self.kind_box.currentData() or (),
            operator=self.operator_box.currentData() or "",
            first=first,
            last=last,
        )

    def is_empty(self) -> bool:
        """Whether nothing is limited."""
        return self.query() == DeedQuery()

    def clear(self) -> None:
        """Limit nothing."""
        self.words.clear()
        for box in (self.kind_box, self.operator_box, self.period_box):
            box.setCurrentIndex(0)

    def show_operators(self, names: Sequence[str]) -> None:
        """Offer these people, keeping the one who is chosen."""
        chosen = self.operator_box.currentData() or ""
        self.operator_box.blockSignals(True)
        self.operator_box.clear()
        self.operator_box.addItem("所有经手人", "")
        for name in names:
            self.operator_box.addItem(name, name)
        self.operator_box.setCurrentIndex(max(self.operator_box.findData(chosen), 0))
        self.operator_box.blockSignals(False)

    def _period(self) -> tuple[date | None, date | None]:
        """The first and the last day."""
        name = self.period_box.currentText()
        if name == OWN_PERIOD:
            return self._day(self.first_line), self._day(self.last_line)
        back = PERIODS[name]
        return (None if back is None else self._today() - timedelta(days=back)), None

    def _day(self, line: QLineEdit) -> date | None:
        """The day that was typed, as people type it."""
        text = line.text().strip()
        found = dates.parse_day(text) if text else None
        line.setProperty("wrong", bool(text) and found is None)
        look_again(line)
        line.setToolTip(
            "看不懂这个日期，请写成 2026-3-8、3.8 或 0308" if text and not found else ""
        )
        return found

    def _choose_period(self) -> None:
        is_own = self.period_box.currentText() == OWN_PERIOD
        self.first_line.setVisible(is_own)
        self.last_line.setVisible(is_own)
        self.changed.emit()

    def _arrange(self, style: Style) -> None:
        self.words.setPlaceholderText("查找改动，可输几个词 (Ctrl+F)")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(style.scaled(230))
        self.kind_box.addItem("所有类别", ())
        for each in RECORD_TYPES:
            if not each.parent or each.table in WITH_PAGES:
                self.kind_box.addItem(each.title, _tables(each))
        self.period_box.addItems(list(PERIODS))
        self.show_operators(())
        for line, hint in ((self.first_line, "从 3.8"), (self.last_line, "到 昨天")):
            line.setPlaceholderText(hint)
            line.setMaximumWidth(style.scaled(110))
            line.hide()
        named = {
            "deed_words": self.words,
            "deed_kind": self.kind_box,
            "deed_operator": self.operator_box,
            "deed_period": self.period_box,
            "deed_first": self.first_line,
            "deed_last": self.last_line,
        }
        row = FlowLayout()
        self.setLayout(row)
        for name, widget in named.items():
            widget.setObjectName(name)
            row.addWidget(widget)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.changed)
        for line in (self.words, self.first_line, self.last_line):
            line.textChanged.connect(lambda _text: self._pause.start())
        self.kind_box.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.operator_box.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.period_box.currentIndexChanged.connect(lambda _row: self._choose_period())


def _tables(record_type: type[Record]) -> tuple[str, ...]:
    """The tables of a record and of its parts."""
    if record_type is Attachment:
        return (Attachment.table,)
    parts = (each for each in children_of(record_type) if each.table not in WITH_PAGES)
    return (record_type.table, *(table for each in parts for table in _tables(each)))
