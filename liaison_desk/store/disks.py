"""What kind of disk a data file lies on."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
_SHARED_OR_PORTABLE = ("nfs", "cifs", "smb", "9p", "fuse", "vfat", "exfat", "ntfs", "msdos")
"""Linux file systems, by how their names begin, that lie elsewhere or can be pulled out."""
_FIXED = 3
"""What `GetDriveTypeW` calls a disk that is built in (DRIVE_FIXED)."""


def is_local(path: Path) -> bool:
    """Whether a file lies on a disk built into this PC, as write-ahead logging needs it."""
    if sys.platform == "win32":
        return _drive_type(Path(path.resolve().anchor)) == _FIXED
    return not _file_system(path.resolve()).startswith(_SHARED_OR_PORTABLE)


def _file_system(path: Path) -> str:
    """The type of the file system that a path lies on, from the longest mount point above it."""
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    mounts = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    above = [
        (len(place), kind)
        for place, kind in ((_unescaped(place), kind) for place, kind in mounts)
        if path.is_relative_to(place)
    ]
    return max(above, default=(0, ""))[1]


def _unescaped(place: str) -> str:
    """A mount point as the kernel writes it, a space as a backslash and 040."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), place)


def _drive_type(anchor: Path) -> int:
    """What Windows says of a drive; a share on a server is none of its own."""
    kernel = getattr(ctypes, "windll", None)
    return int(kernel.kernel32.GetDriveTypeW(str(anchor))) if kernel else 0
