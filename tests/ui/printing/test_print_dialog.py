"""The window of printing, as the clerk uses it: look, tick, one press; and what is asked before."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from liaison_desk.domain.record import with_values
from liaison_desk.exports.papers.registry import PAPERS
from liaison_desk.services.printed import printed_on
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.printing import print_run, printer_panel
from liaison_desk.ui.printing.options_panel import CHOICES
from liaison_desk.ui.printing.orders import kinds_of
from liaison_desk.ui.printing.page_choice import SOME
from liaison_desk.ui.printing.paper_tree import MOST_LISTED
from liaison_desk.ui.printing.print_dialog import PrintDialog
from liaison_desk.ui.printing.printer_panel import PrinterPanel
from tests import factory
from tests.scenarios.clerk import Clerk
from tests.ui.printing.printouts import file_printer, sizes
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.printing.laid import Laid
    from tests.exports.papers.story import Story

K = Qt.Key
A4, A4_TURNED, A3_TURNED = (210, 297), (297, 210), (420, 297)


class Clerks:
    """The clerk before the window of printing; its only printer writes to a file."""

    def __init__(self, window: MainWindow, clerk: Clerk, paper: Path) -> None:
        self.window = window
        self.clerk = clerk
        self.paper = paper

    def prints(
        self, act: Callable[[PrintDialog], None], *ticked: str, has_printer: bool = True
    ) -> None:
        """Press Ctrl+P, do something in the dialog, and close it."""

        def do(dialog: PrintDialog) -> None:
            if has_printer:
                dialog.printer.show_printers(["一楼打印机"], "一楼打印机")
            for key in ticked:
                dialog.papers.tick(key)
            act(dialog)
            if dialog.isVisible():
                dialog.reject()

        with self.clerk.answers(PrintDialog, do):
            self.clerk.presses(K.Key_P, ctrl=True)

    def presses_print(self, dialog: PrintDialog) -> None:
        """One press, and the paper is out."""
        self.clerk.presses(K.Key_Return)
        self.clerk.sees(lambda: "已送去打印" in said(dialog))

    def looks_at(self, dialog: PrintDialog, title: str) -> Laid:
        """Wait for the pages of a paper."""
        view, label = dialog.preview.view, dialog.preview.page_label
        assert dialog.preview.title.text() == title
        self.clerk.sees(lambda: label.text().startswith("第"))
        assert view.laid is not None
        return view.laid


@pytest.fixture
def clerk(
    desk: Desk, story: Story, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Clerks:
    paper = tmp_path / "纸.pdf"
    monkeypatch.setattr(PrinterPanel, "printer", lambda _panel: file_printer(paper, 300))
    counting = Clerk(qtbot)
    counting.begins("打印")
    return Clerks(make_window(desk, tmp_path, qtbot), counting, paper)


def said(dialog: PrintDialog) -> str:
    """What stands beside the buttons."""
    return dialog.said.text()


def lines(dialog: PrintDialog) -> str:
    """What is to be looked at."""
    return "\n".join(dialog.findings.sentences())


# -- one press -------------------------------------------------------------------------------


def test_minutes_are_printed_by_ctrl_p_and_enter(clerk: Clerks, story: Story, desk: Desk) -> None:
    turn(clerk.window, MinutesPage).choose(story.minutes)

    def act(dialog: PrintDialog) -> None:
        assert dialog.print_button.text() == "打印 协商纪要"
        clerk.presses_print(dialog)

    clerk.prints(act)
    assert clerk.clerk.strokes["打印"] == 2
    assert set(sizes(clerk.paper.read_bytes())) == {A4}
    assert printed_on(desk, story.minutes.id) == {"minutes": desk.today}


class SlowSpooler:
    """A print system that answers once its network does."""

    def __init__(self) -> None:
        self.answers = threading.Event()

    def availablePrinterNames(self) -> list[str]:  # noqa: N802  # Qt's name
        """The printers, after a while."""
        self.answers.wait()
        return ["一楼打印机"]

    def defaultPrinterName(self) -> str:  # noqa: N802  # Qt's name
        """The usual one."""
        return "一楼打印机"


def test_enter_before_the_printers_are_found_prints_when_they_are(
    clerk: Clerks, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler = SlowSpooler()
    monkeypatch.setattr(printer_panel, "QPrinterInfo", spooler)
    turn(clerk.window, MinutesPage).choose(story.minutes)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.presses(K.Key_Return)
        assert "正在找打印机" in said(dialog)
        assert not clerk.paper.exists()
        spooler.answers.set()
        clerk.clerk.sees(lambda: "已送去打印" in said(dialog))

    clerk.prints(act, has_printer=False)
    assert clerk.paper.exists()


def test_without_a_printer_the_clerk_is_told_what_she_can_do(clerk: Clerks, story: Story) -> None:
    turn(clerk.window, MinutesPage).choose(story.minutes)

    def act(dialog: PrintDialog) -> None:
        dialog.printer.show_printers([], "")
        assert said(dialog).startswith("没有找到打印机；可以存为PDF")
        assert not dialog.print_button.isEnabled()
        assert dialog.pdf_button.isEnabled()

    clerk.prints(act, has_printer=False)


def test_what_may_be_meant_is_printed_at_once_and_told_after(
    clerk: Clerks, story: Story, desk: Desk
) -> None:
    desk.save(with_values(story.meeting, {"place": ""}))
    turn(clerk.window, MeetingPage).choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        dialog.papers.tick("sign_in")
        clerk.presses_print(dialog)
        assert "会议通知：“地点”还没有填，打印出来是空的" in lines(dialog)

    clerk.prints(act, "notice")
    assert clerk.paper.exists()


def test_what_would_go_out_wrong_takes_a_second_press(
    clerk: Clerks, story: Story, desk: Desk
) -> None:
    draft = factory.minutes(desk, story.meeting, body="定于2026年 月 日前办好。")
    turn(clerk.window, MinutesPage).choose(draft)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.presses(K.Key_Return)
        clerk.clerk.sees(lambda: "再按一次" in said(dialog))
        assert "日期“2026年 月 日”没有写完" in lines(dialog)
        assert not clerk.paper.exists()
        clerk.presses_print(dialog)

    clerk.prints(act)
    assert clerk.paper.exists()


def test_a_character_in_no_font_is_named_and_the_other_papers_go_out(
    clerk: Clerks, story: Story, desk: Desk
) -> None:
    draft = factory.minutes(desk, story.meeting, body="陆\U000f1234主持。")
    turn(clerk.window, MinutesPage).choose(draft)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.presses(K.Key_Return)
        clerk.clerk.sees(lambda: "字体里没有“\U000f1234”" in lines(dialog))
        clerk.presses_print(dialog)

    clerk.prints(act, "outcome_sheet")
    assert len(sizes(clerk.paper.read_bytes())) == 1


def test_margins_of_the_printer_that_cut_are_told_before_anything_is_printed(
    clerk: Clerks, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_run, "millimetres", lambda _margins: (4.2, 4.2, 4.2, 29.0))
    turn(clerk.window, MinutesPage).choose(story.minutes)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.presses(K.Key_Return)
        clerk.clerk.sees(lambda: "再按一次" in said(dialog))
        assert "协商纪要：打印机下边有 29.0 毫米印不到，第1页的页码会被裁掉" in lines(dialog)

    clerk.prints(act)
    assert not clerk.paper.exists()


# -- many papers -----------------------------------------------------------------------------


def test_notice_ledger_and_a_wall_sheet_go_out_in_one_run_each_on_its_own_paper(
    clerk: Clerks, story: Story
) -> None:
    turn(clerk.window, MeetingPage).choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        assert dialog.print_button.text() == "打印 3 份"
        clerk.presses_print(dialog)

    clerk.prints(act, "agenda", "meeting_ledger", "wall_plan")
    assert [*dict.fromkeys(sizes(clerk.paper.read_bytes()))] == [A4, A4_TURNED, A3_TURNED]


def test_copies_and_pages_are_those_chosen(clerk: Clerks, story: Story) -> None:
    turn(clerk.window, MeetingPage).choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        dialog.printer.pages_box.setCurrentText(SOME)
        dialog.printer.pages_line.setText("一")
        clerk.clerk.presses(K.Key_Return)
        assert "页码“一”看不懂" in dialog.printer.fault.text()
        dialog.printer.pages_line.setText("1")
        dialog.printer.copies_box.setValue(3)
        clerk.presses_print(dialog)
        assert "共 3 页" in said(dialog)

    clerk.prints(act, "agenda", "sign_in")
    assert len(sizes(clerk.paper.read_bytes())) == 3


def test_of_several_records_chosen_the_paper_of_each_is_printed(
    clerk: Clerks, story: Story, desk: Desk
) -> None:
    factory.matter(desk, name="清淤")
    page = turn(clerk.window, MatterPage)
    page.list.table.selectAll()

    def act(dialog: PrintDialog) -> None:
        assert dialog.print_button.text() == "打印 2 份"
        clerk.presses_print(dialog)
        clerk.clerk.presses(K.Key_Right, K.Key_Right)
        assert dialog.print_button.text() == "打印 交办单"

    clerk.prints(act)
    assert len(sizes(clerk.paper.read_bytes())) == 2


def test_of_very_many_records_a_kind_is_one_line_that_prints_them_all(
    clerk: Clerks, story: Story, desk: Desk
) -> None:
    with desk.deed("很多事项"):
        for number in range(MOST_LISTED):
            factory.matter(desk, name=f"清淤{number}")
    page = turn(clerk.window, MatterPage)
    page.list.table.selectAll()

    def act(dialog: PrintDialog) -> None:
        line = dialog.papers.currentItem()
        assert line is not None
        assert line.text(0) == f"交办单　{MOST_LISTED + 1}份"
        assert line.childCount() == 0
        clerk.clerk.presses(K.Key_Space)
        assert dialog.print_button.text() == f"打印 {MOST_LISTED + 1} 份"

    clerk.prints(act)


def test_print_in_the_printers_own_window_prints(
    clerk: Clerks, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(clerk.window, MeetingPage).choose(story.meeting)

    class OwnWindow(QPrintDialog):
        """The printer's own window, where the clerk presses 打印."""

        def exec(self) -> int:
            """What it answers."""
            return int(self.DialogCode.Accepted)

    monkeypatch.setattr(printer_panel, "QPrintDialog", OwnWindow)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.clicks(dialog.printer.more_button)
        clerk.clerk.sees(lambda: "已送去打印" in said(dialog))

    clerk.prints(act, "agenda")
    assert clerk.paper.exists()


