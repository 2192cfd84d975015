"""What happened to records, in words, and the way back to an earlier value or moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.fields import Link
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.short import short
from liaison_desk.services.wholes import SHOWN_ALONE, WITH_PAGES
from liaison_desk.store.deeds import Deeds
from liaison_desk.store.repository import columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.store.repository import Deed, RecordChange

SHOWN_CHANGES = 200
"""How many changes of one deed are listed; an import has thousands."""
_HIDDEN = frozenset({"office", "removed_at", "owner_table", "owner", "sha256"})
"""Columns that say nothing to the clerk."""
_REPEATS = {"undo": "撤销：", "redo": "重做："}


class NotRestorable(DeskError):
    """There is nothing to go back to, or nothing to put it into."""


@dataclass(frozen=True)
class Line:
    """One field of one record that a deed changed.

    Attributes:
        name: the field.
        label: what the clerk calls it.
        before: how it read before, "" for nothing; personal values in full.
        after: how it read afterwards.
        old: what 恢复这个值 puts back: the value before, or the first one of a new record.
        is_personal: whether it is masked until the clerk asks to see it.
    """

    table: str
    record: str
    name: str
    label: str
    before: str
    after: str
    old: Any
    is_personal: bool

    def shown(self, *, in_full: bool) -> tuple[str, str]:
        """Before and after as they stand in a list."""
        if in_full or not self.is_personal:
            return self.before, self.after
        kind = BY_TABLE[self.table].fields()[self.name]
        return kind.veiled(self.before), kind.veiled(self.after)


@dataclass(frozen=True)
class Happening:
    """What one deed did to one record: 新建, 修改, 删除 or 恢复, and which fields."""

    table: str
    record: str
    word: str
    caption: str
    lines: tuple[Line, ...]

    @property
    def sentence(self) -> str:
        """`修改协商会“桥口村停车难”`."""
        return f"{self.word}{BY_TABLE[self.table].title}“{self.caption}”"


@dataclass(frozen=True)
class Entry:
    """One deed, with what it did to the records that are looked at."""

    deed: Deed
    happenings: list[Happening] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What was done, undone or redone."""
        return title_of(self.deed)


def title_of(deed: Deed) -> str:
    """What was done, undone or redone."""
    return _REPEATS.get(deed.kind, "") + deed.title


