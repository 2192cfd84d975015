"""Where the clerk stands after undo, after a draft, after 换届, and when she enters a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPushButton

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.membership import TERM_OVER, Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing.targets import targets
from liaison_desk.ui import messages
from liaison_desk.ui.bin_page import BinPage
from liaison_desk.ui.columns_choice import every_column
from liaison_desk.ui.history_page import HistoryPage
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.new_term_dialog import NewTermDialog
from liaison_desk.ui.record_pages import AgencyPage, PersonPage, TopicPage
from liaison_desk.ui.suggest_line import SuggestLine
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import label, make_window, turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

CLEAR_PX = 4
"""Words nearer to the edge of the window than this look cut."""


@pytest.fixture
def open_window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Callable[[], MainWindow]:
    return lambda: make_window(desk, tmp_path, qtbot)


def test_undoing_a_deletion_chooses_what_came_back(
    open_window: Callable[[], MainWindow], desk: Desk
) -> None:
    for name in ("镇司法所", "镇民政办", "镇水利站"):
        factory.agency(desk, name)
    window = open_window()
    page = turn(window, AgencyPage)
    page.show_first()
    gone = page.record
    assert gone is not None
    page.remove()
    assert page.record != gone
    window.undo_deed()
    assert page.record is not None
    assert page.record.id == gone.id
    assert [each.id for each in page.list.chosen_records()] == [gone.id]


@pytest.mark.parametrize(("answer", "is_gone"), [("cancel", False), ("discard", True)])
def test_what_is_typed_is_asked_about_before_its_record_is_deleted(
    open_window: Callable[[], MainWindow],
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    is_gone: bool,
) -> None:
    agency = factory.agency(desk, "镇司法所")
    window = open_window()
    page = turn(window, AgencyPage)
    page.choose(agency)
    page.form.editors["contact"].set_answer("卜正")
    page.form.editors["contact"].edited.emit()
    kept_when_asked: list[bool] = []

    def ask(*_: object) -> str:
        kept_when_asked.append(bool(desk.find(Agency)))
        return answer

    monkeypatch.setattr(messages, "ask_leaving", ask)
    page.remove()
    assert kept_when_asked == [True], "asked once, while it is still there"
    assert bool(desk.find(Agency)) != is_gone


def test_staying_on_a_page_leaves_it_chosen_in_the_sidebar(
    open_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = open_window()
    page = turn(window, AgencyPage)
    page.new()
    page.form.editors["name"].set_answer("镇司法所")
    page.form.editors["name"].edited.emit()
    monkeypatch.setattr(messages, "ask_leaving", lambda *_: "cancel")
    sidebar = window.sidebar
    where = sidebar.visualItemRect(sidebar.item_of(MatterPage)).center()
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QApplication.processEvents()
    assert window.current is page
    assert sidebar.selectedItems() == [sidebar.item_of(AgencyPage)]


def test_ctrl_and_a_click_chooses_one_more_row(
    open_window: Callable[[], MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    for name in ("镇司法所", "镇民政办", "镇水利站"):
        factory.agency(desk, name)
    window = open_window()
    page = turn(window, AgencyPage)
    table = page.list.table

    def click(row: int, *, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        where = table.visualRect(page.list.model.index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, where)

    click(0)
    click(2, ctrl=True)
    assert table.chosen_rows() == [0, 2]
    click(2, ctrl=True)
    assert table.chosen_rows() == [0]


def test_undoing_a_change_shows_whose_it_was(
    open_window: Callable[[], MainWindow], desk: Desk
) -> None:
    changed, other = factory.agency(desk, "镇司法所"), factory.agency(desk, "镇民政办")
    window = open_window()
    page = turn(window, AgencyPage)
    page.choose(changed)
    page.form.editors["contact"].set_answer("卜正")
    page.form.editors["contact"].edited.emit()
    assert page.save()
    page.choose(other)
    window.undo()
    assert page.record == changed
    window.redo()
    assert page.form.editors["contact"].answer() == "卜正"


def test_a_resumed_draft_has_the_cursor_and_a_dropped_one_gives_it_to_the_page(
    open_window: Callable[[], MainWindow], desk: Desk
) -> None:
    factory.topic(desk)
    window = open_window()
    page = turn(window, TopicPage)
    for name in ("没写完", "也没写完"):
        page.new()
        commit_text(page.form.editors["name"].widget, name)
        page.keep_draft()
        drafts = desk.drafts.all()
        page.discard()
        window.offer_drafts(drafts)
        for each in drafts:
            desk.drafts.keep(each)
        button = window.findChild(QPushButton, "resume_draft")
        assert button is not None
        button.setFocus()
        button.click()
        cursor = QApplication.focusWidget()
        assert cursor is not None
        assert page.form.isAncestorOf(cursor)
        page.discard()
    window.offer_drafts(drafts)
    drop = window.findChildren(QPushButton, "drop_draft")[-1]
    drop.setFocus()
    drop.click()
    assert page.list.table.hasFocus()


def test_no_suggestion_stays_over_the_form_once_it_is_saved(
    open_window: Callable[[], MainWindow], desk: Desk
) -> None:
    factory.agency(desk, "镇民政办")
    page = turn(open_window(), MatterPage)
    page.new()
    commit_text(page.form.editors["name"].widget, "修好路灯")
    page.form.editors["due_on"].set_answer("2026-12-1")
    line = page.form.editors["agency"].widget
    assert isinstance(line, SuggestLine)
    line.setFocus()
    commit_text(line, "镇民政")
    assert line.is_suggesting()
    commit_text(line, "办公室")
    line.suggest_all()
    assert line.is_suggesting()
    assert page.save(), page.detail.whole.text()
    assert not line.is_suggesting()


def test_after_a_new_term_the_roster_shows_those_in_office(
    open_window: Callable[[], MainWindow], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("张伟", "李梅"):
        factory.member(desk, name)
    window = open_window()
    page = turn(window, MemberPage)

    def start_at_once(parent: MainWindow, context: object) -> object:
        dialog = NewTermDialog(parent, window.context)
        dialog.apply()
        return dialog.turned

    monkeypatch.setattr(NewTermDialog, "ask", start_at_once)
    page.start_term()
    assert len(desk.find(Membership)) == 4
    shown = [desk.get(Membership, each) for each in page.list.model.ids]
    assert [each.term for each in shown if each] == ["第十三届", "第十三届"]
    window.undo_deed()
    assert page.list.model.rowCount() == 2


def test_the_roster_opens_with_those_in_office_once_a_term_has_ended(
    open_window: Callable[[], MainWindow], desk: Desk
) -> None:
    old = factory.member(desk, "张伟", term="第十一届", status=TERM_OVER)
    now = factory.member(desk, "李梅")
    page = turn(open_window(), MemberPage)
    assert page.list.model.ids == [now.id]
    page.choose(old)
    assert old.id in page.list.model.ids, "what is searched for is shown all the same"


def test_a_new_member_is_called_so(open_window: Callable[[], MainWindow]) -> None:
    page = turn(open_window(), MemberPage)
    page.new()
    assert page.detail.head.text() == "新建委员"


def test_enter_in_the_sidebar_goes_into_the_page_and_the_next_enter_restores(
    open_window: Callable[[], MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    gone = factory.agency(desk, "镇司法所")
    desk.remove(gone)
    window = open_window()
    turn(window, BinPage)
    window.sidebar.setFocus()
    qtbot.keyClick(window.sidebar, Qt.Key.Key_Return)
    cursor = QApplication.focusWidget()
    qtbot.keyClick(cursor, Qt.Key.Key_Return)
    assert desk.find(type(gone)) == [gone]


def test_the_history_says_what_its_lower_list_is_for(
    open_window: Callable[[], MainWindow], desk: Desk
) -> None:
    factory.agency(desk)
    window = open_window()
    page = turn(window, HistoryPage)
    told = label(page, "changes_count")
    assert "选上面一条" in told.text()
    page.take_cursor()
    assert "共改动" in told.text()
    assert [each.row() for each in page.table.selectionModel().selectedRows()] == [0]


def test_a_long_name_that_is_cut_in_a_sentence_ends_in_an_ellipsis(
    open_window: Callable[[], MainWindow], desk: Desk
) -> None:
    topic = factory.topic(desk, "柳河社区老旧小区加装电动自行车充电桩和消防设施改造问题")
    window = open_window()
    page = turn(window, TopicPage)
    page.choose(topic)
    page.remove()
    window.undo_deed()
    assert window.status.said.sentence == (
        "已撤销：删除议题“柳河社区老旧小区加装电动自行车充电桩和…”"
    )


def test_what_was_done_is_told_clear_of_the_edge_of_the_window(
    open_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    window.say("已保存")
    said = window.status.said
    qtbot.waitUntil(said.isVisible)
    QApplication.processEvents()
    assert said.mapTo(window, said.rect().topLeft()).x() >= CLEAR_PX
    assert said.text() == "已保存"


def test_a_picture_is_pasted_right_after_a_click_on_the_tab_of_files(
    open_window: Callable[[], MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    topic = factory.topic(desk)
    page = turn(open_window(), TopicPage)
    page.choose(topic)
    page.take_cursor()
    photo = QImage(8, 8, QImage.Format.Format_RGB32)
    photo.fill(0)
    QGuiApplication.clipboard().setImage(photo)
    bar = page.tabs.tabBar()
    place = bar.tabRect(page.tabs.indexOf(page.attachments)).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    cursor = QApplication.focusWidget()
    qtbot.keyClick(cursor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [each.owner for each in desk.find(Attachment)] == [topic.id]
    QGuiApplication.clipboard().clear()


def test_into_whom_somebody_was_merged_is_no_column_no_narrowing_and_not_imported(
    open_window: Callable[[], MainWindow],
) -> None:
    page = turn(open_window(), PersonPage)
    offered = [each.label for each in every_column(Person, page.make_columns())]
    assert "曾用名" in offered
    assert "合并到" not in offered
    for target in targets():
        assert "合并到" not in [each.label for each in target.fields]
    page.list.filter_menu.aboutToShow.emit()
    entries = [each.text() for each in page.list.filter_menu.actions()]
    assert "曾用名" in entries
    assert "合并到" not in entries
