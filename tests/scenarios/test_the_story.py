"""From the county's roster to a packet on the county's desk, through the real window."""

from __future__ import annotations

import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWizard

from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.person import Person
from liaison_desk.store.check import faults
from liaison_desk.ui.handoff.handoff_page import HandoffPage
from liaison_desk.ui.importing.columns_panel import FIELD
from liaison_desk.ui.importing.preview_model import CAPTION
from liaison_desk.ui.importing.wizard import ImportWizard
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.printing.print_dialog import PrintDialog
from liaison_desk.ui.printing.printer_panel import PrinterPanel
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_pages import TopicPage
from liaison_desk.ui.session import Session
from liaison_desk.ui.setup_wizard import SetupWizard
from tests import factory
from tests.scenarios.clerk import Clerk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QAbstractTableModel
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.page import Page

ROSTER = factory.SAMPLE / "县下发委员名册.xlsx"
RARE = "䶮㛃𬭚𫖯贇頔"
TOPIC = "桥口村集镇段停车难问题"
MEETING = "桥口村集镇段停车难专题协商会"
AGREED = (
    ("利用原粮站场院新划停车位30个", "镇村镇建设办公室", "桥口村"),
    ("划定卸货时段并派人值守", "镇综合行政执法队", ""),
    ("制定集镇停车管理办法并公示", "桥口村民委员会", "镇司法所"),
)
Enter = Qt.Key.Key_Return


class Township:
    """The window of one data file, and the clerk in front of it."""

    def __init__(self, session: Session, clerk: Clerk) -> None:
        assert session.window is not None
        self.window: MainWindow = session.window
        self.clerk = clerk
        self.desk: Desk = self.window.desk

    def page(self, kind: type[Page]) -> Page:
        """Turn to a page by its number, Alt+1 to Alt+9; counted as one stroke."""
        page = self.window.page(kind)
        self.clerk.counts()
        self.window.show_page(page)
        return page


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Session]]:
    """Starts the program on a file as the command line does, with settings of its own."""
    sessions: list[Session] = []

    def begin(file: Path) -> Session:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        settings = QSettings(str(tmp_path / f"{file.stem}.ini"), QSettings.Format.IniFormat)
        session = Session(application, settings)
        sessions.append(session)
        assert session.start(file), "the program did not start"
        assert session.window is not None
        qtbot.waitActive(session.window)
        return session

    yield begin
    for session in sessions:
        session.close()


def fill_wizard(at_the_desk: Clerk, **answers: str) -> Callable[[SetupWizard], None]:
    """Go through the first start, filling in the office."""

    def act(wizard: SetupWizard) -> None:
        warning = wizard.welcome.findChild(QLabel, "secrecy")
        assert isinstance(warning, QLabel)
        assert "不得存放国家秘密" in warning.text()
        at_the_desk.clicks(wizard.button(QWizard.WizardButton.NextButton))
        for name, answer in answers.items():
            wizard.office_page.form.editors[name].set_answer(answer)
        at_the_desk.clicks(wizard.button(QWizard.WizardButton.NextButton))
        at_the_desk.clicks(wizard.button(QWizard.WizardButton.FinishButton))

    return act


