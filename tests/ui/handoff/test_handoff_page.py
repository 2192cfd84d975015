"""报送与接收: what the clerk sees before, while and after a packet is made or taken in."""

from __future__ import annotations

import shutil
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from liaison_desk.domain.minutes import FINAL
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.exports import packet_papers
from liaison_desk.services.handoff.making import MadePacket, make_packet
from liaison_desk.store import queries
from liaison_desk.ui.county_home_page import CountyHomePage
from liaison_desk.ui.handoff import receiving_panel, sending_panel
from liaison_desk.ui.handoff.handoff_page import HandoffPage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.tasks import TaskBox
from tests import factory, sticks
from tests.scenarios.clerk import Clerk
from tests.services.handoff import packets
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.handoff.making import PacketOrder, Papers, Progress
    from liaison_desk.services.handoff.scope import PacketScope
    from liaison_desk.services.handoff.stick import TargetFolder
    from liaison_desk.ui.handoff.receiving_panel import ReceivingPanel
    from liaison_desk.ui.handoff.sending_panel import SendingPanel
    from liaison_desk.ui.main_window import MainWindow

IDENTITY = "11010519491231002X"


@pytest.fixture
def township(desk: Desk) -> Desk:
    """A topic, and a meeting with final and with draft minutes and one person's numbers."""
    factory.topic(desk, proposed_on=desk.today)
    held = factory.meeting(desk)
    who = factory.person(desk, "陆䶮", phone="13805610001", identity=IDENTITY)
    factory.attendance(desk, held, who)
    numbered = {"status": FINAL, "year": 2026, "number": 1, "version": 1}
    desk.save(with_values(factory.minutes(desk, held), numbered))
    factory.minutes(desk, factory.meeting(desk, "另一次协商会"))
    return desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick that works."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def clerk(qtbot: QtBot) -> Clerk:
    made = Clerk(qtbot)
    made.begins("报送与接收")
    return made


# -- the township reports ------------------------------------------------------------------------


