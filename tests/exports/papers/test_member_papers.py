"""履职登记表 and 履职档案: all a member did, in its time, and nothing of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity, ActivityParticipant
from liaison_desk.exports.papers.duties import (
    KINDS,
    MEETINGS,
    OPINIONS,
    PROPOSALS,
    RECEPTIONS,
    STATEMENTS,
    SURVEYS,
    WELFARE,
    duties_of,
)
from tests.exports.papers.making import beside, form, rows_of
from tests.exports.papers.story import IDENTITY

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story


def test_everything_a_member_did_is_found_by_kind(desk: Desk, story: Story) -> None:
    found = duties_of(desk, story.member.person, lambda _: True)
    told = {kind: [(each.text, each.outcome) for each in found[kind]] for kind in KINDS}
    assert told[MEETINGS] == [("桥口村停车难专题协商会", "出席")]
    assert told[STATEMENTS] == [("能否固定卸货时段", "桥口村停车难专题协商会")]
    assert told[PROPOSALS] == [("关于增设停车位的提案", "第45号，立案")]
    assert told[OPINIONS] == [("建议在小学门口设置减速带", "市批示（市政府办公室；请研究办理）")]
    assert told[SURVEYS] == [("桥口村停车难问题调研", "实地察看")]
    assert told[RECEPTIONS] == [("三月委员接待日", "接待日")]
    assert told[WELFARE] == []


def test_one_who_only_signed_is_told_apart(desk: Desk, story: Story) -> None:
    found = duties_of(desk, story.chair.person, lambda _: True)
    assert found[PROPOSALS][0].outcome == "联名，第45号，立案"
    assert found[OPINIONS][0].outcome.startswith("联名；")
    assert found[SURVEYS] == []


def test_a_removed_activity_does_not_count(desk: Desk, story: Story) -> None:
    desk.remove(story.activity)
    assert duties_of(desk, story.member.person, lambda _: True)[RECEPTIONS] == []


def test_a_year_lists_each_kind_by_day_and_keeps_rows_to_write_in(desk: Desk, story: Story) -> None:
    _take_part(desk, story, "义诊", datetime(2026, 1, 8, 9, 0))
    _take_part(desk, story, "植树", datetime(2026, 3, 2, 9, 0))
    paper = form(desk, "member_year", story.member)
    assert paper.title == "2026年度委员履职登记表"
    rows = rows_of(paper, grid=1)
    assert rows[0] == ["类别", "序号", "时间", "内容", "情况"]
    place = next(number for number, row in enumerate(rows) if row[0] == "公益活动\n（2）")
    assert rows[place][1:] == ["1", "2026.1.8", "义诊", "公益"]
    assert rows[place + 1] == ["2", "2026.3.2", "植树", "公益"]
    assert ["学习培训", "", "", "", ""] in rows


def test_another_year_has_nothing_of_this_one(desk: Desk, story: Story) -> None:
    rows = rows_of(form(desk, "member_year", story.member, year=2025), grid=1)
    assert all(not any(row[1:]) for row in rows[1:])


def test_a_file_holds_who_the_member_is(desk: Desk, story: Story) -> None:
    paper = form(desk, "member_file", story.member)
    for label, value in {
        "姓名": "买买提·艾力",
        "民族": "维吾尔族",
        "政治面貌": "群众",
        "出生年月": "1976年8月",
        "界别": "民族宗教",
        "届次": "第十二届",
        "任职日期": "2022年1月10日",
        "联系村": "桥口村",
    }.items():
        assert beside(paper, label) == value
    assert beside(paper, "身份证号") == "110105********002X"
    shown = form(desk, "member_file", story.member, show_personal=True)
    assert beside(shown, "身份证号") == IDENTITY


def test_a_file_names_the_members_outside_the_party_one_keeps_in_touch_with(
    desk: Desk, story: Story
) -> None:
    assert beside(form(desk, "member_file", story.chair), "联系党外委员") == "买买提·艾力"


def test_a_file_ends_with_its_term(desk: Desk, story: Story) -> None:
    _take_part(desk, story, "义诊", datetime(2021, 5, 8, 9, 0))
    past = desk.save(replace(story.member, until=date(2026, 2, 28), status="届满"))
    paper = form(desk, "member_file", past)
    told = "".join(cell for grid in range(2, 11) for row in rows_of(paper, grid) for cell in row)
    assert "义诊" not in told
    assert "三月委员接待日" not in told
    assert "桥口村停车难专题协商会" in told


def test_a_file_counts_each_year(desk: Desk, story: Story) -> None:
    _take_part(desk, story, "义诊", datetime(2024, 5, 8, 9, 0))
    rows = rows_of(form(desk, "member_file", story.member), grid=1)
    assert rows[1][0] == "2024年"
    assert rows[1][1 + KINDS.index(WELFARE)] == "1"
    assert rows[2][0] == "2026年"
    assert rows[2][1 + KINDS.index(MEETINGS)] == "1"
    assert rows[-1][1 + KINDS.index(WELFARE)] == "1"


def _take_part(desk: Desk, story: Story, name: str, at: datetime) -> None:
    activity = desk.save(Activity(kind="公益", name=name, held_at=at))
    desk.save(ActivityParticipant(activity=activity.id, position=1, person=story.member.person))
