"""What was handed to the county, or taken in from a township."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.declare import choice, day, link, moment, text, whole_number
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

SENT, RECEIVED = "报出", "接收"


@dataclass(frozen=True, kw_only=True)
class Packet(Record):
    """One packet (报送包) that left this desk or came to it."""

    table = "packet"
    title = "报送包"
    headline = "file_name"
    order = ("-handled_at",)

    direction: str = choice("方向", (SENT, RECEIVED), required=True, listed=True)
    sender: str | None = link("报送单位", to="office", required=True, listed=True)
    year: int | None = whole_number("年份", required=True)
    number: int | None = whole_number("期号", required=True, listed=True)
    period_from: date | None = day("起始日期", required=True, listed=True)
    period_until: date | None = day("截止日期", required=True, listed=True)
    handled_at: datetime | None = moment("经办时间", required=True, listed=True)
    file_name: str = text("文件名", required=True, listed=True)
    sha256: str = text("校验码", max_length=64, searched=False)
    stamp: str = text("数据截至", max_length=80, searched=False)
    contents: str = text("内容", listed=True)
