"""The next number of a series that the clerk numbers by hand."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


def next_number(desk: Desk, record_type: type[Record], first: str) -> str:
    """The number after the highest one, written as that is; `first` for the first of a year.

    What stands before the last digits tells the series: after 2026-007 comes 2026-008, and in
    2027 `first` begins a new one. A series of the office's own that names no year goes on: after
    SQ-002 comes SQ-003.
    """
    office = desk.office_id
    used = [each for _, each, _ in desk.queries.texts(record_type, ("number", ""), office=office)]
    numbered = [found for each in used if (found := _NUMBER.fullmatch(each))]
    in_use = Counter(found["series"] for found in numbered)
    series = _NUMBER.fullmatch(first)["series"]  # type: ignore[index]
    if series not in in_use:
        of_no_year = [each for each, _count in in_use.most_common() if not _YEAR.search(each)]
        if not of_no_year:
            return first
        series = of_no_year[0]
    highest = max((found["digits"] for found in numbered if found["series"] == series), key=int)
    return f"{series}{int(highest) + 1:0{len(highest)}d}"


_NUMBER = re.compile(r"(?P<series>|.*[^0-9])(?P<digits>[0-9]+)")
_YEAR = re.compile(r"20[0-9]{2}")
