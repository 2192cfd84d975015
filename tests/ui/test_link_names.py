"""The names a link can choose from are read when its field is entered, not when a page opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from liaison_desk.domain.person import Person
from liaison_desk.domain.survey import SurveyParticipant
from liaison_desk.domain.topic import Topic
from liaison_desk.services.link_names import link_name, link_names
from liaison_desk.store import queries
from liaison_desk.ui.context import Context
from liaison_desk.ui.link_editor import LinkLine
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.name_index import Named, NameIndex
from liaison_desk.ui.record_pages import TopicPage
from liaison_desk.ui.survey_page import SurveyPage
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.record_page import RecordPage

ENTER = Qt.Key.Key_Return


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables whose names were read, in order."""
    tables: list[str] = []
    captions = Context.captions

    def counting(self: Context, table: str, office: str) -> list[tuple[str, str]]:
        tables.append(table)
        return captions(self, table, office)

    monkeypatch.setattr(Context, "captions", counting)
    return tables


@pytest.fixture
def open_window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Callable[[], MainWindow]:
    """Opens the window; the records are made before."""
    return lambda: make_window(desk, tmp_path, qtbot)


def enter(page: RecordPage, name: str) -> QLineEdit:
    """Put the cursor into a field."""
    widget = page.form.editors[name].widget
    assert isinstance(widget, QLineEdit)
    widget.setFocus()
    return widget


def test_no_names_are_read_until_a_link_is_entered(
    desk: Desk, open_window: Callable[[], MainWindow], read: list[str]
) -> None:
    convener = factory.person(desk, "王𬭚")
    topic = factory.topic(desk, convener=convener.id)
    window = open_window()
    page = turn(window, TopicPage)
    window.new()
    page.choose(topic)
    assert page.form.editors["convener"].answer() == "王𬭚"
    assert read == []
    enter(page, "convener")
    assert read == ["person"]


@pytest.mark.parametrize("kind", [SurveyPage, MeetingPage])
def test_lists_under_a_record_are_shown_and_kept_without_reading_all_names(
    kind: type[RecordPage],
    desk: Desk,
    open_window: Callable[[], MainWindow],
    read: list[str],
) -> None:
    survey = factory.survey(desk, factory.topic(desk))
    who = factory.person(desk, "王𬭚")
    desk.save(SurveyParticipant(survey=survey.id, person=who.id))
    held = factory.meeting(desk)
    factory.attendance(desk, held, who)
    window = open_window()
    page = turn(window, kind)
    page.choose(survey if kind is SurveyPage else held)
    page.form.editors["place"].set_answer("桥口村委会")
    page.form.set_answers(page.form.answers())
    assert page.save()
    assert [each.person for each in desk.find(SurveyParticipant)] == [who.id]
    assert read == []


def test_names_read_off_the_thread_are_offered_for_what_was_typed_meanwhile(
    desk: Desk,
    open_window: Callable[[], MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "QUICK_ROWS", 0)
    for name in ("王𬭚", "陆䶮"):
        factory.person(desk, name)
    window = open_window()
    page = turn(window, TopicPage)
    window.new()
    line = enter(page, "convener")
    qtbot.keyClicks(line, "wang")
    assert isinstance(line, LinkLine)
    qtbot.waitUntil(lambda: line.suggestions() == ["王𬭚"])
    qtbot.keyClick(line, ENTER)
    assert line.text() == "王𬭚"


def test_who_types_faster_than_names_are_read_still_gets_the_one_meant(
    desk: Desk,
    open_window: Callable[[], MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "QUICK_ROWS", 0)
    wang = factory.person(desk, "王𬭚")
    window = open_window()
    page = turn(window, TopicPage)
    window.new()
    page.form.editors["name"].set_answer("停车难")
    line = enter(page, "convener")
    line.setModified(True)
    for key in (Qt.Key.Key_W, Qt.Key.Key_A, ENTER):
        qtbot.keyClick(line, key)
    assert line.text() == "王𬭚"
    assert page.save()
    assert desk.find(Topic)[0].convener == wang.id
    assert len(desk.find(Person)) == 1


def test_a_namesake_is_told_apart_before_the_field_is_entered(desk: Desk) -> None:
    first = factory.person(desk, "张伟", post="袁庄村书记")
    second = factory.person(desk, "张伟")
    third = factory.person(desk, "张伟")
    alone = factory.person(desk, "李娜")
    listed = dict(link_names(desk, "person", desk.office_id))
    assert listed[first.id] == "张伟（袁庄村书记）"
    assert listed[third.id] == "张伟（同名）2"
    for each in (first, second, third, alone):
        assert link_name(desk, "person", each.id) == listed[each.id]
    desk.remove(alone)
    assert link_name(desk, "person", alone.id) == "李娜（已删除）"
    assert link_name(desk, "person", None) == ""


def test_names_are_found_best_fit_first_and_each_once() -> None:
    index = NameIndex(
        Named(str(place), name, more)
        for place, (name, more) in enumerate(
            (("小王庄", ""), ("汪洋", ""), ("王庄村", ""), ("王", ""), ("李四", "王庄小学"))
        )
    )
    found = [each.caption for each in index.find("王")]
    assert found == ["王", "王庄村", "小王庄", "李四"], "just so, begins so, holds it, the detail"
    assert [each.caption for each in index.find("wang")] == ["汪洋", "王庄村", "王", "小王庄"]
