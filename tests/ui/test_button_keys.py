"""Keys that press the buttons of a page, wherever the cursor is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.minutes import FINAL, ISSUED, Minutes
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.style import RESOURCES
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.page import Page

PAGES = (MeetingPage, MinutesPage, MatterPage)
ALT = Qt.KeyboardModifier.AltModifier
KEYS = (
    (MatterPage, "Alt+J"),
    (MatterPage, "Alt+R"),
    (MatterPage, "Alt+B"),
    (MeetingPage, "Alt+Q"),
    (MinutesPage, "Alt+D"),
    (MinutesPage, "Alt+I"),
)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    """Press Alt and a key where the cursor is."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), key, ALT)


def test_progress_and_reply_are_begun_by_a_key_from_the_list(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[type[Record]] = []

    def look(dialog: RecordDialog) -> None:
        asked.append(dialog.form.record_type)

    monkeypatch.setattr(RecordDialog, "exec", look)
    page = turn(window, MatterPage)
    page.choose(factory.matter(desk))
    page.list.table.setFocus()
    press(qtbot, Qt.Key.Key_J)
    press(qtbot, Qt.Key.Key_R)
    assert asked == [Progress, Reply]


def test_a_matter_is_closed_and_opened_again_by_the_same_key(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    matter = factory.matter(desk)
    desk.save(Reply(matter=matter.id, replied_on=desk.today, result="A 已解决", content="已划线"))
    page = turn(window, MatterPage)
    page.choose(matter)
    page.list.table.setFocus()
    press(qtbot, Qt.Key.Key_B)
    assert desk.find(Matter)[0].closed_on == desk.today
    press(qtbot, Qt.Key.Key_B)
    assert desk.find(Matter)[0].closed_on is None


def test_minutes_are_drafted_and_finalised_by_two_keys(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    meeting = factory.meeting(desk)
    factory.attendance(desk, meeting, factory.person(desk))
    factory.consensus(desk, meeting, agency=factory.agency(desk).id)
    page = turn(window, MeetingPage)
    page.choose(meeting)
    page.list.table.setFocus()
    press(qtbot, Qt.Key.Key_Q)
    assert isinstance(window.current, MinutesPage)
    press(qtbot, Qt.Key.Key_D)
    assert desk.find(Minutes)[0].status == FINAL
    press(qtbot, Qt.Key.Key_I)
    assert desk.find(Minutes)[0].status == ISSUED


def test_the_key_of_a_button_out_of_sight_does_nothing(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = turn(window, MatterPage)
    page.new()
    page.form.editors["name"].set_answer("新划停车位")
    assert not page.close_button.isVisible()
    press(qtbot, Qt.Key.Key_B)
    assert desk.find(Matter) == []


@pytest.mark.parametrize(("kind", "key"), KEYS)
def test_the_key_is_told_on_the_button_and_in_the_page_of_keys(
    kind: type[Page], key: str, window: MainWindow
) -> None:
    buttons = turn(window, kind).findChildren(QPushButton)
    assert [each.text() for each in buttons if key in each.toolTip()], "no button tells it"
    assert key in (RESOURCES / "help" / "keys.md").read_text("utf-8")
