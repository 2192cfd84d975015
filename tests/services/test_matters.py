"""Following matters up, and what the first page says of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import AgendaItem
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.record import with_values
from liaison_desk.services import attaching
from liaison_desk.services.attaching import NotAttachable, attach
from liaison_desk.services.desk import Desk
from liaison_desk.services.directives import state_of
from liaison_desk.services.matters import by_urgency, close_matter, reopen_matter
from liaison_desk.services.minutes import draft_minutes, finalise
from liaison_desk.services.overview import overview, townships, unreported_count
from liaison_desk.services.printed import note_printed
from liaison_desk.services.sample import fill_sample
from liaison_desk.store.check import faults
from tests import factory
from tests.services.handoff import packets

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.store.database import Database


def reply(desk: Desk, matter: Matter) -> Reply:
    """A saved reply."""
    return desk.save(
        Reply(matter=matter.id, replied_on=desk.today, result="A 已解决", content="办好了")
    )


def test_a_matter_without_a_reply_does_not_close(desk: Desk) -> None:
    matter = factory.matter(desk)
    with pytest.raises(NotValid, match="还没有办理反馈，不能办结"):
        close_matter(desk, matter)
    assert desk.get(Matter, matter.id) == matter


def test_an_answered_matter_closes_and_can_be_opened_again(desk: Desk) -> None:
    matter = factory.matter(desk)
    reply(desk, matter)
    closed = close_matter(desk, matter)
    assert closed.light(desk.today) == "办结"
    assert reopen_matter(desk, closed).closed_on is None


def test_the_only_reply_of_a_closed_matter_cannot_go(desk: Desk) -> None:
    matter = factory.matter(desk)
    only = reply(desk, matter)
    close_matter(desk, matter)
    with pytest.raises(NotValid, match="唯一的反馈不能删除"):
        desk.remove(only)


def test_what_is_due_first_stands_first_and_what_is_closed_last(desk: Desk) -> None:
    closed = factory.matter(desk, "已办", due_on=date(2026, 3, 1))
    reply(desk, closed)
    close_matter(desk, closed)
    factory.matter(desk, "正常", due_on=date(2026, 5, 1))
    factory.matter(desk, "临期", due_on=date(2026, 3, 12))
    factory.matter(desk, "超期", due_on=date(2026, 3, 8))
    assert [each.name for each in by_urgency(desk)] == ["超期", "临期", "正常", "已办"]
    seen = overview(desk)
    assert [each.name for each in seen.due] == ["超期", "临期", "正常"]
    assert seen.overdue_count == 1


@pytest.mark.parametrize(("due", "light"), [(8, "超期"), (9, "临期"), (12, "临期"), (13, "正常")])
def test_the_light_turns_three_days_before(desk: Desk, due: int, light: str) -> None:
    assert factory.matter(desk, due_on=date(2026, 3, due)).light(desk.today) == light


def test_the_first_page_ticks_what_a_meeting_has(desk: Desk) -> None:
    held = factory.meeting(desk)
    desk.save(AgendaItem(meeting=held.id, name="通报情况", position=1))
    note_printed(desk, [("notice", held.id)])
    ticks = overview(desk).meetings[0].ticks
    assert list(ticks) == ["通知", "议程", "签到表", "席卡", "纪要"]
    assert [name for name, is_there in ticks.items() if is_there] == ["通知", "议程"]


def test_the_first_page_counts_the_plan_of_this_year(desk: Desk) -> None:
    done, waiting = (factory.topic(desk, name) for name in ("停车", "清淤"))
    factory.topic(desk, "不在计划")
    desk.save(PlanItem(year=2026, topic=done.id, status="已完成"))
    item = desk.save(PlanItem(year=2026, topic=waiting.id))
    desk.save(PlanItem(year=2025, topic=waiting.id))
    plan = overview(desk).plan
    assert (plan.done, plan.target, plan.waiting) == (1, 2, (item,))


def test_a_directive_is_due_until_it_is_answered(desk: Desk) -> None:
    later = desk.save(Directive(name="报送名册", due_on=date(2026, 4, 1)))
    sooner = desk.save(Directive(name="报送总结", due_on=date(2026, 3, 20)))
    desk.save(Directive(name="没有时限"))
    assert overview(desk).directives == (sooner, later)
    desk.save(with_values(sooner, {"answered_on": desk.today}))
    assert overview(desk).directives == (later,)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"due_on": date(2026, 3, 1)}, "超期"),
        ({"due_on": date(2026, 3, 12)}, "临期"),
        ({"due_on": date(2026, 4, 12)}, "待回复"),
        ({"kind": "批示"}, "不需回复"),
        ({}, "待回复"),
        ({"due_on": date(2026, 3, 1), "answered_on": date(2026, 3, 1)}, "已回复"),
    ],
)
def test_a_directive_says_how_it_stands(values: dict[str, Any], state: str) -> None:
    assert state_of(Directive(name="报送", **values), date(2026, 3, 10)) == state


def test_what_was_changed_since_the_last_packet_is_counted(desk: Desk) -> None:
    factory.person(desk)
    before = unreported_count(desk)
    desk.save(
        Packet(
            direction="报出",
            sender=desk.office_id,
            year=2026,
            number=1,
            period_from=date(2026, 1, 1),
            period_until=date(2026, 3, 9),
            handled_at=datetime(2026, 3, 9, 9, 0),
            file_name="一.zip",
            stamp=desk.log.last_stamp(),
        )
    )
    assert before == 2
    assert unreported_count(desk) == 0
    factory.person(desk, "新人")
    assert unreported_count(desk) == 1
    assert townships(desk) == []


def test_equal_files_are_kept_once(desk: Desk, tmp_path: Path) -> None:
    matter = factory.matter(desk)
    for name in ("回执.jpg", "副本.jpg"):
        (tmp_path / name).write_bytes(b"scan")
        attach(desk, matter, tmp_path / name)
    kept = desk.find(Attachment, owner=matter.id)
    assert [each.name for each in kept] == ["回执.jpg", "副本.jpg"]
    assert len({each.sha256 for each in kept}) == 1
    assert desk.contents.read(kept[0].sha256) == b"scan"
    assert desk.contents.read("0" * 64) is None


def test_a_file_that_cannot_be_kept_is_refused_in_words(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = factory.matter(desk)
    (tmp_path / "空.jpg").write_bytes(b"")
    (tmp_path / "大.jpg").write_bytes(b"12345")
    monkeypatch.setattr(attaching, "LARGEST", 4)
    for name, said in (("空.jpg", "空文件"), ("大.jpg", "超过"), ("没有.jpg", "读不出来")):
        with pytest.raises(NotAttachable, match=said):
            attach(desk, matter, tmp_path / name)
    assert desk.find(Attachment) == []


def test_the_sample_office_is_whole(database: Database) -> None:
    desk = Desk(database, now=factory.Clock())
    fill_sample(desk, factory.SAMPLE)
    assert len(desk.find(Minutes)) == 2
    assert [each.light(desk.today) for each in by_urgency(desk)] == ["临期", "正常", "办结"]
    assert faults(database) == []


def test_a_draft_that_stays_at_home_is_not_waiting_to_be_reported(
    desk: Desk, tmp_path: Path
) -> None:
    held = factory.meeting(desk)
    factory.attendance(desk, held, factory.person(desk))
    draft = draft_minutes(desk, held)
    packets.made(desk, tmp_path)
    assert unreported_count(desk) == 0
    finalise(desk, draft)
    assert unreported_count(desk) == 1
