"""Turning the records of a page into others: the button of the shown one, the form of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.services.conversions import can_convert, cosigners_carried, keep_converted
from liaison_desk.ui.convert_menu import ConvertButton
from liaison_desk.ui.convert_source import filled_from, words_of_source

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.record_page import RecordPage


class PageConversion:
    """转为 in the head of a page, and whatever was turned into one of its records."""

    def __init__(self, page: RecordPage) -> None:
        self._page = page
        self.button = ConvertButton(
            "转为(&Z)", page.context, page.record_type, page.kept, self._kept_source
        )

    def offer(self) -> None:
        """Show the button while the shown record can be turned into another."""
        page, kept = self._page, self._page.kept()
        self.button.setVisible(
            kept is not None and can_convert(page.record_type) and page.desk.is_own(kept)
        )

    def begin(self, record: Record, source: Record) -> None:
        """Show a new record filled from another; saving it links the two."""
        page = self._page
        page.show_record(filled_from(page.blank(), record))
        page.fill_parts(cosigners_carried(page.desk, source, type(record)))
        page.draft.source = source
        page.form.set_answers(page.form.answers())  # not saved yet, so it must not get lost
        page.detail.show_source(words_of_source(page.desk, source))

    def keep(self) -> Record:
        """Save what the form holds, and where it came from with it; one deed.

        Raises:
            NotValid: something is wrong; nothing has changed.
        """
        page, source = self._page, self._page.draft.source
        return page.keep() if source is None else keep_converted(page.desk, source, page.keep)

    def _kept_source(self) -> Record | None:
        """The shown record once what is typed is kept; None when that was refused."""
        return self._page.kept() if self._page.save() else None
