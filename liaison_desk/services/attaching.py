"""Keeping files with a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

LARGEST = 200 * 1024 * 1024
"""The largest file kept, in bytes."""


class NotAttachable(DeskError):
    """The file cannot be read or is too large."""


def attach(desk: Desk, record: Record, path: Path) -> Attachment:
    """Keep a copy of a file with a record; equal content is kept once.

    Raises:
        NotAttachable: the file cannot be read, is empty or larger than 200 MB.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise NotAttachable(f"“{path.name}”超过200MB，没有加入。请压缩或分成几个文件再加。")
        content = path.read_bytes()
    except OSError as error:
        raise NotAttachable(
            f"“{path.name}”读不出来，没有加入，资料没有改动。请确认文件还在、U盘没有拔出。"
        ) from error
    if not content:
        raise NotAttachable(f"“{path.name}”是空文件，没有加入。请另选一个文件。")
    with desk.deed(f"加附件“{path.name[:20]}”"):
        return desk.save(
            Attachment(
                owner_table=record.table,
                owner=record.id,
                name=path.name,
                sha256=desk.contents.add(content),
                size=len(content),
            )
        )
