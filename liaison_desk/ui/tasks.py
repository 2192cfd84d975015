"""Long work off the UI thread, with a progress line and 取消."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from liaison_desk.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
SHOW_AFTER_MS = 400


class Progress(QObject):
    """Told by the work how far it is; raises Cancelled in it when the clerk pressed 取消."""

    moved = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` steps are through.

        Raises:
            Cancelled: the clerk pressed 取消.
        """
        if self._stop.is_set():
            raise Cancelled
        self.moved.emit(done, total, what)

    def cancel(self) -> None:
        """Make the next call raise."""
        self._stop.set()


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


def run_task(parent: QWidget, title: str, work: Callable[[Progress], T]) -> T:
    """Do long work while the window stays alive; a progress box comes up when it takes a while.

    Raises:
        Cancelled: the clerk pressed 取消.
        DeskError: whatever the work raised.
    """
    progress = Progress()
    task = _Work(work, progress)
    box = QProgressDialog(title, "取消", 0, 0, parent)
    box.setWindowTitle("协商联络台")
    box.setMinimumDuration(SHOW_AFTER_MS)
    box.setMinimumWidth(420)
    box.setModal(True)
    box.setAutoClose(False)
    box.setAutoReset(False)

    def show(done: int, total: int, what: str) -> None:
        box.setMaximum(total)
        box.setValue(done)
        box.setLabelText(f"{what or title}　{done}/{total}" if total else what or title)

    progress.moved.connect(show)
    box.canceled.connect(progress.cancel)
    QTimer.singleShot(SHOW_AFTER_MS, box, box.show)
    loop = QEventLoop()
    task.ended.connect(loop.quit)
    thread = threading.Thread(target=task.run, name=title)
    thread.start()
    loop.exec()
    thread.join()
    box.close()
    box.deleteLater()
    if task.error is not None:
        raise task.error
    return task.result
