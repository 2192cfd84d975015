"""Forms: typing, Enter, marks, undo, drafts, leaving."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.ui import tasks
from liaison_desk.ui.editors import LinkEditor
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.member_page import MemberForm, MemberPage
from liaison_desk.ui.pages import PAGES as EVERY_PAGE
from liaison_desk.ui.record_page import AT_ONCE, RecordPage
from liaison_desk.ui.record_pages import PersonPage, TopicPage, VillagePage
from liaison_desk.ui.suggest_line import SuggestLine
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.importing.wizards import when_busy
from tests.ui.windows import answer_leaving, label, make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

RECORD_PAGES = [each for each in EVERY_PAGE if issubclass(each, RecordPage) and each.can_new]
PAGES = (HomePage, MemberPage, TopicPage, PersonPage, VillagePage)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def here() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def write(text: str) -> None:
    commit_text(here(), text)


def place() -> str:
    """The field that has the cursor."""
    widget: QWidget | None = here()
    while widget is not None and not widget.objectName():
        widget = widget.parentWidget()
    return widget.objectName() if widget is not None else ""


def start_topic(window: MainWindow, qtbot: QtBot, name: str = "停车难") -> TopicPage:
    page = turn(window, TopicPage)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    write(name)
    return page


def test_a_new_topic_is_typed_and_saved_with_the_keyboard_alone(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    start_topic(window, qtbot)
    qtbot.keyClick(here(), Qt.Key.Key_S, CTRL)
    assert [each.name for each in desk.find(Topic)] == ["停车难"]


def test_pressing_save_twice_makes_one_record(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = start_topic(window, qtbot)
    qtbot.keyClick(here(), Qt.Key.Key_S, CTRL)
    qtbot.keyClick(here(), Qt.Key.Key_S, CTRL)
    assert len(desk.find(Topic)) == 1
    write("补充")
    qtbot.mouseDClick(page.save_button, Qt.MouseButton.LeftButton)
    assert len(desk.find(Topic)) == 1


def test_enter_goes_through_the_form_in_the_order_of_the_eye(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = turn(window, VillagePage)
    page.new()
    seen = [place()]
    for _ in range(4):
        qtbot.keyClick(here(), Qt.Key.Key_Return)
        seen.append(place())
    assert seen[:4] == ["name", "contact", "phone", "note"]


def test_enter_in_a_closed_list_moves_on_by_one_field(window: MainWindow, qtbot: QtBot) -> None:
    page = turn(window, PersonPage)
    page.new()
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert place() == "gender"
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert place() == "ethnicity"


def test_ctrl_down_goes_on_to_the_next_part_and_out_of_the_form(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = turn(window, MemberPage)
    page.new()
    assert place() == "name"
    write("何木兰")
    qtbot.keyClick(here(), Qt.Key.Key_Down, CTRL)
    assert place() == "term", "the seat begins"
    qtbot.keyClick(here(), Qt.Key.Key_Down, CTRL)
    assert here() is page.save_button


def test_enter_in_the_last_field_stands_on_save(window: MainWindow, qtbot: QtBot) -> None:
    page = turn(window, VillagePage)
    page.new()
    write("桥口村")
    page.form.editors["note"].setFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert here() is page.save_button


def test_tab_goes_down_the_page_and_left_to_right(window: MainWindow, qtbot: QtBot) -> None:
    page = turn(window, MemberPage)
    page.new()
    spots = []
    for _ in range(18):
        spots.append(here().mapTo(page.form, here().rect().topLeft()))
        qtbot.keyClick(here(), Qt.Key.Key_Tab)
    in_order = sorted(spots, key=lambda spot: (round(spot.y() / 12), spot.x()))
    assert spots == in_order


def test_ctrl_enter_saves_and_starts_the_next_one(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = turn(window, VillagePage)
    page.new()
    for name in ("桥口村", "袁庄村"):
        write(name)
        qtbot.keyClick(here(), Qt.Key.Key_Return, CTRL)
    assert sorted(each.name for each in desk.find(Village)) == ["桥口村", "袁庄村"]
    assert place() == "name"
    assert not page.form.editors["name"].answer()


def test_ctrl_enter_in_a_long_text_saves_too(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = start_topic(window, qtbot)
    page.form.editors["reason"].setFocus()
    write("群众反映强烈")
    qtbot.keyClick(here(), Qt.Key.Key_Return, CTRL)
    assert desk.find(Topic)[0].reason == "群众反映强烈"


def test_escape_goes_back_to_the_list_and_f2_into_the_form_again(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    factory.topic(desk)
    page = turn(window, TopicPage)
    page.show_first()
    qtbot.keyClick(page, Qt.Key.Key_F2)
    assert place() == "name"
    qtbot.keyClick(here(), Qt.Key.Key_Escape)
    assert here() is page.list.table
    qtbot.keyClick(here(), Qt.Key.Key_F2)
    assert place() == "name"


@pytest.mark.parametrize("kind", RECORD_PAGES, ids=lambda each: str(each.__name__))
def test_escape_from_a_new_record_nobody_typed_in_asks_nothing(
    kind: type[RecordPage],
    desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answer_leaving(monkeypatch, "cancel")
    factory.member(desk)
    window = make_window(desk, tmp_path, qtbot, pages=(HomePage, kind))
    page = turn(window, kind)
    page.reload()
    window.new()
    assert page.record is not None, "nothing was begun"
    qtbot.keyClick(here(), Qt.Key.Key_Escape)
    now = page.record
    assert now is None or desk.get(type(now), now.id) is not None, "the new one is still there"
    turn(window, HomePage)
    assert asked == []
    assert desk.drafts.all() == []


def test_escape_leaves_what_is_typed_alone(window: MainWindow, qtbot: QtBot) -> None:
    page = start_topic(window, qtbot)
    qtbot.keyClick(here(), Qt.Key.Key_Escape)
    assert page.form.editors["name"].answer() == "停车难"
    assert page.is_dirty()


def test_wrong_fields_are_marked_in_words_and_the_first_has_the_cursor(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = start_topic(window, qtbot)
    page.form.editors["approved_on"].set_answer("后天以后")
    page.form.editors["proposed_on"].set_answer("三月三十二")
    assert not page.save()
    fault = label(page, "proposed_on_fault")
    assert fault.isVisible()
    assert f"{desk.today.year}年3月没有32日" in fault.text()
    assert place() == "proposed_on"
    assert not desk.find(Topic)


def test_an_odd_phone_number_is_warned_of_and_saved(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = turn(window, VillagePage)
    page.new()
    write("桥口村")
    page.form.editors["phone"].setFocus()
    qtbot.keyClicks(here(), "123")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    fault = label(page, "phone_fault")
    assert "请核对" in fault.text()
    assert page.save()
    assert desk.find(Village)[0].phone == "123"


def test_a_date_is_shown_as_it_was_understood_and_undo_brings_back_what_was_typed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = start_topic(window, qtbot)
    page.form.editors["proposed_on"].setFocus()
    here().selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(here(), "0308")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    editor = page.form.editors["proposed_on"]
    assert editor.answer() == f"{desk.today.year}-03-08"
    editor.setFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Z, CTRL)
    assert editor.answer() == "0308"


# -- undo ----------------------------------------------------------------------------------------


def test_ctrl_z_while_typing_takes_back_typing_and_not_a_deed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    factory.topic(desk)
    page = start_topic(window, qtbot)
    qtbot.keyClick(here(), Qt.Key.Key_Z, CTRL)
    assert page.form.editors["name"].answer() == ""
    assert len(desk.find(Topic)) == 1


def test_ctrl_z_after_a_save_takes_the_save_back_though_a_field_has_the_cursor(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    start_topic(window, qtbot)
    qtbot.keyClick(here(), Qt.Key.Key_S, CTRL)
    assert place() == "name"
    qtbot.keyClick(here(), Qt.Key.Key_Z, CTRL)
    assert not desk.find(Topic)


def test_what_was_undone_is_done_again_by_ctrl_y(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    start_topic(window, qtbot)
    qtbot.keyClick(here(), Qt.Key.Key_S, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    assert len(desk.find(Topic)) == 1


def test_a_key_of_another_page_writes_no_letter(window: MainWindow, qtbot: QtBot) -> None:
    page = start_topic(window, qtbot)
    typed = page.form.editors["name"].answer()
    qtbot.keyClick(here(), Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert page.form.editors["name"].answer() == typed
    qtbot.keyClick(here(), Qt.Key.Key_J)
    assert page.form.editors["name"].answer() == f"{typed}j"


# -- leaving -------------------------------------------------------------------------------------


def leave_by_row(page: RecordPage, window: MainWindow) -> None:
    page.list.choose(page.list.model.ids[1])


def leave_by_page(page: RecordPage, window: MainWindow) -> None:
    window.sidebar.show_kind(window.kinds[0])


def leave_by_new(page: RecordPage, window: MainWindow) -> None:
    window.actions_.new.trigger()


def leave_by_close(page: RecordPage, window: MainWindow) -> None:
    window.close()


def leave_by_undo(page: RecordPage, window: MainWindow) -> None:
    window.undo_deed()


WAYS = [leave_by_row, leave_by_page, leave_by_new, leave_by_close, leave_by_undo]


def typed_in(window: MainWindow, desk: Desk) -> TopicPage:
    """Two topics, the first one being typed in."""
    for name in ("甲", "乙"):
        factory.topic(desk, name)
    page = turn(window, TopicPage)
    page.show_first()
    page.edit_chosen()
    write("改了")
    assert page.is_dirty()
    return page


@pytest.mark.parametrize("way", WAYS)
def test_leaving_an_unsaved_form_asks_once_and_cancel_keeps_everything(
    way: object, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = typed_in(window, desk)
    was, record = page.form.answers(), page.record
    asked = answer_leaving(monkeypatch, "cancel")
    way(page, window)  # type: ignore[operator]
    assert len(asked) == 1
    assert window.current is page
    assert window.isVisible()
    assert page.form.answers() == was
    assert page.record is record
    chosen = page.list.current()
    assert chosen is not None
    assert record is not None
    assert chosen.id == record.id
    assert len(desk.find(Topic)) == 2


@pytest.mark.parametrize("way", WAYS)
def test_leaving_with_discard_keeps_nothing_and_goes_on(
    way: object, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = typed_in(window, desk)
    page.keep_draft()
    asked = answer_leaving(monkeypatch, "discard")
    way(page, window)  # type: ignore[operator]
    assert len(asked) == 1
    assert not page.is_dirty()
    assert not desk.drafts.all()
    assert not any("改了" in each.name for each in desk.find(Topic))


@pytest.mark.parametrize("way", [leave_by_row, leave_by_page, leave_by_new, leave_by_close])
def test_leaving_with_save_saves_and_goes_on(
    way: object, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = typed_in(window, desk)
    asked = answer_leaving(monkeypatch, "save")
    way(page, window)  # type: ignore[operator]
    assert len(asked) == 1
    assert any("改了" in each.name for each in desk.find(Topic))


def test_a_click_on_another_row_that_is_cancelled_leaves_the_old_row_selected(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = typed_in(window, desk)
    answer_leaving(monkeypatch, "cancel")
    table = page.list.table
    spot = table.visualRect(page.list.model.index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QApplication.processEvents()
    assert [each.row() for each in table.selectionModel().selectedRows()] == [0]


def test_the_row_chosen_before_can_be_chosen_again_from_a_new_form(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    factory.topic(desk, "甲")
    page = turn(window, TopicPage)
    page.show_first()
    page.new()
    table = page.list.table
    spot = table.visualRect(page.list.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.form.editors["name"].answer() == "甲"


def test_deleting_asks_nothing_and_offers_undo_in_the_status_line(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    factory.topic(desk)
    page = turn(window, TopicPage)
    page.show_first()
    page.list.table.setFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Delete)
    assert not desk.find(Topic)
    assert window.status.undo_link.isVisible()
    qtbot.mouseClick(window.status.undo_link, Qt.MouseButton.LeftButton)
    assert len(desk.find(Topic)) == 1


def test_several_selected_rows_are_deleted_as_one_deed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for name in ("甲", "乙", "丙"):
        factory.topic(desk, name)
    page = turn(window, TopicPage)
    page.show_first()
    page.list.table.setFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "选中 2 条" in page.list.count_label.text()
    qtbot.keyClick(here(), Qt.Key.Key_Delete)
    assert len(desk.find(Topic)) == 1
    window.undo_deed()
    assert len(desk.find(Topic)) == 3


def many_chosen(window: MainWindow, desk: Desk, count: int) -> RecordPage:
    """The page of topics, so many of them chosen."""
    desk.save_all([Topic(name=f"议题{number}") for number in range(count)])
    page = turn(window, TopicPage)
    page.show_first()
    page.list.table.selectAll()
    return page


def test_many_rows_are_deleted_off_the_thread_of_the_window(window: MainWindow, desk: Desk) -> None:
    page = many_chosen(window, desk, AT_ONCE + 1)
    written: list[str] = []
    desk.database.connection.set_trace_callback(written.append)
    page.remove()
    desk.database.connection.set_trace_callback(None)
    assert not desk.find(Topic)
    assert not [each for each in written if each.startswith("UPDATE topic")]
    assert page.list.count_label.text() == "共 0 条"


def test_deleting_many_rows_can_be_cancelled_and_then_all_stay(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SHOW_AFTER_MS", 0)
    page = many_chosen(window, desk, 800)
    cancel = when_busy(lambda box: box.cancel_button.click())
    page.remove()
    cancel.stop()
    assert len(desk.find(Topic)) == 800
    assert "资料没有改动" in window.status.said.sentence


# -- links ---------------------------------------------------------------------------------------


def test_a_link_to_a_removed_record_survives_another_change(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    village = desk.save(Village(name="桥口村"))
    topic = factory.topic(desk, village=village.id)
    desk.remove(village)
    page = turn(window, TopicPage)
    page.choose(topic)
    assert page.form.editors["village"].answer() == "桥口村（已删除）"
    page.edit_chosen()
    write("改了")
    assert page.save()
    kept = desk.get(Topic, topic.id)
    assert kept is not None
    assert kept.village == village.id


def test_namesakes_are_told_apart_and_a_bare_name_is_not_guessed(
    window: MainWindow, desk: Desk
) -> None:
    teacher = factory.person(desk, "张伟", post="柳河中学教师")
    factory.person(desk, "张伟", post="镇商会会长")
    page = turn(window, TopicPage)
    page.new()
    write("停车难")
    editor = page.form.editors["convener"]
    assert isinstance(editor, LinkEditor)
    editor.set_answer("张伟")
    assert not page.save()
    editor.set_answer("张伟（柳河中学教师）")
    assert page.save()
    assert desk.find(Topic)[0].convener == teacher.id
    assert len(desk.find(Person)) == 2


def test_a_new_name_in_a_link_becomes_a_record_with_the_same_deed(
    window: MainWindow, desk: Desk
) -> None:
    page = turn(window, TopicPage)
    page.new()
    write("停车难")
    page.form.editors["village"].set_answer("新塘村")
    assert page.save()
    assert desk.find(Topic)[0].village == desk.find(Village)[0].id
    window.undo_deed()
    assert not desk.find(Village)


# -- drafts --------------------------------------------------------------------------------------


def test_a_draft_is_kept_after_a_pause_and_restored_exactly_at_the_next_start(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(desk, tmp_path, qtbot, pages=PAGES)
    page = turn(window, TopicPage)
    page.new()
    page.form.editors["name"].setFocus()
    commit_text(page.form.editors["name"].widget, "没写完的议题")
    page.form.editors["proposed_on"].set_answer("2026-3-")
    qtbot.waitUntil(lambda: bool(desk.drafts.all()), timeout=5000)
    page.keep_draft()
    again = make_window(desk, tmp_path, qtbot, pages=PAGES)
    again.offer_drafts(desk.drafts.all())
    banner = again.banners.banners[0]
    assert "议题" in banner.label.text()
    qtbot.mouseClick(banner.go_on_button, Qt.MouseButton.LeftButton)
    resumed = again.page(TopicPage)
    assert isinstance(resumed, TopicPage)
    assert again.current is resumed
    assert resumed.form.answers() == page.form.answers()
    assert resumed.is_dirty()
    assert not again.banners.isVisible()
    resumed.form.editors["proposed_on"].set_answer("2026-3-8")
    assert resumed.save()
    assert desk.find(Topic)[0].proposed_on == date(2026, 3, 8)
    assert not desk.drafts.all()


def test_a_draft_that_is_dropped_is_not_offered_again(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = start_topic(window, qtbot)
    page.keep_draft()
    drafts = desk.drafts.all()
    page.form.set_record(Topic())
    window.offer_drafts(drafts)
    qtbot.mouseClick(window.banners.banners[0].drop_button, Qt.MouseButton.LeftButton)
    assert not desk.drafts.all()
    assert not window.banners.isVisible()


def test_saving_another_record_leaves_the_draft_of_a_new_one(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    other = factory.topic(desk)
    page = start_topic(window, qtbot)
    page.keep_draft()
    page.form.set_record(Topic())
    page.choose(other)
    page.edit_chosen()
    write("改了")
    assert page.save()
    assert [each.answers["name"] for each in desk.drafts.all()] == ["停车难"]


def test_a_draft_still_offered_survives_the_next_new_record_of_its_page(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = start_topic(window, qtbot, "第一件")
    page.keep_draft()
    page.form.set_record(Topic())
    window.offer_drafts(desk.drafts.all())
    start_topic(window, qtbot, "第二件")
    page.keep_draft()
    assert {each.answers["name"] for each in desk.drafts.all()} == {"第一件", "第二件"}
    assert page.save()
    assert [each.answers["name"] for each in desk.drafts.all()] == ["第一件"]
    qtbot.mouseClick(window.banners.banners[0].go_on_button, Qt.MouseButton.LeftButton)
    assert page.form.editors["name"].answer() == "第一件"
    page.keep_draft()
    assert len(desk.drafts.all()) == 1
    assert page.save()
    assert {each.name for each in desk.find(Topic)} == {"第一件", "第二件"}
    assert not desk.drafts.all()


def test_taking_up_a_draft_asks_about_what_is_being_typed(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = start_topic(window, qtbot)
    page.keep_draft()
    window.offer_drafts(desk.drafts.all())
    asked = answer_leaving(monkeypatch, "cancel")
    write("又写了")
    qtbot.mouseClick(window.banners.banners[0].go_on_button, Qt.MouseButton.LeftButton)
    assert len(asked) == 1
    assert "又写了" in page.form.editors["name"].answer()
    assert window.banners.isVisible()


def test_the_record_of_a_draft_comes_out_of_the_recycle_bin_first(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    topic = factory.topic(desk)
    page = turn(window, TopicPage)
    assert isinstance(page, TopicPage)
    page.choose(topic)
    page.edit_chosen()
    write("补充")
    page.keep_draft()
    window.offer_drafts(desk.drafts.all())
    page.form.set_record(topic)
    desk.remove(topic)
    qtbot.mouseClick(window.banners.banners[0].go_on_button, Qt.MouseButton.LeftButton)
    assert "恢复" in window.status.said.accessibleName()
    assert page.save()
    [kept] = desk.find(Topic)
    assert (kept.id, "补充" in kept.name) == (topic.id, True)


def test_a_wrong_number_is_told_when_its_field_is_left_and_until_it_is_right(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = turn(window, PersonPage)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    write("单丽")
    form = page.form
    form.editors["identity"].setFocus()
    write("340621197403121014")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    fault = label(form, "identity_fault")
    assert "校验位不对" in fault.text()
    form.editors["identity"].setFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert "校验位不对" in fault.text()
    form.editors["identity"].setFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Backspace)
    write("3")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert not fault.text()


def test_a_refused_form_still_says_what_it_will_bring_about(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = turn(window, PersonPage)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    page.form.editors["village"].setFocus()
    write("东街社区")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert not page.save()
    assert "请填写姓名" in label(page.form, "name_fault").text()
    assert "将新建村（社区）“东街社区”" in label(page.form, "village_fault").text()


@pytest.mark.parametrize(
    ("typed", "kept"), [("han", "汉族"), ("hz", "汉族"), ("汉", "汉"), ("xx", "xx")]
)
def test_a_word_of_a_list_is_written_by_its_sound(
    window: MainWindow, qtbot: QtBot, typed: str, kept: str
) -> None:
    page = turn(window, PersonPage)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    line = page.form.editors["ethnicity"].widget
    line.setFocus()
    write(typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.form.editors["ethnicity"].answer() == kept


def test_what_a_new_member_will_bring_about_is_still_said_when_the_seat_is_refused(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = turn(window, MemberPage)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    write("单丽")
    assert isinstance(page.form, MemberForm)
    person = page.form.person_form
    person.editors["village"].setFocus()
    write("东街社区")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    page.form.editors["term"].set_answer("")
    assert not page.save()
    assert "将新建村（社区）“东街社区”" in label(person, "village_fault").text()


def test_the_words_of_a_list_are_opened_by_the_mouse_as_well(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = turn(window, PersonPage)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    line = page.form.editors["party"].widget
    assert isinstance(line, SuggestLine)
    assert line.arrow is not None
    qtbot.mouseClick(line.arrow, Qt.MouseButton.LeftButton)
    assert "中共党员" in line.suggestions()
    page.form.set_read_only(True)
    assert not line.arrow.isVisible()
