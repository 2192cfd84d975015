"""What a part leads to: the record whose page shows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from liaison_desk.domain.matter import Progress
from liaison_desk.domain.meeting import Statement
from liaison_desk.services.attaching import attach_content
from liaison_desk.services.wholes import whole_of
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

TABLES = ("topic", "meeting", "office")


def test_a_part_and_a_file_lead_to_what_they_belong_to(desk: Desk) -> None:
    held = factory.meeting(desk)
    said = desk.save(Statement(meeting=held.id, person=factory.person(desk).id, point="建议"))
    file = attach_content(desk, held, "签到.jpg", b"scan")
    for each in (held, factory.consensus(desk, held), said, file):
        assert whole_of(desk, each) == whole_of(desk, each, TABLES) == held
    matter = factory.matter(desk, "修路")
    told = Progress(matter=matter.id, reported_on=date(2026, 3, 9), content="已经招标")
    assert whole_of(desk, desk.save(told)) == matter


def test_a_part_with_a_page_of_its_own_is_shown_there(desk: Desk) -> None:
    for each in (factory.minutes(desk, factory.meeting(desk)), factory.member(desk)):
        assert whole_of(desk, each) == each


def test_a_record_with_a_page_opens_by_itself(desk: Desk) -> None:
    topic = factory.topic(desk)
    assert whole_of(desk, topic, TABLES) == topic
    assert whole_of(desk, desk.office or topic, TABLES) == desk.office
