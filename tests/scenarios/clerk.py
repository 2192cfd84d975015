"""A clerk at the real window: keys, clicks and texts, counted for each step of her work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QWidget

from tests.typing_as_ime import commit_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)
POLL_MS = 10
PATIENCE_MS = 20_000


class Clerk:
    """Presses keys, clicks, and composes texts; what she composes is not counted."""

    def __init__(self, qtbot: QtBot) -> None:
        self._bot = qtbot
        self.strokes: dict[str, int] = {}
        self.characters: dict[str, int] = {}
        self._step = ""

    def begins(self, step: str) -> None:
        """What is counted from now on belongs to a step."""
        self._step = step
        self.strokes.setdefault(step, 0)
        self.characters.setdefault(step, 0)

    def counts(self) -> None:
        """Count one stroke that is done otherwise."""
        self.strokes[self._step] += 1

    def presses(self, *keys: Qt.Key, ctrl: bool = False, alt: bool = False) -> None:
        """Press keys where the cursor is; a combination is one stroke."""
        modifier = Qt.KeyboardModifier.NoModifier
        if ctrl or alt:
            modifier = (
                Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.AltModifier
            )
        for key in keys:
            self.counts()
            self._bot.keyClick(self.here(), key, modifier)

    def types(self, text: str) -> None:
        """Type a text where the cursor is, Latin by keys and Chinese composed; counted apart."""
        if text.isascii():
            self._count_text(text)
            self._bot.keyClicks(self.here(), text)
        else:
            self.writes(text)

    def enters(self, *texts: str) -> None:
        """Type texts, going on with Enter after each; "" is a field passed by."""
        for text in texts:
            if text:
                self.types(text)
            self.presses(Qt.Key.Key_Return)

    def clicks(self, widget: QWidget) -> None:
        """Click a widget that can be seen and is enabled."""
        assert widget.isVisible(), f"{widget.objectName()} cannot be seen"
        assert widget.isEnabled(), f"{widget.objectName()} cannot be clicked"
        self.counts()
        self._bot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def writes(self, text: str, where: QWidget | None = None) -> None:
        """Compose a text where the cursor is, or in a field she has just clicked."""
        where = where or self.here()
        select_all = getattr(where, "selectAll", None)
        if select_all is not None and not isinstance(where, QAbstractItemView):
            select_all()
        self._count_text(text)
        commit_text(where, text)

    def fills(self, *texts: str) -> None:
        """Compose texts, going on with Enter after each."""
        for text in texts:
            if text:
                self.writes(text)
            self.presses(Qt.Key.Key_Return)

    def here(self) -> QWidget:
        """Where the cursor is."""
        window = QApplication.activeWindow()
        if window is None or not window.isVisible():
            self._take_keyboard()
        widget = QApplication.focusWidget() or QApplication.activeWindow()
        assert widget is not None, "no window has the keyboard"
        return widget

    def _take_keyboard(self) -> None:
        """Do what a window manager does when a dialog closes: the window gets the keyboard back."""
        window = QApplication.activeModalWidget() or next(
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QMainWindow) and each.isVisible()
        )
        window.activateWindow()
        self.sees(window.isActiveWindow)

    def sees(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._bot.waitUntil(is_so, timeout=PATIENCE_MS)

    @contextmanager
    def answers(self, kind: type[W], act: Callable[[W], None]) -> Iterator[None]:
        """Do something in a dialog that what is inside opens; what fails there fails here."""
        errors: list[BaseException] = []
        acted: list[bool] = []
        timer = QTimer()
        timer.setInterval(POLL_MS)

        def poll() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, kind) or not dialog.isVisible() or acted:
                return
            acted.append(True)
            timer.stop()
            try:
                self.sees(dialog.isActiveWindow)
                act(dialog)
            except BaseException as error:  # raised again below
                errors.append(error)
                dialog.close()

        timer.timeout.connect(poll)
        timer.start()
        yield
        timer.stop()
        if errors:
            raise errors[0]
        assert acted, f"no {kind.__name__} came up"

    @contextmanager
    def in_menu(self, *keys: Qt.Key) -> Iterator[None]:
        """Press keys in the menu that what is inside opens."""
        pressed: list[bool] = []
        timer = QTimer()
        timer.setInterval(POLL_MS)

        def poll() -> None:
            menu = QApplication.activePopupWidget()
            if menu is None or not menu.isVisible() or pressed:
                return
            pressed.append(True)
            timer.stop()
            for key in keys:
                self.counts()
                self._bot.keyClick(QApplication.activePopupWidget() or menu, key)

        timer.timeout.connect(poll)
        timer.start()
        yield
        self.sees(lambda: bool(pressed))

    def _count_text(self, text: str) -> None:
        self.characters[self._step] += len(text)

    def table(self) -> str:
        """Keys and clicks for each step, as a Markdown table."""
        rows = [f"| {step} | {count} |" for step, count in self.strokes.items()]
        return "\n".join(("| 步骤 | 按键与点击 |", "|---|---:|", *rows))
