"""The one door to the records: read freely, change through deeds."""

from __future__ import annotations

import dataclasses
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from liaison_desk.domain import rules
from liaison_desk.domain.clock import next_stamp
from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.office import Office
from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import BY_TABLE, children_of
from liaison_desk.domain.short import short
from liaison_desk.services.record_changes import (
    change_between,
    done_again,
    is_work_of,
    stamped,
    taken_back,
)
from liaison_desk.store.attachments import AttachmentContents
from liaison_desk.store.drafts import Drafts
from liaison_desk.store.log import Log
from liaison_desk.store.queries import ListQuery, Queries
from liaison_desk.store.repository import Deed, RecordChange, Repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from liaison_desk.store.database import Database

R = TypeVar("R", bound=Record)
_BATCH = 500
"""How many changes are written between two calls of a `Progress`; about 50 ms."""


@dataclass(frozen=True)
class Change:
    """What a deed did: its title, and the ids it touched by table; the window reloads those."""

    title: str
    touched: dict[str, tuple[str, ...]]


class NothingToUndo(DeskError):
    """There is nothing that 撤销 or 重做 could act on."""


class ForeignRecord(DeskError):
    """The record belongs to another office and is for reading only."""


@dataclass
class _OpenDeed:
    """The deed under way on one thread; it enters the log with its first change."""

    deed: Deed
    number: int = 0
    changes: list[RecordChange] = dataclasses.field(default_factory=list)


