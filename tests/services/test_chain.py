"""来龙去脉: what a record came from and what came of it, from any point of the loop."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.matter import Matter, Progress, Reply, Revisit
from liaison_desk.domain.meeting import Attendance, Meeting, MeetingTopic, Statement
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.services.chain import chain_of
from liaison_desk.services.chain_layout import SHOWN, picture_of
from liaison_desk.services.conversions import link_existing
from liaison_desk.services.stations import MOST_OF_ONE, STAGES, STATIONS
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.chain_layout import Picture
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.stations import Chain


@pytest.fixture
def loop(desk: Desk) -> dict[str, Record]:
    """A concern from a reception day to the last look back, one record of each station."""
    activity = factory.activity(desk)
    visitor = factory.visitor(desk, activity)
    opinion = factory.opinion(desk)
    topic = factory.topic(desk, step="民主协商")
    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held)
    minutes = factory.minutes(desk, held)
    matter = factory.matter(desk, consensus=agreed.id, minutes=minutes.id, agency=agreed.agency)
    link_existing(desk, visitor, opinion)
    link_existing(desk, opinion, topic)
    desk.save(MeetingTopic(meeting=held.id, topic=topic.id))
    saved = {
        "plan_item": desk.save(PlanItem(year=2026, topic=topic.id)),
        "survey": factory.survey(desk, topic),
        "progress": desk.save(
            Progress(matter=matter.id, reported_on=date(2026, 3, 12), content="已划线")
        ),
        "reply": desk.save(
            Reply(
                matter=matter.id,
                replied_on=date(2026, 3, 20),
                result="A 已解决",
                content="新划30个",
            )
        ),
        "revisit": desk.save(
            Revisit(matter=matter.id, visited_on=date(2026, 6, 1), situation="停得下了")
        ),
    }
    first = (activity, visitor, opinion, topic, held, agreed, minutes, matter)
    return {each.table: each for each in first} | saved


def tables(chain: Chain) -> set[str]:
    return {node.table for node in chain.nodes}


def edges(chain: Chain) -> set[tuple[str, str]]:
    """What led to what, by tables."""
    return {(each.source.split("/")[0], each.target.split("/")[0]) for each in chain.edges}


@pytest.mark.parametrize(
    "start",
    [
        "activity",
        "visitor",
        "opinion",
        "topic",
        "plan_item",
        "survey",
        "meeting",
        "minutes",
        "consensus",
        "matter",
        "progress",
        "reply",
        "revisit",
    ],
)
def test_from_every_station_the_whole_loop_is_seen(
    desk: Desk, loop: dict[str, Record], start: str
) -> None:
    chain = chain_of(desk, loop[start])
    assert chain.here == f"{start}/{loop[start].id}"
    seen = {f"{each.table}/{each.id}" for each in loop.values()}
    assert {node.key for node in chain.nodes} == seen


def test_the_edges_say_what_led_to_what(desk: Desk, loop: dict[str, Record]) -> None:
    chain = chain_of(desk, loop["matter"])
    assert edges(chain) == {
        ("activity", "visitor"),
        ("visitor", "opinion"),
        ("opinion", "topic"),
        ("topic", "plan_item"),
        ("topic", "survey"),
        ("topic", "meeting"),
        ("meeting", "minutes"),
        ("meeting", "consensus"),
        ("consensus", "matter"),
        ("minutes", "matter"),
        ("matter", "progress"),
        ("matter", "reply"),
        ("matter", "revisit"),
    }
    turned = {each.source.split("/")[0] for each in chain.edges if each.is_conversion}
    assert turned == {"visitor", "opinion"}


def test_a_station_tells_what_it_is_called_when_it_was_and_how_it_stands(
    desk: Desk, loop: dict[str, Record]
) -> None:
    nodes = {node.table: node for node in chain_of(desk, loop["matter"]).nodes}
    assert (nodes["meeting"].caption, nodes["meeting"].day) == (
        "桥口村停车难专题协商会",
        date(2026, 3, 6),
    )
    assert nodes["matter"].state == "正常"
    assert nodes["topic"].state == "民主协商"
    assert nodes["minutes"].state == "草稿"
    assert nodes["visitor"].state == "转社情民意"
    assert nodes["survey"].caption == "桥口村停车难问题"


def test_other_branches_stay_aside_on_the_way_up(desk: Desk, loop: dict[str, Record]) -> None:
    other = factory.visitor(desk, loop["activity"], "李大爷", concern="路灯不亮")  # type: ignore[arg-type]
    factory.consensus(desk, loop["meeting"], "另一件事", position=2)  # type: ignore[arg-type]
    chain = chain_of(desk, loop["matter"])
    captions = {node.caption for node in chain.nodes}
    assert other.caption not in captions
    assert "另一件事" not in captions
    whole = {node.caption for node in chain_of(desk, loop["activity"]).nodes}
    assert other.caption in whole
    assert "另一件事" in whole


def test_what_is_in_the_recycle_bin_is_no_station(desk: Desk, loop: dict[str, Record]) -> None:
    desk.remove(loop["survey"])
    desk.remove(loop["opinion"])
    found = tables(chain_of(desk, loop["topic"]))
    assert "survey" not in found
    assert not found & {"opinion", "visitor", "activity"}


def test_records_that_became_each_other_end_the_walk(desk: Desk) -> None:
    opinion, topic, proposal = factory.opinion(desk), factory.topic(desk), factory.proposal(desk)
    link_existing(desk, opinion, topic)
    link_existing(desk, topic, proposal)
    link_existing(desk, proposal, opinion)
    chain = chain_of(desk, topic)
    assert tables(chain) == {"opinion", "topic", "proposal"}
    assert len(chain.edges) == 3


def test_an_agency_or_a_village_joins_no_chains(desk: Desk) -> None:
    agency = factory.agency(desk)
    matters = [factory.matter(desk, f"事项{n}", agency=agency.id) for n in range(5)]
    assert [node.id for node in chain_of(desk, matters[0]).nodes] == [matters[0].id]


def test_a_replaced_version_leads_to_the_next(desk: Desk) -> None:
    held = factory.meeting(desk)
    first = factory.minutes(desk, held, version=1)
    second = factory.minutes(desk, held, version=2, replaces=first.id)
    assert ("minutes", "minutes") in edges(chain_of(desk, second))


# -- people ---------------------------------------------------------------------------------


def test_a_person_is_followed_by_where_they_appear_with_counts(desk: Desk) -> None:
    seat = factory.member(desk, "陆䶮")
    assert seat.person
    for day in range(1, 4):
        held = factory.meeting(desk, f"第{day}次会", held_at=datetime(2026, 3, day, 9))
        desk.save(Attendance(meeting=held.id, person=seat.person))
        desk.save(Statement(meeting=held.id, person=seat.person, point="同意"))
    factory.opinion(desk, reporter=seat.person)
    chain = chain_of(desk, seat)
    words = [box.words for column in picture_of(chain).columns for box in column.boxes]
    assert {"出席 3 条", "发言 3 条", "反映人 1 条"} <= set(words)
    opened = picture_of(chain, frozenset({"fold/meeting/出席"}))
    captions = [box.node.caption for each in opened.columns for box in each.boxes if box.node]
    assert captions == ["陆䶮", "第3次会", "第2次会", "第1次会"]


def test_a_person_in_thousands_of_meetings_is_told_by_number(desk: Desk) -> None:
    who = factory.person(desk)
    meetings = desk.save_all(
        [Meeting(name=f"会{n}", held_at=datetime(2020, 1, 1, 9)) for n in range(1000)]
    )
    desk.save_all([Attendance(meeting=each.id, person=who.id) for each in meetings])
    started = time.perf_counter()
    chain = chain_of(desk, who)
    assert time.perf_counter() - started < 0.5
    assert len(chain.nodes) < 100
    words = [box.words for column in picture_of(chain).columns for box in column.boxes]
    assert "出席 1000 条" in words


# -- the picture ----------------------------------------------------------------------------


def test_columns_follow_the_loop_and_none_is_empty(desk: Desk, loop: dict[str, Record]) -> None:
    picture = picture_of(chain_of(desk, loop["topic"]))
    assert [each.title for each in picture.columns] == [title for title, _ in STAGES]
    assert all(each.boxes for each in picture.columns)
    alone = picture_of(chain_of(desk, factory.topic(desk, "没有下文的议题")))
    assert [each.title for each in alone.columns] == ["议题"]


def test_many_of_a_kind_are_folded_and_unfolded(desk: Desk) -> None:
    matter = factory.matter(desk)
    for day in range(1, SHOWN + 13):
        desk.save(Progress(matter=matter.id, reported_on=date(2026, 3, day), content=f"第{day}天"))
    chain = chain_of(desk, matter)
    column = picture_of(chain).columns[1]
    assert len(column.boxes) == SHOWN + 1
    assert column.boxes[-1].words == "还有 12 条"
    whole = picture_of(chain, frozenset({column.boxes[-1].fold})).columns[1]
    assert len(whole.boxes) == SHOWN + 13
    assert whole.boxes[-1].words == "收起"


def test_the_record_asked_for_is_never_folded_away(desk: Desk) -> None:
    matter = factory.matter(desk)
    last = [
        desk.save(Progress(matter=matter.id, reported_on=date(2026, 3, day), content=f"第{day}天"))
        for day in range(1, SHOWN + 13)
    ][-1]
    picture = picture_of(chain_of(desk, last))
    assert marked(picture) == [f"progress/{last.id}"]


def test_lines_to_what_is_folded_end_at_the_fold(desk: Desk, loop: dict[str, Record]) -> None:
    held = loop["meeting"]
    for place in range(2, 20):
        factory.consensus(desk, held, f"事项{place}", position=place)  # type: ignore[arg-type]
    picture = picture_of(chain_of(desk, held))
    keys = {box.key for column in picture.columns for box in column.boxes}
    assert {each.source for each in picture.lines} | {each.target for each in picture.lines} <= keys


def test_a_chain_without_end_is_cut_and_says_so(desk: Desk) -> None:
    activity = factory.activity(desk)
    first = factory.matter(desk)
    matters = desk.save_all([replace(first, id="", name=f"事项{n}") for n in range(80)])
    desk.save_all(
        [
            Conversion(from_activity=activity.id, into_matter=each.id, converted_on=desk.today)
            for each in matters
        ]
    )
    chain = chain_of(desk, activity)
    assert len(chain.nodes) == MOST_OF_ONE + 1
    assert picture_of(chain).rest == 80 - MOST_OF_ONE


def test_every_table_of_the_stages_is_a_record_of_its_own() -> None:
    assert len(set(STATIONS)) == len(STATIONS)
    assert Matter in STATIONS


def marked(picture: Picture) -> list[str]:
    """The boxes that are the record asked for."""
    return [box.key for column in picture.columns for box in column.boxes if box.is_here]
