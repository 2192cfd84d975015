"""Reading a packet: everything is verified before anything is believed."""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from typing import IO, TYPE_CHECKING

from liaison_desk.domain.office import Office
from liaison_desk.services.handoff import errors, strict_json
from liaison_desk.services.handoff.content import Manifest, PacketContent
from liaison_desk.services.handoff.packet_format import (
    ATTACHMENTS,
    BY_CARRIED_TABLE,
    CHUNK,
    FORMAT,
    MANIFEST,
    OPTIONAL,
    RECORDS,
    SEAL_LENGTH,
    STAMP,
    VERSION,
    Limits,
    digest_before_seal,
    directory_size,
    has_seal,
)
from liaison_desk.services.handoff.record_lines import (
    check_links,
    is_day,
    is_uuid,
    read_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Progress = Callable[[int, int, str], None]
"""Told how much is done, of how much, and what is under way; may raise `Cancelled`."""
_WHOLE_ZIP, _ANY_ZIP = b"PK\x05\x06", b"PK\x03\x04"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
)
"""What zipfile raises over an archive that somebody has tampered with."""


def read_packet(
    path: Path,
    progress: Progress = lambda done, total, what: None,
    limits: Limits | None = None,
) -> PacketContent:
    """Verify a packet from end to end and read its records; changes nothing.

    Args:
        path: the file, most often on a stick.
        progress: told how many bytes are verified; may raise `Cancelled`.
        limits: what no packet exceeds.

    Raises:
        PacketError: the file cannot be read, is no packet, is damaged, encrypted, from a newer
            version, unsafe or holds what cannot be.
        Cancelled: `progress` raised it.
    """
    limits = limits or Limits()
    try:
        with path.open("rb") as file:
            sha256, size = _check_seal(file, path.name, progress)
            if directory_size(file, size) > limits.directory:
                raise errors.unsafe(path.name, "文件太多")
            with _tampering_told(path.name):
                archive = zipfile.ZipFile(file)
            with archive:
                return _Reader(archive, path, limits, progress).content(sha256)
    except OSError as error:
        raise errors.unreadable(path, error) from error


def read_attachment(archive: zipfile.ZipFile, content: PacketContent, sha256: str) -> bytes:
    """Read an entry that was verified before, once more: the stick may have been changed since.

    Raises:
        PacketError: it is no longer what it was.
    """
    entry = content.attachments[sha256]
    size, _ = content.manifest.entries[entry]
    try:
        with archive.open(entry) as file:
            found = file.read(size + 1)
    except (*_BROKEN, KeyError) as error:
        raise errors.damaged(content.path.name) from error
    if hashlib.sha256(found).hexdigest() != sha256:
        raise errors.damaged(content.path.name)
    return found


def _check_seal(file: IO[bytes], name: str, progress: Progress) -> tuple[str, int]:
    """Compare the whole file with its seal.

    Returns:
        The SHA-256 of the whole file, and its size in bytes.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - SEAL_LENGTH))
    ending = file.read(SEAL_LENGTH)
    if not has_seal(ending):
        raise _unsealed(file, name)
    digest = digest_before_seal(file, size, lambda done: progress(done, 2 * size, "正在核对报送包"))
    whole = digest.copy()
    whole.update(ending[-64:])
    if digest.hexdigest().encode("ascii") != ending[-64:]:
        raise errors.damaged(name)
    return whole.hexdigest(), size


def _unsealed(file: IO[bytes], name: str) -> errors.PacketError:
    """What a file without a seal is: another file, or the beginning of a packet."""
    file.seek(0)
    if file.read(4) not in (_ANY_ZIP, _WHOLE_ZIP):
        return errors.not_a_packet(name)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except _BROKEN:
        return errors.damaged(name)
    if any(each.flag_bits & 1 for each in entries):
        return errors.encrypted(name)
    ours = any(each.filename == MANIFEST for each in entries)
    return errors.damaged(name) if ours else errors.not_a_packet(name)


@contextmanager
def _tampering_told(name: str) -> Iterator[None]:
    """Turn zipfile's complaints into a sentence."""
    try:
        yield
    except _BROKEN as error:
        raise errors.unsafe(name, "压缩结构有错") from error


