"""The next number of a series that is numbered by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.opinion import Opinion
from liaison_desk.services.numbers import next_number

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ((), "2026-001"),
        (("2026-001",), "2026-002"),
        (("2026-009", "2026-003"), "2026-010"),
        (("2026-999",), "2026-1000"),
        (("2025-017",), "2026-001"),
        (("2026-7",), "2026-8"),
        (("自编7号", "2026-增1", ""), "2026-001"),
        (("SQ-001", "SQ-002"), "SQ-003"),
        (("SQ-002", "2026-004"), "2026-005"),
        (("SQ-002", "2025-004", "2025-005"), "SQ-003"),
        (("9",), "10"),
    ],
)
def test_the_next_number_follows_the_highest_of_the_year(
    desk: Desk, used: tuple[str, ...], expected: str
) -> None:
    desk.save_all([Opinion(name="反映停车难", number=each) for each in used])
    assert next_number(desk, Opinion, "2026-001") == expected


def test_the_next_number_is_found_without_reading_the_texts_of_all(desk: Desk) -> None:
    desk.save(Opinion(name="反映停车难", number="2026-001", body="很长的正文"))
    asked: list[str] = []
    desk.database.connection.set_trace_callback(asked.append)
    assert next_number(desk, Opinion, "2026-001") == "2026-002"
    desk.database.connection.set_trace_callback(None)
    assert asked
    assert not [each for each in asked if "*" in each]
