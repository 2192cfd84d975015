"""Long work of SQLite is stopped soon after somebody wanted it to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.person import Person
from liaison_desk.store import stopping
from liaison_desk.store.backup import Backups
from liaison_desk.store.check import WELL, look_over
from liaison_desk.store.stopping import stoppable

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def stop(_done: int = 0, _total: int = 0) -> None:
    raise Cancelled


def test_a_statement_that_would_never_end_is_stopped_and_the_next_runs(desk: Desk) -> None:
    connection = desk.database.connection
    with pytest.raises(Cancelled), stoppable(connection, stop):
        connection.execute(ENDLESS)
    assert connection.execute("SELECT 1").fetchone()[0] == 1


def test_a_check_can_be_cancelled_and_is_not_told_of_as_damage(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "EVERY", 10)
    with pytest.raises(Cancelled):
        look_over(desk.database, stop)
    asked: list[int] = []
    assert look_over(desk.database, lambda done, _total: asked.append(done)).told == (WELL,)
    assert asked


def test_a_copy_tells_how_far_it_is_and_leaves_nothing_when_it_is_cancelled(
    desk: Desk, tmp_path: Path
) -> None:
    desk.save_all([Person(name=f"人{number}", note="备注" * 900) for number in range(3000)])
    backups = Backups(tmp_path / "备份", desk.database.path.stem)
    told: list[tuple[int, int]] = []

    def half_way(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        backups.make(desk.database.path, datetime(2026, 3, 9), half_way)
    assert told[-1][1] == 100
    assert 0 < told[-1][0] < 100
    assert list((tmp_path / "备份").iterdir()) == []
    made = backups.make(desk.database.path, datetime(2026, 3, 9), lambda _done, _total: None)
    assert made.stat().st_size == desk.database.path.stat().st_size
