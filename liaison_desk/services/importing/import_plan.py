"""What an import would do, as data for the preview; nothing here touches a file or a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable
    from collections.abc import Mapping as Dictionary

    from liaison_desk.domain.record import Record
    from liaison_desk.services.importing.mapping import Mapping
    from liaison_desk.services.importing.sheet import Row
    from liaison_desk.services.importing.tables import SourceColumn, Table

ANOTHER = "another"
"""The decision that a row is nobody of its candidates."""


class RowState(StrEnum):
    """What importing a row comes to."""

    NEW = "新增"
    UPDATED = "更新"
    SAME = "不变"
    ASK = "待核对"
    BAD = "不导入"


@dataclass(frozen=True)
class FieldChange:
    """One field that an update would change, as the clerk reads it.

    `is_personal` values are to be masked where the window masks such numbers.
    """

    label: str
    before: str
    after: str
    is_personal: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Something of the source that is not imported.

    Attributes:
        row: its number beside the row.
        text: what stands there; a row's cells are divided by spaces.
        reason: why, in the clerk's words.
        place: like E5 when it is one cell, "" when it is the whole row.
        is_personal: whether `text` is to be masked where the window masks such numbers.
    """

    row: int
    text: str
    reason: str
    place: str = ""
    is_personal: bool = False


@dataclass(frozen=True)
class Stock:
    """What the desk has when a plan is made; `take_stock` reads it.

    Attributes:
        records: every record of the desk's own that a row could mean, by type.
        stamp: of the last deed; a plan is good only until the next one.
        today: the date on this PC.
        office: id of the desk's office.
        township: its name, with which agencies' names may begin.
    """

    records: Dictionary[type[Record], tuple[Record, ...]] = field(default_factory=dict)
    stamp: str = ""
    today: date = field(default_factory=date.today)
    office: str = ""
    township: str = ""


@dataclass(frozen=True)
class Options:
    """What the clerk is asked beside the mapping.

    Attributes:
        term: the term (届次) members are seated in; None for the one that the title names.
        level: of their seats.
    """

    term: str | None = None
    level: str = "县"


@dataclass(frozen=True)
class Candidate:
    """A record that a row may mean.

    Attributes:
        id: what to give as the decision.
        caption: its name.
        about: what tells it from others: post, birth, the end of its telephone number.
        changes: field by field what taking the row for it would change.
    """

    id: str
    caption: str
    about: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class PlannedRow:
    """One row of the source that is to become records.

    Attributes:
        number: the one the clerk sees beside it in the file, from 1.
        state: what importing it comes to.
        caption: the name of what it becomes.
        values: what will be kept, as the clerk reads it, by field key.
        changes: field by field what it changes of records that are known.
        made: the titles and captions of the records it makes: 议题 小区停车难.
        notes: what the clerk should look at, in sentences.
        candidates: whom it may mean; filled while the state is 待核对 and after a decision.
    """

    number: int
    state: RowState
    caption: str
    values: Dictionary[str, str] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    made: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


class Fate(StrEnum):
    """What became of a cell of the source."""

    TAKEN = "已导入"
    LISTED = "没有导入"


@dataclass(frozen=True)
class CellFate:
    """One cell with something in it, and what becomes of it.

    Attributes:
        place: like E5.
        text: what stands there.
        fate: whether it is taken.
        told: the field it goes into, or why it is not taken.
    """

    place: str
    text: str
    fate: Fate
    told: str


