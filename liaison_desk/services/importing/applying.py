"""The desk's side of an import: what it knows, and doing what the clerk agreed to."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.village import Village
from liaison_desk.services.importing.errors import PlanOutdated, TermMissing
from liaison_desk.services.importing.plan import Known, KnownPerson, RosterPlan, RowState
from liaison_desk.services.importing.reader import read_sheet
from liaison_desk.services.importing.roster import plan_roster
from liaison_desk.services.progress import no_progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing.plan import RosterRow
    from liaison_desk.services.progress import Progress

_BATCH = 200
"""People saved between two calls of `progress`; about 40 ms."""


@dataclass(frozen=True)
class RosterResult:
    """How many people an import added, changed and left as they were."""

    created: int
    updated: int
    unchanged: int

    @property
    def summary(self) -> str:
        """What was done, in one sentence."""
        if not self.created and not self.updated:
            return f"{self.unchanged}人都和名册一致，没有改动。"
        counts = f"新增{self.created}人、更新{self.updated}人、不变{self.unchanged}人"
        return f"名册已导入：{counts}。按“撤销”可整批退回。"


def known_people(desk: Desk) -> Known:
    """What the desk knows of its own people, in three queries."""
    stamp = desk.log.last_stamp()
    seats = defaultdict(list)
    for seat in desk.find(Membership):
        seats[seat.person].append(seat)
    people = tuple(
        KnownPerson(person, tuple(seats[person.id]))
        for person in desk.find(Person)
        if desk.is_own(person)
    )
    villages = {each.name: each.id for each in desk.find(Village) if desk.is_own(each)}
    return Known(people, villages, stamp)


def plan_roster_file(
    desk: Desk, path: Path, progress: Progress = no_progress, *, term: str | None = None
) -> RosterPlan:
    """Read a roster and plan its import; nothing is written.

    Raises:
        RosterUnreadable: the file cannot be read, or holds no roster.
        Cancelled: raised by `progress`.
    """
    sheet = read_sheet(path, progress)
    return plan_roster(sheet, known_people(desk), term=term, progress=progress)


def apply_roster(desk: Desk, plan: RosterPlan, progress: Progress = no_progress) -> RosterResult:
    """Do what a plan says as one deed, 导入委员名册（14人）; one 撤销 takes it back.

    Args:
        desk: whose people the plan was made from.
        plan: as the clerk has seen it; a plan without changes leaves no deed.
        progress: called with people done and people to do, at least every 200.

    Raises:
        TermMissing: the plan has no term.
        PlanOutdated: something was changed since the plan was made; also a second click.
        Cancelled: raised by `progress`; nothing stays of the import.
        DeskError: the file cannot be written; nothing stays either.
    """
    if not plan.term:
        raise TermMissing
    changing = plan.changing
    with desk.deed(f"导入委员名册（{len(changing)}人）"):
        if changing and desk.log.last_stamp() != plan.stamp:
            raise PlanOutdated
        for start in range(0, len(changing), _BATCH):
            progress(start, len(changing))
            _save(desk, changing[start : start + _BATCH])
        progress(len(changing), len(changing))
    states = [plan.count(state) for state in RowState]
    return RosterResult(*states)


def _save(desk: Desk, rows: Sequence[RosterRow]) -> None:
    """Save some people, and then their seats."""
    people = desk.save_all([row.person for row in rows])
    desk.save_all(
        [
            dataclasses.replace(row.membership, person=person.id)
            for row, person in zip(rows, people, strict=True)
        ]
    )
