"""Putting a packet together as one sealed archive, on the PC's own disk."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from liaison_desk.domain import dates
from liaison_desk.services.handoff.errors import PacketError
from liaison_desk.services.handoff.packet_format import (
    ATTACHMENTS,
    BLANK_SEAL,
    CATALOGUE,
    CHUNK,
    FORMAT,
    MANIFEST,
    OWN_FOLDERS,
    RECORDS,
    VERSION,
    seal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from liaison_desk.services.handoff.scope import PacketScope
    from liaison_desk.store.stored import StoredRecord

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]')
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices."""
_PACKED = {".jpg", ".jpeg", ".png", ".gif", ".zip", ".docx", ".xlsx", ".pptx", ".mp4", ".7z"}
"""Kinds of file that do not become smaller a second time."""

_ZIP_EPOCH = datetime(1980, 1, 1)
"""What an archive says when the PC's clock is off."""


class Paper(Protocol):
    """Anything with a name inside the packet and its bytes or a file of them."""

    @property
    def name(self) -> str:
        """Such as `纪要/….pdf`."""
        ...

    @property
    def content(self) -> bytes | Path:
        """Its bytes, or a file that holds them."""
        ...


@dataclass(frozen=True)
class PacketHead:
    """What a packet says about itself, beside its scope."""

    desk: str
    year: int
    number: int
    made_at: datetime


