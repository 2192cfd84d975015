"""换届: who goes on has a seat of the new term, and the old term stays as it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.services.meeting_sheet import roster
from liaison_desk.services.terms import NewTerm, next_term, serving, start_term, terms
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

SINCE = date(2027, 1, 10)


def turned(desk: Desk, *going_on: Membership, **values: object) -> NewTerm:
    """The thirteenth term after the twelfth, with some going on."""
    plain: dict[str, object] = {
        "old": "第十二届",
        "name": "第十三届",
        "since": SINCE,
        "going_on": frozenset(each.id for each in going_on),
    }
    chosen = NewTerm(**(plain | values))  # type: ignore[arg-type]
    start_term(desk, chosen)
    return chosen


@pytest.mark.parametrize(
    ("term", "following"),
    [
        ("第十二届", "第十三届"),
        ("第九届", "第十届"),
        ("第十届", "第十一届"),
        ("第十九届", "第二十届"),
        ("第二十九届", "第三十届"),
        ("政协濉溪县第十二届委员会", "政协濉溪县第十三届委员会"),
        ("12届", "13届"),
        ("第 9 届", "第 10 届"),
        ("本届", ""),
        ("第九十九届", ""),
        ("", ""),
    ],
)
def test_the_next_term_is_proposed(term: str, following: str) -> None:
    assert next_term(term) == following


def test_who_goes_on_has_a_new_seat_and_every_old_one_is_closed(desk: Desk) -> None:
    stays = factory.member(desk, "张伟", group="第一组", duty="召集人", card_number="12")
    leaves = factory.member(desk, "李梅")
    gone = factory.member(desk, "王强", status="辞去", until=date(2025, 5, 1))
    turned(desk, stays)
    (new,) = desk.find(Membership, term="第十三届")
    assert (new.person, new.status, new.since) == (stays.person, "在任", SINCE)
    assert (new.sector, new.group, new.duty) == ("教育", "第一组", "召集人")
    assert new.card_number == ""
    for old in (stays, leaves):
        closed = desk.get(Membership, old.id)
        assert closed == with_values(old, {"status": "届满", "until": date(2027, 1, 9)})
    assert desk.get(Membership, gone.id) == gone
    assert roster(desk) == [stays.person]


def test_what_the_clerk_clears_is_asked_for_anew(desk: Desk) -> None:
    stays = factory.member(desk, "张伟", group="第一组", duty="召集人", level="省")
    turned(desk, stays, carried=frozenset({"level", "sector"}))
    (new,) = desk.find(Membership, term="第十三届")
    assert (new.level, new.sector, new.group, new.duty) == ("省", "教育", "", "委员")


def test_the_pairings_of_the_old_term_end_with_it(desk: Desk) -> None:
    seat = factory.member(desk, "张伟")
    partner = factory.person(desk, "钱进")
    over, going = (
        desk.save(Pairing(membership=seat.id, partner=partner.id, until=until))
        for until in (date(2024, 1, 1), None)
    )
    desk.save(with_values(partner, {"party": "中共党员"}))  # joined the party since
    turned(desk, seat)
    ended = desk.get(Pairing, going.id)
    assert ended
    assert ended.until == date(2027, 1, 9)
    assert desk.get(Pairing, over.id) == over


def test_the_lists_of_the_old_term_count_for_the_new_one_too(desk: Desk) -> None:
    desk.save(CodeWord(wordlist="界别", term="第十二届", name="教育"))
    desk.save(CodeWord(wordlist="界别", term="第十二届", name="农业"))
    desk.save(CodeWord(wordlist="界别", term="第十三届", name="农业"))
    desk.save(CodeWord(wordlist="活动组", name="第一组"))
    turned(desk, factory.member(desk))
    assert {each.name for each in desk.find(CodeWord, term="第十三届")} == {"教育", "农业"}
    assert len(desk.find(CodeWord)) == 5


def test_one_undo_takes_the_change_of_term_back(desk: Desk) -> None:
    seats = [factory.member(desk, name) for name in ("张伟", "李梅")]
    pair = desk.save(Pairing(membership=seats[0].id, partner=factory.person(desk, "钱进").id))
    desk.save(CodeWord(wordlist="界别", term="第十二届", name="教育"))
    turned(desk, *seats)
    desk.undo()
    assert sorted(desk.find(Membership), key=lambda each: each.id) == sorted(
        seats, key=lambda each: each.id
    )
    assert desk.find(Pairing) == [pair]
    assert len(desk.find(CodeWord)) == 1


def test_nobody_gets_two_seats_of_the_new_term(desk: Desk) -> None:
    stays, other = factory.member(desk, "张伟"), factory.member(desk, "李梅")
    desk.save(Membership(person=stays.person, term="第十三届"))
    turned(desk, stays, other)
    assert len(desk.find(Membership, term="第十三届")) == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "请填写新一届的届次"),
        ({"name": "第十二届"}, "同名"),
        ({"since": date(2022, 1, 1)}, "起始日期不晚于上一届"),
    ],
)
def test_a_wrong_name_or_day_is_told_and_nothing_has_changed(
    desk: Desk, values: dict[str, object], sentence: str
) -> None:
    seat = factory.member(desk, since=date(2022, 1, 10))
    with pytest.raises(NotValid, match=sentence):
        turned(desk, seat, **values)
    assert desk.find(Membership) == [seat]


def test_the_terms_offered_are_those_members_sit_in(desk: Desk) -> None:
    factory.member(desk, "张伟")
    factory.member(desk, "李梅")
    factory.member(desk, "王强", term="第十一届", status="届满")
    assert terms(desk) == ["第十二届"]
    assert len(serving(desk, "第十二届")) == 2
    assert len(desk.find(Person)) == 3
