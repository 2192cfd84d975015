"""A line into which a name is typed while the names it may mean stand under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

MOST_SHOWN = 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def meant_name(typed: str, names: Sequence[str]) -> str | None:
    """The known name that a typed part of one means, or None when it is a name of its own.

    A part from the middle of one name means that name, a single character too; what begins like a
    longer name may be a new, shorter one: 李红 is not 李红梅.
    """
    if typed in names:
        return typed
    matches = [each for each in names if typed and typed in each]
    if len(matches) != 1:
        return None
    return matches[0] if len(typed) == 1 or not matches[0].startswith(typed) else None


class NameLine(QLineEdit):
    """A line with suggestions: Down and Up choose one, Enter or a click takes it.

    The suggestions are a plain child of the window, never a popup: a popup grabs the keyboard,
    and input methods lose what is being composed when it opens.
    """

    def __init__(self, offers: Callable[[], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = offers
        self._shown: QListWidget | None = None
        self.textEdited.connect(lambda _text: self._suggest())

    def names(self) -> list[str]:
        """The names that may be meant."""
        return self._offers()

    def is_suggesting(self) -> bool:
        """Whether suggestions are in view."""
        return self._shown is not None and self._shown.isVisible()

    def take_suggestion(self) -> bool:
        """Put the chosen suggestion into the line; False when none is chosen."""
        item = self._shown.currentItem() if self._shown and self._shown.isVisible() else None
        self.hide_suggestions()
        if item is None:
            return False
        self.setText(item.text())
        self.textEdited.emit(item.text())
        self.hide_suggestions()
        return True

    def suggest_all(self) -> None:
        """Show everything there is to choose from."""
        self._show(self.names())

    def hide_suggestions(self) -> None:
        """Take the suggestions away."""
        if self._shown is not None:
            self._shown.hide()

    def step(self, step: int) -> None:
        """Choose the next suggestion, or bring the suggestions up."""
        if not self.is_suggesting():
            self.suggest_all()
        if self._shown is not None and self._shown.count():
            row = (self._shown.currentRow() + step) % self._shown.count()
            self._shown.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter and Esc act on the suggestions while these are in view."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.step(step)
        elif event.key() == Qt.Key.Key_Escape and self.is_suggesting():
            self.hide_suggestions()
        else:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.take_suggestion()
            super().keyPressEvent(event)

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

    def _suggest(self) -> None:
        """Show the names that hold what is typed."""
        typed = self.text().strip()
        self._show([each for each in self.names() if typed in each] if typed else [])

    def _show(self, names: Sequence[str]) -> None:
        """Show some names under the line, or above it where there is no room."""
        if not names or list(names) == [self.text()]:
            self.hide_suggestions()
            return
        shown = self._shown = self._shown or self._made()
        shown.clear()
        for name in names[:40]:
            shown.addItem(QListWidgetItem(name))
        lines = min(len(names), MOST_SHOWN)
        height = shown.sizeHintForRow(0) * lines + 2 * shown.frameWidth()
        below = self.mapTo(self.window(), QPoint(0, self.height()))
        if below.y() + height > self.window().height():
            below.setY(below.y() - self.height() - height)
        shown.setGeometry(below.x(), max(below.y(), 0), max(self.width(), 200), height)
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

    def _take_clicked(self, item: QListWidgetItem) -> None:
        """A suggestion was clicked: take it and move on as Enter does."""
        item.listWidget().setCurrentItem(item)
        self.take_suggestion()
        self.setFocus()
