"""Who is at the desk, as the history writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.record import with_values
from liaison_desk.services.desk import Desk
from liaison_desk.services.operators import choose_operator, known_operators, operator_of
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.store.database import Database


def test_the_clerk_is_at_the_desk_until_another_hand_says_so(
    desk: Desk, database: Database
) -> None:
    assert operator_of(desk) == "李文书"
    assert choose_operator(desk, "王 芳") == "王芳"
    factory.topic(desk)
    assert desk.log.deeds(1)[0].operator == "王芳"
    assert operator_of(Desk(database)) == "王芳", "after the next start too"
    choose_operator(desk, "李文书")
    factory.topic(desk)
    assert desk.log.deeds(1)[0].operator == "李文书"


def test_without_another_hand_a_new_clerk_is_at_the_desk(desk: Desk) -> None:
    choose_operator(desk, "李文书")
    office = desk.office
    assert office is not None
    desk.save(with_values(office, {"clerk": "赵文书"}))
    assert operator_of(desk) == "赵文书"


def test_who_worked_here_before_is_offered(desk: Desk) -> None:
    choose_operator(desk, "王芳")
    factory.topic(desk)
    choose_operator(desk, "")
    assert known_operators(desk) == ["李文书", "王芳"]
