"""The pages of the frame: members, matters, home, settings, and the county's desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QScrollArea, QWidget

from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.topic import Topic
from liaison_desk.exports.packet_papers import PacketPapers
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.sample import fill_sample
from liaison_desk.store import queries
from liaison_desk.store.database import Database
from liaison_desk.ui import deed_undo
from liaison_desk.ui.deed_undo import AT_ONCE
from liaison_desk.ui.handoff.handoff_page import HandoffPage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.pages import PAGES as PAGES_OF_A_TOWNSHIP
from liaison_desk.ui.pages import pages_of
from liaison_desk.ui.plan_page import PlanPage
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import TopicPage
from liaison_desk.ui.settings_page import SettingsPage
from liaison_desk.ui.style import DARK, LIGHT, RESOURCES
from liaison_desk.ui.tasks import run_task
from tests import factory
from tests.ui.windows import label, make_window, turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.ui.main_window import MainWindow

PAGES = (HomePage, MemberPage, TopicPage, PlanPage, MatterPage, HandoffPage, SettingsPage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


# -- members -------------------------------------------------------------------------------------


def test_a_new_member_is_person_and_seat_in_one_deed_with_the_usual_term(
    window: MainWindow, desk: Desk
) -> None:
    factory.member(desk)
    page = turn(window, MemberPage)
    page.new()
    assert page.form.editors["term"].answer() == "第十二届"
    editor = page.form.person_form.editors["name"]  # type: ignore[attr-defined]
    editor.set_answer("陆䶮")
    editor.edited.emit()
    assert page.save()
    assert {each.name for each in desk.find(Person)} == {"张伟", "陆䶮"}
    assert len(desk.find(Membership)) == 2
    window.undo_deed()
    assert len(desk.find(Person)) == len(desk.find(Membership)) == 1


def test_changing_a_members_phone_shows_in_the_history_masked(
    window: MainWindow, desk: Desk
) -> None:
    seat = factory.member(desk)
    page = turn(window, MemberPage)
    page.choose(seat)
    editor = page.form.person_form.editors["phone"]  # type: ignore[attr-defined]
    editor.set_answer("13800000001")
    editor.edited.emit()
    assert page.save()
    assert desk.find(Person)[0].phone == "13800000001"
    page.tabs.setCurrentWidget(page.history)
    tree = page.history.tree
    deeds = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    lines = [deed.child(line) for deed in deeds if deed for line in range(deed.childCount())]
    texts = [line.text(column) for line in lines if line for column in range(5)]
    assert "手机" in texts
    assert "届次" in texts
    assert "13800000001" not in texts


def test_a_large_undo_goes_off_the_ui_thread_and_takes_all_back(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.save_all([Person(name=f"人{number}") for number in range(AT_ONCE + 1)])
    tasks: list[str] = []

    def watched(parent: MainWindow, title: str, work: Callable[..., object]) -> object:
        tasks.append(title)
        return run_task(parent, title, work)

    monkeypatch.setattr(deed_undo, "run_task", watched)
    window.undo_deed()
    assert len(tasks) == 1
    assert not desk.find(Person)


# -- matters -------------------------------------------------------------------------------------


def test_open_matters_come_first_by_due_date_with_word_and_shape(
    window: MainWindow, desk: Desk
) -> None:
    today = desk.today
    for name, days in (("正常的", 30), ("超期的", -1), ("临期的", 2)):
        factory.matter(desk, name, due_on=today + timedelta(days=days))
    page = turn(window, MatterPage)
    model = page.list.model
    shown = [model.data(model.index(row, 0)) for row in range(3)]
    assert shown == ["▲ 超期", "◆ 临期", "● 正常"]
    assert "1" in window.sidebar.item_of(MatterPage).text()


def test_closing_without_a_reply_is_refused_in_words_and_changes_nothing(
    window: MainWindow, desk: Desk
) -> None:
    matter = factory.matter(desk)
    page = turn(window, MatterPage)
    page.choose(matter)
    page.close_button.click()
    assert desk.get(Matter, matter.id) == matter
    assert "还没有办理反馈" in label(page, "whole").text()


def test_progress_reply_close_and_reopen(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = factory.matter(desk)
    page = turn(window, MatterPage)
    page.choose(matter)

    def fill(dialog: RecordDialog) -> None:
        dialog.form.editors["content"].set_answer("已划线")
        if "result" in dialog.form.editors:
            dialog.form.editors["result"].set_answer("A 已解决")
        dialog.save()

    monkeypatch.setattr(RecordDialog, "exec", fill)
    page.progress_button.click()
    page.reply_button.click()
    assert page.follow_up.tree.topLevelItemCount() == 2
    page.close_button.click()
    assert page.close_button.text() == "取消办结"
    page.close_button.click()
    kept = desk.get(Matter, matter.id)
    assert kept is not None
    assert kept.closed_on is None
    assert len(desk.find(Progress)) == len(desk.find(Reply)) == 1


def test_an_entry_of_the_follow_up_can_be_removed(window: MainWindow, desk: Desk) -> None:
    matter = factory.matter(desk)
    desk.save(Progress(matter=matter.id, reported_on=desk.today, content="记错了"))
    page = turn(window, MatterPage)
    page.choose(matter)
    tree = page.follow_up.tree
    entry = tree.topLevelItem(0)
    assert entry is not None
    tree.setCurrentItem(entry)
    page.follow_up.remove_button.click()
    assert not desk.find(Progress)
    assert window.status.undo_link.isVisible()


# -- home ----------------------------------------------------------------------------------------


def test_the_figures_of_the_first_page_open_their_records(window: MainWindow, desk: Desk) -> None:
    factory.matter(desk)
    topic = factory.topic(desk)
    desk.save_all([PlanItem(year=year, topic=topic.id) for year in (2025, 2026)])
    home = turn(window, HomePage)
    home.due.heading.click()
    assert isinstance(window.current, MatterPage)
    turn(window, HomePage).plan.heading.click()
    page = window.current
    assert isinstance(page, PlanPage)
    assert page.narrowing_bar.label.text() == "只看2026年的计划"
    assert page.list.count_label.text() == "共 1 条"
    page.narrowing_bar.all_button.click()
    assert page.list.count_label.text() == "共 2 条"
    turn(window, HomePage).handoff.heading.click()
    assert isinstance(window.current, HandoffPage)


def test_many_changes_not_yet_reported_are_not_counted_on_the_thread_of_the_window(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    factory.topic(desk)
    turn(window, TopicPage)
    monkeypatch.setattr(queries, "QUICK_ROWS", 0)
    asked: list[str] = []
    desk.database.connection.set_trace_callback(asked.append)
    window.reload()
    home = turn(window, HomePage)
    desk.database.connection.set_trace_callback(None)
    assert asked
    assert not [each for each in asked if "count(DISTINCT change.record)" in each]

    def lines() -> list[str]:
        return [each.text() for each in home.handoff.findChildren(QPushButton)]

    qtbot.waitUntil(lambda: "现有 2 条资料新增或改动，还没有报送" in lines())


def test_an_empty_first_page_says_the_likely_next_thing(window: MainWindow, desk: Desk) -> None:
    home = turn(window, HomePage)
    texts = [each.text() for each in home.findChildren(QPushButton) if each.isVisible()]
    assert "登记议题" in texts
    assert "先导入委员名册" in texts
    next(each for each in home.findChildren(QPushButton) if each.text() == "登记议题").click()
    assert isinstance(window.current, TopicPage)
    assert isinstance(window.current.record, Topic)


# -- settings ------------------------------------------------------------------------------------


def test_backup_and_check_are_told_of_in_the_page(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    page = turn(window, SettingsPage)
    page.backup_button.click()
    assert "已备份并核对" in label(page, "result").text()
    assert str(tmp_path / "资料.db") in label(page, "where").text()
    page.check_button.click()
    assert "资料完好" in label(page, "result").text()


def test_the_backup_folder_can_be_changed(
    window: MainWindow, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "移动硬盘"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(new))
    page = turn(window, SettingsPage)
    page.folder_button.click()
    page.backup_button.click()
    assert list(new.glob("备份_*.db"))
    assert desk.database.setting("backup_folder") == str(new)


# -- the frame -----------------------------------------------------------------------------------


def test_every_action_is_in_a_menu_with_its_key_and_in_the_page_of_keys(
    window: MainWindow,
) -> None:
    in_menus = {
        action.text() for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()
    }
    for action in window.actions_.every():
        assert action.text() in in_menus
        assert action in window.actions_.pages or not action.shortcut().isEmpty()


def test_the_ten_commonest_pages_have_a_key_each(window: MainWindow, qtbot: QtBot) -> None:
    keys = [each.key for each in PAGES_OF_A_TOWNSHIP if each.key]
    assert sorted(keys) == sorted([*(f"Alt+{number}" for number in range(10)), "Ctrl+,"])
    for kind in window.kinds:
        number = kind.key.removeprefix("Alt+")
        key = Qt.Key.Key_Comma if kind.key == "Ctrl+," else getattr(Qt.Key, f"Key_{number}")
        modifier = Qt.KeyboardModifier
        held = modifier.ControlModifier if kind.key == "Ctrl+," else modifier.AltModifier
        qtbot.keyClick(window, key, held)
        assert type(window.current) is kind


class Looks(QObject):
    """Counts how often a widget is given its colours again."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count, and let everything pass."""
        self.count += event.type() == QEvent.Type.PaletteChange
        return False


