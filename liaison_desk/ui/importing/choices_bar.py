"""The line over the preview: which table, imported as what, where its headings are, which term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from liaison_desk.domain.codes import LEVELS
from liaison_desk.services.importing import Options, targets
from liaison_desk.ui.flow_layout import FlowLayout
from liaison_desk.ui.roles import look_again

if TYPE_CHECKING:
    from liaison_desk.ui.importing.draft import Draft
    from liaison_desk.ui.style import Style


class ChoicesBar(QWidget):
    """What is proposed for a source as a whole; every part of it can be changed."""

    table_chosen = Signal(int)
    """Another table: its place."""
    target_chosen = Signal(str)
    """Another kind of record: the target's key."""
    header_chosen = Signal(int, int)
    """The headings stand elsewhere: the first row and the last."""
    options_chosen = Signal(object)
    """Another term or level: `Options`."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.table_box = QComboBox()
        self.target_box = QComboBox()
        self.first_box = QSpinBox()
        self.last_box = QSpinBox()
        self.term_line = QLineEdit()
        self.level_box = QComboBox()
        self._arrange()
        self._connect()

    def show_draft(self, draft: Draft) -> None:
        """Show what is chosen, saying nothing."""
        widgets = (self.table_box, self.target_box, self.first_box, self.last_box, self.level_box)
        blockers = [QSignalBlocker(each) for each in widgets]
        self._show_tables(draft)
        self.target_box.setCurrentIndex(self.target_box.findData(draft.target.key))
        self.target_box.setToolTip(draft.target.about)
        self._show_header(draft)
        self._term_part.setVisible(draft.target.needs_term)
        self._level_part.setVisible(draft.target.needs_term)
        if not self.term_line.hasFocus() or not self.term_line.isModified():
            self.term_line.setText(draft.plan.term)
        self.level_box.setCurrentText(draft.plan.options.level)
        needs_term = bool(draft.target.needs_term and draft.plan.blocked and not draft.plan.term)
        self.term_line.setProperty("wrong", needs_term)
        look_again(self.term_line)
        del blockers

    def options(self) -> Options:
        """What stands in 届次 and 级别."""
        return Options(self.term_line.text().strip(), self.level_box.currentText())

    def _show_tables(self, draft: Draft) -> None:
        self.table_box.clear()
        for each in draft.tables:
            hidden = "（隐藏的工作表）" if each.sheet.is_hidden else ""
            self.table_box.addItem(f"{each.caption}{hidden}，{len(each.rows)}行")
        self.table_box.setCurrentIndex(draft.place)
        self._table_part.setVisible(len(draft.tables) > 1)

    def _show_header(self, draft: Draft) -> None:
        numbers = [row.number for row in draft.table.sheet.rows] or [1]
        for box in (self.first_box, self.last_box):
            box.setRange(numbers[0] - 1, numbers[-1])
        header = draft.table.header
        self.first_box.setValue(header[0].number if header else numbers[0] - 1)
        self.last_box.setValue(header[-1].number if header else numbers[0] - 1)

    def _arrange(self) -> None:
        for each in targets():
            self.target_box.addItem(each.title, each.key)
        self.level_box.addItems(list(LEVELS))
        self.term_line.setPlaceholderText("如 第十二届")
        self.term_line.setFixedWidth(self._style.scaled(130))
        self.table_box.setMaximumWidth(self._style.scaled(330))
        names = ("table_box", "target_box", "first_box", "last_box", "term_line", "level_box")
        for name in names:
            getattr(self, name).setObjectName(name.partition("_")[0])
        for box in (self.first_box, self.last_box):
            box.setKeyboardTracking(False)
            box.setToolTip("列的标题在表里第几行；有两行标题的写到第二行；没有标题的按 ↓ 到“无”")
            box.setSpecialValueText("无")
        flow = FlowLayout()
        self._table_part = _part(("工作表", self.table_box))
        self._target_part = _part(("导入为", self.target_box))
        self._header_part = _part(
            ("标题行　第", self.first_box), ("至", self.last_box), ("行", None)
        )
        self._term_part = _part(("届次", self.term_line))
        self._level_part = _part(("级别", self.level_box))
        for part in (
            self._table_part, self._target_part, self._header_part, self._term_part,
            self._level_part,
        ):  # fmt: skip
            flow.addWidget(part)
        self.setLayout(flow)

    def _connect(self) -> None:
        self.table_box.activated.connect(self.table_chosen)
        self.target_box.activated.connect(
            lambda _place: self.target_chosen.emit(self.target_box.currentData())
        )
        self.first_box.valueChanged.connect(self._first_moved)
        self.last_box.valueChanged.connect(self._last_moved)
        self.term_line.editingFinished.connect(self._options_changed)
        self.level_box.activated.connect(lambda _place: self._options_changed())

    def _first_moved(self, first: int) -> None:
        """The other end follows where it would be in front, or where there are none."""
        is_none = first == self.first_box.minimum()
        self.header_chosen.emit(first, first if is_none else max(first, self.last_box.value()))

    def _last_moved(self, last: int) -> None:
        self.header_chosen.emit(min(last, self.first_box.value()), last)

    def _options_changed(self) -> None:
        self.options_chosen.emit(self.options())


def _part(*pieces: tuple[str, QWidget | None]) -> QWidget:
    """Labels and what they name, kept together on one line."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 8, 0)
    for text, widget in pieces:
        label = QLabel(text)
        row.addWidget(label)
        if widget is not None:
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("　", ""))
            row.addWidget(widget)
    return part
