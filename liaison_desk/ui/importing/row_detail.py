"""One row of the preview in full: what it says, what it changes, and whom it may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.services.importing import ANOTHER, RowState
from liaison_desk.ui.importing.enter_button import EnterButton
from liaison_desk.ui.importing.masking import shown
from liaison_desk.ui.importing.text_table import PlainTable, TextModel
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from liaison_desk.services.importing import Candidate, FieldChange, PlannedRow
    from liaison_desk.ui.importing.draft import Draft
    from liaison_desk.ui.importing.row_states import Sign
    from liaison_desk.ui.style import Style

_ID = Qt.ItemDataRole.UserRole


class RowDetail(QWidget):
    """The chosen row; a row 待核对 has its candidates and two buttons."""

    decided = Signal(int, str)
    """The clerk said whom a row means; its number, and the candidate's id, ANOTHER or ""."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._row: PlannedRow | None = None
        self._draft: Draft | None = None
        self.caption = QLabel()
        self.state = QLabel()
        self.notes = QLabel()
        self.candidates = _CandidateList()
        self.same_button = EnterButton()
        self.other_button = EnterButton()
        self.again_button = EnterButton("重新核对")
        self.model = TextModel(("栏目", "原来", "改为"))
        self.table = PlainTable(self.model, style)
        self._arrange()
        self._connect()

    def show_nothing(self, draft: Draft) -> None:
        """No row is chosen."""
        self._row, self._draft = None, draft
        for widget in (self.caption, self.state, self.notes, self.table):
            widget.hide()
        self._show_candidates()

    def show_row(self, row: PlannedRow, sign: Sign, remarks: tuple[str, ...], draft: Draft) -> None:
        """Show a row, with what the clerk should look at."""
        self._row, self._draft = row, draft
        for widget in (self.caption, self.state, self.table):
            widget.show()
        self._show_candidates()
        self.caption.setText(row.caption or f"第{row.number}行")
        self.state.setText(f"第{row.number}行　{sign.text}")
        self.state.setStyleSheet(f"color: {sign.shown_in(self._style.tokens)}")
        self.notes.setText("\n".join(remarks))
        self.notes.setVisible(bool(remarks))
        self._show_changes()

    def focus_candidates(self) -> None:
        """Go to the candidates, if the row has any."""
        if self.candidates.isVisibleTo(self):
            self.candidates.setFocus()

    def _show_candidates(self) -> None:
        """The candidates of the row, the one decided for marked."""
        row, draft = self._row, self._draft
        found: Sequence[Candidate] = ()
        if row is not None and draft is not None:
            found = draft.candidates.get(row.number, ())
        decision = draft.plan.decisions.get(row.number, "") if row and draft else ""
        self.candidates.blockSignals(True)
        self.candidates.clear()
        for each in found:
            item = QListWidgetItem(_line(each, is_chosen=each.id == decision))
            item.setData(_ID, each.id)
            self.candidates.addItem(item)
        self.candidates.setCurrentRow(0)
        self.candidates.blockSignals(False)
        self.candidates.setVisible(bool(found))
        self._prompt.setVisible(bool(found))
        self._prompt.setText(_prompt(decision, is_person=bool(draft and draft.is_about_people)))
        one = "人" if draft is not None and draft.is_about_people else "个"
        self.same_button.setText(f"是同一{one}")
        self.other_button.setText(f"是另一{one}")
        for button in (self.same_button, self.other_button):
            button.setVisible(bool(found) and not decision)
        self.again_button.setVisible(bool(found) and bool(decision))
        self._fit_candidates(len(found))

    def _fit_candidates(self, count: int) -> None:
        """As high as a few of them need."""
        height = self._style.scaled(30) * min(max(count, 1), 4) + 4
        self.candidates.setFixedHeight(height)

    def _show_changes(self) -> None:
        """What changes; for a row that changes nothing, what it says."""
        row = self._row
        assert row is not None
        changes: Sequence[FieldChange] = row.changes
        if row.state is RowState.ASK:
            changes = self._candidate_changes()
        lines = [
            (each.label, shown(each.before, each), shown(each.after, each)) for each in changes
        ] or self._values(row)
        lines += [("会记下", "", each) for each in row.made if len(row.made) > 1]
        self.model.show(lines)
        self.table.fit(self._style.scaled(140))
        for column in (1, 2):
            self.table.setColumnHidden(column, not any(self.model.texts(column)))

    def _candidate_changes(self) -> Sequence[FieldChange]:
        """What taking the row for the candidate under the cursor would change."""
        item = self.candidates.currentItem()
        if self._row is None or item is None:
            return ()
        found = (each for each in self._row.candidates if each.id == item.data(_ID))
        return next((each.changes for each in found), ())

    def _values(self, row: PlannedRow) -> list[tuple[str, str, str]]:
        """What the row says: as it is kept already, or as it would be."""
        assert self._draft is not None
        fields = dict.fromkeys(field for _, field in self._draft.plan.mapping.taken)
        told = []
        for each in fields:
            value = row.values.get(each.key, "")
            if value:
                value = each.kind.veiled(value)
                is_kept = row.state is RowState.SAME
                told.append((each.label, value if is_kept else "", "" if is_kept else value))
        return told

    def _candidate_moved(self) -> None:
        if self._row is not None:
            self._show_changes()

    def _decide(self, decision: str) -> None:
        if self._row is not None:
            self.decided.emit(self._row.number, decision)

    def _take_candidate(self) -> None:
        item = self.candidates.currentItem()
        if item is not None and self.same_button.isVisibleTo(self):
            self._decide(str(item.data(_ID)))

    def _arrange(self) -> None:
        self.caption.setProperty("role", "heading")
        self.caption.setWordWrap(True)
        self.caption.setObjectName("row_caption")
        self.state.setObjectName("row_state")
        self.notes.setProperty("role", "remark")
        self.notes.setWordWrap(True)
        self.notes.setObjectName("row_notes")
        self.candidates.setObjectName("candidates")
        self.candidates.setAccessibleName("资料里同名的")
        self.table.setObjectName("changes")
        self.table.setAccessibleName("这一行逐项的改动")
        self.same_button.setObjectName("same")
        self.other_button.setObjectName("other")
        self.again_button.setObjectName("again")
        self._prompt = QLabel()
        self._prompt.setWordWrap(True)
        buttons = QHBoxLayout()
        for button in (self.same_button, self.other_button, self.again_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 0, 0, 0)
        for label in (self.caption, self.state, self.notes, self._prompt):
            layout.addWidget(label)
        layout.addWidget(self.candidates)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.candidates.currentRowChanged.connect(self._candidate_moved)
        self.candidates.agreed.connect(self._take_candidate)
        self.same_button.clicked.connect(self._take_candidate)
        self.other_button.clicked.connect(lambda: self._decide(ANOTHER))
        self.again_button.clicked.connect(lambda: self._decide(""))


class _CandidateList(QListWidget):
    """Enter takes the one under the cursor."""

    agreed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter agrees; the dialog's own Enter does nothing here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.agreed.emit()
            return
        super().keyPressEvent(event)


def _line(candidate: Candidate, *, is_chosen: bool) -> str:
    """A candidate as the list shows it."""
    told = f"{candidate.caption}（{candidate.about}）" if candidate.about else candidate.caption
    return f"✓ {told}" if is_chosen else told


def _prompt(decision: str, *, is_person: bool) -> str:
    """What is asked of the clerk, or what she has answered."""
    one = "人" if is_person else "个"
    if decision == ANOTHER:
        return f"已选：是另一{one}，按新增导入。"
    if decision:
        return f"已选：是同一{one}（下面打 ✓ 的）。"
    return f"资料里有同名的。是不是同一{one}？"
