"""Formal proposals of members (提案)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import FILINGS, RESULTS, SATISFACTIONS
from liaison_desk.domain.declare import choice, day, link, long_text, text, whole_number
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Proposal(Record):
    """One proposal, from its handing in to the member's word on the answer."""

    table = "proposal"
    title = "提案"
    order = ("-submitted_on", "-number")

    number: str = text("编号", max_length=30, listed=True, hint="如 第45号")
    name: str = text("案由", required=True, max_length=100, listed=True)
    proposer: str | None = link("提案人", to="person", listed=True)
    submitted_on: date | None = day("提交日期", listed=True)
    category: str = text("类别", max_length=30, words="提案类别")
    suggestions: str = long_text("建议条目")
    filing: str = choice("立案情况", FILINGS, listed=True)
    agency: str | None = link("主办单位", to="agency", listed=True)
    partners: str = text("协办", max_length=100)
    replied_on: date | None = day("答复日期", listed=True)
    result: str = choice("答复结果", RESULTS, listed=True)
    assessment: str = choice("委员评价", SATISFACTIONS, listed=True)
    supervision: str = long_text("督办", max_length=5000)


@dataclass(frozen=True, kw_only=True)
class ProposalCosigner(Record):
    """One more member who signed a proposal."""

    table = "proposal_cosigner"
    title = "提案联名"
    headline = "person"
    order = ("position",)
    parent = "proposal"

    proposal: str | None = link("提案", to="proposal", required=True)
    position: int | None = whole_number("次序", searched=False)
    person: str | None = link("人员", to="person", required=True, listed=True)
