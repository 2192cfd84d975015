"""Two records of one person (agency, village) become one, and nothing that hung on either is lost.

Written from the links that the records declare, so a new record type needs nothing here. Links are
moved without asking the rules: who somebody is does not change what finalised minutes agreed, and
the text of minutes keeps the name as it was printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from liaison_desk.domain import rules
from liaison_desk.domain.activity import ActivityParticipant
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.fields import Link
from liaison_desk.domain.meeting import Attendance
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import links_to
from liaison_desk.domain.short import short
from liaison_desk.services.desk import ForeignRecord
from liaison_desk.services.record_changes import change_between
from liaison_desk.store.links import Links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from liaison_desk.services.desk import Desk

R = TypeVar("R", bound=Record)

_ONCE: dict[type[Record], tuple[str, ...]] = {
    **rules.ONLY_ONCE,
    Pairing: ("membership", "partner", "until"),
}
"""Fields that no two records share: after a merger two that do are one."""
_REMARKS: dict[type[Record], str] = {
    Attendance: "reason",
    Membership: "change_reason",
    ActivityParticipant: "note",
    Pairing: "note",
}
"""Where a record that stands for two says what the other one had."""
_PRESENCES = ("出席", "迟到", "早退", "列席", "请假", "缺席")
"""The stronger presence first: who was noted as there and as absent was there."""
_FORMER, _MERGED_INTO = "former_names", "merged_into"
_BATCH = 200


@dataclass(frozen=True)
class Following:
    """What hangs on a record, in the clerk's words: 出席, and how many."""

    words: str
    count: int


def merged_values(kept: Record, duplicate: Record) -> dict[str, Any]:
    """The values of the record that stays, unless the clerk chooses others: what is filled in."""
    return {
        name: getattr(duplicate if kind.is_empty(getattr(kept, name)) else kept, name)
        for name, kind in kept.fields().items()
        if name != _MERGED_INTO
    }


def following(desk: Desk, record: Record) -> list[Following]:
    """What would follow a record into another."""
    found = []
    for kind, name in links_to(type(record)):
        count = desk.queries.count(kind, **{name: record.id})
        if count and name != _MERGED_INTO:
            found.append(Following(_words(kind, name), count))
    attached = desk.queries.count(Attachment, owner=record.id)
    return [*found, Following(Attachment.title, attached)] if attached else found


def shared(desk: Desk, kept: Record, duplicate: Record) -> list[Following]:
    """What both have and may be there only once, such as a place in one meeting."""
    found = []
    for kind, name in links_to(type(kept)):
        others = [each for each in _ONCE.get(kind, ()) if each != name]
        if name not in _ONCE.get(kind, ()):
            continue
        own, theirs = (
            [tuple(getattr(each, other) for other in others) for each in records]
            for records in (desk.find(kind, **{name: each.id}) for each in (kept, duplicate))
        )
        count = sum(each in own for each in theirs)
        if count:
            found.append(Following(_words(kind, name), count))
    return found


def merge(
    desk: Desk,
    kept: R,
    duplicate: R,
    values: Mapping[str, Any],
    progress: Progress = no_progress,
) -> R:
    """Let one record stand for two; the duplicate goes to the recycle bin. One deed.

    Args:
        desk: whose records they are.
        kept: the record that stays.
        duplicate: the one that goes.
        values: what the fields of the one that stays shall be; see `merged_values`.
        progress: told how many links have moved.

    Raises:
        NotValid: a value is wrong, or the two are no pair; nothing has changed.
        ForeignRecord: one belongs to another office.
        Cancelled: `progress` raised it; nothing has changed.
    """
    _check(desk, kept, duplicate)
    kept, duplicate = (desk.get(type(each), each.id) or each for each in (kept, duplicate))
    whole = with_values(kept, {**values, **_names(kept, duplicate, values)})
    with desk.deed(f"合并{kept.title}“{short(duplicate.caption)}”到“{short(whole.caption)}”"):
        merger = _Merger(desk, progress)
        merger.move(type(kept), duplicate.id, kept.id)
        merger.unpair(kept)
        stays = desk.save(whole)
        into = {_MERGED_INTO: kept.id} if _MERGED_INTO in kept.fields() else {}
        merger.bin(duplicate, into)
    return stays


