"""Turning one record into another keeps what it says, and the link between the two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.activity import Activity, Visitor
from liaison_desk.domain.codes import MATTER_SOURCES, TOPIC_SOURCES, VISITOR_ANSWERS
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Dissent
from liaison_desk.domain.opinion import Opinion
from liaison_desk.domain.proposal import Proposal
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.conversions import (
    SOURCES,
    TARGETS,
    conversion_between,
    conversions_of,
    convert,
    keep_converted,
    link_existing,
    targets_of,
    turned_into,
    unlink,
)
from tests import factory

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

SAYING = "村口夜里停满了车，救护车进不来"
PAIRS = [(source, target) for source in SOURCES for target in targets_of(source)]


def source_of(desk: Desk, kind: type[Record]) -> Record:
    """A saved record of a kind that says `SAYING`."""
    makers: dict[type[Record], Callable[[], Record]] = {
        Topic: lambda: factory.topic(desk, reason=SAYING, proposer="陆䶮", category="交通"),
        Opinion: lambda: factory.opinion(
            desk, body=SAYING, reporter=factory.person(desk, "陆䶮").id
        ),
        Proposal: lambda: factory.proposal(
            desk, suggestions=SAYING, proposer=factory.person(desk, "陆䶮").id, category="交通"
        ),
        Matter: lambda: factory.matter(desk, requirement=SAYING),
        Visitor: lambda: factory.visitor(desk, factory.activity(desk), concern=SAYING),
        Activity: lambda: factory.activity(desk, content=SAYING, organiser="陆䶮"),
        Directive: lambda: factory.directive(desk, content=SAYING, issued_by="县政协"),
        Dissent: lambda: desk.save(
            Dissent(meeting=factory.meeting(desk).id, name=SAYING, raised_by="老住户")
        ),
    }
    return makers[kind]()


def finished(desk: Desk, record: Record) -> Record:
    """The new record with what the clerk has to add before it can be saved."""
    if not isinstance(record, Matter):
        return record
    agency = record.agency or factory.agency(desk).id
    return replace(record, agency=agency, due_on=date(2026, 5, 1))


def converted(desk: Desk, source: Record, into: type[Record]) -> Record:
    """A record turned into another and kept."""
    new = finished(desk, convert(desk, source, into))
    return keep_converted(desk, source, lambda: desk.save(new))


@pytest.mark.parametrize(("kind", "into"), PAIRS, ids=lambda each: each.table)
def test_what_it_says_carries_over_and_the_link_is_kept(
    desk: Desk, kind: type[Record], into: type[Record]
) -> None:
    source = source_of(desk, kind)
    kept = converted(desk, source, into)
    title = getattr(source, SOURCES[kind].title)
    assert getattr(kept, TARGETS[into].title) == title
    assert SAYING in getattr(kept, TARGETS[into].text)
    assert turned_into(desk, source, into) == [desk.get(into, kept.id)]
    assert [other.id for _, other in conversions_of(desk, source)] == [kept.id]
    assert [other.id for _, other in conversions_of(desk, kept)] == [source.id]


@pytest.mark.parametrize(("kind", "into"), PAIRS, ids=lambda each: each.table)
def test_one_undo_takes_back_the_new_record_the_link_and_the_answer(
    desk: Desk, kind: type[Record], into: type[Record]
) -> None:
    source = source_of(desk, kind)
    new = finished(desk, convert(desk, source, into))
    keep_converted(desk, source, lambda: desk.save(new))
    desk.undo()
    assert desk.find(Conversion) == []
    assert [each.id for each in desk.find(into) if each.id == new.id] == []
    assert desk.get(kind, source.id) == source


@pytest.mark.parametrize("kind", SOURCES, ids=lambda each: each.table)
def test_the_words_of_the_sources_are_those_the_lists_know(desk: Desk, kind: type[Record]) -> None:
    assert SOURCES[kind].matter_source in ("", *MATTER_SOURCES)
    assert SOURCES[kind].topic_source in ("", *TOPIC_SOURCES)


def test_a_matter_made_of_a_dissent_says_so(desk: Desk) -> None:
    assert convert(desk, source_of(desk, Dissent), Matter).source == "未达成共识的意见"


@pytest.mark.parametrize(
    ("into", "answer"), [(each, told.answer) for each, told in TARGETS.items()]
)
def test_a_visitor_is_noted_as_answered_by_what_became_of_the_concern(
    desk: Desk, into: type[Record], answer: str
) -> None:
    source = source_of(desk, Visitor)
    converted(desk, source, into)
    kept = desk.get(Visitor, source.id)
    assert answer in VISITOR_ANSWERS
    assert kept
    assert kept.answer == answer


def test_a_visitors_village_is_that_of_the_reception_day(desk: Desk) -> None:

    village = desk.save(Village(name="桥口村"))
    source = factory.visitor(desk, factory.activity(desk, village=village.id))
    assert convert(desk, source, Topic).village == village.id
    assert convert(desk, source, Topic).proposer == "钱大妈"


def test_a_proposal_knows_the_reporter_and_a_topic_its_name(desk: Desk) -> None:
    source = source_of(desk, Opinion)
    assert isinstance(source, Opinion)
    assert convert(desk, source, Proposal).proposer == source.reporter
    assert convert(desk, source, Topic).proposer == "陆䶮"


def test_a_title_too_long_for_a_topic_stands_whole_in_its_text(desk: Desk) -> None:
    long_name = "新划停车位并" * 30
    topic = convert(desk, factory.matter(desk, long_name, requirement="限期"), Topic)
    assert topic.name == long_name[:100]
    assert topic.reason == f"{long_name}\n限期"


def test_a_matter_is_not_kept_before_agency_and_due_date_are_filled_in(desk: Desk) -> None:
    source = source_of(desk, Visitor)
    new = convert(desk, source, Matter)
    with pytest.raises(NotValid, match=r"主办单位.*时限"):
        keep_converted(desk, source, lambda: desk.save(new))
    assert desk.find(Conversion) == []
    assert desk.get(Visitor, source.id) == source


def test_a_record_is_linked_to_one_that_is_there_already_and_only_once(desk: Desk) -> None:
    opinion, topic = factory.opinion(desk), factory.topic(desk)
    link_existing(desk, opinion, topic)
    assert conversion_between(desk, topic, opinion) is not None
    with pytest.raises(NotValid, match="已经关联过"):
        link_existing(desk, opinion, topic)
    with pytest.raises(NotValid, match="已经关联过"):
        link_existing(desk, topic, opinion)


def test_a_topic_is_not_turned_into_a_topic(desk: Desk) -> None:
    with pytest.raises(NotValid, match="不能转为"):
        link_existing(desk, factory.topic(desk), factory.topic(desk, "另一个议题"))


def test_unlinking_leaves_both_and_takes_the_visitors_answer_back(desk: Desk) -> None:
    source = source_of(desk, Visitor)
    topic = converted(desk, source, Topic)
    found = conversion_between(desk, source, topic)
    assert found
    unlink(desk, found)
    kept = desk.get(Visitor, source.id)
    assert kept
    assert kept.answer == ""
    assert desk.find(Topic) == [topic]
    assert conversions_of(desk, topic) == []
    desk.undo()
    assert turned_into(desk, source, Topic) == [topic]


def test_what_went_to_the_recycle_bin_is_not_shown_as_converted(desk: Desk) -> None:
    source = source_of(desk, Opinion)
    topic = converted(desk, source, Topic)
    desk.remove(topic)
    assert turned_into(desk, source, Topic) == []
    assert conversions_of(desk, source) == []
