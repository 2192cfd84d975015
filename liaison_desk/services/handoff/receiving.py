"""Taking a packet in at the county's desk, as one deed that can be undone."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import RECEIVED, Packet
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.handoff import errors, report
from liaison_desk.services.handoff.merge import MergePlan, plan_merge
from liaison_desk.services.handoff.reading import read_attachment
from liaison_desk.store.repository import RecordChange
from liaison_desk.store.stored import StoredRecord, StoredRecords

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.handoff.content import PacketContent

Progress = Callable[[int, int, str], None]
"""Told how much is done, of how much, and what is under way; may raise `Cancelled`."""
_BATCH = 500
_SERIES = ("prefix", "year", "number", "version")


@dataclass(frozen=True)
class MergeResult:
    """What taking a packet in did.

    Attributes:
        title: the deed's title, or "" when there was nothing to do.
        summary: one sentence for the clerk.
        changes: how many records were written.
        packet: what the desk notes about the packet, or None when it was known already.
    """

    title: str
    summary: str
    changes: int
    packet: Packet | None


def plan_reception(desk: Desk, content: PacketContent) -> MergePlan:
    """Compare a verified packet with this desk; changes nothing.

    Raises:
        NotACountyDesk: this desk takes no packets in.
        OwnPacket: the packet is this desk's own.
        ClashingRecord: an id in it is another office's here, or two minutes would share a number.
    """
    with desk.database.snapshot():
        return _planned(desk, content)


def apply_plan(
    desk: Desk, plan: MergePlan, progress: Progress = lambda done, total, what: None
) -> MergeResult:
    """Do what a plan says, in one deed; may run on a worker thread.

    The plan is made anew when the desk has changed since. One 撤销 takes it all back.

    Raises:
        PacketError: the stick is gone or changed, or the packet clashes with this desk.
        StoreError: the PC's disk is full; nothing has changed.
        Cancelled: `progress` raised it; nothing has changed.
    """
    manifest = plan.content.manifest
    title = f"接收{plan.content.place}第{manifest.number}号报送包"
    with desk.deed(title):
        if desk.log.last_stamp() != plan.as_of:
            plan = _planned(desk, plan.content)
        if report.is_known(plan):
            return MergeResult("", "这个报送包已经接收过，没有改动任何资料。", 0, None)
        told = report.summary(plan)
        changes = _in_safe_order(plan)
        _take_contents(desk, plan, progress)
        _write(desk, changes, progress)
        packet = desk.save(_record(desk, plan, told))
        desk.see_stamp(manifest.stamp)
    return MergeResult(title, told + "。", len(plan.changes), packet)


def _planned(desk: Desk, content: PacketContent) -> MergePlan:
    """Plan against what this desk has at this moment."""
    office = desk.office
    if office is None or not office.is_county:
        raise errors.NotACountyDesk(
            "只有县级的联络台才接收乡镇的报送包。本机设为乡镇使用，没有接收，资料没有改动。"
            "县级请用另一个资料文件，第一次启动时把级别选为县级。"
        )
    if content.manifest.office == desk.office_id:
        raise errors.OwnPacket("这是本室自己做的报送包，不用接收，资料没有改动。请另选一个文件。")
    existing = _existing(desk, content)
    plan = replace(plan_merge(content, existing), as_of=desk.log.last_stamp())
    _check_series(desk, plan)
    return plan


def _existing(desk: Desk, content: PacketContent) -> dict[str, StoredRecord]:
    """What this desk has under the packet's ids, every office, and every packet taken in."""
    stored = StoredRecords(desk.database)
    ids = [each.id for each in content.records]
    found = {each.id: each for kind in RECORD_TYPES for each in stored.with_ids(kind, ids)}
    found |= {each.id: each for each in stored.of_office(Packet, desk.office_id)}
    offices = [each.id for each in desk.find(Office)]
    return found | {each.id: each for each in stored.with_ids(Office, offices)}


def _check_series(desk: Desk, plan: MergePlan) -> None:
    """Refuse a packet after which two minutes of one office would bear one number."""
    office = plan.content.manifest.office
    rows = StoredRecords(desk.database).of_office(Minutes, office)
    after = {each.id: dict(each.columns) for each in rows}
    for change in plan.changes:
        if change.table == Minutes.table:
            after.setdefault(change.record, {}).update(change.after)
    living = (each for each in after.values() if not each["removed_at"] and each["number"])
    numbers = Counter(tuple(each[name] for name in _SERIES) for each in living)
    twice = [series for series, count in numbers.items() if count > 1]
    if twice:
        prefix, year, number, _ = twice[0]
        raise errors.ClashingRecord(
            f"接收后会有两份纪要同用{prefix}〔{year}〕{number}号，没有接收，资料没有改动。"
            "请乡镇核对文号，再报送一份截止日期更晚的报送包。"
        )


def _take_contents(desk: Desk, plan: MergePlan, progress: Progress) -> None:
    """Keep the content of the attachments that this desk does not have."""
    content = plan.content
    wanted = {
        each.incoming.columns["sha256"]
        for each in plan.merged
        if each.change is not None
        and each.incoming.table == Attachment.table
        and "sha256" in each.incoming.columns
    }
    if not wanted:
        return
    try:
        with zipfile.ZipFile(content.path) as archive:
            for done, sha256 in enumerate(sorted(wanted)):
                progress(done, len(wanted), "正在存入附件")
                desk.contents.add(read_attachment(archive, content, sha256))
    except zipfile.BadZipFile as error:
        raise errors.damaged(content.path.name) from error
    except OSError as error:
        raise errors.unreadable(content.path, error) from error


def _write(desk: Desk, changes: list[RecordChange], progress: Progress) -> None:
    """Write changes batch by batch."""
    for start in range(0, len(changes), _BATCH):
        progress(start, len(changes), "正在存入资料")
        desk.write(changes[start : start + _BATCH])
    progress(len(changes), len(changes), "正在存入资料")


def _in_safe_order(plan: MergePlan) -> list[RecordChange]:
    """The changes, after others that take minutes' numbers away before they are given anew.

    SQLite looks at numbers after each row, so two minutes that change places would otherwise be
    in each other's way; undone from the end, they are not either.
    """
    freed, changes = [], []
    for each in plan.changes:
        known = plan.known.get(each.record)
        number = known.columns["number"] if known and each.table == Minutes.table else None
        if known is None or number is None or not {*_SERIES, "removed_at"} & set(each.after):
            changes.append(each)
            continue
        stamp = {"number": known.stamp_of("number")}
        freed.append(
            RecordChange(each.table, each.record, {"number": number}, {"number": None}, stamp)
        )
        changes.append(
            replace(
                each,
                before={**(each.before or {}), "number": None},
                after={"number": number} | each.after,
                stamps=stamp | each.stamps,
            )
        )
    return [*freed, *changes]


def _record(desk: Desk, plan: MergePlan, told: str) -> Packet:
    """What the county keeps about a packet it took in."""
    content, manifest = plan.content, plan.content.manifest
    return Packet(
        id=str(uuid4()),
        direction=RECEIVED,
        sender=manifest.office,
        year=manifest.year,
        number=manifest.number,
        period_from=manifest.period[0],
        period_until=manifest.period[1],
        handled_at=desk.now().replace(microsecond=0),
        file_name=content.path.name[:200],
        sha256=content.sha256,
        stamp=manifest.stamp,
        contents=told[:200],
    )
