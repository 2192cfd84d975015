"""Lists: the model, sorting, filtering, what is remembered, and 100,000 rows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.desk import change_between
from liaison_desk.store.backup import Backups
from liaison_desk.store.queries import ListQuery
from liaison_desk.ui.context import Context
from liaison_desk.ui.record_list import RecordList
from liaison_desk.ui.record_table_model import Column, RecordTableModel
from liaison_desk.ui.style import Style
from tests import factory
from tests.ui.windows import ini, make_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

MANY = 100_000


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


def test_100000_rows_scroll_sort_and_filter_without_blocking(
    desk: Desk, tmp_path: Path, qtbot: QtBot, record_property: Callable[[str, object], None]
) -> None:
    with desk.deed("很多议题"):
        office = desk.office_id
        topics = (Topic(name=f"第{n}号议题", id=f"t{n}", office=office) for n in range(MANY))
        changes = (change_between(None, topic) for topic in topics)
        desk.write([change for change in changes if change is not None])
    made = make_list(desk, tmp_path, qtbot)
    took = {}

    def measure(what: str, act: object) -> None:
        began = time.perf_counter()
        act()  # type: ignore[operator]
        took[what] = time.perf_counter() - began

    model, table = made.model, made.table
    assert model.rowCount() == MANY
    measure("打开", made.load)
    measure("排序", lambda: model.sort(0))
    table.scrollToBottom()
    measure("滚到底", table.grab)
    table.verticalScrollBar().setValue(MANY // 2)
    measure("一屏", table.grab)
    measure("查找", lambda: model.search("第4321"))
    assert model.rowCount() == 11
    record_property("milliseconds", {what: round(each * 1000) for what, each in took.items()})
    assert took["一屏"] < 0.5
    assert max(took.values()) < 5