class History:
    """Tells what happened at a desk, and restores what was."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.deeds = Deeds(desk.database)

    def of_records(self, ids: Sequence[str]) -> list[Entry]:
        """What happened to some records, their parts and their files, newest first."""
        found = dict.fromkeys(ids)
        for table, record in self._tables(ids):
            found |= dict.fromkeys(part for _table, part in self._parts(table, record))
        found |= dict.fromkeys(self.deeds.attachment_ids(list(found)))
        entries: dict[int, Entry] = {}
        for deed, change in self.deeds.history(list(found)):
            entry = entries.setdefault(deed.number, Entry(deed))
            entry.happenings.append(self._happening(change))
        return list(entries.values())

    def wholes(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Tables and ids of those among some records that are no parts of others."""
        return [(table, each) for table, each in self._tables(ids) if table in SHOWN_ALONE]

    def of_deed(self, number: int) -> tuple[list[Happening], int]:
        """The first changes of a deed, and how many it made."""
        changes = self.deeds.changes(number, SHOWN_CHANGES)
        size = len(changes) if len(changes) < SHOWN_CHANGES else self._desk.log.size(number)
        return [self._happening(each) for each in changes], size

    def is_present(self, line: Line) -> bool:
        """Whether the value that a line would restore is the present one."""
        record = self._desk.get(BY_TABLE[line.table], line.record)
        return record is not None and columns_of(record)[line.name] == line.old

    def restore_value(self, line: Line) -> Record:
        """Put the old value of a field back, as a deed of its own.

        Raises:
            NotRestorable: the record, or what the value points at, is not there any more.
            NotValid: a rule is against it, e.g. the minutes are final.
        """
        record = self._living(line.table, line.record)
        if self.is_present(line):
            raise NotRestorable(f"{line.label}现在就是这个值，没有改动。")
        value = record.fields()[line.name].from_column(line.old)
        self._check_link(record, line.name, value)
        called = short(self._desk.caption(record.table, record.id))
        with self._desk.deed(f"恢复{record.title}“{called}”的{line.label}"):
            return self._desk.save(with_values(record, {line.name: value}))

    def restore_moment(self, wholes: Sequence[tuple[str, str]], deed: Deed) -> Record:
        """Make records and their parts what they were after a deed, as a deed of its own.

        Their files stay as they are: they are kept beside a record, not in it.

        Args:
            wholes: tables and ids; the first is the one that is looked at.
            deed: the last deed that is to count.

        Raises:
            NotRestorable: the record is not there, was not there then, or has not changed since.
            NotValid: a rule is against it, e.g. the minutes are final.
        """
        record = self._living(*wholes[0])
        ids = [*wholes, *(part for each in wholes for part in self._parts(*each))]
        wanted = [self._as_it_was(*each, deed.number) for each in ids]
        then = wanted[0]
        if then is None or then.removed_at:
            raise NotRestorable("那时没有它，或者已经删除，恢复不到那时。请选另一行。")
        leaving, changed = self._steps(ids, wanted)
        if not changed and not leaving:
            raise NotRestorable("现在和那时一样，没有要恢复的。")
        called = short(self._desk.caption(record.table, record.id))
        when = deed.done_at.replace("T", " ")[:16]
        title = f"恢复{record.title}“{called}”到{when}"
        try:
            self._go_back(title, leaving, changed[::-1])
        except NotValid:
            # A rule that minds the parts wants them first, one that minds the whole wants it first.
            self._go_back(title, leaving, changed)
        return then

    # -- inside ----------------------------------------------------------------------------

    def _tables(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """The tables of some ids."""
        found = self.deeds.tables(ids)
        return [(found[each], each) for each in ids if each in found]

    def _parts(self, table: str, record_id: str) -> list[tuple[str, str]]:
        """The parts of a record that have no page of their own."""
        return self.deeds.part_ids(BY_TABLE[table], record_id, without=WITH_PAGES)

    def _steps(
        self, ids: Sequence[tuple[str, str]], wanted: Sequence[Record | None]
    ) -> tuple[list[Record], list[Record]]:
        """Which records have to go, and how others have to become."""
        leaving, changed = [], []
        for place, then in zip(ids, wanted, strict=True):
            now = self._desk.get(BY_TABLE[place[0]], place[1])
            if then is not None and not then.removed_at:
                changed += [then] if then != now else []
            elif now is not None and not now.removed_at:
                leaving.append(now)
        return leaving, changed

    def _go_back(self, title: str, leaving: list[Record], changed: list[Record]) -> None:
        """Remove and change records in one deed."""
        with self._desk.deed(title):
            for each in leaving:
                if self._alive((each.table, each.id)) is not None:  # it may have gone with another
                    self._desk.remove(each)
            for each in changed:
                self._desk.save(each)

    def _happening(self, change: RecordChange) -> Happening:
        """A change as the clerk reads it."""
        caption = self._desk.caption(change.table, change.record)
        record_type = BY_TABLE[change.table]
        hidden = _HIDDEN | (
            {record_type.parent} - {""} if change.table not in WITH_PAGES else set()
        )
        shown = record_type.fields().keys() - hidden
        lines = (self._line(change, name) for name in change.after if name in shown)
        told = tuple(each for each in lines if each.before or each.after)
        return Happening(change.table, change.record, _word_of(change), caption, told)

    def _line(self, change: RecordChange, name: str) -> Line:
        """One field of a change."""
        kind = BY_TABLE[change.table].fields()[name]
        after = change.after[name]
        before = None if change.before is None else change.before.get(name)
        texts = [self._shown(change.table, name, value) for value in (before, after)]
        return Line(
            table=change.table,
            record=change.record,
            name=name,
            label=kind.label,
            before=texts[0],
            after=texts[1],
            old=after if change.before is None else before,
            is_personal=any(kind.veiled(each) != each for each in texts),
        )

    def _shown(self, table: str, name: str, value: object) -> str:
        """A column's value as the clerk reads it."""
        kind = BY_TABLE[table].fields()[name]
        if value is None:
            return ""
        if isinstance(kind, Link):
            return self._desk.caption(kind.to, str(value))
        return kind.format(kind.from_column(value))

    def _living(self, table: str, record_id: str) -> Record:
        """A record that is not in the recycle bin."""
        record = self._alive((table, record_id))
        if record is None:
            raise NotRestorable("它在回收站里。请先从回收站恢复它，再恢复以前的内容。")
        return record

    def _alive(self, place: tuple[str, str]) -> Record | None:
        """A record, unless it is removed."""
        table, record_id = place
        record = self._desk.get(BY_TABLE[table], record_id)
        return None if record is None or record.removed_at else record

    def _as_it_was(self, table: str, record_id: str, number: int) -> Record | None:
        """A record as a deed left it; None when it came later."""
        record = self._desk.get(BY_TABLE[table], record_id)
        if record is None:
            return None
        values: dict[str, Any] = {}
        for deed, change in self._desk.log.history(record_id):
            if deed.number <= number:
                break
            if change.before is None:
                return None
            values |= change.before
        kinds = record.fields()
        then = {
            name: kinds[name].from_column(value) if name in kinds else value
            for name, value in values.items()
        }
        for name in then.keys() & record.links().keys():
            self._check_link(record, name, then[name])
        return with_values(record, then)

    def _check_link(self, record: Record, name: str, value: object) -> None:
        """Refuse a link to what has gone for good."""
        link = record.links().get(name)
        if link is not None and value and self._desk.get(BY_TABLE[link.to], str(value)) is None:
            raise NotRestorable(
                f"{link.label}原来指向的{BY_TABLE[link.to].title}已经彻底删除，恢复不了，资料没有改动。"
            )


def _word_of(change: RecordChange) -> str:
    """What was done to a record."""
    if change.before is None:
        return "新建"
    if "removed_at" not in change.after:
        return "修改"
    return "删除" if change.after["removed_at"] else "恢复"
