"""Proving that a folder can be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def can_write(folder: Path) -> bool:
    """Whether a file can be made in a folder; the folder is made when it is not there."""
    probe = folder / ".写入测试"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError:
        return False
    return True


def missing_parents(folder: Path) -> list[Path]:
    """The folders that making this one would bring into being, the innermost first."""
    return [each for each in (folder, *folder.parents) if not each.exists()]
