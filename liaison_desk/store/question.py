"""A question to the file that is answered on a thread of its own, and can be given up."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from liaison_desk.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.store.database import Database

T = TypeVar("T")


class Question(Generic[T]):
    """Reads from the moment it is made; whoever asked looks now and then whether it is answered.

    Args:
        database: the open data file.
        ask: reads and returns the answer; it may only read.
    """

    def __init__(self, database: Database, ask: Callable[[], T]) -> None:
        self._database = database
        self._ask = ask
        self._guard = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._is_given_up = False
        self._answer: T
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="question", daemon=True)
        self._thread.start()

    @property
    def is_answered(self) -> bool:
        """Whether `answer` would not have to wait."""
        return not self._thread.is_alive()

    def answer(self) -> T:
        """What was found, waited for if need be.

        Raises:
            Cancelled: it was given up, or the file was closed.
            StoreError: the file could not be read.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._answer

    def give_up(self) -> None:
        """Stop reading as soon as may be; the answer is not wanted any more."""
        with self._guard:
            self._is_given_up = True
            if self._connection is not None:
                self._connection.interrupt()

    def _run(self) -> None:
        """Read; whatever is raised is kept for who asked."""
        try:
            with self._database.apart() as connection:
                self._read(connection)
        except sqlite3.OperationalError as error:
            is_stopped = error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
            self._error = Cancelled() if is_stopped else error
        except BaseException as error:  # raised again by `answer`
            self._error = error

    def _read(self, connection: sqlite3.Connection) -> None:
        """Ask, while `give_up` knows what to interrupt."""
        with self._guard:
            if self._is_given_up:
                raise Cancelled
            self._connection = connection
        try:
            self._answer = self._ask()
        finally:
            with self._guard:
                self._connection = None
