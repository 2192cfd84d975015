"""查找全部: from the key to the record, without the mouse."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from liaison_desk.domain.meeting import Statement
from liaison_desk.services import searching
from liaison_desk.services.searching import FEW, Piece, pages_called
from liaison_desk.store.pinyin import spellings
from liaison_desk.ui import search_box
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.pages import COUNTY_PAGES
from liaison_desk.ui.pages import PAGES as PAGES_OF_TOWNSHIP
from liaison_desk.ui.record_pages import PersonPage, TopicPage
from liaison_desk.ui.search_rows import Row
from liaison_desk.ui.settings_page import SettingsPage
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.searching import Results
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.page import Page

PAGES = (TopicPage, MeetingPage, PersonPage, SettingsPage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def lines(window: MainWindow) -> list[str]:
    panel = window.toolbar.search_box.panel
    return [each.text for each in panel.rows.rows] if panel.isVisible() else []


def look_for(window: MainWindow, qtbot: QtBot, words: str) -> list[str]:
    """Type as an input method does and wait for what is found."""
    box = window.toolbar.search_box
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(box.hasFocus)
    box.clear()
    box.panel.hide()
    commit_text(box, words)
    qtbot.waitUntil(lambda: bool(lines(window)) and not lines(window)[0].startswith("正在"))
    return lines(window)


def press(window: MainWindow, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.toolbar.search_box, key)


def chosen(window: MainWindow) -> str:
    return str(window.toolbar.search_box.panel.list.currentIndex().data())


def test_enter_opens_the_record_that_the_arrows_chose(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    factory.topic(desk, "停车难")
    held = factory.meeting(desk, "停车难协商会")
    found = look_for(window, qtbot, "停车")
    assert found[0] == "议题　1 条"
    assert found[2] == "协商会　1 条"
    assert chosen(window).startswith("停车难")
    press(window, qtbot, Qt.Key.Key_Down)
    assert chosen(window).startswith("停车难协商会")
    press(window, qtbot, Qt.Key.Key_Down)
    assert chosen(window).startswith("停车难　"[:3])
    press(window, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return)
    page = window.current
    assert isinstance(page, MeetingPage)
    assert page.record == held
    assert not lines(window)
    assert page.list.table.hasFocus()


def test_enter_in_a_hurry_opens_the_first_as_soon_as_it_is_found(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    who = factory.person(desk, "单丽")
    box = window.toolbar.search_box
    box.start()
    qtbot.keyClicks(box, "shanli")
    press(window, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.current, PersonPage))
    page = turn(window, PersonPage)
    assert page.record == who


def test_esc_goes_back_to_where_she_was(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    factory.topic(desk, "停车难")
    page = turn(window, TopicPage)
    page.list.filter_line.setFocus()
    look_for(window, qtbot, "停车")
    press(window, qtbot, Qt.Key.Key_Escape)
    assert page.list.filter_line.hasFocus()
    assert not lines(window)
    assert window.current is page


def test_a_statement_opens_its_meeting(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    held = factory.meeting(desk)
    desk.save(Statement(meeting=held.id, person=factory.person(desk).id, point="建议拓宽道路"))
    look_for(window, qtbot, "拓宽")
    press(window, qtbot, Qt.Key.Key_Return)
    page = window.current
    assert isinstance(page, MeetingPage)
    assert page.record == held


def test_more_of_a_group_is_the_list_with_its_filter_filled_in(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(FEW + 2):
        factory.topic(desk, f"停车难{number}")
    factory.topic(desk, "别的")
    found = look_for(window, qtbot, "停车")
    assert found[-1] == "还有 2 条，到“议题”里看全部"
    press(window, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return)
    page = turn(window, TopicPage)
    assert page.list.filter_line.text() == "停车"
    qtbot.waitUntil(lambda: len(page.list.model.ids) == FEW + 2)


def test_more_of_a_part_is_listed_in_the_panel(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    held = factory.meeting(desk)
    who = factory.person(desk)
    for number in range(FEW + 2):
        desk.save(Statement(meeting=held.id, person=who.id, point=f"拓宽道路{number}"))
    found = look_for(window, qtbot, "拓宽")
    assert found[-1] == "还有 2 条，在这里列出"
    press(window, qtbot, Qt.Key.Key_PageDown, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines(window)) == FEW + 3)
    assert window.toolbar.search_box.hasFocus()


def test_a_page_is_reached_by_the_sound_of_its_name(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert look_for(window, qtbot, "sz")[:2] == ["页面", "转到“设置”"]
    press(window, qtbot, Qt.Key.Key_Return)
    assert isinstance(window.current, SettingsPage)


@pytest.mark.parametrize("kind", dict.fromkeys((*PAGES_OF_TOWNSHIP, *COUNTY_PAGES)))
def test_every_page_is_found_by_its_name_and_its_initials(kind: type[Page]) -> None:
    titles = [each.title for each in (*PAGES_OF_TOWNSHIP, *COUNTY_PAGES)]
    assert kind.title in pages_called(kind.title, titles)
    shortest = min(spellings(kind.title), key=len)
    assert kind.title in pages_called(shortest, titles)


def test_nothing_found_says_so_and_enter_does_nothing(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    before = window.current
    [line] = look_for(window, qtbot, "查无此事")
    assert "没有找到含“查无此事”的资料" in line
    press(window, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.current is before


def test_an_empty_box_and_another_place_put_the_panel_away(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    factory.topic(desk, "停车难")
    box = window.toolbar.search_box
    look_for(window, qtbot, "停车")
    press(window, qtbot, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert not box.panel.isVisible()
    look_for(window, qtbot, "停车")
    window.sidebar.setFocus()
    assert not box.panel.isVisible()


def test_a_slow_search_neither_blocks_typing_nor_comes_after_a_newer_one(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.topic(desk, "停车难")
    factory.topic(desk, "漏水")
    go_on = threading.Event()

    def slow(desk: Desk, words: str, **rest: object) -> Results:
        if words == "停":
            go_on.wait(20)
        return searching.search_everything(desk, words)

    monkeypatch.setattr(search_box, "search_everything", slow)
    box = window.toolbar.search_box
    box.start()
    commit_text(box, "停")
    qtbot.waitUntil(lambda: lines(window) == ["正在查找……"])
    box.clear()
    commit_text(box, "漏水")
    qtbot.waitUntil(lambda: any("漏水" in line for line in lines(window)))
    go_on.set()
    qtbot.waitUntil(lambda: all(each.name != "question" for each in threading.enumerate()))
    assert not any("停车" in line for line in lines(window))


def test_the_lines_keep_qts_rules(
    window: MainWindow, desk: Desk, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    factory.topic(desk, "停车难")
    look_for(window, qtbot, "停车")
    qtmodeltester.check(window.toolbar.search_box.panel.rows)


@pytest.mark.parametrize("size", [(1366, 768), (900, 560)])
@pytest.mark.parametrize("zoom", [100, 150])
def test_the_panel_stays_inside_the_window(
    desk: Desk, tmp_path: Path, qtbot: QtBot, size: tuple[int, int], zoom: int
) -> None:
    window = make_window(desk, tmp_path, qtbot, pages=PAGES, size=size, zoom=zoom)
    for number in range(40):
        factory.person(desk, f"停车{number}")
        factory.topic(desk, f"停车{number}")
    look_for(window, qtbot, "停车")
    panel = window.toolbar.search_box.panel
    assert window.rect().contains(panel.geometry())
    assert panel.list.viewport().height() > 200
    assert not panel.grab().isNull()


def test_the_head_of_the_first_group_is_in_sight_after_nothing_was_found(
    window: MainWindow, qtbot: QtBot
) -> None:
    box = window.toolbar.search_box
    rows = box.panel.list
    head = Row((Piece("议题　8 条"),), is_head=True)
    found = [head, *(Row((Piece(f"停车{each}"),), deed=box.start) for each in range(8))]
    found *= 3
    box.panel.show_rows(found, box)
    qtbot.waitUntil(lambda: rows.viewport().height() > 200)
    box.panel.show_rows([Row((Piece("没有找到"),))], box)
    qtbot.waitUntil(lambda: 0 < rows.viewport().height() < 60)
    box.panel.show_rows(found, box)
    assert rows.viewport().height() > 200
    assert rows.verticalScrollBar().value() == 0