class _Reader:
    """Verifies the entries of one sealed archive, then its records."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        path: Path,
        limits: Limits,
        progress: Progress,
    ) -> None:
        self._archive, self._path, self._limits = archive, path, limits
        self._name = path.name
        self._progress = progress

    def content(self, sha256: str) -> PacketContent:
        """Everything, verified."""
        entries = self._entries()
        if MANIFEST not in entries:
            raise errors.not_a_packet(self._name)
        manifest = read_manifest(self._bytes(entries[MANIFEST], self._limits.manifest), self._name)
        self._verify(entries, manifest)
        records = tuple(
            read_records(self._lines(entries[RECORDS]), manifest.office, self._name, self._limits)
        )
        attachments = {
            digest: name
            for name, (_, digest) in manifest.entries.items()
            if name.startswith(ATTACHMENTS)
        }
        check_links(records, attachments, self._name)
        content = PacketContent(self._path, sha256, manifest, records, attachments)
        self._check_totals(content)
        return content

    def _entries(self) -> dict[str, zipfile.ZipInfo]:
        """The entries by name, once names, kinds and declared sizes are those of a packet."""
        found: dict[str, zipfile.ZipInfo] = {}
        folded: set[str] = set()
        every = self._archive.infolist()
        if len(every) > self._limits.entries:
            raise errors.unsafe(self._name, "文件太多")
        for each in every:
            why = _what_is_unsafe(each)
            if why is None and each.filename.casefold() in folded:
                why = "有重名的文件"
            if why is None and each.flag_bits & 1:
                raise errors.encrypted(self._name)
            if why is not None:
                raise errors.unsafe(self._name, why)
            folded.add(each.filename.casefold())
            found[each.filename] = each
        self._check_sizes(every)
        return found

    def _check_sizes(self, entries: list[zipfile.ZipInfo]) -> None:
        """Refuse an archive that says it unpacks to more than a packet can hold."""
        limits = self._limits
        for each in entries:
            is_bomb = each.file_size > limits.ratio_from and each.file_size > limits.ratio * max(
                1, each.compress_size
            )
            if each.file_size > limits.entry or is_bomb:
                raise errors.unsafe(self._name, "解开后大得不正常")
        if sum(each.file_size for each in entries) > limits.total:
            raise errors.unsafe(self._name, "解开后大得不正常")

    def _verify(self, entries: dict[str, zipfile.ZipInfo], manifest: Manifest) -> None:
        """Compare every entry with what the manifest says of it."""
        vouched = {MANIFEST, *manifest.entries}
        extra = [name for name in entries if name not in vouched and not name.startswith(OPTIONAL)]
        if extra or not set(manifest.entries) <= set(entries) or RECORDS not in manifest.entries:
            raise errors.unsafe(self._name, "文件与清单不一致")
        done, total = 0, sum(size for size, _ in manifest.entries.values())
        for name, (size, sha256) in manifest.entries.items():
            digest, found = hashlib.sha256(), 0
            for chunk in self._chunks(entries[name], size):
                digest.update(chunk)
                found += len(chunk)
                self._progress(total + done + found, 2 * total, "正在核对报送包")
            if found != size or digest.hexdigest() != sha256:
                raise errors.unsafe(self._name, "文件与清单不一致")
            done += size

    def _check_totals(self, content: PacketContent) -> None:
        """Compare the records with what the manifest says of them."""
        manifest = content.manifest
        counts: dict[str, int] = {}
        for each in content.records:
            if "office" in each.columns:
                counts[each.table] = counts.get(each.table, 0) + 1
        highest = max((s for each in content.records for s in each.stamps.values()), default="")
        offices = [each for each in content.records if each.table == Office.table]
        if not offices or offices[0].columns["name"] != manifest.name:
            raise errors.invalid(self._name, "没有报送单位的资料")
        removed = len(content.records) - sum(counts.values())
        if (counts, removed, highest) != (manifest.counts, manifest.removed, manifest.stamp):
            raise errors.invalid(self._name, "记录的数目与清单不一致")

    def _lines(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The records, one by one."""
        if entry.file_size > self._limits.records:
            raise errors.unsafe(self._name, "解开后大得不正常")
        longest = self._limits.record
        with _tampering_told(self._name), self._archive.open(entry) as lines:
            while line := lines.readline(longest + 1):
                if len(line) > longest:
                    raise errors.unsafe(self._name, "有一条记录太长")
                yield line

    def _bytes(self, entry: zipfile.ZipInfo, largest: int) -> bytes:
        """A small entry, whole."""
        return b"".join(self._chunks(entry, largest))

    def _chunks(self, entry: zipfile.ZipInfo, largest: int) -> Iterator[bytes]:
        """An entry, never more of it than it may hold, whatever it says of itself."""
        left = largest
        with _tampering_told(self._name), self._archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise errors.unsafe(self._name, "解开后大得不正常")
                yield chunk


