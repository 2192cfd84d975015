"""Every record type there is, in the order of the sidebar; parts follow what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.matter import Extension, Matter, Progress, Rating, Reply, Revisit
from liaison_desk.domain.meeting import (
    AgendaItem,
    Attendance,
    Consensus,
    Dissent,
    Meeting,
    MeetingTopic,
    Statement,
)
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.village import Village
from liaison_desk.domain.workflow import Workflow, WorkflowStep

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record

RECORD_TYPES: tuple[type[Record], ...] = (
    Office,
    CodeWord,
    Workflow,
    WorkflowStep,
    Village,
    Agency,
    Person,
    Membership,
    Pairing,
    Topic,
    TopicStep,
    PlanItem,
    Survey,
    SurveyParticipant,
    Meeting,
    MeetingTopic,
    AgendaItem,
    Attendance,
    Statement,
    Consensus,
    Dissent,
    Minutes,
    Matter,
    Progress,
    Extension,
    Reply,
    Rating,
    Revisit,
    Opinion,
    OpinionCosigner,
    Adoption,
    Proposal,
    ProposalCosigner,
    Activity,
    ActivityParticipant,
    Visitor,
    Directive,
    Conversion,
    Attachment,
    Packet,
)

BY_TABLE: dict[str, type[Record]] = {each.table: each for each in RECORD_TYPES}
"""The record type of each table name."""


def children_of(record_type: type[Record]) -> tuple[type[Record], ...]:
    """The types whose records are parts of one of `record_type`."""
    return tuple(
        each
        for each in RECORD_TYPES
        if each.parent and each.links()[each.parent].to == record_type.table
    )


def links_to(record_type: type[Record]) -> tuple[tuple[type[Record], str], ...]:
    """Every type and field by which a record can name one of `record_type`."""
    return tuple(
        (each, name)
        for each in RECORD_TYPES
        for name, kind in each.links().items()
        if kind.to == record_type.table
    )
