"""How a packet is laid out: names, version, limits and the seal.

A packet is one ordinary .zip. `数据/manifest.json` names every other entry with its size and
SHA-256; `数据/records.jsonl` holds the records. The archive's comment, the last bytes of the file,
is the seal: the SHA-256 of every byte before the digest itself, so no byte can change unseen,
not even in the archive's own headers. Entries under `签名/` are optional, need not be in the
manifest and are ignored by this version; whatever a reader must understand before it may believe
a packet (encryption, say) is named in the manifest's `requires`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from liaison_desk.domain.fields import IdentityNumber
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.registry import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT = "liaison-desk-packet"
VERSION = 1
CATALOGUE = "目录.txt"
MANIFEST = "数据/manifest.json"
RECORDS = "数据/records.jsonl"
ATTACHMENTS = "附件/"
OPTIONAL = "签名/"
OWN_FOLDERS = ("数据", "附件", "签名")
"""Folders that the program fills itself; the papers go into others."""

CARRIED_TYPES = tuple(each for each in RECORD_TYPES if each is not Packet)
"""The types whose records travel; what was sent or received is each desk's own."""
BY_CARRIED_TABLE = {each.table: each for each in CARRIED_TYPES}
WITHHELD = {
    each.table: tuple(
        name for name, kind in each.fields().items() if isinstance(kind, IdentityNumber)
    )
    for each in CARRIED_TYPES
}
"""By table, the fields that stay at home unless the clerk asks otherwise."""

STAMP = re.compile(r"[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-z-]{1,36}")
LAST_MOMENT = 7_258_118_400_000
"""The latest time a stamp from outside may tell, in ms: 2200-01-01; a later one is no clock's."""

CHUNK = 1 << 20
"""How many bytes are read or written at a time."""
_SEAL = b"LDP1 sha256="
SEAL_LENGTH = len(_SEAL) + 64
BLANK_SEAL = _SEAL + b"0" * 64


@dataclass(frozen=True)
class Limits:
    """What no packet exceeds, so that a hostile file cannot fill memory or the disk.

    Attributes:
        directory: bytes of the archive's own list of entries.
        entries: how many files it holds.
        entry: bytes of one of them, unpacked.
        total: bytes of all of them, unpacked.
        ratio: how many times larger an entry over `ratio_from` bytes may become.
        manifest: bytes of the manifest.
        records: bytes of the records.
        record: bytes of one record.
        count: how many records it holds.
    """

    directory: int = 16 << 20
    entries: int = 50_000
    entry: int = 1 << 30
    total: int = 8 << 30
    ratio: int = 200
    ratio_from: int = 16 << 20
    manifest: int = 32 << 20
    records: int = 128 << 20
    record: int = 4 << 20
    count: int = 300_000


def digest_before_seal(
    file: IO[bytes], size: int, told: Callable[[int], None] = lambda done: None
) -> hashlib._Hash:
    """The SHA-256 of everything in a file of `size` bytes but its last 64.

    Args:
        file: the file.
        size: how long it is, bytes.
        told: called with how many bytes are done; may raise.
    """
    digest = hashlib.sha256()
    file.seek(0)
    left = size - 64
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
        told(size - left)
    return digest


def seal(file: IO[bytes]) -> None:
    """Fill in the blank seal with which a finished archive ends."""
    size = file.seek(0, 2)
    digest = digest_before_seal(file, size)
    file.seek(size - 64)
    file.write(digest.hexdigest().encode("ascii"))


def directory_size(file: IO[bytes], size: int) -> int:
    """How many bytes of a sealed file of `size` bytes zipfile would read as its list of entries."""
    ending = 22  # the end record, just before the seal, says how long the list is
    ending64 = ending + 20 + 56  # and so does a record before it in an archive over 2 GB
    file.seek(max(0, size - SEAL_LENGTH - ending64))
    tail = file.read(ending64)
    said = int.from_bytes(tail[-10:-6], "little")
    if tail[:4] == b"PK\x06\x06":
        said = max(said, int.from_bytes(tail[40:48], "little"))
    return said


def has_seal(ending: bytes) -> bool:
    """Whether a file that ends so ends with a seal, right or wrong."""
    return ending[-SEAL_LENGTH:-64] == _SEAL
