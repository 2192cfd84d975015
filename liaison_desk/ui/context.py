"""What every page is given: the desk, the look, the papers, and ways to speak and to go."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.fonts import FontBook

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.style import Style


@dataclass
class Context:
    """The desk a page works on, and the window it stands in.

    Attributes:
        say: show a sentence in the status line; the second argument adds a 撤销 link for 10 s.
        go: open the page of a record and choose it there.
    """

    desk: Desk
    style: Style
    say: Callable[[str, bool], None] = field(default=lambda sentence, can_undo: None)
    go: Callable[[Record], None] = field(default=lambda record: None)

    @cached_property
    def fonts(self) -> FontBook:
        """The fonts of the papers, opened when the first paper is drawn."""
        return FontBook()
