"""What every record is: a frozen dataclass whose fields carry their declaration."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from liaison_desk.domain.errors import Problem
from liaison_desk.domain.fields import Field, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing the office keeps.

    Records are immutable; editing one is `dataclasses.replace`. A subclass names its `table` (the
    English word of the thing) and its `title` (the Chinese one) and declares its fields.

    Attributes:
        id: a UUID, given by the desk when the record is first saved.
        office: id of the Office the record belongs to; only that office may change it.
        removed_at: when it went to the recycle bin (ISO 8601, UTC), or "".
    """

    table: ClassVar[str]
    title: ClassVar[str]
    headline: ClassVar[str] = "name"
    """The field a link to the record shows."""
    order: ClassVar[tuple[str, ...]] = ()
    """Fields a list is sorted by when the clerk has chosen none; `-name` is falling."""
    parent: ClassVar[str] = ""
    """The link field of the record this one is a part of, or ""."""

    id: str = ""
    office: str = ""
    removed_at: str = ""

    @classmethod
    def fields(cls) -> Mapping[str, Field]:
        """The declared fields by name, in order of entry."""
        return _fields(cls)  # type: ignore[arg-type]  # mypy takes the class for its instances

    @classmethod
    def links(cls) -> Mapping[str, Link]:
        """The fields that point at other records."""
        return {name: kind for name, kind in cls.fields().items() if isinstance(kind, Link)}

    @property
    def caption(self) -> str:
        """What the record is called in a list or a sentence."""
        return self.shown(self.headline) or f"未命名的{self.title}"

    def shown(self, name: str) -> str:
        """One field as the clerk reads it."""
        return self.fields()[name].format(getattr(self, name))

    def also_called(self) -> tuple[str, ...]:
        """Words of no single field by which the clerk looks for the record."""
        return ()

    def problems(self) -> list[Problem]:
        """What is wrong with the fields of this record, each seen by itself."""
        found = []
        for name, kind in self.fields().items():
            sentence = kind.problem(getattr(self, name))
            if sentence is not None:
                found.append(Problem(name, sentence))
        return found


@cache
def _fields(record_type: type[Record]) -> Mapping[str, Field]:
    """Read the declaration once for each class."""
    return {
        each.name: each.metadata["field"]
        for each in dataclasses.fields(record_type)
        if "field" in each.metadata
    }


def with_values(record: R, values: Mapping[str, Any]) -> R:
    """The record with some fields changed; the type is kept."""
    return dataclasses.replace(record, **values)
