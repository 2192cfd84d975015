"""The draft of what is typed on a page of records, and what its new record was turned from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from liaison_desk.store.drafts import Draft
from liaison_desk.ui.convert_source import draft_of_source, source_in_draft
from liaison_desk.ui.draft_keeper import DraftKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context


class PageDraft:
    """One draft at a time: that of the record in the form.

    Args:
        page: whose form it is.
        context: the desk that keeps drafts.
        table: of the page's records.
        keep: the page's way of keeping what its form holds; called after every pause.
    """

    def __init__(
        self, page: QObject, context: Context, table: str, keep: Callable[[], None]
    ) -> None:
        self._desk = context.desk
        self._table = table
        self._keeper = DraftKeeper(page, context, keep)
        self._record = ""
        self.source: Record | None = None
        """What the new record in the form was turned from."""

    @property
    def key(self) -> tuple[str, str]:
        """The table and the id it is kept under."""
        return self._table, self._record

    def begin(self, kept: Record | None) -> None:
        """Another record is shown: its draft goes by its id, that of each new one by another.

        So a draft that is still offered stays beside that of the next new record.
        """
        self._record = kept.id if kept is not None else uuid4().hex
        self.source = None

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft that was kept."""
        self._record = draft.record
        self.source = source_in_draft(self._desk, draft.answers)

    def note_typing(self) -> None:
        """A key was pressed."""
        self._keeper.note_typing()

    def keep(self, answers: Mapping[str, Any]) -> None:
        """Keep what is typed, so that it survives a crash."""
        moment = self._desk.now().isoformat(timespec="seconds")
        told = {**answers, **draft_of_source(self.source)}
        self._desk.drafts.keep(Draft(self._table, self._record, told, moment))

    def drop(self) -> None:
        """Forget it: what is shown was saved or given up."""
        self._keeper.drop(*self.key)
