"""What every page is given: the desk, the look, the papers, and ways to speak and to go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.services.link_names import link_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        folder: where the clerk took a file from or put one last, and the next is looked for.
    """

    def __init__(self, desk: Desk, style: Style, backups: Backups) -> None:
        self.desk = desk
        self.style = style
        self.backups = backups
        self.township = ""
        self.folder = Path.home()  # not where the program was started from
        self.say: Callable[[str, bool], None] = lambda _sentence, _can_undo: None
        self.go: Callable[[Record], None] = lambda _record: None
        self.turn_to: Callable[[type[Record], Narrowing | None], None] = lambda _type, _to: None
        self.start_new: Callable[[], None] = lambda: None
        self.start_from: Callable[[Record, Record], None] = lambda _record, _source: None
        self._captions: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._deeds = 0
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
        deed touches the table. Any thread may ask.
        """
        key = (table, office)
        known, deeds = self._captions.get(key), self._deeds
        if known is None:
            known = link_names(self.desk, table, office)
            if deeds == self._deeds:  # read on another thread, it may be out of date by now
                self._captions[key] = known
        return known

    def _forget(self, change: Change) -> None:
        """A deed touched some tables."""
        self._deeds += 1
        for key in [each for each in self._captions if each[0] in change.touched]:
            self._captions.pop(key, None)
