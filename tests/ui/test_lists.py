"""Lists: the model, sorting, filtering, what is remembered, and long lists."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer

from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.desk import Desk
from liaison_desk.services.record_changes import change_between
from liaison_desk.store.backup import Backups
from liaison_desk.store.queries import QUICK_ROWS, ListQuery
from liaison_desk.ui.context import Context
from liaison_desk.ui.record_list import RecordList
from liaison_desk.ui.record_table_model import BLOCK, Column, RecordTableModel
from liaison_desk.ui.style import Style
from tests import factory
from tests.ui.windows import ini, make_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.store.database import Database


def make_list(
    desk: Desk, tmp_path: Path, qtbot: QtBot, columns: tuple[Column, ...] = (), zoom: int = 100
) -> RecordList:
    make_once()
    context = Context(desk, Style(zoom=zoom), Backups(tmp_path))
    made = RecordList(context, Topic, columns, through=("village",), empty="还没有议题。")
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.load()
    return made


def names(made: RecordList) -> list[str]:
    return [made.model.record(row).name for row in range(made.model.rowCount())]  # type: ignore[attr-defined]


def click_head(made: RecordList, qtbot: QtBot, label: str) -> None:
    header = made.table.horizontalHeader()
    place = [each.label for each in made.model.columns].index(label)
    spot = QPoint(header.sectionViewportPosition(place) + 8, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_the_model_keeps_qts_rules(
    record_type: type[Record], desk: Desk, qtmodeltester: ModelTester
) -> None:
    factory.topic(desk)
    model = RecordTableModel(desk, record_type)
    qtmodeltester.check(model)
    model.show(ListQuery())
    factory.topic(desk, "第二个")
    model.refresh()


def test_a_click_on_a_head_sorts_also_through_a_link(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for name, place in (("甲", "袁庄村"), ("乙", "桥口村"), ("丙", "柳河社区")):
        factory.topic(desk, name, village=desk.save(Village(name=place)).id)
    made = make_list(desk, tmp_path, qtbot)
    click_head(made, qtbot, "村（社区）")
    assert names(made) == ["丙", "乙", "甲"]
    click_head(made, qtbot, "村（社区）")
    assert names(made) == ["甲", "乙", "丙"]


def test_a_head_that_cannot_be_sorted_by_leaves_the_order(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("甲", "乙"):
        factory.topic(desk, name)
    columns = (Column("单位", compute=lambda _record: "x"), Column("名称", "name"))
    made = make_list(desk, tmp_path, qtbot, columns)
    before = names(made)
    click_head(made, qtbot, "单位")
    assert names(made) == before
    assert made.table.horizontalHeader().sortIndicatorSection() == -1


def test_the_filter_finds_words_in_linked_records_and_says_how_many(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.topic(desk, "停车难", village=desk.save(Village(name="袁庄村")).id)
    factory.topic(desk, "路灯")
    made = make_list(desk, tmp_path, qtbot)
    assert made.count_label.text() == "共 2 条"
    made.filter_line.setText("袁庄 停车")
    qtbot.keyClick(made.filter_line, Qt.Key.Key_Return)
    assert names(made) == ["停车难"]
    assert made.count_label.text() == "找到 1 条"
    made.filter_line.setText("没有这样的")
    made.go_to_rows()
    assert "没有找到" in made.empty_label.text()
    assert made.empty_label.isVisible()


def test_an_empty_list_says_what_to_do(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    made = make_list(desk, tmp_path, qtbot)
    assert made.empty_label.isVisible()
    assert made.empty_label.text() == "还没有议题。"


def test_widths_and_order_are_remembered_and_grow_with_the_text(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("甲", "乙"):
        factory.topic(desk, name)
    settings = ini(tmp_path)
    made = make_list(desk, tmp_path, qtbot)
    made.table.setColumnWidth(0, 200)
    click_head(made, qtbot, "名称")
    order = names(made)
    made.remember(settings, "议题")
    again = make_list(desk, tmp_path, qtbot, zoom=150)
    again.recall(settings, "议题")
    assert again.table.columnWidth(0) == 300
    assert names(again) == order


def test_what_is_remembered_of_other_columns_is_passed_over(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.topic(desk)
    settings = ini(tmp_path)
    made = make_list(desk, tmp_path, qtbot)
    made.table.setColumnWidth(0, 222)
    made.remember(settings, "议题")
    fewer = make_list(desk, tmp_path, qtbot, (Column("名称", "name"), Column("分量", "weight")))
    fewer.recall(settings, "议题")
    assert fewer.table.columnWidth(0) == 222
    settings.setValue("议题/columns", "[1, 2")
    fewer.recall(settings, "议题")


class HeldDesk(Desk):
    """A desk that finds a list only once it may, as a slow disk would."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, now=factory.Clock())
        self.may = threading.Event()
        self.asked = 0

    def list_ids(self, record_type: type[Record], query: ListQuery) -> list[str]:
        self.asked += 1
        assert self.may.wait(60)
        return super().list_ids(record_type, query)


