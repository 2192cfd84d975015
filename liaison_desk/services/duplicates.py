"""查重: records that look like one person, agency or village, and those told apart."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.person import Person
from liaison_desk.domain.village import Village

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

CROWD = 5
"""A telephone that more people than this share is an office's and says nothing."""
MANY = 20
"""Of more records than this that are alike, each is compared with the first alone."""


@dataclass(frozen=True)
class Likely:
    """Two records that may be one, and why; `are_two` once the clerk has said that they are not."""

    first: Record
    second: Record
    reasons: tuple[str, ...]
    are_two: bool = False

    @property
    def key(self) -> str:
        """What the pair is kept by, whichever comes first."""
        return " ".join(sorted((self.first.id, self.second.id)))


@dataclass(frozen=True)
class _Clue:
    """One way in which two records can be alike.

    Attributes:
        words: what the clerk reads.
        weight: how much it says.
        signs: the values of a record; two that share one are alike.
        is_shared: whether many may share one by chance.
    """

    words: str
    weight: int
    signs: Callable[[Record], Iterable[str]]
    is_shared: bool = False


def duplicates(desk: Desk, record_type: type[Record]) -> list[Likely]:
    """Pairs of the office's records that may be one, the likeliest first, those told apart last."""
    records = desk.find(record_type, office=desk.office_id)
    place = {each.id: number for number, each in enumerate(records)}
    reasons: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for clue in _CLUES[record_type]:
        for alike in _alike(records, clue):
            for pair in _pairs(sorted(place[each.id] for each in alike)):
                reasons[pair][clue.words] = clue.weight
    pairs = [
        (sum(why.values()), records[one], records[other], tuple(why))
        for (one, other), why in reasons.items()
        if not _differ_for_certain(records[one], records[other])
    ]
    ranked = sorted(pairs, key=lambda pair: -pair[0])
    apart = set(map(str, desk.database.setting_list(_setting(record_type))))
    found = [Likely(one, other, why) for _, one, other, why in ranked]
    found = [replace(each, are_two=each.key in apart) for each in found]
    return sorted(found, key=lambda each: each.are_two)


def tell_apart(desk: Desk, pair: Likely, *, are_two: bool = True) -> None:
    """Note that two records that look alike are two, or that this may not be so after all.

    Raises:
        StoreError: the data file could not be written.
    """
    setting = _setting(type(pair.first))
    with desk.database.transaction():
        others = [each for each in desk.database.setting_list(setting) if each != pair.key]
        desk.database.set_setting_list(setting, [*others, *([pair.key] if are_two else [])])


def _setting(record_type: type[Record]) -> str:
    """Where the pairs that were told apart are kept."""
    return f"told_apart.{record_type.table}"


def _pairs(places: list[int]) -> Iterator[tuple[int, int]]:
    """The pairs of records that are alike: all of them, unless there are too many."""
    if len(places) <= MANY:
        return combinations(places, 2)
    return ((places[0], other) for other in places[1:])


def _alike(records: Iterable[Record], clue: _Clue) -> Iterator[list[Record]]:
    """Records that share a sign."""
    found: dict[str, list[Record]] = defaultdict(list)
    for each in records:
        for sign in {sign for sign in clue.signs(each) if sign}:
            found[sign].append(each)
    for several in found.values():
        if len(several) > 1 and not (clue.is_shared and len(several) > CROWD):
            yield several


def _differ_for_certain(one: Record, other: Record) -> bool:
    """Two people with two identity numbers are two."""
    numbers = {getattr(each, "identity", "") for each in (one, other)} - {""}
    return len(numbers) > 1


def _value(name: str) -> Callable[[Record], Iterable[str]]:
    return lambda record: [getattr(record, name)]


def _name_and_birth(record: Record) -> Iterable[str]:
    assert isinstance(record, Person)
    return [f"{record.name} {record.born}"] if record.born else []


def _all_names(record: Record) -> Iterable[str]:
    assert isinstance(record, Person)
    return [record.name, *record.former_names.split("、")]


def _agency_names(record: Record) -> Iterable[str]:
    assert isinstance(record, Agency)
    return [record.name, record.short_name]


def _bare_village(record: Record) -> Iterable[str]:
    assert isinstance(record, Village)
    return [re.sub(r"(村民委员会|居民委员会|村委会|居委会|社区|村)$", "", record.name)]


_CLUES: dict[type[Record], tuple[_Clue, ...]] = {
    Person: (
        _Clue("身份证号相同", 8, _value("identity")),
        _Clue("姓名和出生年月相同", 4, _name_and_birth),
        _Clue("姓名相同", 2, _value("name")),
        _Clue("姓名或曾用名相同", 1, _all_names),
        _Clue("手机相同", 2, _value("phone"), is_shared=True),
    ),
    Agency: (
        _Clue("名称或简称相同", 2, _agency_names),
        _Clue("电话相同", 1, _value("phone"), is_shared=True),
    ),
    Village: (
        _Clue("名称相同，只差“村”或“社区”", 2, _bare_village),
        _Clue("电话相同", 1, _value("phone"), is_shared=True),
    ),
}
"""What is compared, by type."""
