"""What every editor of a field is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desk.domain.fields import WrongText

if TYPE_CHECKING:
    from liaison_desk.domain.fields import Field
    from liaison_desk.ui.field_offers import FieldOffers


class Editor(QWidget):
    """An editor of one field: text in, value out."""

    edited = Signal()
    left = Signal()
    """What is typed is finished for the moment; what it comes to may be said beside it."""

    def __init__(self, kind: Field, widget: QWidget) -> None:
        super().__init__()
        self.kind = kind
        self.widget = widget
        self.offers: FieldOffers | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        self.setFocusProxy(widget)

    def answer(self) -> str:
        """What stands in the editor, as text; what a draft keeps."""
        raise NotImplementedError

    def set_answer(self, answer: str) -> None:
        """Put text back as it was typed."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value of the field.

        Raises:
            WrongText: what is typed cannot be read.
        """
        return self.kind.parse(self.answer())

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.set_answer(self.kind.format(value))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read and copied but not changed."""
        self.widget.setEnabled(not read_only)

    def set_offers(self, offers: FieldOffers) -> None:
        """Offer words of a list and earlier values from now on."""
        self.offers = offers

    def remark(self) -> str:
        """What to say beside the value without refusing it, as rich text, or ""."""
        try:
            return escape(self.kind.warning(self.value()) or "")
        except WrongText:
            return ""

    def set_hint(self, last: str) -> None:
        """While it is empty say what the last record had here, or else the kind's hint."""

    def mark(self, wrong: bool) -> None:
        """Draw its border in the colour of a fault, or not."""
        self.widget.setProperty("wrong", wrong)
        self.widget.style().unpolish(self.widget)
        self.widget.style().polish(self.widget)


def hint_of(kind: Field, last: str) -> str:
    """What an empty editor says: how the last record had it and the key that repeats it."""
    return f"上一条：{last.splitlines()[0]}（Ctrl+'）" if last else kind.hint
