"""The sample office, on which a clerk tries things."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.workflow import Workflow, WorkflowStep
from liaison_desk.services.desk import Desk
from liaison_desk.services.overview import overview
from liaison_desk.services.sample import fill_sample
from liaison_desk.store.check import faults
from liaison_desk.ui.style import RESOURCES
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.store.database import Database

EMPTY = {CodeWord, Packet, Workflow, WorkflowStep}
"""What an office has none of before the clerk makes some."""


@pytest.mark.parametrize(
    "today", [datetime(2026, 3, 10, 8), datetime(2027, 1, 1, 8), datetime(2028, 2, 29, 8)]
)
def test_it_holds_some_of_every_record_whatever_the_day(
    database: Database, today: datetime
) -> None:
    desk = Desk(database, operator="李文书", now=factory.Clock(today))
    fill_sample(desk, RESOURCES / "sample")
    missing = {each for each in RECORD_TYPES if not desk.find(each)}
    assert missing == EMPTY
    assert not faults(database)


def test_its_first_page_has_something_in_every_block(database: Database) -> None:
    desk = Desk(database, operator="李文书", now=factory.Clock())
    fill_sample(desk, RESOURCES / "sample")
    seen = overview(desk)
    assert seen.due
    assert seen.directives
    assert seen.meetings
    assert 0 < seen.plan.done < seen.plan.target
    assert {each.step for each in desk.find(Topic)} >= {"跟进督单"}
