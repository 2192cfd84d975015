"""Stamps that order changes made on several desks.

A stamp is a hybrid logical clock: the wall clock where it moves forward, a counter where it does
not, and the desk that made it. Stamps sort as text, and no two are equal.
"""

from __future__ import annotations


def next_stamp(last: str, now_ms: int, desk: str) -> str:
    """The stamp that follows `last`.

    Args:
        last: the highest stamp this desk has made or seen, or "".
        now_ms: the wall clock, in milliseconds since 1970 (UTC).
        desk: id of this desk.

    Returns:
        12 hexadecimal digits of milliseconds, 4 of a counter, and the desk: `t-c-desk`.
    """
    moment, counter = _parts(last)
    if now_ms > moment:
        return f"{now_ms:012x}-{0:04x}-{desk}"
    if counter < 0xFFFF:
        return f"{moment:012x}-{counter + 1:04x}-{desk}"
    return f"{moment + 1:012x}-{0:04x}-{desk}"


def _parts(stamp: str) -> tuple[int, int]:
    """Milliseconds and counter."""
    if not stamp:
        return (0, 0)
    moment, counter, _ = stamp.split("-", 2)
    return (int(moment, 16), int(counter, 16))
