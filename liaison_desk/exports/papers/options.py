"""What the clerk chooses before papers are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.content import SheetSize

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class PaperOptions:
    """Choices for the papers of one run; each paper looks at those that concern it.

    Attributes:
        today: the day papers are dated by, unless `dated` names another.
        dated: the day on the paper, or None for today.
        number: 文号 of a letter, "" when it has none.
        show_personal: whether telephone and identity numbers are written out in full.
        show_phones_on_wall: whether 委员联系方式 on a wall shows telephone numbers.
        year: the year of what covers a year, or None for the one of `today`.
        term: the 届次 of what covers a term, or "" for the members now serving.
        is_each: one notice for each invited person, with the name filled in.
        extra_rows: empty rows at the end of a list, to be written by hand.
        size: the sheet of a wall paper.
        fonds: 全宗号 of the office in the county's archive, or "".
        pages: how many pages each archived record has, by its id.
        wall_texts: the office's own wording of wall papers, each with its name.
    """

    today: date
    dated: date | None = None
    number: str = ""
    show_personal: bool = False
    show_phones_on_wall: bool = False
    year: int | None = None
    term: str = ""
    is_each: bool = False
    extra_rows: int = 3
    size: SheetSize = SheetSize.A3
    fonds: str = ""
    pages: tuple[tuple[str, int], ...] = ()
    wall_texts: tuple[tuple[str, str], ...] = ()

    @property
    def day(self) -> date:
        """The day on the paper."""
        return self.dated or self.today

    @property
    def of_year(self) -> int:
        """The year that a yearly paper is about."""
        return self.year or self.today.year

    def is_in_year(self, day: date | None) -> bool:
        """Whether a day lies in that year."""
        return day is not None and day.year == self.of_year
