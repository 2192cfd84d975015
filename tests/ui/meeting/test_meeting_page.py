"""The page of the meetings, used as a clerk does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.meeting import (
    AgendaItem,
    Attendance,
    Consensus,
    Meeting,
    MeetingTopic,
    Statement,
)
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.store.backup import Backups
from liaison_desk.ui.context import Context
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.meeting.name_line import meant_name, several_names
from liaison_desk.ui.style import Style
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import show_alone

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

ENTER = Qt.Key.Key_Return
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MEMBERS = (
    "陆䶮", "周㛃", "王建国", "陈𫖯", "郑贇", "孙頔", "张伟",
    "李红梅", "赵强", "钱进", "吴小丽", "冯大海", "褚文", "卫东",
)  # fmt: skip


@pytest.fixture
def context(desk: Desk, tmp_path: Path) -> Context:
    """A desk with fourteen members on its roster."""
    for name in MEMBERS:
        factory.member(desk, name)
    return Context(desk, Style(), Backups(tmp_path / "备份"))


def shown(context: Context, qtbot: QtBot, *, is_kept: bool = True) -> MeetingPage:
    """A page in an active window; one that is not kept is for the test to destroy."""
    page = MeetingPage(context)
    if is_kept:
        qtbot.addWidget(page)
    show_alone(page, qtbot)
    return page


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> MeetingPage:
    """The page in a window."""
    return shown(context, qtbot)


class Keyboard:
    """Counts the keys pressed; composed texts are not counted, as they are the content."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.pressed = 0

    def press(
        self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            self._qtbot.keyClick(here(), key, modifier)
            self.pressed += 1

    def type(self, text: str) -> None:
        commit_text(here(), text)


def here() -> QWidget:
    """Where the cursor is."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the cursor is nowhere"
    return widget


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    """A counting keyboard."""
    return Keyboard(qtbot)


def new_meeting(page: MeetingPage, keyboard: Keyboard, name: str = "停车难协商会") -> None:
    """Begin a meeting and name it, the cursor at the people then."""
    page.new()
    keyboard.type(name)
    keyboard.press(*[ENTER] * 6)


def write_line(keyboard: Keyboard, *cells: str) -> None:
    """Write one line of a list."""
    for cell in cells:
        if cell:
            keyboard.type(cell)
        keyboard.press(ENTER)


def only(desk: Desk, record_type: type[Record]) -> Record:
    """The only record of a type."""
    (found,) = desk.find(record_type)
    return found


def test_everyone_on_the_roster_is_present_at_a_new_meeting(page: MeetingPage) -> None:
    page.new()
    assert page.attendance.counts.text() == "应到 14　出席 14　请假 0　列席 0"


def test_the_cursor_of_a_new_meeting_is_in_its_name_and_enter_goes_on_to_the_people(
    page: MeetingPage, keyboard: Keyboard
) -> None:
    page.new()
    assert page.form.editors["name"].widget.hasFocus()
    keyboard.type("停车难协商会")
    keyboard.press(*[ENTER] * 6)
    assert page.attendance.line.hasFocus()


def test_a_meeting_with_two_on_leave_and_three_agreed_matters_takes_thirty_keys(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    for name in ("陈𫖯", "李红梅"):
        keyboard.type(name)
        keyboard.press(ENTER, Qt.Key.Key_Q, ENTER)
    keyboard.press(ENTER)
    for matter in ("划车位", "疏导交通", "改建停车场"):
        write_line(keyboard, matter, "镇交通站", "", "3.31")
    keyboard.press(Qt.Key.Key_N, modifier=CTRL)  # stands for Ctrl+N at the beginning
    keyboard.press(Qt.Key.Key_S, modifier=CTRL)
    assert page.save()
    assert page.attendance.counts.text() == "应到 14　出席 12　请假 2　列席 0"
    assert [each.due_on for each in desk.find(Consensus)] == [date(2026, 3, 31)] * 3
    assert only(desk, Agency).caption == "镇交通站"
    assert keyboard.pressed <= 30


def test_each_exception_has_its_key(page: MeetingPage, keyboard: Keyboard) -> None:
    page.new()
    page.attendance.table.choose(0)
    seen = []
    for key in "QLXCZ ":
        keyboard.press(Qt.Key(ord(key)))
        seen.append(page.attendance.people.records()[0].presence)
    assert seen == ["请假", "列席", "缺席", "迟到", "早退", "出席"]


def test_the_reason_of_a_leave_is_written_beside_it(page: MeetingPage, keyboard: Keyboard) -> None:
    page.new()
    page.attendance.table.choose(2)
    keyboard.press(Qt.Key.Key_Q, Qt.Key.Key_F2)
    keyboard.type("到县里开会")
    keyboard.press(ENTER)
    assert page.attendance.people.records()[2].reason == "到县里开会"
    assert page.attendance.line.hasFocus()


def test_a_part_of_a_name_finds_the_member(page: MeetingPage, keyboard: Keyboard) -> None:
    new_meeting(page, keyboard)
    keyboard.type("建国")
    keyboard.press(ENTER)
    assert page.attendance.table.currentIndex().row() == MEMBERS.index("王建国")
    assert page.attendance.people.rowCount() == len(MEMBERS)


def test_a_suggestion_is_taken_with_down_and_enter(page: MeetingPage, keyboard: Keyboard) -> None:
    new_meeting(page, keyboard)
    keyboard.type("李")
    assert page.attendance.line.is_suggesting()
    keyboard.press(Qt.Key.Key_Down, ENTER)
    assert page.attendance.table.currentIndex().row() == MEMBERS.index("李红梅")


def test_what_begins_like_a_known_name_may_be_a_new_one() -> None:
    assert meant_name("李红", ["李红梅", "王建国"]) is None
    assert meant_name("红梅", ["李红梅", "王建国"]) == "李红梅"
    assert meant_name("王", ["李红梅", "王建国"]) == "王建国"


def test_a_guest_typed_once_is_known_at_the_next_meeting(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    page.attendance.capacity.setCurrentText("利益相关方")
    keyboard.type("老马")
    keyboard.press(ENTER)
    assert page.save()
    (guest,) = desk.find(Person, name="老马")
    (place,) = desk.find(Attendance, person=guest.id)
    assert (place.capacity, place.presence) == ("利益相关方", "出席")
    new_meeting(page, keyboard, "第二次协商会")
    keyboard.type("老马")
    keyboard.press(ENTER)
    assert page.save()
    assert len(desk.find(Person, name="老马")) == 1
    assert len(desk.find(Attendance, person=guest.id)) == 2


def test_sounds_that_are_nobodys_bring_nobody_to_a_meeting(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    before = page.attendance.counts.text()
    keyboard.type("xx")
    keyboard.press(ENTER)
    assert page.attendance.said.text() == "没有找到“xx”，第一次来的请输汉字姓名。"
    assert page.attendance.counts.text() == before
    page.attendance.line.clear()
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "zx", "", "3.31")
    assert not page.save()
    line = page.lists.tables[Consensus].lines
    assert "没有找到“zx”，新的名称请输汉字" in str(line.index(0, line.columnCount() - 1).data())
    assert desk.find(Agency) == []


def test_a_guest_who_also_hosts_is_one_person(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    page.new()
    keyboard.type("停车难协商会")
    keyboard.press(*[ENTER] * 4)
    keyboard.type("马书记")
    keyboard.press(ENTER, ENTER)
    keyboard.type("马书记")
    keyboard.press(ENTER)
    assert page.save()
    (guest,) = desk.find(Person, name="马书记")
    meeting = only(desk, Meeting)
    assert isinstance(meeting, Meeting)
    assert meeting.host == guest.id


def test_lists_are_written_with_enter_alone(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_3, modifier=CTRL)
    write_line(keyboard, "停车难")
    keyboard.press(Qt.Key.Key_4, modifier=CTRL)
    write_line(keyboard, "通报情况", "9:00", "张伟")
    write_line(keyboard, "交流发言", "9:20", "")
    keyboard.press(Qt.Key.Key_5, modifier=CTRL)
    write_line(keyboard, "建国", "", "街上停车没有划线")
    assert page.save()
    assert only(desk, Topic).caption == "停车难"
    assert len(desk.find(MeetingTopic)) == 1
    assert [each.name for each in desk.find(AgendaItem)] == ["通报情况", "交流发言"]
    statement = only(desk, Statement)
    assert isinstance(statement, Statement)
    assert desk.caption("person", statement.person) == "王建国"
    assert (statement.kind, statement.point) == ("发言", "街上停车没有划线")


def test_lines_are_moved_and_deleted_by_keys(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_4, modifier=CTRL)
    for name in ("一", "二", "三"):
        write_line(keyboard, name, "", "")
    agenda = page.lists.tables[AgendaItem]
    agenda.edit_cell(2, 0)
    keyboard.press(Qt.Key.Key_Up, modifier=ALT)
    agenda.edit_cell(0, 0)
    keyboard.press(Qt.Key.Key_Delete, modifier=CTRL)
    assert page.save()
    assert [each.name for each in desk.find(AgendaItem)] == ["三", "二"]


def test_a_due_date_before_the_meeting_is_marked_in_words_on_its_line(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "镇交通站", "", "3.31")
    write_line(keyboard, "疏导交通", "镇交通站", "", "0301")
    assert not page.save()
    lines = page.lists.tables[Consensus]
    fault = lines.lines.index(1, 4).data()
    assert fault == "时限早于会议日期（2026年3月9日），请改为当天或之后的日期"
    assert not lines.isColumnHidden(4)
    assert lines.lines.index(0, 4).data() == ""
    assert (lines.currentIndex().row(), lines.currentIndex().column()) == (1, 3)
    assert desk.find(Meeting) == []
    assert desk.find(Agency) == []


def test_a_date_that_cannot_be_read_is_marked_as_soon_as_it_is_left(
    page: MeetingPage, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "镇交通站", "", "月底前")
    assert "看不懂" in str(page.lists.tables[Consensus].lines.index(0, 4).data())


def test_a_statement_is_only_by_somebody_in_the_meeting(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    factory.person(desk, "没来的人")
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_5, modifier=CTRL)
    write_line(keyboard, "没来的人", "", "说了什么")
    assert not page.save()
    lines = page.lists.tables[Statement].lines
    assert lines.index(0, 3).data() == "到会名单里没有“没来的人”，请先在上面的名单里加入"


def test_a_sheet_comes_back_as_it_was_saved(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.type("陈𫖯")
    keyboard.press(ENTER, Qt.Key.Key_Q)
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "镇交通站", "", "3.31")
    assert page.save()
    meeting = only(desk, Meeting)
    page.choose(meeting)
    assert not page.is_dirty()
    texts = page.lists.tables[Consensus].lines.answers()[0]
    assert list(texts.values())[1:] == ["划车位", "镇交通站", "", "2026-03-31"]
    assert page.attendance.people.records()[MEMBERS.index("陈𫖯")].presence == "请假"


def test_the_cursor_stays_in_its_cell_when_the_sheet_is_saved(
    page: MeetingPage, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "镇交通站", "", "3.31")
    assert page.save()
    write_line(keyboard, "疏导交通")
    assert page.lists.tables[Consensus].lines.answers()[1]["name"] == "疏导交通"


def test_one_undo_takes_the_whole_sheet_back(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_3, modifier=CTRL)
    write_line(keyboard, "停车难")
    assert page.save()
    desk.undo()
    assert (desk.find(Meeting), desk.find(Topic), desk.find(Attendance)) == ([], [], [])


def test_a_draft_survives_the_page(
    context: Context, desk: Desk, qtbot: QtBot, keyboard: Keyboard
) -> None:
    page = shown(context, qtbot, is_kept=False)
    new_meeting(page, keyboard)
    keyboard.type("老马")
    keyboard.press(ENTER)
    page.attendance.table.choose(1)
    keyboard.press(Qt.Key.Key_Q)
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "镇交通站")
    keyboard.type("镇政")
    qtbot.waitUntil(lambda: "镇政" in str(desk.drafts.all()[:1]))
    page.close()
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    again = shown(context, qtbot)
    again.resume(desk.drafts.all()[0])
    assert again.is_dirty()
    assert again.save()
    assert desk.drafts.all() == []
    assert only(desk, Meeting).caption == "停车难协商会"
    (guest,) = desk.find(Person, name="老马")
    consensus = only(desk, Consensus)
    assert isinstance(consensus, Consensus)
    assert (consensus.name, consensus.partners) == ("划车位", "镇政")
    assert [each.presence for each in desk.find(Attendance)].count("请假") == 1
    assert desk.find(Attendance, person=guest.id)[0].capacity == "群众代表"


def test_the_next_step_drafts_the_minutes_and_goes_there(
    context: Context, page: MeetingPage, desk: Desk, qtbot: QtBot, keyboard: Keyboard
) -> None:
    gone: list[Record] = []
    context.go = gone.append
    new_meeting(page, keyboard)
    assert page.minutes_button.text() == "起草纪要"
    qtbot.mouseClick(page.minutes_button, Qt.MouseButton.LeftButton)
    assert gone == desk.find(Minutes)
    page.choose(only(desk, Meeting))
    assert page.minutes_button.text() == "看纪要"


def test_the_meeting_of_another_office_can_only_be_read(
    county_desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    meeting = factory.meeting(county_desk)
    other = county_desk.save(factory.county_office(id="other", name="柳河镇政协联络组"))
    assert isinstance(other, Office)
    county_desk.database.set_setting("office", "other")
    page = shown(Context(county_desk, Style(), Backups(tmp_path / "备份")), qtbot)
    page.choose(meeting)
    agenda = page.lists.tables[AgendaItem].lines
    assert agenda.rowCount() == 0
    assert not page.attendance.line.isEnabled()
    assert not page.save_button.isVisible()
    assert not page.minutes_button.isVisible()


def test_the_lists_are_sound_item_models(
    page: MeetingPage, qtmodeltester: ModelTester, keyboard: Keyboard
) -> None:
    models = [page.attendance.people, *(each.lines for each in page.lists.tables.values())]
    for model in models:
        qtmodeltester.check(model)
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "镇交通站", "", "3.31")
    write_line(keyboard, "疏导交通", "镇交通站", "", "3.31")
    lines = page.lists.tables[Consensus]
    lines.edit_cell(0, 0)
    lines.act("move down")
    lines.act("remove")
    page.attendance.people.move(0, 1)
    page.attendance.people.remove(0)
    assert len(lines.records()) == 1


def test_a_member_is_found_by_pinyin_in_the_line_of_names(
    page: MeetingPage, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_W, Qt.Key.Key_J, Qt.Key.Key_G)
    keyboard.press(ENTER)
    assert page.attendance.table.currentIndex().row() == MEMBERS.index("王建国")
    assert page.attendance.people.rowCount() == len(MEMBERS)


def test_several_names_typed_or_pasted_together_are_as_many_people(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.type("老马、王建国，欧阳老牛")
    keyboard.press(ENTER)
    keyboard.type("孙大娘 周大爷")
    keyboard.press(ENTER)
    assert page.save()
    for name in ("老马", "欧阳老牛", "孙大娘", "周大爷"):
        (guest,) = desk.find(Person, name=name)
        assert desk.find(Attendance, person=guest.id)
    assert len(desk.find(Person, name="王建国")) == 1
    assert page.attendance.people.rowCount() == len(MEMBERS) + 4


def test_of_several_names_those_that_cannot_be_taken_stay_to_be_mended(
    page: MeetingPage, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.type("老马、xx、老牛")
    keyboard.press(ENTER)
    assert page.attendance.line.text() == "xx、老牛"
    assert "没有找到“xx”" in page.attendance.said.text()
    assert page.attendance.line.hasFocus()


def test_a_name_with_a_space_in_it_is_one_person() -> None:
    assert several_names("张 伟") == ["张 伟"]
    assert several_names("欧阳 修文") == ["欧阳 修文"]
    assert several_names("买买提·艾力") == ["买买提·艾力"]


def test_what_is_typed_after_a_refused_name_takes_its_place(
    page: MeetingPage, desk: Desk, keyboard: Keyboard
) -> None:
    new_meeting(page, keyboard)
    keyboard.type("wangwu")
    keyboard.press(ENTER)
    keyboard.type("王五")
    keyboard.press(ENTER)
    assert page.save()
    assert desk.find(Person, name="王五")


@pytest.mark.parametrize("way", ["key", "button"])
def test_somebody_put_into_a_meeting_by_mistake_is_taken_out_again(
    page: MeetingPage, desk: Desk, keyboard: Keyboard, qtbot: QtBot, way: str
) -> None:
    new_meeting(page, keyboard)
    keyboard.type("老马")
    keyboard.press(ENTER)
    page.attendance.table.choose(len(MEMBERS))
    if way == "key":
        keyboard.press(Qt.Key.Key_Delete)
    else:
        qtbot.mouseClick(page.attendance.drop_button, Qt.MouseButton.LeftButton)
    assert page.attendance.people.rowCount() == len(MEMBERS)
    assert page.save()
    assert not desk.find(Person, name="老马")


def test_what_a_name_in_a_list_brought_into_being_is_said_when_the_meeting_is_saved(
    page: MeetingPage, desk: Desk, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(page.context, "say", lambda sentence, _undo=False: said.append(sentence))
    new_meeting(page, keyboard)
    keyboard.press(Qt.Key.Key_6, modifier=CTRL)
    write_line(keyboard, "划车位", "城建", "", "3.31")
    assert page.save()
    assert said[-1] == "已保存，新建了承办单位“城建”"
    page.form.set_answers({"place": "三楼"})
    assert page.save()
    assert said[-1] == "已保存"
