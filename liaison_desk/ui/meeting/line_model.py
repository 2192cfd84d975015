"""The lines of one list of a meeting, as texts, until they are saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from liaison_desk.domain.errors import Problem
from liaison_desk.domain.fields import Choice, Field, Link, WrongText
from liaison_desk.domain.record import with_values
from liaison_desk.services.parts import PartNotValid
from liaison_desk.ui.meeting.line_undo import LineUndo
from liaison_desk.ui.meeting.name_line import meant_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.headed_model import Index
    from liaison_desk.ui.line_names import LineNames
    from liaison_desk.ui.style import Tokens

FAULT_LABEL = "要改的地方"


@dataclass
class Line:
    """One line: the record it was, the texts of its cells now, and what is wrong with them."""

    record: Record
    texts: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


class LineModel(QAbstractTableModel):
    """Lines with an empty one at the end, to be written into.

    The last column says, in words, what is wrong with a line.
    """

    edited = Signal()

    def __init__(
        self, record_type: type[Record], columns: Sequence[str], names: LineNames, tokens: Tokens
    ) -> None:
        super().__init__()
        self.record_type = record_type
        self.columns = tuple(columns)
        self.kinds: dict[str, Field] = {name: record_type.fields()[name] for name in columns}
        self.names = names
        self._tokens = tokens
        self._lines: list[Line] = []
        self._is_read_only = False
        self._steps = LineUndo()

    # -- what stands in it ---------------------------------------------------------------------

    def set_records(self, records: Iterable[Record]) -> None:
        """Show saved lines."""
        self._steps.forget()
        self.beginResetModel()
        self._lines = [self._line(record) for record in records]
        self._add_blank()
        self.endResetModel()

    def records(self) -> list[Record]:
        """The records that the lines come to; empty lines are left out.

        Raises:
            PartNotValid: a text cannot be read; the line is marked.
        """
        return [self._record(row) for row in self.written_rows()]

    def answers(self) -> list[dict[str, str]]:
        """The texts of the lines, for a draft."""
        lines = (self._lines[row] for row in self.written_rows())
        return [{"id": line.record.id, **line.texts} for line in lines]

    def set_answers(self, answers: Sequence[dict[str, str]]) -> None:
        """Put a draft's lines back."""
        self._steps.forget()
        known = {line.record.id: line for line in self._lines}
        self.beginResetModel()
        self._lines = []
        for each in answers:
            old = known.get(each["id"])
            record = old.record if old else self.record_type(id=each["id"])
            texts = {name: each.get(name, "") for name in self.columns}
            self._lines.append(Line(record, texts, old.was if old else {}))
        self._add_blank()
        self.endResetModel()

    def written_rows(self) -> list[int]:
        """The rows in which something stands."""
        return [row for row in range(len(self._lines)) if not self.is_blank(row)]

    def is_blank(self, row: int) -> bool:
        """Whether nothing has been written into a line but what it begins with."""
        line = self._lines[row]
        return all(text in {"", self._default(name)} for name, text in line.texts.items())

    def set_read_only(self, read_only: bool) -> None:
        """Let the lines be read only."""
        if read_only == self._is_read_only:
            return
        self.beginResetModel()
        self._is_read_only = read_only
        self._lines = [self._lines[row] for row in self.written_rows()]
        self._add_blank()
        self.endResetModel()

    def offers(self, kind: Field) -> list[str]:
        """What a cell can choose from: names, the words the office edits, or those shipped."""
        if isinstance(kind, Link):
            return self.names.offers(kind.to)
        words = self.names.words(kind.words) if kind.words else []
        return words or (list(kind.options) if isinstance(kind, Choice) else [])

    # -- changing it ---------------------------------------------------------------------------

    def type_text(self, index: Index, text: str) -> None:
        """Take what is being typed into a cell, as it is."""
        line, name = self._lines[index.row()], self.columns[index.column()]
        if line.texts[name] == text:
            return
        self._steps.note(self._lines, (index.row(), index.column()))
        if self.is_blank(index.row()):
            line.texts |= {each: self._default(each) for each in self.columns if each != name}
        line.texts[name] = text
        line.faults.pop(name, None)
        line.faults.pop("", None)
        self._announce(index.row())
        if index.row() == len(self._lines) - 1 and not self.is_blank(index.row()):
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines))
            self._add_blank()
            self.endInsertRows()
        self.edited.emit()

    def tidy(self, index: Index) -> None:
        """Show a cell as it was understood, 0308 as a date; mark it when it cannot be read."""
        line, name = self._lines[index.row()], self.columns[index.column()]
        try:
            text = self._tidied(name, line.texts[name])
        except WrongText as error:
            line.faults[name] = str(error)
            self._announce(index.row())
            return
        self.type_text(index, text)

    def paste(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> int:
        """Write a block of cells from one on, with lines added below as they are needed.

        Each cell is read as if typed; one that cannot be read stays as it is, marked with the
        reason, and cells to the right of the last column are told at the end of their line. A row
        of the columns' own labels is passed over, and so are empty rows.

        Returns:
            How many lines were written.
        """
        rows = [each for each in cells if any(cell.strip() for cell in each)]
        labels = [self.kinds[name].label for name in self.columns[column:]]
        if rows and [cell.strip() for cell in rows[0]] == labels[: len(rows[0])]:
            rows = rows[1:]
        if not rows or self._is_read_only:
            return 0
        self._steps.note(self._lines)
        self.beginResetModel()
        for place, texts in enumerate(rows, row):
            if place >= len(self._lines):
                self._add_blank()
            self._paste_line(place, column, texts)
        if not self.is_blank(len(self._lines) - 1):
            self._add_blank()
        self.endResetModel()
        self.edited.emit()
        return len(rows)

    def can_undo(self) -> bool:
        """Whether a step in these lines can be taken back."""
        return not self._is_read_only and self._steps.can_undo()

    def can_redo(self) -> bool:
        """Whether a step taken back can be taken again."""
        return not self._is_read_only and self._steps.can_redo()

    def undo(self) -> None:
        """Take the last step back."""
        self._become(self._steps.undo(self._lines))

    def redo(self) -> None:
        """Take it again."""
        self._become(self._steps.redo(self._lines))

    def remove(self, row: int) -> None:
        """Take a line out."""
        if row >= len(self._lines) - 1 or self._is_read_only:
            return
        self._steps.note(self._lines)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        self.endRemoveRows()
        self.edited.emit()

    def move(self, row: int, step: int) -> bool:
        """Move a line up (-1) or down (1); False at an end."""
        last = len(self._lines) - 2
        other = row + step
        if self._is_read_only or not (0 <= row <= last and 0 <= other <= last):
            return False
        self._steps.note(self._lines)
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), other + (step > 0))
        self._lines.insert(other, self._lines.pop(row))
        self.endMoveRows()
        self.edited.emit()
        return True

    def mark(self, line_number: int, problems: Iterable[Problem]) -> int:
        """Say what is wrong with the n-th written line; return its row."""
        row = self.written_rows()[line_number]
        self._lines[row].faults = {problem.field: problem.sentence for problem in problems}
        self._announce(row)
        return row

    def first_fault(self, row: int) -> int:
        """The column of the first wrong cell of a row."""
        wrong = [place for place, name in enumerate(self.columns) if self.fault(row, name)]
        return wrong[0] if wrong else 0

    def fault(self, row: int, name: str) -> str:
        """What is wrong with a cell, or ""."""
        return self._lines[row].faults.get(name, "")

    def has_faults(self) -> bool:
        """Whether any line is marked."""
        return any(line.faults for line in self._lines)

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """The lines and the empty one."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """The cells, and what is wrong."""
        return 0 if parent.isValid() else len(self.columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The labels of the fields; the numbers of the lines."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return "＋" if self._is_empty_end(section) else str(section + 1)
        if section == len(self.columns):
            return FAULT_LABEL
        return self.kinds[self.columns[section]].label

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A cell can be written into unless the lines are for reading only."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._is_read_only or index.column() >= len(self.columns):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts; a wrong cell in the colour of a fault."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        if column == len(self.columns):
            return "；".join(self._lines[row].faults.values())
        if role == Qt.ItemDataRole.DisplayRole and column == 0 and self._is_empty_end(row):
            return "写下一条" if row else f"在这里写{self.record_type.title}"
        return self._lines[row].texts[self.columns[column]]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a finished text."""
        if role != Qt.ItemDataRole.EditRole or index.column() >= len(self.columns):
            return False
        self.type_text(index, str(value))
        self.tidy(index)
        return True

    # -- inside --------------------------------------------------------------------------------

    def _line(self, record: Record) -> Line:
        """The line of a saved record."""
        texts = {name: self._shown(name, getattr(record, name)) for name in self.columns}
        return Line(record, texts, dict(texts))

    def _add_blank(self) -> None:
        """An empty line at the end."""
        if not self._is_read_only:
            record = self.record_type(id=str(uuid4()))
            self._lines.append(Line(record, dict.fromkeys(self.columns, "")))

    def _become(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()
        self.edited.emit()

    def _paste_line(self, row: int, column: int, texts: Sequence[str]) -> None:
        """Write some cells of one line."""
        line = self._lines[row]
        if self.is_blank(row):
            line.texts |= {name: self._default(name) for name in self.columns}
        line.faults.pop("", None)
        for name, text in zip(self.columns[column:], texts, strict=False):
            line.faults.pop(name, None)
            line.texts[name] = text.strip()
            try:
                line.texts[name] = self._tidied(name, line.texts[name])
            except WrongText as error:
                line.faults[name] = str(error)
        rest = [text.strip() for text in texts[len(self.columns) - column :] if text.strip()]
        if rest:
            line.faults[""] = f"右边没有这么多栏，没贴进来的是“{'、'.join(rest)}”"

    def _record(self, row: int) -> Record:
        """The record one line comes to."""
        line, values, problems = self._lines[row], {}, []
        for name, text in line.texts.items():
            if line.was.get(name) == text:
                continue
            try:
                values[name] = self._parsed(name, text)
            except WrongText as error:
                problems.append(Problem(name, str(error)))
        if problems:
            number = self.written_rows().index(row)
            raise PartNotValid(self.record_type, number, problems)
        return with_values(line.record, values)

    def _parsed(self, name: str, text: str) -> object:
        """The value of a text."""
        kind = self.kinds[name]
        if isinstance(kind, Link):
            return self.names.find(kind.to, text.strip())
        return kind.parse(text)

    def _tidied(self, name: str, text: str) -> str:
        """A text as it was understood."""
        kind = self.kinds[name]
        if not isinstance(kind, Link):
            value = kind.parse(self._meant(kind, text.strip()) or text)
            problem = None if kind.is_empty(value) else kind.problem(value)
            if problem:
                raise WrongText(problem)
            return kind.format(value)
        full = self.names.full(kind.to, text.strip())
        if kind.to == "person":
            self.names.find(kind.to, full)
        return full

    def _meant(self, kind: Field, typed: str) -> str | None:
        """The word that a part of one means; in a closed list its beginning is enough."""
        words = self.offers(kind)
        begun = [each for each in words if typed and each.startswith(typed)]
        is_closed = isinstance(kind, Choice) and not kind.open_list
        return begun[0] if is_closed and len(begun) == 1 else meant_name(typed, words)

    def _shown(self, name: str, value: object) -> str:
        """A value as text."""
        kind = self.kinds[name]
        if isinstance(kind, Link):
            return self.names.caption(kind.to, str(value) if value else None)
        return kind.format(value)

    def _default(self, name: str) -> str:
        """What a cell of a line begins with."""
        kind = self.kinds[name]
        return kind.default if isinstance(kind, Choice) else ""

    def _is_empty_end(self, row: int) -> bool:
        """Whether this is the empty line at the end."""
        is_end = row == len(self._lines) - 1 and not self._is_read_only
        return is_end and self.is_blank(row)

    def _colour(self, row: int, column: int) -> QColor | None:
        """The colour of a cell's text, where it is not the usual one."""
        if column == len(self.columns) or self.fault(row, self.columns[column]):
            return QColor(self._tokens.late)
        return QColor(self._tokens.muted) if self._is_empty_end(row) else None

    def _announce(self, row: int) -> None:
        """A line looks different now."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns)))
