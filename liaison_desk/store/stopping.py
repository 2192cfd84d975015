"""Long work of SQLite that whoever waits for it may stop."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVERY = 100_000
"""After so many steps of its machine, some milliseconds, SQLite asks whether to go on."""


@contextmanager
def stoppable(connection: sqlite3.Connection, ask: Callable[[], object]) -> Iterator[None]:
    """What a connection does inside ends soon after `ask`, called now and then, has raised.

    Raises:
        Cancelled: `ask` raised it.
    """
    stopped: list[Cancelled] = []

    def look() -> int:
        try:
            ask()
        except Cancelled as error:
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(look, EVERY)
    try:
        yield
    except sqlite3.OperationalError as error:
        if stopped:
            raise stopped[0] from error
        raise
    finally:
        connection.set_progress_handler(None, EVERY)


def is_stopped(error: sqlite3.OperationalError) -> bool:
    """Whether SQLite complains only of having been stopped."""
    return error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
