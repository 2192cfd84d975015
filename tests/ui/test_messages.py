"""The boxes that ask: what each button answers, what Enter presses, what Esc gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from liaison_desk.ui import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


def leaving(parent: QWidget) -> object:
    return messages.ask_leaving(parent, "议题的改动")


def again(parent: QWidget) -> object:
    return messages.ask_again(parent, "已经转过了。")


def confirm(parent: QWidget) -> object:
    return messages.confirm(parent, "要清空吗？", "清空")


def other_file(_parent: QWidget) -> object:
    return messages.ask_other_file("文件已损坏。")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def answered(ask: Callable[[], object], deed: Callable[[QMessageBox], None]) -> object:
    """What a question gives when the clerk does something with its box."""
    timer = QTimer(interval=5)

    def act() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.isVisible():
            timer.stop()
            deed(box)

    timer.timeout.connect(act)
    timer.start()
    return ask()


def press(words: str) -> Callable[[QMessageBox], None]:
    """Press the button with these words."""

    def pressing(box: QMessageBox) -> None:
        next(each for each in box.findChildren(QPushButton) if each.text() == words).click()

    return pressing


@pytest.mark.parametrize(
    ("ask", "words", "answer"),
    [
        (leaving, "保存", "save"),
        (leaving, "不保存", "discard"),
        (leaving, "取消", "cancel"),
        (again, "打开已有的", "show"),
        (again, "再转一条", "again"),
        (again, "取消", "cancel"),
        (confirm, "清空", True),
        (confirm, "取消", False),
        (other_file, "登记新的资料", messages.SET_UP),
        (other_file, "退出", None),
    ],
)
def test_each_button_gives_its_answer(
    parent: QWidget, ask: Callable[[QWidget], object], words: str, answer: object
) -> None:
    assert answered(lambda: ask(parent), press(words)) == answer


@pytest.mark.parametrize(
    ("ask", "on_enter", "on_escape"),
    [
        (leaving, "cancel", "cancel"),
        (again, "show", "cancel"),
        (confirm, False, False),
        (other_file, None, None),
    ],
)
def test_enter_does_no_harm_and_esc_changes_nothing(
    parent: QWidget,
    qtbot: QtBot,
    ask: Callable[[QWidget], object],
    on_enter: object,
    on_escape: object,
) -> None:
    enter = answered(lambda: ask(parent), lambda box: qtbot.keyClick(box, Qt.Key.Key_Return))
    assert enter == on_enter
    escape = answered(lambda: ask(parent), lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert escape == on_escape
