"""Tab follows the eye, and the mouse is never needed: on every page and in every form's dialog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QRadioButton,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)

from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.ui.pages import PAGES
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_page import RecordPage
from tests.ui.windows import make_once, make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.page import Page
    from tests import factory

MOST_STOPS = 150
SLACK_PX = 14
"""Two widgets in one line may stand so much higher or lower than each other."""
_KEY = re.compile(r"\(([^)]*[A-Z0-9↑↓空][^)]*)\)")


def stops(inside: QWidget, qtbot: QtBot) -> tuple[list[QWidget], list[str]]:
    """Where Tab stops in a page or a dialog, and its steps that go against the eye.

    A step is judged when it is taken, for what is scrolled out of sight comes in with it.
    """
    found: list[QWidget] = []
    against: list[str] = []
    here = QApplication.focusWidget()
    while here is not None and inside.isAncestorOf(here) and not is_known(here, found):
        if found and not found[-1].isAncestorOf(here):
            before, now = place(found[-1], inside), place(here, inside)
            if is_backwards(before, now):
                against.append(
                    f"{name(found[-1])} {before.getRect()} → {name(here)} {now.getRect()}"
                )
        found.append(here)
        assert len(found) < MOST_STOPS, "Tab never leaves"
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
    return found, against


def is_known(here: QWidget, found: list[QWidget]) -> bool:
    """Whether Tab was there before: at this widget, or at another answer to the same question."""
    group = here.group() if isinstance(here, QRadioButton) else None
    answers = group.buttons() if group is not None else []
    return here in found or any(each in found for each in answers)


def first_stop(inside: QWidget) -> QWidget:
    """The first widget inside that Tab reaches."""
    widget = inside.nextInFocusChain()
    while widget is not None and widget is not inside:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if reached and inside.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    raise AssertionError("nothing can be reached")


def place(widget: QWidget, inside: QWidget) -> QRect:
    return QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())


def is_backwards(one: QRect, following: QRect) -> bool:
    """Whether the eye would have to go back: neither below nor further right."""
    is_below = following.top() >= one.bottom() - SLACK_PX
    is_right = following.left() >= one.right() - SLACK_PX
    return not is_below and not is_right


def name(widget: QWidget) -> str:
    named: QWidget | None = widget
    while named is not None and not named.objectName():
        named = named.parentWidget()
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {named.objectName() if named else ''} {text}"


def rows_in_order(form: QWidget, found: list[QWidget]) -> list[tuple[int, int]]:
    """The spots of a form's own stops, in the order of Tab."""
    own = [place(each, form) for each in found if form.isAncestorOf(each)]
    return [(round(each.center().y() / SLACK_PX), each.left()) for each in own]


@pytest.fixture
def sample(desk: Desk, sample_file: factory.Filled) -> Desk:
    sample_file.copy_to(desk)
    return desk


def shown(kind: type[Page], desk: Desk, folder: Path, qtbot: QtBot) -> Page:
    """A page of the sample office, its first record chosen."""
    window = make_window(desk, folder, qtbot, pages=tuple({PAGES[0]: 1, kind: 1}))
    page = turn(window, kind)
    if isinstance(page, RecordPage):
        page.show_first()
    QApplication.processEvents()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return page


@pytest.mark.parametrize("kind", PAGES, ids=lambda each: str(each.__name__))
def test_tab_follows_the_eye_on_every_page(
    kind: type[Page], sample: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(kind, sample, tmp_path, qtbot)
    first_stop(page).setFocus(Qt.FocusReason.TabFocusReason)
    found, against = stops(page, qtbot)
    assert found
    assert against == []
    for form in page.findChildren(RecordForm):
        spots = rows_in_order(form, found)
        assert spots == sorted(spots), form.record_type.title


@pytest.mark.parametrize("kind", PAGES, ids=lambda each: str(each.__name__))
def test_every_button_of_a_page_is_reached_without_a_mouse(
    kind: type[Page], sample: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(kind, sample, tmp_path, qtbot)
    unreached = [
        name(each)
        for each in page.window().findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and not can_be_reached(each)
    ]
    assert unreached == []


def can_be_reached(button: QAbstractButton) -> bool:
    """Whether Tab or a key leads to a button; the key of one that Tab passes is in its tip."""
    if button.focusPolicy() & Qt.FocusPolicy.TabFocus or not button.shortcut().isEmpty():
        return True
    parent = button.parentWidget()
    if isinstance(button, QToolButton) and isinstance(parent, QToolBar | QTabBar):
        action = button.defaultAction()
        return action is None or not action.shortcut().isEmpty()
    return bool(_KEY.search(button.toolTip())) or is_part_of_qt(button)


def is_part_of_qt(button: QAbstractButton) -> bool:
    """The corner of a table and the cross of a line have keys of Qt's own."""
    return button.metaObject().className() in {"QTableCornerButton", "QLineEditIconButton"}


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: str(each.table))
def test_tab_follows_the_eye_through_every_form_and_out_of_it(
    record_type: type[Record], desk: Desk, qtbot: QtBot
) -> None:
    make_once()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = RecordDialog(parent, desk, record_type(), title="新建")
    dialog.resize(1000, 700)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    next(iter(dialog.form.editors.values())).setFocus(Qt.FocusReason.TabFocusReason)
    found, against = stops(dialog, qtbot)
    assert against == []
    spots = rows_in_order(dialog.form, found)
    assert spots == sorted(spots)
    assert dialog.save_button in found
    editors = [each for each in dialog.form.editors.values() if each.widget.isEnabled()]
    assert all(any(each.isAncestorOf(stop) for stop in found) for each in editors)
