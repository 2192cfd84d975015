"""USB sticks, named by what happens to them.

The `…_stick` fixtures are folders on real file systems, made where mounting is allowed; a test
that takes one is marked `mount`. The classes are folders that fail by themselves, for everywhere.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import signal
import subprocess
import time
from typing import IO, TYPE_CHECKING, Self

import pytest

from liaison_desk.services.handoff.stick import TargetFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# -- real ones -----------------------------------------------------------------------------


@pytest.fixture
def full_stick(tmp_path: Path) -> Iterator[Path]:
    """A stick of one megabyte, nearly full."""
    with mounted(tmp_path / "满的U盘", "-t", "tmpfs", "-o", "size=1m", "tmpfs") as stick:
        (stick / "照片.jpg").write_bytes(b"\xff" * 900_000)
        yield stick


@pytest.fixture
def read_only_stick(tmp_path: Path) -> Iterator[Path]:
    """A stick whose switch is on."""
    with mounted(tmp_path / "只读的U盘", "-t", "tmpfs", "-o", "ro", "tmpfs") as stick:
        yield stick


class PulledOutStick:
    """An exFAT stick that can be pulled out while it is written to, and put in again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "拔出的U盘"
        self._image = folder / "stick.img"
        self._loop = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir()
        with self._image.open("wb") as image:
            image.truncate(16 << 20)
        _run("mkfs.exfat", str(self._image))
        self._loop = _run("losetup", "--show", "-f", str(self._image)).strip()
        self.put_in()
        return self

    def __exit__(self, *_: object) -> None:
        self.pull_out()
        if self._loop:
            subprocess.run(["losetup", "-d", self._loop], check=False, capture_output=True)

    def put_in(self) -> None:
        """Mount it."""
        self._process = subprocess.Popen(
            ["mount.exfat-fuse", "-d", self._loop, str(self.folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 5
        while not self.folder.is_mount():
            if self._process.poll() is not None or time.monotonic() > until:
                self.pull_out()
                pytest.skip("an exFAT stick cannot be mounted here")
            time.sleep(0.02)

    def pull_out(self) -> None:
        """Kill what serves it: every call from now on fails."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)


@pytest.fixture
def pulled_out_stick(tmp_path: Path) -> Iterator[PulledOutStick]:
    """An exFAT stick to pull out."""
    if not all(shutil.which(tool) for tool in ("mkfs.exfat", "losetup", "mount.exfat-fuse")):
        pytest.skip("no tools here to make an exFAT stick")
    with PulledOutStick(tmp_path) as stick:
        yield stick


@contextlib.contextmanager
def mounted(folder: Path, *how: str) -> Iterator[Path]:
    """A file system mounted on a new folder; the test is skipped where that is not allowed."""
    folder.mkdir()
    tool = shutil.which("mount")
    done = tool and subprocess.run([tool, *how, str(folder)], check=False, capture_output=True)
    if not done or done.returncode:
        pytest.skip("a file system cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def _run(*command: str) -> str:
    """Run a tool; the test is skipped when it is not allowed to do its work."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{command[0]} does not work here: {done.stderr.strip()[:100]}")
    return done.stdout


# -- ones that fail by themselves ----------------------------------------------------------


class FailingFile(io.FileIO):
    """A file that takes some bytes and then fails."""

    def __init__(self, path: Path, room: int, error: int) -> None:
        super().__init__(path, "w")
        self._room, self._error = room, error

    def write(self, data: object) -> int:
        """Take what there is room for."""
        size = len(memoryview(data))  # type: ignore[arg-type]
        if size > self._room:
            super().write(bytes(memoryview(data))[: self._room])  # type: ignore[arg-type]
            raise OSError(self._error, os.strerror(self._error))
        self._room -= size
        return super().write(data)  # type: ignore[arg-type]


class StickThatFillsUp(TargetFolder):
    """A stick that says there is room, and then there is none."""

    error = errno.ENOSPC

    def create(self, path: Path) -> IO[bytes]:
        return FailingFile(path, 1000, self.error)


class StickOfOldFormat(StickThatFillsUp):
    """A stick whose file system takes no large file."""

    error = errno.EFBIG


class StickThatIsPulledOut(StickThatFillsUp):
    """A stick that is gone after the first thousand bytes."""

    error = errno.ENODEV


class StickWithoutRoom(TargetFolder):
    """A stick that says at once how little room there is."""

    def free_bytes(self) -> int:
        return 1


class StickThatRefuses(TargetFolder):
    """A stick with its switch on."""

    def create(self, path: Path) -> IO[bytes]:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))


class StickThatFailsAtTheEnd(TargetFolder):
    """A stick that takes everything and is gone before the bytes are safe."""

    def sync(self, file: IO[bytes]) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


class StickThatForgets(TargetFolder):
    """A stick with a bad cell: one byte comes back as another."""

    def reopen(self, path: Path) -> IO[bytes]:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        return io.BytesIO(content)


class StickPulledOutBeforeTheName(TargetFolder):
    """A stick that is gone when the finished file is to get its name."""

    def rename(self, old: Path, new: Path) -> None:
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(old))


class StickPulledOutAfterTheName(TargetFolder):
    """A stick that is gone before the name is safe."""

    def sync_folder(self) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
