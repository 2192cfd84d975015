"""转为 ▾: turn a record into another kind, or link it to one that is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.short import short
from liaison_desk.services.conversions import (
    conversions_of,
    convert,
    deed_words,
    link_existing,
    targets_of,
    turned_into,
    unlink,
)
from liaison_desk.ui import messages
from liaison_desk.ui.convert_link_dialog import ConvertLinkDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.conversion import Conversion
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context

CAPTION = 16
"""So many characters of a record's name stand in the menu."""


class ConvertMenu(QMenu):
    """What a record can be turned into, and what it is linked with.

    Args:
        context: the desk and the window.
        record_type: what is turned.
        shown: the record that is shown or chosen, for the links that can be taken back.
        source: the same, once what is typed has been kept; None when that was refused.
        parent: the button.
    """

    def __init__(
        self,
        context: Context,
        record_type: type[Record],
        shown: Callable[[], Record | None],
        source: Callable[[], Record | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._type = record_type
        self._shown = shown
        self._source = source
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Offer what can be done now."""
        self.clear()
        for number, into in enumerate(targets_of(self._type), 1):
            self.addAction(f"&{number}  {deed_words(into)}", partial(self.turn_into, into))
        self.addSeparator()
        self.addAction("关联已有的…", self.link)
        shown = self._shown()
        for conversion, other in conversions_of(self._desk, shown) if shown else ():
            caption = self._desk.caption(other.table, other.id)[:CAPTION]
            words = f"取消关联：{other.title}“{caption}”".replace("&", "&&")
            self.addAction(words, partial(self.unlink, conversion))

    def turn_into(self, into: type[Record]) -> None:
        """Start the new record on its page; where there is one already, ask first."""
        source = self._source()
        if source is None:
            return
        there = turned_into(self._desk, source, into)
        if there:
            answer = messages.ask_again(self._window(), _warning(there))
            if answer == "show":
                self._context.go(there[0])
            if answer != "again":
                return
        self._context.start_from(convert(self._desk, source, into), source)

    def link(self) -> None:
        """Link to a record that is there already."""
        source = self._source()
        target = ConvertLinkDialog.ask(self._window(), self._context, source) if source else None
        if source is None or target is None:
            return
        self._do(
            partial(link_existing, self._desk, source, target),
            f"已关联{target.title}“{target.caption[:CAPTION]}”",
        )

    def unlink(self, conversion: Conversion) -> None:
        """Take a link back."""
        self._do(partial(unlink, self._desk, conversion), "已取消关联")

    def _do(self, deed: Callable[[], object], said: str) -> None:
        try:
            deed()
        except DeskError as error:
            self._context.say(str(error).replace("没有保存：", ""), False)
            return
        self._context.say(said, True)

    def _window(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None
        return parent.window()


class ConvertButton(QPushButton):
    """转为 ▾ in the head of a record, or under a list for the chosen line."""

    def __init__(
        self,
        words: str,
        context: Context,
        record_type: type[Record],
        shown: Callable[[], Record | None],
        source: Callable[[], Record | None],
    ) -> None:
        super().__init__(words)
        self.setObjectName(f"convert_{record_type.table}")
        self.setToolTip(f"把{record_type.title}转为别的，两条相互关联")
        self.convert_menu = ConvertMenu(context, record_type, shown, source, self)
        self.setMenu(self.convert_menu)


def _warning(there: list[Record]) -> str:
    """What is there already."""
    names = "、".join(f"“{short(each.caption, 30)}”" for each in there[:3])
    return f"这一条已经转为{there[0].title}{names}。再转就有两条，要再转一条吗？"
