"""The stations of the loop, and a chain of them as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity, Visitor
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.fields import Day, Moment
from liaison_desk.domain.matter import Extension, Matter, Progress, Rating, Reply, Revisit
from liaison_desk.domain.meeting import Consensus, Dissent, Meeting
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.opinion import Adoption, Opinion
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.survey import Survey
from liaison_desk.domain.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

STAGES: tuple[tuple[str, tuple[type[Record], ...]], ...] = (
    ("接待来文", (Activity, Visitor, Directive)),
    ("民意提案", (Opinion, Proposal)),
    ("议题", (Topic,)),
    ("计划调研", (PlanItem, Survey)),
    ("协商", (Meeting,)),
    ("纪要共识", (Minutes, Consensus, Dissent)),
    ("交办", (Matter,)),
    ("办理反馈", (Progress, Extension, Reply, Adoption)),
    ("评价回访", (Rating, Revisit)),
)
"""The columns of the picture along the loop, and the stations in each."""
STATIONS: tuple[type[Record], ...] = tuple(each for _, kinds in STAGES for each in kinds)
MOST_OF_ONE = 60
"""So many records that hang on one other are told singly; of the rest only the number."""
_STATES: dict[type[Record], str] = {
    Topic: "step",
    PlanItem: "status",
    Minutes: "status",
    Visitor: "answer",
    Dissent: "handling",
    Proposal: "result",
    Revisit: "finding",
    Adoption: "way",
}
"""The field that says how a station stands."""


@dataclass(frozen=True)
class Node:
    """One station of a chain.

    Attributes:
        key: tells it from every other node of the chain.
        table, id: the record.
        kind: what it is, in the clerk's word.
        caption: what it is called.
        day: when it was, if that is known.
        state: how it stands, or "".
        stage: its column's place in `STAGES`; before them all it is negative.
        word: under what it hangs on a person or an agency (出席), or "".
    """

    key: str
    table: str
    id: str
    kind: str
    caption: str
    day: date | None
    state: str
    stage: int
    word: str = ""


@dataclass(frozen=True)
class Edge:
    """What led to what, by node keys; `is_conversion` where one was turned into the other."""

    source: str
    target: str
    is_conversion: bool = False


@dataclass(frozen=True)
class Chain:
    """A record's chain.

    Attributes:
        here: key of the record it was asked for.
        nodes: its stations, in the order of the loop, older ones first.
        edges: what led to what among them.
        left_out: how many more there are beyond those told singly, by table and word.
        is_grouped: whether the stations are told by number first, as a person's hundred meetings.
    """

    here: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: Mapping[tuple[str, str], int]
    is_grouped: bool = False


def stage_of(record_type: type[Record]) -> int:
    """The column of a type; -1 for what is no station."""
    for place, (_, kinds) in enumerate(STAGES):
        if record_type in kinds:
            return place
    return -1


def node_of(desk: Desk, record: Record, key: str = "", word: str = "") -> Node:
    """A record as a station."""
    caption = desk.caption(record.table, record.id) or record.caption
    return Node(
        key or key_of(record.table, record.id),
        record.table,
        record.id,
        record.title,
        " ".join(caption.split()),
        day_of(record),
        _state(desk, record),
        stage_of(type(record)),
        word,
    )


def key_of(table: str, record_id: str) -> str:
    """What a station is known by."""
    return f"{table}/{record_id}"


def day_of(record: Record) -> date | None:
    """The first day a record tells that is not a day by which something is due."""
    for name, kind in record.fields().items():
        value = getattr(record, name)
        if value is not None and isinstance(kind, Day | Moment) and "due" not in name:
            return value.date() if isinstance(kind, Moment) else value  # type: ignore[no-any-return]
    return None


def _state(desk: Desk, record: Record) -> str:
    """How a record stands, as a word."""
    if isinstance(record, Matter):
        return record.light(desk.today)
    name = _STATES.get(type(record))
    return record.shown(name) if name else ""


def in_order(node: Node) -> tuple[int, int, str, str]:
    """Along the loop, and by day."""
    kind = STATIONS.index(BY_TABLE[node.table]) if BY_TABLE[node.table] in STATIONS else -1
    return (node.stage, kind, node.day.isoformat() if node.day else "9", node.caption)
