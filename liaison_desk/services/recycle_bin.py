"""回收站: what was removed, and putting it back; nothing in it is ever destroyed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from liaison_desk.domain import rules
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES, children_of
from liaison_desk.domain.short import short
from liaison_desk.services.coming_back import follow
from liaison_desk.services.desk import ForeignRecord
from liaison_desk.services.record_changes import change_between
from liaison_desk.services.taking_apart import mergers, take_apart
from liaison_desk.services.wholes import kept_in
from liaison_desk.store.removed import RemovedRecords

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.taking_apart import Merger
    from liaison_desk.store.repository import Deed

DAYS = 30
"""How long what was removed is listed unless the clerk asks for what is older."""
FEW = 300
"""So many records are listed, or put back, before the clerk would notice."""
KEPT_TYPES = tuple(each for each in RECORD_TYPES if each not in {Office, Packet})
"""What can be put back; a packet comes and goes as a whole, by 撤销 and 重做."""
_BATCH = 200
"""How many records are put back between two calls of a `Progress`."""


class NotRestored(DeskError):
    """A rule is against putting a record back; everything is still in the recycle bin."""


@dataclass(frozen=True)
class Gone:
    """A removed record with the parts that went in the same deed.

    Attributes:
        record: as it was when it was removed.
        caption: what it is called; for a part with what it belongs to.
        removed_at: when, local time.
        operator: who removed it.
        deed: the number of the deed.
        parts: the parts of it, their own parts among them.
    """

    record: Record
    caption: str
    removed_at: datetime
    operator: str
    deed: int
    parts: tuple[Gone, ...] = ()

    @property
    def parts_counted(self) -> str:
        """出席12条、议程3条."""
        counts = Counter(each.record.title for each in self.parts)
        return "、".join(f"{title}{count}条" for title, count in counts.items())


@dataclass(frozen=True)
class Restored:
    """What came back: what was chosen, and the wholes that parts of it needed."""

    chosen: tuple[Record, ...]
    wholes: tuple[Record, ...]
    title: str


class RecycleBin:
    """The removed records of the desk's own office."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._removed = RemovedRecords(desk.database)

    def is_quick(self) -> bool:
        """Whether `contents` answers before the clerk would notice."""
        queries = self._desk.queries
        if not all(queries.is_quick(each) for each in KEPT_TYPES):
            return False
        ids = self._removed.ids(KEPT_TYPES, self._desk.office_id)
        return sum(map(len, ids.values())) <= FEW

    def contents(self, *, older_too: bool = False) -> list[Gone]:
        """What was removed in the last 30 days, or ever, last first; parts with their wholes."""
        with self._desk.database.snapshot():
            ids = self._removed.ids(KEPT_TYPES, self._desk.office_id)
            deeds = self._removed.deeds(each for some in ids.values() for each in some)
            records = {
                each.id: each
                for table, some in ids.items()
                for each in self._desk.many(BY_TABLE[table], some)
            }
            since = "" if older_too else self._since()
            recent = {each: deed for each, deed in deeds.items() if deed.done_at >= since}
            return self._grouped(records, recent)

    def restore(self, chosen: Sequence[Record], progress: Progress = no_progress) -> Restored:
        """Put records back as one deed, with the parts that went with them.

        What a part belongs to comes back as well. What was merged into another record gets back
        what hung on it, as far as that is as the merger left it.

        Raises:
            NotRestored: a rule is against it, such as a number used since; nothing has changed.
            ForeignRecord: it belongs to another office.
            Cancelled: `progress` raised it; nothing has changed.
        """
        wanted: dict[str, Record] = {}
        for each in chosen:
            self._collect(each, wanted)
        wholes = self._wholes(chosen, wanted)
        merged = self._mergers(wanted.values())
        title = self._title(chosen) + ("，与合并到的分开" if merged else "")
        with self._desk.deed(title):
            self._write(list(wanted.values()), progress)
            for merger in merged:
                take_apart(self._desk, merger)
            for each in chosen:
                follow(self._desk, each)
        return Restored(tuple(chosen), wholes, title)

    # -- inside ----------------------------------------------------------------------------

    def _since(self) -> str:
        """The local time 30 days ago."""
        return (self._desk.now() - timedelta(days=DAYS)).isoformat(timespec="seconds")

    def _grouped(self, records: dict[str, Record], deeds: dict[str, Deed]) -> list[Gone]:
        """Each record under the whole that went in the same deed, if there is one."""
        below: dict[str, list[str]] = {}
        roots: list[str] = []
        for each, record in records.items():
            if each not in deeds:
                continue  # longer ago than is asked for
            whole, deed = _whole_of(record), deeds[each]
            is_part = whole in records and whole in deeds and deeds[whole].number == deed.number
            (below.setdefault(whole, []) if is_part else roots).append(each)
        found = [self._gone(records[each], deeds[each], records, below) for each in roots]
        return sorted(found, key=lambda each: -each.deed)

    def _gone(
        self, record: Record, deed: Deed, records: dict[str, Record], below: dict[str, list[str]]
    ) -> Gone:
        """One record with all that is below it."""
        waiting, parts = list(below.get(record.id, ())), []
        while waiting:
            part = records[waiting.pop(0)]
            parts.append(_gone(part, self._caption(part), deed))
            waiting += below.get(part.id, ())
        return _gone(record, self._long_caption(record), deed, tuple(parts))

    def _caption(self, record: Record) -> str:
        return self._desk.caption(record.table, record.id) or record.caption

    def _long_caption(self, record: Record) -> str:
        """What a record is called, and what it is a part of."""
        whole = kept_in(self._desk, record)
        caption = self._caption(record)
        return f"{caption}（{whole.title}“{self._caption(whole)}”）" if whole else caption

    def _wholes(self, chosen: Sequence[Record], wanted: dict[str, Record]) -> tuple[Record, ...]:
        """Of what is put back, the wholes that were not chosen themselves."""
        ids = {each.id for each in chosen}
        found: dict[str, Record] = {}
        for each in chosen:
            whole = kept_in(self._desk, each)
            while whole is not None and whole.id in wanted:
                if whole.id not in ids:
                    found[whole.id] = whole
                whole = kept_in(self._desk, whole)
        return tuple(found.values())

    def _collect(self, record: Record, wanted: dict[str, Record]) -> None:
        """A record, before it what it is a part of, and behind it its parts."""
        now = self._desk.get(type(record), record.id)
        if now is None or not now.removed_at or now.id in wanted:
            return
        if not self._desk.is_own(now):
            raise ForeignRecord("这条资料是乡镇报来的，只能查看，不能恢复。")
        whole = kept_in(self._desk, now)
        if whole is not None:
            self._collect(whole, wanted)
        wanted[now.id] = now
        self._collect_parts(now, wanted)

    def _collect_parts(self, record: Record, wanted: dict[str, Record]) -> None:
        """The parts that went in the same deed as their whole."""
        deed = self._removed.deeds([record.id])[record.id].number
        for child in children_of(type(record)):
            ids = self._removed.parts(child, record.id)
            deeds = self._removed.deeds(ids) if ids else {}
            for part in self._desk.many(child, ids):
                if deeds[part.id].number == deed:
                    self._collect(part, wanted)

    def _mergers(self, gone: Iterable[Record]) -> list[Merger]:
        """What has to be taken apart again.

        Raises:
            NotRestored: the other has gone as well, so there is nothing to take it from.
        """
        found = mergers(self._desk, gone)
        back = {each.gone.id for each in found}
        for each in found:
            kept = self._desk.get(type(each.gone), each.kept)
            if kept is not None and kept.removed_at and kept.id not in back:
                called = self._caption(kept)
                raise _refused(
                    f"“{self._caption(each.gone)}”",
                    f"它合并到了“{called}”，“{called}”也在回收站里，请先恢复“{called}”",
                )
        return found

    def _write(self, gone: list[Record], progress: Progress) -> None:
        """Take the marks off, then let the rules see the whole of it; inside the deed."""
        back = [with_values(each, {"removed_at": ""}) for each in gone]
        for start in range(0, len(gone), _BATCH):
            progress(start, len(gone))
            batch = slice(start, start + _BATCH)
            changes = [change_between(*pair) for pair in zip(gone[batch], back[batch], strict=True)]
            try:
                self._desk.write([each for each in changes if each is not None])
            except NotValid as error:
                raise _refused("", error.problems[0].sentence) from error
        for number, (before, each) in enumerate(zip(gone, back, strict=True)):
            progress(number, len(back))
            own = each.problems()  # it was kept with these, and can only be mended when it is back
            against = [p for p in rules.problems_of(each, before, self._desk) if p not in own]
            if against:
                raise _refused(f"{each.title}“{self._caption(each)}”", against[0].sentence)

    def _title(self, chosen: Sequence[Record]) -> str:
        """What the deed is called."""
        first = chosen[0]
        if len(chosen) == 1:
            return f"恢复{first.title}“{short(self._caption(first))}”"
        titles = {each.title for each in chosen}
        return f"恢复{first.title if len(titles) == 1 else '资料'}{len(chosen)}条"


def _whole_of(record: Record) -> str:
    """The id of what a record is a part of, or ""."""
    if isinstance(record, Attachment):
        return record.owner
    return str(getattr(record, record.parent) or "") if record.parent else ""


def _gone(record: Record, caption: str, deed: Deed, parts: tuple[Gone, ...] = ()) -> Gone:
    """A record with the deed that removed it."""
    done_at = datetime.fromisoformat(deed.done_at)
    return Gone(record, caption, done_at, deed.operator, deed.number, parts)


def _refused(what: str, sentence: str) -> NotRestored:
    """Why nothing was put back."""
    return NotRestored(f"没有恢复{what}：{sentence}。资料都还在回收站里。")
