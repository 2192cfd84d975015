"""The departments that carry out what was agreed."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.declare import phone, text
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Agency(Record):
    """A department or unit that matters are handed to."""

    table = "agency"
    title = "承办单位"
    order = ("name",)

    name: str = text("名称", required=True, max_length=60, listed=True)
    short_name: str = text("简称", max_length=30, listed=True)
    leader: str = text("分管领导", max_length=60)
    contact: str = text("联系人", max_length=60, listed=True)
    phone: str = phone("电话", listed=True)
