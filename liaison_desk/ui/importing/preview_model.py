"""The rows of a plan as the clerk sees them before anything is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from liaison_desk.services.importing import RowState
from liaison_desk.ui.headed_model import HeadedModel
from liaison_desk.ui.importing.draft import TICKED
from liaison_desk.ui.importing.masking import shown
from liaison_desk.ui.importing.row_states import SIGNS, Sign, sign_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.services.importing import PlannedRow, TargetField
    from liaison_desk.ui.headed_model import Index
    from liaison_desk.ui.importing.draft import Draft
    from liaison_desk.ui.style import Tokens

NUMBER, STATE, CAPTION, TOLD = range(4)
"""The first columns; what stands in the fields follows."""
_FIRST = ("行", "处理", "名称", "改动和提示")
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PreviewModel(HeadedModel):
    """One line for each row of the source; those of one state when the clerk wants only these."""

    ticked = Signal(object, bool)
    """The clerk ticked rows or took their ticks away; their numbers, and which."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._draft: Draft | None = None
        self._only: Sign | None = None
        self._rows: list[PlannedRow] = []
        self._signs: dict[int, Sign] = {}
        self._lost: dict[int, list[str]] = {}
        self._fields: tuple[TargetField, ...] = ()
        self.heads = _FIRST

    def show(self, draft: Draft, only: Sign | None = None) -> None:
        """Show the rows of a draft, all of them or those of one state."""
        self.beginResetModel()
        self._draft, self._only = draft, only
        self._signs = {each.number: sign_of(each, draft) for each in draft.plan.rows}
        self._rows = [each for each in draft.plan.rows if only in (None, self._signs[each.number])]
        self._lost = _lost_cells(draft)
        name, self._fields = _columns(draft)
        self.heads = (*_FIRST[:CAPTION], name, _FIRST[TOLD], *_told_apart(name, self._fields))
        self.endResetModel()

    def show_ticks(self, draft: Draft) -> None:
        """Only ticks have changed: the rows stay where they are, even if filtered."""
        self._draft = draft
        self._signs = {each.number: sign_of(each, draft) for each in draft.plan.rows}
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def counts(self) -> dict[Sign, int]:
        """How many rows of the whole plan are of each state."""
        found = dict.fromkeys(SIGNS, 0)
        for sign in self._signs.values():
            found[sign] = found.get(sign, 0) + 1
        return found

    def tells_something(self) -> bool:
        """Whether any row has something to tell."""
        return any(each.changes or each.candidates or self.remarks(each) for each in self._rows)

    def last_number(self) -> int:
        """The number of the last row of the source."""
        return self._draft.plan.rows[-1].number if self._draft and self._draft.plan.rows else 0

    def remarks(self, row: PlannedRow) -> tuple[str, ...]:
        """What the clerk should look at: cells that stay out, and then the row's own notes."""
        return (*self._lost.get(row.number, ()), *row.notes)

    def row(self, place: int) -> PlannedRow:
        """The row in a line."""
        return self._rows[place]

    def sign(self, row: PlannedRow) -> Sign:
        """How a row stands."""
        return self._signs[row.number]

    def place_of(self, number: int) -> int:
        """The line of a row of the source, or -1."""
        found = (at for at, each in enumerate(self._rows) if each.number == number)
        return next(found, -1)

    def next_to_ask(self, number: int) -> int:
        """The number of a row that is 待核对, or of the next that is, going round; 0 for none."""
        rows = self._draft.plan.rows if self._draft else ()
        asked = [each.number for each in rows if each.state is RowState.ASK]
        return next((each for each in asked if each >= number), asked[0] if asked else 0)

    def toggle(self, places: Iterable[int]) -> None:
        """Tick the rows in these lines, or take the ticks away where all of them have one."""
        rows = [self._rows[each] for each in places]
        numbers = frozenset(each.number for each in rows if each.state in TICKED)
        draft = self._draft
        if draft is not None and numbers:
            self.ticked.emit(numbers, not all(map(draft.is_ticked, numbers)))

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """How many lines."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column of a row that can be imported has a tick."""
        flags = super().flags(index)
        has_tick = index.column() == NUMBER and self._rows[index.row()].state in TICKED
        return flags | Qt.ItemFlag.ItemIsUserCheckable if has_tick else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, ticks and the state's colour."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == STATE:
            return QColor(self._signs[row.number].shown_in(self._tokens))
        if role == Qt.ItemDataRole.CheckStateRole and column == NUMBER and row.state in TICKED:
            assert self._draft is not None
            return _ON if self._draft.is_ticked(row.number) else _OFF
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A tick was clicked."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        number = self._rows[index.row()].number
        self.ticked.emit(frozenset({number}), Qt.CheckState(value) == _ON)
        return True

    def _text(self, row: PlannedRow, column: int) -> str:
        """What stands in one cell."""
        if column > TOLD:
            field = self._fields[column - TOLD - 1]
            value = row.values.get(field.key, "")
            return field.kind.veiled(value)
        if column == TOLD:
            return _told(row, self.remarks(row))
        return (str(row.number), self._signs[row.number].text, row.caption)[column]


def _lost_cells(draft: Draft) -> dict[int, list[str]]:
    """Which cells of rows that are imported stay out, and why."""
    found: dict[int, list[str]] = {}
    for each in draft.plan.problems:
        if each.place:
            found.setdefault(each.row, []).append(f"{each.place}没有导入：{each.reason}")
    return found


def _told(row: PlannedRow, remarks: tuple[str, ...]) -> str:
    """What changes and what the clerk should look at, in one line."""
    changes = [
        f"{each.label}：{shown(each.before, each) or '空'}→{shown(each.after, each)}"
        for each in row.changes
    ]
    asked = [f"有{len(row.candidates)}个同名的，请在右边选"] if row.state is RowState.ASK else []
    return "；".join((*asked, *remarks, *changes))


def _told_apart(name: str, fields: tuple[TargetField, ...]) -> list[str]:
    """The fields' labels; of those alike each with its record: 议题名称."""
    often = Counter([name, *(each.label for each in fields)])
    return [f"{each.group}{each.label}" if often[each.label] > 1 else each.label for each in fields]


def _columns(draft: Draft) -> tuple[str, tuple[TargetField, ...]]:
    """The head of the name, and the fields that have columns of their own."""
    target = draft.target
    fields = tuple(dict.fromkeys(field for _, field in draft.plan.mapping.taken))
    own = target.record_types[0]
    if target.mark != f"{own.table}.{own.headline}":
        return "名称", fields
    named = target.field(target.mark)
    rest = tuple(each for each in fields if each.key != target.mark)
    return (named.label if named else "名称"), rest
