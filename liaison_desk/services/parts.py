"""The parts of a record, written in lists beneath it and kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.record import Record, with_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.desk import Desk

R = TypeVar("R", bound=Record)


class PartNotValid(NotValid):
    """A line of a page was refused.

    Attributes:
        part: the record type of the list, or that of the record the lists belong to.
        row: the line's place in its list, from 0.
    """

    def __init__(self, part: type[Record], row: int, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.part = part
        self.row = row
        if part.parent or row:
            sentences = "；".join(problem.sentence for problem in problems)
            self.args = (f"没有保存：第{row + 1}条{part.title}，{sentences}",)


def save_parts(
    desk: Desk, whole: Record, part_type: type[Record], records: Sequence[Record]
) -> None:
    """Bring one list of a record to what the page holds; inside a deed.

    Raises:
        PartNotValid: a line is wrong.
    """
    placed = [_placed(record, whole, row) for row, record in enumerate(records)]
    staying = {record.id for record in placed if record.id}
    for old in desk.find(part_type, **{part_type.parent: whole.id}):
        if old.id not in staying:
            desk.remove(old)
    for row, record in enumerate(placed):
        save_line(desk, record, row)


def save_line(desk: Desk, record: R, row: int) -> R:
    """Save one line, saying which one when it is refused.

    Raises:
        PartNotValid: the line is wrong.
    """
    try:
        return desk.save(record)
    except NotValid as error:
        raise PartNotValid(type(record), row, error.problems) from error


def _placed(record: Record, whole: Record, row: int) -> Record:
    """A line as part of its record, at its place."""
    values: dict[str, object] = {record.parent: whole.id}
    if "position" in record.fields():
        values["position"] = row + 1
    return with_values(record, values)
