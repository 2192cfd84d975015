"""协商登记表 by workflow, and 典型案例."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.topic import TopicStep
from liaison_desk.domain.workflow import SHIPPED, Workflow, WorkflowStep
from liaison_desk.exports.content import PaperStyle
from liaison_desk.exports.papers.loop_form import Step, steps_of, told_by
from tests.exports.papers.making import form, letter, rows_of

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story


def blocks(desk: Desk, story: Story, **values: object) -> dict[str, str]:
    """What each step of the form tells, by the step's label."""
    topic = desk.save(replace(story.topic, **values))  # type: ignore[arg-type]
    rows = rows_of(form(desk, "loop_form", topic))
    return {row[0].split("\n")[0]: row[1] for row in rows[3:]}


def test_the_form_has_a_block_for_each_step_of_the_workflow(desk: Desk, story: Story) -> None:
    told = blocks(desk, story)
    assert list(told) == [name for name, _ in SHIPPED["七步闭环"][1]]
    assert told["意见收集"].startswith("群众提题，何木兰，2026年1月5日。\n选题案由：逢集日占道停车")
    assert "镇党委2026年1月12日审定" in told["主体确定"]
    assert "公示时间：2026年1月13日至2026年1月19日" in told["主体确定"]
    assert "走访36户，听取52人意见" in told["组织调研"]
    assert "委员2人：陆䶮、买买提·艾力" in told["民主协商"]
    assert "新划停车位30个（责任单位：镇村镇建设办公室" in told["民主协商"]
    assert "2026年2月8日交镇村镇建设办公室办理" in told["监督办理"]
    assert "2026年3月5日反馈（A 已解决），村建函〔2026〕3号，已划停车位32个。" in told["结果反馈"]
    assert "办理结果满意6人、基本满意2人、不满意2人" in told["质效评估"]
    assert "2026年3月8日回头看，落实到位。车位都在用。" in told["质效评估"]


def test_every_line_of_the_form_is_a_sentence(desk: Desk, story: Story) -> None:
    lines = [line for text in blocks(desk, story).values() for line in text.split("\n") if line]
    assert len(lines) > 12
    assert [line for line in lines if line[-1] not in "。？！"] == []


@pytest.mark.parametrize("workflow", SHIPPED)
def test_no_workflow_leaves_anything_of_the_topic_out(
    desk: Desk, story: Story, workflow: str
) -> None:
    told = "".join(blocks(desk, story, workflow=workflow).values())
    for part in (
        "何木兰",
        "审定",
        "走访36户",
        "〔2026〕1号",
        "已划停车位32个",
        "满意6人",
        "车位都在用",
    ):
        assert part in told


def test_what_no_step_asks_for_stands_with_what_comes_before_it() -> None:
    steps = [Step("提", ()), Step("议", ("协商会",)), Step("办", ("办理反馈",))]
    told = {step.name: needs for step, needs in told_by(steps)}
    assert told["提"] == ["", "审定", "公示", "列入计划", "调研"]
    assert told["议"] == ["协商会", "纪要", "共识事项"]
    assert told["办"] == ["办理事项", "办理反馈", "满意度", "回头看", "办结"]


def test_a_step_that_was_done_has_its_day_and_a_skipped_one_says_so(
    desk: Desk, story: Story
) -> None:
    desk.save(
        TopicStep(topic=story.topic.id, position=1, name="意见收集", done_on=date(2026, 1, 6))
    )
    desk.save(
        TopicStep(
            topic=story.topic.id, position=2, name="主体确定", is_skipped=True, note="小事简议"
        )
    )
    rows = rows_of(form(desk, "loop_form", story.topic))
    assert rows[3][0] == "意见收集\n2026.1.6"
    assert rows[4][0] == "主体确定（跳过）"
    assert rows[4][1].endswith("小事简议")


def test_the_steps_the_office_made_its_own_are_used(desk: Desk, story: Story) -> None:
    own = desk.save(Workflow(name="七步闭环"))
    for place, (name, needs) in enumerate((("提", ""), ("商", "协商会"), ("评", "满意度")), 1):
        desk.save(WorkflowStep(workflow=own.id, position=place, name=name, needs=needs))
    assert list(blocks(desk, story)) == ["提", "商", "评"]
    assert [each.name for each in steps_of(desk, desk.office_id, "七步闭环")] == ["提", "商", "评"]


def test_a_topic_without_workflow_takes_the_offices(desk: Desk, story: Story) -> None:
    topic = desk.save(replace(story.topic, workflow=""))
    assert form(desk, "loop_form", topic).title == "“四单闭环”协商登记表"


def test_a_case_is_told_in_three_chapters(desk: Desk, story: Story) -> None:
    paper = letter(desk, "typical_case", story.topic)
    assert paper.style is PaperStyle.PLAIN
    assert paper.title == "桥口村停车难问题\n协商案例"
    lines = paper.body.split("\n")
    chapters = [line for line in lines if line[1:2] == "、"]
    assert chapters == ["一、案例背景", "二、协商过程", "三、协商成效"]
    assert lines[1] == "2026年1月5日，何木兰提出“桥口村停车难问题”（群众提题），涉及桥口村。"
    assert "会议形成共识1项：一是新划停车位30个。" in lines
    assert "协商共识转为办理事项1件，已办结0件。" in lines
    assert lines[-2].startswith("1.新划停车位30个。由镇村镇建设办公室办理。已划停车位32个。")
    assert lines[-1] == "经10人次测评，对办理结果满意和基本满意8人次，占80.0％。"


def test_a_case_with_nothing_to_tell_keeps_room_under_each_chapter(desk: Desk) -> None:
    lines = letter(desk, "typical_case").body.split("\n")
    assert lines[0::2] == ["一、案例背景", "二、协商过程", "三、协商成效"]
    assert all(set(line) == {"＿"} for line in lines[1::2])
