"""The paper beside the text: it follows typing, and cursor and paper follow each other."""

from __future__ import annotations

import gc
import threading
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from liaison_desk.exports.content import NameList, OfficialPaper, PaperStyle
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.words import CannotPrint
from liaison_desk.ui.printing.paper_maker import PaperMaker
from liaison_desk.ui.printing.paper_view import PaperView
from liaison_desk.ui.style import Style
from tests.ui.windows import make_once

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FOLLOWS_WITHIN = 0.3
"""Seconds from the last keystroke to the new picture."""
PATIENCE_MS = 10_000


def paper(body: str = "一、会议认为\n停车难是群众反映强烈的问题。") -> OfficialPaper:
    """Some minutes."""
    return OfficialPaper(
        style=PaperStyle.MINUTES,
        mark="柳河镇政协联络组协商纪要",
        title="关于桥口村停车难问题的协商纪要",
        body=body,
        name_lists=(NameList(label="出席", names="陆䶮　周㛃"),),
        dated=date(2026, 3, 9),
        printed_by="柳河镇政协联络组",
    )


@pytest.fixture
def view(qtbot: QtBot) -> PaperView:
    """A view that shows some minutes already."""
    made = PaperView(Style())
    qtbot.addWidget(made)
    made.resize(520, 500)
    made.show()
    with qtbot.waitSignal(made.followed, timeout=PATIENCE_MS):
        made.show_paper(paper())
    return made


def test_the_paper_follows_within_300_ms_of_a_pause_in_typing(
    view: PaperView, qtbot: QtBot
) -> None:
    shown = view.picture(0)
    with qtbot.waitSignal(view.followed, timeout=PATIENCE_MS):
        for end in range(1, 8):
            view.follow(paper("会议认为，要尽快划线停车。"[: end + 5]))
        last = time.perf_counter()
    assert time.perf_counter() - last < FOLLOWS_WITHIN
    assert view.picture(0) != shown


def test_of_several_papers_asked_for_in_a_hurry_the_newest_is_shown(
    view: PaperView, qtbot: QtBot
) -> None:
    newest = paper("最后一版。\n" * 60)
    for count in range(1, 6):
        view.show_paper(paper("前面一版。\n" * count))
    view.show_paper(newest)
    expected = view.maker.make(newest)
    qtbot.waitUntil(lambda: view.rendered == expected and view.picture(2) is not None)
    assert expected.pages == 4 or view.picture(expected.pages - 1) is not None


def test_the_paragraph_under_the_cursor_is_brought_into_view(view: PaperView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.followed, timeout=PATIENCE_MS):
        view.show_paper(paper("\n".join(f"第{number}段。" for number in range(80))))
    assert view.verticalScrollBar().value() == 0
    view.point_at("body", 70)
    assert view.rendered is not None
    place = next(e for e in view.rendered.places if (e.part, e.paragraph) == ("body", 70))
    spot = view.point_of(place).y() - view.verticalScrollBar().value()
    assert 0 < spot < view.viewport().height()


def test_a_click_says_which_paragraph_was_clicked(view: PaperView, qtbot: QtBot) -> None:
    assert view.rendered is not None
    place = next(e for e in view.rendered.places if (e.part, e.paragraph) == ("body", 1))
    with qtbot.waitSignal(view.clicked) as clicked:
        qtbot.mouseClick(
            view.sheets(), Qt.MouseButton.LeftButton, pos=view.point_of(place).toPoint()
        )
    assert clicked.args == ["body", 1]


def test_the_picture_is_as_sharp_as_the_screen_and_as_wide_as_the_view(view: PaperView) -> None:
    picture = view.picture(0)
    assert picture is not None
    assert abs(picture.width() / picture.devicePixelRatio() - view.viewport().width()) < 24


def test_at_true_size_one_millimetre_is_one_millimetre(view: PaperView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.followed, timeout=PATIENCE_MS):
        view.set_true_size(True)
    picture = view.picture(0)
    assert picture is not None
    assert abs(picture.width() - 210 / 25.4 * view.logicalDpiX()) < 2


def test_a_character_without_a_glyph_is_told_with_its_place(view: PaperView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.refused, timeout=PATIENCE_MS) as refused:
        view.show_paper(paper("陆\U000f1234说。"))
    (error,) = refused.args
    assert isinstance(error, CannotPrint)
    assert error.missing[0].part == "body"


def test_what_was_read_to_make_papers_is_let_go_when_no_more_are_made(qtbot: QtBot) -> None:
    gc.collect()
    before = books()
    maker = PaperMaker()
    maker.make(paper())
    assert books() == before + 1
    maker.stop()
    gc.collect()
    assert books() == before


def books() -> int:
    """How many books of fonts there are; each holds some 50 MB."""
    return sum(isinstance(each, FontBook) for each in gc.get_objects())


def test_the_thread_ends_with_the_program_while_the_view_is_still_there(view: PaperView) -> None:
    make_once().aboutToQuit.emit()
    assert not [each for each in threading.enumerate() if each.name.startswith("paper")]
    view.maker.forget()  # whoever asks for more is neither served nor refused
    view.show_paper(paper("一、又写了一句"))