def test_the_story_runs_through_the_window(
    qtbot: QtBot,
    start: Callable[..., Session],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clerk = Clerk(qtbot)
    clerk.begins("1 第一次启动，登记本室")
    with clerk.answers(
        SetupWizard,
        fill_wizard(
            clerk,
            name="柳河镇政协联络组",
            county="濉溪县",
            township="柳河镇",
            convener="陆䶮",
            clerk="李文书",
        ),
    ):
        session = start(tmp_path / "柳河镇.db")
    township = Township(session, clerk)
    desk = township.desk
    assert desk.office is not None
    assert desk.office.name == "柳河镇政协联络组"

    import_the_roster(township, monkeypatch)
    enter_the_topic(township)
    enter_the_meeting(township)
    make_the_minutes(township, tmp_path, monkeypatch)
    follow_the_matters_up(township)
    packet = make_the_packet(township, tmp_path)
    assert faults(desk.database) == []

    county = start_the_county(clerk, start, tmp_path)
    take_the_packet_in(county, packet, monkeypatch)
    with capsys.disabled():
        sys.stdout.write(f"\n{clerk.table()}\n")
    counted = clerk.strokes
    assert counted["2 导入名册"] <= 3
    assert counted["4 登记会议（12人到会、2人请假、3件共识）"] <= 30
    assert counted["5 从会议到打印出纪要"] <= 4
    assert counted["7 做报送包到U盘"] <= 4


def import_the_roster(township: Township, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fourteen people, every column recognised; nothing before she agrees, one undo for all."""
    clerk, desk = township.clerk, township.desk
    clerk.begins("2 导入名册")
    page = township.page(MemberPage)
    button = page.findChild(QPushButton, "import_table")
    assert isinstance(button, QPushButton)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(ROSTER), ""))

    def look_and_agree(wizard: ImportWizard) -> None:
        rows = texts(wizard.page.preview.model, CAPTION)
        assert len(rows) == 14
        assert all(character in "".join(rows) for character in RARE)
        meant = texts(wizard.page.columns.model, FIELD)
        assert len(meant) == 12
        assert [each for each in meant if "不导入" in each] == ["－ 不导入"], "序号 alone"
        left = "".join(texts(wizard.page.left_out.model, 2))
        assert "合计" in left
        assert "填表人" in left
        assert desk.find(Person) == []
        clerk.clicks(wizard.import_button)

    with clerk.answers(ImportWizard, look_and_agree):
        clerk.clicks(button)
    assert len(desk.find(Membership)) == 14
    assert {each.phone for each in desk.find(Person)} >= {"13800000001", "13800000014"}
    clerk.begins("2b 撤销整批导入，再重做")
    clerk.presses(Qt.Key.Key_Z, ctrl=True)
    assert desk.find(Membership) == []
    assert desk.find(Person) == []
    clerk.presses(Qt.Key.Key_Y, ctrl=True)
    assert len(desk.find(Membership)) == 14


def texts(model: QAbstractTableModel, column: int) -> list[str]:
    """What stands in a column."""
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def enter_the_topic(township: Township) -> None:
    """A topic, with the least it needs."""
    clerk = township.clerk
    clerk.begins("3 登记议题")
    page = township.page(TopicPage)
    clerk.presses(Qt.Key.Key_N, ctrl=True)
    clerk.writes(TOPIC)
    clerk.presses(Qt.Key.Key_S, ctrl=True)
    assert not page.is_dirty()


def enter_the_meeting(township: Township) -> None:
    """Everyone present by default; two on leave, a guest, what was said and agreed."""
    clerk, desk = township.clerk, township.desk
    clerk.begins("4 登记会议（12人到会、2人请假、3件共识）")
    page = township.page(MeetingPage)
    assert isinstance(page, MeetingPage)
    clerk.presses(Qt.Key.Key_N, ctrl=True)
    today = f"{desk.today.month}.{desk.today.day} 9:00"
    clerk.fills(MEETING, "", today, "镇政府三楼会议室", "陆䶮", "孙頔")
    for name in ("买买提·艾力", "吴龑"):
        clerk.fills(name)
        clerk.presses(Qt.Key.Key_Q, Enter)
    clerk.presses(Enter)
    due = f"{desk.today.year + 1}-1-31"
    for name, agency, partners in AGREED:
        clerk.fills(name, agency, partners, due)
    clerk.presses(Qt.Key.Key_S, ctrl=True)
    clerk.sees(lambda: not page.is_dirty())
    meeting = desk.find(Meeting)[0]
    people = desk.find(Attendance, meeting=meeting.id)
    assert sum(each.was_there for each in people) == 12
    assert sum(each.presence == "请假" for each in people) == 2
    assert [each.name for each in desk.find(Consensus)] == [name for name, _, _ in AGREED]

    clerk.begins("4b 补上议题、来宾、议程、发言和未达成的意见")
    clerk.presses(Qt.Key.Key_2, ctrl=True)
    clerk.fills("何木兰")
    clerk.presses(Qt.Key.Key_3, ctrl=True)
    clerk.fills(TOPIC)
    clerk.presses(Qt.Key.Key_4, ctrl=True)
    clerk.fills("通报调研情况", "9:00", "陈𫖯")
    clerk.presses(Qt.Key.Key_5, ctrl=True)
    clerk.fills("王𬭚", "", "公司愿意无偿提供粮站场院三年")
    clerk.presses(Qt.Key.Key_7, ctrl=True)
    clerk.fills("是否对外来车辆收取停车费", "部分商户", "")
    clerk.presses(Qt.Key.Key_S, ctrl=True)
    clerk.sees(lambda: not page.is_dirty())
    assert [each.caption for each in desk.find(Person, name="何木兰")] == ["何木兰"]


def make_the_minutes(township: Township, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draft, finalise, print: four strokes."""
    clerk, desk = township.clerk, township.desk
    clerk.begins("5 从会议到打印出纪要")
    page = township.window.page(MeetingPage)
    assert isinstance(page, MeetingPage)
    clerk.clicks(page.minutes_button)
    minutes_page = township.window.current
    assert isinstance(minutes_page, MinutesPage)
    draft = desk.find(Minutes)[0]
    assert TOPIC in draft.heading
    assert "公司愿意无偿提供粮站场院三年" in draft.body
    paper = tmp_path / "纸.pdf"

    def into_a_file(_panel: PrinterPanel) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return printer

    def look_and_print(dialog: PrintDialog) -> None:
        dialog.printer.show_printers(["一楼打印机"], "一楼打印机")
        clerk.sees(lambda: dialog.preview.page_label.text().startswith("第 1 /"))
        clerk.presses(Qt.Key.Key_P, ctrl=True)
        clerk.sees(lambda: "已送去打印" in dialog.said.text())
        dialog.close()

    monkeypatch.setattr(PrinterPanel, "printer", into_a_file)
    clerk.clicks(step_button(minutes_page, "定稿并编号"))
    final = desk.find(Minutes)[0]
    assert final.full_number == f"〔{desk.today.year}〕1号"
    assert final.status == FINAL
    assert len(desk.find(Matter)) == 3
    with clerk.answers(PrintDialog, look_and_print):
        clerk.presses(Qt.Key.Key_P, ctrl=True)
    document = pypdfium2.PdfDocument(paper)
    assert len(document) >= 1
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    document.close()


def step_button(page: MinutesPage, text: str) -> QPushButton:
    """The button of the next step."""
    return next(
        each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible()
    )


def follow_the_matters_up(township: Township) -> None:
    """Progress, a close without a reply refused, the reply, the close."""
    clerk, desk = township.clerk, township.desk
    clerk.begins("6 办理一件事项：加进展、登记反馈、办结")
    page = township.page(MatterPage)
    assert isinstance(page, MatterPage)
    first = next(each for each in desk.find(Matter) if each.name == AGREED[2][0])
    page.choose(first)

    def write_progress(dialog: RecordDialog) -> None:
        clerk.writes("办法初稿已征求意见。", dialog.form.editors["content"].widget)
        clerk.clicks(dialog.save_button)

    with clerk.answers(RecordDialog, write_progress):
        clerk.clicks(page.progress_button)
    clerk.clicks(page.close_button)
    kept = desk.get(Matter, first.id)
    assert kept is not None
    assert kept.closed_on is None

    def write_reply(dialog: RecordDialog) -> None:
        dialog.form.editors["result"].set_answer("A 已解决")
        clerk.writes("办法已公示。", dialog.form.editors["content"].widget)
        clerk.clicks(dialog.save_button)

    with clerk.answers(RecordDialog, write_reply):
        clerk.clicks(page.reply_button)
    clerk.clicks(page.close_button)
    closed = desk.get(Matter, first.id)
    assert closed is not None
    assert closed.closed_on == desk.today
    assert closed.light(desk.today) == "办结"
    assert len(desk.find(Progress)) == len(desk.find(Reply)) == 1


def make_the_packet(township: Township, tmp_path: Path) -> Path:
    """One ordinary .zip on the stick, complete under its final name."""
    clerk, desk = township.clerk, township.desk
    stick = tmp_path / "U盘"
    stick.mkdir()
    clerk.begins("7 做报送包到U盘")
    page = township.page(HandoffPage)
    assert isinstance(page, HandoffPage)
    clerk.clicks(page.choice.send_button)
    page.sending.folder_box.setEditText(str(stick))
    page.sending.from_line.setText(f"{desk.today.year}-01-01")
    page.sending.until_line.setText(desk.today.isoformat())
    clerk.clicks(page.sending.start_button)
    clerk.sees(lambda: "可以拔出U盘了" in page.sending.said.text())
    packets = list(stick.iterdir())
    assert len(packets) == 1
    assert packets[0].name.startswith("柳河镇_")
    assert packets[0].name.endswith("第1号报送包.zip")
    with zipfile.ZipFile(packets[0]) as archive:
        names = archive.namelist()
    assert any(name.startswith("纪要/") and name.endswith(".pdf") for name in names)
    ledgers = {Path(name).stem for name in names if name.endswith(".xlsx")}
    assert ledgers == {"委员名册", "协商活动台账", "办理事项台账", "社情民意台账", "活动台账"}
    assert "目录.txt" in names
    return packets[0]


def start_the_county(clerk: Clerk, start: Callable[..., Session], tmp_path: Path) -> Township:
    """The same program on another file, set up as 县级."""
    clerk.begins("8 县级第一次启动")
    answers = fill_wizard(clerk, name="濉溪县政协办公室", level="县级", county="濉溪县")
    with clerk.answers(SetupWizard, answers):
        session = start(tmp_path / "县级.db")
    return Township(session, clerk)


def take_the_packet_in(county: Township, packet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """See what it changes, agree, find it all, read-only; once more changes nothing."""
    clerk, desk = county.clerk, county.desk
    clerk.begins("9 县级接收")
    page = county.page(HandoffPage)
    assert isinstance(page, HandoffPage)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(packet), ""))
    clerk.clicks(page.choice.receive_button)
    clerk.clicks(page.receiving.choose_button)
    clerk.sees(page.receiving.agree_button.isEnabled)
    assert "柳河镇" in page.receiving.report.toPlainText()
    assert desk.find(Membership) == []
    clerk.clicks(page.receiving.agree_button)
    clerk.sees(lambda: len(desk.find(Membership)) == 14)
    sender = next(each for each in desk.find(Office) if each.township == "柳河镇")
    assert len(desk.find(Meeting, office=sender.id)) == 1
    assert [each.number for each in desk.find(Minutes, office=sender.id)] == [1]
    assert len(desk.find(Matter, office=sender.id)) == 3

    minutes_page = county.page(MinutesPage)
    minutes_page.choose(desk.find(Minutes)[0])
    assert not minutes_page.is_dirty()
    assert isinstance(minutes_page, MinutesPage)
    assert "乡镇报来" in minutes_page.strip.sentence.text()
    meeting_page = county.page(MeetingPage)
    assert isinstance(meeting_page, MeetingPage)
    meeting_page.choose(desk.find(Meeting)[0])
    assert not meeting_page.save_button.isVisible()
    assert county.window.township_box.findText("柳河镇") >= 0

    county.page(HandoffPage)
    clerk.clicks(page.receiving.choose_button)
    clerk.sees(lambda: "已" in page.receiving.report.toPlainText())
    assert not page.receiving.agree_button.isEnabled()
    assert len(desk.find(Packet, direction="接收")) == 1
    assert date.today() >= desk.today
