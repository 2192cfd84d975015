"""What checks and papers need of whoever can look records up: the desk, or an import's draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record

R = TypeVar("R", bound="Record")


class Lookup(Protocol):
    """Whoever knows the records a check asks for."""

    def get(self, record_type: type[R], record_id: str | None) -> R | None:
        """One record by its id, removed or not, or None."""
        ...

    def find(self, record_type: type[R], **equals: object) -> list[R]:
        """The records, not removed, whose fields equal these values."""
        ...


class Reading(Lookup, Protocol):
    """Whoever can look records up, many at once too."""

    def many(self, record_type: type[R], ids: Sequence[str]) -> list[R]:
        """The records with these ids, removed or not, in this order; unknown ids are left out."""
        ...
