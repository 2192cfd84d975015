"""Faults of the world, told to the clerk in Chinese; anything else is our own bug.

Every sentence says what happened, that nothing is lost, and what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass


class DeskError(Exception):
    """Something outside the program is at fault; `str()` is the sentence the clerk reads."""


class Cancelled(DeskError):
    """The clerk pressed 取消; whatever was under way has been taken back."""

    def __init__(self) -> None:
        super().__init__("已取消，资料没有改动。")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a record.

    Attributes:
        field: name of the field it stands beside, or "" for the record as a whole.
        sentence: what to do about it, in the clerk's words.
    """

    field: str
    sentence: str


class NotValid(DeskError):
    """A record was refused; `problems` says why, field by field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("没有保存：" + "；".join(problem.sentence for problem in problems))
        self.problems = problems
