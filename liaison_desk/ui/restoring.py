"""Putting something of the history back, from the tab of a record or the page of all changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.history import Line
from liaison_desk.ui import messages
from liaison_desk.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from liaison_desk.domain.record import Record
    from liaison_desk.services.history import Happening, History
    from liaison_desk.ui.context import Context


def restore(widget: QWidget, context: Context, deed: Callable[[], Record], sentence: str) -> None:
    """Restore something and say so, or say why not; what is typed on the page comes first."""
    page: QWidget | None = widget
    while page is not None and not isinstance(page, Page):
        page = page.parentWidget()
    if page is not None and not page.leave():
        return
    try:
        deed()
    except DeskError as error:
        messages.tell(widget, DeskError(str(error).replace("没有保存：", "没有恢复：")))
        return
    context.say(sentence, True)


def can_restore(context: Context, history: History, line: Happening | Line | None) -> bool:
    """Whether a line holds a value that is not the present one, of a record of this office."""
    if not isinstance(line, Line):
        return False
    record = context.desk.get(BY_TABLE[line.table], line.record)
    return record is not None and context.desk.is_own(record) and not history.is_present(line)
