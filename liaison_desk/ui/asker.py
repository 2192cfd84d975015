"""Questions to the file that the window does not wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from liaison_desk.domain.errors import Cancelled
from liaison_desk.store.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.store.database import Database

LOOK_EVERY_MS = 10
"""How often the window looks whether there is an answer."""


class Asker(QObject):
    """Has one question under way at most: a newer one takes its place."""

    answered = Signal(object)
    """The answer to the last question, on the thread of the window."""

    def __init__(self, database: Database, parent: QObject) -> None:
        super().__init__(parent)
        self._database = database
        self._question: Question[Any] | None = None
        # Looked for rather than signalled: the thread need not know whether we are still here.
        self._clock = QTimer(self, interval=LOOK_EVERY_MS)
        self._clock.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether a question is under way."""
        return self._question is not None

    def ask(self, work: Callable[[], object], *, at_once: bool) -> None:
        """Ask the file; `answered` follows, or has been emitted already when it is `at_once`."""
        self.give_up()
        if at_once:
            self.answered.emit(work())
            return
        self._question = Question(self._database, work)
        self._clock.start()

    def give_up(self) -> None:
        """Forget the question under way."""
        if self._question is not None:
            self._question.give_up()
            self._question = None
        self._clock.stop()

    def _look(self) -> None:
        """See whether the answer is there."""
        question = self._question
        if question is None or not question.is_answered:
            return
        self.give_up()
        try:
            answer = question.answer()
        except Cancelled:  # the file is being closed
            return
        self.answered.emit(answer)
