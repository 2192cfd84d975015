"""名单与流程: the words and workflows of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.codes import MEETING_FORMS
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.opinion import Adoption
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.workflow import SHIPPED, Workflow
from liaison_desk.services.words import save_words, words_for, words_now
from liaison_desk.services.workflows import steps_of, workflow_called
from liaison_desk.ui import messages
from liaison_desk.ui.lists_page import LISTS, ListsPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.opinion_page import OpinionPage
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=(ListsPage, MemberPage))


@pytest.fixture
def page(window: MainWindow) -> ListsPage:
    return turn(window, ListsPage)


def write(page: ListsPage, row: int, text: str, column: int = 0) -> None:
    """Write into a cell of the list that is shown."""
    lines = page.panel.table.lines
    lines.setData(lines.index(row, column), text)


@pytest.mark.parametrize("wordlist", LISTS)
def test_every_list_is_shown_and_can_be_added_to(
    page: ListsPage, desk: Desk, wordlist: str
) -> None:
    page.lists.setCurrentRow(LISTS.index(wordlist))
    assert page.wordlist == wordlist
    if wordlist == "工作流程":
        return
    before = words_now(desk, wordlist)
    write(page, len(before), "新添的")
    assert page.is_dirty()
    assert page.save()
    assert words_now(desk, wordlist) == [*before, "新添的"]


def test_a_renamed_word_is_offered_to_be_changed_in_the_records(
    page: ListsPage, desk: Desk, window: MainWindow
) -> None:
    factory.member(desk, sector="教育界")
    page.show_list("界别")
    words = words_now(desk, "界别")
    write(page, words.index("教育界"), "教育")
    assert page.save()
    assert page.offer.isVisible()
    assert "还有 1 条资料" in page.offer.label.text()
    page.offer.change_button.click()
    assert desk.find(Membership)[0].sector == "教育"
    assert not page.offer.isVisible()
    window.undo_deed()
    assert desk.find(Membership)[0].sector == "教育界"


def test_a_word_that_nobody_uses_is_renamed_without_a_word(page: ListsPage, desk: Desk) -> None:
    page.show_list("协商形式")
    write(page, 0, "专题会")
    assert page.save()
    assert not page.offer.isVisible()
    assert words_for(desk, "协商形式")[0] == "专题会"


def test_words_are_moved_and_removed_and_the_shipped_come_back(page: ListsPage, desk: Desk) -> None:
    page.show_list("协商形式")
    page.panel.table.lines.move(0, 1)
    page.panel.table.lines.remove(2)
    assert page.save()
    assert words_for(desk, "协商形式")[:2] == list(MEETING_FORMS[1::-1])
    assert len(words_for(desk, "协商形式")) == len(MEETING_FORMS) - 1
    page.words.restore_button.click()
    assert words_for(desk, "协商形式") == list(MEETING_FORMS)


def test_a_word_written_twice_is_marked_and_nothing_is_kept(page: ListsPage, desk: Desk) -> None:
    page.show_list("活动组")
    write(page, 0, "一组")
    write(page, 1, "一组")
    assert not page.save()
    assert "写了两次" in page.fault.text()
    assert not desk.find(CodeWord)
    page.discard()


def test_a_new_term_begins_with_the_words_of_another(page: ListsPage, desk: Desk) -> None:
    factory.member(desk)
    page.show_list("专委会")
    assert page.words.term == "第十二届"
    write(page, 0, "提案委")
    assert page.save()
    page.words.term_box.setEditText("第十三届")
    page.words.turned.emit()
    assert page.words.term == "第十三届"
    assert not page.words.table.lines.written_rows()
    page.words.copy_from("第十二届")
    assert words_for(desk, "专委会", "第十三届") == ["提案委"]


def test_the_words_are_offered_in_the_forms(
    page: ListsPage, window: MainWindow, desk: Desk
) -> None:
    page.show_list("活动组")
    write(page, 0, "河东活动组")
    assert page.save()
    form = turn(window, MemberPage).form
    offered = form.editors["group"].offered("")  # type: ignore[attr-defined]
    assert "河东活动组" in [each.text for each in offered]


def test_a_shipped_workflow_is_changed_and_restored(page: ListsPage, desk: Desk) -> None:
    page.workflows.show_workflow("四单闭环")
    write(page, 4, "回访")
    write(page, 4, "回头看、满意度", column=1)
    write(page, 4, "小事", column=2)
    assert page.save()
    steps = steps_of(desk, workflow_called(desk, "四单闭环"))
    assert [each.name for each in steps][-1] == "回访"
    assert (steps[-1].needs, steps[-1].skipped_by) == ("满意度、回头看", "小事")
    page.workflows.restore_button.click()
    assert len(steps_of(desk, workflow_called(desk, "四单闭环"))) == 4


def test_what_no_step_can_need_is_refused_in_its_cell(page: ListsPage, desk: Desk) -> None:
    page.workflows.show_workflow("四单闭环")
    write(page, 1, "领导高兴", column=1)
    assert not page.save()
    assert not desk.find(Workflow)
    page.discard()


def test_the_office_adds_a_workflow_of_its_own(page: ListsPage, desk: Desk) -> None:
    page.workflows.add_button.click()
    page.workflows.name_line.setText("柳河议事")
    write(page, 0, "点题")
    write(page, 1, "解题")
    assert page.save()
    assert words_for(desk, "工作流程") == [*SHIPPED, "柳河议事"]
    assert page.workflows.chosen_name() == "柳河议事"


def test_a_renamed_workflow_is_offered_to_the_topics_on_it(page: ListsPage, desk: Desk) -> None:
    factory.topic(desk, workflow="六事机制")
    page.workflows.show_workflow("六事机制")
    page.workflows.name_line.setText("六事工作法")
    page.workflows.name_line.textEdited.emit("六事工作法")
    assert page.save()
    page.offer.change_button.click()
    assert desk.find(Topic)[0].workflow == "六事工作法"


def test_what_is_typed_is_asked_about_before_another_list_is_shown(
    page: ListsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_list("活动组")
    write(page, 0, "一组")
    monkeypatch.setattr(messages, "ask_leaving", lambda *_: "cancel")
    page.lists.setCurrentRow(0)
    assert page.wordlist == "活动组"
    assert page.lists.currentRow() == LISTS.index("活动组")
    monkeypatch.setattr(messages, "ask_leaving", lambda *_: "save")
    page.lists.setCurrentRow(0)
    assert page.wordlist == "工作流程"
    assert words_for(desk, "活动组") == ["一组"]


@pytest.mark.parametrize("wordlist", ["活动组", "工作流程"])
def test_a_list_being_typed_survives_as_a_draft(page: ListsPage, desk: Desk, wordlist: str) -> None:
    page.show_list(wordlist)
    row = len(page.panel.table.lines.written_rows())
    write(page, row, "没存完的")
    page.keep_draft()
    [draft] = desk.drafts.all()
    page.discard()
    page.show_list("民族")
    page.resume(draft)
    assert page.wordlist == wordlist
    assert page.is_dirty()
    assert page.save()
    assert not desk.drafts.all()
    texts = [each["name"] for each in page.panel.table.lines.answers()]
    assert "没存完的" in texts


def test_the_words_are_offered_in_the_lists_under_a_record(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    save_words(desk, "采用方式", "", [CodeWord(name="专报采用")])
    shown = turn(make_window(desk, tmp_path, qtbot, pages=(OpinionPage,)), OpinionPage)
    shown.new()
    table = shown.parts.tabs[Adoption].table
    assert table.lines.offers(Adoption.fields()["way"]) == ["专报采用"]
    table.lines.setData(table.lines.index(0, 2), "专报")
    assert table.lines.answers()[0]["way"] == "专报"
    table.lines.setData(table.lines.index(0, 2), "采用")
    assert table.lines.answers()[0]["way"] == "专报采用"


def test_a_new_workflow_survives_as_a_draft_and_is_offered_once(
    page: ListsPage, desk: Desk
) -> None:
    page.workflows.add_button.click()
    page.workflows.name_line.setText("柳河议事")
    write(page, 0, "点题")
    page.keep_draft()
    [draft] = desk.drafts.all()
    page.workflows.show_workflow()
    page.resume(draft)
    assert page.save()
    assert not desk.drafts.all()
    assert "柳河议事" in words_for(desk, "工作流程")
