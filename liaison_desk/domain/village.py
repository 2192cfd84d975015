"""The villages and communities of the township."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.declare import phone, text
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Village(Record):
    """One village or community."""

    table = "village"
    title = "村（社区）"
    order = ("name",)

    name: str = text("名称", required=True, max_length=40, listed=True)
    contact: str = text("联系人", max_length=60, listed=True)
    phone: str = phone("电话", listed=True)
    note: str = text("备注")
