"""Where the cursor stands when a page is turned to, and when nothing is chosen any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Progress, Reply
from liaison_desk.domain.record import with_values
from liaison_desk.ui.elided_button import ElidedButton
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_pages import AgencyPage
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import answer_leaving, make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

PAGES = (HomePage, AgencyPage, MatterPage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def test_the_row_shown_beside_the_list_is_marked_in_it(window: MainWindow, desk: Desk) -> None:
    agency = factory.agency(desk)
    window.show_kind(AgencyPage)
    page = window.current
    assert isinstance(page, AgencyPage)
    assert page.record is not None
    assert page.record.id == agency.id
    assert [each.id for each in page.list.chosen_records()] == [agency.id]


def test_on_an_empty_page_typing_goes_into_its_own_filter(window: MainWindow) -> None:
    window.find_everything()
    window.show_kind(AgencyPage)
    page = window.current
    assert isinstance(page, AgencyPage)
    assert page.list.filter_line.hasFocus()


def test_after_undoing_a_new_record_the_only_other_one_is_reached_by_down(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    kept = factory.agency(desk, "镇司法所")
    page = turn(window, AgencyPage)
    page.new()
    page.form.set_answers({"name": "镇民政办"})
    assert page.save()
    page.form.focus_first()
    window.undo_deed()
    assert page.record is None
    assert page.list.table.hasFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    assert page.record is not None
    assert page.record.id == kept.id


def test_what_was_just_noted_on_a_matter_is_in_sight_in_the_order_it_happened(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = factory.matter(desk)
    today = date(2026, 3, 20)
    desk.save(Reply(matter=matter.id, replied_on=today, result="A 已解决", content="已划好"))
    page = turn(window, MatterPage)
    page.choose(matter)
    page.edit_chosen()

    def fill(dialog: RecordDialog) -> None:
        dialog.form.set_answers({"reported_on": f"{today}", "content": "开始划线"})
        dialog.save()

    monkeypatch.setattr(RecordDialog, "exec", fill)
    page.add_progress()
    assert desk.find(Progress, matter=matter.id)
    assert page.follow_up.tree.isVisible()
    tree = page.follow_up.tree
    told = [item.text(1) for row in range(2) if (item := tree.topLevelItem(row)) is not None]
    assert told == ["进展", "反馈 A 已解决"]


def test_a_click_far_right_in_a_row_leaves_what_it_is_called_in_sight(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for name in ("划定停车位", "清淤"):
        factory.matter(desk, name)
    page = turn(window, MatterPage)
    table = page.list.table
    for column in range(table.model().columnCount()):
        table.setColumnWidth(column, 160)
    last = table.columnAt(table.viewport().width() - 2)
    place = QPoint(table.viewport().width() - 2, table.rowViewportPosition(1) + 4)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.currentIndex().column() == last
    table.scrollTo(table.currentIndex())
    assert table.horizontalScrollBar().value() == 0
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.horizontalScrollBar().value() > 0
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert table.horizontalScrollBar().value() == 0


def test_ctrl_enter_pressed_twice_stays_in_the_first_field_of_the_next_record(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = turn(window, AgencyPage)
    page.new()
    page.form.set_answers({"name": "镇司法所"})
    for _ in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.find(Agency)) == 1
    assert page.form.editors["name"].widget.hasFocus()
    assert page.form.editors["name"].answer() == ""


def test_f2_lets_one_write_on_from_what_is_there(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = turn(window, AgencyPage)
    page.choose(factory.agency(desk, "镇司法"))
    page.take_cursor()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    commit_text(page.form.editors["name"].widget, "所")
    assert page.form.editors["name"].answer() == "镇司法所"


def test_after_restoring_a_value_the_cursor_is_not_on_what_shows_whole_numbers(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    agency = factory.agency(desk, "镇司法所")
    desk.save(with_values(agency, {"phone": "13800000001"}))
    page = turn(window, AgencyPage)
    page.choose(agency)
    page.tabs.setCurrentWidget(page.history)
    line = page.history.changes.tree.topLevelItem(0)
    assert line is not None
    field = line.child(0)
    assert field is not None
    page.history.changes.tree.setCurrentItem(field)
    page.history.value_button.setFocus()
    qtbot.mouseClick(page.history.value_button, Qt.MouseButton.LeftButton)
    kept = desk.get(Agency, agency.id)
    assert kept is not None
    assert kept.phone == ""
    assert page.history.changes.tree.hasFocus()


def test_a_line_of_the_first_page_that_has_no_room_ends_in_an_ellipsis(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.matter(desk, "划定卸货时段和区域，逢集日安排专人值守，划定卸货时段和区域")
    factory.matter(desk, "停车&充电")
    window = make_window(desk, tmp_path, qtbot, pages=PAGES, size=(1000, 700), zoom=150)
    page = turn(window, HomePage)
    shown = [each.shown_text() for each in page.due.findChildren(ElidedButton)]
    assert any(each.endswith("…") and "划定卸货" in each for each in shown)
    assert any("停车&&充电" in each for each in shown)


@pytest.mark.parametrize("zoom", [80, 125, 175])
def test_a_day_that_had_just_room_has_it_at_another_size_of_text(
    desk: Desk, tmp_path: Path, qtbot: QtBot, zoom: int
) -> None:
    factory.matter(desk, due_on=date(2026, 12, 30))
    settings = QSettings(f"{tmp_path}/look.ini", QSettings.Format.IniFormat)
    before = turn(make_window(desk, tmp_path, qtbot, pages=PAGES), MatterPage).list
    before.columns.fit()
    before.remember(settings, "办理事项")
    again = turn(make_window(desk, tmp_path, qtbot, pages=PAGES, zoom=zoom), MatterPage).list
    again.recall(settings, "办理事项")
    column = [each.label for each in again.columns.usual].index("时限")
    assert again.table.columnWidth(column) >= again.table.sizeHintForColumn(column)


@pytest.mark.parametrize("is_chosen", [False, True])
def test_how_urgent_a_matter_is_keeps_its_colour_in_the_chosen_row(
    window: MainWindow, desk: Desk, is_chosen: bool
) -> None:
    factory.matter(desk, due_on=date(2020, 1, 1))
    page = turn(window, MatterPage)
    table = page.list.table
    table.clearSelection()
    table.setCurrentIndex(QModelIndex())
    if is_chosen:
        table.choose_row(0)
    late = window.context.style.light_colour("超期")
    picture = table.viewport().grab(table.visualRect(table.model().index(0, 0))).toImage()
    everywhere = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    assert any(picture.pixelColor(x, y).name() == QColor(late).name() for x, y in everywhere)


def test_a_list_that_filled_a_narrow_window_fits_beside_the_detail_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.agency(desk)
    settings = QSettings(f"{tmp_path}/look.ini", QSettings.Format.IniFormat)
    narrow = make_window(desk, tmp_path, qtbot, pages=PAGES, size=(1000, 700))
    alone = turn(narrow, AgencyPage).list
    alone.columns.show(["名称"])
    alone.columns.fit()
    qtbot.waitUntil(lambda: alone.table.columnWidth(0) > 500)
    alone.remember(settings, "承办单位")
    beside = turn(make_window(desk, tmp_path, qtbot, pages=PAGES), AgencyPage).list
    beside.recall(settings, "承办单位")
    assert beside.table.columnWidth(0) <= beside.table.viewport().width()


def test_ctrl_enter_starts_no_new_record_beside_one_that_is_only_looked_at(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    agency = factory.agency(desk)
    page = turn(window, AgencyPage)
    page.choose(agency)
    page.take_cursor()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.record is not None
    assert page.record.id == agency.id


def test_esc_leaves_a_half_typed_new_record_as_it_is_and_asks_nothing(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.agency(desk)
    asked = answer_leaving(monkeypatch, "cancel")
    page = turn(window, AgencyPage)
    page.new()
    line = page.form.editors["name"].widget
    commit_text(line, "镇司法所")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()
    assert page.form.editors["name"].answer() == "镇司法所"
    assert not asked
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    assert asked
    assert page.form.editors["name"].answer() == "镇司法所"


def test_enter_alone_goes_through_a_form_and_saves_it(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = turn(window, AgencyPage)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    commit_text(page.form.editors["name"].widget, "镇司法所")
    for _ in page.form.editors:
        assert not desk.find(Agency)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.save_button.hasFocus()
    qtbot.keyClick(page.save_button, Qt.Key.Key_Return)
    [kept] = desk.find(Agency)
    assert kept.name == "镇司法所"
    assert page.list.table.hasFocus()
    assert [each.id for each in page.list.chosen_records()] == [kept.id]


def test_enter_held_down_saves_nothing(window: MainWindow, desk: Desk) -> None:
    page = turn(window, AgencyPage)
    page.new()
    page.form.set_answers({"name": "镇司法所"})
    page.save_button.setFocus()
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", autorep=True)
    QApplication.sendEvent(page.save_button, held)
    assert not desk.find(Agency)


def test_the_most_urgent_matter_is_opened_from_the_first_page_by_enter(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    matter = factory.matter(desk)
    window.show_kind(HomePage)
    window.show_kind(AgencyPage)
    factory.agency(desk)
    window.show_kind(HomePage)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    page = window.current
    assert isinstance(page, MatterPage)
    assert page.record is not None
    assert page.record.id == matter.id


def test_in_a_narrow_window_esc_works_on_the_page_a_line_of_the_first_page_opened(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.matter(desk)
    window = make_window(desk, tmp_path, qtbot, pages=PAGES, size=(1000, 700))
    window.show_kind(AgencyPage)
    window.show_kind(HomePage)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    page = window.current
    assert isinstance(page, MatterPage)
    cursor = QApplication.focusWidget()
    assert cursor is not None
    assert page.detail.isAncestorOf(cursor)
    qtbot.keyClick(cursor, Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()
