"""导出台账: from a list to its workbook by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.ui import messages
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.plan_page import PlanPage
from tests.exports.papers.story import MOBILE, Story
from tests.scenarios.clerk import Clerk
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow


@pytest.fixture
def window(desk: Desk, story: Story, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the clerk wants the files."""
    folder = tmp_path / "台账"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


def presses_ctrl_e(qtbot: QtBot) -> None:
    clerk = Clerk(qtbot)
    clerk.begins("导出")
    clerk.presses(Qt.Key.Key_E, ctrl=True)


def test_a_list_gives_its_own_ledger_with_a_sheet_for_each_year(
    window: MainWindow, folder: Path, qtbot: QtBot, story: Story
) -> None:
    turn(window, MeetingPage)
    presses_ctrl_e(qtbot)
    (made,) = folder.iterdir()
    assert made.name.startswith("协商活动台账_")
    book = openpyxl.load_workbook(made)
    assert book.sheetnames == ["2026"]
    texts = [cell.value for row in book["2026"].iter_rows() for cell in row]
    assert story.meeting.name in texts


def test_the_first_page_gives_all_five_with_numbers_masked(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    turn(window, HomePage)
    presses_ctrl_e(qtbot)
    names = sorted(each.name.partition("_")[0] for each in folder.iterdir())
    assert names == ["办理事项台账", "协商活动台账", "委员名册", "活动台账", "社情民意台账"]
    for path in folder.iterdir():
        for sheet in openpyxl.load_workbook(path):
            assert MOBILE not in [str(c.value) for row in sheet.iter_rows() for c in row]


def test_a_folder_that_takes_nothing_is_told_and_nothing_is_lost(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, error: told.append(str(error)))
    folder.rmdir()
    turn(window, MeetingPage)
    presses_ctrl_e(qtbot)
    assert "没有写成" in told[0]
    assert "资料没有改动" in told[0]


def test_the_plan_page_prints_the_plan(window: MainWindow, qtbot: QtBot) -> None:
    from liaison_desk.ui.printing.print_dialog import PrintDialog

    item = window.desk.find(PlanItem)[0]
    turn(window, PlanPage).choose(item)
    shown: list[str] = []
    clerk = Clerk(qtbot)
    clerk.begins("打印")

    def look(dialog: PrintDialog) -> None:
        shown.append(dialog.preview.title.text())
        dialog.reject()

    with clerk.answers(PrintDialog, look):
        clerk.presses(Qt.Key.Key_P, ctrl=True)
    assert shown == ["年度协商计划表"]
