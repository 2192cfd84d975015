"""Saying what an import would do: pure, from a table, a mapping and what the desk knows."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.fields import Link, clean_line
from liaison_desk.domain.progress import no_progress
from liaison_desk.domain.short import short
from liaison_desk.services.importing import codes, people_rows, single_rows
from liaison_desk.services.importing.assembling import Context, RowRefused
from liaison_desk.services.importing.entries import Entry, read_entry
from liaison_desk.services.importing.fates import HEADER, Fates
from liaison_desk.services.importing.import_plan import (
    ImportPlan,
    Options,
    PlannedRow,
    RowState,
)
from liaison_desk.services.importing.ledger_rows import ledger_row
from liaison_desk.services.importing.repeated import Repeated
from liaison_desk.services.importing.row_kinds import ASIDE, GROUP, TOTAL, no_record_reason
from liaison_desk.services.importing.spoken_for import SpokenFor
from liaison_desk.services.importing.synonyms import is_serial
from liaison_desk.services.importing.table_hints import (
    first_year,
    has_two_digit_month,
)
from liaison_desk.services.importing.targets import MATTERS, MEETINGS, PEOPLE, ROSTER
from liaison_desk.services.importing.values import Reading
from liaison_desk.services.importing.workspace import Workspace
from liaison_desk.services.importing.written_dates import year_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Mapping as Dictionary

    from liaison_desk.domain.progress import Progress
    from liaison_desk.services.importing.assembling import Assembler, Outcome
    from liaison_desk.services.importing.import_plan import Stock
    from liaison_desk.services.importing.mapping import Mapping
    from liaison_desk.services.importing.sheet import Row
    from liaison_desk.services.importing.tables import Table
    from liaison_desk.services.importing.targets import Target

_STEP = 200
_COUNTED = re.compile(r"(\d+)\s*[人名位次件条项篇]")


def plan_import(
    table: Table,
    mapping: Mapping,
    stock: Stock,
    options: Options | None = None,
    decisions: Dictionary[int, str] | None = None,
    progress: Progress = no_progress,
    *,
    new_id: Callable[[], str] = lambda: str(uuid4()),
) -> ImportPlan:
    """Say what importing a table would do; nothing is changed.

    An empty cell never clears what is known, and a remark is put below the one that is there.
    Planning what has just been imported finds every row 不变.

    Args:
        table: as `Source.tables` gives it.
        mapping: as `propose_mapping` gives it, or as the clerk changed it.
        stock: as `take_stock` gives it.
        options: what the clerk has been asked.
        decisions: for rows 待核对, by row number: the id of a candidate, or `ANOTHER`.
        progress: called every 200 rows; it may raise `Cancelled`.
        new_id: makes the ids of new records.
    """
    planner = _Planner(table, mapping, stock, options or Options(), dict(decisions or {}), new_id)
    return planner.plan(progress)


class _Planner:
    """Reads the rows of a table one by one into a workspace."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        stock: Stock,
        options: Options,
        decisions: dict[int, str],
        new_id: Callable[[], str],
    ) -> None:
        self._table = table
        self._mapping = mapping
        self._stock = stock
        self._target = mapping.target
        title = f"{table.title} {table.sheet.name} {table.source}"
        self._offered_term = codes.term(f"{table.title} {table.sheet.name}")
        self._year = year_in(title) or first_year(table) or stock.today.year
        self._context = Context(
            work=Workspace(stock, new_id),
            options=options,
            term=(self._offered_term if options.term is None else options.term).strip(),
            year=self._year,
            today=stock.today,
            township=stock.township,
            title=title,
            decisions=decisions,
        )
        self._assemble = _assembler(self._target)
        self._rows: list[PlannedRow] = []
        self._repeated = Repeated(table)
        self._serials = {
            each.column.position
            for each in mapping.columns
            if not each.field and is_serial(each.column.heading)
        }
        self._fates = Fates(table, mapping)
        self._spoken_for = SpokenFor(table, mapping)

    def plan(self, progress: Progress) -> ImportPlan:
        """The whole plan."""
        table, blocked, fates = self._table, self._blocked(), self._fates
        fates.leave_out(table.above, "表头上方的标题")
        fates.leave_out(table.header, HEADER)
        fates.leave_out(table.others, "属于这张工作表上的另一个表，请单独导入")
        two_digits = has_two_digit_month(table, self._spoken_for.taken)
        reading = Reading(self._year, self._stock.today.year, two_digits)
        for done, row in enumerate(table.rows):
            if done % _STEP == 0:
                progress(done, len(table.rows))
            is_head = self._spoken_for.heads(row)
            reason = GROUP if is_head else self._no_record(row)
            if reason:
                fates.leave_out([row], reason)
                if reason in {GROUP, ASIDE} and not is_head:
                    self._spoken_for.group = None  # something else begins, nobody knows what
            else:
                self._read(row, reading, blocked)
        fates.list_lost()
        return self._made(blocked)

    def _blocked(self) -> str:
        """Why nothing can be imported yet, or ""."""
        missing = self._mapping.missing
        if missing:
            said = "、".join(f"“{each.label}”" for each in missing)
            return f"还没有指定哪一列是{said}，请先选好。"
        if self._target.needs_term and not self._context.term and not self._has_term():
            return "还不知道是哪一届，请填写届次，例如 第十二届。"
        return ""

    def _has_term(self) -> bool:
        """Whether a column says the term of each row."""
        return any(field.key == "membership.term" for _, field in self._mapping.taken)

    def _no_record(self, row: Row) -> str:
        """Why a row is not meant to be a record, or ""."""
        reason = self._repeated.reason(row) or no_record_reason(row, len(self._table.columns))
        if reason and not (reason in {GROUP, ASIDE} and self._spoken_for.continues(row)):
            return reason
        filled = [at for at, cell in enumerate(row.cells) if cell.strip()]
        if all(at in self._serials for at in filled):
            return "只有序号，没有内容"
        taken = self._spoken_for.taken
        return "" if any(at in taken for at in filled) else "这一行只有不导入的列有内容"

    # -- one row ------------------------------------------------------------------------------

    def _read(self, row: Row, reading: Reading, blocked: str) -> None:
        """Read one row into records; if it cannot be one, nothing stays of it but its reason."""
        entry = read_entry(row, tuple(self._spoken_for.cells(row)), reading)
        group = self._spoken_for.group
        if group is not None:
            entry.notes.append(f"{group.field.label}按{group.where}登记为{group.text}")
        if row.number in self._table.sheet.hidden_rows:
            entry.notes.append("这一行在文件里是隐藏的，请核对要不要导入")
        work = self._context.work
        work.begin(row.number)
        try:
            if blocked:
                raise RowRefused(blocked)
            outcome = self._assemble(entry, self._context)
            problems = work.problems() if outcome.record is not None else []
            if problems:
                raise RowRefused("；".join(problems))
        except RowRefused as refusal:
            work.roll_back()
            cells = () if blocked else (each.reason for each in entry.problems)
            self._refuse(entry, "；".join(dict.fromkeys((str(refusal), *cells))))
            return
        if outcome.record is None:
            work.roll_back()
            self._ask(entry, outcome)
            return
        self._keep(entry, outcome)

    def _keep(self, entry: Entry, outcome: Outcome) -> None:
        """Note a row that is imported."""
        work = self._context.work
        record = outcome.record
        assert record is not None
        changes, made = work.row_changes(), work.row_made()
        state = RowState.UPDATED if changes or made else RowState.SAME
        if work.is_made_by_row(record.id):
            state = RowState.NEW
        self._rows.append(
            PlannedRow(
                entry.number,
                state,
                work.caption(record.table, record.id),
                self._shown(entry),
                changes if state is not RowState.NEW else (),
                made,
                tuple(dict.fromkeys(entry.notes)),
            )
        )
        self._fates.keep(entry)

    def _ask(self, entry: Entry, outcome: Outcome) -> None:
        """Note a row of which the clerk has to say who or what it is."""
        caption = clean_line(entry.text(self._target.mark))
        reason = f"资料里有同名的“{short(caption, 30)}”，要先核对是不是同一个，才能导入"
        self._rows.append(
            PlannedRow(
                entry.number,
                RowState.ASK,
                caption,
                self._shown(entry),
                notes=tuple(dict.fromkeys(entry.notes)),
                candidates=outcome.candidates,
            )
        )
        self._fates.list_row(entry, reason)

    def _refuse(self, entry: Entry, reason: str) -> None:
        """Note a row that cannot be a record."""
        letters = {
            column.letter for column, field in self._mapping.taken if field.key == self._target.mark
        }
        reason = self._fates.with_lost(reason, entry.number, letters)
        caption = clean_line(
            next((cell.text for cell in entry.cells if cell.field.key == self._target.mark), "")
        )
        row = PlannedRow(
            entry.number, RowState.BAD, caption[:60], self._shown(entry), notes=(reason,)
        )
        self._rows.append(row)
        self._fates.list_row(entry, reason)

    def _shown(self, entry: Entry) -> dict[str, str]:
        """What a row says, as the clerk reads it: what is kept of it, or else what stands there."""
        work, found = self._context.work, {}
        for cell in entry.cells:
            value, kind = entry.values.get(cell.field.key), cell.field.kind
            if value is None:
                continue
            if isinstance(kind, Link):  # one made for a row that was given up is gone again
                told = work.caption(kind.to, str(value)) or clean_line(cell.text)
            else:
                told = kind.format(value)
            found[cell.field.key] = told
        return found

    # -- the whole ------------------------------------------------------------------------------

    def _made(self, blocked: str) -> ImportPlan:
        """The plan, when every row is read."""
        problems = sorted(self._fates.problems, key=lambda each: each.row)
        saves = tuple(self._context.work.changed())
        return ImportPlan(
            table=self._table,
            mapping=self._mapping,
            rows=tuple(self._rows),
            problems=tuple(problems),
            left_out=(*self._fates.left_out, *self._fates.columns_left_out()),
            tell_cells=self._fates.all_cells,
            notes=tuple(self._notes()),
            term=self._context.term if self._target.needs_term else "",
            offered_term=self._offered_term,
            blocked=blocked,
            saves=saves,
            new_ids=frozenset(each.id for each in saves if self._is_new(each.id)),
            filled_in=self._spoken_for.filled_in,
            stamp=self._stock.stamp,
            options=self._context.options,
            decisions=self._context.decisions,
        )

    def _notes(self) -> Iterable[str]:
        """Sentences about the table as a whole."""
        stated = {
            int(number)
            for each in self._fates.left_out
            if each.reason == TOTAL
            for number in _stated(each.text)
        }
        if stated and len(self._rows) not in stated:
            said = "、".join(str(each) for each in sorted(stated))
            yield f"合计行写的是{said}，实际读到{len(self._rows)}行，请核对。"
        own = dict.fromkeys(row.values.get("membership.sector", "") for row in self._rows)
        unknown = [each for each in own if each and each not in set(codes.sectors().values())]
        if unknown:
            yield f"界别“{'”“'.join(unknown[:20])}”不在全国界别表里，按原文导入。"
        hidden = [
            column.letter
            for column, _ in self._mapping.taken
            if column.position in self._table.sheet.hidden_columns and column.filled
        ]
        if hidden:
            yield f"{'、'.join(hidden)}列在文件里是隐藏的，也会导入；不要的请改成不导入。"
        made = Counter(
            record.title for record in self._context.work.changed() if self._is_new(record.id)
        )
        if len(made) > 1:
            said = "、".join(f"{title}{count}条" for title, count in made.items())
            yield f"将新增：{said}。"

    def _is_new(self, record_id: str) -> bool:
        """Whether the import makes a record."""
        return not self._context.work.is_known(record_id)


def _stated(total: str) -> list[str]:
    """How many there are, as a line of totals says; a bare number only if it has no other."""
    alone = re.fullmatch(r"\D*(\d+)\D*", total)
    return _COUNTED.findall(total) or ([alone[1]] if alone else [])


def _assembler(target: Target) -> Assembler:
    """What makes the records of a row."""
    special: dict[str, Assembler] = {
        ROSTER: people_rows.member_row,
        PEOPLE: people_rows.person_row,
        MEETINGS: ledger_row,
        MATTERS: single_rows.matter_row,
    }
    return special.get(target.key) or partial(single_rows.single_row, target.record_types[0])
