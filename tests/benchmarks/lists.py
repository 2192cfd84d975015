"""A list of 100,000 people: finding its order, and the longest moment the window stands still."""

from __future__ import annotations

import os
import time
from statistics import median
from typing import TYPE_CHECKING

from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.village import Village
from liaison_desk.services.desk import Desk
from liaison_desk.services.record_changes import change_between
from liaison_desk.store.database import Database
from liaison_desk.store.queries import ListQuery, Queries
from tests import factory
from tests.benchmarks.ratio import Ratio, compare
from tests.benchmarks.search import people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from liaison_desk.ui.record_list import RecordList

PEOPLE, FEW_PEOPLE = 100_000, 300
VILLAGES = ("袁庄村", "桥口村", "柳河社区", "东岗村")
BARE = "SELECT id FROM person WHERE removed_at = '' ORDER BY {}, rowid"


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Ask for the order of a long list, then sort, filter, scroll and open it in a window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    count, repeats = (FEW_PEOPLE, 1) if is_tiny else (PEOPLE, 9)
    database = Database.open(folder / "people.db")
    try:
        desk = Desk(database, operator="李文书", now=factory.Clock())
        _fill(desk, count)
        ratios = [
            _order(database, f"list of {count:,} by {path} / bare ORDER BY", path, repeats)
            for path in ("name", "post")
        ]
        return (*ratios, *_stalls(desk, f"{count:,}", ratios[0].yardstick_s, repeats))
    finally:
        database.close()


def _order(database: Database, name: str, path: str, repeats: int) -> Ratio:
    """The ids in an order, as a Chinese list has it, and as SQLite by itself."""
    queries = Queries(database)
    return compare(
        name,
        lambda: queries.ids(Person, ListQuery(order=(path,))),
        lambda: database.read(BARE.format(path)),
        repeats,
    )


def _stalls(desk: Desk, count: str, yardstick_s: float, repeats: int) -> list[Ratio]:
    """The longest time between two rounds of the window's loop, for each thing one does."""
    from liaison_desk.store.backup import Backups
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.record_list import RecordList
    from liaison_desk.ui.style import Style
    from tests.ui.windows import make_once

    Style().apply(make_once())
    listed = RecordList(Context(desk, Style(), Backups(desk.database.path.parent)), Person)
    listed.resize(900, 600)
    listed.show()
    listed.load()
    _longest_stall(listed, lambda: None)  # the first rows, and their widths
    model, bar = listed.model, listed.table.verticalScrollBar()
    acts: dict[str, Callable[[], None]] = {
        "sorting": lambda: model.sort(_column(listed, "工作单位及职务")),
        "sorting through a link": lambda: model.sort(_column(listed, "村（社区）")),
        "filtering": lambda: model.search("王"),
        "dropping the filter": lambda: model.search(""),
        "opening again": listed.load,
        "scrolling to the end": lambda: bar.setValue(bar.maximum()),
        "scrolling to the middle": lambda: bar.setValue(bar.maximum() // 2),
        "choosing all": listed.table.selectAll,
        "choosing one": lambda: listed.table.choose_row(model.rowCount() // 3),
    }
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(repeats):
        for name, act in acts.items():
            taken[name].append(_longest_stall(listed, act))
    listed.close()
    listed.deleteLater()
    told = f"longest stall, list of {count}, {{}} / bare ORDER BY"
    return [Ratio(told.format(name), median(each), yardstick_s) for name, each in taken.items()]


def _longest_stall(listed: RecordList, act: Callable[[], None]) -> float:
    """Do something and go on until its rows are painted; the longest round of the loop, in s."""
    from PySide6.QtWidgets import QApplication

    longest, last = 0.0, time.perf_counter()

    def turn() -> None:
        nonlocal longest, last
        QApplication.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    act()
    turn()
    while listed.model.is_busy:
        time.sleep(0.001)  # a loop with nothing to do sleeps too, and lets the search go on
        turn()
    listed.table.viewport().repaint()
    turn()
    return longest


def _column(listed: RecordList, head: str) -> int:
    """The place of a head."""
    return [each.label for each in listed.model.columns].index(head)


def _fill(desk: Desk, count: int) -> None:
    """People of some villages, put into the file through the desk's own door."""
    desk.set_up(factory.office())
    villages = [desk.save(Village(name=name)).id for name in VILLAGES]
    changes = [
        change_between(None, with_values(person, {"village": villages[number % len(villages)]}))
        for number, person in enumerate(people(count, desk.office_id))
    ]
    for start in range(0, count, 5000):
        with desk.deed("导入人员"):
            desk.write([each for each in changes[start : start + 5000] if each])
