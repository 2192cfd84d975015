"""Long work off the UI thread, with a progress line and 取消."""

from __future__ import annotations

import gc
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

T = TypeVar("T")
SHOW_AFTER_MS = 400
TOLD_EVERY_S = 0.05
"""How often at most the progress line moves, in seconds; the work may tell more often."""
COLLECTED = (20_000, 5, 1_000_000)
"""How often Python looks for lost objects meanwhile: among young ones only. Looking through all of
a long work's objects would stop every thread, the window's too, for up to a second, many times."""


class Progress(QObject):
    """Told by the work how far it is; raises Cancelled in it when the clerk pressed 取消."""

    moved = Signal(object, object, str)
    """Done, total (of any size: they may be bytes) and what is being done."""

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._told, self._what = 0.0, ""

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` steps are through.

        Raises:
            Cancelled: the clerk pressed 取消.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        is_other = what != self._what or (total and done >= total)
        if is_other or now - self._told >= TOLD_EVERY_S:
            self._told, self._what = now, what
            self.moved.emit(done, total, what)

    def cancel(self) -> None:
        """Make the next call raise."""
        self._stop.set()


class TaskBox(QDialog):
    """The progress line with 取消; it cannot be closed before the work has ended."""

    def __init__(self, parent: QWidget | None, title: str, progress: Progress) -> None:
        super().__init__(parent)
        self._title = title
        self._progress = progress
        self.setWindowTitle("协商联络台")
        self.setObjectName("task_box")
        self.setMinimumWidth(420)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.line = QLabel(title)
        self.line.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.cancel_button = QPushButton("取消")
        self.cancel_button.setObjectName("cancel")
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignRight)
        self.cancel_button.clicked.connect(self.reject)
        progress.moved.connect(self.show_progress)

    def show_progress(self, done: int, total: int, what: str) -> None:
        """How far the work is."""
        if not self.cancel_button.isEnabled():
            return
        # Bytes of a large file are more than a progress bar's numbers hold.
        self.bar.setRange(0, min(total, 1000))
        self.bar.setValue(done * 1000 // total if total > 1000 else done)
        count = f"　{done}/{total}" if total else ""
        self.line.setText(f"{what or self._title}{count}")

    def reject(self) -> None:
        """取消 and Esc stop the work; the box stays until it has stopped."""
        self._progress.cancel()
        self.cancel_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.line.setText("正在取消……")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the box is cancelling too."""
        event.ignore()
        self.reject()

    def end(self) -> None:
        """The work has ended; where the box had the cursor, its window gets it back."""
        parent = self.parentWidget()
        is_ours = QApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        if parent is not None and self.isVisible() and is_ours:
            parent.activateWindow()
        self.done(0)
        self.deleteLater()


class _Work(QObject, Generic[T]):
    """One piece of work on a thread of its own, and what came of it."""

    ended = Signal()

    def __init__(self, work: Callable[[Progress], T], progress: Progress) -> None:
        super().__init__()
        self._work = work
        self._progress = progress
        self.result: T
        self.error: BaseException | None = None

    def run(self) -> None:
        """Do it; whatever it raises is kept for the thread that waits."""
        try:
            self.result = self._work(self._progress)
        except BaseException as error:  # raised again by `run_task`
            self.error = error
        self.ended.emit()


class _Shield(QObject):
    """Keeps keys, clicks and closing from every window but the box while work is under way.

    The box comes up only after a while; a second click on 开始 before that must not start the
    same work again.
    """

    KEPT_OUT = frozenset(
        {
            QEvent.Type.KeyPress,
            QEvent.Type.KeyRelease,
            QEvent.Type.Shortcut,
            QEvent.Type.ShortcutOverride,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.Wheel,
            QEvent.Type.InputMethod,
            QEvent.Type.Drop,
            QEvent.Type.Close,
        }
    )

    def __init__(self, box: TaskBox) -> None:
        super().__init__()
        self._box = box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what the clerk does elsewhere."""
        if event.type() not in self.KEPT_OUT:
            return False
        if isinstance(watched, QWidget):
            is_box = watched.window() is self._box
        elif isinstance(watched, QWindow):
            is_box = watched is self._box.windowHandle()
        else:
            is_box = False
        if not is_box and event.type() == QEvent.Type.Close:
            event.ignore()
        return not is_box


def end_with(owner: QObject, stop: Callable[[], None]) -> None:
    """Call `stop`, which ends a thread, with the program and with its owner, whichever goes first.

    At the end of the program all widgets are still there: a thread that tells one of something
    while Qt takes it apart can bring the process down.
    """
    application = QApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(stop)
    owner.destroyed.connect(stop)


def run_task(parent: QWidget | None, title: str, work: Callable[[Progress], T]) -> T:
    """Do long work while the window stays alive; a progress box comes up when it takes a while.

    Raises:
        Cancelled: the clerk pressed 取消.
        DeskError: whatever the work raised.
    """
    progress = Progress()
    task = _Work(work, progress)
    box = TaskBox(parent, title, progress)
    pause = QTimer(box, singleShot=True, interval=SHOW_AFTER_MS)
    pause.timeout.connect(box.show)
    pause.start()
    loop = QEventLoop()
    task.ended.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    shield = _Shield(box)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(shield)
    thread = threading.Thread(target=task.run, name=title)
    often = gc.get_threshold()
    gc.set_threshold(*COLLECTED)
    thread.start()
    try:
        loop.exec()
    finally:
        thread.join()
        gc.set_threshold(*often)
        application.removeEventFilter(shield)
        pause.stop()
        box.end()
    if task.error is not None:
        raise task.error
    return task.result
