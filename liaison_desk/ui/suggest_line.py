"""A line under which stands what may be meant while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QToolButton

from liaison_desk.store.pinyin import spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

MOST_SHOWN = 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TEXT = Qt.ItemDataRole.UserRole


class Offer(NamedTuple):
    """Something to choose: the text for the line, what is said beside it, whether it is new."""

    text: str
    more: str = ""
    is_new: bool = False

    def shown(self) -> str:
        """How it stands in the list."""
        return f"{self.text}　{self.more}" if self.more else self.text


class SuggestLine(QLineEdit):
    """A line with suggestions: Down and Up choose one, Enter or a click takes it.

    The suggestions are a plain child of the window, never a popup: a popup grabs the keyboard,
    and input methods lose what is being composed when it opens.

    Args:
        find: what is offered for a text; for "" all there is.
        parent: the widget it stands in.
        first: which of the offers Enter takes when none is chosen, or -1; `pick_none` is usual.
        has_arrow: whether a ▾ for the mouse opens all there is.
    """

    taken = Signal(str)
    """A suggestion was put into the line."""

    def __init__(
        self,
        find: Callable[[str], Sequence[Offer]],
        parent: QWidget | None = None,
        *,
        first: Callable[[str, Sequence[Offer]], int] | None = None,
        has_arrow: bool = False,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._first = first or pick_none
        self._shown: QListWidget | None = None
        self._has_stepped = False
        self.arrow = self._made_arrow() if has_arrow else None
        self.textEdited.connect(lambda _text: self.suggest_for_typed())

    def warm(self) -> bool:
        """Get some of what is searched ready; False when all is. Called in idle moments."""
        return False

    def is_suggesting(self) -> bool:
        """Whether suggestions are in view."""
        return self._shown is not None and self._shown.isVisible()

    def suggestions(self) -> list[str]:
        """What is offered at this moment, as it stands there."""
        if self._shown is None or not self._shown.isVisible():
            return []
        return [self._shown.item(row).text() for row in range(self._shown.count())]

    def setText(self, text: str | None) -> None:  # noqa: N802  # Qt's own name
        """Put another text in, as when a record is shown: what was offered goes with the old."""
        self.hide_suggestions()
        super().setText(text or "")

    def take_suggestion(self) -> bool:
        """Put the chosen suggestion into the line; False when none is chosen."""
        item = self._shown.currentItem() if self._shown and self._shown.isVisible() else None
        self.hide_suggestions()
        if item is None:
            return False
        text = str(item.data(_TEXT))
        # Put in as if typed over: the line's own undo brings back what was typed.
        self.selectAll()
        self.insert(text)
        self.textEdited.emit(text)
        self.hide_suggestions()
        self.taken.emit(text)
        return True

    def suggest_all(self) -> None:
        """Show everything there is to choose from."""
        self._show(self._find(""))

    def hide_suggestions(self) -> None:
        """Take the suggestions away."""
        self._has_stepped = False
        if self._shown is not None:
            self._shown.hide()

    def step(self, step: int) -> None:
        """Choose the next suggestion, or bring the suggestions up."""
        if not self.is_suggesting():
            self._show(self._find(self.text().strip()))
        if not self.is_suggesting():
            self.suggest_all()
        if self._shown is not None and self._shown.count():
            is_first = not self._has_stepped and self._shown.currentRow() < 0
            row = -step if is_first and step < 0 else self._shown.currentRow() + step
            self._shown.setCurrentRow(row % self._shown.count())
            self._has_stepped = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter and Esc act on the suggestions while these are in view."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if not self.isReadOnly():
                self.step(step)
        elif event.key() == Qt.Key.Key_Escape and self.is_suggesting():
            self.hide_suggestions()
        else:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.take_suggestion()
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab takes what was chosen with the keys, or what pinyin stands for; else goes on."""
        if self.is_suggesting() and (self._has_stepped or self.text().isascii()):
            self.take_suggestion()
        return super().focusNextPrevChild(next_one)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Get ready what will be searched."""
        super().focusInEvent(event)
        self.get_ready()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Suggestions go with the cursor."""
        self.hide_suggestions()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Suggestions go with the line."""
        if self._shown is not None:
            self._shown.deleteLater()
            self._shown = None
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The arrow stands at the end of the line."""
        super().resizeEvent(event)
        if self.arrow is not None:
            side = self.height() - 2
            self.arrow.setGeometry(self.width() - side - 1, 1, side, side)
            self.setTextMargins(0, 0, side - 6, 0)

    def get_ready(self) -> None:
        """Make what will be searched ready, bit by bit, as long as the cursor stays."""
        if self.hasFocus() and self.warm():
            QTimer.singleShot(0, self, self.get_ready)

    def suggest_for_typed(self) -> None:
        """Show what may be meant by what is typed."""
        typed = self.text().strip()
        self._has_stepped = False
        offers = self._find(typed) if typed else []
        self._show(offers)
        if self.is_suggesting() and self._shown is not None:
            self._shown.setCurrentRow(self._first(typed, offers))

    def _show(self, offers: Sequence[Offer]) -> None:
        """Show some offers under the line, or above it where there is no room."""
        is_said = [(each.text, each.is_new) for each in offers] == [(self.text(), False)]
        if not offers or is_said:
            self.hide_suggestions()
            return
        shown = self._shown = self._shown or self._made()
        shown.clear()
        for each in offers[:40]:
            item = QListWidgetItem(each.shown())
            item.setData(_TEXT, each.text)
            shown.addItem(item)
        lines = min(shown.count(), MOST_SHOWN)
        height = shown.sizeHintForRow(0) * lines + 2 * shown.frameWidth()
        width = max(self.width(), min(shown.sizeHintForColumn(0) + 24, 2 * self.width()), 200)
        below = self.mapTo(self.window(), QPoint(0, self.height()))
        if below.y() + height > self.window().height():
            below.setY(below.y() - self.height() - height)
        left = max(0, min(below.x(), self.window().width() - width))
        shown.setGeometry(left, max(below.y(), 0), width, height)
        shown.raise_()
        shown.show()

    def _made(self) -> QListWidget:
        """The list of suggestions, on the window this line stands in."""
        shown = QListWidget(self.window())
        shown.setObjectName("suggestions")
        shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.itemPressed.connect(self._take_clicked)
        return shown

    def _made_arrow(self) -> QToolButton:
        """The ▾ that opens everything; from the keyboard ↓ does."""
        arrow = QToolButton(self)
        arrow.setObjectName("arrow")
        arrow.setArrowType(Qt.ArrowType.DownArrow)
        arrow.setAutoRaise(True)
        arrow.setToolTip("列出全部 (↓)")
        arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        arrow.setCursor(Qt.CursorShape.ArrowCursor)
        arrow.clicked.connect(self._open_or_close)
        return arrow

    def _open_or_close(self) -> None:
        """The arrow was clicked."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.is_suggesting():
            self.hide_suggestions()
        else:
            self.suggest_all()

    def _take_clicked(self, item: QListWidgetItem) -> None:
        """A suggestion was clicked: take it."""
        item.listWidget().setCurrentItem(item)
        self.take_suggestion()
        self.setFocus()


def pick_none(_typed: str, _offers: Sequence[Offer]) -> int:
    """Enter takes what is typed unless the clerk has chosen an offer."""
    return -1


def pick_first(_typed: str, offers: Sequence[Offer]) -> int:
    """Enter takes the best offer."""
    return 0 if offers else -1


def pick_sounded(typed: str, offers: Sequence[Offer]) -> int:
    """Enter takes the first offer for pinyin; what is written in characters stays as it is."""
    return 0 if offers and typed.isascii() and typed not in [each.text for each in offers] else -1


def pick_begun(typed: str, offers: Sequence[Offer]) -> int:
    """Enter takes the first offer that begins as typed, or sounds so; not for a whole word."""
    words = [each.text for each in offers]
    begun = [place for place, word in enumerate(words) if typed.isascii() or word.startswith(typed)]
    return begun[0] if begun and typed not in words else -1


def is_meant(typed: str, word: str) -> bool:
    """Whether a word holds what is typed, or its sound begins so."""
    small = typed.lower()
    is_sound = small.isascii() and small.isalpha()
    return typed in word or (is_sound and any(each.startswith(small) for each in spellings(word)))
