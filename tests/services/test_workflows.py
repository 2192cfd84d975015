"""The steps of a topic, and what shows that each has been taken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import MeetingTopic
from liaison_desk.domain.record import with_values
from liaison_desk.domain.survey import Survey
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.workflow import SHIPPED, Workflow, WorkflowStep
from liaison_desk.services.minutes import finalise
from liaison_desk.services.recycle_bin import NotRestored, RecycleBin
from liaison_desk.services.workflows import (
    ALL_PASSED,
    restore_workflow,
    save_workflow,
    skip_step,
    states_of,
    steps_of,
    tick_step,
    untick_step,
    workflow_called,
    workflow_names,
)
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def topic(desk: Desk, workflow: str = "七步闭环", **values: str) -> Topic:
    """A topic on a workflow."""
    return factory.topic(desk, workflow=workflow, **values)


def current(desk: Desk, told: Topic) -> str:
    """The step a topic stands at."""
    now = desk.get(Topic, told.id)
    return now.step if now else ""


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_workflow_can_be_walked_to_its_end(desk: Desk, name: str) -> None:
    told = topic(desk, name)
    for row in range(len(SHIPPED[name][1])):
        told = tick_step(desk, told, states_of(desk, told)[row])
    assert current(desk, told) == ALL_PASSED


def test_ticking_a_step_moves_the_topic_on_in_the_same_deed(desk: Desk) -> None:
    told = topic(desk)
    tick_step(desk, told, states_of(desk, told)[0])
    assert current(desk, told) == "主体确定"
    desk.undo()
    assert not current(desk, told)
    assert not desk.find(TopicStep)


def test_a_survey_is_offered_as_what_shows_the_step(desk: Desk) -> None:
    told = topic(desk)
    survey = desk.save(Survey(topic=told.id, held_on=date(2026, 3, 2)))
    state = states_of(desk, told)[2]
    assert state.evidence is not None
    assert not state.missing
    tick_step(desk, told, state)
    passed = desk.find(TopicStep)[0]
    assert (passed.evidence_table, passed.evidence) == ("survey", survey.id)
    assert passed.done_on == date(2026, 3, 2)


def test_what_is_missing_is_named_and_the_step_can_be_ticked_with_a_reason(desk: Desk) -> None:
    told = topic(desk)
    state = states_of(desk, told)[3]
    assert state.missing == ("协商会", "纪要")
    tick_step(desk, told, state, note="在现场口头协商")
    assert desk.find(TopicStep)[0].note == "在现场口头协商"


def test_meeting_minutes_matter_and_reply_show_the_steps_that_need_them(desk: Desk) -> None:
    told = topic(desk)
    held = factory.meeting(desk)
    desk.save(MeetingTopic(meeting=held.id, topic=told.id, position=1))
    factory.consensus(desk, held)
    finalise(desk, factory.minutes(desk, held))
    states = states_of(desk, told)
    assert [each.missing for each in states[3:5]] == [(), ()]
    assert states[5].missing == ("办理反馈",)
    matter = desk.find(Matter)[0]
    desk.save(Reply(matter=matter.id, replied_on=desk.today, result="A 已解决", content="好了"))
    assert not states_of(desk, told)[5].missing


def test_a_removed_meeting_shows_nothing(desk: Desk) -> None:
    told = topic(desk)
    held = factory.meeting(desk)
    desk.save(MeetingTopic(meeting=held.id, topic=told.id, position=1))
    desk.remove(held)
    assert "协商会" in states_of(desk, told)[3].missing


def test_a_small_matter_may_skip_what_the_office_lets_it(desk: Desk) -> None:
    flow = workflow_called(desk, "七步闭环")
    steps = steps_of(desk, flow)
    steps[2] = with_values(steps[2], {"skipped_by": "小事"})
    save_workflow(desk, flow, steps)
    small, great = topic(desk, weight="小事"), topic(desk, weight="大事")
    assert states_of(desk, small)[2].may_skip
    assert not states_of(desk, great)[2].may_skip
    skip_step(desk, small, states_of(desk, small)[2], "邻里都知情")
    assert desk.find(TopicStep, topic=small.id)[0].is_skipped


def test_taking_a_tick_back_moves_the_topic_back(desk: Desk) -> None:
    told = topic(desk)
    tick_step(desk, told, states_of(desk, told)[0])
    untick_step(desk, told, desk.find(TopicStep)[0])
    assert not current(desk, told)
    assert not desk.find(TopicStep)


def test_a_shipped_workflow_becomes_the_offices_own_when_it_is_changed(desk: Desk) -> None:
    flow = workflow_called(desk, "四单闭环")
    steps = [*steps_of(desk, flow), WorkflowStep(name="回访", needs="回头看")]
    save_workflow(desk, flow, steps)
    assert [each.name for each in steps_of(desk, workflow_called(desk, "四单闭环"))][-1] == "回访"
    assert workflow_names(desk).count("四单闭环") == 1
    desk.undo()
    assert not desk.find(Workflow)
    assert len(steps_of(desk, workflow_called(desk, "四单闭环"))) == 4


def test_a_changed_workflow_can_be_as_shipped_again(desk: Desk) -> None:
    flow = workflow_called(desk, "四单闭环")
    kept = save_workflow(desk, flow, steps_of(desk, flow)[:2])
    restore_workflow(desk, kept)
    assert len(steps_of(desk, workflow_called(desk, "四单闭环"))) == 4


def test_a_step_of_the_former_workflow_stays_in_sight(desk: Desk) -> None:
    told = topic(desk)
    told = tick_step(desk, told, states_of(desk, told)[0])
    told = desk.save(with_values(told, {"workflow": "四单闭环"}))
    states = states_of(desk, told)
    assert [each.step.name for each in states][-1] == "意见收集"
    assert states[-1].passed is not None


def test_a_step_is_noted_once_even_when_the_bin_gives_one_back(desk: Desk) -> None:
    told = topic(desk)
    [first, *_] = states_of(desk, told)
    tick_step(desk, told, first)
    [noted] = desk.find(TopicStep)
    untick_step(desk, told, noted)
    tick_step(desk, told, first)
    with pytest.raises(NotValid, match="这一步已经登记过了"):
        tick_step(desk, told, first)
    with pytest.raises(NotRestored, match="这一步已经登记过了"):
        RecycleBin(desk).restore([noted])
    assert len(desk.find(TopicStep)) == 1
