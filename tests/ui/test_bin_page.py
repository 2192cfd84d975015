"""回收站 in the window: looking through it, and putting things back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.topic import Topic
from liaison_desk.services.recycle_bin import RecycleBin
from liaison_desk.ui.bin_page import BinModel, BinPage
from liaison_desk.ui.record_pages import TopicPage
from liaison_desk.ui.settings_page import SettingsPage
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

PAGES = (TopicPage, BinPage, SettingsPage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def names(page: BinPage) -> list[str]:
    return [gone.caption for gone in page.model.shown]


def cell(page: BinPage, row: int, head: str) -> str:
    return str(page.model.index(row, BinModel.heads.index(head)).data())


def test_each_row_says_what_it_was_when_it_went_and_with_what(
    desk: Desk, window: MainWindow
) -> None:
    held = factory.meeting(desk)
    factory.attendance(desk, held, factory.person(desk, "张伟"))
    desk.remove(held)
    page = turn(window, BinPage)
    assert cell(page, 0, "类别") == "协商会"
    assert cell(page, 0, "名称") == held.name
    assert cell(page, 0, "删除时间").startswith("2026-03-09 09:0")
    assert cell(page, 0, "经手人") == "李文书"
    assert cell(page, 0, "一起删除的") == "出席1条"
    tip = page.model.index(0, 4).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "出席：张伟"
    assert page.count_label.text() == "共 1 条"


def test_enter_puts_the_chosen_row_back_and_the_status_line_offers_to_undo_it(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.remove(factory.topic(desk, "停车难"))
    page = turn(window, BinPage)
    page.focus_search()
    qtbot.keyClick(page.filter_line, Qt.Key.Key_Return)
    assert desk.find(Topic) == []
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert [each.name for each in desk.find(Topic)] == ["停车难"]
    assert names(page) == []
    assert window.status.said.sentence == "已恢复议题“停车难”"
    window.status.undo_link.click()
    assert names(page) == ["停车难"]
    assert desk.find(Topic) == []


def test_several_rows_come_back_together(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    for name in ("甲", "乙", "丙"):
        desk.remove(factory.topic(desk, name))
    page = turn(window, BinPage)
    assert not page.restore_button.isEnabled()
    page.table.choose_row(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.count_label.text() == "共 3 条，选中 2 条"
    page.restore_button.click()
    assert {each.name for each in desk.find(Topic)} == {"丙", "乙"}
    assert names(page) == ["甲"]
    assert page.chosen()
    assert window.status.said.sentence == "已恢复议题2条"


def test_a_part_brings_its_whole_back_and_the_status_line_says_so(
    desk: Desk, window: MainWindow
) -> None:
    held = factory.meeting(desk)
    desk.remove(factory.attendance(desk, held, factory.person(desk, "张伟")))
    desk.remove(held)
    page = turn(window, BinPage)
    page.table.choose_row(1)
    page.restore()
    assert len(desk.find(Meeting)) == len(desk.find(Attendance)) == 1
    assert "连同它所属的协商会“桥口村停车难" in window.status.said.sentence


def test_a_refusal_is_said_on_the_page_and_the_row_stays(desk: Desk, window: MainWindow) -> None:
    held, who = factory.meeting(desk), factory.person(desk, "张伟")
    desk.remove(factory.attendance(desk, held, who))
    factory.attendance(desk, held, who)
    page = turn(window, BinPage)
    page.table.choose_row(0)
    page.restore()
    assert page.wrong.isVisible()
    assert "这个人已经在到会名单里了" in page.wrong.text()
    assert len(names(page)) == 1


def test_what_is_older_is_listed_with_a_tick(desk: Desk, window: MainWindow) -> None:
    clock = desk.now
    assert isinstance(clock, factory.Clock)
    desk.remove(factory.topic(desk, "很久以前"))
    clock.moment += timedelta(days=40)
    page = turn(window, BinPage)
    assert page.empty_label.isVisible()
    assert "最近30天没有删除过资料" in page.empty_label.text()
    page.older_box.click()
    assert names(page) == ["很久以前"]


def test_the_filter_finds_every_word_of_a_row_and_of_its_parts(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    held = factory.meeting(desk)
    factory.attendance(desk, held, factory.person(desk, "张伟"))
    desk.remove(held)
    desk.remove(factory.topic(desk, "路灯"))
    page = turn(window, BinPage)
    commit_text(page.filter_line, "协商会 张伟")
    qtbot.keyClick(page.filter_line, Qt.Key.Key_Return)
    assert names(page) == [held.name]
    assert page.count_label.text() == "找到 1 条"
    page.filter_line.setText("没有这样的")
    qtbot.keyClick(page.filter_line, Qt.Key.Key_Return)
    assert "没有找到含“没有这样的”" in page.empty_label.text()
    page.filter_line.setFocus()
    qtbot.keyClick(page.filter_line, Qt.Key.Key_Escape)
    assert page.filter_line.text() == ""


def test_a_click_on_a_head_sorts(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    for name in ("乙", "甲", "丙"):
        desk.remove(factory.topic(desk, name))
    page = turn(window, BinPage)
    assert names(page) == ["丙", "甲", "乙"]
    header = page.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(1) + 8, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert names(page) == ["丙", "甲", "乙"]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert names(page) == ["乙", "甲", "丙"]


def test_a_removal_elsewhere_shows_at_once(desk: Desk, window: MainWindow) -> None:
    page = turn(window, BinPage)
    assert names(page) == []
    desk.remove(factory.topic(desk, "停车难"))
    assert names(page) == ["停车难"]


def test_many_come_back_with_the_window_alive(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    topics = desk.save_all([Topic(name=f"第{n}号") for n in range(320)])
    with desk.deed("删除议题320条"):
        for each in topics:
            desk.remove(each)
    page = turn(window, BinPage)
    qtbot.waitUntil(lambda: len(page.model.shown) == 320)
    page.table.selectAll()
    page.restore()
    assert len(desk.find(Topic)) == 320
    qtbot.waitUntil(lambda: page.model.shown == [])


def test_the_records_of_a_page_are_still_opened_on_that_page(
    desk: Desk, window: MainWindow
) -> None:
    topic = factory.topic(desk)
    turn(window, BinPage)
    window.go(topic)
    assert isinstance(window.current, TopicPage)


def test_tab_goes_from_the_filter_through_the_buttons_to_the_rows(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.remove(factory.topic(desk))
    page = turn(window, BinPage)
    page.table.choose_row(0)
    page.filter_line.setFocus()
    order = []
    for _ in range(3):
        qtbot.keyClick(window.focusWidget() or page, Qt.Key.Key_Tab)
        order.append(window.focusWidget())
    assert order == [page.older_box, page.restore_button, page.table]


def test_the_bins_model_keeps_qts_rules(desk: Desk, qtmodeltester: ModelTester) -> None:
    for name in ("甲", "乙"):
        desk.remove(factory.topic(desk, name))
    model = BinModel()
    qtmodeltester.check(model)
    model.show_all(RecycleBin(desk).contents())
    model.search("甲")
    assert model.rowCount() == 1
