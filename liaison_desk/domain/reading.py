"""What a check needs of whoever can look records up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record

R = TypeVar("R", bound="Record")


class Reading(Protocol):
    """Whoever can look records up."""

    def get(self, record_type: type[R], record_id: str | None) -> R | None:
        """One record by its id, or None."""
        ...

    def find(self, record_type: type[R], **equals: object) -> list[R]:
        """The records whose fields equal these values."""
        ...
