"""What can be wrong with a packet or the stick it is on, in sentences for the clerk."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path

_MB = 1_000_000


class PacketError(DeskError):
    """A packet could not be made, read or taken in; the records are as they were."""


class FolderMissing(PacketError):
    """The folder to write to is not there."""


class StickFull(PacketError):
    """There is no room for the packet; `missing` says how many bytes are lacking."""

    def __init__(self, folder: Path, missing: int) -> None:
        lacking = max(1, -(-missing // _MB))
        super().__init__(
            f"“{folder}”放不下报送包，还差约{lacking}MB。资料没有改动，期号没有占用。"
            "请删去U盘上不用的文件，或换一个U盘再做。"
        )
        self.missing = missing


class StickReadOnly(PacketError):
    """Nothing can be written to the folder."""


class StickGone(PacketError):
    """The stick was pulled out, or fails, half way."""


class FileTooBig(PacketError):
    """The stick's file system takes no file of this size."""


class ReadBackDiffers(PacketError):
    """What the stick gives back is not what was written."""


class NotAPacket(PacketError):
    """The file is something else."""


class DamagedPacket(PacketError):
    """The file was cut short or changed after it was made."""


class EncryptedPacket(PacketError):
    """The file is locked with a pass phrase."""


class NewerPacket(PacketError):
    """The packet was made by a newer version of the program."""


class UnsafePacket(PacketError):
    """The file is built in a way in which no packet is: somebody tampered with it."""


class InvalidPacket(PacketError):
    """The records in the packet do not agree with the rules or with one another."""


class PacketUnreadable(PacketError):
    """The file is not there, or cannot be read."""


class NotACountyDesk(PacketError):
    """This desk does not take packets in."""


class OwnPacket(PacketError):
    """The packet is this desk's own."""


class ClashingRecord(PacketError):
    """A record of the packet would take the place of another office's, or its number."""


_UNCHANGED = "资料没有改动，期号没有占用。"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTCONN, errno.ESTALE}
_GONE |= {errno.EBADF, errno.ENOTDIR}
_WINDOWS = {
    19: errno.EROFS,  # ERROR_WRITE_PROTECT
    21: errno.EIO,  # ERROR_NOT_READY
    31: errno.EIO,  # ERROR_GEN_FAILURE
    55: errno.EIO,  # ERROR_DEV_NOT_EXIST
    112: errno.ENOSPC,  # ERROR_DISK_FULL
    223: errno.EFBIG,  # ERROR_FILE_TOO_LARGE
    433: errno.EIO,  # ERROR_NO_SUCH_DEVICE
    1117: errno.EIO,  # ERROR_IO_DEVICE
    1167: errno.EIO,  # ERROR_DEVICE_NOT_CONNECTED
}


def folder_missing(folder: Path) -> FolderMissing:
    """The sentence for a folder that is not there."""
    return FolderMissing(f"找不到文件夹“{folder}”。{_UNCHANGED}请插好U盘，或另选一个文件夹再做。")


def not_written(error: OSError, folder: Path, missing: int) -> PacketError:
    """What the system's complaint about writing a packet means.

    Args:
        error: the complaint.
        folder: where the packet was to go.
        missing: how many bytes were still to be written, should the stick be full.
    """
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno)
    if code in _FULL:
        return StickFull(folder, missing)
    if code in _READ_ONLY:
        return StickReadOnly(
            f"“{folder}”是只读的，报送包写不进去。{_UNCHANGED}"
            "请拨开U盘上的写保护开关，或换一个U盘、另选一个文件夹再做。"
        )
    if code == errno.EFBIG:
        return FileTooBig(
            f"报送包太大，“{folder}”所在的U盘存不下这么大的单个文件。{_UNCHANGED}"
            "请换用exFAT或NTFS格式的U盘，或把起止日期分成几段，分几次报送。"
        )
    if code in _GONE:
        return StickGone(
            f"写到一半，“{folder}”不见了或读写出错，可能是U盘被拔出或松动。{_UNCHANGED}"
            "请重新插好U盘再做一次；仍然不行就换一个U盘。"
        )
    return PacketError(
        f"报送包没有写成：“{folder}”出错（{error.strerror or error}）。{_UNCHANGED}"
        "请换一个文件夹或U盘再做。"
    )


def not_prepared(error: OSError, folder: Path) -> PacketError:
    """What the system's complaint about the PC's own disk means."""
    if error.errno in _FULL:
        return PacketError(
            f"电脑磁盘已满，报送包没有做成。{_UNCHANGED}请清理“{folder}”所在的磁盘后再做。"
        )
    return PacketError(
        f"报送包没有做成：“{folder}”读写出错（{error.strerror or error}）。{_UNCHANGED}"
        "请检查电脑磁盘后再做。"
    )


def unreadable(path: Path, error: OSError) -> PacketUnreadable:
    """The sentence for a file that cannot be read."""
    if isinstance(error, FileNotFoundError):
        return PacketUnreadable(f"找不到文件“{path.name}”。资料没有改动。请插好U盘再选一次。")
    return PacketUnreadable(
        f"“{path.name}”读不出来（{error.strerror or error}），没有接收，资料没有改动。"
        "请重新插好U盘再试；仍然不行，请乡镇换一个U盘重新报送。"
    )


def not_a_packet(name: str) -> NotAPacket:
    """The sentence for a file of another kind."""
    return NotAPacket(
        f"“{name}”不是联络台做的报送包，没有接收，资料没有改动。请另选一个文件（名称里有“报送包”）。"
    )


def damaged(name: str) -> DamagedPacket:
    """The sentence for a file that is not as it was made."""
    return DamagedPacket(
        f"“{name}”不完整，或者做好以后被改动过，没有接收，资料没有改动。"
        "多半是U盘没有等写完就拔出了。请乡镇重新报送一份。"
    )


def encrypted(name: str) -> EncryptedPacket:
    """The sentence for a file with a pass phrase."""
    return EncryptedPacket(
        f"“{name}”是加了密码的压缩文件，打不开，没有接收，资料没有改动。请乡镇重新报送一份原样的报送包。"
    )


def newer(name: str) -> NewerPacket:
    """The sentence for a packet from a newer version."""
    return NewerPacket(
        f"“{name}”是更新版本的联络台做的，这个版本读不懂，没有接收，资料没有改动。"
        "请安装新版本后再接收。"
    )


def unsafe(name: str, why: str) -> UnsafePacket:
    """The sentence for a file that was tampered with; `why` says how one can tell."""
    return UnsafePacket(
        f"“{name}”的内部结构不正常（{why}），为安全起见没有接收，资料没有改动。"
        "请不要解压它，并请乡镇重新报送一份。"
    )


def invalid(name: str, why: str) -> InvalidPacket:
    """The sentence for records that do not hold together; `why` says what is wrong."""
    return InvalidPacket(
        f"“{name}”里的资料有误（{why}），没有接收，资料没有改动。"
        "请乡镇检查后重新报送；仍然不行，请双方都安装最新版本。"
    )
