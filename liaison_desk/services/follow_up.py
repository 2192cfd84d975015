"""More time for a matter, and how satisfied people are with what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from liaison_desk.domain.matter import Extension, Matter, Rating
from liaison_desk.domain.record import with_values
from liaison_desk.domain.short import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.desk import Desk


def extend_matter(desk: Desk, extension: Extension) -> Extension:
    """Keep an extension, new or changed; the matter's due date follows the last one.

    Raises:
        NotValid: it gives no more time, or the matter is closed; nothing has changed.
    """
    matter = desk.get(Matter, extension.matter)
    assert matter is not None, "an extension belongs to a matter"
    if not extension.id:
        extension = with_values(extension, {"old_due_on": matter.due_on})
    with desk.deed(f"延期“{short(matter.name)}”"):
        after = _after(desk, extension)
        kept = desk.save(extension)
        if after is not None:
            desk.save(with_values(after, {"old_due_on": kept.new_due_on}))
        else:
            desk.save(with_values(matter, {"due_on": kept.new_due_on}))
    return kept


def remove_extension(desk: Desk, extension: Extension) -> None:
    """Take an extension back; when it was the last one, the matter is due as before it."""
    matter = desk.get(Matter, extension.matter)
    with desk.deed(f"删除延期“{short(matter.name) if matter else ''}”"):
        after = _after(desk, extension)
        desk.remove(extension)
        if after is not None:
            desk.save(with_values(after, {"old_due_on": extension.old_due_on}))
        elif matter is not None and matter.due_on == extension.new_due_on:
            desk.save(with_values(matter, {"due_on": extension.old_due_on}))


def extend_again(desk: Desk, extension: Extension) -> None:
    """Let what is due follow an extension that has come back from the recycle bin; in its deed."""
    after = _after(desk, extension)
    matter = desk.get(Matter, extension.matter)
    if after is not None and after.old_due_on == extension.old_due_on:
        desk.save(with_values(after, {"old_due_on": extension.new_due_on}))
    elif after is None and matter is not None and matter.due_on == extension.old_due_on:
        desk.save(with_values(matter, {"due_on": extension.new_due_on}))


@dataclass(frozen=True)
class Share:
    """How many of those asked are satisfied, 基本满意 included."""

    satisfied: int
    asked: int

    def __str__(self) -> str:
        """96%（24/25）; "" when nobody was asked."""
        if not self.asked:
            return ""
        return f"{self.satisfied * 100 / self.asked:.0f}%（{self.satisfied}/{self.asked}）"


def satisfaction(ratings: Sequence[Rating]) -> tuple[Share, Share]:
    """How satisfied people are with the work and with its outcome."""
    return _share(ratings, "work"), _share(ratings, "outcome")


def _share(ratings: Sequence[Rating], what: str) -> Share:
    good, fair, poor = (
        sum(getattr(each, f"{what}_{how}") or 0 for each in ratings)
        for how in ("good", "fair", "poor")
    )
    return Share(good + fair, good + fair + poor)


def _after(desk: Desk, extension: Extension) -> Extension | None:
    """The extension that goes on from where this one ends, or None.

    Each one gives more time than the one before it; the days on which they were granted may be
    slips of the pen.
    """
    chain = desk.find(Extension, matter=extension.matter)
    chain.sort(key=lambda each: each.new_due_on or date.min)
    places = [each.id for each in chain]
    if extension.id not in places:
        return None
    return next(iter(chain[places.index(extension.id) + 1 :]), None)
