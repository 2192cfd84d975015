"""What comes down from the county."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import DIRECTIVE_KINDS
from liaison_desk.domain.declare import choice, day, link, long_text, text
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Directive(Record):
    """A matter handed down, a leader's note or a receipt from the county (县级交办/批示/回执)."""

    table = "directive"
    title = "县级交办"
    order = ("-received_on", "-issued_on")

    kind: str = choice("类型", DIRECTIVE_KINDS, required=True, default="交办", listed=True)
    name: str = text("标题", required=True, max_length=100, listed=True)
    number: str = text("文号", max_length=60, listed=True)
    issued_by: str = text("来文单位", max_length=60, listed=True)
    issued_on: date | None = day("来文日期", listed=True)
    received_on: date | None = day("收到日期", listed=True)
    content: str = long_text("内容")
    due_on: date | None = day("时限", listed=True)
    answered_on: date | None = day("回复日期", listed=True)
    answer: str = long_text("回复情况", max_length=5000)
    packet: str | None = link("报送包", to="packet")
