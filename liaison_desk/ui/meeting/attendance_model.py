"""The people of a meeting, each with what they sat there as and whether they came."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from liaison_desk.domain.meeting import Attendance
from liaison_desk.domain.person import Person
from liaison_desk.ui.headed_model import HeadedModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.headed_model import Index
    from liaison_desk.ui.style import Tokens

COLUMNS = ("person", "capacity", "presence", "reason")
PRESENT = "出席"


class AttendanceModel(HeadedModel):
    """A tick list: a tick is 出席; everything else is an exception."""

    heads = ("姓名", "身份", "出席情况", "原因")
    edited = Signal()

    def __init__(self, desk: Desk, tokens: Tokens) -> None:
        super().__init__()
        self._desk = desk
        self._tokens = tokens
        self._rows: list[Attendance] = []
        self._people: dict[str, Person] = {}
        self._new: dict[str, Person] = {}
        self._faults: dict[str, str] = {}
        self._is_read_only = False

    # -- what stands in it ---------------------------------------------------------------------

    def set_records(self, records: Iterable[Attendance]) -> None:
        """Show who is in a meeting; guests not saved yet are forgotten."""
        self.beginResetModel()
        self._rows = list(records)
        self._new, self._faults = {}, {}
        self._read_people()
        self.endResetModel()

    def records(self) -> tuple[Attendance, ...]:
        """Who is in the meeting, in the order of the list."""
        return tuple(self._rows)

    def new_people(self) -> tuple[Person, ...]:
        """The guests first met in this meeting."""
        here = {row.person for row in self._rows}
        return tuple(each for each in self._new.values() if each.id in here)

    def answers(self) -> dict[str, list[dict[str, str]]]:
        """The list as texts, for a draft."""
        names = (*COLUMNS, "id")
        rows = [{name: str(getattr(row, name) or "") for name in names} for row in self._rows]
        return {"rows": rows, "guests": [{"id": e.id, "name": e.name} for e in self.new_people()]}

    def set_answers(self, answers: dict[str, list[dict[str, str]]]) -> None:
        """Put a draft back."""
        self.beginResetModel()
        known = {row.id: row for row in self._rows}
        self._new = {each["id"]: Person(**each) for each in answers["guests"]}
        self._rows = [
            dataclasses.replace(known.get(each["id"], Attendance()), **each)  # type: ignore[arg-type]
            for each in answers["rows"]
        ]
        self._faults = {}
        self._read_people()
        self.endResetModel()

    def person(self, row: int) -> Person | None:
        """Who stands in a row."""
        return self._people.get(self._rows[row].person or "")

    def row_of(self, person_id: str) -> int:
        """The row of a person, or -1."""
        found = (row for row, each in enumerate(self._rows) if each.person == person_id)
        return next(found, -1)

    def ids_by_name(self) -> dict[str, str]:
        """The people of the meeting by name; of namesakes the first."""
        named: dict[str, str] = {}
        for row in self._rows:
            person = self._people.get(row.person or "")
            if person is not None:
                named.setdefault(person.name, person.id)
        return named

    def counts(self) -> str:
        """How many are expected, present, on leave: 应到 14　出席 12　请假 2."""
        found = Counter("出席" if row.was_there else row.presence for row in self._rows)
        expected = len(self._rows) - found["列席"]
        words = [f"应到 {expected}", f"出席 {found['出席']}"]
        words += [f"{each} {found[each]}" for each in ("请假", "列席")]
        words += [f"缺席 {found['缺席']}"] if found["缺席"] else []
        late = [row.presence for row in self._rows]
        words += [f"{each} {late.count(each)}" for each in ("迟到", "早退") if each in late]
        return "　".join(words)

    # -- changing it ---------------------------------------------------------------------------

    def add(self, person: Person, capacity: str, *, is_new: bool = False) -> int:
        """Add somebody as present; return the row."""
        row = len(self._rows)
        self._people[person.id] = person
        if is_new:
            self._new[person.id] = person
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.append(Attendance(id=str(uuid4()), person=person.id, capacity=capacity))
        self.endInsertRows()
        self.edited.emit()
        return row

    def remove(self, row: int) -> None:
        """Take somebody off the list."""
        if self._is_read_only:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()
        self.edited.emit()

    def move(self, row: int, step: int) -> bool:
        """Move somebody up (-1) or down (1); False at an end."""
        other = row + step
        if self._is_read_only or not 0 <= other < len(self._rows):
            return False
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), other + (step > 0))
        self._rows.insert(other, self._rows.pop(row))
        self.endMoveRows()
        self.edited.emit()
        return True

    def set_presence(self, rows: Sequence[int], presence: str) -> None:
        """Note whether some people came."""
        for row in rows:
            self._change(row, presence=presence)

    def set_read_only(self, read_only: bool) -> None:
        """Let the list be read only."""
        self._is_read_only = read_only

    def mark(self, row: int, sentence: str) -> None:
        """Say what is wrong with a row."""
        self._faults[self._rows[row].id] = sentence
        self._announce(row)

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """The people."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """身份 and 原因 are written, the tick is clicked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._is_read_only:
            return flags
        name = COLUMNS[index.column()]
        if name == "person":
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if name in {"capacity", "reason"} else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts, the tick, and an exception in its colour."""
        if not index.isValid():
            return None
        row, name = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole and name == "reason" and row.id in self._faults:
            return self._faults[row.id]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, name)
        if role == Qt.ItemDataRole.CheckStateRole and name == "person":
            return Qt.CheckState.Checked if row.was_there else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            person = self._people.get(row.person or "")
            return self._faults.get(row.id) or (person.post if person else None)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a text, or a click on the tick: untick means 请假."""
        name = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and name == "person":
            ticked = Qt.CheckState(value) == Qt.CheckState.Checked
            self._change(index.row(), presence=PRESENT if ticked else "请假")
            return True
        if role != Qt.ItemDataRole.EditRole or name not in {"capacity", "reason"}:
            return False
        kind = Attendance.fields()[name]
        self._change(index.row(), **{name: kind.parse(str(value))})
        return True

    # -- inside --------------------------------------------------------------------------------

    def _read_people(self) -> None:
        """Read everyone on the list once."""
        ids = [row.person for row in self._rows if row.person and row.person not in self._new]
        self._people = {each.id: each for each in self._desk.many(Person, ids)} | self._new

    def _change(self, row: int, **values: str) -> None:
        """Change a row, and say so when it differs."""
        changed = dataclasses.replace(self._rows[row], **values)  # type: ignore[arg-type]
        if changed == self._rows[row] or self._is_read_only:
            return
        self._rows[row] = changed
        self._faults.pop(changed.id, None)
        self._announce(row)
        self.edited.emit()

    def _text(self, row: Attendance, name: str) -> str:
        """One cell as text."""
        if name == "person":
            person = self._people.get(row.person or "")
            return person.name if person else ""
        return str(getattr(row, name))

    def _colour(self, row: Attendance) -> QColor | None:
        """An exception stands out; a fault more so."""
        if row.id in self._faults:
            return QColor(self._tokens.late)
        return None if row.presence == PRESENT else QColor(self._tokens.soon)

    def _announce(self, row: int) -> None:
        """A row looks different now."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
