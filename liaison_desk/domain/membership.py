"""A person's seat for one term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import DUTIES, LEVELS, MEMBER_STATES
from liaison_desk.domain.declare import choice, day, link, text
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date

SERVING = ("在任", "增补")
"""The states of a seat that is held today."""
TERM_OVER = "届满"
"""The state of a seat that ended with its term."""


@dataclass(frozen=True, kw_only=True)
class Membership(Record):
    """One member's seat in one term (届); a new term is a new seat, the old one stays."""

    table = "membership"
    title = "委员任期"
    headline = "person"
    order = ("card_number",)
    parent = "person"

    person: str | None = link("人员", to="person", required=True, listed=True)
    term: str = text("届次", required=True, max_length=30, listed=True, hint="如 第十二届")
    level: str = choice("级别", LEVELS, default="县")
    sector: str = text("界别", max_length=30, listed=True, words="界别")
    committee: str = text("专委会", max_length=40, words="专委会")
    group: str = text("活动组", max_length=40, words="活动组")
    duty: str = choice(
        "职务", DUTIES, default="委员", open_list=True, listed=True, words="政协职务"
    )
    card_number: str = text("委员证号", max_length=30, listed=True)
    since: date | None = day("任职日期")
    until: date | None = day("离任日期")
    status: str = choice("状态", MEMBER_STATES, default="在任", listed=True)
    change_reason: str = text("变动原因")
    village: str | None = link("联系村（社区）", to="village")
    paired_with: str = text("联系党外委员备注")

    @property
    def is_serving(self) -> bool:
        """Whether the member is on the roster today."""
        return self.status in SERVING


@dataclass(frozen=True, kw_only=True)
class Pairing(Record):
    """A member of the party keeps in touch with one who is not; one to three each."""

    table = "pairing"
    title = "联系党外委员"
    headline = "partner"
    order = ("since",)
    parent = "membership"

    membership: str | None = link("委员任期", to="membership", required=True)
    partner: str | None = link("党外委员", to="person", required=True, listed=True)
    since: date | None = day("开始日期", listed=True)
    until: date | None = day("结束日期", listed=True)
    note: str = text("备注", listed=True)
