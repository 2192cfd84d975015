"""What can be wrong with the data file, in sentences for the clerk."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class StoreError(DeskError):
    """The data file cannot be used as asked; it is as it was."""


class FileMissing(StoreError):
    """There is no such file."""


class ForeignFile(StoreError):
    """The file is not one of ours."""


class NewerFile(StoreError):
    """The file was made by a newer version of the program."""


class DamagedFile(StoreError):
    """The file cannot be read in full."""


class ReadOnlyFile(StoreError):
    """Nothing can be written to the file."""


class DiskFull(StoreError):
    """There is no room left."""


class FileInUse(StoreError):
    """Another window has the file open, or something is still writing to it."""


_FULL = {sqlite3.SQLITE_FULL}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_FAILED = {sqlite3.SQLITE_IOERR}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@contextmanager
def told_in_chinese(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about the world into sentences; a bug of ours passes through.

    Raises:
        StoreError: the disk is full, or the file read-only, damaged or in use.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        told = _told(error, path)
        if told is None:
            raise
        raise told from error


@contextmanager
def told_while_reading(path: Path) -> Iterator[None]:
    """The same for a statement of ours alone, whose complaint may hold bytes of a damaged text.

    Raises:
        StoreError: the file cannot be read.
    """
    with told_in_chinese(path):
        try:
            yield
        except UnicodeDecodeError as error:
            raise damaged(path) from error


def _told(error: sqlite3.DatabaseError, path: Path) -> StoreError | None:
    """The sentence for one complaint, or None when it is our own bug."""
    if str(error).startswith("Could not decode to UTF-8"):
        return damaged(path)  # told by Python, without SQLite's code
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _READ_ONLY | _FAILED and not path.exists():
        return missing(path)
    where = f"资料文件“{path.name}”"
    if code in _FULL:
        return DiskFull(f"磁盘已满，{where}写不进去。原有资料没有改动。请清理磁盘后再保存一次。")
    if code in _DAMAGED:
        return damaged(path)
    if code in _READ_ONLY:
        return read_only(path)
    if code in _FAILED:
        return unreadable(path)
    if code in _BUSY:
        return busy(path)
    return None


def damaged(path: Path) -> DamagedFile:
    """The sentence for a damaged file."""
    return DamagedFile(
        f"资料文件“{path.name}”已损坏，不能打开。程序没有改动它。"
        "请从备份文件夹里选最近的一份备份打开，并保留这个文件以便修复。"
    )


def emptied(path: Path, newest: Path | None = None) -> DamagedFile:
    """The sentence for a file of no bytes that has held a desk; `newest` is its last copy."""
    what_next = (
        f"旁边的“{path.name}-wal”里可能还有资料，请不要删除它，把两个文件一起保存好，"
        "再从备份文件夹里选最近的一份备份打开。"
        if newest is None
        else f"请先打开最近的一份备份“{newest.parent.name}/{newest.name}”；"
        "确实要从头开始，请先把这个空文件移走。"
    )
    return DamagedFile(
        f"资料文件“{path.name}”是空的（0字节），多半是断电或复制中断造成的。"
        f"没有打开，也没有改动它。{what_next}"
    )


def missing(path: Path) -> FileMissing:
    """The sentence for a file that was there and is gone, with its disk or by itself."""
    return FileMissing(
        f"找不到资料文件“{path.name}”，这一步没有保存。"
        "如果它在U盘上，请插好U盘，再重新打开程序；不要在别处新建。"
    )


def unreadable(path: Path) -> StoreError:
    """The sentence for a disk that fails."""
    return StoreError(
        f"读写资料文件“{path.name}”时磁盘出错。这一步没有保存，以前的资料没有改动。"
        "请检查磁盘或U盘是否松动，再试一次。"
    )


def read_only(path: Path) -> ReadOnlyFile:
    """The sentence for a file or folder that cannot be written."""
    return ReadOnlyFile(
        f"资料文件“{path.name}”或它所在的文件夹是只读的，不能保存。资料没有改动。"
        "请取消“只读”属性，或把文件放到可以写入的文件夹再打开。"
    )


def busy(path: Path) -> FileInUse:
    """The sentence for a file that a long deed of ours, or a tool, is still writing to."""
    return FileInUse(
        f"资料文件“{path.name}”正忙，可能还在导入或接收报送包，也可能被别的程序占用。"
        "这一步没有保存，以前的资料没有改动。请等一会儿再保存一次。"
    )


def in_use(path: Path) -> FileInUse:
    """The sentence for a file that is open elsewhere."""
    return FileInUse(
        f"资料文件“{path.name}”正在另一个窗口里使用。资料没有改动。请先关闭那个窗口再试。"
    )
