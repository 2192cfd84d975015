"""The names that the links of a list are written by, and the records behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from liaison_desk.domain.fields import WrongText
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.ui.link_editor import NAMED_ON_THE_SPOT
from liaison_desk.ui.meeting.name_line import meant_name
from liaison_desk.ui.new_records import NewRecords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from liaison_desk.domain.record import Record


class LineNames(Protocol):
    """What a list asks for the names its links can have."""

    def offers(self, table: str) -> list[str]:
        """What a line can choose from."""

    def caption(self, table: str, record_id: str | None) -> str:
        """The name of a record."""

    def full(self, table: str, typed: str) -> str:
        """The whole name that a typed part means, or what is typed."""

    def find(self, table: str, typed: str) -> str | None:
        """The id behind a name.

        Raises:
            WrongText: there is none.
        """

    def words(self, wordlist: str) -> list[str]:
        """The words of a list that the office edits."""


class OfficeNames:
    """Names to ids and back, of everything the office knows; a new name may be a new record.

    `choices` gives the ids and captions of a table, namesakes told apart; `words` the words of a
    list that the office edits; `called` what one record is called, so that a list is shown without
    reading all choices.
    """

    def __init__(
        self,
        choices: Callable[[str], list[tuple[str, str]]],
        words: Callable[[str], list[str]] | None = None,
        called: Callable[[str, str], str] | None = None,
    ) -> None:
        self._choices = choices
        self._called = called
        self._shown: dict[tuple[str, str], str] = {}
        self._words = words
        self._new = NewRecords()
        self._read: dict[str, _Known] = {}

    def words(self, wordlist: str) -> list[str]:
        """The words of a list that the office edits."""
        return self._words(wordlist) if self._words is not None else []

    def start(self) -> None:
        """Forget new names and what was read: another record is shown."""
        self._new.forget()
        self._read.clear()
        self._shown.clear()

    def adopt(self, records: Iterable[Record]) -> None:
        """Take over new records of the form, so that a name typed twice is one record."""
        self._new.adopt(records)

    def offers(self, table: str) -> list[str]:
        """What a line can choose from."""
        return list(self._ids(table))

    def caption(self, table: str, record_id: str | None) -> str:
        """The name of a record, as it is offered."""
        if (new := self._new.get(record_id)) is not None:
            return new.caption
        if self._called is None or table in self._read:
            return self._known(table).captions.get(record_id or "", "")
        caption = self._called(table, record_id) if record_id else ""
        if record_id and caption:
            self._shown[table, caption] = record_id
        return caption

    def full(self, table: str, typed: str) -> str:
        """The whole name that a typed part means, or what is typed."""
        if not typed or (table, typed) in self._shown:
            return typed
        return meant_name(typed, self.offers(table)) or typed

    def find(self, table: str, typed: str) -> str | None:
        """The id behind a name; a new name comes into being where that is allowed.

        Raises:
            WrongText: there is none, or there are several.
        """
        if not typed:
            return None
        if (table, typed) in self._shown:
            return self._shown[table, typed]
        known = self._ids(table)
        name = self.full(table, typed)
        if name in known:
            return known[name]
        if any(each.startswith(f"{name}（") for each in known):
            raise WrongText(f"有几个叫“{name}”的，请从列出的里面选其中一个")
        if table not in NAMED_ON_THE_SPOT:
            raise WrongText(f"没有找到“{name}”，请先新建{BY_TABLE[table].title}")
        return self._new.make(BY_TABLE[table], name)

    def new_records(self, ids: Iterable[str | None]) -> list[Record]:
        """Those of some ids that are new on this page."""
        return self._new.those(ids)

    def _ids(self, table: str) -> dict[str, str]:
        """The ids by name."""
        new, known = self._new.ids(table), self._known(table).ids
        return known | new if new else known

    def _known(self, table: str) -> _Known:
        """What the office knows, read once for each record shown."""
        if table not in self._read:
            self._read[table] = _Known(self._choices(table))
        return self._read[table]


class _Known:
    """The records of a table, by name and by id."""

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        self.ids = {caption: each for each, caption in choices}
        self.captions = dict(choices)
