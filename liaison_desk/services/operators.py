"""Who is at the desk: the name that the history writes beside every deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.names import normalise
from liaison_desk.store.deeds import Deeds

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

_SETTING = "operator"
MOST_OFFERED = 8
"""How many names are offered to choose from."""


def operator_of(desk: Desk) -> str:
    """Who is at the desk: whoever said so last, or the office's clerk."""
    return desk.database.setting(_SETTING) or _clerk(desk)


def choose_operator(desk: Desk, name: str) -> str:
    """Note who is at the desk from now on; the clerk when the name is empty.

    Returns:
        The name as the history will show it.
    """
    plain = normalise(name)[:60]
    with desk.database.transaction():
        desk.database.set_setting(_SETTING, "" if plain == _clerk(desk) else plain)
    desk.operator = operator_of(desk)
    return desk.operator


def known_operators(desk: Desk) -> list[str]:
    """Names to choose from: the clerk, whoever is at the desk, and who worked here before."""
    names = (_clerk(desk), desk.operator, *Deeds(desk.database).operators())
    return [each for each in dict.fromkeys(names) if each][:MOST_OFFERED]


def _clerk(desk: Desk) -> str:
    """The office's clerk, or ""."""
    office = desk.office
    return office.clerk if office else ""
