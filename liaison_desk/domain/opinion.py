"""What the public thinks, reported upwards (社情民意信息)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import ADOPTION_LEVELS, ADOPTION_WAYS
from liaison_desk.domain.declare import choice, day, link, long_text, text, whole_number
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date

ADVISED_LENGTH = 1500
"""How many characters one report has at most; a longer one is warned of."""


@dataclass(frozen=True, kw_only=True)
class Opinion(Record):
    """One report of public opinion; one thing each."""

    table = "opinion"
    title = "社情民意"
    order = ("-reported_on", "-number")

    number: str = text("编号", max_length=30, listed=True, hint="如 2026-001")
    name: str = text("标题", required=True, max_length=100, listed=True)
    reporter: str | None = link("反映人", to="person", listed=True)
    village: str | None = link("村（社区）", to="village")
    body: str = long_text("正文", advised_length=ADVISED_LENGTH)
    reported_on: date | None = day("报送日期", listed=True)
    reported_to: str = text("报送单位", max_length=60, listed=True)
    handling: str = long_text("办理情况", max_length=5000)


@dataclass(frozen=True, kw_only=True)
class OpinionCosigner(Record):
    """One more person who signed a report."""

    table = "opinion_cosigner"
    title = "社情民意联名"
    headline = "person"
    order = ("position",)
    parent = "opinion"

    opinion: str | None = link("社情民意", to="opinion", required=True)
    position: int | None = whole_number("次序", searched=False)
    person: str | None = link("人员", to="person", required=True, listed=True)


@dataclass(frozen=True, kw_only=True)
class Adoption(Record):
    """A level that took a report up."""

    table = "adoption"
    title = "采用"
    headline = "level"
    order = ("adopted_on",)
    parent = "opinion"

    opinion: str | None = link("社情民意", to="opinion", required=True)
    level: str = choice("级别", ADOPTION_LEVELS, required=True, listed=True)
    adopted_on: date | None = day("日期", required=True, listed=True)
    way: str = choice(
        "方式", ADOPTION_WAYS, default="采用", open_list=True, listed=True, words="采用方式"
    )
    instructed_by: str = text("批示人", max_length=60, listed=True)
    instruction: str = long_text("批示内容", max_length=5000, listed=True)
