"""Telling which rows of a roster are people the desk knows already, and which are one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from liaison_desk.services.importing.plan import KnownPerson
    from liaison_desk.services.progress import Progress


@dataclass
class Draft:
    """A row on its way into the plan: values by field, such as `person.name`; none is empty."""

    number: int
    values: dict[str, str]
    notes: list[str] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The value of a field, or ""."""
        return self.values.get(name, "")

    @property
    def name(self) -> str:
        """The person's name."""
        return self.values["person.name"]

    @property
    def has_marks(self) -> bool:
        """Whether anything but the name tells who it is."""
        return any(self.value(name) for name in _MARKS)


_IDENTITY, _CARD = "person.identity", "membership.card_number"
_PHONE, _BORN = "person.phone", "person.born"
_MARKS = (_IDENTITY, _CARD, _PHONE, _BORN)
_SAME_PERSON = {_IDENTITY: "身份证号", _CARD: "姓名和委员证号", _PHONE: "姓名和电话"}
"""Marks that two rows of one person share; two people may well be born in one month."""


def first_of_each(drafts: Sequence[Draft]) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Divide drafts into people and repeated rows, each of those with the reason."""
    seen: dict[Hashable, int] = {}
    people, repeated = [], []
    for draft in drafts:
        keys = {_key(draft, mark): said for mark, said in _SAME_PERSON.items()}
        keys[("all", draft.name, *(draft.value(mark) for mark in _MARKS))] = "姓名"
        keys.pop(None, None)
        same = next(((seen[key], said) for key, said in keys.items() if key in seen), None)
        if same is None:
            people.append(draft)
            seen |= dict.fromkeys(keys, draft.number)
        else:
            repeated.append(
                (draft, f"和第{same[0]}行是同一个人（{same[1]}相同），只导入第{same[0]}行")
            )
    return people, repeated


def match(
    drafts: Sequence[Draft], known: Sequence[KnownPerson], progress: Progress
) -> dict[int, KnownPerson]:
    """Who each draft is, by row number; someone known is at most one of them.

    Identity numbers are compared first, then name and card, name and phone, name and birth. A
    row with nothing but a name is the one person of that name. `progress` is called between.
    """
    found: dict[int, KnownPerson] = {}
    claimed: set[str] = set()
    for mark in _MARKS:
        progress(0, len(drafts))
        index = _index(known, mark)
        _claim(drafts, found, claimed, partial(_with_mark, index, mark))
    progress(0, len(drafts))
    by_name = defaultdict(list)
    for each in known:
        by_name[each.person.name].append(each)
    _claim(drafts, found, claimed, lambda draft: _by_name_alone(draft, by_name[draft.name]))
    return found


def _claim(
    drafts: Sequence[Draft],
    found: dict[int, KnownPerson],
    claimed: set[str],
    candidates: Callable[[Draft], Sequence[KnownPerson]],
) -> None:
    """Give each draft still unmatched its first candidate that is free and not contradicted."""
    for draft in drafts:
        if draft.number in found:
            continue
        for each in candidates(draft):
            if each.person.id not in claimed and not _contradicts(draft, each):
                found[draft.number] = each
                claimed.add(each.person.id)
                break


def _contradicts(draft: Draft, known: KnownPerson) -> bool:
    """Whether two identity numbers prove two people."""
    identity = draft.value(_IDENTITY)
    return bool(identity and known.person.identity and identity != known.person.identity)


def _with_mark(
    index: Mapping[Hashable, Sequence[KnownPerson]], mark: str, draft: Draft
) -> Sequence[KnownPerson]:
    """Candidates that share a mark with a draft."""
    return index.get(_key(draft, mark), ())


def _by_name_alone(draft: Draft, same_name: Sequence[KnownPerson]) -> Sequence[KnownPerson]:
    """Candidates for a row that has only a name: those as bare as it is, or the only one."""
    if draft.has_marks:
        return ()
    bare = [each for each in same_name if not any(_marks_of(each, mark) for mark in _MARKS)]
    return bare or (same_name if len(same_name) == 1 else ())


def _index(known: Sequence[KnownPerson], mark: str) -> dict[Hashable, list[KnownPerson]]:
    """Known people by one mark."""
    index = defaultdict(list)
    for each in known:
        for value in _marks_of(each, mark):
            index[_key_of(mark, each.person.name, value)].append(each)
    return dict(index)


def _marks_of(known: KnownPerson, mark: str) -> set[str]:
    """The values of a mark of someone known; of every term the card numbers."""
    if mark == _CARD:
        return {seat.card_number for seat in known.memberships} - {""}
    return {getattr(known.person, mark.partition(".")[2])} - {""}


def _key(draft: Draft, mark: str) -> Hashable:
    """A draft's key of a mark, or None when it has none."""
    value = draft.value(mark)
    return _key_of(mark, draft.name, value) if value else None


def _key_of(mark: str, name: str, value: str) -> Hashable:
    """Only an identity number stands without the name."""
    return (mark, value) if mark == _IDENTITY else (mark, name, value)