@dataclass
class PacketFileWriter:
    """Writes entries in the order they come and remembers what each one was.

    Args:
        file: an empty file, read and write, on the PC's own disk.
        made_at: the time that every entry bears.
    """

    file: IO[bytes]
    made_at: datetime
    entries: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._attached: set[str] = set()
        self._archive = zipfile.ZipFile(self.file, "w", allowZip64=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # after a failure; `finish` has closed it otherwise
            self._archive.close()

    def add_paper(self, paper: Paper) -> None:
        """Add a paper; two of the same name are told apart by a number."""
        folder, _, name = paper.name.rpartition("/")
        assert folder.split("/")[0] not in (*OWN_FOLDERS, ""), f"{paper.name} is no paper's place"
        safe = "/".join(safe_name(part) for part in (*folder.split("/"), name))
        content = paper.content
        if isinstance(content, Path):
            with content.open("rb") as source:
                self._add(self._free(safe), iter(lambda: source.read(CHUNK), b""))
        else:
            self._add(self._free(safe), [content])

    def add_attachment(self, attachment: StoredRecord, content: bytes | None) -> None:
        """Add the content of an attachment, once.

        Raises:
            PacketError: the data file has lost it.
        """
        name, sha256 = attachment.columns["name"], attachment.columns["sha256"]
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise PacketError(
                f"附件“{name}”的内容在资料文件里已损坏，报送包没有做成，期号没有占用。"
                "请删除这个附件，重新添加后再做。"
            )
        path = PurePosixPath(safe_name(name))
        if sha256 not in self._attached:
            self._attached.add(sha256)
            self._add(f"{ATTACHMENTS}{path.stem}_{sha256[:12]}{path.suffix}", [content])

    def finish(self, scope: PacketScope, head: PacketHead) -> None:
        """Add the records, the list of contents and the manifest, and seal the file."""
        self._add(RECORDS, _lines(scope))
        catalogue = _catalogue(scope, head, self.entries)
        self._add(CATALOGUE, [catalogue.replace("\n", "\r\n").encode("utf-8-sig")])
        self._add(MANIFEST, [_json(_manifest(scope, head, self.entries), indent=1)])
        self._archive.comment = BLANK_SEAL
        self._archive.close()
        seal(self.file)

    def _add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one entry."""
        moment = self.made_at if 1980 <= self.made_at.year < 2108 else _ZIP_EPOCH
        info = zipfile.ZipInfo(name, moment.timetuple()[:6])
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        packed = PurePosixPath(name).suffix.lower() in _PACKED
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self._archive.open(info, "w", force_zip64=False) as entry:
            for chunk in chunks:
                entry.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.entries[name] = (size, digest.hexdigest())

    def _free(self, name: str) -> str:
        """The name, with a number when it is taken; Windows minds no case."""
        taken = {each.casefold() for each in self.entries}
        path, number, found = PurePosixPath(name), 1, name
        while found.casefold() in taken:
            number += 1
            found = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
        return found


def safe_name(name: str, longest: int = 180) -> str:
    """A file name that every system takes, of at most `longest` bytes beside its ending."""
    plain = _FORBIDDEN.sub("_", name).strip(" .")
    ending = PurePosixPath(plain).suffix
    if len(ending.encode()) > 12:
        ending = ""
    stem = plain.removesuffix(ending).encode()[:longest].decode(errors="ignore").rstrip(" .")
    if _RESERVED.fullmatch(stem):
        stem += "_"
    return (stem or "未命名") + ending


def period_name(scope: PacketScope) -> str:
    """2026年1月1日至3月31日."""
    first, last = dates.chinese_day(scope.period_from), dates.chinese_day(scope.period_until)
    same_year = scope.period_from.year == scope.period_until.year
    return f"{first}至{last.split('年', 1)[1] if same_year else last}"


def packet_name(scope: PacketScope, number: int) -> str:
    """柳河镇_2026年1月1日至3月31日_第1号报送包.zip."""
    return f"{safe_name(scope.office.place, 120)}_{period_name(scope)}_第{number}号报送包.zip"


def _lines(scope: PacketScope) -> Iterator[bytes]:
    """The records and then the removed ones, one a line."""
    for each in scope.records:
        line = {"table": each.table, "id": each.id, "columns": dict(each.columns)}
        yield _json(line | {"stamps": dict(each.stamps)}) + b"\n"
    for each in scope.removed:
        line = {"table": each.table, "id": each.id, "removed_at": each.columns["removed_at"]}
        name = {key: value for key, value in each.columns.items() if key != "removed_at"}
        line |= {"columns": name} if name else {}
        yield _json(line | {"stamps": dict(each.stamps)}) + b"\n"


def _manifest(
    scope: PacketScope, head: PacketHead, entries: dict[str, tuple[int, str]]
) -> dict[str, Any]:
    """What the program reads first."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "requires": [],
        "desk": head.desk,
        "office": {"id": scope.office.id, "name": scope.office.name},
        "year": head.year,
        "number": head.number,
        "period": [scope.period_from.isoformat(), scope.period_until.isoformat()],
        "made_at": head.made_at.isoformat(timespec="seconds"),
        "stamp": scope.stamp,
        "counts": scope.counts,
        "removed": len(scope.removed),
        "entries": [
            {"name": name, "size": size, "sha256": sha256}
            for name, (size, sha256) in entries.items()
        ],
    }


def _catalogue(scope: PacketScope, head: PacketHead, entries: dict[str, tuple[int, str]]) -> str:
    """The list of contents for people."""
    lines = [
        f"{scope.office.name}　报送包目录",
        "",
        f"报送单位：{scope.office.name}",
        f"期　　号：{head.year}年第{head.number}号",
        f"起止日期：{period_name(scope)}",
        f"做成时间：{dates.chinese_day(head.made_at.date())}{head.made_at:%H:%M}",
        f"文　　件：{len(entries)}个（不算本目录和数据清单）",
        "",
        "文件名　｜　大小（字节）　｜　SHA-256 校验码",
        *(f"{name}　｜　{size}　｜　{sha256}" for name, (size, sha256) in entries.items()),
        "",
        "核对办法：在 Windows 的“命令提示符”里输入 certutil -hashfile 文件名 SHA256，"
        "得到的校验码与上表相同，就说明文件没有被改动。",
        "“数据”文件夹供协商联络台程序接收时使用，不用打开。",
        "",
    ]
    return "\n".join(lines)


def _json(value: object, indent: int | None = None) -> bytes:
    """Compact JSON in UTF-8, Chinese as it is."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, separators=separators, indent=indent)
    return text.encode("utf-8")