def test_what_was_ticked_is_ticked_when_the_dialog_comes_back(clerk: Clerks, story: Story) -> None:
    turn(clerk.window, MeetingPage).choose(story.meeting)
    clerk.prints(lambda _dialog: None, "agenda", "sign_in")
    again: list[str] = []
    clerk.prints(lambda dialog: again.extend(e.kind.key for e in dialog.papers.orders()))
    assert again == ["agenda", "sign_in"]


def test_every_paper_stands_on_some_page(clerk: Clerks) -> None:
    shown = {table.table for kind in clerk.window.kinds for table in kind.record_types}
    assert {each.of.table for each in PAPERS if each.of is not None} <= shown
    assert all(each in kinds_of(each.of) for each in PAPERS)
    assert {each.key for each in PAPERS} <= set(CHOICES)


# -- to the place it comes from --------------------------------------------------------------


def test_a_click_on_a_line_goes_to_the_field(clerk: Clerks, story: Story, desk: Desk) -> None:
    desk.save(with_values(story.meeting, {"place": ""}))
    page = turn(clerk.window, MeetingPage)
    page.choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.sees(lambda: "“地点”还没有填" in lines(dialog))
        row = dialog.findings.sentences().index("会议通知：“地点”还没有填，打印出来是空的")
        dialog.findings.list.itemClicked.emit(dialog.findings.list.item(row))

    clerk.prints(act)
    assert clerk.window.current is page
    assert clerk.window.focusWidget() is page.form.editors["place"].widget