class Desk:
    """The office's records, behind deeds that are atomic, logged and can be undone.

    Args:
        database: the open data file.
        operator: the name that the history shows.
        now: the wall clock, local time; tests bring their own.
    """

    def __init__(
        self, database: Database, *, operator: str = "", now: Callable[[], datetime] = datetime.now
    ) -> None:
        self.database = database
        self.operator = operator
        self.now = now
        self.queries = Queries(database)
        self.log = Log(database)
        self.drafts = Drafts(database)
        self.contents = AttachmentContents(database)
        self._repository = Repository(database)
        self._listeners: list[Callable[[Change], None]] = []
        self._thread = threading.local()

    # -- reading ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The date on this PC."""
        return self.now().date()

    @property
    def desk_id(self) -> str:
        """The id of this data file as a maker of changes; "" before set-up."""
        return self.database.setting("desk")

    @property
    def office_id(self) -> str:
        """The id of the office this desk is set up for; "" before set-up."""
        return self.database.setting("office")

    @property
    def office(self) -> Office | None:
        """The office this desk is set up for, or None before set-up."""
        return self.get(Office, self.office_id)

    def get(self, record_type: type[R], record_id: str | None) -> R | None:
        """One record by its id, removed or not, or None."""
        return self._repository.get(record_type, record_id)

    def many(self, record_type: type[R], ids: Sequence[str]) -> list[R]:
        """The records with these ids, in this order."""
        return self._repository.many(record_type, ids)

    def find(self, record_type: type[R], **equals: object) -> list[R]:
        """The records, not removed, whose fields equal these values."""
        return self._repository.find(record_type, **equals)

    def list_ids(self, record_type: type[Record], query: ListQuery) -> list[str]:
        """The ids of what a list shows, in its order."""
        return self.queries.ids(record_type, query)

    def caption(self, table: str, record_id: str | None) -> str:
        """What a linked record is called, or ""; a link to a link is followed."""
        record = self.get(BY_TABLE[table], record_id)
        if record is None:
            return ""
        link = record.links().get(record.headline)
        return self.caption(link.to, getattr(record, record.headline)) if link else record.caption

    def is_own(self, record: Record) -> bool:
        """Whether this desk may change the record."""
        return record.office in {"", self.office_id}

    def stamps(self, table: str, ids: Sequence[str]) -> dict[str, dict[str, str]]:
        """When each field of some records was last changed, as stamps; by id."""
        return self._repository.stamps(table, ids)

    # -- changing --------------------------------------------------------------------------

    def on_change(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` after every deed that was committed, on the thread that did it."""
        self._listeners.append(listener)

    @contextmanager
    def deed(self, title: str) -> Iterator[None]:
        """Everything saved inside is one deed: committed, logged and undone together.

        A deed inside a deed becomes part of it.
        """
        if self._open is not None:
            yield
            return
        with self._opened(Deed("", self._time(), self.operator, title)):
            yield

    def note(self, title: str) -> None:
        """Let the history tell what was done with records, though none was changed."""
        with self.database.transaction():
            stamp = self._next_stamp()
            self._repository.begin(Deed(stamp, self._time(), self.operator, title))

    def save(self, record: R) -> R:
        """Keep a new or changed record.

        Returns:
            The record as kept, with its id.

        Raises:
            NotValid: a field or a rule is against it; nothing has changed.
            ForeignRecord: it belongs to another office.
        """
        return self.save_all([record])[0]

    def save_all(self, records: Sequence[R], title: str = "") -> list[R]:
        """Keep several records in one deed; the rules see them as they were before it.

        Raises:
            NotValid: a field or a rule is against one of them; none is kept.
            ForeignRecord: one belongs to another office.
        """
        own = self.office_id
        kept = [
            dataclasses.replace(record, id=record.id or str(uuid4()), office=record.office or own)
            for record in records
        ]
        with self.deed(title or _title_of(kept)):
            changes = [self._checked(record) for record in kept]
            problems = rules.repeated(kept)
            if problems:
                raise NotValid(problems)
            self.write([change for change in changes if change is not None])
        return kept

    def remove(self, record: Record) -> None:
        """Put a record and its parts into the recycle bin.

        Raises:
            NotValid: a rule keeps it, e.g. finalised minutes.
        """
        caption = self.caption(record.table, record.id)
        with self.deed(f"删除{record.title}“{short(caption)}”"):
            # What the window shows may be older than what is kept: only the mark is changed.
            self._remove(self.get(type(record), record.id) or record, _utc())

    def write(self, changes: Sequence[RecordChange]) -> None:
        """Make changes that have been checked already; inside a deed.

        A change without stamps is this desk's own and gets the deed's stamp.
        """
        opened = self._open
        assert opened is not None, "write outside a deed"
        if not changes:
            return
        if not opened.number:
            stamp = self._next_stamp()
            opened.deed = dataclasses.replace(opened.deed, stamp=stamp)
            opened.number = self._repository.begin(opened.deed)
        made = [each if each.stamps else stamped(each, opened.deed.stamp) for each in changes]
        self._repository.write(opened.number, made)
        opened.changes += made

    def undo(self, progress: Progress = no_progress) -> Change:
        """Take back the last deed.

        Raises:
            NothingToUndo: nothing of the last hundred deeds is left to undo.
            Cancelled: `progress` raised it; nothing has changed.
        """
        target = self.log.undoable()
        if target is None:
            raise NothingToUndo("没有可以撤销的操作。")
        done, moment = self.log.changes(target.number), _utc()
        is_own = all(is_work_of(target, each) for each in done)
        earlier = {} if is_own else self.log.stamps_before(target.number)
        changes = [taken_back(each, target, moment, earlier) for each in reversed(done)]
        return self._repeat(target, "undo", changes, progress)

    def redo(self, progress: Progress = no_progress) -> Change:
        """Do the last undone deed again.

        Raises:
            NothingToUndo: nothing was undone, or something new was done since.
            Cancelled: `progress` raised it; nothing has changed.
        """
        target = self.log.redoable()
        if target is None:
            raise NothingToUndo("没有可以重做的操作。")
        changes = [done_again(each, target) for each in self.log.changes(target.number)]
        return self._repeat(target, "redo", changes, progress)

    def set_up(self, office: Office) -> Office:
        """Make this data file the desk of an office; the first deed in it.

        Raises:
            NotValid: a field of the office is wrong.
        """
        identity = office.id or str(uuid4())
        with self.deed(f"设置{office.title}“{short(office.name)}”"):
            self.database.set_setting("desk", uuid4().hex[:12])
            self.database.set_setting("office", identity)
            return self.save(dataclasses.replace(office, id=identity, office=identity))

    def see_stamp(self, stamp: str) -> None:
        """Let this desk's clock not fall behind a stamp that came from another; inside a deed."""
        if stamp > self.database.setting("clock"):
            self.database.set_setting("clock", stamp)

    # -- inside ----------------------------------------------------------------------------

    @property
    def _open(self) -> _OpenDeed | None:
        """The deed under way on this thread."""
        return getattr(self._thread, "deed", None)

    @contextmanager
    def _opened(self, deed: Deed) -> Iterator[_OpenDeed]:
        """Run a deed's transaction and tell the listeners once it is committed."""
        opened = self._thread.deed = _OpenDeed(deed)
        try:
            with self.database.transaction():
                yield opened
        finally:
            self._thread.deed = None
        if opened.changes:
            change = _summary(deed.title, opened.changes)
            for listener in self._listeners:
                listener(change)

    def _checked(self, record: Record) -> RecordChange | None:
        """The change that saving a record comes to, or None when nothing differs."""
        before = self.get(type(record), record.id)
        if not self.is_own(record) or (before is not None and not self.is_own(before)):
            raise ForeignRecord("这条资料是乡镇报来的，只能查看，不能修改。")
        problems = rules.problems_of(record, before, self)
        if problems:
            raise NotValid(problems)
        return change_between(before, record)

    def _remove(self, record: Record, moment: str) -> None:
        """Mark a record as removed, then its parts, whose rules see that the whole is gone."""
        change = self._checked(with_values(record, {"removed_at": moment}))
        self.write([change] if change else [])
        for child in children_of(type(record)):
            for part in self.find(child, **{child.parent: record.id}):
                self._remove(part, moment)

    def _repeat(
        self, target: Deed, kind: str, changes: list[RecordChange], progress: Progress
    ) -> Change:
        """Undo or redo a deed as a deed of its own."""
        deed = Deed("", self._time(), self.operator, target.title, kind, target.number)
        with self._opened(deed) as opened:
            for start in range(0, len(changes), _BATCH):
                progress(start, len(changes))
                self.write(changes[start : start + _BATCH])
            self.log.mark(target.number, is_undone=kind == "undo")
        return _summary(target.title, opened.changes)

    def _next_stamp(self) -> str:
        """The stamp after every stamp this desk has made or seen."""
        last = max(self.log.last_stamp(), self.database.setting("clock"))
        milliseconds = int(self.now().timestamp() * 1000)
        return next_stamp(last, milliseconds, self.desk_id or "new")

    def _time(self) -> str:
        """Local time for the log."""
        return self.now().isoformat(timespec="seconds")


def _summary(title: str, changes: Sequence[RecordChange]) -> Change:
    """The announcement of a deed."""
    touched: dict[str, dict[str, None]] = {}
    for each in changes:
        touched.setdefault(each.table, {})[each.record] = None
    return Change(title, {table: tuple(ids) for table, ids in touched.items()})


def _title_of(records: Sequence[Record]) -> str:
    """What saving these records is called in the history."""
    if not records:
        return "保存"
    first = records[0]
    what = f"保存{first.title}"
    if first.headline in first.links():
        return what if len(records) == 1 else f"{what}{len(records)}条"
    caption = f"“{short(first.caption)}”"
    return what + (caption if len(records) == 1 else f"{caption}等{len(records)}条")


def _utc() -> str:
    """The moment something is removed."""
    return datetime.now(UTC).isoformat(timespec="seconds")
