"""Writing a file to a stick so that it is there whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from liaison_desk.services.handoff import errors
from liaison_desk.services.handoff.packet_format import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MARGIN = 256 * 1024
"""What the file system itself may need beside the file, bytes."""


class TargetFolder:
    """The folder, most often on a stick, that a packet is written to.

    It asks the operating system directly; tests replace single methods by failing ones.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Whether the folder is there."""
        try:
            return self.path.is_dir()
        except OSError:  # a stick that is half gone
            return False

    def free_bytes(self) -> int:
        """How much room there is."""
        return shutil.disk_usage(self.path).free

    def create(self, path: Path) -> IO[bytes]:
        """Open a new file for writing."""
        return path.open("wb")

    def sync(self, file: IO[bytes]) -> None:
        """Wait until a file's bytes are on the stick, not in memory."""
        file.flush()
        os.fsync(file.fileno())

    def reopen(self, path: Path) -> IO[bytes]:
        """Open a written file so that reading asks the stick rather than the page cache."""
        file = path.open("rb", buffering=0)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file

    def rename(self, old: Path, new: Path) -> None:
        """Give a file its final name, in one step."""
        old.replace(new)

    def sync_folder(self) -> None:
        """Wait until the folder's own entries are on the stick; Windows does so by itself."""
        if not hasattr(os, "O_DIRECTORY"):
            return
        handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
                raise
        finally:
            os.close(handle)


class StickFile:
    """One file on its way to a folder: under a hidden name until it is complete and compared.

    Args:
        folder: where it goes.
        name: its final name.
        desk: id of this desk; the hidden name bears it, so that what a power cut has left behind
            is written over by the next attempt.
    """

    def __init__(self, folder: TargetFolder, name: str, desk: str) -> None:
        self._folder = folder
        self._part = folder.path / f".报送包_{desk}.part"
        self.path = _unused(folder.path / name)
        self._is_published = False

    def write(self, source: IO[bytes], size: int, progress: Callable[[int, int, str], None]) -> str:
        """Copy a file of `size` bytes to the folder under the hidden name, and compare it.

        Returns:
            The SHA-256 of the file.

        Raises:
            PacketError: the folder is missing, full, read-only, gone, takes no such file, or
                gives back something else; the hidden file is removed if it can be.
            Cancelled: `progress` raised it.
        """
        if not self._folder.exists():
            raise errors.folder_missing(self._folder.path)
        written = 0
        try:
            self._part.unlink(missing_ok=True)
            missing = size + _MARGIN - self._folder.free_bytes()
            if missing > 0:
                raise errors.StickFull(self._folder.path, missing)
            digest = hashlib.sha256()
            source.seek(0)
            with self._folder.create(self._part) as file:
                while chunk := source.read(CHUNK):
                    progress(written, 2 * size, "正在写到U盘")
                    file.write(chunk)
                    digest.update(chunk)
                    written += len(chunk)
                self._folder.sync(file)
            self._compare(digest.hexdigest(), size, progress)
        except OSError as error:
            self.withdraw()
            raise errors.not_written(error, self._folder.path, size - written) from error
        except BaseException:
            self.withdraw()
            raise
        return digest.hexdigest()

    def publish(self) -> None:
        """Give the compared file its final name.

        Raises:
            PacketError: the stick is gone or refuses; the file is removed if it can be.
        """
        try:
            self._folder.rename(self._part, self.path)
            self._is_published = True
            self._folder.sync_folder()
        except OSError as error:
            self.withdraw()
            raise errors.not_written(error, self._folder.path, 0) from error

    def withdraw(self) -> None:
        """Remove the file, under whichever name, if the stick still lets us."""
        with suppress(OSError):
            self._part.unlink(missing_ok=True)
        if self._is_published:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _compare(self, expected: str, size: int, progress: Callable[[int, int, str], None]) -> None:
        """Read the file back from the stick."""
        digest, done = hashlib.sha256(), 0
        with self._folder.reopen(self._part) as file:
            while chunk := file.read(CHUNK):
                progress(size + done, 2 * size, "正在从U盘读回核对")
                digest.update(chunk)
                done += len(chunk)
        if digest.hexdigest() != expected:
            raise errors.ReadBackDiffers(
                f"写到“{self._folder.path}”的报送包读回来与原样不符，U盘可能已损坏。"
                "资料没有改动，期号没有占用。请换一个U盘再做。"
            )


def _unused(path: Path) -> Path:
    """The path, with a number where a file of that name is there already."""
    number, found = 1, path
    with suppress(OSError):
        while found.exists():
            number += 1
            found = path.with_name(f"{path.stem}({number}){path.suffix}")
    return found
