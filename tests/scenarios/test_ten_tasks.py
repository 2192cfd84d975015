"""The ten commonest tasks of the office, by keys alone, beside the same work in a spreadsheet.

What a practised clerk presses in a spreadsheet is told in `tests/scenarios/spreadsheet.py`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.opinion import Adoption, Opinion
from liaison_desk.domain.person import Person
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.domain.topic import Topic
from liaison_desk.ui.importing.wizard import ImportWizard
from liaison_desk.ui.printing.print_dialog import PrintDialog
from liaison_desk.ui.printing.printer_panel import PrinterPanel
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_page import RecordPage
from tests import factory
from tests.scenarios.clerk import Clerk
from tests.scenarios.spreadsheet import SPREADSHEET, characters_of, keys_of
from tests.ui.printing.printouts import file_printer
from tests.ui.windows import make_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

K = Qt.Key
ENTER = K.Key_Return
AGREED = ["新划停车位30个", "划定卸货时段", "制定管理办法"]
MEMBERS = (
    "陆䶮", "周㛃", "王𬭚", "陈𫖯", "郑贇", "孙頔", "单丽", "仇大海",
    "解红梅", "李文", "赵建国", "钱多多", "吴敏", "冯志强", "蒋欣",
)  # fmt: skip


class Office:
    """A window on an office of fifteen members, and the clerk in front of it."""

    def __init__(self, window: MainWindow, clerk: Clerk, paper: Path) -> None:
        self.window = window
        self.paper = paper
        self.clerk = clerk
        self.desk = window.desk

    def saves(self) -> None:
        """Ctrl+S, and nothing is left to save."""
        self.clerk.presses(K.Key_S, ctrl=True)
        assert not self.window.current.is_dirty(), "refused"


@pytest.fixture
def office(desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Fifteen members, somebody to be looked up, an agency, and a printer that prints a file."""
    for name in MEMBERS:
        factory.member(desk, name)
    factory.person(desk, "韩冰", phone="13856700001")
    factory.agency(desk, "镇村镇建设办公室")
    paper = tmp_path / "纸.pdf"
    monkeypatch.setattr(PrinterPanel, "printer", lambda _panel: file_printer(paper))
    return Office(make_window(desk, tmp_path, qtbot), Clerk(qtbot), paper)


