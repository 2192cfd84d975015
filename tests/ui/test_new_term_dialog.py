"""换届 in the window: who goes on is ticked, one button, one 撤销."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from liaison_desk.domain.membership import Membership
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.new_term_dialog import NewTermDialog
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    for name, sector in (("张伟", "教育"), ("李梅", "农业"), ("王强", "农业")):
        factory.member(desk, name, sector=sector, duty="常委", since=date(2022, 1, 10))
    return make_window(desk, tmp_path, qtbot, pages=(MemberPage,))


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> NewTermDialog:
    made = NewTermDialog(window, window.context)
    qtbot.addWidget(made)
    made.show()
    return made


def new_seats(desk: Desk) -> list[Membership]:
    return desk.find(Membership, term="第十三届")


def test_the_next_term_is_proposed_with_everyone_ticked(dialog: NewTermDialog) -> None:
    assert dialog.old_box.currentText() == "第十二届"
    assert dialog.name_line.text() == "第十三届"
    assert len(dialog.going_on()) == 3
    assert "连任 3 人，不再连任 0 人" in dialog.count_label.text()


def test_who_is_ticked_goes_on_and_one_undo_takes_it_back(
    window: MainWindow, dialog: NewTermDialog, desk: Desk, qtbot: QtBot
) -> None:
    dialog.members.setCurrentRow(0)
    qtbot.keyClick(dialog.members, Qt.Key.Key_Space)
    assert "连任 2 人，不再连任 1 人" in dialog.count_label.text()
    dialog.since_line.setText("2027-1-10")
    dialog.carried["duty"].setChecked(False)
    dialog.start_button.click()
    assert not dialog.isVisible()
    assert [(each.duty, each.since) for each in new_seats(desk)] == [
        ("委员", date(2027, 1, 10))
    ] * 2
    assert {each.status for each in desk.find(Membership, term="第十二届")} == {"届满"}
    window.undo_deed()
    assert new_seats(desk) == []
    assert {each.status for each in desk.find(Membership)} == {"在任"}


def test_all_or_none_of_those_found_are_ticked(dialog: NewTermDialog) -> None:
    commit_text(dialog.search_line, "农业")
    dialog.none_button.click()
    assert len(dialog.going_on()) == 1
    dialog.search_line.clear()
    dialog.none_button.click()
    assert dialog.going_on() == []
    dialog.all_button.click()
    assert len(dialog.going_on()) == 3


@pytest.mark.parametrize(
    ("name", "since", "sentence"),
    [
        ("第十二届", "2027-1-10", "同名"),
        ("", "2027-1-10", "请填写新一届"),
        ("第十三届", "看不懂", "看不懂"),
        ("第十三届", "", "请填写起始日期"),
        ("第十三届", "2021-1-1", "不晚于上一届"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_has_changed(
    dialog: NewTermDialog, desk: Desk, name: str, since: str, sentence: str
) -> None:
    before = desk.find(Membership)
    dialog.name_line.setText(name)
    dialog.since_line.setText(since)
    dialog.start_button.click()
    assert dialog.isVisible()
    assert sentence in dialog.whole.text()
    assert desk.find(Membership) == before


def test_the_button_on_the_page_of_members_opens_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(NewTermDialog, "ask", lambda *_: asked.append(True))
    turn(window, MemberPage).term_button.click()
    assert asked == [True]


def test_without_members_there_is_nothing_to_start(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(desk, tmp_path, qtbot, pages=(MemberPage,))
    dialog = NewTermDialog(window, window.context)
    qtbot.addWidget(dialog)
    assert not dialog.start_button.isEnabled()
