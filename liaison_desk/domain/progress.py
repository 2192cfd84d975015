"""How long work says how far it is, and is told to stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called as `progress(done, total)`, with total 0 while it is unknown.

It may raise `Cancelled` at any moment; whoever calls it leaves nothing behind.
"""


def no_progress(done: int, total: int) -> None:
    """A `Progress` for whoever neither shows nor stops the work."""
