"""How much SQLite does for a question, told without a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.store.database import Database

EVERY = 10
"""After so many steps of its machine SQLite lets itself be counted."""


def steps(database: Database, work: Callable[[], object]) -> int:
    """The steps of SQLite's machine, in tens, that some work on this thread takes."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    database.connection.set_progress_handler(count, EVERY)
    try:
        work()
    finally:
        database.connection.set_progress_handler(None, EVERY)
    return counted