@dataclass(frozen=True)
class ImportPlan:
    """Everything the preview shows, and what `apply_import` does.

    Attributes:
        table: the source.
        mapping: which column went into which field.
        rows: those that are records, in the order of the source, undecided ones too.
        problems: rows and cells that should have been imported and cannot be, each with a reason.
        left_out: rows that are no records (titles, totals, signatures, repeated headings) and
            columns that are not imported.
        tell_cells: tells of every filled cell of the sheet; see `cells`.
        notes: sentences about the whole.
        term: the term the members are seated in; "" when nobody has said and it is not needed.
        offered_term: the term that the title names, or "".
        blocked: why nothing can be imported yet, in a sentence, or "".
        saves: the records as they would be saved, in order.
        filled_in: the text of empty cells that a joined cell above speaks for, by row and column.
        new_ids: ids of those among them that the import makes.
        stamp: of the desk's last deed when the plan was made.
        options, decisions: what it was made with.
    """

    table: Table
    mapping: Mapping
    rows: tuple[PlannedRow, ...]
    problems: tuple[LeftOut, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    tell_cells: Callable[[], Iterable[CellFate]] = tuple
    notes: tuple[str, ...] = ()
    term: str = ""
    offered_term: str = ""
    blocked: str = ""
    saves: tuple[Record, ...] = ()
    new_ids: frozenset[str] = frozenset()
    filled_in: Dictionary[tuple[int, int], str] = field(default_factory=dict)
    stamp: str = ""
    options: Options = field(default_factory=Options)
    decisions: Dictionary[int, str] = field(default_factory=dict)

    @property
    def cells(self) -> tuple[CellFate, ...]:
        """Every filled cell of the sheet and what becomes of it; made when it is asked for."""
        return tuple(self.tell_cells())

    def count(self, state: RowState) -> int:
        """How many rows are of a state."""
        return sum(row.state is state for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether importing would change nothing."""
        return not self.saves

    @property
    def summary(self) -> str:
        """The plan in one sentence or two."""
        counts = [
            f"{state}{self.count(state)}行"
            for state in RowState
            if self.count(state) or state in {RowState.NEW, RowState.UPDATED, RowState.SAME}
        ]
        said = f"共{len(self.rows)}行：{'、'.join(counts)}。"
        if self.problems:
            said += f"有{len(self.problems)}处没有导入，请看下面的原因。"
        if self.count(RowState.ASK):
            said += "待核对的行请选“是同一个”或“是另一个”，没有选的这次不导入。"
        if self.saves:
            return said
        agrees = not self.problems and self.count(RowState.SAME)
        return said + (
            "资料已经和表里一致，不用导入。" if agrees else "现在没有可以导入的，资料没有改动。"
        )

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the source, for a workbook of bad rows."""
        return tuple(each.heading for each in self.kept_columns)

    @property
    def bad_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows that were not imported whole: their cells, and last the reason."""
        reasons: dict[int, list[str]] = {}
        for each in self.problems:
            told = f"{each.place}：{each.reason}" if each.place else each.reason
            reasons.setdefault(each.row, []).append(told)
        return tuple(
            (*self._cells_of(row), "；".join(reasons[row.number]))
            for row in self.table.rows
            if row.number in reasons
        )

    def _cells_of(self, row: Row) -> tuple[str, ...]:
        """The cells of a row, one for each column."""
        places = [each.position for each in self.kept_columns]
        cells = dict(enumerate(row.cells))
        return tuple(self.filled_in.get((row.number, at), str(cells.get(at, ""))) for at in places)

    @property
    def kept_columns(self) -> tuple[SourceColumn, ...]:
        """The columns that a workbook of bad rows has: all but that of former reasons."""
        return self.table.kept_columns


@dataclass(frozen=True)
class ImportResult:
    """What an import did.

    Attributes:
        title: of the target.
        rows: how many rows were new, changed and as they were.
        made: how many records were made, by their title: 议题 8.
        left: how many rows or cells stayed out.
    """

    title: str
    rows: Counter[RowState]
    made: Dictionary[str, int]
    left: int = 0

    @property
    def summary(self) -> str:
        """What was done, in one sentence."""
        new, updated = self.rows[RowState.NEW], self.rows[RowState.UPDATED]
        if not new and not updated:
            return f"{self.rows[RowState.SAME]}行都和资料一致，没有改动。"
        made = "、".join(f"{title}{count}条" for title, count in self.made.items())
        said = f"{self.title}已导入：新增{new}行、更新{updated}行"
        return f"{said}{f'（{made}）' if made else ''}。按“撤销”可整批退回。"