def a_new_member(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    clerk.begins("1 登记一名新委员")
    clerk.presses(K.Key_2, alt=True)
    clerk.presses(K.Key_N, ctrl=True)
    clerk.enters("何木兰")
    clerk.presses(K.Key_N, K.Key_N, ENTER)
    clerk.enters("", "", "", "", "柳河小学教师")
    clerk.types("13956780012")
    clerk.presses(K.Key_Down, ctrl=True)
    clerk.enters("", "")
    clerk.types("教育")
    office.saves()
    person = desk.find(Person, name="何木兰")[0]
    assert (person.gender, person.post, person.phone) == ("女", "柳河小学教师", "13956780012")
    seat = desk.find(Membership, person=person.id)[0]
    assert (seat.sector, seat.term) == ("教育", "第十二届")


def a_telephone(office: Office) -> None:
    clerk = office.clerk
    clerk.begins("2 查一个人的电话")
    clerk.presses(K.Key_K, ctrl=True)
    clerk.types("hb")
    clerk.sees(office.window.toolbar.search_box.panel.isVisible)
    clerk.presses(ENTER)
    page = office.window.current
    assert isinstance(page, RecordPage)
    clerk.sees(lambda: page.record is not None and page.record.caption == "韩冰")
    assert page.form.editors["phone"].answer() == "13856700001"


def two_topics(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    clerk.begins("3 登记两条群众提的议题")
    clerk.presses(K.Key_3, alt=True)
    clerk.presses(K.Key_N, ctrl=True)
    clerk.enters("桥口村集镇停车难")
    clerk.presses(K.Key_Q, ENTER)
    clerk.types("钱大妈")
    clerk.presses(ENTER, ctrl=True)
    clerk.enters("袁庄村路灯不亮")
    clerk.presses(K.Key_Q, ENTER)
    clerk.types("马师傅")
    office.saves()
    found = {each.name: (each.source, each.proposer) for each in desk.find(Topic)}
    assert found == {
        "桥口村集镇停车难": ("群众提题", "钱大妈"),
        "袁庄村路灯不亮": ("群众提题", "马师傅"),
    }


def a_survey(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    clerk.begins("4 登记一次调研")
    clerk.presses(K.Key_K, ctrl=True)
    clerk.types("dy")
    clerk.sees(office.window.toolbar.search_box.panel.isVisible)
    clerk.presses(ENTER)
    clerk.sees(lambda: office.window.current.title == "调研")
    clerk.presses(K.Key_N, ctrl=True)
    clerk.enters("qkc", "", "实地察看", "桥口村集镇")
    clerk.presses(K.Key_2, ctrl=True)
    clerk.enters("ly", "wc", "sd")
    office.saves()
    survey = desk.find(Survey)[0]
    assert desk.caption("topic", survey.topic) == "桥口村集镇停车难"
    people = [desk.caption("person", e.person) for e in desk.find(SurveyParticipant)]
    assert people == ["陆䶮", "王𬭚", "孙頔"]


def a_meeting(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    clerk.begins("5 录一次协商会（14人到会、2人请假、1位来宾、3件共识）")
    clerk.presses(K.Key_4, alt=True)
    clerk.presses(K.Key_N, ctrl=True)
    clerk.enters("桥口村停车难专题协商会", "", "20260308 9:00", "镇政府三楼会议室", "ly", "sd")
    for initials in ("zjg", "fzq"):
        clerk.enters(initials)
        clerk.presses(K.Key_Q, ENTER)
    clerk.enters("马师傅")
    clerk.presses(ENTER)
    for name, due in zip(AGREED, ("20260430", "20260331", "20260630"), strict=True):
        clerk.enters(name, "zczjs", "", due)
    office.saves()
    meeting = desk.find(Meeting)[0]
    people = desk.find(Attendance, meeting=meeting.id)
    assert sum(each.presence == "请假" for each in people) == 2
    assert sum(each.was_there and each.capacity == "委员" for each in people) == 14
    assert [each.name for each in desk.find(Consensus)] == AGREED


def the_minutes(office: Office) -> None:
    clerk, desk, paper = office.clerk, office.desk, office.paper

    def print_it(dialog: PrintDialog) -> None:
        dialog.printer.show_printers(["一楼打印机"], "一楼打印机")
        clerk.sees(lambda: dialog.preview.page_label.text().startswith("第 1 /"))
        clerk.presses(K.Key_P, ctrl=True)
        clerk.sees(lambda: "已送去打印" in dialog.said.text())
        clerk.presses(K.Key_Escape)

    clerk.begins("6 纪要起草、定稿并打印")
    clerk.presses(K.Key_Q, alt=True)
    clerk.sees(lambda: office.window.current.title == "纪要")
    clerk.presses(K.Key_D, alt=True)
    with clerk.answers(PrintDialog, print_it):
        clerk.presses(K.Key_P, ctrl=True)
    assert paper.exists()
    assert desk.find(Minutes)[0].status == FINAL
    assert len(desk.find(Matter)) == 3


def a_matter_to_its_end(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    clerk.begins("7 给一件办理事项加进展、登记反馈、办结")
    clerk.presses(K.Key_6, alt=True)
    clerk.presses(K.Key_F, ctrl=True)
    clerk.enters("卸货")

    def progress(dialog: RecordDialog) -> None:
        clerk.types("已征求商户意见")
        clerk.presses(K.Key_S, ctrl=True)

    def reply(dialog: RecordDialog) -> None:
        clerk.presses(K.Key_A, ENTER)
        clerk.types("时段牌已立，有人值守")
        clerk.presses(K.Key_S, ctrl=True)

    with clerk.answers(RecordDialog, progress):
        clerk.presses(K.Key_J, alt=True)
    with clerk.answers(RecordDialog, reply):
        clerk.presses(K.Key_R, alt=True)
    clerk.presses(K.Key_B, alt=True)
    matter = desk.find(Matter, name="划定卸货时段")[0]
    assert matter.closed_on == desk.today
    assert desk.find(Progress)[0].content == "已征求商户意见"
    assert desk.find(Reply)[0].result == "A 已解决"


def an_opinion(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    clerk.begins("8 登记一条社情民意和县里的采用")
    clerk.presses(K.Key_7, alt=True)
    clerk.presses(K.Key_N, ctrl=True)
    clerk.enters("关于集镇停车难的反映", "ly", "")
    clerk.types("集镇日均停车三百余辆，仅有车位八十个。")
    clerk.presses(K.Key_Down, ctrl=True)
    clerk.types("20260302")
    clerk.presses(K.Key_3, ctrl=True)
    clerk.enters("县", "20260309")
    office.saves()
    opinion = desk.find(Opinion)[0]
    assert desk.caption("person", opinion.reporter) == "陆䶮"
    assert str(opinion.reported_on) == "2026-03-02"
    adopted = [(e.level, e.adopted_on, e.way) for e in desk.find(Adoption)]
    assert adopted == [("县", desk.today, "采用")]


def a_reception(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    clerk.begins("9 登记一次接待日（5名委员、2名来访群众），一件转为办理事项")
    clerk.presses(K.Key_8, alt=True)
    clerk.presses(K.Key_N, ctrl=True)
    clerk.enters("接待日", "三月委员接待日", "20260305 9:00", "委员工作室")
    clerk.presses(K.Key_2, ctrl=True)
    for initials in ("ly", "zj", "wc", "sd", "sl"):
        clerk.enters(initials, "")
    clerk.presses(ENTER)
    clerk.enters("钱大妈", "13800000021", "村口夜里停满了车", "", "")
    clerk.enters("马师傅", "", "门前路灯坏了半年", "d", "")
    clerk.presses(K.Key_Up)
    with clerk.in_menu(K.Key_4):
        clerk.presses(K.Key_Y, alt=True)
    clerk.sees(lambda: office.window.current.title == "办理事项")
    clerk.enters("zczjs", "", "", "", "", "")
    clerk.types("20260331")
    office.saves()
    activity = desk.find(Activity)[0]
    assert len(desk.find(ActivityParticipant, activity=activity.id)) == 5
    visitors = desk.find(Visitor, activity=activity.id)
    assert [each.name for each in visitors] == ["钱大妈", "马师傅"]
    conversion = desk.find(Conversion)[0]
    assert conversion.from_visitor == visitors[1].id
    assert desk.get(Matter, conversion.into_matter) is not None


def a_list_of_people(office: Office) -> None:
    clerk, desk = office.clerk, office.desk
    before = len(desk.find(Person))
    rows = [
        f"代表{'一二三四五六七八九十'[n % 10]}{'甲乙'[n // 10]}\t{'男女'[n % 2]}\t138567010{n:02}"
        for n in range(20)
    ]
    QGuiApplication.clipboard().setText("\n".join(["姓名\t性别\t手机", *rows]) + "\n")
    clerk.begins("10 把20行群众代表名单从 Excel 粘贴进来")
    clerk.presses(K.Key_K, ctrl=True)
    clerk.types("ry")
    clerk.sees(office.window.toolbar.search_box.panel.isVisible)
    clerk.presses(ENTER)
    clerk.sees(lambda: office.window.current.title == "人员")

    def agree(wizard: ImportWizard) -> None:
        clerk.presses(K.Key_S, ctrl=True)

    with clerk.answers(ImportWizard, agree):
        clerk.presses(K.Key_V, ctrl=True)
    assert len(desk.find(Person)) == before + 20


TASKS = (
    (a_new_member, 15),
    (a_telephone, 2),
    (two_topics, 10),
    (a_survey, 12),
    (a_meeting, 29),
    (the_minutes, 5),
    (a_matter_to_its_end, 10),
    (an_opinion, 10),
    (a_reception, 38),
    (a_list_of_people, 4),
)
"""Each task with the most keys it may take; one builds on those before it."""


def test_the_ten_commonest_tasks_take_few_keys_and_no_mouse(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for task, _most in TASKS:
        task(office)
    clerk = office.clerk
    with capsys.disabled():
        sys.stdout.write(f"\n{table(clerk)}\n")
    counted = list(clerk.strokes.values())
    too_many = {
        name: (count, most)
        for (name, count), (_task, most) in zip(clerk.strokes.items(), TASKS, strict=True)
        if count > most
    }
    assert too_many == {}
    assert list(clerk.strokes) == list(SPREADSHEET), "told beside each other"
    assert sum(counted) < sum(keys_of(each) for each in SPREADSHEET.values())
    typed = sum(clerk.characters.values())
    assert typed < sum(characters_of(each) for each in SPREADSHEET.values())


def table(clerk: Clerk) -> str:
    """Keys, and characters typed, for each task here and in a spreadsheet, in Markdown."""
    rows = [
        f"| {name} | {keys} (+{clerk.characters[name]}) "
        f"| {keys_of(SPREADSHEET[name])} (+{characters_of(SPREADSHEET[name])}) |"
        for name, keys in clerk.strokes.items()
    ]
    keys, typed = sum(clerk.strokes.values()), sum(clerk.characters.values())
    sheets = SPREADSHEET.values()
    total = (
        f"| 合计 | {keys} (+{typed}) "
        f"| {sum(map(keys_of, sheets))} (+{sum(map(characters_of, sheets))}) |"
    )
    head = ("| 任务 | 本程序 按键 (+字符) | 表格软件里 按键 (+字符) |", "|---|---:|---:|")
    return "\n".join((*head, *rows, total))
