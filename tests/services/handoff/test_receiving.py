"""Taking packets in at the county's desk."""

from __future__ import annotations

import dataclasses
import threading
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import RECEIVED, Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff import errors
from liaison_desk.services.handoff.making import PacketOrder
from liaison_desk.services.handoff.packet_format import CARRIED_TYPES
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.handoff.report import describe
from liaison_desk.store import check
from liaison_desk.store.database import Database
from liaison_desk.store.stored import StoredRecords
from tests import factory
from tests.services.handoff.packets import QUARTER, Tampered, made, received

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.handoff.making import MadePacket

IDENTITY = dataclasses.replace(QUARTER, include_identity=True)


def held(desk: Desk, office: str) -> dict[str, tuple[object, object]]:
    """Everything of an office at a desk: columns, and the stamp of each."""
    stored = StoredRecords(desk.database)
    return {
        each.id: (dict(each.columns), {name: each.stamp_of(name) for name in each.columns})
        for kind in CARRIED_TYPES
        for each in stored.of_office(kind, office)
    }


# -- the first time ------------------------------------------------------------------------


def test_everything_that_was_sent_is_there(
    county_desk: Desk, township: Desk, packet: MadePacket
) -> None:
    result = received(county_desk, packet.path)
    assert result.title == "接收柳河镇第1号报送包"
    for kind in CARRIED_TYPES:
        sent = {each.id: each for each in township.find(kind)}
        taken = {each.id: each for each in county_desk.find(kind, office=township.office_id)}
        if kind is Person:
            sent = {key: with_values(each, {"identity": ""}) for key, each in sent.items()}
        assert taken == sent
    photo = township.find(Attachment)[0].sha256
    assert county_desk.contents.read(photo) == township.contents.read(photo)
    assert check.faults(county_desk.database) == []


def test_the_reception_is_noted(county_desk: Desk, township: Desk, packet: MadePacket) -> None:
    result = received(county_desk, packet.path)
    [noted] = county_desk.find(Packet)
    assert noted == result.packet
    assert (noted.direction, noted.number, noted.year) == (RECEIVED, 1, 2026)
    assert (noted.sender, noted.office) == (township.office_id, county_desk.office_id)
    assert (noted.sha256, noted.file_name) == (packet.sha256, packet.path.name)
    assert noted.contents.startswith("新增")


