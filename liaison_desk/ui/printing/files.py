"""Files that papers are saved to: whole, and beside those that are there."""

from __future__ import annotations

from pathlib import Path

from liaison_desk.domain.errors import DeskError
from liaison_desk.store.whole_file import whole_file


class CannotWrite(DeskError):
    """The file could not be written."""

    def __init__(self) -> None:
        super().__init__(
            "文件没有存成，资料没有改动。请看看同名的文件是不是正打开着，"
            "再检查磁盘空间，或换一个文件夹存。"
        )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, all of it or nothing.

    Raises:
        CannotWrite: the disk did not take it; no half file is left.
    """
    try:
        with whole_file(path) as stream:
            stream.write(content)
    except OSError as error:
        raise CannotWrite from error


def chosen_path(chosen: str, ending: str) -> Path:
    """The path a clerk chose to save to; where she typed no ending, a free one that has it."""
    path = Path(chosen)
    return path if path.suffix.lower() == ending else free_path(path.parent, path.name, ending)


def free_path(folder: Path, name: str, ending: str = ".pdf") -> Path:
    """A path in a folder that no file has yet."""
    path, number = folder / f"{name}{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{name}（{number}）{ending}"
    return path
