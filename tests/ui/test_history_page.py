"""The page of the whole office's changes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from liaison_desk.domain.matter import Matter
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.services.attaching import attach_content
from liaison_desk.ui.deed_filter import OWN_PERIOD
from liaison_desk.ui.history_page import HistoryPage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.record_pages import PersonPage, TopicPage
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

SHOWN = (HomePage, TopicPage, PersonPage, MeetingPage, HistoryPage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=SHOWN)


@pytest.fixture
def page(window: MainWindow, desk: Desk) -> HistoryPage:
    """The page after a topic, a meeting and a person were made."""
    factory.topic(desk, "停车难", proposer="何木兰")
    factory.meeting(desk, "灌溉协商会")
    desk.operator = "王文书"
    factory.person(desk, "孙頔", phone="13800000001")
    return turn(window, HistoryPage)


def rows(page: HistoryPage, column: int = 2) -> list[str]:
    model = page.model
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def choose(page: HistoryPage, row: int) -> None:
    page.table.setCurrentIndex(page.model.index(row, 0))


def changes(page: HistoryPage) -> list[str]:
    """What is said of each record the chosen deed changed."""
    tree = page.changes.tree
    found = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [each.text(0) for each in found if each is not None]


def pick(page: HistoryPage, box: str, name: str) -> None:
    chosen = getattr(page.filter, box)
    place = chosen.findText(name)
    assert place >= 0, f"{name} is not offered"
    chosen.setCurrentIndex(place)


def test_every_deed_stands_there_newest_first_with_who_and_what(page: HistoryPage) -> None:
    assert rows(page) == [
        "保存人员“孙頔”",
        "保存协商会“灌溉协商会”",
        "保存议题“停车难”",
        "设置本室“柳河镇政协联络组”",
    ]
    assert rows(page, 1)[:2] == ["王文书", "李文书"]
    assert rows(page, 3)[0] == "人员 1"
    assert page.count_label.text() == "共 4 条"


def test_the_model_keeps_qts_rules(page: HistoryPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)


def test_words_find_titles_and_what_was_written(page: HistoryPage, qtbot: QtBot) -> None:
    page.focus_search()
    commit_text(page.filter.words, "何木兰")
    qtbot.waitUntil(lambda: rows(page) == ["保存议题“停车难”"])
    assert page.count_label.text() == "共 1 条"
    commit_text(page.filter.words, "没有的词")
    qtbot.waitUntil(lambda: rows(page) == [])
    assert "按 Esc 看全部" in page.count_label.text()
    qtbot.keyClick(page.filter.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(rows(page)) == 4)


def test_kind_person_and_period_narrow_the_list(page: HistoryPage, desk: Desk) -> None:
    pick(page, "kind_box", "协商会")
    assert rows(page) == ["保存协商会“灌溉协商会”"]
    pick(page, "kind_box", "所有类别")
    pick(page, "operator_box", "王文书")
    assert rows(page) == ["保存人员“孙頔”"]
    pick(page, "operator_box", "所有经手人")
    pick(page, "period_box", "今天")
    assert len(rows(page)) == 4
    with desk.database.transaction() as connection:
        connection.execute("UPDATE deed SET done_at = '2026-02-01T08:00:00' WHERE number < 3")
    pick(page, "period_box", "最近7天")
    assert len(rows(page)) == 2


def test_a_period_is_typed_as_people_write_days(
    page: HistoryPage, desk: Desk, qtbot: QtBot
) -> None:
    with desk.database.transaction() as connection:
        connection.execute("UPDATE deed SET done_at = '2026-02-01T08:00:00' WHERE number < 3")
    assert page.filter.first_line.isHidden()
    pick(page, "period_box", OWN_PERIOD)
    assert not page.filter.first_line.isHidden()
    page.filter.first_line.setText("2026-3-1")
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    page.filter.first_line.setText("")
    page.filter.last_line.setText("2026.2.1")
    qtbot.waitUntil(lambda: rows(page)[-1].startswith("设置本室") and len(rows(page)) == 2)
    page.filter.last_line.setText("不是日期")
    qtbot.waitUntil(lambda: len(rows(page)) == 4)
    assert "看不懂这个日期" in page.filter.last_line.toolTip()


def test_the_parts_of_a_meeting_count_as_the_meeting(page: HistoryPage, desk: Desk) -> None:
    held = factory.meeting(desk, "第二次")
    factory.consensus(desk, held)
    pick(page, "kind_box", "协商会")
    assert rows(page)[0].startswith("保存共识事项")


def test_a_chosen_deed_shows_what_it_changed_and_masks_numbers(
    page: HistoryPage, qtbot: QtBot
) -> None:
    choose(page, 0)
    assert changes(page) == ["新建人员“孙頔”"]
    assert page.changes_label.text() == "这一步共改动 1 处"
    item = page.changes.tree.topLevelItem(0)
    assert item is not None

    def texts() -> list[str]:
        top = page.changes.tree.topLevelItem(0)
        assert top is not None
        lines = (top.child(place) for place in range(top.childCount()))
        return [each.text(2) for each in lines if each is not None]

    assert "138****0001" in texts()
    page.personal_box.click()
    assert "13800000001" in texts()


def test_an_import_is_one_line_that_opens_into_its_first_changes(
    page: HistoryPage, desk: Desk
) -> None:
    desk.save_all([Person(name=f"张{number}") for number in range(1300)], "导入名册")
    choose(page, 0)
    assert rows(page)[0] == "导入名册"
    assert len(changes(page)) == 200
    assert page.changes_label.text() == "这一步共改动 1,300 处，列出前 200 处"


def test_undone_and_redone_deeds_are_marked(
    page: HistoryPage, desk: Desk, window: MainWindow
) -> None:
    window.undo_deed()
    assert rows(page)[:2] == ["撤销：保存人员“孙頔”", "保存人员“孙頔”（已撤销）"]
    font = page.model.data(page.model.index(1, 2), Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont)
    assert font.strikeOut()
    desk.redo()
    assert rows(page)[:3] == ["重做：保存人员“孙頔”", "撤销：保存人员“孙頔”", "保存人员“孙頔”"]


def test_enter_opens_the_record_of_a_deed(
    page: HistoryPage, window: MainWindow, qtbot: QtBot
) -> None:
    choose(page, 2)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert isinstance(window.current, TopicPage)
    assert window.current.record is not None
    assert window.current.record.caption == "停车难"


def test_a_part_and_a_file_open_what_they_belong_to(
    page: HistoryPage, window: MainWindow, desk: Desk
) -> None:
    held = factory.meeting(desk, "第二次")
    factory.consensus(desk, held)
    attach_content(desk, held, "签到.jpg", b"scan")
    for row in (0, 1):
        choose(page, row)
        page.open_chosen()
        assert isinstance(window.current, MeetingPage)
        assert window.current.record == held
        window.show_page(page)


def test_a_value_is_restored_here_too_even_of_the_office_itself(
    page: HistoryPage, desk: Desk
) -> None:
    office = desk.office
    assert office is not None
    desk.save(with_values(office, {"phone": "0561-6111111"}))
    choose(page, 0)
    assert not page.value_button.isEnabled()
    top = page.changes.tree.topLevelItem(0)
    assert top is not None
    line = top.child(0)
    assert line is not None
    page.changes.tree.setCurrentItem(line)
    page.value_button.click()
    assert desk.office == office
    assert rows(page)[0].startswith("恢复本室")


def test_what_is_in_the_bin_says_so(page: HistoryPage, window: MainWindow, desk: Desk) -> None:
    desk.remove(desk.find(Person)[0])
    choose(page, 0)
    page.open_button.click()
    assert window.current is page
    assert "人员“孙頔”已删除，在回收站里" in window.status.said.sentence


def test_the_chosen_deed_stays_chosen_when_another_is_done(page: HistoryPage, desk: Desk) -> None:
    choose(page, 1)
    desk.save(with_values(desk.find(Person)[0], {"note": "新"}))
    assert page.table.currentIndex().row() == 2
    assert changes(page) == ["新建协商会“灌溉协商会”"]


def test_tens_of_thousands_of_deeds_scroll_without_a_wait(
    page: HistoryPage, desk: Desk, qtbot: QtBot
) -> None:
    with desk.database.transaction() as connection:
        connection.executemany(
            "INSERT INTO deed (stamp, done_at, operator, title, kind) "
            "VALUES (?, '2026-03-09T08:00:00', '李文书', ?, 'do')",
            ((f"x{n}", f"保存人员“张{n}”") for n in range(40_000)),
        )
    page.reload()
    qtbot.waitUntil(lambda: page.count_label.text() == "共 40,004 条")
    took = []
    for row in range(0, 40_000, 1000):
        started = time.perf_counter()
        page.table.scrollTo(page.model.index(row, 0))
        page.table.viewport().grab()
        took.append(time.perf_counter() - started)
    assert sorted(took)[len(took) * 9 // 10] < 0.1, "one in ten may meet a busy machine"


def test_a_matter_is_offered_as_a_kind_and_its_progress_is_not(page: HistoryPage) -> None:
    box = page.filter.kind_box
    names = [box.itemText(place) for place in range(box.count())]
    assert Matter.title in names
    assert "办理进展" not in names