def test_a_page_is_put_together_from_without_inwards_so_that_it_opens_fast(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(desk, tmp_path, qtbot)
    looks, application = Looks(), QApplication.instance()
    assert application is not None
    application.installEventFilter(looks)
    page = window.page(MemberPage)
    application.removeEventFilter(looks)
    assert looks.count < 3 * len(page.findChildren(QWidget))


def test_a_page_turned_to_by_its_key_has_the_cursor_in_its_list(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    factory.member(desk)
    window.toolbar.search_box.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    page = window.current
    assert isinstance(page, MemberPage)
    assert page.list.table.hasFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    assert page.record is not None
    page.focus_search()
    qtbot.keyClick(page.list.filter_line, Qt.Key.Key_Down)
    assert page.list.table.hasFocus()


def test_what_a_page_cannot_do_is_grey(window: MainWindow) -> None:
    acts = window.actions_
    turn(window, HomePage)
    assert not any(each.isEnabled() for each in (acts.new, acts.save, acts.find))
    assert acts.print.isEnabled(), "ledgers and wall sheets are printed from anywhere"
    turn(window, TopicPage)
    assert acts.new.isEnabled()
    assert acts.find.isEnabled()
    assert not acts.save.isEnabled()
    assert not acts.edit.isEnabled()


def test_a_long_sentence_in_the_status_line_does_not_widen_the_window(window: MainWindow) -> None:
    before = window.minimumSizeHint().width()
    window.say("没有保存：" + "请填写名称；" * 60)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() == before
    assert window.width() == 1366


@pytest.mark.parametrize(
    ("zoom", "size"), [(100, (1366, 768)), (150, (1366, 768)), (100, (1024, 600))]
)
def test_nothing_has_to_be_scrolled_sideways(
    zoom: int, size: tuple[int, int], desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.member(desk)
    factory.matter(desk)
    factory.topic(desk)
    window = make_window(desk, tmp_path, qtbot, pages=PAGES, zoom=zoom, size=size)
    for page in map(window.page, window.kinds):
        window.show_page(page)
        page.show_first()
        if isinstance(page, RecordPage):
            page.show_form()
        QApplication.processEvents()
        for scroll in page.findChildren(QScrollArea):
            if scroll.isVisible():
                assert scroll.horizontalScrollBar().maximum() == 0, page.title
    assert (window.width(), window.height()) == size


def test_narrow_windows_open_the_detail_over_the_list(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.topic(desk)
    window = make_window(desk, tmp_path, qtbot, pages=PAGES, size=(1024, 600))
    page = turn(window, TopicPage)
    assert page.list.isVisible()
    page.list.go_to_rows()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert not page.list.isVisible()
    assert page.form.isVisible()
    qtbot.keyClick(page.form.editors["name"].widget, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert page.list.table.hasFocus()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_text_can_be_read_on_its_ground(tokens: object) -> None:
    t = LIGHT if tokens is LIGHT else DARK
    for ground in (t.background, t.panel, t.selection):
        for text in (t.text, t.muted, t.link):
            assert contrast(text, ground) >= 4.5
    for text in (t.ok, t.soon, t.late, t.accent):
        assert contrast(text, t.background) >= 4.5
    assert contrast(t.on_accent, t.accent) >= 4.5


# -- the county ----------------------------------------------------------------------------------


@pytest.fixture
def county_window(county_desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A county's window that has taken in the sample township's packet."""
    database = Database.open(tmp_path / "乡镇.db")
    township = Desk(database, now=factory.Clock(datetime(2026, 3, 31, 9, 0)))
    fill_sample(township, RESOURCES / "sample")
    stick = tmp_path / "U盘"
    stick.mkdir()
    order = PacketOrder(date(2026, 1, 1), date(2026, 3, 31))
    made = make_packet(township, order, stick, PacketPapers(township, FontBook, township.today))
    database.close()
    apply_plan(county_desk, plan_reception(county_desk, read_packet(made.path)))
    return make_window(county_desk, tmp_path, qtbot)


def test_a_countys_pages_are_for_reading_and_say_whose_the_records_are(
    county_window: MainWindow,
) -> None:
    shown = 0
    for page in map(county_window.page, county_window.kinds):
        county_window.show_page(page)
        if not isinstance(page, RecordPage):
            continue
        assert not page.can_new
        page.show_first()
        if page.record is None:
            continue
        shown += 1
        assert "只能查看" in label(page, "source").text()
        assert label(page, "source").isVisible()
        assert not page.save_button.isVisible()
        assert not page.remove_button.isVisible()
    assert shown >= 6
    assert county_window.page(MemberPage).findChild(QPushButton, "import_table") is None
    assert not county_window.actions_.import_table.isEnabled()


def test_a_countys_form_shows_the_names_the_township_linked(county_window: MainWindow) -> None:
    page = turn(county_window, TopicPage)
    page.show_first()
    assert page.form.editors["village"].answer()


def test_the_township_box_limits_every_list(county_window: MainWindow) -> None:
    page = turn(county_window, TopicPage)
    every = page.list.model.rowCount()
    assert county_window.township_box.count() == 2
    county_window.township_box.setCurrentIndex(1)
    assert page.list.model.rowCount() == every
    county_window.context.township = "没有这个"
    county_window.reload()
    assert page.list.model.rowCount() == 0
    handoff = turn(county_window, HandoffPage)
    assert handoff.choice.packets.model.rowCount() == 0


def test_a_county_receives_and_a_township_reports(
    county_window: MainWindow, window: MainWindow
) -> None:
    there = turn(county_window, HandoffPage).choice
    here = turn(window, HandoffPage).choice
    assert there.receive_button.isVisible()
    assert not there.send_button.isVisible()
    assert here.send_button.isVisible()
    assert pages_of(county_window.context)[0] is not HomePage
