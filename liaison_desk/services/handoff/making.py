"""Making a packet: choose, preview, put together, write to the stick, and note that it left."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.packet import SENT, Packet
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.short import short
from liaison_desk.services.handoff import errors
from liaison_desk.services.handoff.packet_file import (
    PacketFileWriter,
    PacketHead,
    Paper,
    packet_name,
)
from liaison_desk.services.handoff.scope import PacketScope, choose, first_problem, personal_data
from liaison_desk.services.handoff.stick import StickFile, TargetFolder
from liaison_desk.store.stored import StoredRecords

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from liaison_desk.services.desk import Desk

Progress = Callable[[int, int, str], None]
"""Told how much is done, of how much (0: not known), and what is under way; may raise
`Cancelled`."""
Papers = Callable[[PacketScope, Progress], Iterable[Paper]]
"""Makes the minutes and ledgers that anyone can open; called on the thread that makes the packet,
inside one snapshot of the records."""


@dataclass(frozen=True)
class PacketOrder:
    """What the clerk asks for: the period, first and last day, and whether identity numbers go."""

    period_from: date
    period_until: date
    include_identity: bool = False


@dataclass(frozen=True)
class PacketPreview:
    """What a packet would carry, for the clerk to see before it is made.

    Attributes:
        number: the number it would get.
        file_name: the name it would get.
        counts: how many records, by the Chinese title of their type.
        removed: how many removals it tells of.
        attachments: how many attachments, and their size in bytes.
        personal: how many values of each personal field it carries, by label (手机, 身份证号 …).
        drafts: how many draft minutes stay at home.
        later_meetings: how many meetings after the period stay at home.
    """

    number: int
    file_name: str
    counts: dict[str, int]
    removed: int
    attachments: tuple[int, int]
    personal: dict[str, int]
    drafts: int
    later_meetings: int


@dataclass(frozen=True)
class MadePacket:
    """A packet that is on the stick; it may be pulled out after the system's own 安全弹出."""

    path: Path
    year: int
    number: int
    sha256: str
    size: int
    packet: Packet


def preview_packet(desk: Desk, order: PacketOrder) -> PacketPreview:
    """What a packet would carry; changes nothing."""
    with desk.database.snapshot():
        scope = _scope(desk, order)
        number = _next_number(desk, desk.today.year)
    attachments = [each for each in scope.records if each.table == Attachment.table]
    size = sum({each.columns["sha256"]: each.columns["size"] or 0 for each in attachments}.values())
    return PacketPreview(
        number,
        packet_name(scope, number),
        {BY_TABLE[table].title: count for table, count in scope.counts.items()},
        len(scope.removed),
        (len(attachments), size),
        dict(personal_data(scope.records)),
        scope.drafts,
        scope.later_meetings,
    )


def make_packet(
    desk: Desk,
    order: PacketOrder,
    folder: Path | TargetFolder,
    papers: Papers,
    progress: Progress = lambda done, total, what: None,
) -> MadePacket:
    """Make a packet in a folder and note that it left; may run on a worker thread.

    Raises:
        PacketError: the stick is missing, full, read-only, gone or faulty, or the PC's own disk
            is full. No half file is under the packet's name and no number is used.
        Cancelled: `progress` raised it; the same holds.
    """
    target = folder if isinstance(folder, TargetFolder) else TargetFolder(folder)
    if not target.exists():
        raise errors.folder_missing(target.path)
    home = desk.database.path.parent
    try:
        with tempfile.TemporaryFile(dir=home) as file:
            scope, head = _put_together(desk, order, papers, progress, file)
            return _hand_over(desk, scope, head, file, target, progress)
    except OSError as error:
        raise errors.not_prepared(error, home) from error


def _put_together(
    desk: Desk, order: PacketOrder, papers: Papers, progress: Progress, file: IO[bytes]
) -> tuple[PacketScope, PacketHead]:
    """Write the whole packet to a nameless file on the PC's own disk, from one moment's records."""
    progress(0, 0, "正在挑选资料")
    now = desk.now()
    with desk.database.snapshot():
        scope = _scope(desk, order)
        _check(desk, scope)
        head = PacketHead(desk.desk_id, now.year, _next_number(desk, now.year), now)
        with PacketFileWriter(file, now) as writer:
            for paper in papers(scope, progress):
                writer.add_paper(paper)
            attachments = [each for each in scope.records if each.table == Attachment.table]
            for done, each in enumerate(attachments):
                progress(done, len(attachments), "正在放入附件")
                writer.add_attachment(each, desk.contents.read(each.columns["sha256"]))
            progress(0, 0, "正在放入资料")
            writer.finish(scope, head)
    return scope, head


def _hand_over(
    desk: Desk,
    scope: PacketScope,
    head: PacketHead,
    file: IO[bytes],
    target: TargetFolder,
    progress: Progress,
) -> MadePacket:
    """Copy the packet to the stick; its final name and the note in the records come together."""
    size = file.seek(0, 2)
    on_stick = StickFile(target, packet_name(scope, head.number), head.desk)
    sha256 = on_stick.write(file, size, progress)
    try:
        with desk.deed(f"报出第{head.number}号报送包"):
            if _next_number(desk, head.year) != head.number:
                raise errors.PacketError(
                    "刚才另做了一个报送包，这一个的期号重了，没有做成。资料没有改动。请再做一次。"
                )
            packet = desk.save(_record(scope, head, on_stick.path.name, sha256))
            on_stick.publish()
    except BaseException:
        on_stick.withdraw()
        raise
    return MadePacket(on_stick.path, head.year, head.number, sha256, size, packet)


def _scope(desk: Desk, order: PacketOrder) -> PacketScope:
    """The scope of an order."""
    if order.period_from > order.period_until:
        raise errors.PacketError("起始日期晚于截止日期，报送包没有做。请改正日期后再做。")
    return choose(
        desk, order.period_from, order.period_until, include_identity=order.include_identity
    )


def _check(desk: Desk, scope: PacketScope) -> None:
    """Refuse to make what the county's desk would refuse to take.

    Raises:
        PacketError: a record breaks a rule that is younger than itself.
    """
    for each in scope.records:
        problem = first_problem(each)
        if problem is not None:
            caption = short(desk.caption(each.table, each.id))
            raise errors.PacketError(
                f"{BY_TABLE[each.table].title}“{caption}”填写有误：{problem}。"
                "报送包没有做成，期号没有占用。请改正这条资料后再做。"
            )


def _next_number(desk: Desk, year: int) -> int:
    """The number after every one of the year; one that was taken back may be on a stick still."""
    sent = StoredRecords(desk.database).of_office(Packet, desk.office_id)
    used = (
        each.columns["number"]
        for each in sent
        if each.columns["direction"] == SENT and each.columns["year"] == year
    )
    return max(used, default=0) + 1


def _record(scope: PacketScope, head: PacketHead, file_name: str, sha256: str) -> Packet:
    """What the office keeps about a packet it sent."""
    told = "、".join(f"{BY_TABLE[table].title}{n}" for table, n in scope.counts.items())
    return Packet(
        direction=SENT,
        sender=scope.office.id,
        year=head.year,
        number=head.number,
        period_from=scope.period_from,
        period_until=scope.period_until,
        handled_at=head.made_at.replace(microsecond=0),
        file_name=file_name,
        sha256=sha256,
        stamp=scope.stamp,
        contents=told[:200],
    )
