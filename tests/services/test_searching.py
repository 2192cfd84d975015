"""Search everything: what is found is shown with its words, grouped, and leads to its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.meeting import Meeting, Statement
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.record_changes import change_between
from liaison_desk.services.searching import (
    FEW,
    MANY,
    Piece,
    marked,
    pages_called,
    search_everything,
)
from tests import factory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.searching import Found, Results

TITLES = ("首页", "委员", "协商会", "报送与接收", "村（社区）", "回收站", "设置")
TABLES = ("topic", "meeting", "matter", "person")


def told(pieces: Sequence[Piece]) -> str:
    """A line with its hits in brackets."""
    return "".join(f"[{each.text}]" if each.is_hit else each.text for each in pieces).strip()


def groups(results: Results) -> dict[str, int]:
    return {each.record_type.title: each.count for each in results.groups}


def only(results: Results) -> Found:
    [group] = results.groups
    [found] = group.found
    return found


def test_what_holds_every_word_is_counted_by_type_in_the_order_of_the_pages(desk: Desk) -> None:
    factory.topic(desk, "停车难", reason="5号楼下停不下")
    factory.topic(desk, "5号楼漏水")
    held = factory.meeting(desk, "停车难协商会")
    who = factory.person(desk, "李明", note="住5号楼，反映停车难")
    desk.save(Statement(meeting=held.id, person=who.id, point="停车位少"))
    assert groups(search_everything(desk, "停车", tables=TABLES)) == {
        "议题": 1,
        "协商会": 1,
        "人员": 1,
        "发言": 1,
    }
    assert groups(search_everything(desk, "停车 5号楼")) == {"人员": 1, "议题": 1}
    assert next(iter(groups(search_everything(desk, "停车", tables=("person",))))) == "人员"
    assert search_everything(desk, " 　 ").groups == ()
    assert search_everything(desk, "查无此事").groups == ()


def test_the_words_are_marked_in_the_name_or_shown_in_the_field_that_holds_them(
    desk: Desk,
) -> None:
    factory.topic(desk, "停车难", reason="路窄车多。" * 20 + "其中5号楼下停不下，群众意见大。")
    found = only(search_everything(desk, "停车 5号楼"))
    assert told(found.caption) == "[停车]难"
    assert told(found.context).startswith("选题案由：…。路窄车多。其中[5号楼]下停不下")
    assert len("".join(each.text for each in found.context)) < 60


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13812345678", "手机：[13812345678]"),
        ("2345", "手机：****[2345]***"),
        ("138", "手机：[138]********"),
        ("李明", "男　138****5678"),
    ],
)
def test_of_a_number_no_more_is_shown_than_was_typed(desk: Desk, typed: str, shown: str) -> None:
    factory.person(desk, "李明", gender="男", phone="13812345678")
    assert told(only(search_everything(desk, typed)).context) == shown


def test_a_number_that_was_not_typed_stays_masked(desk: Desk) -> None:
    factory.person(desk, "李明", phone="13812345678", identity="11010519491231002X")
    assert told(only(search_everything(desk, "李明")).context) == "138****5678"
    assert told(only(search_everything(desk, "lm")).context) == "138****5678"


def test_days_are_found_and_shown_as_typed(desk: Desk) -> None:
    factory.meeting(desk, "协商会")
    assert told(only(search_everything(desk, "3月6日")).context) == (
        "日期时间：2026-03-06 09:00 2026年[3月6日]"
    )


def test_who_is_called_so_comes_before_who_is_only_mentioned(desk: Desk) -> None:
    first = factory.person(desk, "李明")
    for number in range(FEW + 3):
        factory.person(desk, f"王{number}", note="与李明同村")
    [group] = search_everything(desk, "李明").groups
    assert group.count == FEW + 4
    assert [told(each.caption) for each in group.found] == ["[李明]", "王7", "王6", "王5", "王4"]
    assert group.found[0].record == first
    [more] = search_everything(desk, "李明", wanted=Person).groups
    assert len(more.found) == FEW + 4 <= MANY


def test_a_part_says_what_it_belongs_to(desk: Desk) -> None:
    held = factory.meeting(desk, "桥口村协商会")
    who = factory.person(desk, "李明")
    desk.save(Statement(meeting=held.id, person=who.id, point="建议划停车位"))
    said = only(search_everything(desk, "停车位"))
    assert told(said.caption) == "建议划[停车位]"
    assert told(said.context).startswith("桥口村协商会　李明")


def test_a_file_is_found_by_its_name_and_note(desk: Desk) -> None:
    held = factory.meeting(desk, "桥口村协商会")
    for name, note in (("签到表.jpg", ""), ("2.jpg", "现场照片")):
        kept = Attachment(owner_table="meeting", owner=held.id, sha256="e3", size=4)
        desk.save(with_values(kept, {"name": name, "note": note}))
    for words in ("签到", "现场照片"):
        found = only(search_everything(desk, words))
        assert "桥口村协商会" in told(found.context)


def test_what_is_in_the_bin_is_not_found_until_it_is_back(desk: Desk) -> None:
    topic = factory.topic(desk, "停车难")
    desk.remove(topic)
    assert search_everything(desk, "停车").groups == ()
    desk.undo()
    assert groups(search_everything(desk, "停车")) == {"议题": 1}


def test_a_county_sees_whose_a_record_is(county_desk: Desk) -> None:
    township = county_desk.save(factory.office(id="柳河"))
    topic = Topic(id="t", office=township.id, name="停车难")
    change = change_between(None, topic)
    assert change is not None
    with county_desk.deed("接收"):
        county_desk.write([change])
    assert told(only(search_everything(county_desk, "停车")).context).startswith("柳河镇政协联络组")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("回收", ("回收站",)),
        ("hsz", ("回收站",)),
        ("huishou", ("回收站",)),
        ("HSZ", ("回收站",)),
        ("报送 接收", ()),
        ("bsyjs", ("报送与接收",)),
        ("社区", ("村（社区）",)),
        ("s", ()),
        ("会", ("协商会",)),
    ],
)
def test_pages_are_offered_by_name_and_by_sound(typed: str, found: tuple[str, ...]) -> None:
    assert pages_called(typed, TITLES) == found


def test_marks_stand_on_what_was_meant_whatever_its_width() -> None:
    assert told(marked("住Ｂ７座㎡", ["b7", "m"])) == "住[Ｂ７]座[㎡]"
    assert told(marked("停停停", ["停停"])) == "[停停停]"
    assert marked("", ["停"]) == ()


def test_people_come_first_when_letters_are_typed(desk: Desk) -> None:
    factory.meeting(desk, "SL水库协商会")
    factory.member(desk, "单丽")

    def first(words: str) -> type[Record]:
        return search_everything(desk, words, tables=TABLES).groups[0].record_type

    assert first("sl") is first("SHANLI") is Person
    assert first("SL水库") is first("协商会") is Meeting


def test_who_is_called_as_typed_comes_before_what_only_mentions_them(desk: Desk) -> None:
    factory.topic(desk, "停车难", proposer="陆䶮")
    factory.member(desk, "陆䶮")
    found = [each.record_type for each in search_everything(desk, "陆", tables=TABLES).groups]
    assert set(found[:2]) == {Person, Membership}
    assert Topic in found[2:]
    factory.person(desk, "李明", note="反映停车难")
    first = search_everything(desk, "停车", tables=TABLES).groups[0]
    assert first.record_type is Topic
