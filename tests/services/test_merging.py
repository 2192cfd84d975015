"""Two records of one person become one, and nothing that hung on either is lost."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain import rules
from liaison_desk.domain.activity import ActivityParticipant
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting, Statement
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.opinion import Opinion, OpinionCosigner
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import RECORD_TYPES, links_to
from liaison_desk.domain.village import Village
from liaison_desk.services.attaching import attach_content, attachments
from liaison_desk.services.desk import Desk, ForeignRecord
from liaison_desk.services.duplicates import duplicates, tell_apart
from liaison_desk.services.merging import following, merge, merged_values, shared
from liaison_desk.services.minutes import draft_minutes
from liaison_desk.services.recycle_bin import NotRestored, RecycleBin
from liaison_desk.store.database import Database
from liaison_desk.store.links import Links
from liaison_desk.store.queries import ListQuery
from tests import factory
from tests.services.handoff import packets

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record


def merged(desk: Desk, kept: Record, duplicate: Record, **values: str) -> Record:
    """Merge with the values that are proposed."""
    return merge(desk, kept, duplicate, merged_values(kept, duplicate) | values)


def rows(desk: Desk) -> dict[str, dict[str, dict[str, Any]]]:
    """Every row of every record type, all but its stamps."""
    return {
        kind.table: {
            row["id"]: {name: row[name] for name in row.keys() if name != "stamps"}  # noqa: SIM118
            for row in desk.database.read(f"SELECT * FROM {kind.table}")
        }
        for kind in RECORD_TYPES
    }


# -- values ---------------------------------------------------------------------------------


def test_what_is_filled_in_wins_and_a_former_name_is_kept(desk: Desk) -> None:
    kept = factory.person(desk, "张伟", post="镇中学教师")
    other = factory.person(desk, "张玮", phone="13805610001", post="教师", former_names="张小伟")
    person = merged(desk, kept, other)
    assert isinstance(person, Person)
    assert (person.name, person.phone, person.post) == ("张伟", "13805610001", "镇中学教师")
    assert person.former_names == "张小伟、张玮"
    gone = desk.get(Person, other.id)
    assert gone
    assert gone.removed_at
    assert gone.merged_into == kept.id
    assert desk.list_ids(Person, ListQuery(words="张玮")) == [kept.id]


def test_the_clerk_may_keep_the_other_name(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    person = merged(desk, kept, other, name="张玮")
    assert isinstance(person, Person)
    assert (person.name, person.former_names) == ("张玮", "张伟")


def test_a_wrong_value_stops_it_and_nothing_has_changed(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    before = rows(desk)
    with pytest.raises(NotValid, match="姓名"):
        merged(desk, kept, other, name="")
    assert rows(desk) == before


def test_only_two_different_living_records_of_ones_own_are_merged(
    desk: Desk, county_desk: Desk
) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    with pytest.raises(NotValid, match="两条不同的"):
        merged(desk, kept, kept)
    desk.remove(other)
    with pytest.raises(NotValid, match="不在名单里"):
        merged(desk, kept, other)
    with pytest.raises(ForeignRecord):
        merged(county_desk, kept, other)


# -- what follows ---------------------------------------------------------------------------


def test_every_link_to_the_duplicate_names_the_one_that_stays(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    held = factory.meeting(desk, host=other.id, recorder=other.id)
    factory.attendance(desk, held, other)
    desk.save(Statement(meeting=held.id, person=other.id, point="应当划线"))
    factory.opinion(desk, reporter=other.id)
    factory.proposal(desk, proposer=other.id)
    factory.topic(desk, convener=other.id)
    told = {each.words: each.count for each in following(desk, other)}
    assert told == {
        "出席": 1,
        "发言": 1,
        "协商会（主持人）": 1,
        "协商会（记录人）": 1,
        "社情民意（反映人）": 1,
        "提案（提案人）": 1,
        "议题（召集委员）": 1,
    }
    merged(desk, kept, other)
    assert following(desk, other) == []
    assert {each.words: each.count for each in following(desk, kept)} == told


def test_in_one_meeting_the_stronger_presence_stays_with_both_reasons(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    held = factory.meeting(desk)
    factory.attendance(desk, held, kept, presence="请假", reason="看病")
    factory.attendance(desk, held, other, presence="迟到", reason="堵车")
    desk.save(Statement(meeting=held.id, person=kept.id, point="书面意见"))
    desk.save(Statement(meeting=held.id, person=other.id, point="应当划线"))
    assert [(each.words, each.count) for each in shared(desk, kept, other)] == [("出席", 1)]
    merged(desk, kept, other)
    (place,) = desk.find(Attendance, meeting=held.id)
    assert (place.person, place.presence) == (kept.id, "迟到")
    assert place.reason == "堵车；看病；合并前另记：请假"
    assert {each.point for each in desk.find(Statement, person=kept.id)} == {
        "书面意见",
        "应当划线",
    }


def test_two_seats_of_one_term_become_one_with_their_pairings_and_papers(desk: Desk) -> None:
    seat = factory.member(desk, "张伟", card_number="12", status="届满")
    same = factory.member(desk, "张玮", sector="农业", village=None)
    friend, other = factory.person(desk, "钱进"), factory.person(desk, "孙立")
    for each, partner in ((seat, friend), (same, friend), (same, other)):
        desk.save(Pairing(membership=each.id, partner=partner.id))
    attach_content(desk, same, "委员证.pdf", b"%PDF card")
    kept, duplicate = (desk.get(Person, each.person) for each in (seat, same))
    assert kept
    assert duplicate
    merged(desk, kept, duplicate)
    (stays,) = desk.find(Membership)
    assert (stays.id, stays.status, stays.card_number) == (seat.id, "在任", "12")
    assert stays.sector == "农业"
    assert "教育" in stays.change_reason
    assert {each.partner for each in desk.find(Pairing)} == {friend.id, other.id}
    assert {each.membership for each in desk.find(Pairing)} == {seat.id}
    assert [each.name for each in attachments(desk, seat.id)] == ["委员证.pdf"]


def test_nobody_is_left_paired_with_himself(desk: Desk) -> None:
    seat = factory.member(desk, "张伟")
    other = factory.person(desk, "张玮")
    desk.save(Pairing(membership=seat.id, partner=other.id))
    kept = desk.get(Person, seat.person)
    assert kept
    merged(desk, kept, other)
    assert desk.find(Pairing) == []


def test_files_follow_each_under_a_name_of_its_own(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    attach_content(desk, kept, "照片.jpg", b"one")
    attach_content(desk, kept, "证书.pdf", b"same")
    attach_content(desk, other, "照片.jpg", b"two")
    attach_content(desk, other, "证书.pdf", b"same")
    merged(desk, kept, other)
    assert {each.name for each in attachments(desk, kept.id)} == {
        "照片.jpg",
        "照片（2）.jpg",
        "证书.pdf",
    }
    assert attachments(desk, other.id) == []


def test_who_was_merged_before_is_merged_into_the_one_that_stays_last(desk: Desk) -> None:
    first, second, third = (factory.person(desk, name) for name in ("张伟", "张玮", "张炜"))
    second = merged(desk, second, third)  # type: ignore[assignment]
    merged(desk, first, second)
    gone = desk.get(Person, third.id)
    assert gone
    assert gone.merged_into == first.id
    kept = desk.get(Person, first.id)
    assert kept
    assert set(kept.former_names.split("、")) == {"张玮", "张炜"}


def test_links_of_what_is_in_the_recycle_bin_follow_too(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    opinion = factory.opinion(desk, reporter=other.id)
    desk.remove(opinion)
    merged(desk, kept, other)
    binned = desk.get(Opinion, opinion.id)
    assert binned
    assert binned.removed_at
    assert binned.reporter == kept.id


# -- locked and printed ---------------------------------------------------------------------


def test_final_minutes_still_show_the_old_name_and_their_meeting_the_new_person(
    desk: Desk,
) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    held = factory.meeting(desk, host=other.id)
    factory.attendance(desk, held, other)
    drafted = draft_minutes(desk, held)
    final = desk.save(
        with_values(drafted, {"status": FINAL, "year": 2026, "number": 1, "body": "张玮提出。"})
    )
    merged(desk, kept, other)
    assert desk.get(Minutes, final.id) == final
    assert "张玮" in final.present
    now = desk.get(Meeting, held.id)
    assert now
    assert desk.caption("person", now.host) == "张伟"


def test_agencies_merge_though_final_minutes_lock_what_was_agreed(desk: Desk) -> None:
    kept, other = factory.agency(desk, "镇城建办"), factory.agency(desk, "城建办公室")
    held = factory.meeting(desk)
    agreed = factory.consensus(desk, held, agency=other.id)
    desk.save(
        with_values(factory.minutes(desk, held), {"status": FINAL, "year": 2026, "number": 1})
    )
    matter = factory.matter(desk, consensus=agreed.id, agency=other.id)
    merged(desk, kept, other)
    assert [each.agency for each in desk.find(Consensus)] == [kept.id]
    assert [each.agency for each in desk.find(Matter)] == [kept.id]
    desk.undo()
    assert desk.get(Matter, matter.id) == matter
    assert desk.find(Consensus) == [agreed]
    assert {each.id for each in desk.find(Agency)} == {kept.id, other.id}


def test_villages_merge_with_their_people(desk: Desk) -> None:
    kept, other = desk.save(Village(name="桥口村")), desk.save(Village(name="桥口社区"))
    who = factory.person(desk, village=other.id)
    merged(desk, kept, other)
    assert [each.village for each in desk.find(Person)] == [kept.id]
    assert [each.id for each in desk.find(Village)] == [kept.id]
    assert who.village == other.id


def test_the_county_sees_the_same_after_the_next_packet(
    desk: Desk, county_desk: Desk, tmp_path: Path
) -> None:
    kept = factory.person(desk, "张伟")
    other = factory.person(desk, "张玮", phone="13805610001")
    held = factory.meeting(desk, host=other.id)
    factory.attendance(desk, held, kept, presence="请假", reason="看病")
    factory.attendance(desk, held, other)
    packets.received(county_desk, packets.made(desk, tmp_path / "一").path)
    assert len(county_desk.find(Person)) == 2
    merged(desk, kept, other)
    packets.received(county_desk, packets.made(desk, tmp_path / "二").path)
    for kind in (Person, Meeting, Attendance):
        assert county_desk.find(kind) == desk.find(kind)


# -- 查重 -----------------------------------------------------------------------------------


def test_duplicates_are_proposed_with_the_reason_the_likeliest_first(desk: Desk) -> None:
    number = "11010519491231002X"
    a = factory.person(desk, "张伟", identity=number)
    b = factory.person(desk, "张玮", identity=number)
    c = factory.person(desk, "李梅", born="1970.01", phone="13805610001")
    d = factory.person(desk, "李梅", born="1970.01", phone="13805610001")
    e = factory.person(desk, "王强")
    f = factory.person(desk, "王刚强", former_names="王强、王二")
    factory.person(desk, "无关")
    found = duplicates(desk, Person)
    pairs = [{each.first.id, each.second.id} for each in found]
    assert pairs == [{a.id, b.id}, {c.id, d.id}, {e.id, f.id}] or pairs == [
        {c.id, d.id},
        {a.id, b.id},
        {e.id, f.id},
    ]
    reasons = {each.first.caption: each.reasons for each in found}
    assert "身份证号相同" in (reasons.get("张伟") or reasons["张玮"])
    assert {"姓名和出生年月相同", "手机相同"} <= set(reasons["李梅"])


def test_namesakes_with_two_identity_numbers_are_two_people(desk: Desk) -> None:
    factory.person(desk, "张伟", identity="11010519491231002X")
    factory.person(desk, "张伟", identity="340621198001010016")
    assert duplicates(desk, Person) == []


def test_a_telephone_of_a_whole_office_says_nothing(desk: Desk) -> None:
    for name in "赵钱孙李周吴":
        factory.person(desk, f"{name}明", phone="0561-6000000")
    assert duplicates(desk, Person) == []


def test_agencies_and_villages_are_looked_through_by_their_names(desk: Desk) -> None:
    desk.save(Agency(name="镇城市建设办公室", short_name="城建办"))
    desk.save(Agency(name="城建办"))
    desk.save(Village(name="桥口村"))
    desk.save(Village(name="桥口社区"))
    assert len(duplicates(desk, Agency)) == len(duplicates(desk, Village)) == 1


def test_of_three_namesakes_every_pair_is_proposed_that_may_be_one(desk: Desk) -> None:
    first = factory.person(desk, "王伟", identity="11010519491231002X")
    second = factory.person(desk, "王伟", identity="340621198001010016")
    third = factory.person(desk, "王伟")
    pairs = [{each.first.id, each.second.id} for each in duplicates(desk, Person)]
    assert pairs == [{first.id, third.id}, {second.id, third.id}]


def test_of_very_many_namesakes_each_is_compared_with_the_first(desk: Desk) -> None:
    people = desk.save_all([Person(name="王伟") for _ in range(60)])
    assert {each.first.id for each in duplicates(desk, Person)} == {people[0].id}
    assert len(duplicates(desk, Person)) == 59


def test_two_who_were_told_apart_stand_last_until_the_clerk_thinks_again(desk: Desk) -> None:
    for name in ("王伟", "李梅"):
        for _ in range(2):
            factory.person(desk, name)
    first = duplicates(desk, Person)[0]
    tell_apart(desk, replace(first, first=first.second, second=first.first))
    assert [each.are_two for each in duplicates(desk, Person)] == [False, True]
    assert duplicates(desk, Person)[1].first == first.first
    tell_apart(desk, duplicates(desk, Person)[1], are_two=False)
    assert duplicates(desk, Person)[0] == first


@pytest.mark.parametrize("kept", ["{", "[[1], null, {}]", "7"])
def test_a_note_of_who_is_two_that_was_damaged_by_hand_counts_as_none(
    desk: Desk, kept: str
) -> None:
    for _ in range(2):
        factory.person(desk, "王伟")
    with desk.database.transaction():
        desk.database.set_setting("told_apart.person", kept)
    [pair] = duplicates(desk, Person)
    assert not pair.are_two
    tell_apart(desk, pair)
    assert duplicates(desk, Person)[0].are_two


# -- taking a merger apart ------------------------------------------------------------------


def test_what_comes_back_from_the_recycle_bin_gets_back_what_hung_on_it(desk: Desk) -> None:
    kept = factory.person(desk, "张伟")
    other = factory.person(desk, "张玮", phone="13805610001")
    held = factory.meeting(desk, host=other.id)
    place = factory.attendance(desk, held, other)
    attach_content(desk, other, "照片.jpg", b"face")
    merged(desk, kept, other)
    done = RecycleBin(desk).restore([other])
    assert "分开" in done.title
    assert desk.get(Person, other.id) == other
    assert desk.get(Person, kept.id) == kept
    assert desk.find(Meeting)[0].host == other.id
    assert desk.find(Attendance) == [place]
    assert [each.name for each in attachments(desk, other.id)] == ["照片.jpg"]
    desk.undo()
    assert desk.find(Person)[0].former_names == "张玮"
    assert desk.find(Attendance)[0].person == kept.id


def test_an_agency_taken_apart_gets_its_matters_back(desk: Desk) -> None:
    kept, other = factory.agency(desk, "镇农服站"), factory.agency(desk, "农业服务站")
    matter = desk.save(Matter(name="修路", agency=other.id, due_on=date(2026, 6, 30)))
    merged(desk, kept, other)
    RecycleBin(desk).restore([other])
    assert desk.find(Matter) == [matter]


def test_what_was_changed_since_the_merger_stays_as_it_is(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮", post="教师")
    third = factory.person(desk, "钱进")
    first, second = (factory.meeting(desk, name, host=other.id) for name in ("甲会", "乙会"))
    stays = merged(desk, kept, other)
    desk.save(with_values(desk.many(Meeting, [first.id])[0], {"host": third.id}))
    desk.save(with_values(stays, {"post": "校长"}))
    RecycleBin(desk).restore([other])
    assert [each.host for each in desk.many(Meeting, [first.id, second.id])] == [third.id, other.id]
    now = desk.get(Person, kept.id)
    assert now
    assert now.post == "校长"


def test_a_place_does_not_come_back_to_a_meeting_that_has_gone(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    held = factory.meeting(desk)
    places = [factory.attendance(desk, held, each) for each in (kept, other)]
    merged(desk, kept, other)
    desk.remove(held)
    RecycleBin(desk).restore([other])
    assert desk.find(Attendance) == []
    RecycleBin(desk).restore([held])
    assert desk.find(Attendance) == places[:1]


def test_who_was_merged_into_somebody_merged_waits_for_that_one(desk: Desk) -> None:
    first, second, third = (factory.person(desk, name) for name in ("张伟", "张玮", "张炜"))
    held = factory.meeting(desk, host=third.id)
    stays = merged(desk, second, third)
    merged(desk, first, stays)
    with pytest.raises(NotRestored, match="请先恢复“张玮”"):
        RecycleBin(desk).restore([third])
    RecycleBin(desk).restore([third, second])
    assert {each.name: each.former_names for each in desk.find(Person)} == dict.fromkeys(
        ("张伟", "张玮", "张炜"), ""
    )
    assert desk.find(Meeting) == [held]


def test_a_village_that_differs_is_told_of_a_seat_that_stands_for_two(desk: Desk) -> None:
    villages = [desk.save(Village(name=name)) for name in ("桥口村", "柳河村")]
    seats = [factory.member(desk, "张伟", village=each.id) for each in villages]
    kept, other = (desk.many(Person, [str(each.person)])[0] for each in seats)
    merged(desk, kept, other)
    assert desk.find(Membership)[0].change_reason == "合并前另记：柳河村"


def test_a_remark_with_no_room_left_says_that_it_was_cut(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    held = factory.meeting(desk)
    for each, word in ((kept, "甲"), (other, "乙")):
        desk.save(Attendance(meeting=held.id, person=each.id, presence="请假", reason=word * 150))
    merged(desk, kept, other)
    [place] = desk.find(Attendance)
    assert place.problems() == []
    assert place.reason.endswith("…")


# -- random offices -------------------------------------------------------------------------

PEOPLE, MEETINGS = 4, 3
who = st.integers(0, PEOPLE - 1)
where = st.integers(0, MEETINGS - 1)
OFFICES = st.fixed_dictionaries(
    {
        "attendance": st.sets(st.tuples(where, who)),
        "statements": st.lists(st.tuples(where, who), max_size=4),
        "hosts": st.lists(st.tuples(who, who), min_size=MEETINGS, max_size=MEETINGS),
        "seats": st.sets(st.tuples(who, st.sampled_from(["第十一届", "第十二届"]))),
        "pairs": st.sets(st.tuples(st.integers(0, 7), who), max_size=6),
        "opinions": st.lists(st.tuples(who, st.sets(who)), max_size=3),
        "taking_part": st.sets(who),
        "files": st.lists(st.tuples(who, st.sampled_from(["照片.jpg", "证.pdf"])), max_size=4),
        "removed": st.sets(st.integers(0, 30), max_size=5),
        "pair": st.sampled_from([(0, 1), (1, 0), (2, 3)]),
    }
)


def fill(desk: Desk, plan: dict[str, Any]) -> list[Person]:
    """An office as the plan has it; the people in it."""
    people = [factory.person(desk, f"人{n}", post="委员") for n in range(PEOPLE)]
    ids = [each.id for each in people]
    meetings = [
        factory.meeting(desk, f"会{n}", host=ids[host], recorder=ids[recorder])
        for n, (host, recorder) in enumerate(plan["hosts"])
    ]
    parts: list[Record] = []
    parts += [
        desk.save(
            Attendance(meeting=meetings[m].id, person=ids[p], presence="请假" if p % 2 else "出席")
        )
        for m, p in sorted(plan["attendance"])
    ]
    for m, p in plan["statements"]:
        parts.append(desk.save(Statement(meeting=meetings[m].id, person=ids[p], point="意见")))
    seats = [desk.save(Membership(person=ids[p], term=t)) for p, t in sorted(plan["seats"])]
    for seat, p in sorted(plan["pairs"]):
        if seat < len(seats) and seats[seat].person != ids[p]:
            with_until = date(2026, 1, 1 + seat)
            parts.append(
                desk.save(Pairing(membership=seats[seat].id, partner=ids[p], until=with_until))
            )
    for p, others in plan["opinions"]:
        opinion = factory.opinion(desk, reporter=ids[p])
        parts += [
            desk.save(OpinionCosigner(opinion=opinion.id, person=ids[o])) for o in sorted(others)
        ]
    held = factory.activity(desk)
    parts += [
        desk.save(ActivityParticipant(activity=held.id, person=ids[p], note=f"第{p}位"))
        for p in sorted(plan["taking_part"])
    ]
    for number, (p, name) in enumerate(plan["files"]):
        attach_content(desk, people[p], name, f"{number % 2}".encode())
    for place in plan["removed"]:
        if place < len(parts):
            desk.remove(parts[place])
    return people


def living_links(desk: Desk, person: str) -> Counter[tuple[str, str]]:
    """How many living records name a person, by table and field."""
    links = Links(desk.database)
    return Counter(
        {
            (kind.table, name): len(links.living(kind, name, [person]).get(person, []))
            for kind, name in links_to(Person)
        }
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OFFICES)
def test_no_link_is_lost_and_undo_gives_everything_back(plan: dict[str, Any]) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(Database.open(Path(folder) / "资料.db")) as database,
    ):
        desk = Desk(database, operator="李文书", now=factory.Clock())
        desk.set_up(factory.office())
        people = fill(desk, plan)
        kept, other = (people[each] for each in plan["pair"])
        before = rows(desk)
        wanted = living_links(desk, kept.id) + living_links(desk, other.id)

        merged(desk, kept, other)

        after = rows(desk)
        gone = Counter(
            (table, name)
            for table, name in wanted
            for identity, row in after[table].items()
            if row[name] == kept.id
            and row["removed_at"]
            and not before[table][identity]["removed_at"]
        )
        assert living_links(desk, kept.id) + gone == wanted
        links = Links(database)
        assert not any(links.every(kind, name, other.id) for kind, name in links_to(Person))
        assert links.every(Attachment, "owner", other.id) == []
        for kind in RECORD_TYPES:
            if kind in rules.ONLY_ONCE and kind is not Minutes:
                assert rules.repeated(desk.find(kind)) == []
        others = {each.id for each in people} - {kept.id, other.id}
        for table, of_table in before.items():
            for identity, row in of_table.items():
                untouched = not {kept.id, other.id} & set(map(str, row.values()))
                if untouched and table not in {"pairing", "attachment", "membership"}:
                    assert after[table][identity] == row
        assert all(after["person"][each] == before["person"][each] for each in others)

        RecycleBin(desk).restore([other])
        assert rows(desk) == before
        desk.undo()
        desk.undo()
        assert rows(desk) == before
        desk.redo()
        again = rows(desk)
        assert again == {
            table: {
                identity: row | {"removed_at": again[table][identity]["removed_at"]}
                for identity, row in of_table.items()
            }
            for table, of_table in after.items()
        }


def test_a_person_with_a_thousand_links_is_merged_within_two_seconds(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    meetings = desk.save_all(
        [Meeting(name=f"会{n}", held_at=datetime(2020, 1, 1, 9)) for n in range(500)]
    )
    desk.save_all([Attendance(meeting=each.id, person=other.id) for each in meetings])
    desk.save_all([Attendance(meeting=each.id, person=kept.id) for each in meetings[:100]])
    desk.save_all([Statement(meeting=each.id, person=other.id, point="同意") for each in meetings])
    told: list[tuple[int, int]] = []
    started = time.perf_counter()
    merge(
        desk,
        kept,
        other,
        merged_values(kept, other),
        lambda done, total: told.append((done, total)),
    )
    assert time.perf_counter() - started < 2
    assert told
    assert desk.queries.count(Attendance, person=kept.id) == 500


def test_stale_records_in_a_window_do_not_bring_old_values_back(desk: Desk) -> None:
    kept, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    desk.save(replace(kept, phone="13805610001"))
    person = merge(desk, kept, other, {"name": "张伟"})
    assert person.phone == "13805610001"
