"""Where a stick is plugged in."""

from __future__ import annotations

from PySide6.QtCore import QStorageInfo


def sticks() -> list[str]:
    """The places of removable drives that can be written to."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        path = volume.rootPath()
        removable = path.startswith(("/media/", "/run/media/", "/mnt/")) or _is_removable(path)
        if volume.isReady() and not volume.isReadOnly() and removable:
            found.append(path)
    return found


def _is_removable(path: str) -> bool:
    """Whether Windows calls a drive removable (DRIVE_REMOVABLE)."""
    import ctypes

    kernel = getattr(ctypes, "windll", None)
    return kernel is not None and kernel.kernel32.GetDriveTypeW(path) == 2
