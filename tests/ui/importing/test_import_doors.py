"""Every way to 导入表格, from the real window."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.services.importing import targets
from liaison_desk.ui.importing.draft import target_for
from liaison_desk.ui.importing.kinds import takes_tables
from liaison_desk.ui.importing.wizard import ImportWizard
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.pages import PAGES
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import PersonPage, TopicPage
from tests.services.importing.importing import INPUTS
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

ROSTER = INPUTS / "县下发委员名册.xlsx"
COPIED = "名称\t理由\n小区停车难\t车位少\n路灯不亮\t线路老化\n"


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=(MemberPage, TopicPage, PersonPage))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the wizard would import its source as; she agrees to each."""
    kinds: list[str] = []

    def agree(wizard: ImportWizard) -> int:
        kinds.append(wizard.page.choices.target_box.currentText())
        wizard.import_button.click()
        return 1

    monkeypatch.setattr(ImportWizard, "exec", agree)
    return kinds


def copy(text: str) -> None:
    """Put a text into the clipboard."""
    QGuiApplication.clipboard().setText(text)


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: each.table)
def test_a_list_offers_the_import_exactly_where_a_table_can_be_one(
    record_type: type[Record],
) -> None:
    assert takes_tables(record_type) == (target_for(record_type) is not None)


def test_every_kind_of_table_has_a_page_that_offers_it() -> None:
    offered = {
        target_for(page.record_type)
        for page in PAGES
        if issubclass(page, RecordPage) and takes_tables(page.record_type)
    }
    assert offered == set(targets())


def test_the_button_of_a_list_imports_what_the_page_keeps_and_one_undo_takes_it_back(
    window: MainWindow, desk: Desk, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = turn(window, MemberPage)
    assert "点“导入”" in page.list.empty_label.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(ROSTER), ""))
    button = page.findChild(QPushButton, "import_table")
    assert isinstance(button, QPushButton)
    button.click()
    assert shown == ["委员名册"]
    assert page.list.model.rowCount() == len(desk.find(Membership)) == 14
    assert window.status.undo_link.isVisible()
    window.undo_deed()
    assert not desk.find(Membership)
    assert not desk.find(Person)


def test_the_menu_imports_with_its_key(
    window: MainWindow,
    desk: Desk,
    shown: list[str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(ROSTER), ""))
    turn(window, TopicPage)
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert shown == ["委员名册"], "a roster is no list of topics, so it is proposed as what it is"
    assert len(desk.find(Membership)) == 14


def test_choosing_no_file_does_nothing(
    window: MainWindow, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    window.actions_.import_table.trigger()
    assert shown == []


def test_cells_copied_elsewhere_are_pasted_into_the_list(
    window: MainWindow, desk: Desk, shown: list[str], qtbot: QtBot
) -> None:
    desk.save(Topic(name="已有的议题"))
    page = turn(window, TopicPage)
    page.list.table.setFocus()
    copy(COPIED)
    qtbot.keySequence(page.list.table, QKeySequence(QKeySequence.StandardKey.Paste))
    assert shown == ["议题"]
    assert {each.name for each in desk.find(Topic)} >= {"小区停车难", "路灯不亮"}


def test_in_the_filter_a_paste_is_text(window: MainWindow, shown: list[str], qtbot: QtBot) -> None:
    page = turn(window, TopicPage)
    page.list.filter_line.setFocus()
    copy("停车")
    qtbot.keySequence(page.list.filter_line, QKeySequence(QKeySequence.StandardKey.Paste))
    assert page.list.filter_line.text() == "停车"
    assert shown == []


def test_pasting_without_cells_says_how_to_copy_some(window: MainWindow, shown: list[str]) -> None:
    copy("一句话")
    window.actions_.paste_table.trigger()
    assert shown == []
    assert "先在 WPS 或 Excel 里选中几行" in window.status.said.sentence


def drop(window: MainWindow, path: Path) -> bool:
    """Drag a file over the window and let it go; whether it was taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    where = window.rect().center()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(where), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(window, entered)
    dropped = QDropEvent(QPointF(where), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(window, dropped)
    return entered.isAccepted()


def test_a_table_dropped_on_the_window_is_imported(
    window: MainWindow, desk: Desk, shown: list[str], qtbot: QtBot
) -> None:
    assert drop(window, ROSTER)
    qtbot.waitUntil(lambda: len(desk.find(Membership)) == 14)
    assert shown == ["委员名册"]


def test_other_files_are_not_taken_for_tables(
    window: MainWindow, shown: list[str], tmp_path: Path
) -> None:
    photo = tmp_path / "照片.jpg"
    shutil.copy(ROSTER, photo)
    assert not drop(window, photo)
    assert shown == []


def test_a_county_imports_nothing(county_desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(county_desk, tmp_path, qtbot, pages=(MemberPage, TopicPage))
    page = turn(window, MemberPage)
    assert page.findChild(QPushButton, "import_table") is None
    assert not window.actions_.import_table.isEnabled()
    assert not window.actions_.paste_table.isEnabled()
    assert not drop(window, ROSTER)


def test_the_status_line_says_what_was_done(window: MainWindow, shown: list[str]) -> None:
    turn(window, TopicPage)
    copy(COPIED)
    window.actions_.paste_table.trigger()
    assert "议题已导入：新增2行" in window.status.said.sentence
