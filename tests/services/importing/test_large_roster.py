"""Thousands of rows: in bounded time, with progress, and to be stopped at any moment."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import (
    ROSTER,
    RowState,
    apply_import,
    open_source,
    plan_file,
)
from tests.services.importing import workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from liaison_desk.services.desk import Desk

COUNT = 5_000
MANY = 20_000
SECONDS_EACH = 0.004


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return roster(tmp_path_factory.mktemp("large"), COUNT)


def roster(folder: Path, people: int) -> Path:
    """A roster of so many people."""
    return workbooks.roster(folder / "名册.xlsx", *workbooks.people(people))


def cancel_at(call: int) -> Callable[[int, int], None]:
    """A clerk who presses 取消 at one of the calls."""
    calls = 0

    def progress(done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == call:
            raise Cancelled

    return progress


@pytest.mark.parametrize("people", [COUNT, pytest.param(MANY, marks=pytest.mark.long)])
def test_thousands_of_people_come_in_with_steady_progress(
    desk: Desk, large: Path, tmp_path: Path, people: int
) -> None:
    path = large if people == COUNT else roster(tmp_path, people)
    seen: list[tuple[int, int]] = []
    began = time.monotonic()
    plan = plan_file(desk, path, ROSTER, None, lambda done, total: seen.append((done, total)))
    assert plan.count(RowState.NEW) == people
    assert len(seen) > people / 200
    seen.clear()
    result = apply_import(desk, plan, lambda done, total: seen.append((done, total)))
    assert time.monotonic() - began < people * SECONDS_EACH
    assert result.rows[RowState.NEW] == people
    assert seen == [(done, 2 * people) for done in range(0, 2 * people + 1, 200)]
    assert desk.queries.count(Person) == desk.queries.count(Membership) == people


@pytest.mark.parametrize(("people", "call"), [(400, 1), (400, 2), (400, 3), (COUNT, 11)])
def test_cancelling_while_saving_leaves_nothing(
    desk: Desk, large: Path, tmp_path: Path, people: int, call: int
) -> None:
    path = large if people == COUNT else roster(tmp_path, people)
    plan = plan_file(desk, path, ROSTER)
    before = desk.log.last_stamp()
    with pytest.raises(Cancelled, match="资料没有改动"):
        apply_import(desk, plan, cancel_at(call))
    assert (desk.queries.count(Person), desk.queries.count(Membership)) == (0, 0)
    assert desk.log.last_stamp() == before


def test_a_cancelled_import_can_be_done_after_all(desk: Desk) -> None:
    plan = plan_file(desk, workbooks.OFFICIAL, ROSTER)
    with pytest.raises(Cancelled):
        apply_import(desk, plan, cancel_at(2))
    assert apply_import(desk, plan).rows[RowState.NEW] == 14


@pytest.mark.parametrize("call", [1, 2, 3, 20, 40, 70, 100])
def test_cancelling_while_reading_or_planning_stops_at_once(
    desk: Desk, large: Path, call: int
) -> None:
    with pytest.raises(Cancelled):
        plan_file(desk, large, ROSTER, None, cancel_at(call))
    assert desk.queries.count(Person) == 0


def test_a_million_empty_rows_with_borders_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "空行.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_column("A1", ["姓名", "张伟"])
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/></row>' % (at, at) for at in range(3, 1_048_577)
    )
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        b'<row r="2"><c r="A2" t="s"><v>1</v></c></row>' + rows + b"</sheetData></worksheet>"
    )
    long = workbooks.rezipped(path, tmp_path / "长.xlsx", "xl/worksheets/sheet1.xml", sheet)
    assert [row.cells for row in open_source(long).sheets[0].rows] == [
        ("姓名",),
        ("张伟",),
    ]
