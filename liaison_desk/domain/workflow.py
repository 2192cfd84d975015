"""The steps that a topic passes; each office calls them its own way."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.codes import STEP_NEEDS, WEIGHTS
from liaison_desk.domain.declare import link, several, text, whole_number
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Workflow(Record):
    """An ordered list of named steps (工作流程); a topic names the one it follows."""

    table = "workflow"
    title = "工作流程"
    order = ("name",)

    name: str = text("名称", required=True, max_length=30, listed=True)
    used_in: str = text("来历", max_length=60, listed=True, hint="如 滁州、明光")


@dataclass(frozen=True, kw_only=True)
class WorkflowStep(Record):
    """One step of a workflow."""

    table = "workflow_step"
    title = "工作流程的步骤"
    order = ("position",)
    parent = "workflow"

    workflow: str | None = link("工作流程", to="workflow", required=True)
    position: int | None = whole_number("次序", searched=False)
    name: str = text("步骤", required=True, max_length=30, listed=True)
    needs: str = several("须先有", STEP_NEEDS, listed=True)
    skipped_by: str = several("可跳过", WEIGHTS, listed=True)


SHIPPED: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "四单闭环": (
        "滁州、明光",
        (
            ("群众点单", ""),
            ("委员接单", "审定"),
            ("协商解单", "协商会、纪要"),
            ("跟进督单", "办理反馈"),
        ),
    ),
    "七步闭环": (
        "琅琊",
        (
            ("意见收集", ""),
            ("主体确定", "审定"),
            ("组织调研", "调研"),
            ("民主协商", "协商会、纪要"),
            ("监督办理", "办理事项"),
            ("结果反馈", "办理反馈"),
            ("质效评估", "满意度"),
        ),
    ),
    "六事机制": (
        "蚌山",
        (
            ("百姓点事", ""),
            ("两委提事", "审定"),
            ("居民议事", "协商会"),
            ("与会决事", "共识事项"),
            ("多元办事", "办理反馈"),
            ("公众评事", "满意度"),
        ),
    ),
    "两题两议两事": (
        "笔架山",
        (
            ("选题", ""),
            ("定题", "审定"),
            ("商议", "协商会"),
            ("决议", "纪要"),
            ("落实", "办理反馈"),
            ("评事", "满意度"),
        ),
    ),
    "民主恳谈": (
        "亳州",
        (
            ("通报情况", "审定、公示"),
            ("提出意见", "协商会"),
            ("互动协商", "协商会"),
            ("确认共识", "共识事项"),
            ("结果报送", "纪要"),
        ),
    ),
    "八个环节": (
        "南通",
        (
            ("搭建平台", ""),
            ("确定议题", "审定"),
            ("明确主体", ""),
            ("商前调研", "调研"),
            ("开展协商", "协商会"),
            ("报送成果", "纪要"),
            ("转化落实", "办理反馈"),
            ("评估质效", "满意度"),
        ),
    ),
}
"""The workflows found in the field: where each is used, its steps and what each step needs."""