def test_a_click_on_the_paper_goes_to_the_field_it_came_from(
    clerk: Clerks, story: Story, qtbot: QtBot
) -> None:
    page = turn(clerk.window, MeetingPage)
    page.choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        dialog.papers.tick("agenda")
        laid = clerk.looks_at(dialog, "会议议程")
        of_place = next(e for e in laid.places if e.source and e.source.field == "place")
        spot = dialog.preview.view.point_of(of_place).toPoint()
        qtbot.mouseClick(dialog.preview.view.sheets(), Qt.MouseButton.LeftButton, pos=spot)

    clerk.prints(act)
    assert clerk.window.focusWidget() is page.form.editors["place"].widget


# -- what is chosen --------------------------------------------------------------------------


def test_the_page_follows_the_choices(clerk: Clerks, story: Story) -> None:
    turn(clerk.window, MeetingPage).choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        dialog.papers.tick("sign_in")
        before = clerk.looks_at(dialog, "签到表")
        dialog.options.rows_box.setValue(60)
        clerk.clerk.sees(lambda: clerk.looks_at(dialog, "签到表").pages > before.pages)

    clerk.prints(act)


def test_the_page_can_be_zoomed_and_turned_by_keys(clerk: Clerks, story: Story) -> None:
    turn(clerk.window, MeetingPage).choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        clerk.looks_at(dialog, "会议通知")
        view = dialog.preview.view
        view.setFocus()
        widths = [view.sheets().width()]
        for key in (K.Key_Plus, K.Key_Plus, K.Key_Minus, K.Key_0):
            clerk.clerk.presses(key)
            widths.append(view.sheets().width())
        assert widths[0] < widths[1] < widths[2] > widths[3]
        assert widths[4] == widths[0]
        clerk.clerk.presses(K.Key_PageDown)
        assert dialog.preview.page_label.text().startswith("第 2 /")

    clerk.prints(act)


