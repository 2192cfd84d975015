"""The steps an office takes a topic through, and what shows that each has been taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.workflow import SHIPPED, Workflow, WorkflowStep
from liaison_desk.services.evidence import evidence_of
from liaison_desk.services.parts import save_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.evidence import Evidence

ALL_PASSED = "已走完"
"""The current step of a topic that has passed every step."""


@dataclass(frozen=True)
class StepState:
    """One step of a topic's workflow.

    Attributes:
        step: what the step is.
        passed: the record that says it was done or skipped, or None.
        missing: what should be there first and is not.
        evidence: what shows that it can be ticked, the latest of what it needs; or None.
        may_skip: whether a topic of this weight may skip it.
    """

    step: WorkflowStep
    passed: TopicStep | None
    missing: tuple[str, ...]
    evidence: Evidence | None
    may_skip: bool


# -- the workflows of an office ------------------------------------------------------------------


def workflow_names(desk: Desk) -> list[str]:
    """The names of all workflows: the shipped ones, then those the office added."""
    own = [each.name for each in desk.find(Workflow, office=desk.office_id)]
    return list(dict.fromkeys((*SHIPPED, *own)))


def workflow_called(desk: Desk, name: str, office: str = "") -> Workflow:
    """An office's workflow by its name; one not kept yet has an id of its own already."""
    own = desk.find(Workflow, office=office or desk.office_id, name=name)
    if own:
        return own[0]
    used_in = SHIPPED[name][0] if name in SHIPPED else ""
    return Workflow(id=str(uuid4()), name=name, used_in=used_in)


def steps_of(desk: Desk, workflow: Workflow) -> list[WorkflowStep]:
    """The steps of a workflow in order: the office's own, or those shipped."""
    kept = desk.find(WorkflowStep, workflow=workflow.id)
    if kept or desk.get(Workflow, workflow.id) is not None or workflow.name not in SHIPPED:
        return kept
    return [
        WorkflowStep(id=str(uuid4()), workflow=workflow.id, position=row + 1, name=name, needs=need)
        for row, (name, need) in enumerate(SHIPPED[workflow.name][1])
    ]


def save_workflow(desk: Desk, workflow: Workflow, steps: Sequence[WorkflowStep]) -> Workflow:
    """Keep a workflow with its steps as one deed; a shipped one becomes the office's own.

    Raises:
        NotValid: the name is taken or missing.
        PartNotValid: a step is wrong.
    """
    with desk.deed(f"修改工作流程“{workflow.name}”"):
        kept = desk.save(workflow)
        save_parts(desk, kept, WorkflowStep, steps)
    return kept


def restore_workflow(desk: Desk, workflow: Workflow) -> None:
    """Take the office's own form of a workflow away; a shipped one is as shipped again."""
    with desk.deed(f"恢复工作流程“{workflow.name}”"):
        desk.remove(workflow)


# -- the steps of a topic ------------------------------------------------------------------------


def states_of(desk: Desk, topic: Topic) -> list[StepState]:
    """Every step of a topic's workflow; steps it passed under another workflow come last."""
    if not topic.workflow:
        return []
    steps = steps_of(desk, workflow_called(desk, topic.workflow, topic.office))
    passed = {each.name: each for each in desk.find(TopicStep, topic=topic.id)}
    shown = evidence_of(desk, topic)
    names = {each.name for each in steps}
    earlier = [
        WorkflowStep(position=each.position, name=each.name)
        for each in passed.values()
        if each.name not in names
    ]
    return [_state(step, passed.get(step.name), topic, shown) for step in (*steps, *earlier)]


def tick_step(
    desk: Desk, topic: Topic, state: StepState, *, note: str = "", on: date | None = None
) -> Topic:
    """Note that a step was done, with what shows it; the topic's current step follows."""
    shown = state.evidence
    done = TopicStep(
        topic=topic.id,
        position=state.step.position,
        name=state.step.name,
        done_on=on or (shown.on if shown else None) or desk.today,
        evidence_table=shown.record.table if shown else "",
        evidence=shown.record.id if shown else "",
        note=note,
    )
    return _pass(desk, topic, done, f"完成步骤“{done.name}”")


def skip_step(desk: Desk, topic: Topic, state: StepState, note: str = "") -> Topic:
    """Note that a step was left out, as the topic's weight allows."""
    skipped = TopicStep(
        topic=topic.id,
        position=state.step.position,
        name=state.step.name,
        done_on=desk.today,
        is_skipped=True,
        note=note,
    )
    return _pass(desk, topic, skipped, f"跳过步骤“{skipped.name}”")


def untick_step(desk: Desk, topic: Topic, passed: TopicStep) -> Topic:
    """Take a tick back."""
    with desk.deed(f"取消步骤“{passed.name}”"):
        desk.remove(passed)
        return follow_steps(desk, topic)


def _pass(desk: Desk, topic: Topic, step: TopicStep, title: str) -> Topic:
    """Keep what a step came to, and let the topic's current step follow."""
    with desk.deed(title):
        desk.save(step)
        return follow_steps(desk, topic)


def follow_steps(desk: Desk, topic: Topic) -> Topic:
    """Let the first step that is open be the current one; inside a deed."""
    now = desk.get(Topic, topic.id) or topic
    states = states_of(desk, now)
    ahead = [each.step.name for each in states if each.passed is None]
    step = ahead[0] if ahead else ALL_PASSED
    if not any(each.passed for each in states):
        step = ""
    return desk.save(with_values(now, {"step": step}))


def _state(
    step: WorkflowStep, passed: TopicStep | None, topic: Topic, shown: dict[str, Evidence]
) -> StepState:
    """How it stands with one step."""
    needs = [each for each in step.needs.split("、") if each]
    there = [shown[each] for each in needs if each in shown]
    latest = max(there, key=lambda each: (each.on is not None, each.on), default=None)
    return StepState(
        step,
        passed,
        missing=tuple(each for each in needs if each not in shown),
        evidence=latest,
        may_skip=bool(topic.weight) and topic.weight in step.skipped_by.split("、"),
    )
