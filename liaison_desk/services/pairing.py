"""Who of the party keeps in touch with which member outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.membership import Membership, Pairing

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def contacts_of(desk: Desk, person_id: str) -> list[Membership]:
    """The seats of the party members who keep in touch with a person now."""
    going_on = (e for e in desk.find(Pairing, partner=person_id) if e.until is None)
    seats = (desk.get(Membership, each.membership) for each in going_on)
    return [each for each in seats if each is not None and not each.removed_at]
