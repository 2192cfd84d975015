"""The tab 历史 of a record: what it tells, and what can be restored from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.minutes import finalise
from liaison_desk.ui import messages
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.record_pages import PersonPage, TopicPage
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QTreeWidgetItem
    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.history_panel import HistoryPanel
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.record_page import RecordPage

LEFT = Qt.MouseButton.LeftButton
SHOWN = (HomePage, TopicPage, PersonPage, MeetingPage, MinutesPage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=SHOWN)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said in a box."""
    sentences: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, error: sentences.append(str(error)))
    return sentences


def panel_of(window: MainWindow, kind: type[RecordPage], record: Record) -> HistoryPanel:
    page = turn(window, kind)
    page.choose(record)
    page.tabs.setCurrentWidget(page.history)
    return page.history


def items(panel: HistoryPanel) -> Iterator[QTreeWidgetItem]:
    """Every line, from above to below."""
    waiting = children(panel.tree.invisibleRootItem())
    while waiting:
        item = waiting.pop(0)
        waiting = children(item) + waiting
        yield item


def children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = [item.child(place) for place in range(item.childCount())]
    return [each for each in found if each is not None]


def rows(panel: HistoryPanel) -> list[list[str]]:
    return [[item.text(column) for column in range(3)] for item in items(panel)]


def pick(panel: HistoryPanel, *texts: str) -> None:
    """Choose the first line that begins with these texts."""
    for item in items(panel):
        if [item.text(column) for column in range(len(texts))] == list(texts):
            panel.tree.setCurrentItem(item)
            return
    pytest.fail(f"{texts} is not among {rows(panel)}")


@pytest.fixture
def topic(desk: Desk) -> Topic:
    """A topic that was renamed."""
    made = factory.topic(desk, "停车难", proposer="何木兰")
    return desk.save(with_values(made, {"name": "停车太难"}))


def test_each_deed_stands_with_who_and_when_and_the_fields_it_changed(
    window: MainWindow, topic: Topic
) -> None:
    panel = panel_of(window, TopicPage, topic)
    found = rows(panel)
    assert found[0][0].endswith("李文书　保存议题“停车太难”")
    assert found[0][0].startswith("2026-03-09 09:00")
    assert found[1] == ["名称", "停车难", "停车太难"]
    assert ["提出人", "", "何木兰"] in found


def test_an_old_value_comes_back_at_a_click_and_goes_again_with_undo(
    window: MainWindow, topic: Topic, desk: Desk, qtbot: QtBot
) -> None:
    panel = panel_of(window, TopicPage, topic)
    assert not panel.value_button.isEnabled()
    pick(panel, "名称", "停车难", "停车太难")
    qtbot.mouseClick(panel.value_button, LEFT)
    assert desk.find(Topic)[0].name == "停车难"
    assert rows(panel)[1] == ["名称", "停车太难", "停车难"]
    assert "已恢复名称" in window.status.said.sentence
    window.status.undo_link.click()
    assert desk.find(Topic)[0].name == "停车太难"


def test_the_present_value_cannot_be_restored(window: MainWindow, topic: Topic) -> None:
    panel = panel_of(window, TopicPage, topic)
    pick(panel, "提出人", "", "何木兰")
    assert not panel.value_button.isEnabled()


def test_the_whole_record_goes_back_to_a_chosen_deed(
    window: MainWindow, topic: Topic, desk: Desk, qtbot: QtBot
) -> None:
    desk.save(with_values(topic, {"proposer": "欧阳喆", "reason": "群众反映"}))
    panel = panel_of(window, TopicPage, topic)
    pick(panel, "名称", "停车难", "停车太难")
    qtbot.mouseClick(panel.moment_button, LEFT)
    now = desk.find(Topic)[0]
    assert (now.name, now.proposer, now.reason) == ("停车太难", "何木兰", "")


