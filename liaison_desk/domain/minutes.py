"""The minutes (协商纪要) of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.declare import choice, day, link, long_text, text, whole_number
from liaison_desk.domain.errors import Problem
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date

DRAFT, FINAL, ISSUED = "草稿", "已定稿", "已印发"
MINUTES_STATES = (DRAFT, FINAL, ISSUED)


@dataclass(frozen=True, kw_only=True)
class Minutes(Record):
    """The text of a meeting's minutes, in one version.

    Finalising gives it its number and locks it; a later change is a new version that names the
    one it replaces, and both are kept.
    """

    table = "minutes"
    title = "纪要"
    headline = "heading"
    order = ("-year", "-number", "-dated")
    parent = "meeting"

    meeting: str | None = link("协商会", to="meeting", required=True)
    heading: str = long_text("标题", required=True, max_length=120, listed=True)
    mark: str = text("纪要标志文字", required=True, max_length=40)
    issuer: str = text("署名", max_length=60)
    dated: date | None = day("成文日期", required=True, listed=True)
    summary: str = long_text("会议概况", max_length=5000)
    body: str = long_text("正文", max_length=60_000)
    present: str = long_text("出席", max_length=5000)
    on_leave: str = long_text("请假", max_length=2000)
    nonvoting: str = long_text("列席", max_length=5000)
    main_to: str = text("主送")
    copies: str = text("抄送")
    printed_by: str = text("印发机关", max_length=60)
    printed_on: date | None = day("印发日期")
    prefix: str = text("文号机关代字", max_length=20)
    year: int | None = whole_number("年份")
    number: int | None = whole_number("期号", listed=True)
    status: str = choice("状态", MINUTES_STATES, default=DRAFT, listed=True)
    version: int | None = whole_number("版本", searched=False)
    replaces: str | None = link("替换的版本", to="minutes", searched=False)

    @property
    def text(self) -> str:
        """会议概况 and 正文 as one, as the paper sets them."""
        return "\n".join(filter(None, (self.summary, self.body)))

    def problems(self) -> list[Problem]:
        """What is wrong with the fields; minutes without any text are none."""
        empty = [] if self.text.strip() else [Problem("body", "请填写正文")]
        return [*super().problems(), *empty]

    def also_called(self) -> tuple[str, ...]:
        """The number as it is printed."""
        return (self.full_number,)

    @property
    def is_locked(self) -> bool:
        """Whether the text may no longer be changed."""
        return self.status != DRAFT

    @property
    def full_number(self) -> str:
        """〔2026〕1号, with the office's prefix if it has one; "" before it is finalised."""
        if self.number is None or self.year is None:
            return ""
        return f"{self.prefix}〔{self.year}〕{self.number}号"
