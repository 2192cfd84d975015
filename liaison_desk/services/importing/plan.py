"""What an import would do, as data for the preview; nothing here touches a file or a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liaison_desk.domain.membership import Membership
    from liaison_desk.domain.person import Person
    from liaison_desk.services.importing.columns import Column


class RowState(StrEnum):
    """What importing a row comes to."""

    NEW = "新增"
    UPDATED = "更新"
    SAME = "不变"


@dataclass(frozen=True)
class KnownPerson:
    """Someone the desk has, with every seat they hold or held."""

    person: Person
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the desk knows when a plan is made.

    Attributes:
        people: the desk's own people, none of them removed.
        villages: ids of the villages by name.
        stamp: of the last deed; a plan is good only until the next one.
    """

    people: tuple[KnownPerson, ...] = ()
    villages: Mapping[str, str] = field(default_factory=dict)
    stamp: str = ""


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
class RosterRow:
    """One member of the roster.

    Attributes:
        number: of the row in the source, from 1.
        state: what importing comes to.
        person: as it would be saved; without an id when new.
        membership: as it would be saved; without a person when the person is new.
        changes: field by field what an update changes; empty for a new person.
        notes: what the clerk should look at, in sentences.
    """

    number: int
    state: RowState
    person: Person
    membership: Membership
    changes: tuple[FieldChange, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RosterPlan:
    """Everything the preview shows.

    Attributes:
        sheet: name of the sheet.
        term: the term the members are seated in, e.g. 第十二届; "" when nobody has said.
        offered_term: the term that the title names, or "".
        columns: each column of the source and its field.
        rows: the people, in the order of the source.
        left_out: rows that are no people: titles, totals, signatures.
        problems: rows and cells that should have been imported and cannot be.
        notes: sentences about the whole.
        stamp: of the desk's last deed when the plan was made.
    """

    sheet: str
    term: str
    offered_term: str
    columns: tuple[Column, ...]
    rows: tuple[RosterRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    stamp: str = ""

    def count(self, state: RowState) -> int:
        """How many people are of a state."""
        return sum(row.state is state for row in self.rows)

    @property
    def changing(self) -> tuple[RosterRow, ...]:
        """The people an import would add or change."""
        return tuple(row for row in self.rows if row.state is not RowState.SAME)

    @property
    def summary(self) -> str:
        """The plan in one sentence."""
        counts = "、".join(f"{state}{self.count(state)}人" for state in RowState)
        wrong = f"有{len(self.problems)}处没有导入，请看下面的原因。" if self.problems else ""
        said = f"名册共{len(self.rows)}人：{counts}。{wrong}"
        return said if self.changing else f"{said}资料已经和名册一致，不用导入。"
