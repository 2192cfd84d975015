"""Many records at once; `pytest --long -s` prints the figures."""

from __future__ import annotations

import json
import time
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.meeting import Meeting, Statement
from liaison_desk.domain.person import Person
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.handoff.report import describe
from liaison_desk.store.database import Database
from liaison_desk.store.repository import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.handoff.merge import MergePlan

RECORDS = 50_000
FACTOR = 12
"""How much longer than a bare executemany of the same rows a reception may take: it also keeps
the log for 撤销 and the search index. Measured: 4 to 5."""


def timed(what: str, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    taken = time.perf_counter() - began
    print(f"{what}: {taken:.2f} s")  # noqa: T201  # figures for people
    return taken


def bare(database: Database, plan: MergePlan) -> None:
    by_table: dict[str, list[tuple[object, ...]]] = {}
    names: dict[str, list[str]] = {}
    for each in plan.changes:
        names[each.table] = list(each.after)
        row = (each.record, *each.after.values(), json.dumps(each.stamps))
        by_table.setdefault(each.table, []).append(row)
    with database.transaction() as connection:
        for table, rows in by_table.items():
            columns = ", ".join(map(quoted, ("id", *names[table], "stamps")))
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


@pytest.mark.long
def test_fifty_thousand_records_are_taken_in_about_as_fast_as_sqlite_writes(
    desk: Desk, county_desk: Desk, stick: Path, tmp_path: Path
) -> None:
    people = desk.save_all([Person(name=f"张{number}") for number in range(5_000)])
    meetings = desk.save_all(
        [Meeting(name=f"第{n}次会", held_at=datetime(2026, 1, 5, 9)) for n in range(1_000)]
    )
    point = "停车难是群众反映强烈的问题，建议新划停车位，加强日常管理。"
    desk.save_all(
        [
            Statement(meeting=meetings[n % 1000].id, person=people[n % 5000].id, point=point)
            for n in range(RECORDS - 6_000)
        ]
    )
    order = PacketOrder(date(2026, 1, 1), date(2026, 3, 31))
    began = time.perf_counter()
    packet = make_packet(desk, order, stick, lambda *_: [])
    print(f"make: {time.perf_counter() - began:.2f} s")  # noqa: T201  # figures for people
    timed("verify", lambda: read_packet(packet.path))
    plan = plan_reception(county_desk, read_packet(packet.path))
    timed("plan", lambda: plan_reception(county_desk, plan.content))
    timed("describe", lambda: describe(plan))
    taken = timed("apply", lambda: apply_plan(county_desk, plan))
    other = Database.open(tmp_path / "bare.db")
    least = timed("bare executemany", lambda: bare(other, plan))
    other.close()
    print(f"ratio: {taken / least:.1f}")  # noqa: T201  # figures for people
    assert taken < FACTOR * least
    assert len(county_desk.find(Statement)) == RECORDS - 6_000
