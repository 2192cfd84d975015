"""Fonts are read once for all papers; a paper printed twice is laid out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from tests.exports.pdf.papers import USUAL
from tests.exports.pdf.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.exports.content import Paper


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    """The bundled fonts alone, so that every computer sets alike."""
    return FontBook(bundled_only=True)


@pytest.fixture(scope="session")
def printing(fonts: FontBook) -> Callable[[Paper], Printed]:
    """Print a paper of any kind and read it back."""
    printed: dict[str, Printed] = {}

    def print_paper(paper: Paper) -> Printed:
        words = repr(paper)
        if words not in printed:
            printed[words] = Printed(render(paper, fonts).pdf)
        return printed[words]

    return print_paper


@pytest.fixture
def usual(printing: Callable[[Paper], Printed]) -> Printed:
    """The usual minutes, printed."""
    return printing(USUAL)
