"""What a record is called, as short as a sentence about it can bear."""

from __future__ import annotations


def short(text: str, most: int = 20) -> str:
    """A text of at most so many characters; where it was cut an ellipsis says so."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