# -- saving ----------------------------------------------------------------------------------


def test_a_saved_file_names_its_title_and_author_and_holds_its_fonts(
    clerk: Clerks, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "纪要.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    turn(clerk.window, MinutesPage).choose(story.minutes)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.presses(K.Key_S, ctrl=True)
        clerk.clerk.sees(lambda: said(dialog) == "已存为“纪要.pdf”")

    clerk.prints(act)
    properties = pypdfium2.PdfDocument(target).get_metadata_dict()
    assert properties["Title"] == "".join(story.minutes.heading.split("\n"))
    assert properties["Author"] == "柳河镇政协联络组"
    assert "仿宋" in properties["Keywords"] + properties["Subject"]


def test_several_papers_become_one_file_with_a_bookmark_each(
    clerk: Clerks, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "会议.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    turn(clerk.window, MeetingPage).choose(story.meeting)

    def act(dialog: PrintDialog) -> None:
        clerk.clerk.presses(K.Key_S, ctrl=True)
        clerk.clerk.sees(target.exists)

    clerk.prints(act, "agenda", "sign_in", "dossier")
    document = pypdfium2.PdfDocument(target)
    titles = [each.get_title().partition("　")[0] for each in document.get_toc()]
    assert titles == ["会议议程", "签到表", "一会一档"]
    assert document.get_metadata_dict()["Author"] == "柳河镇政协联络组"
