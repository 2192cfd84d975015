"""Rules between records: what keeps one from being saved or removed, in which words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import DRAFT, FINAL, ISSUED, Minutes
from liaison_desk.domain.record import Record, with_values
from tests import factory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.desk import Desk


def refusal(desk: Desk, *records: Record) -> tuple[str, str]:
    """Save and expect a refusal: the field it stands beside, and the sentence."""
    before = desk.log.last_stamp()
    with pytest.raises(NotValid) as caught:
        desk.save_all(list(records))
    assert desk.log.last_stamp() == before
    [problem] = caught.value.problems
    return problem.field, problem.sentence


def refused_removal(desk: Desk, record: Record) -> str:
    with pytest.raises(NotValid) as caught:
        desk.remove(record)
    kept = desk.get(type(record), record.id)
    assert kept is not None
    assert kept.removed_at == ""
    return str(caught.value)


def final_minutes(desk: Desk, **values: object) -> Minutes:
    draft = factory.minutes(desk, factory.meeting(desk))
    return desk.save(with_values(draft, {"status": FINAL, "year": 2026, "number": 1} | values))


def reply(desk: Desk, matter: Matter) -> Reply:
    return desk.save(
        Reply(matter=matter.id, replied_on=date(2026, 3, 20), result="A 已解决", content="已划线")
    )


def test_what_was_agreed_is_not_due_before_the_meeting(desk: Desk) -> None:
    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held, due_on=date(2026, 3, 6))
    early = with_values(agreed, {"due_on": date(2026, 3, 5)})
    assert refusal(desk, early) == (
        "due_on",
        "时限早于会议日期（2026年3月6日），请改为当天或之后的日期",
    )
    desk.save(with_values(agreed, {"due_on": None}))


def test_a_meeting_cannot_move_behind_what_it_agreed_should_be_done(desk: Desk) -> None:
    held = factory.meeting(desk)
    factory.consensus(desk, held, name="新划停车位30个", due_on=date(2026, 3, 31))
    desk.save(with_values(held, {"held_at": datetime(2026, 3, 31, 9, 0)}))
    later = with_values(held, {"held_at": datetime(2026, 4, 1, 9, 0)})
    field, sentence = refusal(desk, later)
    assert field == "held_at"
    assert "新划停车位30个" in sentence


def test_a_matter_is_not_due_before_the_meeting_that_agreed_it(desk: Desk) -> None:
    agreed = factory.consensus(desk, factory.meeting(desk))
    matter = Matter(
        name="停车位", agency=agreed.agency, consensus=agreed.id, due_on=date(2026, 3, 5)
    )
    assert refusal(desk, matter)[0] == "due_on"
    desk.save(with_values(matter, {"due_on": date(2026, 3, 6)}))


def test_a_matter_is_not_due_before_it_was_handed_over(desk: Desk) -> None:
    matter = factory.matter(desk)
    wrong = with_values(matter, {"handed_over_on": date(2026, 4, 1)})
    assert refusal(desk, wrong) == (
        "due_on",
        "时限早于交办日期（2026年4月1日），请改为当天或之后的日期",
    )


def test_a_matter_is_closed_only_with_a_reply(desk: Desk) -> None:
    matter = factory.matter(desk)
    closed = with_values(matter, {"closed_on": date(2026, 3, 20)})
    field, sentence = refusal(desk, closed)
    assert field == "closed_on"
    assert "请先登记承办单位的反馈" in sentence
    reply(desk, matter)
    assert desk.save(closed).closed_on == date(2026, 3, 20)


def test_a_matter_is_not_closed_before_it_was_answered(desk: Desk) -> None:
    matter = factory.matter(desk)
    reply(desk, matter)
    assert refusal(desk, with_values(matter, {"closed_on": date(2026, 3, 19)})) == (
        "closed_on",
        "办结日期早于办理反馈的日期（2026年3月20日），请改为当天或之后的日期",
    )
    desk.save(with_values(matter, {"closed_on": date(2026, 3, 20)}))


def test_what_was_agreed_stays_as_the_finalised_minutes_have_it(desk: Desk) -> None:
    final = final_minutes(desk)
    assert final.meeting is not None
    held = desk.get(Meeting, final.meeting)
    assert held is not None
    draft = desk.save(
        with_values(final, {"id": "", "status": DRAFT, "version": 2, "replaces": final.id})
    )
    agreed = factory.consensus(desk, held)
    desk.save(with_values(draft, {"status": FINAL}))
    wanted = "纪要已定稿，共识事项不能增减或改动。请先在纪要里“另起新版本”，再改共识事项"
    changed = with_values(agreed, {"due_on": date(2026, 12, 31)})
    assert refusal(desk, changed) == ("", wanted)
    assert refusal(desk, with_values(agreed, {"id": ""})) == ("", wanted)
    assert wanted in refused_removal(desk, agreed)
    desk.save(with_values(agreed, {"position": 2}))


def test_the_only_reply_of_a_closed_matter_stays(desk: Desk) -> None:
    matter = factory.matter(desk)
    only = reply(desk, matter)
    desk.save(with_values(matter, {"closed_on": date(2026, 3, 20)}))
    assert "请先取消办结" in refused_removal(desk, only)
    other = reply(desk, matter)
    desk.remove(only)
    assert "请先取消办结" in refused_removal(desk, other)


def test_a_reply_of_an_open_matter_can_go(desk: Desk) -> None:
    matter = factory.matter(desk)
    desk.remove(reply(desk, matter))
    assert desk.find(Reply, matter=matter.id) == []


def test_a_closed_matter_is_removed_together_with_its_only_reply(desk: Desk) -> None:
    matter = factory.matter(desk)
    reply(desk, matter)
    closed = desk.save(with_values(matter, {"closed_on": date(2026, 3, 20)}))
    desk.remove(closed)
    assert desk.find(Matter) == []
    assert desk.find(Reply) == []
    desk.undo()
    assert len(desk.find(Reply, matter=matter.id)) == 1


@pytest.mark.parametrize("status", [FINAL, DRAFT])
def test_finalised_minutes_are_locked_and_not_unlocked_by_their_status(
    desk: Desk, status: str
) -> None:
    final = final_minutes(desk)
    changed = with_values(final, {"body": "改过的正文", "status": status})
    assert refusal(desk, changed) == ("", "纪要已定稿，不能改动。需要改时请用“另起新版本”")


def test_finalised_minutes_do_not_become_a_draft_again(desk: Desk) -> None:
    final = final_minutes(desk)
    assert refusal(desk, with_values(final, {"status": DRAFT}))[0] == ""


def test_finalised_minutes_can_be_marked_as_issued(desk: Desk) -> None:
    issued = {"status": ISSUED, "printed_on": date(2026, 3, 10)}
    assert desk.save(with_values(final_minutes(desk), issued)).status == ISSUED


def test_no_two_minutes_of_a_series_share_a_number(desk: Desk) -> None:
    final_minutes(desk)
    other = factory.minutes(desk, factory.meeting(desk))
    taken = {"year": 2026, "number": 1}
    assert refusal(desk, with_values(other, taken)) == (
        "number",
        "〔2026〕1号已经用过，请换一个号",
    )
    for free in ({"number": 2}, {"year": 2025}, {"prefix": "柳协纪"}):
        desk.save(with_values(other, taken | free))


def test_a_number_without_a_year_is_named_in_the_refusal(desk: Desk) -> None:
    held = factory.meeting(desk)
    factory.minutes(desk, held, number=7)
    again = with_values(factory.minutes(desk, held), {"number": 7})
    assert refusal(desk, again)[1] == "7号已经用过，请换一个号"


def test_a_new_version_keeps_the_number_and_both_stay(desk: Desk) -> None:
    first = final_minutes(desk, version=1)
    values = {"id": "", "status": DRAFT, "version": 2, "replaces": first.id}
    second = desk.save(with_values(first, values))
    assert {each.id for each in desk.find(Minutes, number=1)} == {first.id, second.id}


def test_a_new_version_under_the_old_version_number_is_refused_in_a_sentence(desk: Desk) -> None:
    first = final_minutes(desk, version=1)
    twin = with_values(first, {"id": "", "status": DRAFT, "replaces": first.id})
    assert "与另一条相同" in refusal(desk, twin)[1]


def test_finalised_minutes_and_their_meeting_stay(desk: Desk) -> None:
    final = final_minutes(desk)
    assert "不能删除" in refused_removal(desk, final)
    held = desk.get(Meeting, final.meeting)
    assert held is not None
    assert "会议不能删除" in refused_removal(desk, held)


def test_minutes_finalised_in_another_window_stay_too(desk: Desk) -> None:
    draft = factory.minutes(desk, factory.meeting(desk))
    desk.save(with_values(draft, {"status": FINAL, "year": 2026, "number": 1}))
    assert "不能删除" in refused_removal(desk, draft)


def test_a_meeting_with_nothing_but_a_draft_can_go_and_so_can_the_draft(desk: Desk) -> None:
    held = factory.meeting(desk)
    draft = factory.minutes(desk, held)
    desk.remove(held)
    desk.remove(draft)
    assert desk.find(Meeting) == []
    assert desk.find(Minutes) == []


def test_one_person_sits_in_one_meeting_once(desk: Desk) -> None:
    held, who = factory.meeting(desk), factory.person(desk)
    seat = factory.attendance(desk, held, who)
    again = Attendance(meeting=held.id, person=who.id)
    assert refusal(desk, again) == ("person", "这个人已经在到会名单里了")
    desk.save(with_values(seat, {"presence": "请假"}))
    desk.remove(seat)
    desk.save(again)


def test_one_person_holds_one_seat_of_a_level_in_a_term(desk: Desk) -> None:
    seat = factory.member(desk, "张伟")
    again = Membership(person=seat.person, term="第十二届")
    assert refusal(desk, again) == ("term", "这个人已经是第十二届的委员了")
    desk.save(with_values(again, {"level": "市"}))
    desk.save(with_values(again, {"term": "第十三届"}))


def batches(desk: Desk) -> list[Sequence[Record]]:
    held, who = factory.meeting(desk), factory.person(desk)
    numbered = with_values(factory.minutes(desk, held), {"id": "", "year": 2026, "number": 9})
    return [
        [Attendance(meeting=held.id, person=who.id)] * 2,
        [Membership(person=who.id, term="第十二届")] * 2,
        [numbered] * 2,
    ]


@pytest.mark.parametrize("place", range(3))
def test_records_saved_together_do_not_repeat_each_other(desk: Desk, place: int) -> None:
    batch = batches(desk)[place]
    assert "有两条一样的" in refusal(desk, *batch)[1]
    assert len(desk.save_all(batch[:1])) == 1


def test_drafts_without_a_number_may_be_saved_together(desk: Desk) -> None:
    held = factory.meeting(desk)
    draft = with_values(factory.minutes(desk, held), {"id": ""})
    assert len(desk.save_all([draft, draft])) == 2
