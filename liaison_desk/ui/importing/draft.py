"""What the clerk has chosen of an import so far, and the plan that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import (
    ImportPlan,
    ImportResult,
    Options,
    RowState,
    Source,
    Stock,
    Table,
    Target,
    apply_import,
    likely_target,
    open_source,
    paste_source,
    plan_import,
    propose_mapping,
    take_stock,
    target_of,
    targets,
    with_header,
)

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from liaison_desk.domain.progress import Progress
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing import Candidate, PlannedRow
    from liaison_desk.services.importing import Mapping as ColumnMapping

TICKED = frozenset({RowState.NEW, RowState.UPDATED})
"""The states of rows that importing does something with; only these have a tick."""


@dataclass(frozen=True)
class Draft:
    """One state of the choices; each `with_...` plans anew and may run on a worker.

    Attributes:
        source: what was read.
        tables: every table of it.
        place: which of them is chosen.
        table: that one, with the headings the clerk pointed out.
        stock: what the desk has; taken once for each target.
        plan: what importing would do.
        wanted: the target of the page the clerk came from.
        candidates: whom each row could mean that was ever 待核对, by row number.
        unticked: numbers of rows the clerk does not want.
        is_touched: whether the clerk has chosen anything that closing would lose.
        path: of the file, or None when it was pasted.
        finished: places of the tables that have been imported already.
    """

    source: Source
    tables: tuple[Table, ...]
    place: int
    table: Table
    stock: Stock
    plan: ImportPlan
    wanted: Target | None = None
    candidates: Dictionary[int, tuple[Candidate, ...]] = field(default_factory=dict)
    unticked: frozenset[int] = frozenset()
    is_touched: bool = False
    path: Path | None = None
    finished: frozenset[int] = frozenset()

    @property
    def target(self) -> Target:
        """What the table is imported as."""
        return self.plan.mapping.target

    @property
    def is_about_people(self) -> bool:
        """Whether a row is a person; else it is 一个 rather than 一人."""
        return self.target.record_types[0] is Person

    @property
    def changing(self) -> int:
        """How many rows importing now would add or change."""
        return sum(each.state in TICKED and self.is_ticked(each.number) for each in self.plan.rows)

    @property
    def is_importable(self) -> bool:
        """Whether importing would do something."""
        return not self.plan.blocked and bool(self.plan.saves) and self.changing > 0

    @property
    def next_place(self) -> int | None:
        """Which table of the source comes after this one, when it has been imported."""
        count = len(self.tables)
        places = ((self.place + step) % count for step in range(1, count))
        return next((each for each in places if self.is_to_come(each)), None)

    def is_to_come(self, place: int) -> bool:
        """Whether a table has rows that nobody has imported and the file does not hide."""
        table = self.tables[place]
        is_done = place == self.place or place in self.finished
        return not is_done and bool(table.rows) and not table.sheet.is_hidden

    def is_ticked(self, number: int) -> bool:
        """Whether the clerk wants a row."""
        return number not in self.unticked

    def with_table(self, desk: Desk, place: int, progress: Progress) -> Draft:
        """Another table of the source; what was chosen of the one before is no good for it."""
        table = self.tables[place]
        target = _target_for(table, self.wanted, desk)
        return self._begun(desk, place, table, target, progress)

    def after_import(self, desk: Desk, progress: Progress) -> Draft:
        """The next table of the source, on what the desk has since this one was imported."""
        place = self.next_place
        assert place is not None
        stock, finished = take_stock(desk, self.target), self.finished | {self.place}
        begun = replace(self, stock=stock, finished=finished).with_table(desk, place, progress)
        if begun.target.key == self.target.key and not begun.plan.term:
            begun = begun.with_options(self.plan.options, progress)
        return replace(begun, is_touched=False)

    def with_header(self, desk: Desk, first: int, last: int, progress: Progress) -> Draft:
        """The same table with its headings in other rows."""
        table = with_header(self.tables[self.place], first, last)
        return self._begun(desk, self.place, table, self.target, progress)

    def with_target(self, desk: Desk, target: Target, progress: Progress) -> Draft:
        """The same table as records of another kind."""
        return self._begun(desk, self.place, self.table, target, progress)

    def with_field(self, position: int, key: str, progress: Progress) -> Draft:
        """A column put into another field, or "" for 不导入."""
        return self._planned(progress, mapping=self.plan.mapping.with_field(position, key))

    def with_options(self, options: Options, progress: Progress) -> Draft:
        """Another term, or another level."""
        return self._planned(progress, options=options)

    def with_decision(self, number: int, decision: str, progress: Progress) -> Draft:
        """A row is one of its candidates, another one, or "" while that is open again."""
        decisions = {k: v for k, v in self.plan.decisions.items() if k != number}
        if decision:
            decisions[number] = decision
        return self._planned(progress, decisions=decisions)

    def with_ticks(self, numbers: frozenset[int], *, ticked: bool) -> Draft:
        """Some rows wanted, or not; nothing has to be planned before importing."""
        unticked = self.unticked - numbers if ticked else self.unticked | numbers
        return replace(self, unticked=unticked, is_touched=True)

    def planned_anew(self, desk: Desk, progress: Progress) -> Draft:
        """The same choices on what the desk has now."""
        return self._planned(progress, stock=take_stock(desk, self.target))

    def imported(self, desk: Desk, progress: Progress) -> tuple[ImportResult, ImportPlan]:
        """Do it, without the rows that are not wanted.

        Raises:
            PlanOutdated: something was changed since the plan was made.
            Cancelled: raised by `progress`; nothing stays.
            DeskError: it cannot be written; nothing stays.
        """
        plan = self._wanted_plan(progress)
        return apply_import(desk, plan, progress), plan

    def _wanted_plan(self, progress: Progress) -> ImportPlan:
        """The plan of the rows that are ticked."""
        if not self.unticked:
            return self.plan
        rows = tuple(row for row in self.table.rows if self.is_ticked(row.number))
        table = replace(self.table, rows=rows)
        plan = self.plan
        return plan_import(table, plan.mapping, self.stock, plan.options, plan.decisions, progress)

    def _begun(
        self, desk: Desk, place: int, table: Table, target: Target, progress: Progress
    ) -> Draft:
        """A table from the start: columns as proposed, nothing decided."""
        same = target.key == self.target.key
        stock = self.stock if same else take_stock(desk, target)
        mapping = propose_mapping(table, target, desk)
        plan = plan_import(table, mapping, stock, Options(), {}, progress)
        begun = replace(
            self, place=place, table=table, stock=stock, plan=plan, unticked=frozenset()
        )
        return replace(begun, candidates=_candidates(plan, {}), is_touched=True)

    def _planned(
        self,
        progress: Progress,
        *,
        mapping: ColumnMapping | None = None,
        options: Options | None = None,
        decisions: Dictionary[int, str] | None = None,
        stock: Stock | None = None,
    ) -> Draft:
        """Plan again with one thing changed."""
        stock = stock or self.stock
        plan = plan_import(
            self.table,
            mapping or self.plan.mapping,
            stock,
            options or self.plan.options,
            self.plan.decisions if decisions is None else decisions,
            progress,
        )
        candidates = _candidates(plan, self.candidates)
        return replace(self, stock=stock, plan=plan, candidates=candidates, is_touched=True)


def read_draft(
    desk: Desk, what: Path | str, record_type: type[Record] | None, progress: Progress
) -> Draft:
    """Read a file, or text that was pasted, and plan its import as it is proposed.

    Args:
        desk: where it would be imported.
        what: the path of the file, or the text.
        record_type: of the page the clerk came from, or None.
        progress: called with rows.

    Raises:
        SourceUnreadable: with a sentence for the clerk.
        Cancelled: raised by `progress`.
    """
    path = what if isinstance(what, Path) else None
    source = open_source(path, progress) if path else paste_source(str(what))
    tables, likely = source.tables, source.likely
    place = next(n for n, each in enumerate(tables) if _is_same(each, likely))
    table = tables[place]
    wanted = target_for(record_type)
    target = _target_for(table, wanted, desk)
    stock = take_stock(desk, target)
    plan = plan_import(table, propose_mapping(table, target, desk), stock, progress=progress)
    return Draft(
        source, tables, place, table, stock, plan, wanted, _candidates(plan, {}), path=path
    )


def target_for(record_type: type[Record] | None) -> Target | None:
    """What the page of a type of record imports, or None."""
    if record_type is None:
        return None
    if record_type is Membership:
        return next(each for each in targets() if each.needs_term)
    found = (each for each in targets() if each.record_types[0] is record_type)
    return next((each for each in found if not each.needs_term), None)


def _target_for(table: Table, wanted: Target | None, desk: Desk) -> Target:
    """The target of the page the clerk came from if the table can be one, else the likeliest."""
    if wanted is not None and not propose_mapping(table, wanted, desk).missing:
        return target_of(wanted.key)
    return likely_target(table, desk)


def _candidates(
    plan: ImportPlan, before: Dictionary[int, tuple[Candidate, ...]]
) -> Dictionary[int, tuple[Candidate, ...]]:
    """Whom rows could mean; a row that was decided keeps the choice it had."""
    kept = {number: before[number] for number in plan.decisions if number in before}
    asked: tuple[PlannedRow, ...] = tuple(each for each in plan.rows if each.candidates)
    return kept | {each.number: each.candidates for each in asked}


def _is_same(one: Table, other: Table) -> bool:
    """Whether two readings of a sheet found the same table."""
    return one.sheet is other.sheet and one.header == other.header
