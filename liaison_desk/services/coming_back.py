"""What follows a record that comes back from the recycle bin by itself: as when it was entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.matter import Extension
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.services.conversions import note_answer
from liaison_desk.services.follow_up import extend_again
from liaison_desk.services.planning import mark_planned
from liaison_desk.services.workflows import follow_steps

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


def follow(desk: Desk, record: Record) -> None:
    """Bring what follows from a record in line with its being there again; inside a deed."""
    if isinstance(record, Extension):
        extend_again(desk, record)
    elif isinstance(record, Conversion):
        note_answer(desk, record)
    elif isinstance(record, PlanItem | TopicStep):
        topic = desk.get(Topic, record.topic)
        if topic is None or topic.removed_at:
            return
        if isinstance(record, PlanItem):
            mark_planned(desk, topic)
        else:
            follow_steps(desk, topic)
