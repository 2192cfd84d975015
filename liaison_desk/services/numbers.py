"""The next number of a series that the clerk numbers by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


def next_number(desk: Desk, record_type: type[Record], first: str) -> str:
    """The number after the highest one, written as that is; `first` for the first of a year.

    What stands before the last digits tells the series: after 2026-007 comes 2026-008, and in
    2027 `first` begins a new one.
    """
    series = _LAST_DIGITS.sub("", first)
    used = [getattr(each, "number", "") for each in desk.find(record_type, office=desk.office_id)]
    own = [each for each in used if each.startswith(series) and each[len(series) :].isdigit()]
    if not own:
        return first
    highest = max((each[len(series) :] for each in own), key=int)
    return f"{series}{int(highest) + 1:0{len(highest)}d}"


_LAST_DIGITS = re.compile(r"[0-9]+$")
