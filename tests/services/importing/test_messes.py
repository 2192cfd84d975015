"""Tables as township offices really keep them, against what a careful person would have typed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.activity import Activity, ActivityParticipant
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.proposal import Proposal
from tests.services.importing.importing import imported, pasted, planned

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


def people_of(desk: Desk, parts: list[Record]) -> list[str]:
    """The names of the people that parts of a record are."""
    return [desk.caption("person", getattr(each, "person")) for each in parts]  # noqa: B009


@pytest.mark.parametrize(
    ("written", "leading", "helping"),
    [
        ("镇城建所（供电所配合）", "镇城建所", "供电所"),
        ("镇城建所\n派出所", "镇城建所", "派出所"),
        ("镇城建所/派出所", "镇城建所", "派出所"),
        ("镇城建所 派出所", "镇城建所", "派出所"),
        ("牵头单位：镇城建所；配合单位：派出所", "镇城建所", "派出所"),
        ("柳河镇 城建所", "柳河镇城建所", ""),
    ],
)
def test_agencies_in_one_cell_are_never_joined_into_one(
    desk: Desk, written: str, leading: str, helping: str
) -> None:
    table = pasted(
        ("协商时间", "协商议题", "共识事项", "责任单位", "完成时限"),
        ("2026.3.8", "路灯", "修复53盏", f'"{written}"', "2026.4.30"),
    )
    imported(desk, table, "meetings")
    [agreed] = desk.find(Consensus)
    assert (desk.caption("agency", agreed.agency), agreed.partners) == (leading, helping)


def test_who_came_is_told_from_offices_bodies_and_crowds(desk: Desk) -> None:
    table = pasted(
        ("会议时间", "会议议题", "主持人", "参会人员"),
        (
            "2026.3.8",
            "停车难",
            "张伟（召集人）",
            "委员张伟、李 娜，群众代表王芳、城建所、村两委、王主任、赵犇（请假）、钱淼等26人",
        ),
    )
    plan = planned(desk, table, "meetings")
    imported(desk, table, "meetings")
    assert people_of(desk, [*desk.find(Attendance)]) == ["张伟", "李娜", "王芳", "钱淼"]
    [meeting] = desk.find(Meeting)
    assert desk.caption("person", meeting.host) == "张伟"
    assert "“委员张伟”只记了姓名张伟" in plan.rows[0].notes
    [listed] = [each.reason for each in plan.problems if each.place == "D2"]
    for left in ("城建所", "村两委", "王主任", "赵犇（请假）"):
        assert left in listed


def test_people_with_spaces_between_and_within_their_names(desk: Desk) -> None:
    table = pasted(
        ("活动时间", "活动主题", "参加委员"), ("2026.1.20", "走访慰问", "张伟 李娜 王  芳 欧阳修远")
    )
    imported(desk, table, "activity")
    assert people_of(desk, [*desk.find(ActivityParticipant)]) == [
        "张伟",
        "李娜",
        "王芳",
        "欧阳修远",
    ]


def test_one_who_proposed_for_several_is_named_and_the_rest_listed(desk: Desk) -> None:
    table = pasted(("提案号", "案由", "提案人"), ("001", "关于管网的提案", "张伟等3人"))
    plan = planned(desk, table, "proposal")
    imported(desk, table, "proposal")
    [proposal] = desk.find(Proposal)
    assert desk.caption("person", proposal.proposer) == "张伟"
    assert [each.place for each in plan.problems] == ["C2"]


def test_a_column_headed_in_ten_thousands_is_not_taken_for_yuan(desk: Desk) -> None:
    table = pasted(("活动时间", "活动主题", "捐款（万元）"), ("2026.1.20", "助学", "2.3"))
    plan = planned(desk, table, "activity")
    imported(desk, table, "activity")
    assert desk.find(Activity)[0].donated_money == Decimal("23000.00")
    assert "捐款（元）“2.3万元”按23000登记" in plan.rows[0].notes
