"""What the window expects of each of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desk.ui import messages

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.context import Context, Narrowing


class Page(QWidget):
    """One page beside the sidebar; the menus act on the page that is shown.

    A page overrides what it can do; the rest does nothing, and the menu entry is grey.
    """

    title: str = ""
    icon_name: str = "file-text"
    section: str = "基础资料"
    """The heading of the sidebar it stands under; "" above them all."""
    key: str = ""
    """The key that turns to it; the others are reached through the sidebar."""
    record_types: tuple[type[Record], ...] = ()
    """The record types whose changes the page shows."""
    can_new: bool = False
    is_overview: bool = False
    """Whether the page only counts records that other pages show."""
    can_find: bool = False

    edited = Signal()
    """Something was typed, saved or given up: `is_dirty` may have changed."""
    print_wanted = Signal(object, object)
    """The clerk wants to print: these records (None for what is chosen), papers with these keys."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.desk = context.desk
        self.setObjectName("content")

    def new(self) -> None:
        """Start a new record (Ctrl+N)."""

    def save(self) -> bool:
        """Keep what is typed (Ctrl+S); False when it was refused."""
        return True

    def save_and_new(self) -> None:
        """Keep what is typed and start the next one (Ctrl+Enter)."""

    def discard(self) -> None:
        """Give up what is typed."""

    def edit_chosen(self) -> None:
        """Put the cursor into the form of the chosen row (F2)."""

    def leave(self) -> bool:
        """Ask once about what is typed and not saved; False when the clerk stays."""
        if not self.is_dirty():
            return True
        answer = messages.ask_leaving(self, f"{self.title}的改动")
        if answer == "discard":
            self.discard()
        return answer == "discard" or (answer == "save" and self.save())

    def take_cursor(self) -> None:
        """The page was turned to by a key: put the cursor where its keys work."""

    def focus_search(self) -> None:
        """Put the cursor into the filter (Ctrl+F)."""

    def is_dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return False

    def is_new(self) -> bool:
        """Whether the form is of a record that has not been kept yet."""
        return False

    def reload(self, change: Change | None = None) -> None:
        """Show the present state of the desk; `change` says what a deed touched."""

    def show_changed(self, change: Change) -> None:
        """Show what an undone or repeated deed was about, if the page has it."""

    def choose(self, record: Record) -> None:
        """Show one record."""

    def records_to_print(self) -> list[Record]:
        """What of the page is printed when no records are named (Ctrl+P)."""
        return []

    def show_first(self) -> None:
        """Show the first record of the list, as for a picture."""

    def narrow(self, narrowing: Narrowing | None) -> None:
        """Limit the list for the moment, or show all of it again."""

    def draft_key(self) -> tuple[str, str] | None:
        """Under which table and id the draft of what is typed is kept; None when there is none."""
        return None

    def keep_draft(self) -> None:
        """Keep what is typed, so that it survives a crash."""

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back into the form."""

    def shows(self, change: Change) -> bool:
        """Whether a deed touched what the page shows."""
        tables = {each.table for each in self.record_types}
        return bool(tables & change.touched.keys())
