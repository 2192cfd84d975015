"""Files written for the clerk: whole, or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST = 60
"""Characters of a name: with the ending, what three bytes each leave of a disk's 255."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes its name once it is whole and on the disk.

    Raises:
        OSError: the disk did not take it; what stood there is as it was, and no half file stays.
    """
    beside = path.with_name(f"{path.name[:_LONGEST]}.part")
    try:
        with beside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        with suppress(OSError):  # the stick is gone, and the half file with it
            beside.unlink(missing_ok=True)