def test_locked_minutes_say_why_nothing_is_restored(
    window: MainWindow, desk: Desk, told: list[str], qtbot: QtBot
) -> None:
    held = factory.meeting(desk)
    draft = factory.minutes(desk, held)
    draft = desk.save(with_values(draft, {"heading": "关于停车的协商纪要"}))
    finalise(desk, draft)
    panel = panel_of(window, MinutesPage, draft)
    pick(panel, "标题", "关于桥口村停车难问题的协商纪要", "关于停车的协商纪要")
    qtbot.mouseClick(panel.value_button, LEFT)
    assert told == ["没有恢复：纪要已定稿，不能改动。需要改时请用“另起新版本”"]


def test_a_telephone_number_is_masked_until_the_clerk_asks(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    who = factory.person(desk, phone="13800000001")
    panel = panel_of(window, PersonPage, who)
    assert ["手机", "", "138****0001"] in rows(panel)
    panel.personal_box.click()
    assert ["手机", "", "13800000001"] in rows(panel)
    other = factory.person(desk, "李四", phone="13900000001")
    panel = panel_of(window, PersonPage, other)
    assert ["手机", "", "139****0001"] in rows(panel)


def test_where_there_is_no_number_nothing_asks_to_show_one(
    window: MainWindow, topic: Topic
) -> None:
    assert panel_of(window, TopicPage, topic).personal_box.isHidden()


def test_a_long_text_is_shown_with_what_was_put_in_and_taken_out(
    window: MainWindow, desk: Desk, topic: Topic
) -> None:
    before = "桥口村集镇段车辆乱停乱放，群众出行不便，意见很大。要求尽快划线。"
    after = before.replace("意见很大", "意见较大<b>")
    first = desk.save(with_values(topic, {"reason": before}))
    desk.save(with_values(first, {"reason": after}))
    panel = panel_of(window, TopicPage, topic)
    assert panel.changes.marked.isHidden()
    pick(panel, "选题案由", before, after)
    assert not panel.changes.marked.isHidden()
    html = panel.changes.marked.toHtml()
    assert "line-through" in html
    assert "underline" in html
    shown = panel.changes.marked.toPlainText()
    assert "较" in shown
    assert "<b>" in shown, "what was typed is no mark-up"
    pick(panel, "名称", "停车难", "停车太难")
    assert panel.changes.marked.isHidden()


def test_the_lines_of_a_meeting_are_named_and_stay_when_they_are_removed(
    window: MainWindow, desk: Desk
) -> None:
    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held)
    desk.remove(agreed)
    found = [row[0] for row in rows(panel_of(window, MeetingPage, held))]
    assert "删除共识事项“新划停车位30个”" in found
    assert "新建共识事项“新划停车位30个”" in found


def test_what_is_typed_is_dealt_with_before_anything_is_restored(
    window: MainWindow, topic: Topic, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(window, TopicPage, topic)
    pick(panel, "名称", "停车难", "停车太难")
    page = turn(window, TopicPage)
    editor = page.form.editors["proposer"]
    editor.set_answer("欧阳喆")
    editor.edited.emit()
    monkeypatch.setattr(messages, "ask_leaving", lambda *_: "cancel")
    qtbot.mouseClick(panel.value_button, LEFT)
    assert desk.find(Topic)[0].name == "停车太难"
    monkeypatch.setattr(messages, "ask_leaving", lambda *_: "save")
    qtbot.mouseClick(panel.value_button, LEFT)
    now = desk.find(Topic)[0]
    assert (now.name, now.proposer) == ("停车难", "欧阳喆")


def test_another_offices_record_is_read_only_in_its_history_too(
    window: MainWindow, desk: Desk
) -> None:
    who = factory.person(desk, "陆䶮")
    desk.save(with_values(who, {"note": "召集人"}))
    desk.database.set_setting("office", "another")
    panel = panel_of(window, PersonPage, desk.find(Person)[0])
    pick(panel, "备注", "", "召集人")
    assert not panel.value_button.isEnabled()
    assert not panel.moment_button.isEnabled()