def test_the_countys_clock_does_not_fall_behind(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    township.now = factory.Clock(datetime(2031, 1, 1, 9, 0))
    factory.person(township, "来自未来")
    packet = made(township, stick)
    received(county_desk, packet.path)
    stamp = read_packet(packet.path).manifest.stamp
    factory.person(county_desk, "县里的人")
    assert county_desk.log.last_stamp() > stamp


def test_the_preview_tells_what_would_happen(county_desk: Desk, packet: MadePacket) -> None:
    told = describe(plan_reception(county_desk, read_packet(packet.path)))
    assert told.title == "柳河镇2026年第1号报送包"
    assert told.is_first
    assert not told.is_known
    assert told.notices == ("首次接收柳河镇的报送包。",)
    assert told.summary.startswith("新增")
    by_title = {each.title: each for each in told.types}
    assert [caption for _, caption in by_title["协商会"].new] == ["桥口村停车难专题协商会"]
    assert [caption for _, caption in by_title["出席"].new] == ["陆䶮"]
    assert by_title["协商会"].changed == ()
    assert county_desk.find(Meeting) == []


def test_the_preview_lists_each_changed_field_in_the_clerks_words(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    received(county_desk, made(township, stick).path)
    meeting = township.find(Meeting)[0]
    host = factory.person(township, "周㛃")
    who = township.find(Person, name="陆䶮")[0]
    township.save(dataclasses.replace(meeting, place="村委会", host=host.id))
    township.save(dataclasses.replace(who, phone="13905610002"))
    gone = factory.topic(township, "不议了")
    township.remove(gone)
    plan = plan_reception(county_desk, read_packet(made(township, stick).path))
    told = describe(plan)
    by_title = {each.title: each for each in told.types}
    [changed] = by_title["协商会"].changed
    assert changed.caption == "桥口村停车难专题协商会"
    assert {(each.label, each.old, each.new) for each in changed.fields} == {
        ("地点", "镇政府三楼会议室", "村委会"),
        ("主持人", "", "周㛃"),
    }
    [masked] = by_title["人员"].changed[0].fields
    assert (masked.label, masked.old, masked.new) == ("手机", "138****0001", "139****0002")
    assert told.summary == "新增1条、修改2条"
    assert by_title["议题"].unchanged == 1


def test_one_who_was_removed_before_the_first_packet_is_still_named_in_old_meetings(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    gone = township.find(Person, name="陆䶮")[0]
    township.remove(gone)
    content = read_packet(made(township, stick).path)
    told = describe(plan_reception(county_desk, content))
    by_table = {each.table: each for each in told.types}
    assert [caption for _, caption in by_table[Attendance.table].new] == ["陆䶮"]
    assert by_table[Person.table].new == ()
    apply_plan(county_desk, plan_reception(county_desk, content))
    known = county_desk.get(Person, gone.id)
    assert known is not None
    assert (known.name, known.phone, bool(known.removed_at)) == ("陆䶮", "", True)
    assert county_desk.find(Person) == []
    assert check.faults(county_desk.database) == []


# -- again, older, other -------------------------------------------------------------------


def test_the_same_packet_again_changes_nothing_and_says_so(
    county_desk: Desk, township: Desk, packet: MadePacket
) -> None:
    received(county_desk, packet.path)
    before, deeds = held(county_desk, township.office_id), len(county_desk.log.deeds())
    told = describe(plan_reception(county_desk, read_packet(packet.path)))
    assert told.is_known
    assert any("已经接收过" in each for each in told.notices)
    result = received(county_desk, packet.path)
    assert result.packet is None
    assert "没有改动任何资料" in result.summary
    assert held(county_desk, township.office_id) == before
    assert len(county_desk.log.deeds()) == deeds
    assert len(county_desk.find(Packet)) == 1


def test_another_packet_without_news_is_noted_all_the_same(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    received(county_desk, made(township, stick).path)
    result = received(county_desk, made(township, stick).path)
    assert result.changes == 0
    assert result.packet is not None
    assert result.packet.contents == "没有新的内容，资料不会改动"


def test_an_older_packet_rolls_nothing_back_and_says_so(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    old = made(township, stick)
    meeting = township.find(Meeting)[0]
    township.save(dataclasses.replace(meeting, place="村委会"))
    received(county_desk, made(township, stick).path)
    told = describe(plan_reception(county_desk, read_packet(old.path)))
    assert any("较早的报送包" in each and "第2号" in each for each in told.notices)
    assert "有1处本机的更新" in told.summary
    result = received(county_desk, old.path)
    assert "有1处本机的更新" in result.summary
    assert county_desk.find(Meeting)[0].place == "村委会"


def test_a_removal_stays_whatever_older_packet_comes_after_it(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    gone = factory.topic(township, "不议了", proposed_on=date(2026, 2, 2))
    with_it = made(township, stick)
    township.remove(gone)
    received(county_desk, made(township, stick).path)
    assert county_desk.get(type(gone), gone.id) is not None
    received(county_desk, with_it.path)
    found = county_desk.get(type(gone), gone.id)
    assert found is not None
    assert found.removed_at
    assert found.name == "不议了"


def test_a_file_that_was_removed_before_it_was_sent_is_no_fault_at_the_county(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    township.remove(township.find(Attachment)[0])
    received(county_desk, made(township, stick).path)
    assert check.faults(county_desk.database) == []


def test_a_removed_record_goes_and_comes_back_with_the_townships_undo(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    topic = factory.topic(township, "先删后恢复", proposed_on=date(2026, 2, 2))
    received(county_desk, made(township, stick).path)
    township.remove(topic)
    told = describe(plan_reception(county_desk, read_packet(made(township, stick).path)))
    assert [r.removed for r in told.types if r.removed] == [((topic.id, "先删后恢复"),)]
    received(county_desk, stick / told_name(stick, 2))
    assert topic.id not in {each.id for each in county_desk.find(type(topic))}
    township.undo()
    township.undo()
    received(county_desk, made(township, stick).path)
    assert topic.id in {each.id for each in county_desk.find(type(topic))}


def told_name(stick: Path, number: int) -> str:
    return next(each.name for each in stick.iterdir() if f"第{number}号" in each.name)


def test_identity_numbers_sent_later_are_taken_and_never_lost_again(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    received(county_desk, made(township, stick).path)
    assert county_desk.find(Person)[0].identity == ""
    received(county_desk, made(township, stick, IDENTITY).path)
    assert county_desk.find(Person)[0].identity == "11010519491231002X"
    received(county_desk, made(township, stick).path)
    assert county_desk.find(Person)[0].identity == "11010519491231002X"


def test_minutes_that_became_a_draft_again_go_and_come_back_final(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    meeting = township.find(Meeting)[0]
    draft = factory.minutes(township, meeting)
    final = {"status": FINAL, "year": 2026, "number": 2, "version": 1}
    township.save(with_values(draft, final))
    first = made(township, stick)
    received(county_desk, first.path)
    assert len(county_desk.find(Minutes)) == 2
    township.undo()
    township.undo()
    other = factory.minutes(township, meeting, heading="另一份")
    township.save(with_values(other, final))
    received(county_desk, made(township, stick).path)
    assert {each.heading for each in county_desk.find(Minutes, number=2)} == {"另一份"}
    township.save(with_values(draft, final | {"number": 3}))
    received(county_desk, made(township, stick).path)
    received(county_desk, first.path)
    assert {each.number for each in county_desk.find(Minutes)} == {1, 2, 3}
    assert check.faults(county_desk.database) == []


def test_two_minutes_that_changed_places_are_taken_in_and_taken_back(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    meeting = township.find(Meeting)[0]
    one = township.find(Minutes)[0]
    two = factory.minutes(township, meeting, heading="第二份")
    two = township.save(
        with_values(two, {"status": FINAL, "year": 2026, "number": 2, "version": 1})
    )
    received(county_desk, made(township, stick).path)
    parts = Tampered.of(made(township, stick).path)
    lines = parts.lines
    stamp = max(each for line in lines for each in line["stamps"].values())
    for line in lines:
        if line["id"] in {one.id, two.id}:
            line["columns"]["number"] = 3 - line["columns"]["number"]
            line["stamps"]["number"] = stamp + "z"
    swapped = parts.set_lines(lines).write(stick / "对调.zip")
    before = held(county_desk, township.office_id)
    received(county_desk, swapped)
    numbers = {each.id: each.number for each in county_desk.find(Minutes)}
    assert numbers == {one.id: 2, two.id: 1}
    after = held(county_desk, township.office_id)
    county_desk.undo()
    assert held(county_desk, township.office_id) == before
    county_desk.redo()
    assert held(county_desk, township.office_id) == after
    assert check.faults(county_desk.database) == []


def test_two_minutes_with_one_number_are_refused(
    county_desk: Desk, township: Desk, packet: MadePacket, stick: Path
) -> None:
    parts = Tampered.of(packet.path)
    second = next(each for each in parts.lines if each["table"] == "minutes")
    second["id"] = "3b241101-e2bb-4255-8caf-4136c566a962"
    path = parts.set_lines([*parts.lines, second]).write(stick / "重号.zip")
    with pytest.raises(errors.ClashingRecord, match="〔2026〕1号"):
        plan_reception(county_desk, read_packet(path))


def test_two_townships_do_not_touch_each_other(
    county_desk: Desk, township: Desk, second_township: Desk, stick: Path
) -> None:
    factory.meeting(second_township, "青龙镇的会")
    received(county_desk, made(township, stick).path)
    mine = held(county_desk, township.office_id)
    received(county_desk, made(second_township, stick).path)
    assert held(county_desk, township.office_id) == mine
    assert len(county_desk.find(Office)) == 3


def test_a_namesake_is_warned_of(
    county_desk: Desk, township: Desk, second_township: Desk, stick: Path
) -> None:
    office = second_township.office
    assert office is not None
    second_township.save(dataclasses.replace(office, township="柳河镇"))
    received(county_desk, made(township, stick).path)
    told = describe(plan_reception(county_desk, read_packet(made(second_township, stick).path)))
    assert any("已有另一个“柳河镇”" in each for each in told.notices)
    assert told.is_first


def test_another_packet_of_the_same_number_is_warned_of(
    county_desk: Desk, township: Desk, packet: MadePacket, stick: Path
) -> None:
    received(county_desk, packet.path)
    other = Tampered.of(packet.path).change("meeting", place="别处").write(stick / "又一个.zip")
    told = describe(plan_reception(county_desk, read_packet(other)))
    assert any("另一个第1号报送包" in each for each in told.notices)


# -- refused -------------------------------------------------------------------------------


def test_a_townships_desk_takes_no_packets_in(
    second_township: Desk, township: Desk, packet: MadePacket
) -> None:
    content = read_packet(packet.path)
    for desk in (second_township, township):
        with pytest.raises(errors.NotACountyDesk, match="只有县级"):
            plan_reception(desk, content)


def test_a_desk_that_is_not_set_up_takes_none_in(packet: MadePacket, tmp_path: Path) -> None:
    database = Database.open(tmp_path / "新.db")
    try:
        with pytest.raises(errors.NotACountyDesk):
            plan_reception(Desk(database), read_packet(packet.path))
    finally:
        database.close()


def test_ones_own_packet_is_refused(county_desk: Desk, stick: Path) -> None:
    packet = made(county_desk, stick)
    with pytest.raises(errors.OwnPacket, match="本室自己做的"):
        plan_reception(county_desk, read_packet(packet.path))


@pytest.mark.parametrize("place", ["own", "other table"])
def test_an_id_that_is_anothers_here_is_refused(
    county_desk: Desk, packet: MadePacket, stick: Path, place: str
) -> None:
    own = factory.person(county_desk, "县里的人")
    parts = Tampered.of(packet.path)
    lines = parts.lines
    table = "person" if place == "own" else "agency"
    line = next(each for each in lines if each["table"] == table)
    text = parts.entries["数据/records.jsonl"].replace(line["id"].encode(), own.id.encode())
    parts.entries["数据/records.jsonl"] = text
    with pytest.raises(errors.ClashingRecord, match="其他单位"):
        plan_reception(county_desk, read_packet(parts.write(stick / "冒名.zip")))
    assert county_desk.find(Person) == [own]


# -- undoing -------------------------------------------------------------------------------


def test_one_undo_takes_a_whole_reception_back(
    county_desk: Desk, township: Desk, packet: MadePacket
) -> None:
    received(county_desk, packet.path)
    county_desk.undo()
    for kind in RECORD_TYPES:
        found = county_desk.find(kind)
        assert [each for each in found if each.office != county_desk.office_id] == []
    assert county_desk.find(Packet) == []
    assert check.faults(county_desk.database) == []


def test_what_was_undone_can_be_taken_in_again(
    county_desk: Desk, township: Desk, packet: MadePacket
) -> None:
    received(county_desk, packet.path)
    taken = held(county_desk, township.office_id)
    county_desk.undo()
    told = describe(plan_reception(county_desk, read_packet(packet.path)))
    assert told.is_first
    assert told.summary.startswith("新增")
    received(county_desk, packet.path)
    assert held(county_desk, township.office_id) == taken
    assert len(county_desk.find(Packet)) == 1
    assert check.faults(county_desk.database) == []


def test_an_update_that_was_undone_can_be_taken_in_again_and_nothing_older_slips_in(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    meeting = township.find(Meeting)[0]
    paths = []
    for place in ("甲处", "乙处", "丙处"):
        township.save(dataclasses.replace(meeting, place=place))
        paths.append(made(township, stick).path)
    first, second, third = paths
    received(county_desk, second)
    before = held(county_desk, township.office_id)
    received(county_desk, third)
    county_desk.undo()
    assert held(county_desk, township.office_id) == before
    received(county_desk, first)
    assert county_desk.find(Meeting)[0].place == "乙处"
    received(county_desk, third)
    assert county_desk.find(Meeting)[0].place == "丙处"


def test_undo_and_redo_leave_what_the_reception_left(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    gone = factory.topic(township, "不议了")
    received(county_desk, made(township, stick).path)
    township.save(dataclasses.replace(township.find(Meeting)[0], place="村委会"))
    township.remove(gone)
    never_seen = factory.topic(township, "没见过的")
    township.remove(never_seen)
    received(county_desk, made(township, stick).path)
    taken = held(county_desk, township.office_id)
    for _ in range(2):
        county_desk.undo()
        county_desk.redo()
        assert held(county_desk, township.office_id) == taken
    assert check.faults(county_desk.database) == []


def test_an_undone_identity_number_does_not_come_back_by_another_packet(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    received(county_desk, made(township, stick, IDENTITY).path)
    county_desk.undo()
    received(county_desk, made(township, stick).path)
    assert county_desk.find(Person)[0].identity == ""


def test_what_the_county_did_itself_is_undone_as_ever(county_desk: Desk) -> None:
    who = factory.person(county_desk, "县里的人")
    saved = county_desk.stamps("person", [who.id])[who.id]
    county_desk.undo()
    county_desk.redo()
    assert county_desk.find(Person) == [who]
    assert county_desk.stamps("person", [who.id])[who.id]["removed_at"] > saved["*"]


# -- on the way ----------------------------------------------------------------------------


def test_a_plan_made_before_another_reception_is_made_anew(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    old = made(township, stick)
    township.save(dataclasses.replace(township.find(Meeting)[0], place="村委会"))
    new = made(township, stick)
    plan = plan_reception(county_desk, read_packet(old.path))
    received(county_desk, new.path)
    apply_plan(county_desk, plan)
    assert county_desk.find(Meeting)[0].place == "村委会"


@pytest.mark.parametrize("step", ["附件", "资料"])
def test_cancelling_takes_nothing_in(county_desk: Desk, packet: MadePacket, step: str) -> None:
    def cancel(done: int, total: int, what: str) -> None:
        if step in what:
            raise Cancelled

    plan = plan_reception(county_desk, read_packet(packet.path))
    with pytest.raises(Cancelled):
        apply_plan(county_desk, plan, cancel)
    assert county_desk.find(Meeting) == []
    assert county_desk.find(Packet) == []


def test_a_stick_pulled_out_after_the_preview_is_told(
    county_desk: Desk, packet: MadePacket
) -> None:
    plan = plan_reception(county_desk, read_packet(packet.path))
    packet.path.unlink()
    with pytest.raises(errors.PacketUnreadable):
        apply_plan(county_desk, plan)
    assert county_desk.find(Meeting) == []


def test_a_file_exchanged_after_the_preview_is_not_believed(
    county_desk: Desk, packet: MadePacket
) -> None:
    plan = plan_reception(county_desk, read_packet(packet.path))
    parts = Tampered.of(packet.path)
    photo = next(name for name in parts.entries if name.startswith("附件/"))
    parts.entries[photo] = b"another photo"
    for tamper in (lambda: parts.write(packet.path), lambda: _without(packet.path)):
        tamper()
        with pytest.raises(errors.DamagedPacket):
            apply_plan(county_desk, plan)
    packet.path.write_bytes(b"no archive")
    with pytest.raises(errors.DamagedPacket):
        apply_plan(county_desk, plan)
    assert county_desk.find(Meeting) == []


def _without(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"x")


def test_a_packet_without_photos_needs_the_stick_no_more_after_the_preview(
    county_desk: Desk, second_township: Desk, stick: Path
) -> None:
    path = made(second_township, stick).path
    plan = plan_reception(county_desk, read_packet(path))
    path.unlink()
    assert apply_plan(county_desk, plan).changes == 1


def test_it_may_all_happen_on_a_worker_thread(
    county_desk: Desk, township: Desk, stick: Path
) -> None:
    failed: list[BaseException] = []
    told: list[str] = []
    county_desk.on_change(lambda change: told.append(change.title))

    def work() -> None:
        try:
            received(county_desk, made(township, stick).path)
        except BaseException as error:  # told to the test
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert failed == []
    assert told == ["接收柳河镇第1号报送包"]
    assert len(county_desk.find(Attendance)) == 1


def test_the_order_of_arrival_does_not_matter_at_real_desks(
    township: Desk, stick: Path, tmp_path: Path
) -> None:
    meeting = township.find(Meeting)[0]
    paths = [made(township, stick, IDENTITY).path]
    township.save(dataclasses.replace(meeting, place="村委会"))
    paths.append(made(township, stick).path)
    township.remove(township.find(Attachment)[0])
    factory.person(township, "周㛃")
    order = PacketOrder(date(2026, 1, 1), date(2026, 1, 31))
    paths.append(made(township, stick, order).path)
    township.undo()
    paths.append(made(township, stick).path)
    outcomes = []
    for number, permutation in enumerate([(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1, 0, 2)]):
        database = Database.open(tmp_path / f"{number}.db")
        county = Desk(database, now=factory.Clock())
        county.set_up(factory.county_office())
        for place in permutation:
            received(county, paths[place])
        outcomes.append(held(county, township.office_id))
        assert check.faults(database) == []
        database.close()
    assert outcomes[0] == outcomes[1] == outcomes[2]
