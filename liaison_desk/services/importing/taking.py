"""The desk's side of an import: what it knows, and doing what the clerk agreed to."""

from __future__ import annotations

import dataclasses
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.matter import Progress as Step
from liaison_desk.domain.meeting import Attendance, Consensus, Dissent, Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.progress import no_progress
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.importing.errors import ImportBlocked, PlanOutdated
from liaison_desk.services.importing.import_plan import ImportResult, RowState, Stock
from liaison_desk.services.importing.mapping import (
    likely_target,
    propose_mapping,
    remember_mapping,
)
from liaison_desk.services.importing.planning import plan_import
from liaison_desk.services.importing.sources import open_source
from liaison_desk.services.importing.targets import (
    MATTERS,
    MEETINGS,
    PEOPLE,
    ROSTER,
    people_parts,
    target_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.progress import Progress
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing.import_plan import ImportPlan, Options
    from liaison_desk.services.importing.targets import Target

_BATCH = 200
"""Records saved between two calls of `progress`; about 40 ms."""
_NEEDED: dict[str, tuple[type[Record], ...]] = {
    ROSTER: (Village, Person, Membership),
    PEOPLE: (Village, Person, Membership),
    MEETINGS: (
        Village, Agency, Person, Membership, Topic, Meeting, MeetingTopic, Attendance, Consensus,
        Dissent, Matter, Step, Reply,
    ),
    MATTERS: (Agency, Person, Meeting, Consensus, Matter, Step, Reply),
}  # fmt: skip


def take_stock(desk: Desk, target: Target) -> Stock:
    """What the desk knows of its own that rows of a target could mean; a query for each type."""
    types = _NEEDED.get(target.key) or _needed(target.record_types[0])
    stamp, office = desk.log.last_stamp(), desk.office
    records = {
        each: tuple(record for record in desk.find(each) if desk.is_own(record)) for each in types
    }
    return Stock(records, stamp, desk.today, desk.office_id, office.township if office else "")


def _needed(record_type: type[Record]) -> tuple[type[Record], ...]:
    """A type and all that it links to."""
    linked = (BY_TABLE[link.to] for link in record_type.links().values())
    people = (*people_parts(record_type), Person) if people_parts(record_type) else ()
    return tuple(dict.fromkeys((record_type, *linked, *people)))


def apply_import(desk: Desk, plan: ImportPlan, progress: Progress = no_progress) -> ImportResult:
    """Do what a plan says as one deed, 导入委员名册（14行）; one 撤销 takes it back.

    Args:
        desk: whose records the plan was made from.
        plan: as the clerk has seen it; a plan without changes leaves no deed.
        progress: called with records done and records to do, at least every 200.

    Raises:
        ImportBlocked: something is still to be filled in.
        PlanOutdated: something was changed since the plan was made; also a second click.
        Cancelled: raised by `progress`; nothing stays of the import.
        DeskError: the file cannot be written; nothing stays either.
    """
    if plan.blocked:
        raise ImportBlocked(plan.blocked)
    changing = plan.count(RowState.NEW) + plan.count(RowState.UPDATED)
    with desk.deed(f"导入{plan.mapping.target.title}（{changing}行）"):
        if plan.saves and desk.log.last_stamp() != plan.stamp:
            raise PlanOutdated
        remember_mapping(desk, plan.table, plan.mapping)
        _save_all(desk, plan, progress)
    made = Counter(record.title for record in plan.saves if record.id in plan.new_ids)
    rows = Counter(row.state for row in plan.rows)
    return ImportResult(plan.mapping.target.title, rows, made, len(plan.problems))


def _save_all(desk: Desk, plan: ImportPlan, progress: Progress) -> None:
    """Save the records of a plan, type by type; matters are closed when they are answered."""
    closing = [each for each in plan.saves if isinstance(each, Matter) and each.closed_on]
    total, done = len(plan.saves) + len(closing), 0
    opened: list[Record] = [
        dataclasses.replace(each, closed_on=None) if each in closing else each
        for each in plan.saves
    ]
    for batch in (opened, closing):
        for _, group in groupby(batch, key=type):
            records = list(group)
            for start in range(0, len(records), _BATCH):
                progress(done, total)
                desk.save_all(records[start : start + _BATCH])
                done += len(records[start : start + _BATCH])
    progress(total, total)


def plan_file(
    desk: Desk,
    path: Path,
    target: str = "",
    options: Options | None = None,
    progress: Progress = no_progress,
) -> ImportPlan:
    """Plan the import of a file's likeliest table with what is proposed; nothing is written.

    Args:
        desk: whose records the rows may mean.
        path: the file.
        target: key of what it is to be imported as; "" for the likeliest.
        options: what the clerk has been asked.
        progress: told of reading and planning; it may raise `Cancelled`.

    Raises:
        SourceUnreadable: the file cannot be read.
    """
    table = open_source(path, progress).likely
    wanted = target_of(target) if target else likely_target(table, desk)
    mapping = propose_mapping(table, wanted, desk)
    return plan_import(table, mapping, take_stock(desk, wanted), options, progress=progress)
