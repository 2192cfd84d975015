"""来龙去脉 in the window: a picture one reads, walks in with the keys, and opens records from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton

from liaison_desk.domain.matter import Progress
from liaison_desk.domain.meeting import MeetingTopic
from liaison_desk.services.conversions import link_existing
from liaison_desk.services.stations import key_of
from liaison_desk.ui.chain_box import ChainBox
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import TopicPage
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.matter import Matter
    from liaison_desk.domain.meeting import Meeting
    from liaison_desk.domain.record import Record
    from liaison_desk.domain.topic import Topic
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.chain_panel import ChainPanel
    from liaison_desk.ui.main_window import MainWindow

PAGES = (TopicPage, MeetingPage, MatterPage)


class Story:
    """A topic that a meeting talked about, with one matter of which much was told."""

    def __init__(self, desk: Desk) -> None:
        self.topic: Topic = factory.topic(desk, proposed_on=date(2026, 2, 1))
        self.meeting: Meeting = factory.meeting(desk)
        desk.save(MeetingTopic(meeting=self.meeting.id, topic=self.topic.id))
        agreed = factory.consensus(desk, self.meeting)
        self.matter: Matter = factory.matter(desk, consensus=agreed.id, agency=agreed.agency)
        for day in range(1, 19):
            done = Progress(matter=self.matter.id, reported_on=date(2026, 3, day), content="划线")
            desk.save(done)


@pytest.fixture
def story(desk: Desk) -> Story:
    return Story(desk)


@pytest.fixture
def window(desk: Desk, story: Story, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def looked_at(window: MainWindow, record: Record) -> ChainPanel:
    """The tab of a record, looked at."""
    window.go(record)
    page = window.current
    assert isinstance(page, RecordPage)
    panel = page.detail.chain
    page.tabs.setCurrentWidget(panel)
    QApplication.processEvents()
    return panel


def box(panel: ChainPanel, record: Record) -> ChainBox:
    return panel.canvas.boxes[key_of(record.table, record.id)]


def test_the_present_record_is_marked_by_a_word_and_in_view(
    window: MainWindow, story: Story
) -> None:
    panel = looked_at(window, story.matter)
    marked = [each for each in panel.canvas.boxes.values() if each.accessibleName()[:2] == "本条"]
    assert marked == [box(panel, story.matter)]
    middle = marked[0].mapTo(panel.frame.viewport(), marked[0].rect().center())
    assert panel.frame.viewport().rect().contains(middle)


def test_a_box_says_what_it_is_called_how_it_stands_and_when_it_was(
    window: MainWindow, story: Story
) -> None:
    panel = looked_at(window, story.topic)
    spoken = box(panel, story.matter).accessibleName()
    assert spoken == "办理事项，新划停车位30个，正常"
    assert box(panel, story.meeting).toolTip() == "协商会\n桥口村停车难专题协商会\n2026-03-06"


def test_a_click_opens_the_record(window: MainWindow, story: Story, qtbot: QtBot) -> None:
    panel = looked_at(window, story.topic)
    qtbot.mouseClick(box(panel, story.matter), Qt.MouseButton.LeftButton)
    page = window.current
    assert isinstance(page, MatterPage)
    assert page.record
    assert page.record.id == story.matter.id


def test_the_arrows_walk_along_the_lines_and_enter_opens(
    window: MainWindow, story: Story, qtbot: QtBot
) -> None:
    panel = looked_at(window, story.topic)
    start = box(panel, story.topic)
    start.setFocus()
    qtbot.keyClick(start, Qt.Key.Key_Right)
    assert window.focusWidget() is box(panel, story.meeting)
    qtbot.keyClick(box(panel, story.meeting), Qt.Key.Key_Left)
    assert window.focusWidget() is start
    qtbot.keyClick(start, Qt.Key.Key_Up)
    assert window.focusWidget() is start
    qtbot.keyClick(start, Qt.Key.Key_Right)
    qtbot.keyClick(box(panel, story.meeting), Qt.Key.Key_Return)
    assert isinstance(window.current, MeetingPage)


def test_tab_stops_at_one_box_alone(window: MainWindow, story: Story) -> None:
    panel = looked_at(window, story.topic)
    stops = [
        each for each in panel.canvas.boxes.values() if each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == [box(panel, story.topic)]


def test_what_is_told_of_a_record_opens_the_record(
    window: MainWindow, story: Story, desk: Desk, qtbot: QtBot
) -> None:
    panel = looked_at(window, story.topic)
    first = desk.find(Progress)[0]
    qtbot.mouseClick(box(panel, first), Qt.MouseButton.LeftButton)
    assert isinstance(window.current, MatterPage)


def test_many_of_a_kind_are_folded_and_a_key_unfolds_them(
    window: MainWindow, story: Story, qtbot: QtBot
) -> None:
    panel = looked_at(window, story.matter)
    before = len(panel.canvas.boxes)
    fold = next(each for each in panel.canvas.boxes.values() if each.box.fold)
    assert fold.accessibleName() == "还有 12 条"
    fold.setFocus()
    qtbot.keyClick(fold, Qt.Key.Key_Return)
    assert len(panel.canvas.boxes) == before + 12
    closed = window.focusWidget()
    assert isinstance(closed, ChainBox)
    assert closed.accessibleName() == "收起"
    qtbot.keyClick(closed, Qt.Key.Key_Return)
    assert len(panel.canvas.boxes) == before


def test_the_picture_zooms_by_buttons_and_wheel_and_shows_all_of_itself(
    window: MainWindow, story: Story, qtbot: QtBot
) -> None:
    panel = looked_at(window, story.matter)
    width = box(panel, story.matter).width()
    panel.larger_button.click()
    assert box(panel, story.matter).width() > width
    turned = QWheelEvent(
        QPointF(9, 9),
        QPointF(9, 9),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel.frame.viewport(), turned)
    assert box(panel, story.matter).width() == width
    panel.fit_button.click()
    assert panel.canvas.minimumWidth() <= panel.frame.viewport().width()


def test_a_new_link_shows_at_once_and_an_undone_one_is_gone(
    window: MainWindow, story: Story, desk: Desk
) -> None:
    opinion = factory.opinion(desk)
    panel = looked_at(window, story.topic)
    assert key_of("opinion", opinion.id) not in panel.canvas.boxes
    link_existing(desk, opinion, story.topic)
    assert key_of("opinion", opinion.id) in panel.canvas.boxes
    window.undo_deed()
    assert key_of("opinion", opinion.id) not in panel.canvas.boxes


def test_a_record_without_any_link_says_so_and_a_new_one_asks_to_be_saved(
    window: MainWindow, desk: Desk
) -> None:
    panel = looked_at(window, factory.topic(desk, "没有下文的议题"))
    assert panel.hint.text() == "还没有别的资料与它相连。"
    page = turn(window, TopicPage)
    page.new()
    page.tabs.setCurrentWidget(panel)
    assert panel.hint.text() == "先保存，再看来龙去脉。"
    assert not panel.frame.isVisible()


@pytest.mark.parametrize(("dark", "zoom"), [(True, 100), (False, 150)])
def test_no_word_of_a_box_is_cut_in_the_dark_and_at_150_percent(
    desk: Desk, story: Story, tmp_path: Path, qtbot: QtBot, dark: bool, zoom: int
) -> None:
    window = make_window(desk, tmp_path, qtbot, dark=dark, zoom=zoom, pages=PAGES)
    panel = looked_at(window, story.topic)
    for each in panel.canvas.boxes.values():
        assert each.size() == each.sizeHint()
    kinds = box(panel, story.topic)
    words = kinds.fontMetrics().horizontalAdvance("▶ 本条 · 年度协商计划")
    assert words < kinds.width()


def test_a_record_not_saved_yet_has_a_sentence_at_the_top_and_nothing_to_zoom(
    window: MainWindow,
) -> None:
    page = turn(window, TopicPage)
    page.new()
    panel = page.detail.chain
    page.tabs.setCurrentWidget(panel)
    QApplication.processEvents()
    assert panel.hint.text() == "先保存，再看来龙去脉。"
    assert panel.hint.geometry().bottom() < panel.height() / 4
    assert not any(each.isVisible() for each in panel.findChildren(QPushButton))


def test_a_click_on_the_tab_puts_the_cursor_where_the_arrows_walk_from(
    window: MainWindow, story: Story, qtbot: QtBot
) -> None:
    window.go(story.matter)
    page = window.current
    assert isinstance(page, RecordPage)
    page.edit_chosen()
    bar = page.tabs.tabBar()
    panel = page.detail.chain
    place = bar.tabRect(page.tabs.indexOf(panel)).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    assert box(panel, story.matter).hasFocus()
