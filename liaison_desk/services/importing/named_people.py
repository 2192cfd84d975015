"""A cell that names several people: who came, who took part, who signed as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liaison_desk.domain.fields import WrongText
from liaison_desk.domain.person import Person
from liaison_desk.domain.short import short
from liaison_desk.services.importing.linking import link_to
from liaison_desk.services.importing.written_names import is_name, listed_people, without_office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.importing.assembling import Context
    from liaison_desk.services.importing.entries import Entry
    from liaison_desk.services.importing.workspace import Workspace

_TOLD = 5


def link_people(entry: Entry, key: str, context: Context) -> list[str]:
    """The ids of the people a cell names; words that are no names are listed."""
    found, others = [], []
    for name in listed_people(entry.text(key)):
        bare, has_more = without_office(name)
        try:
            found.append(link_to(Person.table, bare, context.work).id)
        except WrongText as error:
            others.append(str(error) if is_name(bare) else f"“{short(name)}”不像姓名")
            continue
        if has_more:
            entry.notes.append(f"“{short(name)}”只记了姓名{bare}")
    if others:
        reason = f"{'，'.join(others[:_TOLD])}，没有记入名单，请导入后补登"
        for cell in entry.cells:
            if cell.field.key == key:
                entry.list_cell(cell, reason)
    return list(dict.fromkeys(found))


def add_people(part: type[Record], whole: Record, people: Sequence[str], work: Workspace) -> None:
    """Add people as parts of a record, those who are among them already left as they are."""
    listed = work.find(part, **{part.parent: whole.id})
    among = {getattr(each, "person") for each in listed}  # noqa: B009
    for place, person in enumerate((each for each in people if each not in among), 1):
        values: dict[str, Any] = {part.parent: whole.id, "person": person}
        work.new(part(**values | {"position": len(listed) + place}), ["person"])