@pytest.fixture
def held(desk: Desk) -> Iterator[HeldDesk]:
    """More topics than are found at once; the first in the list is “第00000号”."""
    with desk.deed("很多议题"):
        office = desk.office_id
        many = (Topic(name=f"第{n:05}号", id=f"t{n}", office=office) for n in range(QUICK_ROWS + 1))
        changes = (change_between(None, topic) for topic in many)
        desk.write([change for change in changes if change is not None])
    made = HeldDesk(desk.database)
    made.may.set()
    yield made
    made.may.set()


def loaded(desk: Desk, tmp_path: Path, qtbot: QtBot) -> RecordList:
    """A long list, its rows there."""
    made = make_list(desk, tmp_path, qtbot)
    qtbot.waitUntil(lambda: not made.model.is_busy)
    return made


def test_the_window_goes_on_while_a_long_list_is_sorted(
    held: HeldDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    made = loaded(held, tmp_path, qtbot)
    first = made.model.ids[0]
    held.may.clear()
    click_head(made, qtbot, "名称")
    click_head(made, qtbot, "名称")
    ticks: list[int] = []
    clock = QTimer(made, interval=1)
    clock.timeout.connect(lambda: ticks.append(made.model.row_of(first)))
    clock.start()
    qtbot.waitUntil(lambda: len(ticks) > 20)
    assert set(ticks) == {0}
    assert made.model.rowCount() == QUICK_ROWS + 1
    held.may.set()
    qtbot.waitUntil(lambda: made.model.row_of(first) == QUICK_ROWS)


def test_a_long_search_says_that_it_is_under_way(
    held: HeldDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    made = loaded(held, tmp_path, qtbot)
    held.may.clear()
    made.filter_line.setText("第04321")
    qtbot.waitUntil(lambda: made.count_label.text() == "正在查找……")
    held.may.set()
    qtbot.waitUntil(lambda: made.count_label.text() == "找到 1 条")
    assert names(made) == ["第04321号"]


def test_a_newer_search_takes_the_place_of_the_one_under_way(
    held: HeldDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    made = loaded(held, tmp_path, qtbot)
    told: list[int] = []
    made.model.answered.connect(lambda: told.append(made.model.rowCount()))
    held.may.clear()
    asked = held.asked
    for words in ("第00", "第000", "第00007"):
        made.filter_line.setText(words)
        made.go_to_rows()
    qtbot.waitUntil(lambda: held.asked > asked)
    held.may.set()
    qtbot.waitUntil(lambda: not made.model.is_busy)
    assert told == [1]
    assert made.current() is not None
    assert names(made) == ["第00007号"]


def test_what_is_chosen_while_a_long_list_is_looked_for_is_chosen_when_it_is_there(
    held: HeldDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    made = loaded(held, tmp_path, qtbot)
    held.may.clear()
    made.refresh()
    assert made.choose("t4999")
    held.may.set()
    qtbot.waitUntil(lambda: made.current() is not None)
    chosen = made.current()
    assert chosen is not None
    assert chosen.id == "t4999"


def test_a_file_that_is_closed_meanwhile_ends_the_search_quietly(
    held: HeldDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    made = loaded(held, tmp_path, qtbot)
    made.model.sort(0)
    held.database.close()
    qtbot.waitUntil(lambda: not made.model.is_busy)


def test_100000_rows_are_read_only_where_they_are_looked_at(
    held: HeldDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    made = loaded(held, tmp_path, qtbot)
    read: list[int] = []
    many = held.many

    def counted(record_type: type[Record], ids: Sequence[str]) -> list[Record]:
        read.append(len(ids))
        return many(record_type, ids)

    held.many = counted  # type: ignore[method-assign,assignment]
    made.refresh()
    qtbot.waitUntil(lambda: not made.model.is_busy)
    made.table.scrollToBottom()
    made.table.grab()
    made.table.verticalScrollBar().setValue(QUICK_ROWS // 2)
    made.table.grab()
    assert 0 < sum(read) <= 5 * BLOCK