@pytest.fixture
def window(township: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(township, tmp_path, qtbot, pages=(HomePage, HandoffPage))


@pytest.fixture
def sending(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> SendingPanel:
    """The page of 报送给县里, with no stick plugged in."""
    for side in (sending_panel, receiving_panel):
        monkeypatch.setattr(side, "sticks", list)
    page = turn(window, HandoffPage)
    page.choice.send_button.click()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return page.sending


def write_dates(sending: SendingPanel, begin: str, end: str) -> None:
    """Type the period and go on, as Tab does."""
    for line, text in ((sending.from_line, begin), (sending.until_line, end)):
        line.setFocus()
        line.selectAll()
        if text:
            commit_text(line, text)
        else:
            QTest.keyClick(line, Qt.Key.Key_Backspace)
    sending.folder_button.setFocus()


def said(panel: SendingPanel | ReceivingPanel) -> str:
    return panel.said.text()


def test_the_period_not_yet_reported_is_offered(sending: SendingPanel, desk: Desk) -> None:
    assert sending.from_line.text() == "2026-01-01"
    assert sending.until_line.text() == desk.today.isoformat()
    assert sending.start_button.isEnabled()


def test_what_years_of_records_come_to_is_counted_off_the_thread_of_the_window(
    sending: SendingPanel, desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(queries, "QUICK_ROWS", 0)
    told = sending.preview.text()
    asked: list[str] = []
    desk.database.connection.set_trace_callback(asked.append)
    sending.show_preview()
    desk.database.connection.set_trace_callback(None)
    assert sending.preview.text() == "正在数……"
    assert not [each for each in asked if "topic" in each]
    assert sending.start_button.isEnabled()
    qtbot.waitUntil(lambda: sending.preview.text() == told)
    write_dates(sending, "2026-03-09", "2026-01-01")
    qtbot.waitUntil(lambda: "起始日期晚于截止日期" in sending.preview.text())
    assert not sending.start_button.isEnabled()


def test_the_preview_counts_what_goes_along_and_says_what_stays(
    sending: SendingPanel, desk: Desk
) -> None:
    told = sending.preview.text()
    assert "第1号" in told
    assert "议题 1" in told
    assert "协商会 2" in told
    assert "手机 1 个" in told
    assert "身份证号" not in told.split("个人信息：")[1]
    assert "草稿纪要 1 份不报送" in told
    sending.identity_box.click()
    assert "身份证号 1 个" in sending.preview.text()
    assert not desk.find(Packet)


def test_a_meeting_after_the_period_is_said_to_stay(sending: SendingPanel) -> None:
    write_dates(sending, "1.1", "3.1")
    assert sending.until_line.text() == "2026-03-01"
    assert "截止日期之后的会议 2 次不报送" in sending.preview.text()


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("", "2026-3-31", "请填写起止日期"),
        ("2026-1-1", "", "请填写起止日期"),
        ("2026-13-1", "2026-3-31", "日期"),
        ("不知道", "2026-3-31", "日期"),
        ("2026-4-1", "2026-3-31", "起始日期晚于截止日期"),
    ],
)
def test_dates_that_do_not_do_are_told_in_words_and_nothing_can_be_started(
    begin: str, end: str, told: str, sending: SendingPanel, stick: Path
) -> None:
    sending.folder_box.setEditText(str(stick))
    write_dates(sending, begin, end)
    assert told in sending.preview.text()
    assert not sending.start_button.isEnabled()
    write_dates(sending, "2026-1-1", "2026-3-31")
    assert sending.start_button.isEnabled()


def test_starting_without_a_folder_says_what_to_do(
    sending: SendingPanel, clerk: Clerk, desk: Desk
) -> None:
    clerk.clicks(sending.start_button)
    assert "请先插好U盘" in said(sending)
    assert sending.folder_button.hasFocus()
    assert not desk.find(Packet)


def test_a_folder_that_has_vanished_is_told_of(
    sending: SendingPanel, clerk: Clerk, desk: Desk, stick: Path
) -> None:
    sending.folder_box.setEditText(str(stick))
    shutil.rmtree(stick)
    clerk.clicks(sending.start_button)
    assert "请先插好U盘" in said(sending)
    assert not desk.find(Packet)


def test_a_finished_packet_says_the_stick_may_be_pulled_out(
    sending: SendingPanel, clerk: Clerk, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    clerk.clicks(sending.folder_button)
    clerk.clicks(sending.start_button)
    (packet,) = stick.iterdir()
    assert said(sending).startswith("可以拔出U盘了")
    assert str(packet) in said(sending)
    assert [each.file_name for each in desk.find(Packet)] == [packet.name]


def test_the_sheet_that_both_sides_sign_is_one_press_away(
    sending: SendingPanel, clerk: Clerk, desk: Desk, stick: Path, qtbot: QtBot
) -> None:
    page = sending.window().findChild(HandoffPage)
    assert isinstance(page, HandoffPage)
    wanted: list[tuple[object, object]] = []
    page.print_wanted.disconnect()
    page.print_wanted.connect(lambda records, keys: wanted.append((records, keys)))
    assert not sending.sheet_button.isVisible()
    sending.folder_box.setEditText(str(stick))
    clerk.clicks(sending.start_button)
    sending.window().activateWindow()  # as a desktop does when the box of progress has gone
    qtbot.waitUntil(sending.sheet_button.hasFocus)
    clerk.presses(Qt.Key.Key_Space)
    packet = desk.find(Packet)[0]
    assert wanted == [([packet], ("packet_sheet",))]
    page.show_choice()
    clerk.sees(page.choice.sheet_button.isVisible)
    assert page.records_to_print() == [packet]


def never_ready(*_: object) -> Papers:
    """Papers that take until the clerk presses 取消."""

    def papers(_scope: PacketScope, progress: Progress) -> Iterable[packets.PacketFile]:
        for done in range(10_000):
            progress(done, 10_000, "正在做纪要")
            time.sleep(0.002)
        pytest.fail("nobody cancelled")
        return ()

    return papers


def test_cancelling_leaves_no_file_no_number_and_no_note(
    sending: SendingPanel, clerk: Clerk, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packet_papers, "PacketPapers", never_ready)
    sending.folder_box.setEditText(str(stick))
    with clerk.answers(TaskBox, lambda box: clerk.clicks(box.cancel_button)):
        clerk.clicks(sending.start_button)
    assert "已取消" in said(sending)
    assert "可以拔出" not in said(sending)
    assert not list(stick.iterdir())
    assert not desk.find(Packet)
    assert "第1号" in sending.preview.text()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (sticks.StickWithoutRoom, "放不下报送包，还差约"),
        (sticks.StickThatFillsUp, "放不下报送包，还差约"),
        (sticks.StickThatRefuses, "只读"),
        (sticks.StickThatIsPulledOut, "被拔出"),
        (sticks.StickThatForgets, "读回来与原样不符"),
    ],
)
def test_a_stick_that_fails_is_told_of_and_uses_no_number(
    kind: type[TargetFolder],
    told: str,
    sending: SendingPanel,
    clerk: Clerk,
    desk: Desk,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make_there(
        desk: Desk, order: PacketOrder, folder: Path, papers: Papers, progress: Progress
    ) -> MadePacket:
        return make_packet(desk, order, kind(folder), papers, progress)

    monkeypatch.setattr(sending_panel, "make_packet", make_there)
    sending.folder_box.setEditText(str(stick))
    clerk.clicks(sending.start_button)
    assert told in said(sending)
    assert "资料没有改动，期号没有占用" in said(sending)
    assert "可以拔出" not in said(sending)
    assert not list(stick.iterdir())
    assert not desk.find(Packet)


def test_escape_goes_back_to_the_choice_with_the_cursor_on_it(
    sending: SendingPanel, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(sending.start_button, Qt.Key.Key_Escape)
    choice = turn(window, HandoffPage).choice
    assert choice.isVisible()
    assert choice.send_button.hasFocus()


# -- the county takes in -------------------------------------------------------------------------


@pytest.fixture
def packet(township: Desk, stick: Path) -> Path:
    return packets.made(township, stick).path


@pytest.fixture
def county_window(county_desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(county_desk, tmp_path, qtbot, pages=(CountyHomePage, HandoffPage))


@pytest.fixture
def receiving(county_window: MainWindow) -> ReceivingPanel:
    page = turn(county_window, HandoffPage)
    page.choice.receive_button.click()
    return page.receiving


def look_at(receiving: ReceivingPanel, clerk: Clerk, path: Path, mp: pytest.MonkeyPatch) -> str:
    """Choose a file; what the page then shows."""
    mp.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    clerk.clicks(receiving.choose_button)
    return receiving.report.toPlainText()


def everything(desk: Desk) -> list[Record]:
    """Every record there is."""
    return [record for kind in RECORD_TYPES for record in desk.find(kind)]


def cut_short(packet: Path) -> Path:
    """What is left when the stick was pulled out too soon."""
    packet.write_bytes(packet.read_bytes()[:-3000])
    return packet


def bitten(packet: Path) -> Path:
    """One byte is another."""
    content = bytearray(packet.read_bytes())
    content[len(content) // 2] ^= 1
    packet.write_bytes(content)
    return packet


def a_text(packet: Path) -> Path:
    other = packet.with_name("通知.zip")
    other.write_text("这是一份通知。" * 300, "utf-8")
    return other


def photos(packet: Path) -> Path:
    other = packet.with_name("照片.zip")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("照片.jpg", b"\xff" * 5000)
    return other


def gone(packet: Path) -> Path:
    packet.unlink()
    return packet


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (cut_short, "不完整"),
        (bitten, "不完整，或者做好以后被改动过"),
        (a_text, "不是联络台做的报送包"),
        (photos, "不是联络台做的报送包"),
        (gone, "找不到文件"),
    ],
)
def test_a_file_that_is_no_sound_packet_is_told_of_and_changes_nothing(
    spoil: object,
    told: str,
    receiving: ReceivingPanel,
    clerk: Clerk,
    packet: Path,
    county_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert callable(spoil)
    before = everything(county_desk)
    look_at(receiving, clerk, spoil(packet), monkeypatch)
    assert told in said(receiving)
    assert "资料没有改动" in said(receiving)
    assert not receiving.agree_button.isEnabled()
    assert everything(county_desk) == before


def test_nothing_is_written_before_she_agrees_and_one_undo_takes_it_all_back(
    receiving: ReceivingPanel,
    clerk: Clerk,
    packet: Path,
    county_window: MainWindow,
    county_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = everything(county_desk)
    shown = look_at(receiving, clerk, packet, monkeypatch)
    assert "首次接收柳河镇的报送包" in shown
    assert "新增：桥口村停车难问题" in shown
    assert IDENTITY not in shown
    assert everything(county_desk) == before
    clerk.clicks(receiving.agree_button)
    assert len(county_desk.find(Topic)) == 1
    assert "新增" in said(receiving)
    assert not receiving.agree_button.isEnabled()
    assert county_window.status.undo_link.isVisible()
    county_window.status.undo_link.click()
    assert everything(county_desk) == before
    assert "首次接收" in look_at(receiving, clerk, packet, monkeypatch)
    assert receiving.agree_button.isEnabled()


def test_the_same_packet_again_is_known_and_cannot_be_agreed_to(
    receiving: ReceivingPanel,
    clerk: Clerk,
    packet: Path,
    county_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packets.received(county_desk, packet)
    before = everything(county_desk)
    assert "已经接收过" in look_at(receiving, clerk, packet, monkeypatch)
    assert not receiving.agree_button.isEnabled()
    assert everything(county_desk) == before


def test_an_older_packet_takes_nothing_back(
    receiving: ReceivingPanel,
    clerk: Clerk,
    packet: Path,
    township: Desk,
    stick: Path,
    county_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    topic = township.find(Topic)[0]
    township.save(with_values(topic, {"name": "改过的名称"}))
    packets.received(county_desk, packets.made(township, stick).path)
    shown = look_at(receiving, clerk, packet, monkeypatch)
    assert "较早的报送包" in shown
    assert "第2号" in shown
    assert "不会用旧内容覆盖新内容" in shown
    if receiving.agree_button.isEnabled():
        clerk.clicks(receiving.agree_button)
    assert [each.name for each in county_desk.find(Topic)] == ["改过的名称"]
