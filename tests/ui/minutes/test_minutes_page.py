"""The page of the minutes, used as a clerk does."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit

from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Consensus
from liaison_desk.domain.minutes import DRAFT, FINAL, ISSUED, Minutes
from liaison_desk.domain.record import with_values
from liaison_desk.exports.papers import minutes_paper
from liaison_desk.store.backup import Backups
from liaison_desk.ui import messages
from liaison_desk.ui.context import Context
from liaison_desk.ui.minutes.minutes_form import MinutesForm
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.style import Style
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import show_alone

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.printing.laid import Laid, Ready

PATIENCE_MS = 10_000
A4_MM = (210, 297)


@pytest.fixture
def said() -> list[str]:
    """What stood in the status line."""
    return []


@pytest.fixture
def context(desk: Desk, tmp_path: Path, said: list[str]) -> Context:
    """A desk with minutes of a meeting that agreed on three matters."""
    meeting = factory.meeting(desk)
    agency = factory.agency(desk)
    for place, name in enumerate(("划车位", "疏导交通", "改建停车场"), start=1):
        factory.consensus(desk, meeting, name, agency=agency.id, position=place)
    body = "一、会议认为\n停车难是群众反映强烈的问题。\n二、会议议定事项\n" + "划线。" * 300
    factory.minutes(desk, meeting, version=1, issuer="柳河镇政协联络组", body=body)
    made = Context(desk, Style(), Backups(tmp_path / "备份"))
    made.say = lambda sentence, _can_undo: said.append(sentence)
    return made


def shown(context: Context, qtbot: QtBot, *, is_kept: bool = True) -> MinutesPage:
    """A page that shows the newest minutes and their paper."""
    page = MinutesPage(context)
    if is_kept:
        qtbot.addWidget(page)
    show_alone(page, qtbot)
    with qtbot.waitSignal(page.paper.followed, timeout=PATIENCE_MS):
        page.choose(context.desk.find(Minutes)[-1])
    return page


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> MinutesPage:
    """The page in a window."""
    return shown(context, qtbot)


def text_of(page: MinutesPage, name: str) -> QPlainTextEdit:
    """The text box of a field."""
    widget = page.form.editors[name].widget
    assert isinstance(widget, QPlainTextEdit)
    return widget


def click(qtbot: QtBot, widget: QWidget) -> None:
    """Click something that can be seen."""
    assert widget.isVisible()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def minutes(desk: Desk) -> Minutes:
    """The only minutes."""
    (found,) = desk.find(Minutes)
    return found


def test_finalising_numbers_and_locks_the_minutes_and_opens_the_matters(
    page: MinutesPage, desk: Desk, qtbot: QtBot, said: list[str]
) -> None:
    click(qtbot, page.finalise_button)
    assert minutes(desk).full_number == "〔2026〕1号"
    assert minutes(desk).status == FINAL
    assert len(desk.find(Matter)) == 3
    assert said == ["已定稿，编号 〔2026〕1号，3件办理事项已建立"]
    assert text_of(page, "body").isReadOnly()
    assert "不能再改" in page.strip.sentence.text()
    assert not page.finalise_button.isVisible()


def test_what_is_typed_is_saved_before_finalising(
    page: MinutesPage, desk: Desk, qtbot: QtBot
) -> None:
    body = text_of(page, "body")
    body.selectAll()
    commit_text(body, "会议议定，尽快划线。")
    click(qtbot, page.finalise_button)
    assert minutes(desk).body == "会议议定，尽快划线。"


def test_the_strip_says_what_is_missing(
    page: MinutesPage, desk: Desk, qtbot: QtBot, said: list[str]
) -> None:
    assert page.strip.sentence.text().startswith("可以定稿")
    consensus = desk.find(Consensus)[1]
    desk.save(type(consensus)(**(vars(consensus) | {"due_on": None})))
    text_of(page, "present").clear()
    waited = "定稿前还差：请填写出席人员；第2条共识事项没有时限"
    qtbot.waitUntil(lambda: page.strip.sentence.text() == waited)
    click(qtbot, page.finalise_button)
    assert minutes(desk).status == DRAFT
    assert said[-1].startswith("还不能定稿")


def test_what_was_agreed_but_is_not_in_the_text_is_warned_of(
    page: MinutesPage, desk: Desk, qtbot: QtBot
) -> None:
    assert "等3条的原文不在正文里" in page.strip.warning.text()
    agreed = [each.name for each in desk.find(Consensus)]
    text_of(page, "body").setPlainText("\n".join(["一、会议议定事项", *agreed]))
    qtbot.waitUntil(lambda: "原文不在正文里" not in page.strip.warning.text())


def test_a_title_that_sounds_secret_is_warned_of(page: MinutesPage, qtbot: QtBot) -> None:
    heading = text_of(page, "heading")
    heading.selectAll()
    commit_text(heading, "关于机密事项的协商纪要")
    qtbot.waitUntil(lambda: "国家秘密" in page.strip.warning.text())
    assert page.strip.warning.isVisible()


def test_issuing_and_a_new_version_follow_finalising(
    page: MinutesPage, desk: Desk, qtbot: QtBot
) -> None:
    click(qtbot, page.finalise_button)
    click(qtbot, page.issue_button)
    assert minutes(desk).status == ISSUED
    click(qtbot, page.version_button)
    versions = {each.version: each.status for each in desk.find(Minutes)}
    assert versions == {1: ISSUED, 2: DRAFT}
    assert not text_of(page, "body").isReadOnly()
    assert len({each.full_number for each in desk.find(Minutes)}) == 1


def test_a_character_that_cannot_be_printed_is_not_finalised_and_has_the_cursor(
    page: MinutesPage, desk: Desk, qtbot: QtBot, said: list[str]
) -> None:
    body = text_of(page, "body")
    body.selectAll()
    commit_text(body, "一、会议认为\n陆\U000f1234提出，停车难。")
    click(qtbot, page.finalise_button)
    assert minutes(desk).status == DRAFT
    assert "\U000f1234" in said[-1]
    assert "正文第2段" in said[-1]
    qtbot.waitUntil(body.hasFocus)
    assert body.textCursor().selectedText() == "\U000f1234"


def test_the_paper_follows_what_is_typed(page: MinutesPage, qtbot: QtBot) -> None:
    body = text_of(page, "body")
    body.selectAll()
    with qtbot.waitSignal(page.paper.followed, timeout=PATIENCE_MS):
        commit_text(body, "会议认为，要尽快划线。")
    assert page.paper.rendered is not None
    assert page.paper.rendered.pages == 1


def test_half_a_date_keeps_neither_the_cursor_nor_the_paper(
    page: MinutesPage, desk: Desk, qtbot: QtBot
) -> None:
    page.form.editors["dated"].set_answer("3月")
    body = text_of(page, "body")
    body.setFocus()
    body.selectAll()
    with qtbot.waitSignal(page.paper.followed, timeout=PATIENCE_MS):
        commit_text(body, "会议认为。")
    assert body.hasFocus()
    assert page.paper.rendered is not None
    assert page.paper.rendered.pages == 1
    click(qtbot, page.pdf_button)
    assert page.form.editors["dated"].widget.hasFocus()
    fault = page.findChild(QLabel, "dated_fault")
    assert isinstance(fault, QLabel)
    assert "看不懂" in fault.text()


def test_the_cursor_points_at_its_paragraph_and_a_click_puts_it_there(
    page: MinutesPage, qtbot: QtBot
) -> None:
    body = text_of(page, "body")
    body.setFocus()
    qtbot.keyClick(body, Qt.Key.Key_Down)
    assert page.paper.pointed() == ("body", 1)
    assert page.paper.rendered is not None
    place = next(e for e in page.paper.rendered.places if (e.part, e.paragraph) == ("body", 2))
    spot = page.paper.point_of(place).toPoint()
    qtbot.mouseClick(page.paper.sheets(), Qt.MouseButton.LeftButton, pos=spot)
    assert body.textCursor().blockNumber() == 2


def test_a_click_on_the_attendance_unfolds_it(page: MinutesPage, qtbot: QtBot) -> None:
    assert not text_of(page, "present").isVisible()
    assert page.paper.rendered is not None
    place = next(e for e in page.paper.rendered.places if e.part == "present")
    spot = page.paper.point_of(place).toPoint()
    qtbot.mouseClick(page.paper.sheets(), Qt.MouseButton.LeftButton, pos=spot)
    assert text_of(page, "present").hasFocus()


def test_a_draft_survives_the_page(context: Context, desk: Desk, qtbot: QtBot) -> None:
    page = shown(context, qtbot, is_kept=False)
    body = text_of(page, "body")
    body.selectAll()
    commit_text(body, "写到一半")
    qtbot.waitUntil(lambda: bool(desk.drafts.all()))
    page.close()
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    again = shown(context, qtbot)
    again.resume(desk.drafts.all()[0])
    assert text_of(again, "body").toPlainText() == "写到一半"
    assert again.save()
    assert minutes(desk).body == "写到一半"


def test_the_file_holds_the_bytes_that_are_shown(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "纪要.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.save_pdf()
    assert page.paper.rendered is not None
    assert target.read_bytes() == page.paper.rendered.pdf


def test_final_minutes_are_saved_as_a_file_to_be_kept(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "纪要.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.finalise()
    page.save_pdf()
    assert b"<pdfaid:part>2</pdfaid:part>" in target.read_bytes()


def test_the_window_lives_while_the_paper_to_be_kept_is_made(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives, lay = threading.Event(), page.paper.maker.lay

    def lay_when_it_lives(words: Ready, *, archive: bool) -> Laid:
        assert lives.wait(10)
        return lay(words, archive=archive)

    target = tmp_path / "纪要.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    monkeypatch.setattr(page.paper.maker, "lay", lay_when_it_lives)
    QTimer.singleShot(0, page, lives.set)
    page.save_pdf()
    assert target.exists()


def test_a_title_no_file_may_bear_and_a_name_without_ending_make_a_pdf(
    page: MinutesPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def ask(_parent: object, _title: str, name: str, _kind: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "三月1.5期"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    text_of(page, "heading").setPlainText("关于停车难/乱停车:“三月”\n的协商纪要")
    page.save()
    page.save_pdf()
    assert [Path(each).name for each in offered] == ["草稿_关于停车难乱停车“三月”的协商纪要.pdf"]
    assert (tmp_path / "三月1.5期.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_is_offered_at_home_first_and_then_where_the_last_one_went(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[Path] = []

    def ask(_parent: object, _title: str, start: str, _kind: str) -> tuple[str, str]:
        offered.append(Path(start).parent)
        return str(tmp_path / "纪要"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    page.save_pdf()
    page.word_button.save_action.trigger()
    assert offered == [Path.home(), tmp_path]


def test_an_older_file_stays_whole_when_the_disk_is_full(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "纪要.pdf"
    target.write_bytes(b"older")
    told: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    monkeypatch.setattr(messages, "tell", lambda _parent, error: told.append(str(error)))
    monkeypatch.setattr("os.fsync", full)
    page.save_pdf()
    page.word_button.save_action.trigger()
    assert target.read_bytes() == b"older"
    assert [each.name for each in tmp_path.glob("纪要*")] == ["纪要.pdf"]
    assert [each[:16] for each in told] == ["文件没有存成，资料没有改动。请看"] * 2


def test_the_button_asks_the_window_to_print_the_minutes(page: MinutesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.print_wanted) as asked:
        click(qtbot, page.print_button)
    assert asked.args == [None, ("minutes",)]


def test_every_editable_part_reaches_the_paper(page: MinutesPage, desk: Desk) -> None:
    paper = minutes_paper(minutes(desk))
    assert (paper.title, paper.mark) == (minutes(desk).heading, minutes(desk).mark)
    assert [each.label for each in paper.name_lists] == ["出席", "请假", "列席"]
    assert isinstance(page.form.editors["copies"].widget, QLineEdit)


def test_the_list_is_a_sound_item_model(page: MinutesPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.list.model)


def test_an_empty_list_says_where_minutes_come_from(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = MinutesPage(Context(desk, Style(), Backups(tmp_path / "备份")))
    qtbot.addWidget(page)
    page.reload()
    assert "起草纪要" in page.list.empty_label.text()
    page.new()
    assert page.record is None


def test_the_picture_shown_is_the_picture_of_the_file(page: MinutesPage) -> None:
    shown_picture: QImage | None = page.paper.picture(0)
    paper = page.paper.rendered
    assert shown_picture is not None
    assert paper is not None
    dpi = shown_picture.width() / A4_MM[0] * 25.4
    assert abs(page.paper.maker.picture(paper.pdf, 0, dpi).width() - shown_picture.width()) <= 1


def test_the_numbers_that_were_skipped_this_year_stand_beside_the_count(
    page: MinutesPage, context: Context
) -> None:
    count = page.list.count_label
    assert "缺" not in count.text()
    draft = minutes(context.desk)
    context.desk.save(with_values(draft, {"status": FINAL, "year": 2026, "number": 3}))
    page.reload()
    assert "缺 1号、2号" in count.text()


def test_the_summary_and_the_text_are_one_text_on_the_paper(
    page: MinutesPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.paper.followed, timeout=PATIENCE_MS):
        text_of(page, "summary").setPlainText("会议概况第一段。\n会议概况第二段。")
    text_of(page, "summary").setFocus()
    text_of(page, "summary").moveCursor(QTextCursor.MoveOperation.End)
    assert page.paper.pointed() == ("body", 1)
    text_of(page, "body").setFocus()
    text_of(page, "body").moveCursor(QTextCursor.MoveOperation.Start)
    assert page.paper.pointed() == ("body", 2)
    form = page.form
    assert isinstance(form, MinutesForm)
    form.put_cursor("body", 1)
    assert text_of(page, "summary").hasFocus()
    assert text_of(page, "summary").textCursor().blockNumber() == 1
    form.put_cursor("body", 3)
    assert text_of(page, "body").hasFocus()
    assert text_of(page, "body").textCursor().blockNumber() == 1
