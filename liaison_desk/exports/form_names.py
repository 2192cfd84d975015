"""The names that a county's own form may hold in braces, and what each stands for.

A name is a type of record and one of its fields, in the words of the window: {{协商会.名称}}; a
field that names a person, an agency or another record leads on to theirs: {{协商会.主持人.手机}},
and one that holds a day to its parts: {{共识事项.时限.月}}.
What a chosen record belongs to is one thing; what hangs on it is a list, and the row or the
paragraph that holds such a name is repeated for each.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol

from liaison_desk.domain import dates, fields
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.exports.form_reach import FORM_TYPES, Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record

TODAY, NUMBER, EVERY, COUNT = "今天", "序号", "全部", "条数"
"""The day of filling in, the place in a list, a whole list in one cell, and how many it has."""
_PARTS = ("年", "月", "日")
"""What a day is made of, for forms with a blank for each."""
_DATE, _TIME = "日期", "时间"
"""What a moment is made of as well."""
_CALLED = (fields.Link, fields.PersonName, fields.Choice)
"""Kinds of field whose values are a word or two."""
_OTHER_WORDS = {
    "会议": "协商会",
    "委员": "委员任期",
    "单位": "承办单位",
    "村": "村（社区）",
    "社区": "村（社区）",
    "计划": "年度协商计划",
    "联络组": "本室",
    "联络室": "本室",
}
"""What a county may call a type of record."""


@dataclass(frozen=True)
class Value:
    """What stands for a name.

    Attributes:
        text: as it is written.
        raw: a number, a day or a moment, for a cell of its own; else None.
    """

    text: str
    raw: object = None


EMPTY = Value("")


@dataclass(frozen=True)
class FormName:
    """One name there is.

    Attributes:
        name: without braces.
        is_listed: whether the row or paragraph that holds it is repeated.
        is_every: whether it is of all records of the office, as none belong to the chosen one.
        also: what else a county may call the type of record.
    """

    name: str
    is_listed: bool = False
    is_every: bool = False
    also: str = ""


class Row(Protocol):
    """Whoever knows what the names stand for in one place."""

    def one(self, name: str) -> Value | None:
        """What a name stands for; None when there is no such name."""
        ...


class Values(Row, Protocol):
    """Whoever knows what the names stand for in a whole form."""

    def list_of(self, name: str) -> str:
        """The list that a name belongs to, or "" when it stands for one thing."""
        ...

    def rows(self, lists: Sequence[str]) -> Sequence[Row]:
        """The values for each row of some lists side by side; one empty row when they are empty."""
        ...


@dataclass(frozen=True)
class _Path:
    """A name taken apart: the type, the fields that lead to the value, and how it is meant."""

    record_type: type[Record]
    labels: tuple[str, ...]
    is_whole: bool = False

    @property
    def between(self) -> str:
        """What stands between the values of a whole list: people and the like go on in a line."""
        is_called = isinstance(_kind_at(self.record_type, self.labels), _CALLED)
        return "、" if is_called else "\n"

    @property
    def is_place(self) -> bool:
        """Whether it is the place in a list rather than a field that is called so too."""
        return self.labels == (NUMBER,) and _kind_at(self.record_type, self.labels) is None


class FormValues:
    """The values of one record and of everything round it.

    Args:
        read: where the records are.
        office: whose form it is.
        today: the day of filling in.
        record: the record it is about; None for a form about the whole office.
        show_personal: whether telephone and identity numbers are written out in full.
    """

    def __init__(
        self,
        read: Reading,
        office: Office,
        today: date,
        record: Record | None = None,
        *,
        show_personal: bool = False,
    ) -> None:
        self._read = read
        self._today = today
        self._show_personal = show_personal
        self._round = Surroundings(read, office, record)

    def one(self, name: str) -> Value | None:
        """What a name stands for; of a list its first."""
        if name.split(".")[0] == TODAY:
            return _of_day(name, self._today)
        path = _read_name(name)
        if path is None or path.is_place:  # which is known in the rows of its list alone
            return None
        found = self._round.of(path.record_type)
        if path.labels == (COUNT,):
            return Value(str(len(found)), len(found))
        if path.is_whole:
            every = (self.value_of(each, path.labels).text for each in found)
            return Value(path.between.join(filter(None, every)))
        return self.value_of(found[0], path.labels) if found else EMPTY

    def list_of(self, name: str) -> str:
        """The table whose records a row is repeated for, or ""."""
        path = _read_name(name)
        if path is None or path.is_whole or path.labels == (COUNT,):
            return ""
        return path.record_type.table if self._round.is_list(path.record_type) else ""

    def rows(self, lists: Sequence[str]) -> Sequence[Row]:
        """The values of each row; the longest of the lists says how many there are."""
        side_by_side = zip_longest(*(self._round.of(BY_TABLE[table]) for table in lists))
        return [
            _Listed(self, number, dict(zip(lists, records, strict=True)))
            for number, records in enumerate(side_by_side, start=1)
        ] or [_Listed(self, None, dict.fromkeys(lists))]

    def value_of(self, record: Record, labels: Sequence[str]) -> Value:
        """A field of a record, through links when more than one label is given."""
        label, *more = labels
        if (type(record), label) in COMPUTED:
            return Value(COMPUTED[type(record), label](record))
        link, name = _FIELDS[type(record)][_plain(label)]
        owner = self._linked(record, link) if link else record
        if owner is None:
            return EMPTY
        if not more:
            return self._shown(owner, name)
        if name in owner.links():
            linked = self._linked(owner, name)
            return self.value_of(linked, more) if linked else EMPTY
        day = getattr(owner, name)
        return _part(day, more[0]) if day else EMPTY

    def names_there_are(self) -> Iterator[FormName]:
        """Every name: those of the chosen record first, those of the whole office last."""
        yield from (FormName(name) for name in (TODAY, *(f"{TODAY}.{each}" for each in _PARTS)))
        yield FormName(NUMBER, is_listed=True)
        for record_type in sorted(FORM_TYPES, key=self._distance):
            yield from self._names_of(record_type)

    def _names_of(self, record_type: type[Record]) -> Iterator[FormName]:
        is_list = self._round.is_list(record_type)
        is_every = not self._round.hangs_together(record_type)
        title = record_type.title
        also = " ".join(other for other, meant in _OTHER_WORDS.items() if meant == title)
        for labels in _labels(record_type):
            yield FormName(".".join((title, *labels)), is_list, is_every, also)
        if is_list:
            yield FormName(f"{title}.{COUNT}", is_every=is_every, also=also)

    def _distance(self, record_type: type[Record]) -> tuple[bool, ...]:
        """Sorts the types of records by how near they are."""
        near = self._round
        is_other = record_type is not near.middle
        return is_other, not near.hangs_together(record_type), near.is_list(record_type)

    def _linked(self, record: Record, name: str) -> Record | None:
        """The record a field links to."""
        return self._read.get(BY_TABLE[record.links()[name].to], getattr(record, name))

    def _shown(self, record: Record, name: str) -> Value:
        """One field as it is written; a personal one masked unless it may be shown."""
        kind, value = record.fields()[name], getattr(record, name)
        if kind.is_empty(value):
            return EMPTY
        match kind:
            case fields.Link():
                return Value(self._caption(kind.to, value))
            case fields.Day():
                return Value(dates.chinese_day(value), value)
            case fields.Moment():
                return Value(f"{dates.chinese_day(value.date())}{value:%H:%M}", value)
            case fields.Number():
                return Value(kind.format(value), value)
        text = kind.format(value)
        return Value(text if self._show_personal else kind.veiled(text))

    def _caption(self, table: str, record_id: str | None) -> str:
        """What a linked record is called; a link to a link is followed."""
        found = self._read.get(BY_TABLE[table], record_id)
        if found is None:
            return ""
        link = found.links().get(found.headline)
        return self._caption(link.to, getattr(found, found.headline)) if link else found.caption


class _Listed:
    """The values of one row: the records of its lists first, then what stands round it."""

    def __init__(
        self, whole: FormValues, number: int | None, records: Mapping[str, Record | None]
    ) -> None:
        self._whole = whole
        self._number = number
        self._records = records

    def one(self, name: str) -> Value | None:
        """What a name stands for in this row."""
        path = _read_name(name)
        is_of_row = path is not None and path.record_type.table in self._records
        if name == NUMBER or (path is not None and is_of_row and path.is_place):
            return Value(str(self._number), self._number) if self._number else EMPTY
        if path is None or not is_of_row or path.is_whole or path.labels == (COUNT,):
            return self._whole.one(name)
        record = self._records[path.record_type.table]
        return self._whole.value_of(record, path.labels) if record else EMPTY


def _read_name(name: str) -> _Path | None:
    """Take a name apart; None when there is no such type or field."""
    title, *labels = name.split(".")
    is_whole = title.startswith(EVERY)
    title = title.removeprefix(EVERY)
    record_type = _TITLES.get(_plain(_OTHER_WORDS.get(title, title)))
    if record_type is None or not labels:
        return None
    path = _Path(record_type, tuple(labels), is_whole)
    is_counted = labels == [COUNT] or (path.is_place and not is_whole)
    return path if is_counted or _kind_at(record_type, labels) is not None else None


def _kind_at(record_type: type[Record], labels: Sequence[str]) -> fields.Field | None:
    """The kind of field that labels lead to from a type of record; None when they lead nowhere."""
    label, *more = labels
    if (record_type, label) in COMPUTED:
        return None if more else fields.Text(label=label)
    found = _FIELDS[record_type].get(_plain(label))
    if found is None:
        return None
    link, name = found
    owner = BY_TABLE[record_type.links()[link].to] if link else record_type
    kind = owner.fields()[name]
    if isinstance(kind, fields.Link) and more:
        return _kind_at(BY_TABLE[kind.to], more)
    is_part = len(more) == 1 and more[0] in _parts(kind)
    return kind if is_part or not more else None


def _parts(kind: fields.Field | None) -> tuple[str, ...]:
    """The parts that a field of a day or a moment has."""
    if isinstance(kind, fields.Moment):
        return (_DATE, _TIME, *_PARTS)
    return _PARTS if isinstance(kind, fields.Day) else ()


def _labels(record_type: type[Record]) -> Iterator[tuple[str, ...]]:
    """The labels of a type, and those that its links to people and the like lead on to."""
    for label in _own_labels(record_type):
        yield (label,)
        yield from ((label, part) for part in _parts(_kind_at(record_type, (label,))))
    for name, link in record_type.links().items():
        target = BY_TABLE[link.to]
        if name not in {record_type.parent, record_type.headline} and target is not record_type:
            for label in _own_labels(target):
                yield (link.label, label)


def _own_labels(record_type: type[Record]) -> Iterator[str]:
    """The labels of a type, its own first, then those of what its headline links to."""
    own = [kind.label for name, kind in record_type.fields().items() if name != record_type.parent]
    yield from own
    yield from (label for owner, label in COMPUTED if owner is record_type)
    link = record_type.links().get(record_type.headline)
    if link is not None:
        target = BY_TABLE[link.to]
        yield from (kind.label for kind in target.fields().values() if kind.label not in own)


def _fields_by_label(record_type: type[Record]) -> dict[str, tuple[str, str]]:
    """Where each label leads: the link that leads to the field, or "", and the field's name.

    The one moment of a record is also found as its 时间, as forms have it: {{会议.时间}}.
    """
    kinds = record_type.fields()
    moments = [name for name, kind in kinds.items() if isinstance(kind, fields.Moment)]
    own = {_TIME: ("", moments[0])} if len(moments) == 1 else {}
    own |= {_plain(kind.label): ("", name) for name, kind in kinds.items()}
    link = record_type.links().get(record_type.headline)
    if link is None:
        return own
    farther = BY_TABLE[link.to].fields()
    return {
        _plain(kind.label): (record_type.headline, name) for name, kind in farther.items()
    } | own


def _plain(name: str) -> str:
    """A title or label as it is compared: ( and （, / and ／ are the same."""
    return unicodedata.normalize("NFKC", name)


def _of_day(name: str, day: date) -> Value | None:
    """今天, 今天.年 and so on."""
    _, _, part = name.partition(".")
    if not part:
        return Value(dates.chinese_day(day), day)
    return _part(day, part) if part in _PARTS else None


def _part(day: date, part: str) -> Value:
    """A part of a day or a moment."""
    if part == _TIME:
        return Value(f"{day:%H:%M}")
    if part == _DATE:
        return Value(dates.chinese_day(day), date(day.year, day.month, day.day))
    number = dict(zip(_PARTS, (day.year, day.month, day.day), strict=True))[part]
    return Value(str(number), number)


def _full_number(record: Record) -> str:
    return record.full_number if isinstance(record, Minutes) else ""


COMPUTED: Mapping[tuple[type[Record], str], Callable[[Record], str]] = {
    (Minutes, "文号"): _full_number
}
"""Names that are no field of their own."""
_TITLES = {_plain(each.title): each for each in FORM_TYPES}
_FIELDS = {each: _fields_by_label(each) for each in BY_TABLE.values()}
