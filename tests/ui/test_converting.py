"""转为… in the window: the new record on its page, the link kept with it, one 撤销 for both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from liaison_desk.domain.activity import Visitor
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Dissent
from liaison_desk.domain.opinion import Opinion, OpinionCosigner
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.topic import Topic
from liaison_desk.services.conversions import link_existing, turned_into
from liaison_desk.ui import messages
from liaison_desk.ui.activity_page import ActivityPage
from liaison_desk.ui.convert_line import ConvertLineButton
from liaison_desk.ui.convert_link_dialog import ConvertLinkDialog
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.opinion_page import OpinionPage
from liaison_desk.ui.proposal_page import ProposalPage
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import AgencyPage, TopicPage
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.convert_menu import ConvertButton
    from liaison_desk.ui.main_window import MainWindow

PAGES = (TopicPage, OpinionPage, ProposalPage, ActivityPage, MeetingPage, MatterPage, AgencyPage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def shown(window: MainWindow, record: Record) -> RecordPage:
    """The page of a record, the record chosen."""
    window.go(record)
    page = window.current
    assert isinstance(page, RecordPage)
    return page


def choose(button: ConvertButton, words: str) -> None:
    """Take an entry of the menu, as if it had been opened."""
    button.convert_menu.aboutToShow.emit()
    offered = {words_of(each): each for each in button.convert_menu.actions()}
    offered[words].trigger()


def entries(button: ConvertButton) -> list[str]:
    button.convert_menu.aboutToShow.emit()
    return [words_of(each) for each in button.convert_menu.actions() if each.text()]


def words_of(action: QAction) -> str:
    """The words of an entry without the number that chooses it."""
    return action.text().rpartition("  ")[2]


def line_button(page: RecordPage) -> ConvertLineButton:
    (found,) = page.findChildren(ConvertLineButton)
    assert isinstance(found, ConvertLineButton)
    return found


def test_a_report_becomes_a_topic_and_one_undo_takes_both_back(
    window: MainWindow, desk: Desk
) -> None:
    opinion = factory.opinion(desk, body="夜里停满了车")
    choose(shown(window, opinion).convert_button, "转为议题")
    page = window.current
    assert isinstance(page, TopicPage)
    assert page.form.editors["name"].answer() == opinion.name
    assert page.form.editors["reason"].answer() == "夜里停满了车"
    assert desk.find(Topic) == []
    assert page.is_dirty()
    assert "由社情民意" in page.detail.source.text()
    assert page.save()
    (topic,) = desk.find(Topic)
    assert turned_into(desk, opinion, Topic) == [topic]
    window.undo_deed()
    assert desk.find(Topic) == []
    assert desk.find(Conversion) == []


def test_the_number_before_an_entry_takes_it(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    button = shown(window, factory.opinion(desk)).convert_button
    button.convert_menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    qtbot.waitUntil(button.convert_menu.isVisible)
    qtbot.keyClick(button.convert_menu, Qt.Key.Key_3)
    assert isinstance(window.current, MatterPage)
    assert window.current.form.editors["source"].answer() == "社情民意"


def test_a_matter_is_asked_for_agency_and_due_date_before_it_is_kept(
    window: MainWindow, desk: Desk
) -> None:
    opinion = factory.opinion(desk)
    agency = factory.agency(desk)
    choose(shown(window, opinion).convert_button, "交办为办理事项")
    page = window.current
    assert isinstance(page, MatterPage)
    assert page.form.editors["source"].answer() == "社情民意"
    assert page.form.editors["agency"].widget.hasFocus(), "the name is there already"
    assert not page.save()
    assert desk.find(Conversion) == []
    page.form.editors["agency"].set_value(agency.id)
    page.form.editors["due_on"].set_answer("2026-05-01")
    assert page.save()
    (matter,) = desk.find(Matter)
    assert matter.due_on == date(2026, 5, 1)
    assert turned_into(desk, opinion, Matter) == [matter]


def test_given_up_nothing_is_linked_and_the_next_record_is_free(
    window: MainWindow, desk: Desk
) -> None:
    opinion = factory.opinion(desk)
    choose(shown(window, opinion).convert_button, "转为提案")
    page = window.current
    assert isinstance(page, ProposalPage)
    page.discard()
    page.new()
    page.form.editors["name"].set_answer("另一件提案")
    page.form.editors["name"].edited.emit()
    assert page.save()
    assert len(desk.find(Proposal)) == 1
    assert desk.find(Conversion) == []


def test_what_is_typed_is_kept_before_it_is_turned(window: MainWindow, desk: Desk) -> None:
    page = shown(window, factory.topic(desk))
    page.form.editors["reason"].set_answer("新写的案由")
    page.form.editors["reason"].edited.emit()
    choose(page.convert_button, "转为社情民意")
    assert desk.find(Topic)[0].reason == "新写的案由"
    target = window.current
    assert isinstance(target, OpinionPage)
    assert target.form.editors["body"].answer() == "新写的案由"


def test_turning_again_into_the_same_kind_shows_what_is_there(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinion, topic = factory.opinion(desk), factory.topic(desk)
    link_existing(desk, opinion, topic)
    asked: list[str] = []
    answers = iter(["cancel", "show", "again"])

    def answer(_parent: object, sentence: str) -> str:
        asked.append(sentence)
        return next(answers)

    monkeypatch.setattr(messages, "ask_again", answer)
    choose(shown(window, opinion).convert_button, "转为议题")
    assert topic.name in asked[0]
    assert isinstance(window.current, OpinionPage)
    choose(shown(window, opinion).convert_button, "转为议题")
    page = window.current
    assert isinstance(page, TopicPage)
    assert page.record == topic
    choose(shown(window, opinion).convert_button, "转为议题")
    assert window.current.is_dirty()


def test_a_link_is_made_to_what_is_there_and_taken_back(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinion, topic = factory.opinion(desk), factory.topic(desk)
    monkeypatch.setattr(ConvertLinkDialog, "ask", lambda *_: topic)
    button = shown(window, opinion).convert_button
    choose(button, "关联已有的…")
    assert turned_into(desk, opinion, Topic) == [topic]
    choose(button, "取消关联：议题“桥口村停车难问题”")
    assert turned_into(desk, opinion, Topic) == []
    assert entries(button) == ["转为议题", "转为提案", "交办为办理事项", "关联已有的…"]


def test_what_is_there_is_found_by_typing_and_chosen_by_keys(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for name in ("桥口村停车难问题", "路灯不亮问题", "停车场收费问题"):
        factory.topic(desk, name)
    dialog = ConvertLinkDialog(window, window.context, factory.opinion(desk))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.words_line.setFocus()
    assert dialog.found.count() == 3
    commit_text(dialog.words_line, "停车")
    assert dialog.found.count() == 2
    qtbot.keyClick(dialog.words_line, Qt.Key.Key_Down)
    chosen = dialog.chosen()
    assert chosen
    assert chosen.caption == dialog.found.item(1).text().strip()
    commit_text(dialog.words_line, "没有的字")
    assert dialog.chosen() is None
    assert not dialog.link_button.isEnabled()
    assert dialog.count_label.text() == "没有找到"


def test_a_visitors_concern_becomes_a_report_from_the_list_of_visitors(
    window: MainWindow, desk: Desk
) -> None:
    activity = factory.activity(desk)
    factory.visitor(desk, activity, "李大爷", concern="路灯不亮", position=1)
    second = factory.visitor(desk, activity, position=2)
    page = shown(window, activity)
    assert isinstance(page, ActivityPage)
    page.tabs.setCurrentWidget(page.parts.tabs[Visitor])
    table = page.parts.tabs[Visitor].table
    button = line_button(page)
    table.setCurrentIndex(table.lines.index(2, 0))
    assert not button.isEnabled()
    table.setCurrentIndex(table.lines.index(1, 0))
    choose(button, "转为社情民意")
    target = window.current
    assert isinstance(target, OpinionPage)
    assert target.form.editors["body"].answer() == second.concern
    assert target.save()
    now = desk.get(Visitor, second.id)
    assert now
    assert now.answer == "转社情民意"
    assert len(turned_into(desk, second, Opinion)) == 1


def test_an_open_point_of_a_meeting_becomes_a_topic(window: MainWindow, desk: Desk) -> None:
    held = factory.meeting(desk)
    dissent = desk.save(Dissent(meeting=held.id, name="是否收费意见不一", position=1))
    page = shown(window, held)
    assert isinstance(page, MeetingPage)
    table = page.lists.show_list(Dissent)
    button = line_button(page)
    assert button.isVisible()
    table.setCurrentIndex(table.lines.index(0, 0))
    choose(button, "转为议题")
    assert window.current.save()
    assert [each.name for each in turned_into(desk, dissent, Topic)] == ["是否收费意见不一"]


def test_a_draft_of_a_converted_record_still_knows_where_it_came_from(
    window: MainWindow, desk: Desk
) -> None:
    opinion = factory.opinion(desk)
    choose(shown(window, opinion).convert_button, "转为提案")
    page = window.current
    assert isinstance(page, ProposalPage)
    page.keep_draft()
    (draft,) = [each for each in desk.drafts.all() if each.table == "proposal"]
    page.show_record(None)
    page.resume(draft)
    assert page.save()
    assert len(turned_into(desk, opinion, Proposal)) == 1


def test_only_what_can_be_turned_has_the_button(window: MainWindow, desk: Desk) -> None:
    assert shown(window, factory.topic(desk)).convert_button.isVisible()
    assert not shown(window, factory.meeting(desk)).convert_button.isVisible()
    assert not shown(window, factory.agency(desk)).convert_button.isVisible()
    page = shown(window, factory.opinion(desk))
    page.new()
    assert not page.convert_button.isVisible()


def test_who_signed_a_report_signs_the_proposal_made_of_it(window: MainWindow, desk: Desk) -> None:
    told = factory.opinion(desk, reporter=factory.person(desk, "单丽").id)
    for place, name in enumerate(("朴一鸣", "王建国"), start=1):
        who = factory.person(desk, name)
        desk.save(OpinionCosigner(opinion=told.id, person=who.id, position=place))
    choose(shown(window, told).convert_button, "转为提案")
    page = window.current
    assert isinstance(page, ProposalPage)
    assert "联名 2条" in [page.tabs.tabText(place) for place in range(page.tabs.count())]
    assert page.save()
    (made,) = turned_into(desk, told, Proposal)
    signed = desk.find(ProposalCosigner, proposal=made.id)
    assert [desk.caption("person", each.person) for each in signed] == ["朴一鸣", "王建国"]
    window.undo_deed()
    assert not desk.find(ProposalCosigner, proposal=made.id)
    assert len(desk.find(OpinionCosigner, opinion=told.id)) == 2


def test_who_signed_as_well_is_kept_in_the_draft_of_a_proposal(
    window: MainWindow, desk: Desk
) -> None:
    told = factory.opinion(desk)
    who = factory.person(desk, "朴一鸣")
    desk.save(OpinionCosigner(opinion=told.id, person=who.id, position=1))
    choose(shown(window, told).convert_button, "转为提案")
    window.keep_drafts()
    (draft,) = desk.drafts.all()
    page = window.current
    page.discard()
    page.resume(draft)
    assert page.save()
    assert [each.person for each in desk.find(ProposalCosigner)] == [who.id]
