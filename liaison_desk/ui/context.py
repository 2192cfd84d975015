"""What every page is given: the desk, the look, the papers, and ways to speak and to go."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.fonts import FontBook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.store.backup import Backups
    from liaison_desk.ui.style import Style


class Context:
    """The desk a page works on, and the window it stands in.

    Attributes:
        say: show a sentence in the status line; True adds a 撤销 link for 10 s.
        go: open the page of a record and choose it there.
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

    @property
    def data_file(self) -> Path:
        """The file the desk keeps its records in."""
        return self.desk.database.path

    @cached_property
    def fonts(self) -> FontBook:
        """The fonts of the papers, opened when the first paper is drawn."""
        return FontBook()
