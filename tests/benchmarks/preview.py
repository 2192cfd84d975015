"""From a keystroke in the text of some minutes to both pages painted anew beside it."""

from __future__ import annotations

import os
import time
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2

from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.official import render_official
from liaison_desk.services.desk import Desk
from liaison_desk.store.backup import Backups
from liaison_desk.store.database import Database
from tests import factory
from tests.benchmarks.minutes_papers import (
    Drawn,
    draw,
    drawn_strings,
    minutes_of_two_pages,
    register_fonts,
)
from tests.benchmarks.ratio import Ratio

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.minutes.minutes_page import MinutesPage

WAIT_S = 0.150
"""What the clerk may wait."""
PATIENCE_S = 10
KEYSTROKES, FEW_KEYSTROKES = 40, 2
SIZE = (1366, 768)
MM_PER_INCH = 25.4
POINTS_PER_INCH = 72


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Type into the page of the minutes in the whole window, out of sight."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    database = Database.open(folder / "preview.db")
    try:
        window, page = _open(Desk(database, operator="李文书", now=factory.Clock()), folder)
        keystrokes = FEW_KEYSTROKES if is_tiny else KEYSTROKES
        _wait_for_key(page)  # makes the fonts known
        ours = median(_wait_for_key(page) for _ in range(keystrokes))
        dpi = _dots_per_inch(page)
        window.current.discard()
        window.close()
        window.deleteLater()
    finally:
        database.close()
    bare = median(_bare(dpi, keystrokes))
    return (
        Ratio("keystroke to two pages on the screen / 150 ms", ours, WAIT_S),
        Ratio("keystroke to two pages on the screen / bare reportlab and pdfium", ours, bare),
    )


def _open(desk: Desk, folder: Path) -> tuple[MainWindow, MinutesPage]:
    """The window with minutes of two pages chosen, their paper beside the text."""
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.minutes.minutes_page import MinutesPage
    from liaison_desk.ui.pages import pages_of
    from liaison_desk.ui.style import Style
    from tests.ui.windows import ini, make_once, turn

    desk.set_up(factory.office())
    paper = minutes_of_two_pages(1)
    body = {"body": paper.body, "heading": paper.title, "present": paper.name_lists[0].names}
    minutes = factory.minutes(desk, factory.meeting(desk), **body)
    style = Style()
    style.apply(make_once())
    context = Context(desk, style, Backups(folder / "备份"))
    window = MainWindow(context, pages_of(context), ini(folder))
    window.resize(*SIZE)
    window.show()
    page = turn(window, MinutesPage)
    page.choose(minutes)
    return window, page


def _wait_for_key(page: MinutesPage) -> float:
    """Type a character and see to the window's work until both pages are painted; in s."""
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from tests.typing_as_ime import commit_text

    body = page.form.editors["body"].widget
    assert isinstance(body, QPlainTextEdit)
    seen: list[float] = []

    def paint() -> None:
        page.paper.sheets().repaint()
        seen.append(time.perf_counter())

    page.paper.followed.connect(paint)
    began = time.perf_counter()
    commit_text(body, "字")
    while not seen and time.perf_counter() < began + PATIENCE_S:
        QApplication.processEvents()
        time.sleep(0.0005)  # a loop with nothing to do sleeps too, and lets the other thread go on
    page.paper.followed.disconnect(paint)
    return seen[0] - began


def _dots_per_inch(page: MinutesPage) -> float:
    """How large the pages are shown."""
    picture, laid = page.paper.picture(0), page.paper.laid
    assert picture is not None
    assert laid is not None
    assert laid.pages == 2
    return picture.width() / laid.sizes[0][0] * MM_PER_INCH


def _bare(dpi: float, times: int) -> list[float]:
    """How long reportlab takes to draw the same strings, and pdfium to make pictures; in s."""
    register_fonts()
    strings = drawn_strings(render_official(minutes_of_two_pages(1), FontBook()).pdf)
    return [_draw_and_show(strings, dpi) for _ in range(times)]


def _draw_and_show(strings: list[list[Drawn]], dpi: float) -> float:
    began = time.perf_counter()
    for page in pypdfium2.PdfDocument(draw(strings)):
        page.render(scale=dpi / POINTS_PER_INCH)
    return time.perf_counter() - began