def _what_is_unsafe(entry: zipfile.ZipInfo) -> str | None:
    """Say what is wrong with the name or the kind of an entry, or None."""
    name = entry.orig_filename
    parts = name.split("/")
    if name != entry.filename or any(ord(each) < 32 for each in name) or len(name) > 400:
        return "文件名不正常"
    if "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in parts):
        return "文件名不正常"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "压缩方式不正常"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "夹带了快捷方式或文件夹"
    return None


def read_manifest(text: bytes, name: str) -> Manifest:
    """Read and check what a packet says about itself.

    Raises:
        PacketError: it is no packet's manifest, or a newer version's.
    """
    try:
        said = strict_json.loads(text)
    except strict_json.HostileJson as error:
        raise errors.unsafe(name, "清单的写法不对") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise errors.not_a_packet(name)
    if type(said.get("version")) is not int or not isinstance(said.get("requires"), list):
        raise errors.unsafe(name, "清单的写法不对")
    if said["version"] > VERSION or said["requires"]:
        raise errors.newer(name)
    manifest = _manifest(said)
    if manifest is None:
        raise errors.unsafe(name, "清单的写法不对")
    if not set(manifest.counts) <= set(BY_CARRIED_TABLE):
        raise errors.newer(name)
    return manifest


def _manifest(said: dict[str, object]) -> Manifest | None:
    """The manifest, or None when any part of it is not what it should be."""
    match said:
        case {
            "desk": str(desk),
            "office": {"id": office, "name": str(name)},
            "year": int(year),
            "number": int(number),
            "period": [first, last],
            "stamp": str(stamp),
            "counts": dict(counts),
            "removed": int(removed),
            "entries": list(entries),
        }:
            if not (is_uuid(office) and is_day(first) and is_day(last) and first <= last):
                return None
            listed = _listed(entries)
            plain = all(type(each) is int and each >= 0 for each in (*counts.values(), removed))
            numbered = 1900 <= year <= 2200 and 1 <= number <= 100_000
            if not (listed and plain and numbered and STAMP.fullmatch(stamp)):
                return None
            period = (date.fromisoformat(first), date.fromisoformat(last))
            return Manifest(
                desk, office, name, year, number, period, stamp, counts, removed, listed
            )
    return None


def _listed(entries: list[object]) -> Mapping[str, tuple[int, str]]:
    """The entries that a manifest lists, by name; empty when the list is not in order."""
    found: dict[str, tuple[int, str]] = {}
    for each in entries:
        match each:
            case {"name": str(name), "size": int(size), "sha256": str(sha256)}:
                if type(size) is not int or size < 0 or name in found or name == MANIFEST:
                    return {}
                found[name] = (size, sha256)
            case _:
                return {}
    return found
