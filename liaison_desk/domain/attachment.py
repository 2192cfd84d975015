"""Files kept with a record."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.declare import text, whole_number
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A photo, scan or document; its content is kept once, by SHA-256."""

    table = "attachment"
    title = "附件"

    owner_table: str = text("所属类别", required=True, max_length=40, searched=False)
    owner: str = text("所属记录", required=True, max_length=40, searched=False)
    name: str = text("文件名", required=True, max_length=200, listed=True)
    sha256: str = text("校验码", required=True, max_length=64, searched=False)
    size: int | None = whole_number("大小（字节）", required=True, listed=True, searched=False)
    note: str = text("说明", listed=True)
