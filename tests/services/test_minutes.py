"""From a meeting to finalised minutes and the matters that follow from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Attendance, Dissent, MeetingTopic, Statement
from liaison_desk.domain.minutes import DRAFT, FINAL, ISSUED, Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.services.minutes import (
    NotReady,
    VersionReplaced,
    draft_minutes,
    finalise,
    mark_issued,
    missing_before_final,
    new_version,
    number_gaps,
    secrecy_warning,
    untold,
)
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.domain.meeting import Meeting
    from liaison_desk.services.desk import Desk


@pytest.fixture
def held(desk: Desk) -> Meeting:
    """A meeting with people of each kind, a statement, an agreed matter and a dissent."""
    host = factory.person(desk, "陆䶮")
    held = factory.meeting(desk, host=host.id)
    factory.attendance(desk, held, host, position=1)
    factory.attendance(desk, held, factory.person(desk, "周㛃"), position=2, presence="迟到")
    factory.attendance(desk, held, factory.person(desk, "王𬭚"), position=3, presence="请假")
    factory.attendance(desk, held, factory.person(desk, "卜正"), position=4, presence="列席")
    factory.attendance(desk, held, factory.person(desk, "赵犇"), position=5, presence="缺席")
    desk.save(MeetingTopic(meeting=held.id, topic=factory.topic(desk).id, position=1))
    desk.save(Statement(meeting=held.id, person=host.id, point="车位太少。", position=1))
    factory.consensus(desk, held, partners="桥口村")
    desk.save(Dissent(meeting=held.id, name="是否收费", raised_by="商户", position=1))
    return held


def test_the_draft_tells_what_was_entered(desk: Desk, held: Meeting) -> None:
    drafted = draft_minutes(desk, held)
    assert drafted.heading == "关于桥口村停车难问题的协商纪要"
    assert drafted.text.split("\n") == [
        "2026年3月6日上午，柳河镇政协联络组在镇政府三楼会议室召开桥口村停车难专题协商会，"
        "就“桥口村停车难问题”开展协商。会议由陆䶮主持。现将会议情况纪要如下。",
        "一、会议交流情况",
        "陆䶮提出，车位太少。",
        "二、会议议定事项",
        "（一）新划停车位30个。责任单位：镇农业综合服务站；协办：桥口村；完成时限：2026年3月31日。",
        "三、未达成共识的意见",
        "（一）是否收费（商户提出）。",
    ]
    assert (drafted.present, drafted.on_leave, drafted.nonvoting) == ("陆䶮　周㛃", "王𬭚", "卜正")
    assert drafted.mark == "柳河镇政协联络组协商纪要"
    assert drafted.status == DRAFT


def test_a_meeting_has_one_draft_however_often_it_is_asked_for(desk: Desk, held: Meeting) -> None:
    assert draft_minutes(desk, held).id == draft_minutes(desk, held).id
    assert len(desk.find(Minutes)) == 1


def test_an_empty_meeting_has_a_short_draft(desk: Desk) -> None:
    drafted = draft_minutes(desk, factory.meeting(desk, place=""))
    assert "一、" not in drafted.text
    assert drafted.heading == "关于桥口村停车难专题协商会的协商纪要"


def test_finalising_numbers_locks_and_hands_over(desk: Desk, held: Meeting) -> None:
    final = finalise(desk, draft_minutes(desk, held))
    assert final.full_number == "〔2026〕1号"
    assert final.status == FINAL
    matter = desk.find(Matter)[0]
    assert (matter.name, matter.due_on) == ("新划停车位30个", date(2026, 3, 31))
    assert (matter.minutes, matter.source) == (final.id, "共识事项")
    with pytest.raises(NotValid, match="已定稿，不能改动"):
        desk.save(with_values(final, {"body": "改了"}))


def test_one_undo_takes_the_number_and_the_matters_back(desk: Desk, held: Meeting) -> None:
    draft = draft_minutes(desk, held)
    finalise(desk, draft)
    desk.undo()
    kept = desk.get(Minutes, draft.id)
    assert kept is not None
    assert (kept.number, kept.status) == (None, DRAFT)
    assert desk.find(Matter) == []


def test_numbers_follow_one_another_and_start_anew_each_year(desk: Desk) -> None:
    numbers = []
    for place, day in enumerate((date(2026, 3, 9), date(2026, 4, 1), date(2027, 1, 5))):
        held = factory.meeting(desk, f"第{place}次")
        numbers.append(finalise(desk, factory.minutes(desk, held, dated=day)).full_number)
    assert numbers == ["〔2026〕1号", "〔2026〕2号", "〔2027〕1号"]


def test_an_office_may_number_through_the_years(desk: Desk) -> None:
    assert desk.office is not None
    desk.save(with_values(desk.office, {"numbering": "不分年份接着编"}))
    numbers = []
    for place, day in enumerate((date(2026, 3, 9), date(2027, 1, 5))):
        held = factory.meeting(desk, f"第{place}次")
        numbers.append(finalise(desk, factory.minutes(desk, held, dated=day)).full_number)
    assert numbers == ["〔2026〕1号", "〔2027〕2号"]


def test_a_skipped_number_is_shown(desk: Desk) -> None:
    held = factory.meeting(desk)
    factory.minutes(desk, held, year=2026, number=3, status=FINAL)
    assert number_gaps(desk, "", 2026) == [1, 2]
    assert number_gaps(desk, "", 2025) == []


def test_what_is_missing_is_said_and_nothing_is_finalised(desk: Desk) -> None:
    held = factory.meeting(desk)
    factory.consensus(desk, held, agency=None, due_on=None)
    draft = factory.minutes(desk, held, present="")
    expected = ["请填写出席人员", "第1条共识事项没有责任单位", "第1条共识事项没有时限"]
    assert missing_before_final(desk, draft) == expected
    with pytest.raises(NotReady, match="内容没有改动"):
        finalise(desk, draft)
    kept = desk.get(Minutes, draft.id)
    assert kept == draft
    assert desk.find(Matter) == []


def test_a_pc_whose_clock_is_a_year_behind_gives_no_number_of_that_year(
    desk: Desk, held: Meeting
) -> None:
    early = with_values(draft_minutes(desk, held), {"dated": date(2025, 3, 9)})
    with pytest.raises(NotReady, match=r"成文日期早于会议日期（2026年3月6日）.*电脑的日期"):
        finalise(desk, early)
    assert desk.find(Minutes)[0].number is None


def test_minutes_that_still_name_the_day_before_the_meeting_was_put_off_are_not_finalised(
    desk: Desk, held: Meeting
) -> None:
    draft = draft_minutes(desk, held)
    assert missing_before_final(desk, draft) == []
    desk.save(with_values(held, {"held_at": datetime(2026, 3, 4, 14, 30)}))
    assert missing_before_final(desk, draft) == [
        "会议概况写的是2026年3月6日，会议登记的是2026年3月4日，请改成一致"
    ]
    two_days = with_values(draft, {"summary": "2026年3月3日至2026年3月4日，召开协商会。"})
    assert missing_before_final(desk, two_days) == []
    free = with_values(draft, {"summary": "近日，召开协商会。此前于2026年3月1日调研。"})
    assert missing_before_final(desk, free) == []


def test_issued_minutes_stay_locked(desk: Desk, held: Meeting) -> None:
    issued = mark_issued(desk, finalise(desk, draft_minutes(desk, held)))
    assert issued.status == ISSUED
    with pytest.raises(NotValid, match="已定稿"):
        desk.save(with_values(issued, {"present": "别人"}))


def test_a_new_version_keeps_the_number_and_the_old_text(desk: Desk, held: Meeting) -> None:
    first = finalise(desk, draft_minutes(desk, held))
    second = new_version(desk, first)
    assert (second.status, second.version, second.replaces) == (DRAFT, 2, first.id)
    final = finalise(desk, desk.save(with_values(second, {"body": "更正后的正文"})))
    assert final.full_number == first.full_number
    kept = desk.get(Minutes, first.id)
    assert kept == first
    assert len(desk.find(Matter)) == 1


def test_a_new_version_is_opened_once_and_only_from_the_last_one(desk: Desk, held: Meeting) -> None:
    first = finalise(desk, draft_minutes(desk, held))
    second = new_version(desk, first)
    assert new_version(desk, first) == second
    final = finalise(desk, second)
    with pytest.raises(VersionReplaced, match=r"〔2026〕1号已有第2版.*请从第2版另起"):
        new_version(desk, first)
    assert new_version(desk, final).version == 3


def test_a_question_or_a_call_in_the_draft_ends_with_its_own_mark(desk: Desk) -> None:
    held = factory.meeting(desk)
    who = factory.person(desk, "周㛃").id
    said = (("问", "钱从哪里来？"), ("答", "财政出一半；"), ("", "早日开工！"))
    for place, (kind, point) in enumerate(said):
        desk.save(Statement(meeting=held.id, person=who, kind=kind, point=point, position=place))
    desk.save(Dissent(meeting=held.id, name="要不要收费？"))
    lines = draft_minutes(desk, held).text.split("\n")
    assert lines[2:5] == [
        "周㛃询问，钱从哪里来？",
        "周㛃答复，财政出一半。",
        "周㛃提出，早日开工！",
    ]
    assert lines[-1] == "（一）要不要收费？"


def test_a_topic_that_begins_with_about_does_not_say_it_twice(desk: Desk) -> None:
    held = factory.meeting(desk)
    for place, name in enumerate(("关于集镇停车难的问题", "饮水安全", "路灯改造")):
        about = factory.topic(desk, name).id
        desk.save(MeetingTopic(meeting=held.id, topic=about, position=place))
    drafted = draft_minutes(desk, held)
    assert drafted.heading == "关于“集镇停车难的问题”“饮水安全”和“路灯改造”的协商纪要"
    assert "就“关于集镇停车难的问题”“饮水安全”和“路灯改造”开展协商" in drafted.summary


def test_long_topics_and_a_crowd_still_make_a_draft(desk: Desk) -> None:
    held = factory.meeting(desk)
    for place in range(2):
        about = factory.topic(desk, f"{'长' * 99}{place}").id
        desk.save(MeetingTopic(meeting=held.id, topic=about, position=place))
    people = desk.save_all([Person(name=f"欧阳某{'某' * 15}{n:03}") for n in range(300)])
    desk.save_all([Attendance(meeting=held.id, person=each.id) for each in people])
    drafted = draft_minutes(desk, held)
    assert drafted.heading == f"关于“{'长' * 99}0”等2个议题的协商纪要"
    assert drafted.present.endswith("等300人")
    assert 4_900 < len(drafted.present) <= 5_000


def test_a_title_that_sounds_secret_is_warned_of(desk: Desk) -> None:
    held = factory.meeting(desk)
    warned = secrecy_warning(factory.minutes(desk, held, heading="关于机密事项的纪要"))
    assert warned is not None
    assert "不得存放国家秘密" in warned
    assert secrecy_warning(factory.minutes(desk, held)) is None


def test_what_came_after_the_draft_and_is_not_in_it_is_warned_of(desk: Desk, held: Meeting) -> None:
    draft = draft_minutes(desk, held)
    assert untold(desk, draft) == []
    factory.consensus(desk, held, name="增设 道闸。", position=2)
    factory.attendance(desk, held, factory.person(desk, "王五"), position=6)
    factory.attendance(desk, held, factory.person(desk, "赵六"), position=7)
    agreed, there = untold(desk, draft)
    assert agreed.startswith("共识事项“增设 道闸。”的原文不在正文里")
    assert there == "到会的“王五”等2人不在出席人员里，请核对"
    mended = {"body": draft.body + "\n（二）增设道闸，", "present": draft.present + "　王五　赵六"}
    assert untold(desk, with_values(draft, mended)) == []


def test_a_list_of_people_that_was_cut_short_is_not_found_wanting(
    desk: Desk, held: Meeting
) -> None:
    assert untold(desk, with_values(draft_minutes(desk, held), {"present": "陆䶮等2人"})) == []


def test_a_removed_meeting_takes_its_draft_along_and_undo_brings_both_back(
    desk: Desk, held: Meeting
) -> None:
    draft = draft_minutes(desk, held)
    desk.remove(held)
    assert desk.find(Minutes) == []
    desk.undo()
    assert desk.find(Minutes) == [draft]


def test_a_meeting_with_finalised_minutes_stays(desk: Desk, held: Meeting) -> None:
    finalise(desk, draft_minutes(desk, held))
    with pytest.raises(NotValid, match="纪要已定稿，会议不能删除"):
        desk.remove(held)


def test_minutes_without_any_text_are_refused(desk: Desk, held: Meeting) -> None:
    draft = draft_minutes(desk, held)
    with pytest.raises(NotValid, match="请填写正文"):
        desk.save(with_values(draft, {"summary": "", "body": ""}))
    assert desk.save(with_values(draft, {"body": ""})).text == draft.summary
