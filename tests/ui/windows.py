"""The real window on a desk, its pages, and the answers a clerk gives."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel

from liaison_desk.app import make_application
from liaison_desk.store.backup import Backups
from liaison_desk.ui import messages
from liaison_desk.ui.context import Context
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.pages import pages_of
from liaison_desk.ui.style import Style

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.page import Page

P = TypeVar("P", bound="Page")


def ini(folder: Path) -> QSettings:
    """Settings that are no user's own."""
    return QSettings(str(folder / "界面.ini"), QSettings.Format.IniFormat)


def make_window(
    desk: Desk,
    folder: Path,
    qtbot: QtBot,
    *,
    dark: bool = False,
    zoom: int = 100,
    size: tuple[int, int] = (1366, 768),
    pages: tuple[type[Page], ...] = (),
) -> MainWindow:
    """The window of a desk, shown."""
    style = Style(dark=dark, zoom=zoom)
    _apply(dark, zoom)
    context = Context(desk, style, Backups(folder / "备份"))
    window = MainWindow(context, pages or pages_of(context), ini(folder))
    window.resize(*size)
    window.show()
    qtbot.addWidget(window, before_close_func=give_up)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def give_up(window: QWidget) -> None:
    """Give up what is typed, so that closing asks nothing."""
    assert isinstance(window, MainWindow)
    window.current.discard()


@cache
def make_once() -> QApplication:
    """The application, its translator put in once."""
    return make_application()


def _apply(dark: bool, zoom: int) -> None:
    """Give the application its look, unless it has it: each time costs a second."""
    application = make_once()
    if application.property("look") != f"{dark} {zoom}":
        Style(dark=dark, zoom=zoom).apply(application)
        application.setProperty("look", f"{dark} {zoom}")


def label(parent: QWidget, name: str) -> QLabel:
    """A sentence by its name."""
    found = parent.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def answer_leaving(monkeypatch: pytest.MonkeyPatch, word: str) -> list[str]:
    """Give one answer to every question about leaving; what was asked."""
    asked: list[str] = []

    def ask(_parent: QWidget, what: str) -> str:
        asked.append(what)
        return word

    monkeypatch.setattr(messages, "ask_leaving", ask)
    return asked


def show_alone(page: Page, qtbot: QtBot) -> None:
    """A page without its window, shown and active."""
    page.resize(1200, 640)
    page.reload()
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def turn(window: MainWindow, kind: type[P]) -> P:
    """One of the pages, turned to."""
    page = window.page(kind)
    assert isinstance(page, kind)
    assert window.show_page(page)
    return page
