"""What was typed and not saved when the program last stopped goes back into its form, or away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.recycle_bin import RecycleBin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.desk import Desk
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.main_window import MainWindow


class OfferedDrafts:
    """Offers drafts in the banners of a window and does what the clerk answers."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._desk = window.desk
        self._banners = window.banners
        self._banners.resumed.connect(self._resume)
        self._banners.dropped.connect(self._drop)

    def offer(self, drafts: Sequence[Draft]) -> None:
        """Offer each draft whose records a page shows."""
        for draft in drafts:
            page = self._window.page_of(draft.table)
            if page is not None:
                self._banners.offer(draft, page.title)

    def _resume(self, draft: Draft) -> None:
        """Put a draft back into its form."""
        window = self._window
        page = window.page_of(draft.table)
        if page is None or not window.show_page(page) or not page.leave():
            return
        restored = _bring_back(self._desk, draft)
        page.resume(draft)
        self._banners.take_away(draft)
        page.edit_chosen()  # its button is gone, and the cursor with it
        if restored:
            window.say(f"已{restored}，请接着填写", True)

    def _drop(self, draft: Draft) -> None:
        """Forget a draft."""
        self._desk.drafts.drop(draft.table, draft.record)
        self._banners.take_away(draft)
        self._window.current.take_cursor()


def _bring_back(desk: Desk, draft: Draft) -> str:
    """Restore the record of a draft if it was removed since, or saving would fill the bin.

    Returns:
        What was done, "" for nothing.

    Raises:
        NotRestored: a rule is against it; the draft stays.
    """
    record = desk.get(BY_TABLE[draft.table], draft.record)
    if record is None or not record.removed_at:
        return ""
    return RecycleBin(desk).restore([record]).title
