"""Keeping files with a record, naming them, and giving copies of them out."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import DeskError, NotValid, Problem
from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.domain.short import short
from liaison_desk.services.handoff.packet_file import safe_name
from liaison_desk.store.attachments import CHUNK, NotAsHashed
from liaison_desk.store.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

LARGEST = 200 * 1024 * 1024
"""The largest file kept, in bytes; a packet of several still fits a stick."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
"""What no file may be called on Windows."""


class NotAttachable(DeskError):
    """The file cannot be read or is too large."""


class ContentLost(DeskError):
    """The data file has lost the content of an attachment, or holds it damaged."""


class NotWritable(DeskError):
    """A copy cannot be written where the clerk wants it."""


def attach(desk: Desk, record: Record, path: Path, progress: Progress = no_progress) -> Attachment:
    """Keep a copy of a file with a record; one that the record has already is not kept again.

    The file is read twice, to know its hash before its bytes go into the data file: so it need
    not fit the memory. `progress` counts in hundredths.

    Raises:
        NotAttachable: the file cannot be read, is empty, a folder or larger than 200 MB.
        Cancelled: `progress` raised it; nothing has changed.
    """
    name = os.fsencode(path.name).decode("utf-8", "replace")
    try:
        size = _size_of(path, name)
        with path.open("rb") as file:
            sha256 = _hash_of(_counted(file, size, progress, first=0))
            known = _known(desk, record, name, sha256)
            if known is not None:
                return known
            file.seek(0)
            pieces = _counted(file, size, progress, first=50)
            with desk.deed(f"加附件“{short(name)}”"):
                desk.contents.add_pieces(sha256, size, pieces)
                return _save(desk, record, name, sha256, size)
    except NotAsHashed as error:
        raise NotAttachable(
            f"“{name}”在读的时候被改动了，没有加入，资料没有改动。请等它存好后再加一次。"
        ) from error
    except OSError as error:
        raise NotAttachable(
            f"“{name}”读不出来，没有加入，资料没有改动。请确认文件还在、U盘没有拔出。"
        ) from error


def attach_content(desk: Desk, record: Record, name: str, content: bytes) -> Attachment:
    """Keep bytes that never were a file, as a picture that was pasted.

    Raises:
        NotAttachable: there are none, or more than 200 MB.
    """
    _judge_size(len(content), name)
    known = _known(desk, record, name, hashlib.sha256(content).hexdigest())
    if known is not None:
        return known
    with desk.deed(f"加附件“{short(name)}”"):
        return _save(desk, record, name, desk.contents.add(content), len(content))


def rename(desk: Desk, attachment: Attachment, name: str) -> Attachment:
    """Give an attachment another name; an ending left out stays.

    Raises:
        NotValid: no file can be called so, or another one of the record is.
    """
    plain = Attachment.fields()["name"].parse(name)
    ending = PurePosixPath(attachment.name).suffix
    if plain and not PurePosixPath(plain).suffix:
        plain += ending
    others = {each.name.casefold() for each in attachments(desk, attachment.owner)}
    others.discard(attachment.name.casefold())
    if _FORBIDDEN.search(name.strip()):
        raise NotValid([Problem("name", '文件名里不能有 \\ / : * ? " < > |，请去掉再试')])
    if plain.casefold() in others:
        raise NotValid([Problem("name", f"已经有“{plain}”了，请换一个名字")])
    with desk.deed(f"附件改名为“{short(plain)}”"):
        return desk.save(dataclasses.replace(attachment, name=plain))


def attachments(desk: Desk, owner: str) -> list[Attachment]:
    """The files of a record."""
    return desk.find(Attachment, owner=owner)


def copy_for_reading(
    desk: Desk, attachment: Attachment, folder: Path, progress: Progress = no_progress
) -> Path:
    """Write a copy that cannot be changed into a folder, for the system's programs.

    Raises:
        ContentLost: the data file has lost the content.
        NotWritable: the disk is full.
    """
    path = folder / safe_name(attachment.name)
    save_as(desk, attachment, path, progress)
    path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    return path


