"""The records of a plan in the making: what is known, what is new, and what each row changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from liaison_desk.domain import rules
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.importing.import_plan import FieldChange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from liaison_desk.services.importing.import_plan import Stock

R = TypeVar("R", bound=Record)
_SHOWN = 30
REMARKS = frozenset({"note", "requirement"})
"""Fields in which a new text is put below the old one, never in its place."""


@dataclass
class Draft:
    """One record of the plan.

    Attributes:
        record: as it would be saved.
        before: as it is now, or None when the import makes it.
        row: the first row that made or changed it; 0 while none has.
        given: the row that gave each field its value.
    """

    record: Record
    before: Record | None
    row: int = 0
    given: dict[str, int] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Whether it has to be saved."""
        return self.record != self.before


@dataclass(frozen=True)
class Clash:
    """A field that an earlier row of the source has given another value."""

    name: str
    row: int


def is_noted(remark: str, note: str) -> bool:
    """Whether every line of a remark stands in a note already."""
    return all(line in note for line in remark.split("\n"))


def noted(remark: str, note: str) -> str:
    """A note with the lines of a remark below it that it lacks."""
    return "\n".join((note, *(line for line in remark.split("\n") if line not in note)))


class Workspace:
    """Looks records up among the known and the planned, and keeps what each row does to them.

    Args:
        stock: what the desk has.
        new_id: makes the ids of new records.
    """

    def __init__(self, stock: Stock, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._office = stock.office
        self._drafts: dict[str, Draft] = {}
        self._by_type: dict[type[Record], list[str]] = defaultdict(list)
        self._indexes: dict[tuple[type[Record], str], dict[object, dict[str, None]]] = {}
        self._journal: dict[str, Draft | None] = {}
        self._former: dict[str, list[str]] | None = None
        self.row = 0
        for record_type, records in stock.records.items():
            for record in records:
                self._drafts[record.id] = Draft(record, record)
                self._by_type[record_type].append(record.id)

    # -- looking up, as the rules do --------------------------------------------------------------

    def get(self, record_type: type[R], record_id: str | None) -> R | None:
        """One record by its id, or None."""
        draft = self._drafts.get(record_id or "")
        return cast("R", draft.record) if draft else None

    def find(self, record_type: type[R], **equals: object) -> list[R]:
        """The records whose fields equal these values, known ones first."""
        if not equals:
            return [cast("R", self._drafts[each].record) for each in self._by_type[record_type]]
        buckets = [self._index(record_type, name).get(value, {}) for name, value in equals.items()]
        smallest = min(buckets, key=len)
        found = (cast("R", self._drafts[each].record) for each in smallest)
        return [
            each
            for each in found
            if all(getattr(each, name) == value for name, value in equals.items())
        ]

    def once_called(self, name: str) -> list[Person]:
        """The people known who bore a name formerly."""
        if self._former is None:
            self._former = defaultdict(list)
            for each in self.find(Person):
                for former in filter(None, each.former_names.split("、")):
                    self._former[former].append(each.id)
        return [cast("Person", self._drafts[each].record) for each in self._former.get(name, ())]

    def draft(self, record_id: str) -> Draft:
        """The draft of a record."""
        return self._drafts[record_id]

    def is_known(self, record_id: str) -> bool:
        """Whether the desk had a record before the import."""
        return self._drafts[record_id].before is not None

    # -- changing -----------------------------------------------------------------------------

    def begin(self, row: int) -> None:
        """Everything from here on is done by a row of the source."""
        self.row = row
        self._journal = {}

    def roll_back(self) -> None:
        """Forget what the row did."""
        for record_id, before in self._journal.items():
            draft = self._drafts[record_id]
            self._forget(draft.record)
            if before is None:
                del self._drafts[record_id]
                self._by_type[type(draft.record)].remove(record_id)
            else:
                self._drafts[record_id] = before
                self._enter(before.record)
        self._journal = {}

    def new(self, record: R, given: Iterable[str] = ()) -> R:
        """A record that the row makes."""
        made = replace(record, id=self._new_id(), office=self._office)
        self._journal.setdefault(made.id, None)
        self._drafts[made.id] = Draft(made, None, self.row, dict.fromkeys(given, self.row))
        self._by_type[type(made)].append(made.id)
        self._enter(made)
        return made

    def fill(
        self, record: R, values: Mapping[str, Any], settled: Iterable[str] = ()
    ) -> tuple[R, list[Clash]]:
        """Give a record the values that a row has for it; empty ones change nothing.

        A value that differs from what an earlier row gave is not taken and told of, but for the
        fields `settled`, where whoever calls has looked at both.
        """
        draft = self._drafts[record.id]
        wanted: dict[str, Any] = {}
        clashes = []
        for name, value in values.items():
            current = getattr(draft.record, name)
            if draft.record.fields()[name].is_empty(value) or value == current:
                continue
            if name in REMARKS and current:
                wanted |= {} if is_noted(value, current) else {name: noted(value, current)}
            elif draft.given.get(name, self.row) != self.row and name not in settled:
                clashes.append(Clash(name, draft.given[name]))
            else:
                wanted[name] = value
        if wanted:
            self._change(draft, with_values(draft.record, wanted), wanted)
        draft = self._drafts[record.id]
        self._touch(draft, values)
        return cast("R", self._drafts[record.id].record), clashes

    def problems(self) -> list[str]:
        """What keeps the records that the row made or changed from being saved, in sentences."""
        found: list[str] = []
        for record_id in self._journal:
            draft = self._drafts[record_id]
            if draft.is_changed:
                told = rules.problems_of(draft.record, draft.before, self)
                found += [each.sentence for each in told]
        return list(dict.fromkeys(found))

    # -- what came of it ------------------------------------------------------------------------

    def row_changes(self) -> tuple[FieldChange, ...]:
        """Field by field what the row changes of records that were known."""
        found: list[FieldChange] = []
        for record_id, before in self._journal.items():
            if before is not None:
                found += self._changes(before.record, self._drafts[record_id].record)
        return tuple(found)

    def row_made(self) -> tuple[str, ...]:
        """The titles and captions of the records that the row makes."""
        made = [each for each, before in self._journal.items() if before is None]
        return tuple(self.title(self._drafts[each].record) for each in made)

    def is_made_by_row(self, record_id: str) -> bool:
        """Whether the row makes a record."""
        return record_id in self._journal and self._journal[record_id] is None

    def changed(self) -> list[Record]:
        """Every record to be saved; what others link to comes before them."""
        drafts = [each for each in self._drafts.values() if each.is_changed]
        order = {record_type: at for at, record_type in enumerate(RECORD_TYPES)}
        return [each.record for each in sorted(drafts, key=lambda d: order[type(d.record)])]

    def title(self, record: Record) -> str:
        """议题“小区停车难”, for a sentence."""
        caption = self.caption(record.table, record.id)
        short = caption if len(caption) <= _SHOWN else f"{caption[: _SHOWN - 1]}…"
        return f"{record.title}“{short}”" if caption else record.title

    def caption(self, table: str, record_id: str | None) -> str:
        """What a record is called; a link to a link is followed."""
        draft = self._drafts.get(record_id or "")
        if draft is None:
            return ""
        record = draft.record
        link = record.links().get(record.headline)
        return self.caption(link.to, getattr(record, record.headline)) if link else record.caption

    def shown(self, record: Record, name: str) -> str:
        """One field as the clerk reads it, links by their caption."""
        link = record.links().get(name)
        return self.caption(link.to, getattr(record, name)) if link else record.shown(name)

    def preview(self, record: Record, values: Mapping[str, Any]) -> tuple[FieldChange, ...]:
        """What filling a record would change; nothing is changed."""
        wanted = {
            name: value
            for name, value in values.items()
            if not record.fields()[name].is_empty(value) and value != getattr(record, name)
        }
        return self._changes(record, with_values(record, wanted))

    # -- inside -----------------------------------------------------------------------------------

    def _changes(self, before: Record, after: Record) -> tuple[FieldChange, ...]:
        """The fields in which two states of a record differ."""
        return tuple(
            FieldChange(
                kind.label, self.shown(before, name), self.shown(after, name), kind.personal
            )
            for name, kind in before.fields().items()
            if getattr(before, name) != getattr(after, name)
        )

    def _change(self, draft: Draft, record: Record, names: Iterable[str]) -> None:
        """Put a changed record in place of a draft's."""
        self._journal.setdefault(record.id, replace(draft, given=dict(draft.given)))
        self._forget(draft.record)
        given = draft.given | dict.fromkeys(names, self.row)
        self._drafts[record.id] = replace(draft, record=record, given=given)
        self._enter(record)

    def _touch(self, draft: Draft, values: Mapping[str, Any]) -> None:
        """Note that a row had something to say about a record, if only what is known."""
        fields = draft.record.fields()
        new = {
            name: self.row
            for name, value in values.items()
            if name not in draft.given and not fields[name].is_empty(value)
        }
        if new or not draft.row:
            self._journal.setdefault(draft.record.id, replace(draft, given=dict(draft.given)))
            kept = replace(draft, row=draft.row or self.row, given=draft.given | new)
            self._drafts[draft.record.id] = kept

    def _index(self, record_type: type[Record], name: str) -> dict[object, dict[str, None]]:
        """The ids of records by the value of one field; made when it is first asked for."""
        key = (record_type, name)
        if key not in self._indexes:
            made: dict[object, dict[str, None]] = defaultdict(dict)
            for each in self._by_type[record_type]:
                made[getattr(self._drafts[each].record, name)][each] = None
            self._indexes[key] = made
        return self._indexes[key]

    def _enter(self, record: Record) -> None:
        """Put a record into the indexes of its type."""
        for (record_type, name), index in self._indexes.items():
            if record_type is type(record):
                index.setdefault(getattr(record, name), {})[record.id] = None

    def _forget(self, record: Record) -> None:
        """Take a record out of the indexes of its type."""
        for (record_type, name), index in self._indexes.items():
            if record_type is type(record):
                index.get(getattr(record, name), {}).pop(record.id, None)
