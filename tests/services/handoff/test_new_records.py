"""The records around the main line on their way to the county."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from liaison_desk.domain.activity import Activity, Visitor
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.matter import Extension, Matter, Rating, Revisit
from liaison_desk.domain.meeting import Dissent
from liaison_desk.domain.opinion import Adoption, Opinion
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal
from liaison_desk.domain.survey import Survey
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder
from liaison_desk.services.handoff.scope import choose
from liaison_desk.services.sample import fill_sample
from liaison_desk.ui.style import RESOURCES
from tests import factory
from tests.services.handoff import packets

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
MARCH, APRIL = date(2026, 3, 5), date(2026, 4, 5)


def carried(desk: Desk, record: Record) -> bool:
    """Whether a packet of the first quarter carries a record."""
    return record.id in choose(desk, FIRST, LAST).ids(type(record))


def dated(desk: Desk, kind: type[Record], day: date) -> Record:
    """A record of a kind, of a day."""
    topic, matter = factory.topic(desk).id, factory.matter(desk).id
    opinion = desk.save(Opinion(name="反映路灯不亮")).id
    values: dict[type[Record], dict[str, Any]] = {
        Opinion: {"name": "反映停车难", "reported_on": day},
        Proposal: {"name": "养老服务", "submitted_on": day},
        Directive: {"name": "报送名册", "received_on": day},
        Survey: {"topic": topic, "held_on": day},
        Activity: {
            "kind": "走访",
            "name": "走访",
            "held_at": datetime(day.year, day.month, day.day, 9),
        },
        Adoption: {"opinion": opinion, "level": "县", "adopted_on": day},
        TopicStep: {"topic": topic, "name": "选题", "done_on": day},
        Extension: {
            "matter": matter,
            "granted_on": day,
            "new_due_on": date(2026, 9, 1),
            "reason": "雨",
        },
        Rating: {"matter": matter, "rated_on": day, "rater": "委员", "work_good": 1},
        Revisit: {"matter": matter, "visited_on": day, "situation": "还好"},
        Conversion: {"from_topic": topic, "into_matter": matter, "converted_on": day},
        PlanItem: {"topic": topic, "year": 2026 if day == MARCH else 2027},
    }
    return desk.save(kind(**values[kind]))


DATED = (
    *(Opinion, Proposal, Directive, Survey, Activity, Adoption),
    *(TopicStep, Extension, Rating, Revisit, Conversion, PlanItem),
)


@pytest.mark.parametrize("kind", DATED)
def test_a_record_goes_with_the_period_of_its_own_date(desk: Desk, kind: type[Record]) -> None:
    assert carried(desk, dated(desk, kind, MARCH))


@pytest.mark.parametrize("kind", DATED)
def test_a_record_of_a_later_date_stays(desk: Desk, kind: type[Record]) -> None:
    assert not carried(desk, dated(desk, kind, APRIL))


def test_a_visitor_goes_with_the_reception(desk: Desk) -> None:
    activity = dated(desk, Activity, APRIL)
    visitor = desk.save(Visitor(activity=activity.id, name="马建国", concern="停车难"))
    assert not carried(desk, visitor)


def test_a_conversion_stays_when_one_of_its_ends_does(desk: Desk) -> None:
    matter = factory.matter(desk)
    kept = []
    for day in (MARCH, APRIL):
        held = factory.meeting(desk, held_at=datetime(2026, day.month, day.day, 9))
        dissent = desk.save(Dissent(meeting=held.id, position=1, name="收费"))
        kept.append(Conversion(from_dissent=dissent.id, into_matter=matter.id, converted_on=MARCH))
    assert [carried(desk, desk.save(each)) for each in kept] == [True, False]


def test_the_county_gets_every_kind_of_record_of_the_sample_office(
    database: Database, county_desk: Desk, tmp_path: Path
) -> None:
    township = Desk(database, operator="李文书", now=factory.Clock())
    fill_sample(township, RESOURCES / "sample")
    order = PacketOrder(date(2025, 1, 1), date(2026, 12, 31))
    packets.received(county_desk, packets.made(township, tmp_path / "U盘", order).path)
    kinds = (*DATED, Visitor, Matter, Topic)
    assert {each: len(county_desk.find(each)) for each in kinds} == {
        each: len(township.find(each)) for each in kinds
    }
    assert all(county_desk.find(each) for each in kinds)