def save_as(
    desk: Desk, attachment: Attachment, path: Path, progress: Progress = no_progress
) -> None:
    """Write a copy to a path; a file that is there is replaced once all of it is written.

    Raises:
        ContentLost: the data file has lost the content, or holds it damaged.
        NotWritable: the disk is full or read-only; what was there is as it was.
        Cancelled: `progress` raised it; what was there is as it was.
    """
    if not desk.contents.has(attachment.sha256):
        raise _lost(attachment, "不在了")
    total = attachment.size or 0
    try:
        with whole_file(path) as file:
            for piece in desk.contents.pieces(attachment.sha256):
                file.write(piece)
                progress(_hundredths(file.tell(), total), 100)
    except NotAsHashed as error:
        raise _lost(attachment, "已损坏") from error
    except OSError as error:
        raise NotWritable(
            f"“{path.name}”写不进“{path.parent}”，没有另存，资料里的附件没有改动。"
            "请看看磁盘是否已满、是否只读，或另选一个文件夹。"
        ) from error


def _lost(attachment: Attachment, how: str) -> ContentLost:
    """The sentence for content that is not what was kept."""
    return ContentLost(
        f"“{attachment.name}”的内容{how}。请从备份里找回，或找到原来的文件再加一次。"
    )


def _size_of(path: Path, name: str) -> int:
    """The size of a file that can be kept.

    Raises:
        NotAttachable: it is a folder, a device, empty or too large.
        OSError: it is not there.
    """
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise NotAttachable(f"“{name}”是文件夹，没有加入。请打开它，选里面的文件再加。")
    if not stat.S_ISREG(found.st_mode):
        raise NotAttachable(f"“{name}”不是普通文件，没有加入。请另选一个文件。")
    _judge_size(found.st_size, name)
    return found.st_size


def _judge_size(size: int, name: str) -> None:
    """Refuse nothing at all, and what is too large."""
    if size > LARGEST:
        raise NotAttachable(f"“{name}”超过200MB，没有加入。请压缩或分成几个文件再加。")
    if not size:
        raise NotAttachable(f"“{name}”是空文件，没有加入。请另选一个文件。")


def _counted(file: IO[bytes], size: int, progress: Progress, *, first: int) -> Iterator[bytes]:
    """The pieces of a file, each told as a step from `first` to `first` + 50 hundredths."""
    done = 0
    while piece := file.read(CHUNK):
        done += len(piece)
        progress(first + _hundredths(done, size) // 2, 100)
        yield piece


def _hundredths(done: int, total: int) -> int:
    """How far it is."""
    return min(done * 100 // max(total, 1), 100)


def _hash_of(pieces: Iterator[bytes]) -> str:
    """The SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _known(desk: Desk, record: Record, name: str, sha256: str) -> Attachment | None:
    """The attachment of a record that is this very file, perhaps under a number of its own."""
    path = PurePosixPath(safe_name(name))
    own = re.compile(f"{re.escape(path.stem)}(（[0-9]+）)?{re.escape(path.suffix)}")
    alike = desk.find(Attachment, owner=record.id, sha256=sha256)
    return next((each for each in alike if own.fullmatch(each.name)), None)


def _save(desk: Desk, record: Record, name: str, sha256: str, size: int) -> Attachment:
    """Keep an attachment under a name that every system takes and no other of the record has."""
    taken = {each.name.casefold() for each in attachments(desk, record.id)}
    found = safe_name(name)
    path, number = PurePosixPath(found), 1
    while found.casefold() in taken:
        number += 1
        found = f"{path.stem}（{number}）{path.suffix}"
    return desk.save(
        Attachment(owner_table=record.table, owner=record.id, name=found, sha256=sha256, size=size)
    )
