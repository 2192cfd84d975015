"""What is offered to be put into a field: words of a list, and what was entered last."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import Choice, IdentityNumber, Link, PersonName, Phone, Text
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.link_names import link_name
from liaison_desk.services.words import words_now
from liaison_desk.store.last_values import LastValues
from liaison_desk.ui.asker import Asker

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from liaison_desk.domain.fields import Field
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

    Words = Callable[[str], list[str]]
    """The words of a list that the office edits, by the list's name."""

_DETAILS = {"person": "post", "agency": "short_name", "topic": "proposer", "village": "contact"}
"""The column that tells namesakes of a table apart."""


class FieldOffers:
    """The offers for the fields of one type of record, read from the desk when they are asked for.

    Personal fields (telephone and identity numbers, names of people) and the field a record is
    called by are never offered again.
    """

    def __init__(self, desk: Desk, record_type: type[Record], words: Words | None = None) -> None:
        self._desk = desk
        self._type = record_type
        self._last = LastValues(desk.database)
        self.words: Words = words or partial(words_now, desk)

    def recent(self, name: str) -> list[str]:
        """The values a field had last, newest first; of a link they are ids."""
        kind = self._type.fields()[name]
        if not isinstance(kind, Text | Choice | Link) or not self.is_offered(name):
            return []
        return self._last.of(self._type, name, self._desk.office_id)

    def newest(self) -> Record | None:
        """The record of this type that was entered last, or None."""
        newest = self._last.newest(self._type, self._desk.office_id)
        return self._desk.get(self._type, newest)

    def caption(self, table: str, record_id: str) -> str:
        """What a linked record is called."""
        return self._desk.caption(table, record_id)

    def name_of(self, table: str, record_id: str) -> str:
        """What a linked record is called where others may have its name."""
        return link_name(self._desk, table, record_id)

    def asker(self, parent: QObject) -> Asker:
        """What reads many names while the window goes on."""
        return Asker(self._desk.database, parent)

    def is_quick(self, table: str) -> bool:
        """Whether all names of a table are read before the clerk would notice."""
        return self._desk.queries.is_quick(BY_TABLE[table])

    def details(self, table: str) -> dict[str, str]:
        """What tells the records of a table apart, by id."""
        column = _DETAILS.get(table)
        return self._last.texts(table, column) if column else {}

    def is_offered(self, name: str) -> bool:
        """Whether a field's earlier values may be offered."""
        return name != self._type.headline and not is_personal(self._type.fields()[name])


def is_personal(kind: Field) -> bool:
    """Whether a field says something of one person that no other record should be offered."""
    return kind.personal or isinstance(kind, Phone | IdentityNumber | PersonName)
