"""Taking the county's member roster in: read a sheet, plan, show the plan, then apply it.

`reader.read_sheet` turns a file into text cells, `roster.plan_roster` says without touching
anything what importing them would do, and `applying.apply_roster` does it as one deed.
"""

from __future__ import annotations

from liaison_desk.services.importing.applying import (
    RosterResult,
    apply_roster,
    known_people,
    plan_roster_file,
)
from liaison_desk.services.importing.reader import read_sheet
from liaison_desk.services.importing.roster import plan_roster

__all__ = [
    "RosterResult",
    "apply_roster",
    "known_people",
    "plan_roster",
    "plan_roster_file",
    "read_sheet",
]
