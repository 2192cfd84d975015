"""Following up what was agreed, until it is answered and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.matter import LIGHTS, Matter
from liaison_desk.domain.record import with_values
from liaison_desk.domain.short import short

if TYPE_CHECKING:
    from datetime import date

    from liaison_desk.services.desk import Desk


def by_urgency(desk: Desk, **equals: object) -> list[Matter]:
    """This office's matters, the most urgent first; closed ones last, newest first.

    Args:
        desk: where they are kept.
        equals: values that they have, as `closed_on=None` for open ones.
    """
    today = desk.today
    matters = desk.find(Matter, office=desk.office_id, **equals)
    return sorted(matters, key=lambda each: _urgency(each, today))


def close_matter(desk: Desk, matter: Matter, on: date | None = None) -> Matter:
    """Close a matter that has been answered.

    Raises:
        NotValid: it has no reply yet; nothing has changed.
    """
    closed = with_values(matter, {"closed_on": on or desk.today})
    with desk.deed(f"办结“{short(matter.name)}”"):
        return desk.save(closed)


def reopen_matter(desk: Desk, matter: Matter) -> Matter:
    """Open a closed matter again."""
    opened = with_values(matter, {"closed_on": None})
    with desk.deed(f"取消办结“{short(matter.name)}”"):
        return desk.save(opened)


def _urgency(matter: Matter, today: date) -> tuple[int, int]:
    """The place of a matter in the list of what is to be done."""
    light = LIGHTS.index(matter.light(today))
    if matter.closed_on is not None:
        return (light, -matter.closed_on.toordinal())
    return (light, matter.due_on.toordinal() if matter.due_on else 0)
