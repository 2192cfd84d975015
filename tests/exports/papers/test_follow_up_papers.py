"""交办单, 催办函, 反馈单, 测评表 and 成果报送单 compared with the matter they are of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.content import FormPaper, PaperStyle
from tests import factory
from tests.exports.papers.making import all_of, beside, form, letter, rows_of, text_of

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story


def test_a_handover_has_everything_the_agency_needs(desk: Desk, story: Story) -> None:
    paper = form(desk, "handover_sheet", story.matter)
    assert paper.over_right == "文号：柳协办〔2026〕1号"
    for label, value in {
        "事项": "新划停车位30个",
        "来源": "共识事项，见纪要〔2026〕1号",
        "时限": "2026年3月1日",
        "主办单位": "镇村镇建设办公室",
        "协办": "桥口村",
        "办理要求": "标线清楚，设置标识。",
        "交办人": "李文书",
        "交办日期": "2026年2月8日",
        "签收人": "周建设",
        "签收日期": "2026年2月9日",
        "催办记录": "2026年2月15日　场院清理完毕。",
    }.items():
        assert beside(paper, label) == value


def test_nobody_is_said_to_have_signed_before_the_day_is_known(desk: Desk, story: Story) -> None:
    waiting = desk.save(replace(story.matter, signed_on=None))
    assert beside(form(desk, "handover_sheet", waiting), "签收人") == ""


@pytest.mark.parametrize("source", ["社情民意", "接待", "县级交办"])
def test_what_no_meeting_agreed_on_is_not_called_so(desk: Desk, story: Story, source: str) -> None:
    matter = desk.save(replace(story.matter, source=source))
    assert form(desk, "handover_sheet", matter).title == "办理事项交办单"
    assert letter(desk, "reminder", matter).title == "关于抓紧办理交办事项的函"
    assert form(desk, "handover_sheet", story.matter).title == "协商成果交办单"


def test_the_slip_of_a_handover_repeats_matter_agency_and_time(desk: Desk, story: Story) -> None:
    slip = rows_of(form(desk, "handover_sheet", story.matter), grid=1)
    assert slip[0] == ["事项", "新划停车位30个"]
    assert slip[1] == ["交办文号", "柳协办〔2026〕1号", "时限", "2026年3月1日"]
    assert slip[2][:2] == ["签收单位", "镇村镇建设办公室"]


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        (date(2026, 3, 9), "截至2026年3月9日，已超过时限8天，尚未收到办理结果。"),
        (date(2026, 2, 26), "截至2026年2月26日，距办理时限还有3天，尚未收到办理结果。"),
        (date(2026, 3, 1), "截至2026年3月1日，办理时限已到，尚未收到办理结果。"),
    ],
)
def test_a_reminder_counts_the_days_to_its_own_date(desk: Desk, dated: date, said: str) -> None:
    matter = factory.matter(desk, due_on=date(2026, 3, 1), handed_over_on=date(2026, 2, 8))
    paper = letter(desk, "reminder", matter, dated=dated)
    assert paper.style is PaperStyle.LETTER
    assert paper.main_to == "镇农业综合服务站"
    assert said in paper.body
    assert paper.signed_on == dated


def test_a_reminder_does_not_say_that_no_answer_came_when_one_did(desk: Desk, story: Story) -> None:
    body = letter(desk, "reminder", story.matter).body
    assert "尚未收到" not in body
    assert "根据协商纪要〔2026〕1号，我组于2026年2月8日将“新划停车位30个”交你单位办理" in body
    assert "最近一次反映的进展（2026年2月15日）：场院清理完毕。" in body


@pytest.mark.parametrize(
    ("name", "we"),
    [
        ("柳河镇政协联络组", "我组"),
        ("柳河镇政协委员联络室", "我室"),
        ("柳河镇政协工委", "我委"),
        ("柳河镇政协工作委员会", "我委"),
        ("濉溪县政协办", "我单位"),
    ],
)
def test_an_office_calls_itself_by_what_it_is(desk: Desk, story: Story, name: str, we: str) -> None:
    assert desk.office is not None
    desk.save(replace(desk.office, name=name))
    body = letter(desk, "reminder", story.matter).body
    assert f"{we}于2026年2月8日将" in body
    assert f"加盖公章后送{we}。" in body


def test_the_slip_of_a_reminder_asks_for_result_and_delay(desk: Desk, story: Story) -> None:
    slip = letter(desk, "reminder", story.matter).enclosure
    assert slip is not None
    assert beside(slip, "办理结果").count("□") == 4
    assert beside(slip, "延期申请").startswith("理由：")


def test_each_answer_has_a_form_with_its_result_ticked(desk: Desk, story: Story) -> None:
    paper = form(desk, "reply_form", story.matter)
    assert beside(paper, "办理结果") == (
        "■A 已解决　　□B 正在解决或列入计划\n□C 暂不能解决　　□D 留作参考"
    )
    assert beside(paper, "办理情况") == "已划停车位32个。"
    assert beside(paper, "答复文号") == "村建函〔2026〕3号"
    assert beside(paper, "答复日期") == "2026年3月5日"
    desk.save(replace(story.reply, id="", result="D 留作参考", replied_on=date(2026, 3, 8)))
    papers = all_of(desk, "reply_form", story.matter)
    assert len(papers) == 2
    assert isinstance(papers[1], FormPaper)
    assert "■D 留作参考" in beside(papers[1], "办理结果")


def test_without_an_answer_the_form_goes_to_the_agency_empty(desk: Desk) -> None:
    paper = form(desk, "reply_form", factory.matter(desk))
    assert beside(paper, "办理情况") == ""
    assert "■" not in beside(paper, "办理结果")
    assert "年　　月　　日" in beside(paper, "答复日期")


def test_a_blank_rating_asks_about_work_and_outcome_apart(desk: Desk, story: Story) -> None:
    paper = form(desk, "rating_blank", story.matter)
    boxes = "□满意　□基本满意　□不满意"
    assert beside(paper, "对办理工作") == beside(paper, "对办理结果") == boxes
    assert beside(paper, "测评对象") == "□提出人　□委员　□群众代表"


def test_a_summary_adds_the_ratings_up(desk: Desk, story: Story) -> None:
    desk.save(
        replace(story.rating, id="", rater="委员", work_good=10, work_fair=None, work_poor=None,
                outcome_good=5, outcome_fair=5, outcome_poor=0, reason="")
    )  # fmt: skip
    rows = rows_of(form(desk, "rating_summary", story.matter), grid=1)
    assert rows[2] == ["群众代表", "2026.3.7", "8", "1", "1", "6", "2", "2"]
    assert rows[-1] == ["合计", "", "18", "1", "1", "11", "7", "2"]
    text = text_of(desk, "rating_summary", story.matter)
    assert "办理工作：共20人测评，满意和基本满意19人，满意率95.0％" in text
    assert "办理结果：共20人测评，满意和基本满意18人，满意率90.0％" in text
    assert "群众代表的理由：标识太少" in text


def test_an_outcome_goes_up_with_its_advice_and_who_should_act(desk: Desk, story: Story) -> None:
    paper = form(desk, "outcome_sheet", story.minutes)
    assert paper.over_right == "编号：〔2026〕1号"
    assert beside(paper, "成果名称") == "关于桥口村停车难问题的协商纪要"
    assert beside(paper, "主要建议") == "新划停车位30个。"
    assert beside(paper, "建议承办单位") == "镇村镇建设办公室"
    assert beside(paper, "附件") == "协商纪要（〔2026〕1号）"


def test_an_opinion_has_who_signed_and_who_took_it_up(desk: Desk, story: Story) -> None:
    paper = form(desk, "opinion_report", story.opinion)
    assert paper.over_left == "编号：2026-001"
    assert beside(paper, "反映人") == "买买提·艾力"
    assert beside(paper, "联名") == "陆䶮"
    assert beside(paper, "联系电话") == "138****0001"
    assert beside(paper, "报送单位") == "柳河镇政协联络组"
    assert beside(paper, "主送单位") == "县政协办公室"
    assert rows_of(paper, grid=1)[1] == ["市", "2026.2.20", "批示", "市政府办公室", "请研究办理"]
    assert "门口没有斑马线。\n建议设置减速带。" in text_of(desk, "opinion_report", story.opinion)


def test_an_activity_has_people_figures_visitors_and_photos_only(desk: Desk, story: Story) -> None:
    paper = form(desk, "activity_form", story.activity)
    assert beside(paper, "参加委员") == "买买提·艾力（共1人）"
    assert beside(paper, "捐款（元）") == "1200.5"
    assert beside(paper, "时间") == "2026年3月5日（星期四）上午8:30"
    assert rows_of(paper, grid=1)[1] == [
        "1",
        "钱大妈",
        "138****0001",
        "路灯坏了",
        "当场答复",
        "已报修",
    ]
    text = text_of(desk, "activity_form", story.activity)
    assert "委员接待群众" in text
    assert "说明.docx" not in text


def test_a_packet_is_handed_over_in_two_copies(desk: Desk, story: Story) -> None:
    paper = form(desk, "packet_sheet", story.packet)
    assert rows_of(paper, 0) == rows_of(paper, 1)
    assert beside(paper, "交方") == "柳河镇政协联络组"
    assert beside(paper, "资料时段") == "2026年1月1日至2026年3月8日"
    assert beside(paper, "校验码") == "0123456789abcdef"
    assert beside(paper, "交接日期") == "2026年3月9日"
