"""The log of deeds, as long as it may have become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import factory
from tests.steps import steps

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def some_deeds(desk: Desk, count: int) -> None:
    """Deeds that changed nothing, as printing is, and one more that was taken back."""
    for _ in range(count):
        desk.note("打印")
    factory.person(desk)
    desk.undo()


def test_finding_what_can_be_undone_or_redone_does_not_go_through_the_whole_log(
    desk: Desk,
) -> None:
    def look() -> None:
        desk.log.undoable()
        assert desk.log.redoable() is not None

    some_deeds(desk, 120)
    when_short = steps(desk.database, look)
    some_deeds(desk, 600)
    assert steps(desk.database, look) < 2 * when_short
