"""经手人 in the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.record import with_values
from liaison_desk.ui import messages
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.operator_button import ANOTHER, OperatorButton
from liaison_desk.ui.record_pages import TopicPage
from tests import factory
from tests.ui.windows import make_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=(HomePage, TopicPage))


@pytest.fixture
def button(window: MainWindow) -> OperatorButton:
    found = window.status.findChild(OperatorButton)
    assert isinstance(found, OperatorButton)
    return found


def offered(button: OperatorButton) -> list[str]:
    button.names.aboutToShow.emit()
    return [each.text() for each in button.names.actions() if each.text()]


def pick(button: OperatorButton, name: str) -> None:
    assert name in offered(button)
    next(each for each in button.names.actions() if each.text() == name).trigger()


def test_the_clerk_is_shown_and_another_hand_can_say_so(
    button: OperatorButton, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert button.text() == "经手人 李文书"
    assert offered(button) == ["李文书", ANOTHER]
    monkeypatch.setattr(messages, "ask_line", lambda *_: "王芳")
    pick(button, ANOTHER)
    assert button.text() == "经手人 王芳"
    assert "经手人写“王芳”" in window.status.said.sentence
    factory.topic(desk)
    assert desk.log.deeds(1)[0].operator == "王芳"
    assert offered(button) == ["李文书", "王芳", ANOTHER]
    pick(button, "李文书")
    factory.topic(desk)
    assert desk.log.deeds(1)[0].operator == "李文书"


def test_giving_up_or_an_empty_name_changes_nobody(
    button: OperatorButton, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer in (None, "  "):
        monkeypatch.setattr(messages, "ask_line", lambda *_, answer=answer: answer)
        pick(button, ANOTHER)
        assert button.text() == "经手人 李文书"


def test_a_new_clerk_of_the_office_is_shown_at_once(button: OperatorButton, desk: Desk) -> None:
    office = desk.office
    assert office is not None
    desk.save(with_values(office, {"clerk": "赵文书"}))
    assert button.text() == "经手人 赵文书"
