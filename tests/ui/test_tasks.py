"""Long work: the progress box, cancelling, what it raises, and what is kept out meanwhile."""

from __future__ import annotations

import gc
import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.ui.tasks import COLLECTED, Progress, TaskBox, run_task
from tests.ui.windows import make_once

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    make_once()
    widget = QWidget()
    widget.button = QPushButton("开始", widget)  # type: ignore[attr-defined]
    qtbot.addWidget(widget)
    widget.show()
    return widget


def box() -> TaskBox | None:
    boxes = (each for each in QApplication.topLevelWidgets() if isinstance(each, TaskBox))
    return next((each for each in boxes if each.isVisible()), None)


def until_stopped(progress: Progress) -> None:
    """Work that ends when it is cancelled; a test that fails to cancel it ends by its timeout."""
    while True:
        progress(1, 10, "正在写")
        time.sleep(0.005)


def poll(parent: QWidget, act: object) -> QTimer:
    timer = QTimer(parent, interval=10)
    timer.timeout.connect(act)
    timer.start()
    return timer


def test_short_work_shows_no_box_and_gives_its_result(parent: QWidget) -> None:
    seen: list[TaskBox | None] = []
    poll(parent, lambda: seen.append(box()))
    assert run_task(parent, "很快", lambda _progress: 42) == 42
    assert not any(seen)


def test_the_window_stays_alive_meanwhile(parent: QWidget) -> None:
    ticks: list[int] = []
    enough = threading.Event()

    def tick() -> None:
        ticks.append(1)
        if len(ticks) == 5:
            enough.set()

    poll(parent, tick)
    assert run_task(parent, "等", lambda _progress: enough.wait(10))


def test_cancel_raises_in_the_work_and_comes_through(parent: QWidget) -> None:
    texts: list[str] = []

    def press() -> None:
        shown = box()
        if shown is not None and shown.cancel_button.isEnabled():
            texts.append(shown.line.text())
            shown.cancel_button.click()
            texts.append(shown.line.text())

    poll(parent, press)
    with pytest.raises(Cancelled):
        run_task(parent, "正在做", until_stopped)
    assert texts == ["正在写　1/10", "正在取消……"]
    assert box() is None


def test_closing_the_box_is_cancelling(parent: QWidget) -> None:
    def close() -> None:
        shown = box()
        if shown is not None:
            shown.close()

    poll(parent, close)
    with pytest.raises(Cancelled):
        run_task(parent, "正在做", until_stopped)


@pytest.mark.parametrize("error", [DeskError("磁盘已满"), ValueError("坏了")])
def test_what_the_work_raises_comes_through(parent: QWidget, error: Exception) -> None:
    def work(_progress: Progress) -> None:
        raise error

    with pytest.raises(type(error)):
        run_task(parent, "正在做", work)


def test_a_second_click_before_the_box_is_up_does_not_start_the_work_again(
    parent: QWidget, qtbot: QtBot
) -> None:
    button: QPushButton = parent.button  # type: ignore[attr-defined]
    done: list[int] = []
    clicked = threading.Event()

    def start() -> None:
        run_task(parent, "正在做", lambda _progress: clicked.wait(10))
        done.append(1)

    def click_again() -> None:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(parent, Qt.Key.Key_Space)
        parent.close()
        clicked.set()

    button.clicked.connect(start)
    QTimer.singleShot(20, parent, click_again)
    button.click()
    assert done == [1]
    assert parent.isVisible()


def test_the_window_has_the_keys_again_when_the_box_goes(parent: QWidget, qtbot: QtBot) -> None:
    parent.activateWindow()
    qtbot.waitUntil(parent.isActiveWindow)
    was_up = threading.Event()

    def look() -> None:
        if box() is not None:
            was_up.set()

    poll(parent, look)
    run_task(parent, "等", lambda _progress: was_up.wait(10))
    assert was_up.is_set()
    qtbot.waitUntil(parent.isActiveWindow)


def test_work_inside_work_ends_in_order(parent: QWidget) -> None:
    inner: list[str] = []
    ended = threading.Event()

    def begin_another() -> None:
        inner.append(run_task(parent, "里面", lambda _progress: "里"))
        ended.set()

    QTimer.singleShot(10, parent, begin_another)
    assert run_task(parent, "外面", lambda _progress: ended.wait(10))
    assert inner == ["里"]


def test_work_that_tells_of_every_byte_does_not_drown_the_window(parent: QWidget) -> None:
    def work(progress: Progress) -> str:
        for done in range(20_000):
            progress(done * 1_000_000, 20_000_000_000, "正在核对")
        return "好"

    assert run_task(parent, "正在核对", work) == "好"


def test_meanwhile_python_looks_for_lost_objects_among_the_young_alone(qtbot: QtBot) -> None:
    often = gc.get_threshold()
    assert run_task(None, "正在做", lambda _told: gc.get_threshold()) == COLLECTED
    assert gc.get_threshold() == often
