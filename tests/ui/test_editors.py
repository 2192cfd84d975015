"""Editors: whom a name means, what is offered, dates, remarks, and input methods."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from liaison_desk.domain.activity import Activity
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.fields import Day, LongText
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.ui.date_line import DateLine
from liaison_desk.ui.editors import LinkEditor, make_editor
from liaison_desk.ui.field_offers import FieldOffers
from liaison_desk.ui.name_index import Named, NameIndex
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_pages import PersonPage
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_once, make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
DOWN, ENTER, ESC, TAB = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
)


def form_of(desk: Desk, qtbot: QtBot, record_type: type[Record]) -> RecordForm:
    make_once()

    def choices(table: str) -> list[tuple[str, str]]:
        known = [each for each in RECORD_TYPES if each.table == table]
        return [(each.id, each.caption) for each in desk.find(known[0])]

    form = RecordForm(record_type, choices)
    form.set_offers(FieldOffers(desk, record_type))
    form.set_record(record_type())
    qtbot.addWidget(form)
    form.resize(900, 700)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def enter(form: RecordForm, name: str) -> QLineEdit:
    """Put the cursor into a field."""
    form.editors[name].setFocus()
    widget = form.editors[name].widget
    assert isinstance(widget, QLineEdit)
    return widget


def link(form: RecordForm, name: str) -> LinkEditor:
    editor = form.editors[name]
    assert isinstance(editor, LinkEditor)
    return editor


def beside(form: RecordForm, name: str) -> str:
    label = form.findChild(QLabel, f"{name}_fault")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


# -- whom a name means ---------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["shanli", "sl", "danli", "dl", "shan", "SL"])
def test_a_person_is_picked_by_pinyin_or_initials_with_enter(
    typed: str, desk: Desk, qtbot: QtBot
) -> None:
    person = factory.person(desk, "单丽")
    factory.person(desk, "王建国")
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "convener")
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, ENTER)
    assert link(form, "convener").answer() == "单丽"
    assert link(form, "convener").value() == person.id
    assert not link(form, "convener").line.is_suggesting()


def test_enter_takes_a_name_and_moves_on_in_one_stroke(desk: Desk, qtbot: QtBot) -> None:
    desk.save(Village(name="桥口村"))
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "village")
    qtbot.keyClicks(line, "qk")
    qtbot.keyClick(line, ENTER)
    assert form.editors["village"].answer() == "桥口村"
    assert not line.hasFocus()


def test_tab_takes_what_pinyin_stands_for(desk: Desk, qtbot: QtBot) -> None:
    person = factory.person(desk, "王建国")
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "convener")
    qtbot.keyClicks(line, "wjg")
    qtbot.keyClick(line, TAB)
    assert link(form, "convener").value() == person.id


def test_the_best_matches_come_first() -> None:
    index = NameIndex(
        Named(str(place), name)
        for place, name in enumerate(["陈小李", "李红梅", "黎明", "李红", "张伟"])
    )
    assert [each.caption for each in index.find("李")] == ["李红梅", "李红", "陈小李"]
    assert [each.caption for each in index.find("李红")] == ["李红", "李红梅"]
    assert [each.caption for each in index.find("li")] == ["李红梅", "黎明", "李红", "陈小李"]


def test_somebody_is_found_by_the_unit_as_well() -> None:
    index = NameIndex([Named("1", "张伟", "柳河中学教师"), Named("2", "李红", "镇商会会长")])
    assert [each.id for each in index.find("柳河中学")] == ["1"]


def test_namesakes_are_listed_with_their_posts(desk: Desk, qtbot: QtBot) -> None:
    factory.person(desk, "张伟", post="柳河中学教师")
    factory.person(desk, "张伟强", post="镇商会会长")
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "convener")
    commit_text(line, "张伟")
    shown = link(form, "convener").line.suggestions()
    assert "张伟　柳河中学教师" in shown
    assert "张伟强　镇商会会长" in shown


def test_a_name_that_is_not_known_offers_a_new_record(desk: Desk, qtbot: QtBot) -> None:
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "convener")
    commit_text(line, "马东")
    assert link(form, "convener").line.suggestions() == ["马东　新建人员"]
    qtbot.keyClick(line, ENTER)
    assert beside(form, "convener") == "将新建人员“马东”"
    assert [each.caption for each in form.new_records()] == ["马东"]


@pytest.mark.parametrize("typed", ["zx", "0308"])
def test_what_is_nobodys_name_makes_nobody(desk: Desk, qtbot: QtBot, typed: str) -> None:
    form = form_of(desk, qtbot, Topic)
    form.editors["name"].set_answer("停车难")
    line = enter(form, "convener")
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, ENTER)
    with pytest.raises(NotValid, match=f"没有找到“{typed}”，新的名称请输汉字"):
        form.record()
    assert beside(form, "convener") == f"没有找到“{typed}”，新的名称请输汉字"
    assert form.new_records() == []


def test_the_cursor_of_a_new_record_goes_past_what_is_filled_in(desk: Desk, qtbot: QtBot) -> None:
    form = form_of(desk, qtbot, Directive)
    assert form.editors["kind"].answer()
    form.focus_first()
    assert form.editors["name"].widget.hasFocus()


def test_a_letter_chooses_in_a_closed_list_by_its_sound(desk: Desk, qtbot: QtBot) -> None:
    form = form_of(desk, qtbot, Topic)
    box = form.editors["source"].widget
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Q)
    assert form.editors["source"].answer() == "群众提题"
    qtbot.keyClick(box, Qt.Key.Key_W)
    assert form.editors["source"].answer() == "委员荐题"
    qtbot.keyClick(box, Qt.Key.Key_J)
    assert form.editors["source"].answer() == "委员荐题", "no word sounds so"


def test_the_same_letter_again_goes_on_to_the_next_word(desk: Desk, qtbot: QtBot) -> None:
    form = form_of(desk, qtbot, Person)
    box = form.editors["gender"].widget
    box.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(box, Qt.Key.Key_N)
        seen.append(form.editors["gender"].answer())
    assert seen == ["男", "女", "男"]


def test_a_misspelt_agency_is_said_to_become_a_new_one_and_the_known_one_is_offered(
    desk: Desk, qtbot: QtBot
) -> None:
    known = desk.save(Agency(name="县住房和城乡建设局", short_name="县住建局"))
    form = form_of(desk, qtbot, Matter)
    line = enter(form, "agency")
    commit_text(line, "县住房与城乡建设局")
    qtbot.keyClick(line, ENTER)
    said = beside(form, "agency")
    assert "将新建承办单位“县住房与城乡建设局”" in said
    assert "是不是" in said
    assert "县住房和城乡建设局</a>" in said
    label = form.findChild(QLabel, "agency_fault")
    assert isinstance(label, QLabel)
    label.linkActivated.emit(said.split("href='")[1].split("'")[0])
    assert link(form, "agency").value() == known.id
    assert beside(form, "agency") == ""
    assert form.new_records() == []


def test_an_agency_is_known_by_its_short_name_too(desk: Desk, qtbot: QtBot) -> None:
    known = desk.save(Agency(name="县住房和城乡建设局", short_name="县住建局"))
    form = form_of(desk, qtbot, Matter)
    form.editors["agency"].set_answer("县住建局")
    assert link(form, "agency").value() == known.id


def test_a_homophone_is_taken_for_a_misspelling() -> None:
    index = NameIndex([Named("1", "王建国"), Named("2", "李红梅")])
    assert [each.id for each in index.near("王健国")] == ["1"]
    assert [each.id for each in index.near("李虹每")] == ["2"]
    assert index.near("赵钱孙") == []


def test_escape_closes_the_list_and_keeps_what_is_typed(desk: Desk, qtbot: QtBot) -> None:
    factory.person(desk, "王建国")
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "convener")
    commit_text(line, "王")
    qtbot.keyClick(line, ESC)
    assert not link(form, "convener").line.is_suggesting()
    assert line.text() == "王"


def test_the_mouse_opens_everything_by_the_arrow(desk: Desk, qtbot: QtBot) -> None:
    for name in ("王建国", "李红梅"):
        factory.person(desk, name)
    form = form_of(desk, qtbot, Topic)
    line = link(form, "convener").line
    assert line.arrow is not None
    qtbot.mouseClick(line.arrow, Qt.MouseButton.LeftButton)
    assert len(line.suggestions()) == 2


def test_every_key_is_answered_at_once_among_ten_thousand_people(qtbot: QtBot) -> None:
    names = [
        Named(f"{a}{b}{c}{d}", f"{a}{b}{c}")
        for a in "王李张刘陈单解朴曾查"
        for b in "小大乐明国建志秀玉春"
        for c in "华红伟丽芳军杰涛俊朝"
        for d in range(10)
    ]
    index = NameIndex(names)
    while index.warm():
        pass
    slowest = 0.0
    for typed in ("w", "wa", "wang", "wxh", "王", "王小", "小华", "王小名", "xiaohua"):
        begun = time.perf_counter()
        index.find(typed) or index.near(typed)
        slowest = max(slowest, time.perf_counter() - begun)
    assert len(names) == 10_000
    assert slowest < 0.15  # measured 0.01; a busy machine takes longer


def test_names_are_spelt_in_bits_while_nothing_is_typed() -> None:
    index = NameIndex(Named(str(number), f"王{chr(0x4E00 + number)}") for number in range(1200))
    bits = 1
    while index.warm(500):
        bits += 1
    assert bits == 3


# -- what was entered last -----------------------------------------------------------------------


def test_the_values_used_last_are_offered_newest_first(desk: Desk, qtbot: QtBot) -> None:
    for approver in ("镇党委", "县政协", "镇党委会议"):
        factory.topic(desk, f"议题{approver}", approver=approver)
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "approver")
    qtbot.keyClick(line, DOWN)
    assert form.editors["approver"].line.suggestions() == ["镇党委会议", "县政协", "镇党委"]  # type: ignore[attr-defined]
    qtbot.keyClick(line, DOWN)
    qtbot.keyClick(line, ENTER)
    assert form.editors["approver"].answer() == "县政协"


def test_while_typing_enter_keeps_what_is_typed_and_not_what_is_offered(
    desk: Desk, qtbot: QtBot
) -> None:
    factory.topic(desk, approver="镇党委会议")
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "approver")
    commit_text(line, "镇党委")
    assert form.editors["approver"].line.suggestions() == ["镇党委会议"]  # type: ignore[attr-defined]
    qtbot.keyClick(line, ENTER)
    assert form.editors["approver"].answer() == "镇党委"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("接", "接待日"), ("jdr", "接待日"), ("接待日", "接待日"), ("院坝会", "院坝会")],
)
def test_enter_takes_the_word_of_a_list_that_begins_as_typed(
    desk: Desk, qtbot: QtBot, typed: str, kept: str
) -> None:
    form = form_of(desk, qtbot, Activity)
    line = enter(form, "kind")
    commit_text(line, typed)
    qtbot.keyClick(line, ENTER)
    assert form.editors["kind"].answer() == kept


def test_records_linked_last_stand_first_in_the_list(desk: Desk, qtbot: QtBot) -> None:
    villages = [desk.save(Village(name=name)) for name in ("东村", "南村", "西村")]
    factory.topic(desk, village=villages[2].id)
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "village")
    qtbot.keyClick(line, DOWN)
    assert link(form, "village").line.suggestions()[0].startswith("西村")
    assert len(link(form, "village").line.suggestions()) == 3


def test_personal_fields_and_names_are_never_offered_again(desk: Desk) -> None:
    factory.person(desk, "张伟", phone="13800000001", identity="", post="教师")
    offers = FieldOffers(desk, Person)
    assert offers.recent("post") == ["教师"]
    for name in ("name", "phone", "identity"):
        assert offers.recent(name) == []
        assert not offers.is_offered(name)


def test_ctrl_apostrophe_repeats_the_last_record(desk: Desk, qtbot: QtBot) -> None:
    village = desk.save(Village(name="桥口村"))
    topic = factory.topic(desk, village=village.id, approver="镇党委", reason="群众反映")
    form = form_of(desk, qtbot, Topic)
    assert "上一条：镇党委" in enter(form, "approver").placeholderText()
    for name in ("approver", "village", "reason", "proposed_on", "name"):
        form.editors[name].setFocus()
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Apostrophe, CTRL)
    assert form.editors["approver"].answer() == "镇党委"
    assert form.editors["village"].value() == village.id
    assert form.editors["reason"].answer() == "群众反映"
    assert form.editors["proposed_on"].value() == topic.proposed_on
    assert form.editors["name"].answer() == ""
    assert form.is_dirty()


def test_values_of_removed_records_are_not_offered(desk: Desk) -> None:
    desk.remove(factory.topic(desk, approver="错写的机关"))
    assert FieldOffers(desk, Topic).recent("approver") == []


# -- dates ---------------------------------------------------------------------------------------


def date_line(desk: Desk, qtbot: QtBot) -> tuple[RecordForm, DateLine]:
    form = form_of(desk, qtbot, Topic)
    line = enter(form, "proposed_on")
    assert isinstance(line, DateLine)
    return form, line


def test_what_is_understood_stands_beside_a_date_while_it_is_typed(
    desk: Desk, qtbot: QtBot
) -> None:
    _form, line = date_line(desk, qtbot)
    commit_text(line, "2026年3月8号")
    assert line.meant() == "2026年3月8日 周日"
    qtbot.keyClick(line, ENTER)
    assert line.text() == "2026-03-08"
    assert line.meant() == "周日"


def test_arrows_and_plus_and_minus_move_a_day(desk: Desk, qtbot: QtBot) -> None:
    form, line = date_line(desk, qtbot)
    line.setText("2026-02-28")
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert line.text() == "2026-03-01"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClicks(line, "-")
    assert line.text() == "2026-02-27"
    qtbot.keyClicks(line, "+")
    qtbot.keyClick(line, Qt.Key.Key_PageUp)
    assert line.text() == "2026-03-07"
    assert form.is_dirty()
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert abs(form.editors["proposed_on"].value() - desk.now().date()) < timedelta(days=40000)


def test_a_minus_between_numbers_is_typed(desk: Desk, qtbot: QtBot) -> None:
    _form, line = date_line(desk, qtbot)
    qtbot.keyClicks(line, "2026-3-8")
    assert line.text() == "2026-3-8"


def test_a_day_that_does_not_exist_is_said_when_the_field_is_left(desk: Desk, qtbot: QtBot) -> None:
    form, line = date_line(desk, qtbot)
    commit_text(line, "2026年2月30日")
    qtbot.keyClick(line, ENTER)
    assert "2026年2月没有30日" in beside(form, "proposed_on")
    assert line.text() == "2026年2月30日"
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert beside(form, "proposed_on") == ""


# -- remarks and input methods -------------------------------------------------------------------


def test_a_text_longer_than_advised_is_warned_of_while_it_is_typed(
    desk: Desk, qtbot: QtBot
) -> None:
    found = [
        (record_type, name)
        for record_type in RECORD_TYPES
        for name, kind in record_type.fields().items()
        if isinstance(kind, LongText) and kind.advised_length
    ]
    record_type, name = found[0]
    form = form_of(desk, qtbot, record_type)
    kind = form.editors[name].kind
    assert isinstance(kind, LongText)
    editor = form.editors[name].widget
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText("字" * (kind.advised_length + 1))
    assert str(kind.advised_length + 1) in beside(form, name)
    editor.setPlainText("字")
    assert beside(form, name) == ""


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: str(each.table))
def test_the_input_method_is_off_just_in_fields_of_numbers(
    record_type: type[Record], qtbot: QtBot
) -> None:
    make_once()
    for name, kind in record_type.fields().items():
        editor = make_editor(kind, lambda _table: [])
        qtbot.addWidget(editor)
        if not isinstance(editor.widget, QLineEdit | QPlainTextEdit):
            continue
        is_on = editor.widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        digits = type(kind).__name__ in {"Phone", "IdentityNumber", "Number", "Amount"}
        assert is_on is not digits, name


def test_full_width_digits_are_read_all_the_same(desk: Desk, qtbot: QtBot) -> None:
    form = form_of(desk, qtbot, Person)
    line = enter(form, "phone")
    line.setText("１３８００００００００")
    qtbot.keyClick(line, ENTER)
    assert form.editors["phone"].value() == "13800000000"


KINDS: list[tuple[type[Record], str]] = [
    (Topic, "name"),
    (Topic, "approver"),
    (Topic, "convener"),
    (Topic, "workflow"),
]
KINDS += [(Topic, "proposed_on"), (Person, "name"), (Person, "born"), (Topic, "reason")]


@pytest.mark.parametrize(("record_type", "name"), KINDS)
def test_enter_does_not_move_on_while_one_composes(
    record_type: type[Record], name: str, desk: Desk, qtbot: QtBot
) -> None:
    form = form_of(desk, qtbot, record_type)
    form.editors[name].setFocus()
    widget: QWidget = form.editors[name].widget
    QApplication.sendEvent(widget, QInputMethodEvent("ting'che", []))
    qtbot.keyClick(widget, ENTER)
    assert widget.hasFocus()
    assert form.editors[name].answer() == ""
    commit_text(widget, "停车")
    assert form.editors[name].answer() == "停车"


def test_a_date_is_a_day_for_the_hint_as_well() -> None:
    assert "昨天" in Day(label="日期").hint


def test_enter_and_arrows_wait_while_one_composes_in_the_filter(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("张伟", "李红梅"):
        factory.person(desk, name)
    page = turn(make_window(desk, tmp_path, qtbot, pages=(PersonPage,)), PersonPage)
    line = page.list.filter_line
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent("hong'mei", []))
    for key in (ENTER, DOWN):
        qtbot.keyClick(line, key)
        assert line.hasFocus()
    commit_text(line, "红梅")
    qtbot.keyClick(line, ENTER)
    assert page.list.table.hasFocus()
    assert page.list.model.rowCount() == 1


def test_chinese_is_composed_in_the_filter_of_a_list(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("张伟", "李红梅"):
        factory.person(desk, name)
    page = turn(make_window(desk, tmp_path, qtbot, pages=(PersonPage,)), PersonPage)
    line = page.list.filter_line
    assert line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    line.setFocus()
    commit_text(line, "红梅")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
