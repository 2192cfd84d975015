"""Telling who a row is: somebody the desk knows, somebody of an earlier row, or somebody new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.names import mask
from liaison_desk.domain.person import Person
from liaison_desk.services.importing.import_plan import ANOTHER, Candidate
from liaison_desk.services.importing.workspace import is_noted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from liaison_desk.services.importing.workspace import Workspace

_TELLING = ("phone", "born", "post", "gender", "village")
"""Fields that two rows of one person agree in where both have them."""


@dataclass(frozen=True)
class Who:
    """The answer.

    Attributes:
        person: somebody known or of an earlier row; None when new or not to be told.
        candidates: whom it may be, when that is for the clerk to say.
        notes: what the clerk should look at.
    """

    person: Person | None = None
    candidates: tuple[Person, ...] = ()
    notes: tuple[str, ...] = field(default=())


def who_is(
    values: Mapping[str, Any], seat: Mapping[str, Any], work: Workspace, decision: str
) -> Who:
    """Say who a row is.

    An identity number is enough; a card number, telephone number or month of birth counts
    together with the name, the present one or a former one. With the name alone it is for the
    clerk to say, unless somebody known has all that the row says already.

    Args:
        values: the row's values for a `Person`, by field.
        seat: its values for a `Membership`, or nothing when it has none.
        work: where people are looked up.
        decision: what the clerk has said: an id, `ANOTHER`, or "" for nothing yet.
    """
    same_name = [
        *work.find(Person, name=values["name"]),
        *work.once_called(values["name"]),
    ]
    if decision and decision != ANOTHER and work.get(Person, decision):
        return Who(work.get(Person, decision))
    if decision != ANOTHER:
        for each in same_name:
            if (
                work.is_known(each.id)
                and _adds_nothing(as_now(values, each), each)
                and _sits(each, seat, work)
            ):
                return Who(each)
    marked = _by_mark(values, seat.get("card_number", ""), same_name, work)
    if marked is not None:
        return Who(marked)
    possible = [each for each in same_name if not _contradicts(values, each)]
    earlier = [each for each in possible if work.draft(each.id).row]
    known = [each for each in possible if not work.draft(each.id).row]
    twin = next(
        (each for each in earlier if _agrees(values, each) or _adds_nothing(values, each)), None
    )
    if twin is not None:
        return Who(twin)
    if not known or decision == ANOTHER:
        return Who(notes=_note(values["name"], same_name, work))
    return Who(candidates=tuple(known))


def _sits(person: Person, seat: Mapping[str, Any], work: Workspace) -> bool:
    """Whether somebody has the seat that a row says, or it says none."""
    if not seat:
        return True
    held = work.find(Membership, person=person.id, term=seat["term"], level=seat["level"])
    return any(
        all(not value or getattr(each, name) == value for name, value in seat.items())
        for each in held
    )


def as_now(values: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """The values of a row that has somebody's former name: the name stays what it is now."""
    is_former = values["name"] in person.former_names.split("、")
    return {**values, "name": person.name} if is_former else dict(values)


def candidate(person: Person, values: Mapping[str, Any], work: Workspace) -> Candidate:
    """Somebody a row may mean, as the clerk is shown them."""
    told = (
        person.post,
        person.born,
        f"手机{mask(person.phone)}" if person.phone else "",
        work.caption("village", person.village),
    )
    changes = work.preview(person, as_now(values, person))
    return Candidate(person.id, person.name, "，".join(filter(None, told)), changes)


def _by_mark(
    values: Mapping[str, Any], card: str, same_name: Sequence[Person], work: Workspace
) -> Person | None:
    """The one person who shares a mark with the row."""
    if values.get("identity"):
        found = work.find(Person, identity=values["identity"])
        if found:
            return found[0]
    if card:
        for seat in work.find(Membership, card_number=card):
            person = work.get(Person, seat.person)
            if person is not None and person.name == as_now(values, person)["name"]:
                return person
    for name in ("phone", "born"):
        found = [
            each
            for each in same_name
            if values.get(name)
            and getattr(each, name) == values[name]
            and not _contradicts(values, each)
            # Two people of one file may well share a name and a month of birth.
            and (name == "phone" or not work.draft(each.id).row)
        ]
        if len(found) == 1:
            return found[0]
    return None


def _contradicts(values: Mapping[str, Any], person: Person) -> bool:
    """Whether two identity numbers prove two people."""
    identity = values.get("identity")
    return bool(identity and person.identity and identity != person.identity)


def _agrees(values: Mapping[str, Any], person: Person) -> bool:
    """Whether a row and somebody of an earlier row are one: the same post, nothing against it.

    A mobile number beside a landline number is nothing against it.
    """
    both = [name for name in _TELLING if values.get(name) and getattr(person, name)]
    against = [name for name in both if values[name] != getattr(person, name)]
    if against == ["phone"] and {values["phone"][0], person.phone[0]} == {"0", "1"}:
        against = []
    return not against and ("post" in both or not _telling(values) or not _telling_of(person))


def _telling(values: Mapping[str, Any]) -> bool:
    """Whether a row says anything of a person but the name."""
    return any(values.get(name) for name in (*_TELLING, "identity"))


def _telling_of(person: Person) -> bool:
    """The same of a person."""
    return any(getattr(person, name) for name in (*_TELLING, "identity"))


def _adds_nothing(values: Mapping[str, Any], person: Person) -> bool:
    """Whether somebody has everything that a row says."""
    return all(
        not value
        or getattr(person, name) == value
        or (name == "phone" and value in person.note)
        or (name == "note" and is_noted(value, person.note))
        for name, value in values.items()
    )


def _note(name: str, same_name: Sequence[Person], work: Workspace) -> tuple[str, ...]:
    """What the clerk is told of somebody new who shares a name."""
    if not same_name:
        return ()
    where = "资料里" if any(work.is_known(each.id) for each in same_name) else "表里"
    return (f"{where}已有同名的“{name}”，按另一个人导入",)