class _Merger:
    """Moves what hangs on one record to another; inside a deed."""

    def __init__(self, desk: Desk, progress: Progress) -> None:
        self._desk = desk
        self._links = Links(desk.database)
        self._progress = progress
        self._moved = 0

    def move(self, kind: type[Record], lost: str, kept: str) -> None:
        """Let every record that names `lost` name `kept`, those in the recycle bin too."""
        for linking, name in links_to(kind):
            ids = [each for each in self._links.every(linking, name, lost) if each != lost]
            for start in range(0, len(ids), _BATCH):
                self._progress(self._moved, self._moved + len(ids) - start)
                self._point(linking, name, ids[start : start + _BATCH], kept)
            if name in _ONCE.get(linking, ()):
                for each in self._desk.many(linking, ids):
                    self._join_twin(each)
        self._move_attachments(lost, kept)

    def unpair(self, kept: Record) -> None:
        """Nobody keeps in touch with himself: such pairs go."""
        for seat in self._desk.find(Membership, person=kept.id):
            for pair in self._desk.find(Pairing, membership=seat.id, partner=kept.id):
                self.bin(pair)

    def bin(self, record: Record, values: Mapping[str, Any] | None = None) -> None:
        """Put a record into the recycle bin, alone: what hung on it has moved."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        self._change([with_values(record, {**(values or {}), "removed_at": moment})])

    def _point(self, linking: type[Record], name: str, ids: list[str], kept: str) -> None:
        """Let some records name the one that stays; that one itself names nobody."""
        records = self._desk.many(linking, ids)
        self._change(
            with_values(each, {name: None if each.id == kept else kept}) for each in records
        )
        self._moved += len(ids)

    def _join_twin(self, moved: Record) -> None:
        """Where two records may now be there only once, make them one."""
        names = _ONCE[type(moved)]
        equals = {name: getattr(moved, name) for name in names}
        same = self._desk.find(type(moved), **equals)
        twin = next((each for each in same if each.id != moved.id), None)
        if twin is None or moved.removed_at or moved.id not in {each.id for each in same}:
            return
        self.move(type(moved), moved.id, twin.id)
        self._change([_joined(self._desk, twin, moved)])
        self.bin(moved)

    def _move_attachments(self, lost: str, kept: str) -> None:
        """The files follow; one that is there already under its name goes."""
        there = self._desk.find(Attachment, owner=kept)
        taken = {each.name.casefold() for each in there}
        known = {(each.name, each.sha256) for each in there}
        for identity in self._links.every(Attachment, "owner", lost):
            file = self._desk.get(Attachment, identity)
            if file is None:
                continue
            moved = with_values(file, {"owner": kept})
            if not file.removed_at and (file.name, file.sha256) in known:
                self.bin(moved)
                continue
            if not file.removed_at:
                moved = with_values(moved, {"name": _free_name(file.name, taken)})
                taken.add(moved.name.casefold())
            self._change([moved])

    def _change(self, records: Iterable[Record]) -> None:
        """Write records as they are, without asking the rules."""
        changes = (change_between(self._desk.get(type(e), e.id), e) for e in records)
        self._desk.write([each for each in changes if each is not None])


def _check(desk: Desk, kept: Record, duplicate: Record) -> None:
    """Whether these two can be one."""
    if not (desk.is_own(kept) and desk.is_own(duplicate)):
        raise ForeignRecord("这条资料是乡镇报来的，只能查看，不能合并。")
    if type(kept) is not type(duplicate) or kept.id == duplicate.id:
        raise NotValid([Problem("", f"请选两条不同的{kept.title}再合并")])
    for each in (kept, duplicate):
        now = desk.get(type(each), each.id)
        if now is None or now.removed_at:
            raise NotValid([Problem("", f"“{each.caption}”已经不在名单里了，请重新选择")])


def _names(kept: Record, duplicate: Record, values: Mapping[str, Any]) -> dict[str, str]:
    """The names that the one that stays is known by besides its own."""
    if _FORMER not in kept.fields():
        return {}
    own = values.get("name", getattr(kept, "name", ""))
    known = values.get(_FORMER, getattr(kept, _FORMER)).split("、")
    for each in (kept, duplicate):
        known += [getattr(each, "name", ""), *getattr(each, _FORMER).split("、")]
    return {_FORMER: "、".join(dict.fromkeys(each for each in known if each and each != own))}


def _joined(desk: Desk, kept: R, lost: R) -> R:
    """One record for two: what is filled in, of the stronger one; the rest as a remark.

    A remark that is cut says so; the whole of it stays in the recycle bin.
    """
    strong, weak = (kept, lost) if _strength(kept) <= _strength(lost) else (lost, kept)
    remark = _REMARKS.get(type(kept), "")
    values, differing = {}, []
    for name, kind in kept.fields().items():
        ours, theirs = getattr(strong, name), getattr(weak, name)
        values[name] = theirs if kind.is_empty(ours) else ours
        both = not kind.is_empty(ours) and not kind.is_empty(theirs)
        if name not in (remark, "position") and both and ours != theirs:
            told = desk.caption(kind.to, theirs) if isinstance(kind, Link) else weak.shown(name)
            differing.append(told)
    if remark:
        told = f"合并前另记：{'、'.join(differing)}" if differing else ""
        parts = dict.fromkeys((getattr(strong, remark), getattr(weak, remark), told))
        room = kept.fields()[remark].max_length
        told = "；".join(filter(None, parts))
        values[remark] = told if len(told) <= room else f"{told[: room - 1]}…"
    values["position"] = getattr(kept, "position", None)
    return with_values(kept, {n: v for n, v in values.items() if n in kept.fields()})


def _strength(record: Record) -> int:
    """Lower is stronger: there before absent, serving before gone."""
    if isinstance(record, Attendance):
        known = record.presence in _PRESENCES
        return _PRESENCES.index(record.presence) if known else len(_PRESENCES)
    return int(isinstance(record, Membership) and not record.is_serving)


def _words(kind: type[Record], name: str) -> str:
    """What a link is called: 出席, 协商会（主持人）."""
    if name in (kind.headline, kind.parent) or kind.fields()[name].required:
        return kind.title
    return f"{kind.title}（{kind.fields()[name].label}）"


def _free_name(name: str, taken: set[str]) -> str:
    """A file name that no other file of the record has."""
    path, number, found = PurePosixPath(name), 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{path.stem}（{number}）{path.suffix}"
    return found
