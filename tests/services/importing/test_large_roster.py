"""Twenty thousand rows: in bounded time, with progress, and to be stopped at any moment."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import (
    apply_roster,
    known_people,
    plan_roster,
    plan_roster_file,
    read_sheet,
)
from liaison_desk.services.importing.plan import RowState
from liaison_desk.services.importing.sheet import Sheet
from tests.services.importing import workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from liaison_desk.services.desk import Desk

COUNT = 20_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "大名册.xlsx"
    return workbooks.roster(path, *workbooks.people(COUNT))


def cancel_at(call: int) -> Callable[[int, int], None]:
    """A clerk who presses 取消 at one of the calls."""
    calls = 0

    def progress(done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == call:
            raise Cancelled

    return progress


def test_twenty_thousand_people_come_in_with_steady_progress(desk: Desk, large: Path) -> None:
    seen: list[tuple[int, int]] = []
    began = time.monotonic()
    plan = plan_roster_file(desk, large, lambda done, total: seen.append((done, total)))
    assert plan.count(RowState.NEW) == COUNT
    assert len(seen) > COUNT / 200
    seen.clear()
    result = apply_roster(desk, plan, lambda done, total: seen.append((done, total)))
    assert time.monotonic() - began < 60
    assert result.created == COUNT
    assert seen == [(done, COUNT) for done in range(0, COUNT + 1, 200)]
    assert desk.queries.count(Person) == desk.queries.count(Membership) == COUNT


@pytest.mark.parametrize(("people", "call"), [(400, 1), (400, 2), (400, 3), (COUNT, 11)])
def test_cancelling_while_saving_leaves_nothing(
    desk: Desk, large: Path, people: int, call: int
) -> None:
    sheet = read_sheet(large)
    part = Sheet(sheet.name, sheet.rows[: people + 2])
    plan = plan_roster(part, known_people(desk))
    before = desk.log.last_stamp()
    with pytest.raises(Cancelled, match="资料没有改动"):
        apply_roster(desk, plan, cancel_at(call))
    assert (desk.queries.count(Person), desk.queries.count(Membership)) == (0, 0)
    assert desk.log.last_stamp() == before


def test_a_cancelled_import_can_be_done_after_all(desk: Desk) -> None:
    plan = plan_roster_file(desk, workbooks.OFFICIAL)
    with pytest.raises(Cancelled):
        apply_roster(desk, plan, cancel_at(2))
    assert apply_roster(desk, plan).created == 14


@pytest.mark.parametrize("call", [1, 2, 3, 20, 150])
def test_cancelling_while_reading_or_planning_stops_at_once(
    desk: Desk, large: Path, call: int
) -> None:
    with pytest.raises(Cancelled):
        plan_roster_file(desk, large, cancel_at(call))
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
    assert [row.cells for row in read_sheet(long).rows] == [("姓名",), ("张伟",)]
