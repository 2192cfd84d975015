"""Hiding the middle of telephone and identity numbers, as the window does elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain.names import mask

if TYPE_CHECKING:
    from liaison_desk.services.importing import FieldChange, LeftOut

_LONG_NUMBER = re.compile(r"\d(?:[ \t　-]?[\dXx]){6,}")
"""What could be a telephone or identity number, though written with gaps."""


def without_numbers(text: str) -> str:
    """A text whose long numbers are masked, the rest as it is."""
    return _LONG_NUMBER.sub(lambda found: mask(found[0]), text)


def left_out_text(left: LeftOut) -> str:
    """What was left out: of one cell all of it is masked, of a row the numbers in it."""
    if not left.is_personal:
        return left.text
    return mask(left.text) if left.place else without_numbers(left.text)


def shown(value: str, change: FieldChange) -> str:
    """A value of a change."""
    return mask(value) if value and change.is_personal else value
