"""What every page is given: the desk, the look, the papers, and ways to speak and to go."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.registry import BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change, Desk
    from liaison_desk.store.backup import Backups
    from liaison_desk.ui.style import Style


@dataclass(frozen=True)
class Narrowing:
    """What a list is limited to for the moment: a sentence for it, and the columns' values."""

    sentence: str
    equals: Mapping[str, object]


class Context:
    """The desk a page works on, and the window it stands in.

    Attributes:
        say: show a sentence in the status line; True adds a 撤销 link for 10 s.
        go: open the page of a record and choose it there.
        turn_to: open the page of a type of record, limited to records with these values.
        start_new: start a new record on the page shown.
        start_from: start a new record on its page, filled from the one it was turned from.
        township: on a county desk, id of the office whose records are shown, or "" for all.
        backups: where the copies of the data file go.
    """

    def __init__(self, desk: Desk, style: Style, backups: Backups) -> None:
        self.desk = desk
        self.style = style
        self.backups = backups
        self.township = ""
        self.say: Callable[[str, bool], None] = lambda _sentence, _can_undo: None
        self.go: Callable[[Record], None] = lambda _record: None
        self.turn_to: Callable[[type[Record], Narrowing | None], None] = lambda _type, _to: None
        self.start_new: Callable[[], None] = lambda: None
        self.start_from: Callable[[Record, Record], None] = lambda _record, _source: None
        self._captions: dict[tuple[str, str], list[tuple[str, str]]] = {}
        desk.on_change(self._forget)

    @property
    def data_file(self) -> Path:
        """The file the desk keeps its records in."""
        return self.desk.database.path

    @property
    def is_county(self) -> bool:
        """Whether the desk takes in the townships' records rather than making its own."""
        office = self.desk.office
        return office is not None and office.is_county

    def captions(self, table: str, office: str) -> list[tuple[str, str]]:
        """The ids and captions of an office's records, for links to choose from.

        Namesakes are told apart by what follows in brackets. The same list is given out until a
        deed touches the table.
        """
        key = (table, office)
        if key not in self._captions:
            self._captions[key] = _told_apart(self.desk.find(BY_TABLE[table], office=office))
        return self._captions[key]

    def _forget(self, change: Change) -> None:
        """A deed touched some tables."""
        for key in [each for each in self._captions if each[0] in change.touched]:
            self._captions.pop(key, None)


def _told_apart(records: Sequence[Record]) -> list[tuple[str, str]]:
    """Ids and captions, no caption twice."""
    found = [(each, each.caption) for each in records]
    often = Counter(caption for _, caption in found)
    numbers: Counter[str] = Counter()
    told = []
    for record, caption in found:
        if often[caption] > 1:
            more = str(getattr(record, "post", "") or getattr(record, "contact", ""))
            caption = f"{caption}（{more or '同名'}）"
            numbers[caption] += 1
            if numbers[caption] > 1:
                caption = f"{caption}{numbers[caption]}"
        told.append((record.id, caption))
    return told
