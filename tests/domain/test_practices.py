"""The rules an office may switch on: they warn, and never refuse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.meeting import MeetingTopic
from liaison_desk.domain.person import Person
from liaison_desk.domain.practices import warnings, working_days_after
from liaison_desk.domain.record import with_values
from liaison_desk.domain.survey import SurveyParticipant
from liaison_desk.domain.topic import Topic
from liaison_desk.services.minutes import finalise
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.domain.minutes import Minutes
    from liaison_desk.domain.office import Office
    from liaison_desk.services.desk import Desk


def switched_on(desk: Desk, *names: str) -> Office:
    assert desk.office is not None
    return desk.save(with_values(desk.office, {"practices": "、".join(names)}))


@pytest.fixture
def minutes(desk: Desk) -> Minutes:
    """Minutes of 6 March, dated three weeks later; one of three present has a stake."""
    held = factory.meeting(desk)
    for name, capacity in (("甲", "委员"), ("乙", "委员"), ("丙", "利益相关方")):
        factory.attendance(desk, held, factory.person(desk, name), capacity=capacity)
    desk.save(MeetingTopic(meeting=held.id, topic=factory.topic(desk).id))
    return factory.minutes(desk, held, dated=date(2026, 3, 27))


def test_nothing_is_warned_of_until_a_rule_is_switched_on(desk: Desk, minutes: Minutes) -> None:
    assert warnings(switched_on(desk), minutes, desk) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("利益相关方占半数", "到会3人中利益相关方1人，不到一半"),
        ("议题经审定公示", "还没有审定日期或公示日期"),
        ("会后7个工作日内成文", "晚于会后第7个工作日（2026-03-17）"),
    ],
)
def test_each_rule_says_what_it_misses(desk: Desk, minutes: Minutes, name: str, said: str) -> None:
    (warning,) = warnings(switched_on(desk, name), minutes, desk)
    assert said in warning


def test_a_warning_never_keeps_minutes_from_being_finalised(desk: Desk, minutes: Minutes) -> None:
    switched_on(desk, "利益相关方占半数", "议题经审定公示", "会后7个工作日内成文")
    assert finalise(desk, minutes).number == 1


def test_what_keeps_the_rules_is_not_warned_of(desk: Desk) -> None:
    held = factory.meeting(desk)
    factory.attendance(desk, held, factory.person(desk, "丙"), capacity="利益相关方")
    approved = factory.topic(desk, approved_on=date(2026, 2, 1), posted_from=date(2026, 2, 2))
    desk.save(MeetingTopic(meeting=held.id, topic=approved.id))
    office = switched_on(desk, "利益相关方占半数", "议题经审定公示", "会后7个工作日内成文")
    kept = factory.minutes(desk, held, dated=date(2026, 3, 17))
    assert warnings(office, kept, desk) == []


def test_weekends_are_no_working_days() -> None:
    assert working_days_after(date(2026, 3, 6), 1) == date(2026, 3, 9)


def test_a_rule_that_is_not_in_the_list_is_refused(desk: Desk) -> None:
    assert desk.office is not None
    wrong = with_values(desk.office, {"practices": "利益相关方占半数、没有的规则"})
    assert [each.field for each in wrong.problems()] == ["practices"]
    parsed = wrong.fields()["practices"].parse("议题经审定公示，利益相关方占半数")
    assert parsed == "利益相关方占半数、议题经审定公示"


def test_a_topic_nobody_looked_into_before_the_meeting_is_warned_of(
    desk: Desk, minutes: Minutes
) -> None:
    office = switched_on(desk, "不调研不协商")
    [said] = desk.find(MeetingTopic, meeting=minutes.meeting)
    topic = desk.get(Topic, said.topic)
    assert topic is not None
    factory.survey(desk, topic, held_on=date(2026, 3, 7))  # the day after
    assert warnings(office, minutes, desk) == [
        "议题“桥口村停车难问题”会前没有调研记录（不调研不协商）"
    ]
    factory.survey(desk, topic, held_on=date(2026, 3, 6))
    assert warnings(office, minutes, desk) == []


def test_members_are_to_be_three_in_five_of_those_who_look_into_a_topic(
    desk: Desk, minutes: Minutes
) -> None:
    office = switched_on(desk, "委员占调研人员60%以上")
    [said] = desk.find(MeetingTopic, meeting=minutes.meeting)
    topic = desk.get(Topic, said.topic)
    assert topic is not None
    looked = factory.survey(desk, topic)
    people = [desk.get(Person, factory.member(desk, name).person) for name in ("钱淼", "孙頔")]
    outsider = factory.person(desk, "吴会计")
    for each in (*people, factory.person(desk, "周站长"), outsider):
        assert each is not None
        desk.save(SurveyParticipant(survey=looked.id, person=each.id))
    [warning] = warnings(office, minutes, desk)
    assert "调研参加4人中委员2人，不到60%" in warning
    [last] = desk.find(SurveyParticipant, person=outsider.id)
    desk.remove(last)
    assert warnings(office, minutes, desk) == []
