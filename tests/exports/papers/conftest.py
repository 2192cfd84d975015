"""The story that papers are printed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exports.papers.story import Story, live

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


@pytest.fixture
def story(desk: Desk) -> Story:
    """An office with something in every record."""
    return live(desk)
