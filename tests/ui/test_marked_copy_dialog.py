"""The minutes out as a Word file and back, as the clerk does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from liaison_desk.domain.minutes import DRAFT, FINAL, Minutes
from liaison_desk.domain.record import with_values
from liaison_desk.exports.papers import minutes_paper
from liaison_desk.exports.word.document import render_docx
from liaison_desk.exports.word.reading import read_marked
from liaison_desk.services.marked_copy import MarkedChange, MarkedCopy, compare
from liaison_desk.store.backup import Backups
from liaison_desk.ui import messages
from liaison_desk.ui.context import Context
from liaison_desk.ui.minutes.marked_copy_dialog import MarkedCopyDialog
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.style import Style
from tests import factory
from tests.exports.word.marking import Marked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.errors import DeskError
    from liaison_desk.services.desk import Desk

LINES = ("一、会议议定", "新划停车位30个，费用不大。", "每月报告一次进展。")


@pytest.fixture
def minutes(desk: Desk) -> Minutes:
    body = "\n".join(LINES)
    return factory.minutes(desk, factory.meeting(desk), version=1, body=body)


@pytest.fixture
def marked(minutes: Minutes) -> Marked:
    return Marked(render_docx(minutes_paper(minutes)))


@pytest.fixture
def said() -> list[str]:
    """What stood in the status line."""
    return []


@pytest.fixture
def page(
    desk: Desk, minutes: Minutes, tmp_path: Path, qtbot: QtBot, said: list[str]
) -> MinutesPage:
    """The page with the minutes chosen."""
    context = Context(desk, Style(), Backups(tmp_path / "备份"))
    context.say = lambda sentence, _can_undo: said.append(sentence)
    made = MinutesPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.reload()
    made.show()
    made.choose(minutes)
    return made


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the file dialogs answer."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def accept(monkeypatch: pytest.MonkeyPatch, wanted: Callable[[MarkedChange], bool]) -> None:
    """What the clerk ticks."""
    monkeypatch.setattr(
        MarkedCopyDialog,
        "ask",
        lambda _page, copy, _style: [each for each in copy.changes if wanted(each)],
    )


def body_of(desk: Desk, minutes: Minutes) -> str:
    now = desk.get(Minutes, minutes.id)
    assert now is not None
    return now.body


def test_the_file_that_is_saved_can_be_brought_back(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    choose(monkeypatch, tmp_path / "纪要")
    page.word_button.save_action.trigger()
    path = tmp_path / "纪要.docx"
    assert said == [f"已存为 {path}"]
    choose(monkeypatch, path)
    page.word_button.bring_action.trigger()
    assert said[-1] == "“纪要.docx”和这份纪要没有不同"


def test_what_is_accepted_stands_in_the_form_and_can_be_undone(
    page: MinutesPage,
    desk: Desk,
    minutes: Minutes,
    marked: Marked,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: list[str],
) -> None:
    marked.replace("费用不大", "费用三万元").replace("每月", "每季度")
    choose(monkeypatch, marked.save(tmp_path))
    accept(monkeypatch, lambda each: "三万" in each.new[0])
    page.word_button.bring_action.trigger()
    assert said == ["已采用1处改动"]
    assert page.form.editors["body"].value() == "\n".join(LINES).replace("不大", "三万元")
    desk.undo()
    assert body_of(desk, minutes) == minutes.body


def test_cancelling_changes_nothing(
    page: MinutesPage,
    desk: Desk,
    minutes: Minutes,
    marked: Marked,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(monkeypatch, marked.replace("费用不大", "费用不高").save(tmp_path))
    monkeypatch.setattr(MarkedCopyDialog, "ask", lambda *_: None)
    page.word_button.bring_action.trigger()
    assert body_of(desk, minutes) == minutes.body


@pytest.mark.parametrize("answer", [True, False])
def test_final_minutes_ask_for_a_new_version_first(
    answer: bool,
    page: MinutesPage,
    desk: Desk,
    minutes: Minutes,
    marked: Marked,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    final = desk.save(with_values(minutes, {"status": FINAL, "year": 2026, "number": 1}))
    page.reload()
    page.choose(final)
    choose(monkeypatch, marked.replace("费用不大", "费用不高").save(tmp_path))
    accept(monkeypatch, lambda _each: True)
    asked: list[str] = []

    def confirm(_page: MinutesPage, question: str, _deed: str) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(messages, "confirm", confirm)
    page.word_button.bring_action.trigger()
    assert "另起新版本" in asked[0]
    assert body_of(desk, minutes) == minutes.body
    drafts = desk.find(Minutes, status=DRAFT)
    assert ["费用不高" in each.body for each in drafts] == ([True] if answer else [])


def test_a_file_that_is_no_word_file_is_told_of(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "旧.doc"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    choose(monkeypatch, path)
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, error: told.append(str(error)))
    page.word_button.bring_action.trigger()
    assert "另存为" in told[0]
    assert "资料没有改动" in told[0]


def test_a_folder_that_takes_no_file_is_told_of(
    page: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path / "没有" / "纪要.docx")
    told: list[DeskError] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, error: told.append(error))
    page.word_button.save_action.trigger()
    assert "没有存成，资料没有改动" in str(told[0])


def compared(desk: Desk, minutes: Minutes, marked: Marked, folder: Path) -> MarkedCopy:
    return compare(desk, minutes, read_marked(marked.save(folder)))


def test_every_change_has_a_tick_a_comment_has_none(
    desk: Desk, minutes: Minutes, marked: Marked, tmp_path: Path, qtbot: QtBot
) -> None:
    marked.track("不大", "三万元").comment("每月", "太勤了").add_after("每月", "新的一段。")
    dialog = MarkedCopyDialog(None, compared(desk, minutes, marked, tmp_path), Style())
    qtbot.addWidget(dialog)
    dialog.show()
    assert [each.box.text() for each in dialog.cards] == [
        "正文第2段　改动",
        "正文第3段　批注",
        "正文第3段之后　新加",
    ]
    assert [each.box.isVisible() for each in dialog.cards] == [True, False, True]
    assert dialog.head.text() == "“修改稿.docx”：改动2处，批注1条"
    remark = dialog.cards[1].findChild(QLabel, "remark")
    assert remark is not None
    assert remark.text() == "批注（王镇长，“每月”）：太勤了"
    words = dialog.cards[0].words.text()
    assert "line-through" in words
    assert "underline" in words


def test_all_none_and_one_can_be_ticked(
    desk: Desk, minutes: Minutes, marked: Marked, tmp_path: Path, qtbot: QtBot
) -> None:
    marked.replace("不大", "不高").replace("每月", "每季度")
    dialog = MarkedCopyDialog(None, compared(desk, minutes, marked, tmp_path), Style())
    qtbot.addWidget(dialog)
    assert len(dialog.accepted_changes()) == 2
    qtbot.mouseClick(dialog.none_button, Qt.MouseButton.LeftButton)
    assert dialog.accepted_changes() == []
    assert not dialog.take_button.isEnabled()
    qtbot.keyClick(dialog.cards[1].box, Qt.Key.Key_Space)
    assert [each.place for each in dialog.accepted_changes()] == ["正文第3段"]
    assert dialog.take_button.text() == "采用选中的（1）"
    qtbot.mouseClick(dialog.all_button, Qt.MouseButton.LeftButton)
    assert len(dialog.accepted_changes()) == 2


def test_nothing_is_ticked_beforehand_when_the_file_is_not_surely_ours(
    desk: Desk, minutes: Minutes, marked: Marked, tmp_path: Path, qtbot: QtBot
) -> None:
    marked.replace("不大", "不高").without_marks()
    dialog = MarkedCopyDialog(None, compared(desk, minutes, marked, tmp_path), Style())
    qtbot.addWidget(dialog)
    assert dialog.accepted_changes() == []
    assert "按文字比对" in dialog.notes.text()


@pytest.mark.parametrize(("dark", "zoom"), [(False, 100), (True, 100), (False, 150)])
def test_the_window_is_no_wider_than_the_screen(
    dark: bool,
    zoom: int,
    desk: Desk,
    minutes: Minutes,
    marked: Marked,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    marked.replace("不大", "不高" * 200)
    style = Style(dark=dark, zoom=zoom)
    dialog = MarkedCopyDialog(None, compared(desk, minutes, marked, tmp_path), style)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.minimumSizeHint().width() <= 900
    room = dialog.screen().availableSize()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
