"""The names that the lists of a meeting are filled with, and the records behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.fields import WrongText
from liaison_desk.domain.topic import Topic
from liaison_desk.services.words import words_now
from liaison_desk.ui.meeting.name_line import meant_name
from liaison_desk.ui.new_records import NewRecords

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.meeting.attendance_model import AttendanceModel

_BORN_HERE: dict[str, type[Record]] = {"agency": Agency, "topic": Topic}
"""Tables that get a record when a new name is typed into a list."""


class SheetNames:
    """Names to ids and back: agencies and topics of the office, people of this meeting alone."""

    def __init__(self, desk: Desk, attendance: AttendanceModel) -> None:
        self._desk = desk
        self._attendance = attendance
        self._known: dict[str, dict[str, str]] = {}
        self._new = NewRecords()

    def start(self) -> None:
        """Forget new names and what was read: another meeting is shown."""
        self._known.clear()
        self._new.forget()

    def refresh(self) -> None:
        """Read again what the office knows; names new on this page stay."""
        self._known.clear()

    def offers(self, table: str) -> list[str]:
        """What a line can choose from."""
        return list(self._ids(table))

    def caption(self, table: str, record_id: str | None) -> str:
        """The name of a record."""
        if (new := self._new.get(record_id)) is not None:
            return new.caption
        return self._desk.caption(table, record_id)

    def full(self, table: str, typed: str) -> str:
        """The whole name that a typed part means, or what is typed."""
        return meant_name(typed, self.offers(table)) or typed

    def find(self, table: str, typed: str) -> str | None:
        """The id behind a name; a new agency or topic comes into being.

        Raises:
            WrongText: nobody of that name is in the meeting.
        """
        if not typed:
            return None
        name = self.full(table, typed)
        known = self._ids(table)
        if name in known:
            return known[name]
        if table not in _BORN_HERE:
            raise WrongText(f"到会名单里没有“{name}”，请先在上面的名单里加入")
        return self._new.make(_BORN_HERE[table], name)

    def words(self, wordlist: str) -> list[str]:
        """The words of a list that the office edits."""
        return words_now(self._desk, wordlist)

    def new_records(self, ids: Iterable[str | None]) -> list[Record]:
        """Those of some ids that are new on this page."""
        return self._new.those(ids)

    def _ids(self, table: str) -> dict[str, str]:
        """The ids by name."""
        if table == "person":
            return self._attendance.ids_by_name()
        if table not in self._known:
            found = self._desk.find(_BORN_HERE[table], office=self._desk.office_id)
            self._known[table] = {each.caption: each.id for each in reversed(found)}
        return self._known[table] | self._new.ids(table)
