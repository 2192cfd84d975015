"""Steps of a topic, follow-up of a matter, the plan and the first page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from liaison_desk.domain.directive import Directive
from liaison_desk.domain.matter import Extension, Matter, Rating, Revisit
from liaison_desk.domain.meeting import MeetingTopic
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.survey import Survey
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.ui.directive_page import DirectivePage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.opinion_page import OpinionPage
from liaison_desk.ui.plan_dialog import PlanDialog
from liaison_desk.ui.plan_page import PlanPage
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_pages import PersonPage, TopicPage
from liaison_desk.ui.survey_page import SurveyPage
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

PAGES = (
    *(HomePage, TopicPage, PlanPage, SurveyPage, MatterPage, OpinionPage, DirectivePage),
    PersonPage,
)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


def typed(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    """Let the next dialog be filled in and kept."""

    def fill(dialog: RecordDialog) -> None:
        for name, text in values.items():
            dialog.form.editors[name].set_answer(text)
        dialog.save()

    monkeypatch.setattr(RecordDialog, "exec", fill)


def choose_entry(page: MatterPage) -> None:
    """Choose the first entry of the follow-up."""
    item = page.follow_up.tree.topLevelItem(0)
    assert item is not None
    page.follow_up.tree.setCurrentItem(item)


# -- the steps of a topic ------------------------------------------------------------------------


def test_one_key_ticks_a_step_with_what_shows_it(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    topic = factory.topic(desk, workflow="七步闭环")
    survey = desk.save(Survey(topic=topic.id, held_on=date(2026, 3, 2)))
    page = turn(window, TopicPage)
    page.choose(topic)
    page.tabs.setCurrentWidget(page.steps)
    page.steps.choose("组织调研")
    qtbot.keyClick(page.steps.tree, Qt.Key.Key_Return)
    [step] = desk.find(TopicStep)
    assert (step.name, step.done_on, step.evidence) == ("组织调研", date(2026, 3, 2), survey.id)
    page.steps.choose("组织调研")
    page.steps.evidence_button.click()
    assert type(window.current) is SurveyPage


def test_a_step_without_what_it_needs_wants_a_reason(window: MainWindow, desk: Desk) -> None:
    topic = factory.topic(desk, workflow="七步闭环")
    page = turn(window, TopicPage)
    page.choose(topic)
    page.tabs.setCurrentWidget(page.steps)
    page.steps.choose("民主协商")
    page.steps.tick_button.click()
    assert "还没有协商会、纪要" in page.steps.fault.text()
    assert not desk.find(TopicStep)
    page.steps.note_line.setText("现场口头协商")
    page.steps.tick_button.click()
    assert desk.find(TopicStep)[0].note == "现场口头协商"


def test_after_a_step_is_ticked_with_a_reason_the_cursor_is_on_the_next_one(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    topic = factory.topic(desk, workflow="七步闭环")
    page = turn(window, TopicPage)
    page.choose(topic)
    page.tabs.setCurrentWidget(page.steps)
    page.steps.note_line.setFocus()
    qtbot.keyClicks(page.steps.note_line, "ok")
    qtbot.keyClick(page.steps.note_line, Qt.Key.Key_Return)
    assert page.steps.tree.hasFocus()
    state = page.steps.chosen()
    assert state is not None
    assert state.step.name == "主体确定"


def test_what_is_typed_in_the_topic_is_kept_before_a_step_is_ticked(
    window: MainWindow, desk: Desk
) -> None:
    topic = factory.topic(desk, workflow="四单闭环")
    page = turn(window, TopicPage)
    page.choose(topic)
    page.form.editors["reason"].set_answer("占道")
    page.form.editors["reason"].edited.emit()
    page.steps.tick()
    now = desk.get(Topic, topic.id)
    assert now is not None
    assert (now.reason, now.step) == ("占道", "委员接单")
    assert "委员接单" in page.detail.source.text()
    page.steps.choose("群众点单")
    page.steps.undo_button.click()
    assert not desk.find(TopicStep)


# -- the follow-up of a matter -------------------------------------------------------------------


def test_more_time_is_granted_and_taken_back_on_the_page(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = factory.matter(desk)
    page = turn(window, MatterPage)
    page.choose(matter)
    typed(monkeypatch, {"new_due_on": "2026-4-30", "reason": "雨天停工"})
    page.follow_up.extend_button.click()
    assert desk.find(Extension)[0].old_due_on == date(2026, 3, 31)
    assert "2026-04-30" in page.detail.source.text()
    choose_entry(page)
    typed(monkeypatch, {"new_due_on": "2026-5-31"})
    page.follow_up.edit_button.click()
    assert desk.find(Matter)[0].due_on == date(2026, 5, 31)
    choose_entry(page)
    page.follow_up.remove_button.click()
    assert desk.find(Matter)[0].due_on == date(2026, 3, 31)
    assert not desk.find(Extension)


def test_the_satisfied_are_counted_under_the_follow_up(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = factory.matter(desk)
    page = turn(window, MatterPage)
    page.choose(matter)
    answers = {"rater": "群众代表", "work_good": "18", "work_fair": "5", "work_poor": "1"}
    typed(monkeypatch, answers)
    page.follow_up.rate_button.click()
    assert desk.find(Rating)[0].work_fair == 5
    assert "办理工作 96%（23/24）" in page.follow_up.satisfaction_label.text()
    typed(monkeypatch, {"finding": "落实到位", "situation": "不再占道"})
    page.follow_up.revisit_button.click()
    assert desk.find(Revisit)[0].finding == "落实到位"
    assert page.follow_up.tree.topLevelItemCount() == 2


def test_a_rating_of_nobody_is_refused_in_the_dialog(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = turn(window, MatterPage)
    page.choose(factory.matter(desk))
    told: list[str] = []

    def fill(dialog: RecordDialog) -> None:
        dialog.form.editors["rater"].set_answer("委员")
        dialog.save()
        told.append((dialog.kept is None and "没有") or "")

    monkeypatch.setattr(RecordDialog, "exec", fill)
    page.follow_up.rate_button.click()
    assert told == ["没有"]
    assert not desk.find(Rating)


# -- the plan ------------------------------------------------------------------------------------


def test_topics_are_ticked_into_the_plan(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("停车", "充电桩", "清淤"):
        factory.topic(desk, name, is_planned=name == "清淤")

    def tick(dialog: PlanDialog) -> int:
        boxes = [dialog.topics.item(row) for row in range(dialog.topics.count())]
        marked = [each.text() for each in boxes if each.checkState() == Qt.CheckState.Checked]
        assert marked == ["清淤"]
        next(each for each in boxes if each.text() == "停车").setCheckState(Qt.CheckState.Checked)
        return int(PlanDialog.DialogCode.Accepted)

    monkeypatch.setattr(PlanDialog, "exec", tick)
    page = turn(window, PlanPage)
    page.plan_button.click()
    assert {desk.caption("topic", each.topic) for each in desk.find(PlanItem)} == {"停车", "清淤"}
    assert "2026年计划 2 项，已完成 0 项" in page.progress_label.text()
    window.undo_deed()
    assert not desk.find(PlanItem)


def test_an_item_whose_meeting_was_held_is_offered_as_done(window: MainWindow, desk: Desk) -> None:
    topic = factory.topic(desk)
    item = desk.save(PlanItem(year=2026, topic=topic.id))
    page = turn(window, PlanPage)
    page.choose(item)
    assert not page.done_button.isVisible()
    held = factory.meeting(desk)
    desk.save(MeetingTopic(meeting=held.id, topic=topic.id, position=1))
    assert page.done_button.isVisible()
    page.done_button.click()
    assert desk.find(PlanItem)[0].status == "已完成"
    assert not page.done_button.isVisible()
    assert "已完成 1 项" in page.progress_label.text()


def test_a_planned_topic_is_ticked_with_the_item(window: MainWindow, desk: Desk) -> None:
    topic = factory.topic(desk)
    page = turn(window, PlanPage)
    page.new()
    page.form.editors["topic"].set_value(topic.id)
    page.form.editors["topic"].edited.emit()
    assert page.save()
    assert desk.find(Topic)[0].is_planned


# -- the first page and the lists ----------------------------------------------------------------


def test_the_first_page_opens_the_plan_and_the_directives(window: MainWindow, desk: Desk) -> None:
    topic = factory.topic(desk)
    desk.save(PlanItem(year=2026, topic=topic.id, meeting_month="2026.05"))
    desk.save(Directive(name="请报送名册", due_on=date(2026, 3, 1)))
    page = turn(window, HomePage)
    assert page.plan.heading.text() == "计划完成　0/1　下一项 2026.05"
    assert page.due.heading.text() == "要办的　1 件（超期 1 件）"
    page.plan.heading.click()
    assert type(window.current) is PlanPage


def test_the_length_of_a_report_is_counted_while_it_is_written(window: MainWindow) -> None:
    page = turn(window, OpinionPage)
    page.new()
    for length, told in ((12, "正文 12 字"), (1501, "超出 1 字")):
        page.form.editors["body"].set_answer("字" * length)
        page.form.editors["body"].edited.emit()
        assert told in page.length_label.text()


def test_opinions_are_numbered_on(window: MainWindow, desk: Desk) -> None:
    page = turn(window, OpinionPage)
    page.new()
    assert page.form.editors["number"].answer() == "2026-001"
    page.form.editors["name"].set_answer("反映停车难")
    page.form.editors["name"].edited.emit()
    page.save_and_new()
    assert page.form.editors["number"].answer() == "2026-002"


def test_the_totals_of_the_listed_surveys_stand_in_the_count_line(
    window: MainWindow, desk: Desk
) -> None:
    topic = factory.topic(desk)
    for households in (36, 64):
        desk.save(Survey(topic=topic.id, held_on=date(2026, 3, 2), households=households))
    page = turn(window, SurveyPage)
    assert "走访 100 户" in page.list.count_label.text()
    assert "受访" not in page.list.count_label.text()


def test_a_pool_is_shown_at_one_click(window: MainWindow, desk: Desk) -> None:
    desk.save_all([Person(name="王五", pool="信息员"), Person(name="李红")])
    page = turn(window, PersonPage)
    page.pools.buttons["信息员"].click()
    assert page.list.model.rowCount() == 1
    page.pools.buttons[""].click()
    assert page.list.model.rowCount() == 2


def test_a_part_is_shown_on_the_page_of_its_whole(window: MainWindow, desk: Desk) -> None:
    matter = factory.matter(desk)
    rating = desk.save(Rating(matter=matter.id, rated_on=desk.today, rater="委员", work_good=1))
    window.go(rating)
    assert type(window.current) is MatterPage
    assert window.current.record == matter
