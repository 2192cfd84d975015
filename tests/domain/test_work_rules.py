"""Rules of the plan, of opinions and proposals, of the follow-up and of who keeps in touch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.activity import ActivityParticipant
from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Extension, Rating, Reply, Revisit
from liaison_desk.domain.membership import Pairing
from liaison_desk.domain.opinion import Adoption
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.record import with_values
from liaison_desk.domain.workflow import Workflow
from tests import factory
from tests.domain.test_rules import refusal

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def test_a_topic_stands_in_the_plan_of_a_year_once(desk: Desk) -> None:
    topic = factory.topic(desk)
    desk.save(PlanItem(year=2026, topic=topic.id))
    desk.save(PlanItem(year=2027, topic=topic.id))
    again = PlanItem(year=2026, topic=topic.id)
    assert refusal(desk, again) == ("topic", "2026年度计划里已有这个议题，请改那一条")


def test_what_is_planned_is_looked_into_before_it_is_talked_about(desk: Desk) -> None:
    topic = factory.topic(desk)
    item = PlanItem(year=2026, topic=topic.id, survey_month="2026.06", meeting_month="2026.05")
    assert refusal(desk, item) == ("meeting_month", "协商时间早于调研时间，请核对两个时间")


def test_a_delay_has_a_reason(desk: Desk) -> None:
    item = PlanItem(year=2026, topic=factory.topic(desk).id, status="延期")
    assert refusal(desk, item) == ("delay_reason", "完成情况是“延期”，请填写延期原因")
    desk.save(with_values(item, {"delay_reason": "汛期"}))


def test_a_posting_ends_after_it_began(desk: Desk) -> None:
    topic = factory.topic(desk, posted_from=date(2026, 2, 9))
    wrong = with_values(topic, {"posted_until": date(2026, 2, 2)})
    sentence = "公示结束早于公示开始（2026年2月9日），请改为当天或之后的日期"
    assert refusal(desk, wrong) == ("posted_until", sentence)


def test_no_two_reports_share_a_number_and_many_may_have_none(desk: Desk) -> None:
    factory.opinion(desk, number="2026-001")
    factory.opinion(desk, "无编号")
    factory.opinion(desk, "也无编号")
    other = with_values(factory.opinion(desk, "另一篇"), {"number": "2026-001"})
    assert refusal(desk, other) == ("number", "编号“2026-001”已经用过，请换一个")


def test_nothing_is_taken_up_before_it_was_reported(desk: Desk) -> None:
    opinion = factory.opinion(desk)
    early = Adoption(opinion=opinion.id, level="县", adopted_on=date(2026, 3, 2))
    field, sentence = refusal(desk, early)
    assert field == "adopted_on"
    assert sentence.startswith("采用日期早于报送日期（2026年3月3日）")


def test_an_answer_to_a_proposal_has_a_day_after_it(desk: Desk) -> None:
    proposal = factory.proposal(desk)
    no_day = with_values(proposal, {"result": "A 已解决"})
    assert refusal(desk, no_day) == ("replied_on", "填了答复结果，请补上答复日期")
    early = with_values(no_day, {"replied_on": date(2026, 3, 3)})
    assert refusal(desk, early)[0] == "replied_on"
    desk.save(with_values(no_day, {"replied_on": date(2026, 4, 3)}))


def test_an_extension_gives_more_time_and_only_to_what_is_open(desk: Desk) -> None:
    matter = factory.matter(desk)
    extension = Extension(
        matter=matter.id,
        granted_on=date(2026, 3, 30),
        old_due_on=date(2026, 3, 31),
        new_due_on=date(2026, 3, 31),
        reason="天气",
    )
    assert refusal(desk, extension)[0] == "new_due_on"
    later = with_values(extension, {"new_due_on": date(2026, 4, 30)})
    kept = desk.save(later)
    desk.save(
        Reply(matter=matter.id, replied_on=date(2026, 4, 1), result="A 已解决", content="已划线")
    )
    desk.save(with_values(matter, {"closed_on": date(2026, 4, 2)}))
    assert refusal(desk, later) == ("", "这件事项已经办结，不用延期。请先取消办结")
    desk.save(with_values(kept, {"reason": "连续阴雨"}))


def test_a_rating_counts_somebody(desk: Desk) -> None:
    matter = factory.matter(desk)
    rating = Rating(matter=matter.id, rated_on=date(2026, 4, 1), rater="委员", work_good=0)
    assert refusal(desk, rating) == ("work_good", "请填写至少一项满意度的人数")
    desk.save(with_values(rating, {"outcome_poor": 1}))


def test_one_looks_back_at_what_was_handed_over(desk: Desk) -> None:
    matter = factory.matter(desk, handed_over_on=date(2026, 3, 10))
    early = Revisit(matter=matter.id, visited_on=date(2026, 3, 9), situation="未动工")
    assert refusal(desk, early)[0] == "visited_on"


def test_a_party_member_keeps_in_touch_with_at_most_three_outside_the_party(desk: Desk) -> None:
    seat = factory.member(desk, "陆䶮")
    own = Pairing(membership=seat.id, partner=seat.person)
    assert refusal(desk, own) == ("partner", "不能联系自己，请另选一位党外委员")
    comrade = factory.person(desk, "王五", party="中共党员")
    in_party = Pairing(membership=seat.id, partner=comrade.id)
    assert refusal(desk, in_party) == ("partner", "王五是中共党员，请选党外委员")
    first, *_ = [
        desk.save(Pairing(membership=seat.id, partner=factory.person(desk, name).id))
        for name in ("钱淼", "孙頔", "周㛃")
    ]
    fourth = Pairing(membership=seat.id, partner=factory.person(desk, "郑贇").id)
    assert refusal(desk, fourth) == ("partner", "已联系3名党外委员，请先结束其中一名")
    desk.save(with_values(first, {"until": date(2026, 3, 1)}))
    desk.save(fourth)


@pytest.mark.parametrize("ends", [{}, {"from_topic"}, {"into_matter"}])
def test_what_was_turned_into_what_has_two_ends(desk: Desk, ends: set[str]) -> None:
    values = {"from_topic": factory.topic(desk).id, "into_matter": factory.matter(desk).id}
    half = Conversion(converted_on=date(2026, 3, 9), **{name: values[name] for name in ends})
    assert refusal(desk, half) == ("", "转办关系要有一个来源和一个去向，请重新选择")
    whole = desk.save(Conversion(converted_on=date(2026, 3, 9), **values))
    assert whole.source == ("topic", values["from_topic"])
    assert whole.target == ("matter", values["into_matter"])


def test_nothing_is_turned_into_itself(desk: Desk) -> None:
    topic = factory.topic(desk).id
    same = Conversion(converted_on=date(2026, 3, 9), from_topic=topic, into_topic=topic)
    assert refusal(desk, same) == ("", "不能转成它自己，请另选一条")


def test_one_person_takes_part_once(desk: Desk) -> None:
    activity, person = factory.activity(desk), factory.person(desk)
    desk.save(ActivityParticipant(activity=activity.id, person=person.id))
    again = ActivityParticipant(activity=activity.id, person=person.id)
    assert refusal(desk, again) == ("person", "这个人已经在名单里了")
    twice = ActivityParticipant(activity=factory.activity(desk, "植树").id, person=person.id)
    with pytest.raises(NotValid, match="两条一样的"):
        desk.save_all([twice, twice])


def test_a_list_of_words_has_each_word_once_a_term(desk: Desk) -> None:
    desk.save(CodeWord(wordlist="界别", term="第十二届", name="教育"))
    desk.save(CodeWord(wordlist="界别", term="第十三届", name="教育"))
    again = CodeWord(wordlist="界别", term="第十二届", name="教育")
    assert refusal(desk, again) == ("name", "这个选项已经在名单里了")


def test_no_two_workflows_have_one_name(desk: Desk) -> None:
    desk.save(Workflow(name="四单闭环"))
    assert refusal(desk, Workflow(name="四单闭环")) == (
        "name",
        "已有同名的工作流程，请换一个名称",
    )


def test_nobody_is_merged_into_himself(desk: Desk) -> None:
    person = factory.person(desk)
    own = with_values(person, {"merged_into": person.id})
    assert refusal(desk, own) == ("merged_into", "不能合并到自己，请另选一人")
