"""Fonts are read once for all papers; a paper printed twice is laid out once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.minutes import render_minutes
from tests.exports.pdf.papers import USUAL
from tests.exports.pdf.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.exports.pdf.words import MinutesPaper


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    """The bundled fonts alone, so that every computer sets alike."""
    return FontBook(bundled_only=True)


@pytest.fixture(scope="session")
def printing(fonts: FontBook) -> Callable[[MinutesPaper], Printed]:
    """Print minutes and read them back."""

    @cache
    def print_minutes(paper: MinutesPaper) -> Printed:
        return Printed(render_minutes(paper, fonts).pdf)

    return print_minutes


@pytest.fixture
def usual(printing: Callable[[MinutesPaper], Printed]) -> Printed:
    """The usual minutes, printed."""
    return printing(USUAL)
