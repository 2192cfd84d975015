"""The preview: every row with its state, narrowed to one state at will, the chosen one beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QSplitter, QVBoxLayout, QWidget

from liaison_desk.ui.flow_layout import FlowLayout
from liaison_desk.ui.importing.enter_button import EnterButton
from liaison_desk.ui.importing.preview_model import NUMBER, TOLD, PreviewModel
from liaison_desk.ui.importing.row_detail import RowDetail
from liaison_desk.ui.importing.row_states import SAME, SIGNS, Sign
from liaison_desk.ui.importing.text_table import PlainTable

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from liaison_desk.ui.importing.draft import Draft
    from liaison_desk.ui.style import Style

_ALL = 1000
"""The button 全部; the others have the place of their state."""


class PreviewPanel(QWidget):
    """State filter, rows, and the chosen row in full."""

    decided = Signal(int, str)
    """Whom a row means: its number, and the candidate's id, ANOTHER or ""."""
    ticked = Signal(object, bool)
    """Rows were ticked, or their ticks taken away: their numbers, and which."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._draft: Draft | None = None
        self._columns: tuple[str, ...] = ()
        self.model = PreviewModel(style.tokens)
        self.table = _Rows(self.model, style)
        self.detail = RowDetail(style)
        self.filters: dict[Sign | None, EnterButton] = {}
        self._group = QButtonGroup(self)
        self._arrange()
        self._connect()

    def show_draft(self, draft: Draft, *, go_on: bool = False) -> None:
        """Show another state of the choices, the chosen row kept.

        Args:
            draft: what is shown.
            go_on: whether to go to the next row that is 待核对, or else back to the rows.
        """
        number = self._chosen_number()
        self._draft = draft
        if self._only() is not None and not self._has(self._only()):
            self.filters[None].setChecked(True)
        self.model.show(draft, self._only())
        self._show_counts()
        self._fit()
        to_ask = self.model.next_to_ask(number) if go_on else 0
        self._choose(to_ask or number)
        if go_on:
            self.table.setFocus()
        if to_ask:
            self.detail.focus_candidates()

    def show_ticks(self, draft: Draft) -> None:
        """Only ticks have changed."""
        self._draft = draft
        self.model.show_ticks(draft)
        self._show_counts()
        self._show_chosen()

    def go_to_questions(self) -> None:
        """Choose the first row that is 待核对, if there is one."""
        number = self.model.next_to_ask(0)
        if number:
            self._choose(number)

    def _has(self, sign: Sign | None) -> bool:
        """Whether the new draft has rows of a state."""
        assert self._draft is not None
        self.model.show(self._draft)
        return sign is None or bool(self.model.counts()[sign])

    def _only(self) -> Sign | None:
        """The state that the rows are narrowed to."""
        place = self._group.checkedId()
        return None if place == _ALL else SIGNS[place]

    def _narrow(self) -> None:
        """Another state was chosen."""
        if self._draft is not None:
            number = self._chosen_number()
            self.model.show(self._draft, self._only())
            self._choose(number)

    def _show_counts(self) -> None:
        """A button for each state there is; 新增, 更新 and 不变 always."""
        counts = self.model.counts()
        self.filters[None].setText(f"全部 {sum(counts.values())}")
        for place, sign in enumerate(SIGNS):
            button = self.filters[sign]
            button.setText(f"{sign.text} {counts[sign]}")
            button.setVisible(bool(counts[sign]) or place <= SIGNS.index(SAME))
        self.updateGeometry()

    def _chosen_number(self) -> int:
        index = self.table.currentIndex()
        return self.model.row(index.row()).number if index.isValid() else 0

    def _choose(self, number: int) -> None:
        """Choose a row by its number, or else the first."""
        if self.model.rowCount():
            self.table.choose_row(max(self.model.place_of(number), 0))
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the chosen row in full."""
        if self._draft is None:
            return
        index = self.table.currentIndex()
        row = self.model.row(index.row()) if index.isValid() else None
        if row is None:
            self.detail.show_nothing(self._draft)
        else:
            self.detail.show_row(row, self.model.sign(row), self.model.remarks(row), self._draft)

    def _fit(self) -> None:
        """Fit the columns, once for each set of them; then they stay as the clerk has them."""
        model = self.model
        count = range(model.columnCount())
        heads = tuple(str(model.headerData(n, Qt.Orientation.Horizontal)) for n in count)
        if heads != self._columns:
            self._columns = heads
            self.table.fit(self._style.scaled(150))
            wide = self.model.tells_something()
            digits = self.table.fontMetrics().horizontalAdvance(f"{self.model.last_number()}")
            self.table.setColumnWidth(NUMBER, digits + self._style.scaled(40))
            self.table.setColumnWidth(TOLD, self._style.scaled(210 if wide else 100))

    def _arrange(self) -> None:
        self.table.setObjectName("rows")
        self.table.setAccessibleName("表里的每一行")
        flow = FlowLayout()
        for place, sign in ((_ALL, None), *enumerate(SIGNS)):
            button = EnterButton()
            button.setCheckable(True)
            button.setProperty("role", "state")
            button.setObjectName(f"only {sign.word if sign else '全部'}")
            self._group.addButton(button, place)
            self.filters[sign] = button
            flow.addWidget(button)
        self.filters[None].setChecked(True)
        hint = QLabel("空格：勾上或去掉这一行（可以选几行）")
        hint.setProperty("role", "muted")
        hint.setMinimumHeight(self.filters[None].sizeHint().height())
        flow.addWidget(hint)
        bar = QWidget()
        bar.setLayout(flow)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([780, 360])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(bar)
        layout.addWidget(splitter, 1)

    def _connect(self) -> None:
        self._group.idClicked.connect(lambda _place: self._narrow())
        self.table.selectionModel().currentRowChanged.connect(
            lambda _new, _old: self._show_chosen()
        )
        self.table.opened.connect(self.detail.focus_candidates)
        self.model.ticked.connect(self.ticked)
        self.detail.decided.connect(self.decided)


class _Rows(PlainTable):
    """Space ticks every selected row; Enter goes to the candidates."""

    opened = Signal()

    def __init__(self, model: PreviewModel, style: Style) -> None:
        super().__init__(model, style)
        self._model = model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Space:
            self._model.toggle(self.chosen_rows())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)
