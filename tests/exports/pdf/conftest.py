"""Fonts are read once for all papers; a paper printed twice is laid out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.official import render_official
from tests.exports.pdf.papers import USUAL
from tests.exports.pdf.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.exports.content import OfficialPaper


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    """The bundled fonts alone, so that every computer sets alike."""
    return FontBook(bundled_only=True)


@pytest.fixture(scope="session")
def printing(fonts: FontBook) -> Callable[[OfficialPaper], Printed]:
    """Print an official paper and read it back."""
    printed: dict[str, Printed] = {}

    def print_paper(paper: OfficialPaper) -> Printed:
        words = repr(paper)
        if words not in printed:
            printed[words] = Printed(render_official(paper, fonts).pdf)
        return printed[words]

    return print_paper


@pytest.fixture
def usual(printing: Callable[[OfficialPaper], Printed]) -> Printed:
    """The usual minutes, printed."""
    return printing(USUAL)
