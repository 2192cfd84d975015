"""Dialogs: nothing typed is dropped without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from liaison_desk.domain.matter import Progress
from liaison_desk.ui.record_dialog import RecordDialog
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import answer_leaving

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk


@pytest.fixture
def parent() -> QWidget:
    return QWidget()


@pytest.fixture
def dialog(desk: Desk, parent: QWidget, qtbot: QtBot) -> RecordDialog:
    """加进展 on a matter."""
    blank = Progress(matter=factory.matter(desk).id, reported_on=desk.today)
    made = RecordDialog(parent, desk, blank, title="加进展", names=("reported_on", "content"))
    qtbot.addWidget(parent, before_close_func=lambda _parent: made.form.set_record(blank))
    with qtbot.waitExposed(made):
        made.open()
    return made


def type_in(dialog: RecordDialog) -> None:
    commit_text(dialog.form.editors["content"].widget, "已划线")


def cancel_button(dialog: RecordDialog) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == "取消")


def test_an_untouched_dialog_is_cancelled_without_a_question(
    dialog: RecordDialog, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_leaving(monkeypatch, "cancel")
    qtbot.mouseClick(cancel_button(dialog), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert not asked
    assert dialog.kept is None
    assert not desk.find(Progress)


@pytest.mark.parametrize("way", ["取消", "Esc", "×"])
def test_each_way_out_asks_once_and_cancel_keeps_what_is_typed(
    way: str, dialog: RecordDialog, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(dialog)
    asked = answer_leaving(monkeypatch, "cancel")
    if way == "取消":
        qtbot.mouseClick(cancel_button(dialog), Qt.MouseButton.LeftButton)
    elif way == "Esc":
        qtbot.keyClick(dialog.form.editors["content"].widget, Qt.Key.Key_Escape)
    else:
        dialog.close()
    assert asked == ["加进展的内容"]
    assert dialog.isVisible()
    assert dialog.form.editors["content"].answer() == "已划线"
    assert not desk.find(Progress)


def test_giving_up_what_is_typed_keeps_nothing(
    dialog: RecordDialog, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(dialog)
    answer_leaving(monkeypatch, "discard")
    cancel_button(dialog).click()
    assert not dialog.isVisible()
    assert dialog.kept is None
    assert not desk.find(Progress)


def test_saving_at_the_question_keeps_the_record_once(
    dialog: RecordDialog, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(dialog)
    answer_leaving(monkeypatch, "save")
    cancel_button(dialog).click()
    assert not dialog.isVisible()
    assert dialog.kept is not None
    assert [each.content for each in desk.find(Progress)] == ["已划线"]


def test_what_cannot_be_saved_at_the_question_stays_and_is_marked(
    dialog: RecordDialog, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(dialog)
    commit_text(dialog.form.editors["reported_on"].widget, "没有这一天")
    answer_leaving(monkeypatch, "save")
    cancel_button(dialog).click()
    assert dialog.isVisible()
    assert dialog.form.editors["content"].answer() == "已划线"
    assert not desk.find(Progress)


def test_a_dialog_grows_with_what_is_said_beside_its_fields(
    dialog: RecordDialog, qtbot: QtBot
) -> None:
    before = dialog.height()
    for editor in dialog.form.editors.values():
        editor.set_answer("")
    dialog.save()
    qtbot.waitUntil(lambda: dialog.height() > before)
    layout = dialog.form.layout()
    assert layout is not None
    assert dialog.form.height() >= layout.totalMinimumHeightForWidth(dialog.form.width())
