"""What the clerk chooses for the papers that are looked at and ticked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from liaison_desk.domain.fields import Day, WrongText
from liaison_desk.domain.membership import Membership
from liaison_desk.exports.content import SheetSize
from liaison_desk.exports.papers.options import PaperOptions
from liaison_desk.ui.date_line import DateLine
from liaison_desk.ui.printing.wall_text_dialog import WallTextButton
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from liaison_desk.services.desk import Desk

CHOICES: dict[str, tuple[str, ...]] = {
    "minutes": (),
    "notice": ("dated", "number", "is_each"),
    "agenda": (),
    "sign_in": ("extra_rows", "show_personal"),
    "name_plates": (),
    "meeting_record": (),
    "dossier": ("fonds", "show_personal"),
    "outcome_sheet": (),
    "loop_form": (),
    "typical_case": ("dated",),
    "handover_sheet": (),
    "reminder": ("dated", "number"),
    "reply_form": ("show_personal",),
    "rating_blank": (),
    "rating_summary": (),
    "opinion_report": ("show_personal",),
    "member_year": ("year", "show_personal"),
    "member_file": ("show_personal",),
    "activity_form": ("show_personal",),
    "packet_sheet": (),
    "year_plan": ("year", "dated", "extra_rows"),
    "roster": ("term", "dated", "show_personal"),
    "meeting_ledger": ("year", "dated"),
    "matter_ledger": ("year", "dated"),
    "opinion_ledger": ("year", "dated"),
    "activity_ledger": ("year", "dated"),
    "archive_list": ("year", "fonds"),
    "archive_stamps": ("year", "fonds"),
    "year_dossier": ("year", "fonds", "show_personal"),
    "wall_rights": ("size", "wall_text"),
    "wall_members": ("size", "show_phones_on_wall"),
    "wall_duties": ("size", "wall_text"),
    "wall_reception": ("size", "wall_text"),
    "wall_plan": ("year", "size"),
    "wall_photos": ("year", "size"),
}
"""The choices that make a difference to each paper, by its key."""
PERSONAL_WARNING = "纸上会有完整的手机号、身份证号，请按个人信息保管；这次打印会记进历史。"
WALL_WARNING = "挂在墙上谁都看得到，写上手机号前请先征得本人同意；这次打印会记进历史。"
SERVING = "在任委员"
FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_EXTRA_ROWS = 60
NUMBER_MARGINS = (5, 0, 0, 0)
"""px that a number stands off its frame, as text does in other fields."""


class OptionsPanel(QWidget):
    """Shows only the choices that concern some papers, and keeps those made."""

    changed = Signal()

    def __init__(self, desk: Desk, chosen: PaperOptions | None = None) -> None:
        super().__init__()
        self._today = desk.today
        self._kept = replace(chosen or PaperOptions(today=desk.today), today=desk.today)
        self.year_box = QSpinBox()
        self.term_box = QComboBox()
        self.dated_line = DateLine(Day(label="落款日期"))
        self.number_line = QLineEdit()
        self.each_box = QCheckBox("每位参会人一份，写好姓名")
        self.rows_box = QSpinBox()
        self.size_box = QComboBox()
        self.fonds_line = QLineEdit()
        self.personal_box = QCheckBox("写出完整的手机号、身份证号")
        self.phones_box = QCheckBox("写上手机号")
        self.text_button = WallTextButton(desk)
        self.warning = QLabel()
        self.none_label = QLabel("这份资料没有要选的。")
        self._form = QFormLayout(self)
        self._rows: dict[str, QWidget] = {}
        self._arrange(sorted(desk.queries.words_of(Membership, "term")))
        self._fill()
        self._connect()
        self.show_for(())

    def options(self) -> PaperOptions:
        """The choices as they stand; a day that cannot be read yet is left as it was."""
        return replace(
            self._kept,
            year=self.year_box.value(),
            term=self.term_box.currentData() or "",
            dated=self._day(),
            number=self.number_line.text().strip(),
            is_each=self.each_box.isChecked(),
            extra_rows=self.rows_box.value(),
            size=SheetSize(self.size_box.currentData()),  # Qt keeps the plain text
            fonds=self.fonds_line.text().strip(),
            show_personal=self.personal_box.isChecked(),
            show_phones_on_wall=self.phones_box.isChecked(),
            wall_texts=self.text_button.texts(),
        )

    def show_for(self, keys: Collection[str]) -> None:
        """Show the choices that concern some papers."""
        wanted = {name for key in keys for name in CHOICES[key]}
        for name, row in self._rows.items():
            self._form.setRowVisible(row, name in wanted)
        self._form.setRowVisible(self.none_label, not wanted)
        self.text_button.show_for(keys)
        self._warn(wanted)

    def shows_personal(self, key: str) -> bool:
        """Whether a paper will show full telephone or identity numbers."""
        personal = "show_personal" in CHOICES[key] and self.personal_box.isChecked()
        phones = "show_phones_on_wall" in CHOICES[key] and self.phones_box.isChecked()
        return personal or phones

    # -- inside ----------------------------------------------------------------------------------

    def _day(self) -> date | None:
        """The day on the papers."""
        try:
            found: date | None = Day(label="").parse(self.dated_line.text())
        except WrongText:
            return self._kept.dated
        return found if found != self._today else None

    def _arrange(self, terms: list[str]) -> None:
        self.year_box.setRange(FIRST_YEAR, LAST_YEAR)
        self.rows_box.setRange(0, MOST_EXTRA_ROWS)
        for box in (self.year_box, self.rows_box):
            box.lineEdit().setTextMargins(*NUMBER_MARGINS)
        self.term_box.addItem(SERVING, "")
        for term in terms:
            self.term_box.addItem(f"{term}全部委员", term)
        for size in (SheetSize.A3, SheetSize.A4):
            self.size_box.addItem(size.value, size)
        self.number_line.setPlaceholderText("如 柳协函〔2026〕3号，可不填")
        self.fonds_line.setPlaceholderText("县档案馆给的号，可不填")
        self.warning.setWordWrap(True)
        self.warning.setProperty("role", "remark")
        self.warning.setObjectName("personal_warning")
        self.none_label.setProperty("role", "muted")
        rows: tuple[tuple[str, str, QWidget], ...] = (
            ("year", "年度", self.year_box),
            ("term", "哪些委员", self.term_box),
            ("dated", "落款日期", self.dated_line),
            ("number", "文号", self.number_line),
            ("is_each", "", self.each_box),
            ("extra_rows", "末尾空行", self.rows_box),
            ("size", "纸张", self.size_box),
            ("fonds", "全宗号", self.fonds_line),
            ("show_personal", "", self.personal_box),
            ("show_phones_on_wall", "", self.phones_box),
            ("wall_text", "", self.text_button),
        )
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(GAP // 2)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, label, widget in rows:
            widget.setObjectName(name)
            self._rows[name] = widget
            if label:
                self._form.addRow(label, widget)
            else:
                self._form.addRow(widget)
        self._form.addRow(self.warning)
        self._form.addRow(self.none_label)

    def _fill(self) -> None:
        """Show what was chosen the last time."""
        kept = self._kept
        self.year_box.setValue(kept.of_year)
        self.term_box.setCurrentIndex(max(0, self.term_box.findData(kept.term)))
        self.dated_line.setText(Day(label="").format(kept.day))
        self.number_line.setText(kept.number)
        self.each_box.setChecked(kept.is_each)
        self.rows_box.setValue(kept.extra_rows)
        self.size_box.setCurrentIndex(self.size_box.findData(kept.size))
        self.fonds_line.setText(kept.fonds)
        self.personal_box.setChecked(kept.show_personal)
        self.phones_box.setChecked(kept.show_phones_on_wall)

    def _connect(self) -> None:
        tell = self._tell
        for box in (self.each_box, self.personal_box, self.phones_box):
            box.toggled.connect(tell)
        for line in (self.dated_line, self.number_line, self.fonds_line):
            line.textChanged.connect(tell)
        self.year_box.valueChanged.connect(tell)
        self.rows_box.valueChanged.connect(tell)
        self.term_box.currentIndexChanged.connect(tell)
        self.size_box.currentIndexChanged.connect(tell)
        self.text_button.changed.connect(tell)

    def _tell(self, _value: Any = None) -> None:  # noqa: ANN401  # what changed is of any type
        visible = {name for name, row in self._rows.items() if self._form.isRowVisible(row)}
        self._warn(visible)
        self.changed.emit()

    def _warn(self, shown: set[str]) -> None:
        """Say what a ticked box means."""
        words = []
        if "show_personal" in shown and self.personal_box.isChecked():
            words.append(PERSONAL_WARNING)
        if "show_phones_on_wall" in shown and self.phones_box.isChecked():
            words.append(WALL_WARNING)
        self.warning.setText("\n".join(words))
        self._form.setRowVisible(self.warning, bool(words))
