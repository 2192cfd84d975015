"""Packets for the tests: good ones, and ones that somebody has tampered with."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from liaison_desk.services.handoff.making import MadePacket, PacketOrder, make_packet
from liaison_desk.services.handoff.packet_format import BLANK_SEAL, MANIFEST, RECORDS, seal
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import MergeResult, apply_plan, plan_reception

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.handoff.making import Progress
    from liaison_desk.services.handoff.scope import PacketScope

QUARTER = PacketOrder(date(2026, 1, 1), date(2026, 3, 31))
NAME = "柳河镇_2026年1月1日至3月31日_第1号报送包.zip"


@dataclass(frozen=True)
class PacketFile:
    """One paper for the packet: its name inside, and its bytes or a file of them."""

    name: str
    content: bytes | Path


def papers(scope: PacketScope, progress: Progress) -> Iterable[PacketFile]:
    """Two papers, as the exports make them."""
    progress(0, 2, "正在做纪要")
    yield PacketFile("纪要/1号 关于桥口村停车难问题的协商纪要.pdf", b"%PDF-1.7 minutes")
    yield PacketFile("台账/委员名册.xlsx", b"PK\x03\x04 roster")


def made(desk: Desk, folder: Path, order: PacketOrder = QUARTER) -> MadePacket:
    """A packet of the first quarter of 2026."""
    folder.mkdir(exist_ok=True)
    return make_packet(desk, order, folder, papers)


def received(desk: Desk, path: Path) -> MergeResult:
    """Take a packet in."""
    return apply_plan(desk, plan_reception(desk, read_packet(path)))


@dataclass
class Tampered:
    """A packet taken apart, to be put together otherwise and sealed as a forger would."""

    entries: dict[str, bytes]
    infos: list[zipfile.ZipInfo] = field(default_factory=list)
    is_manifest_kept: bool = False

    @classmethod
    def of(cls, path: Path) -> Tampered:
        with zipfile.ZipFile(path) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    @property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.entries[MANIFEST])
        return found

    def set_manifest(self, **values: object) -> Tampered:
        self.entries[MANIFEST] = json.dumps(self.manifest | values).encode()
        return self

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.entries[RECORDS].splitlines()]

    def set_lines(self, lines: list[Any], *, is_counted: bool = True) -> Tampered:
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        self.entries[RECORDS] = b"\n".join(raw) + b"\n"
        if is_counted:
            living = [each["table"] for each in lines if "columns" in each]
            stamps = (stamp for each in lines for stamp in each["stamps"].values())
            self.set_manifest(
                counts={table: living.count(table) for table in living},
                removed=len(lines) - len(living),
                stamp=max(stamps),
            )
        return self

    def change(self, table: str, **columns: object) -> Tampered:
        """Change columns of the first record of a table."""
        lines = self.lines
        next(each for each in lines if each["table"] == table)["columns"].update(columns)
        return self.set_lines(lines)

    def write(self, path: Path, *extra: tuple[zipfile.ZipInfo, bytes]) -> Path:
        """Put it together with a manifest and a seal that fit."""
        if not self.is_manifest_kept:
            listed = [
                {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                for name, data in self.entries.items()
                if name != MANIFEST
            ]
            self.set_manifest(entries=listed)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.entries.items():
                archive.writestr(name, data)
            for info, data in extra:
                archive.writestr(info, data)
            archive.comment = BLANK_SEAL
        with path.open("r+b") as file:
            seal(file)
        return path
