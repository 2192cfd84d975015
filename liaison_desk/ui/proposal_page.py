"""提案: from its handing in to the member's word on the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.parts_panel import PartList
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_table_model import Column

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record


class ProposalPage(PartsPage):
    """The proposals, the latest first."""

    title = "提案"
    icon_name = "scroll-text"
    section = "履职"
    record_type = Proposal
    record_types = (Proposal, ProposalCosigner)
    search_through = ("proposer", "agency")
    part_lists = (PartList(ProposalCosigner, "联名", {"person": 0}, "与提案人一起署名的委员。"),)
    empty_sentence = "委员的提案，从提交、立案到答复、评价都记在一条里。按 Ctrl+N 登记。"

    def make_columns(self) -> tuple[Column, ...]:
        """Whose it is, and how far."""
        kinds = Proposal.fields()
        names = ("number", "name", "proposer", "filing", "result", "assessment")
        return tuple(Column(kinds[name].label, name) for name in names)

    def make_form(self) -> RecordForm:
        """The proposal, and what was done on it."""
        return RecordForm(Proposal, self.choices, headings={"filing": "办理与评价"})

    def blank(self) -> Record:
        """A proposal of today."""
        return Proposal(submitted_on=self.desk.today)
