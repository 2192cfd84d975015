"""More time for a matter, and how satisfied people are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Extension, Matter, Rating, Reply
from liaison_desk.domain.record import with_values
from liaison_desk.services.follow_up import extend_matter, remove_extension, satisfaction
from liaison_desk.services.matters import close_matter
from liaison_desk.services.recycle_bin import RecycleBin
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

MARCH, APRIL, MAY = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)


def extension(desk: Desk, matter: Matter, until: date, granted: date) -> Extension:
    """More time that was granted."""
    told = Extension(matter=matter.id, granted_on=granted, new_due_on=until, reason="雨天停工")
    return extend_matter(desk, told)


def due(desk: Desk, matter: Matter) -> date | None:
    """When a matter is due as kept."""
    now = desk.get(Matter, matter.id)
    return now.due_on if now else None


def test_an_extension_moves_the_due_date_and_one_undo_moves_it_back(desk: Desk) -> None:
    matter = factory.matter(desk)
    kept = extension(desk, matter, APRIL, date(2026, 3, 20))
    assert (kept.old_due_on, due(desk, matter)) == (MARCH, APRIL)
    desk.undo()
    assert due(desk, matter) == MARCH
    assert not desk.find(Extension)


def test_taking_the_last_extension_back_gives_the_date_before_it(desk: Desk) -> None:
    matter = factory.matter(desk)
    first = extension(desk, matter, APRIL, date(2026, 3, 20))
    second = extension(desk, matter, MAY, date(2026, 4, 20))
    remove_extension(desk, second)
    assert due(desk, matter) == APRIL
    remove_extension(desk, first)
    assert due(desk, matter) == MARCH


def test_taking_an_earlier_extension_back_leaves_the_due_date(desk: Desk) -> None:
    matter = factory.matter(desk)
    first = extension(desk, matter, APRIL, date(2026, 3, 20))
    extension(desk, matter, MAY, date(2026, 4, 20))
    remove_extension(desk, first)
    assert due(desk, matter) == MAY
    assert desk.find(Extension)[0].old_due_on == MARCH


def test_a_corrected_extension_moves_the_due_date_again(desk: Desk) -> None:
    matter = factory.matter(desk)
    kept = extension(desk, matter, APRIL, date(2026, 3, 20))
    extend_matter(desk, with_values(kept, {"new_due_on": MAY}))
    assert due(desk, matter) == MAY


def test_an_extension_that_gives_no_time_is_refused_and_nothing_moves(desk: Desk) -> None:
    matter = factory.matter(desk)
    with pytest.raises(NotValid, match="新时限没有晚于原时限"):
        extension(desk, matter, date(2026, 3, 30), date(2026, 3, 20))
    assert due(desk, matter) == MARCH


def test_the_satisfied_are_counted_with_the_fairly_satisfied() -> None:
    ratings = [
        Rating(work_good=8, work_fair=2, outcome_good=5, outcome_poor=5),
        Rating(work_good=9, work_poor=1),
    ]
    work, outcome = satisfaction(ratings)
    assert str(work) == "95%（19/20）"
    assert str(outcome) == "50%（5/10）"
    assert not str(satisfaction([])[0])


def test_a_wrong_day_of_granting_does_not_move_the_due_date_back(desk: Desk) -> None:
    matter = factory.matter(desk)
    first = extension(desk, matter, APRIL, date(2026, 3, 20))
    second = extension(desk, matter, MAY, date(2026, 4, 20))
    extend_matter(desk, with_values(second, {"granted_on": date(2026, 3, 1)}))
    extend_matter(desk, with_values(first, {"reason": "连日大雨"}))
    assert due(desk, matter) == MAY


def test_an_extension_from_the_recycle_bin_moves_the_due_date_again(desk: Desk) -> None:
    matter = factory.matter(desk)
    kept = extension(desk, matter, APRIL, date(2026, 3, 20))
    remove_extension(desk, kept)
    RecycleBin(desk).restore([kept])
    assert due(desk, matter) == APRIL
    desk.undo()
    assert due(desk, matter) == MARCH


def test_an_earlier_extension_from_the_recycle_bin_takes_its_place(desk: Desk) -> None:
    matter = factory.matter(desk)
    first = extension(desk, matter, APRIL, date(2026, 3, 20))
    second = extension(desk, matter, MAY, date(2026, 4, 20))
    remove_extension(desk, first)
    RecycleBin(desk).restore([first])
    now = desk.get(Extension, second.id)
    assert now is not None
    assert (now.old_due_on, due(desk, matter)) == (APRIL, MAY)


def test_a_closed_matter_comes_back_with_its_extension(desk: Desk) -> None:
    matter = factory.matter(desk)
    extension(desk, matter, APRIL, date(2026, 3, 20))
    desk.save(Reply(matter=matter.id, replied_on=APRIL, result="A 已解决", content="护栏已装好。"))
    closed = close_matter(desk, desk.many(Matter, [matter.id])[0], APRIL)
    desk.remove(closed)
    RecycleBin(desk).restore([closed])
    assert desk.find(Matter) == [closed]
    assert len(desk.find(Extension, matter=matter.id)) == 1
