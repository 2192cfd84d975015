"""Ledgers of every kind, and lists of every record the office keeps."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.activity import Activity, ActivityParticipant
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.meeting import Attendance, Consensus, Dissent, Meeting, MeetingTopic
from liaison_desk.domain.opinion import Opinion, OpinionCosigner
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.ledgers import Cover, matter_ledger, meeting_ledger, roster
from liaison_desk.services.importing import (
    ANOTHER,
    RowState,
    apply_import,
    likely_target,
    open_source,
    paste_source,
    rank_targets,
    targets,
)
from tests import factory
from tests.services.importing.importing import imported, pasted, planned

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing import Target

COVER = Cover("柳河镇政协联络组", "2026年", date(2026, 3, 9))


def test_those_who_came_are_seated_members_as_members(desk: Desk) -> None:
    factory.member(desk, "陆䶮")
    table = pasted(("时间", "议题", "参会人员"), ("2025.3.8", "停车难", "陆䶮、何木兰等26人"))
    plan = planned(desk, table)
    apply_import(desk, plan)
    people = {each.id: each.name for each in desk.find(Person)}
    assert [(people[each.person or ""], each.capacity) for each in desk.find(Attendance)] == [
        ("陆䶮", "委员"),
        ("何木兰", "群众代表"),
    ]
    assert planned(desk, table).is_empty


def test_words_that_are_no_names_are_listed_beside_those_that_came(desk: Desk) -> None:
    table = pasted(("时间", "议题", "参会人员"), ("2025.3.8", "停车难", "陆䶮、镇村两级干部"))
    [problem] = planned(desk, table).problems
    assert (problem.place, "“镇村两级干部”不像姓名" in problem.reason) == ("C2", True)


def test_how_many_came_is_kept_and_how_many_were_excused_is_said_to_have_no_field(
    desk: Desk,
) -> None:
    table = pasted(("时间", "议题", "参加人数", "请假人数"), ("2025.3.8", "停车难", "26人", "2"))
    told = {each.text: each.reason for each in planned(desk, table).left_out}
    assert "到会名单" in told["请假人数"]
    imported(desk, table)
    [held] = desk.find(Meeting)
    assert held.headcount == 26


@pytest.mark.parametrize(
    ("outcome", "closed", "told"),
    [
        ("已办结", "2025-04-30", "A 已解决：已办结"),
        ("已于2025年4月20日办结", "", "2025-04-20：已于2025年4月20日办结"),
        ("2025年4月20日已办结", "2025-04-20", "A 已解决：2025年4月20日已办结"),
        ("正在办理", "", "2025-12-31：正在办理"),
        ("未办结", "", "2025-12-31：未办结"),
        ("部分已解决", "", "2025-12-31：部分已解决"),
    ],
)
def test_what_a_ledger_says_of_a_matter(desk: Desk, outcome: str, closed: str, told: str) -> None:
    heads = ("时间", "议题", "共识事项", "责任单位", "时限", "办理情况")
    row = ("2025.3.8", "停车难", "划线", "城建所", "2025.4.30", outcome)
    imported(desk, pasted(heads, row))
    [matter] = desk.find(Matter)
    assert matter.shown("closed_on") == closed
    said = [f"{each.result}：{each.content}" for each in desk.find(Reply)]
    said += [f"{each.reported_on}：{each.content}" for each in desk.find(Progress)]
    assert said == [told]


def test_a_day_of_its_own_closes_a_matter_and_the_minutes_number_goes_with_it(desk: Desk) -> None:
    heads = ("时间", "议题", "共识事项", "责任单位", "时限", "办结日期", "纪要文号")
    row = ("2025.3.8", "停车难", "划线", "城建所", "2025.4.30", "2025.4.12", "柳协纪〔2025〕3号")
    imported(desk, pasted(heads, row))
    [matter] = desk.find(Matter)
    assert (matter.closed_on, matter.requirement) == (
        date(2025, 4, 12),
        "协商纪要：柳协纪〔2025〕3号",
    )


def test_several_agencies_are_one_that_leads_and_those_that_help(desk: Desk) -> None:
    heads = ("时间", "议题", "共识事项", "责任单位", "协办单位", "时限")
    row = ("2025.3.8", "停车难", "划线", "城建所、派出所", "桥口村", "2025.4.30")
    imported(desk, pasted(heads, row))
    assert [each.name for each in desk.find(Agency)] == ["城建所"]
    assert [each.partners for each in desk.find(Matter)] == ["派出所、桥口村"]


def test_what_stayed_open_is_no_agreed_matter(desk: Desk) -> None:
    heads = ("时间", "议题", "达成共识情况", "办理情况")
    imported(desk, pasted(heads, ("2025.3.8", "分红", "未达成共识：按人口设股", "下次再议")))
    [open_] = desk.find(Dissent)
    assert (open_.name, open_.handling) == ("按人口设股", "下次再议")
    assert desk.find(Consensus) == []


def test_a_meeting_known_to_the_minute_keeps_its_time(desk: Desk) -> None:
    topic = factory.topic(desk, "停车难")
    held = factory.meeting(desk, "停车难专题协商会", held_at=datetime(2025, 3, 8, 14, 30))
    desk.save(MeetingTopic(meeting=held.id, topic=topic.id, position=1))
    table = pasted(("时间", "议题", "地点"), ("2025.3.8", "停车难", "村部"))
    plan = planned(desk, table)
    assert [(each.label, each.after) for each in plan.rows[0].changes] == [("地点", "村部")]
    apply_import(desk, plan)
    assert [each.held_at for each in desk.find(Meeting)] == [held.held_at]


def test_a_day_without_a_year_is_of_the_year_in_the_title_or_the_rows(desk: Desk) -> None:
    table = paste_source("2024年协商台账\n时间\t议题\n3月8日\t停车难\n").likely
    imported(desk, table)
    table = paste_source("时间\t议题\n2023.5.1\t养犬\n6月8日\t种菜\n").likely
    imported(desk, table)
    assert sorted(str(each.held_at)[:10] for each in desk.find(Meeting)) == [
        "2023-05-01",
        "2023-06-08",
        "2024-03-08",
    ]


def test_a_matter_without_a_day_it_is_due_stays_out(desk: Desk) -> None:
    plan = planned(desk, pasted(("事项", "主办单位", "时限"), ("修路", "城建所", "长期")))
    assert [(row.state, row.notes) for row in plan.rows] == [
        (RowState.BAD, ("时限“长期”不是日期，请写成 2026-3-8",))
    ]
    assert plan.saves == ()


def test_rules_of_the_office_hold_for_imports_too(desk: Desk) -> None:
    heads = ("事项", "主办单位", "交办日期", "时限")
    plan = planned(desk, pasted(heads, ("修路", "城建所", "2025.5.1", "2025.4.1")))
    assert "时限早于交办日期" in plan.problems[0].reason
    assert plan.saves == ()


def test_our_own_ledgers_come_back_without_a_change(tmp_path: Path, desk: Desk) -> None:
    member = factory.member(desk, "陆䶮", sector="中共", card_number="HX12-001")
    factory.person(desk, "周㛃")
    held = factory.meeting(desk)
    agency = factory.agency(desk).id
    factory.consensus(desk, held, agency=agency)
    matter = factory.matter(desk, agency=agency, handed_over_on=date(2026, 3, 9))
    desk.save(Progress(matter=matter.id, reported_on=date(2026, 3, 9), content="已放线"))
    assert member.person
    for ledger in (
        roster(desk, COVER, show_personal=True),
        meeting_ledger(desk, COVER),
        matter_ledger(desk, COVER),
    ):
        path = tmp_path / f"{ledger.title}.xlsx"
        write_ledger(path, ledger)
        plan = planned(desk, open_source(path).likely)
        assert plan.mapping.target.title == ledger.title
        assert [(row.state, row.changes, row.made) for row in plan.rows] == [
            (RowState.SAME, (), ())
        ], plan.mapping


@pytest.mark.parametrize("target", targets(), ids=lambda each: each.key)
def test_a_list_with_a_target_s_own_labels_is_proposed_as_it(target: Target) -> None:
    labels = tuple(each.label for each in target.fields)
    table = paste_source(f"{target.title}\n" + "\t".join(labels) + "\n" + "\t".join(labels)).likely
    assert rank_targets(table)[0] is target


def test_every_list_the_office_keeps_can_be_imported() -> None:
    made = {record_type for each in targets() for record_type in each.record_types}
    parts = {each for each in RECORD_TYPES if each.parent}
    kept = {Village, Agency, Person, Topic, PlanItem, Opinion, Proposal, Activity, Matter, Meeting}
    assert kept <= made
    assert not (parts & made) - {each for each in parts if each.table == "membership"}


def test_an_activity_with_its_numbers(desk: Desk) -> None:
    heads = ("活动类型", "活动主题", "活动时间", "走访户数", "捐款（元）", "村")
    row = ("走访", "走访困难群众", "2025年3月1日至3日", "26户", "1,200.5", "桥口")
    desk.save(Village(name="桥口村"))
    imported(desk, pasted(heads, row))
    [activity] = desk.find(Activity)
    assert (activity.held_at, activity.households, activity.donated_money) == (
        datetime(2025, 3, 1, 9, 0),
        26,
        Decimal("1200.50"),
    )
    assert desk.caption("village", activity.village) == "桥口村"


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        ("三月接待日", "2025年活动", "接待日"),
        ("走访困难群众", "", "走访"),
        ("集中活动", "2025年学习培训记录", "学习培训"),
        ("春节联欢", "", "其他"),
    ],
)
def test_the_kind_of_an_activity_without_one_is_told_by_its_name_or_the_title(
    desk: Desk, name: str, title: str, kind: str
) -> None:
    heads = ("时间", "活动主题", "接待人", "来访群众", "捐款")
    table = pasted((title, "", "", "", ""), heads, ("2025.3.8", name, "陆䶮", "3人", "5,000元"))
    plan = planned(desk, table, "activity")
    assert plan.rows[0].notes == (f"表里没有类型这一列，按{kind}登记",)
    apply_import(desk, plan)
    [activity] = desk.find(Activity)
    assert (activity.kind, activity.visits, activity.donated_money) == (kind, 3, Decimal(5000))
    [took_part] = desk.find(ActivityParticipant)
    assert desk.caption("person", took_part.person) == "陆䶮"


def test_a_bad_row_shows_what_was_written_and_every_reason(desk: Desk) -> None:
    heads = ("编号", "标题", "反映人", "报送日期")
    rows = (("1", "甲", "陆䶮", "2025.3.8"), ("1", "乙", "何木兰", "2025.13.1"))
    plan = planned(desk, pasted(heads, *rows))
    assert plan.rows[1].values["opinion.reporter"] == "何木兰"
    [bad] = plan.problems
    assert "编号“1”已经用过" in bad.reason
    assert "报送日期“2025.13.1”不是日期" in bad.reason


def test_a_year_in_chinese_numerals_and_one_that_cannot_be_read(desk: Desk) -> None:
    heads = ("年度", "协商议题", "协商形式")
    table = pasted(heads, ("二〇二六", "停车难", "专题协商"), ("明年", "养老", "专题协商"))
    plan = planned(desk, table, "plan_item")
    assert plan.rows[0].notes == ()
    assert plan.rows[1].notes[0].startswith("年度这一格没有读出来，按")
    assert plan.problems[0].text == "明年"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("已办结", "A 已解决"), ("A", "A 已解决"), ("列入计划", "B 正在解决或列入计划")],
)
def test_the_result_of_a_matter_in_the_words_people_use(
    desk: Desk, written: str, kept: str
) -> None:
    heads = ("事项", "承办单位", "办结时限", "办理结果", "办结日期")
    imported(desk, pasted(heads, ("修路灯", "城建所", "2025.5.1", written, "")))
    assert [each.result for each in desk.find(Reply)] == [kept]


def test_reports_are_known_again_by_title_and_day(desk: Desk) -> None:
    heads = ("编号", "标题", "反映人", "报送日期", "正文")
    first = ("2025-01", "关于停车难", "陆䶮", "2025.3.8", "一、情况")
    imported(desk, pasted(heads, first))
    other = ("2025-02", "关于停车难", "陆䶮", "2025.6.8", "二、情况")
    plan = planned(desk, pasted(heads, first, other))
    assert [row.state for row in plan.rows] == [RowState.SAME, RowState.NEW]
    assert [each.name for each in desk.find(Person)] == ["陆䶮"]


def test_two_reports_with_one_number_are_not_both_taken(desk: Desk) -> None:
    heads = ("编号", "标题", "报送日期")
    plan = planned(
        desk, pasted(heads, ("2025-01", "甲", "2025.3.8"), ("2025-01", "乙", "2025.3.9"))
    )
    assert [row.state for row in plan.rows] == [RowState.NEW, RowState.BAD]
    assert "编号“2025-01”已经用过" in plan.problems[0].reason


def test_a_year_s_plan_makes_its_topics(desk: Desk) -> None:
    heads = ("年度", "议题", "协商形式", "协商时间", "落实部门")
    imported(desk, pasted(heads, ("2026", "小区停车难", "专题协商", "2026年5月", "城建所")))
    [item] = desk.find(PlanItem)
    assert (item.year, item.meeting_month, desk.caption("topic", item.topic)) == (
        2026,
        "2026.05",
        "小区停车难",
    )


def test_a_proposal_s_answer_is_one_of_the_four(desk: Desk) -> None:
    heads = ("提案编号", "案由", "提案人", "提交日期", "答复日期", "答复结果")
    row = ("第45号", "关于停车难", "陆䶮", "2025.3.8", "2025.5.8", "已解决")
    imported(desk, pasted(heads, row))
    assert [each.result for each in desk.find(Proposal)] == ["A 已解决"]


@pytest.mark.parametrize("name", ["张伟等3人", "镇村两级干部"])
def test_a_link_to_nobody_in_particular_is_not_guessed(desk: Desk, name: str) -> None:
    plan = planned(desk, pasted(("标题", "反映人"), ("关于停车难", name)), "opinion")
    assert [(each.place, each.text) for each in plan.problems] == [("B2", name)]
    assert plan.count(RowState.NEW) == 1


def test_several_who_report_are_one_and_those_who_signed_too(desk: Desk) -> None:
    table = pasted(("标题", "反映人", "联名"), ("关于停车难", "张伟、李娜", "陆䶮"))
    imported(desk, table, "opinion")
    [report] = desk.find(Opinion)
    assert desk.caption("person", report.reporter) == "张伟"
    assert [desk.caption("person", each.person) for each in desk.find(OpinionCosigner)] == [
        "李娜",
        "陆䶮",
    ]
    assert planned(desk, table, "opinion").is_empty


def test_those_who_took_part_in_an_activity_are_put_on_its_list(desk: Desk) -> None:
    heads = ("活动类型", "主题", "时间", "参加委员")
    table = pasted(heads, ("接待日", "三月接待日", "2025.3.15", "陆䶮、周㛃"))
    imported(desk, table)
    assert len(desk.find(ActivityParticipant)) == 2
    assert planned(desk, table).is_empty


def test_a_plan_without_a_year_is_of_the_year_in_its_title(desk: Desk) -> None:
    table = paste_source("2025年度协商计划表\n协商议题\t协商形式\n停车难\t微协商\n").likely
    plan = planned(desk, table)
    assert plan.rows[0].notes == ("表里没有年度这一列，按2025年登记",)
    apply_import(desk, plan)
    assert [each.year for each in desk.find(PlanItem)] == [2025]
    assert planned(desk, table).is_empty


MATTER_HEADS = ("事项", "主办单位", "时限", "最新进展", "办理结果", "复文号", "办结日期")


@pytest.mark.parametrize(
    ("cells", "closed", "steps", "replies"),
    [
        (
            ("", "A", "城建〔2025〕3号", "2025.4.12"),
            "2025-04-12",
            [],
            ["A 已解决：城建〔2025〕3号"],
        ),
        (("", "B", "", ""), "", [], ["B 正在解决或列入计划："]),
        (("正在选址", "", "", ""), "", ["正在选址"], []),
        (("正在选址", "B", "", ""), "", ["正在选址"], ["B 正在解决或列入计划："]),
        (("已办结", "", "", ""), "2025-04-30", [], ["A 已解决："]),
        (("已办结", "", "城建〔2025〕3号", ""), "", [], ["A 已解决：城建〔2025〕3号"]),
        (("", "", "", "2025.4.12"), "2025-04-12", [], ["A 已解决："]),
        (("2025.4.2：已放线", "", "", ""), "", ["已放线"], []),
    ],
)
def test_what_a_ledger_of_matters_says_of_each(
    desk: Desk, cells: tuple[str, ...], closed: str, steps: list[str], replies: list[str]
) -> None:
    table = pasted(MATTER_HEADS, ("划线", "城建所", "2025.4.30", *cells))
    imported(desk, table, "matters")
    [matter] = desk.find(Matter)
    assert matter.shown("closed_on") == closed
    assert [each.content for each in desk.find(Progress)] == steps
    assert [f"{each.result}：{each.reply_number}" for each in desk.find(Reply)] == replies
    assert planned(desk, table, "matters").is_empty


def test_a_reply_s_number_without_any_reply_is_listed(desk: Desk) -> None:
    row = ("划线", "城建所", "2025.4.30", "正在选址", "", "城建〔2025〕3号", "")
    [problem] = planned(desk, pasted(MATTER_HEADS, row), "matters").problems
    assert (problem.place, "没有地方记" in problem.reason) == ("F2", True)


def test_of_two_records_with_one_name_the_clerk_says_which(desk: Desk) -> None:
    first = factory.topic(desk, "停车难", proposer="何木兰")
    other = factory.topic(desk, "停车难", proposer="马建国")
    table = pasted(("议题名称", "类别"), ("停车难", "交通"))
    plan = planned(desk, table, "topic")
    [row] = plan.rows
    assert row.state is RowState.ASK
    assert {each.id: each.about for each in row.candidates} == {
        first.id: "提出人何木兰",
        other.id: "提出人马建国",
    }
    assert plan.summary == (
        "共1行：新增0行、更新0行、不变0行、待核对1行。有1处没有导入，请看下面的原因。"
        "待核对的行请选“是同一个”或“是另一个”，没有选的这次不导入。"
        "现在没有可以导入的，资料没有改动。"
    )
    imported(desk, table, "topic", decisions={2: other.id})
    assert {each.id: each.category for each in desk.find(Topic)} == {first.id: "", other.id: "交通"}


def test_the_clerk_says_a_topic_is_another_one(desk: Desk) -> None:
    for proposer in ("何木兰", "马建国"):
        factory.topic(desk, "停车难", proposer=proposer)
    imported(
        desk, pasted(("议题名称", "类别"), ("停车难", "交通")), "topic", decisions={2: ANOTHER}
    )
    assert len(desk.find(Topic)) == 3


def test_what_fits_no_field_and_no_remark_is_listed(desk: Desk) -> None:
    heads = ("年度", "议题", "落实部门")
    [problem] = planned(desk, pasted(heads, ("2026", "停车难", "城建所、派出所"))).problems
    assert problem.reason == "“另有单位：派出所”没有栏目可记，只导入了其余的内容"


def test_a_kind_of_table_the_clerk_chose_is_offered_again(desk: Desk) -> None:
    table = pasted(("议题", "地点", "时间"), ("停车难", "村部", "2025.3.8"))
    assert likely_target(table, desk).key == "meetings"
    imported(desk, table, "topic")
    assert likely_target(table, desk).key == "topic"
    desk.database.connection.execute("UPDATE setting SET value = '[' WHERE name LIKE 'import%'")
    assert likely_target(table, desk).key == "meetings"


def test_two_rows_of_one_meeting_that_differ_are_listed_cell_by_cell(desk: Desk) -> None:
    heads = ("时间", "议题", "地点", "共识事项", "责任单位", "时限")
    rows = (
        ("2025.3.8", "停车难", "村部", "划线", "城建所", "2025.4.30"),
        ("2025.3.8", "停车难", "镇政府", "划线", "派出所", "2025.5.30"),
    )
    plan = planned(desk, pasted(heads, *rows))
    assert {each.place for each in plan.problems} == {"C3", "E3", "F3"}
    assert all("按第2行导入" in each.reason for each in plan.problems)


def test_a_due_date_before_the_meeting_is_listed(desk: Desk) -> None:
    heads = ("时间", "议题", "共识事项", "责任单位", "时限")
    [problem, *_] = planned(
        desk, pasted(heads, ("2025.3.8", "停车难", "划线", "城建所", "2025.2.1"))
    ).problems
    assert "早于会议日期" in problem.reason


def test_an_agency_that_could_be_two_is_not_guessed(desk: Desk) -> None:
    for name in ("镇城建所", "柳河镇城建所"):
        desk.save(Agency(name=name))
    heads = ("时间", "议题", "共识事项", "责任单位", "时限")
    problems = planned(
        desk, pasted(heads, ("2025.3.8", "停车难", "划线", "城建所", "2025.4.30"))
    ).problems
    assert "请写全名称" in problems[0].reason


def test_nobody_is_told_that_all_is_there_while_a_row_was_not_taken(desk: Desk) -> None:
    table = pasted(("姓名", "手机"), ("张1234567890", "13805610001"))
    plan = planned(desk, table, "roster", term="第十二届")
    assert plan.is_empty
    assert plan.problems
    assert "一致" not in plan.summary
    assert plan.summary.endswith("现在没有可以导入的，资料没有改动。")
