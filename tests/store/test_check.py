"""The check of a data file: it finds each kind of damage, and none in a good file."""

from __future__ import annotations

import json
import re
import sqlite3
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.conversions import convert, keep_converted
from liaison_desk.store.check import WELL, Findings, faults, look_over
from liaison_desk.store.queries import ListQuery
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk on which some of everything has happened."""
    held = factory.meeting(desk)
    who = factory.person(desk, "陆䶮", note="停车难")
    factory.attendance(desk, held, who)
    factory.attendance(desk, held, factory.person(desk, "周㛃"))
    factory.consensus(desk, held)
    factory.minutes(desk, held)
    visitor = factory.visitor(desk, factory.activity(desk))
    topic = convert(desk, visitor, Topic)
    keep_converted(desk, visitor, lambda: desk.save(topic))
    with desk.deed("添加附件"):
        sha256 = desk.contents.add(b"scan")
        desk.save(
            Attachment(owner_table="meeting", owner=held.id, name="签到.jpg", sha256=sha256, size=4)
        )
    desk.save(with_values(who, {"note": "停车更难"}))
    desk.remove(factory.person(desk, "周㛃"))
    factory.person(desk, "王𬭚")
    desk.undo()
    desk.redo()
    desk.undo()
    return desk


def test_a_good_file_has_no_faults_and_is_the_same_afterwards(full: Desk) -> None:
    assert faults(full.database) == []
    assert faults(full.database) == []
    with full.database.transaction():
        assert faults(full.database) == []
    factory.person(full, "李四")
    assert faults(full.database) == []


DAMAGE = [
    ("UPDATE person SET phone = '110' WHERE name = '陆䶮'", "人员“陆䶮”与改动记录不一致"),
    ("UPDATE person SET stamps = stamps, removed_at = 'x' WHERE name = '陆䶮'", "与改动记录不一致"),
    ("DELETE FROM attendance", "改动记录里的出席“陆䶮”不见了"),
    ("DELETE FROM change WHERE record_table = 'meeting'", "与改动记录不一致"),
    (
        "UPDATE attachment_content SET bytes = x'00'",
        "附件“签到.jpg”的内容与校验码不符，它属于协商会“桥口村",
    ),
    ("DELETE FROM attachment_content", "附件“签到.jpg”的内容不见了，它属于协商会“桥口村"),
    (
        "UPDATE attachment SET owner = 'x', sha256 = 'y'",
        "附件“签到.jpg”的内容不见了，它所属的资料也不见了",
    ),
    ("UPDATE attendance SET person = 'nobody'", "有2条出席指向不存在的人员"),
    ("UPDATE search_text SET body = '别的' WHERE head LIKE '陆䶮%'", "与查找索引不一致"),
    ("DELETE FROM search_text WHERE head LIKE '陆䶮%'", "人员“陆䶮”与查找索引不一致"),
    ("INSERT INTO search_index (rowid, body) VALUES (9999, '停')", "查找索引有"),
    ("INSERT INTO search_index (search_index) VALUES ('delete-all')", "查找索引有0条"),
    ("UPDATE change SET after = '{' WHERE record_table = 'person'", "有的内容读不出来"),
    (
        "INSERT INTO search_record (record) VALUES ('x')",
        "查找索引有一条没有资料的",
    ),
    ("UPDATE attendance SET presence = '缺席'", "出席“陆䶮”与改动记录不一致"),
    ("UPDATE conversion SET into_topic = 'nothing'", "有1条转办关系指向不存在的议题"),
    ("UPDATE conversion SET into_topic = NULL", "转办关系“2026-03-09”与改动记录不一致"),
    ("UPDATE minutes SET number = 7", "纪要“关于桥口村停车难问题的协商纪要”与改动记录不一致"),
    ("DELETE FROM meeting", "有2条出席指向不存在的协商会"),
    ("DELETE FROM deed WHERE number = 3", "改动记录指向不存在的操作记录"),
    ("UPDATE person SET stamps = '{' WHERE name = '陆䶮'", "有的内容读不出来"),
    ("UPDATE person SET stamps = '{}' WHERE name = '陆䶮'", "人员“陆䶮”与改动记录不一致"),
    ("UPDATE setting SET value = 'x' WHERE name = 'office'", "找不到本室的登记"),
    ("DELETE FROM setting WHERE name = 'desk'", "找不到本室的登记"),
    ("UPDATE office SET removed_at = 'x'", "找不到本室的登记"),
    ("DROP TABLE survey_participant", "少了一部分，可能被别的程序改过"),
    ("DROP TABLE search_index", "少了一部分，可能被别的程序改过"),
]


@pytest.mark.parametrize(("statement", "fault"), DAMAGE)
def test_damage_is_found_and_named(full: Desk, statement: str, fault: str) -> None:
    connection = full.database.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    found = faults(full.database)
    assert any(fault in each for each in found), found
    assert not re.search(r"[0-9a-f]{8}-|\b(change|deed|search_|None)", "".join(found)), found


def test_the_clerk_is_told_what_to_do_about_faults_and_not_of_more_than_she_can_read() -> None:
    found = Findings(tuple(f"人员“人{number}”与改动记录不一致" for number in range(30)))
    assert found.told[-2] == "还有10处这样的问题"
    assert "请从出问题以前最近的一份备份打开" in found.told[-1]
    assert Findings(()).told == (WELL,)


def test_a_number_of_minutes_cannot_even_be_written_twice(full: Desk) -> None:
    [one] = full.find(Minutes)
    values = {"id": "", "status": FINAL, "year": 2026, "number": 1, "version": 1}
    full.save(with_values(one, values))
    with pytest.raises(sqlite3.IntegrityError):
        full.database.connection.execute(
            "UPDATE minutes SET year = 2026, number = 1, version = 1 WHERE status <> ?", (FINAL,)
        )


def test_attachments_are_looked_at_one_at_a_time(full: Desk) -> None:
    owner = full.find(Attachment)[0]
    with full.deed("加附件"):
        for number in range(8):
            sha256 = full.contents.add(bytes([number]) * (4 << 20))
            values = {"id": "", "name": f"{number}.jpg", "sha256": sha256, "size": 4 << 20}
            full.save(with_values(owner, values))
    tracemalloc.start()
    try:
        assert faults(full.database) == []
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert highest < 16 << 20


def test_a_character_missing_from_the_index_is_found(full: Desk) -> None:
    rows = full.database.read("SELECT number FROM search_text WHERE body LIKE '%停车%'")
    full.database.connection.execute(
        "INSERT INTO search_index (search_index, rowid, body) VALUES ('delete', ?, '停')",
        (rows[0]["number"],),
    )
    assert "查找索引有1个字与资料不一致" in faults(full.database)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE search_text SET body = '别的' WHERE head LIKE '陆䶮%'",
        "DELETE FROM search_record WHERE number % 2",
        "INSERT INTO search_record (record) VALUES ('x')",
        "INSERT INTO search_index (rowid, body) VALUES (9999, '停')",
        "INSERT INTO search_index (search_index) VALUES ('delete-all')",
        "UPDATE search_record SET number = number + 1000",
    ],
)
def test_an_index_that_differs_is_made_anew_without_a_deed(full: Desk, statement: str) -> None:
    deeds = full.log.last_stamp()
    full.database.connection.execute(statement)
    assert faults(full.database)
    found = look_over(full.database)
    assert found.faults == ()
    assert "查找索引" in found.mended[0]
    assert found.mended[-1] == "查找索引已按资料重新编好，现在都找得到了。资料本身没有改动。"
    assert faults(full.database) == []
    assert look_over(full.database) == Findings(())
    [who] = full.list_ids(Person, ListQuery("停车更难"))
    assert full.caption("person", who) == "陆䶮"
    assert full.log.last_stamp() == deeds


def test_what_is_wrong_beside_the_index_is_still_told(full: Desk) -> None:
    full.database.connection.execute("UPDATE person SET phone = '110' WHERE name = '陆䶮'")
    found = look_over(full.database)
    assert found.faults == ("人员“陆䶮”与改动记录不一致",)
    assert "人员“陆䶮”与查找索引不一致" in found.mended


def test_what_cannot_be_read_is_told_and_the_index_left_alone(full: Desk) -> None:
    connection = full.database.connection
    connection.execute("UPDATE search_text SET body = '别的'")
    connection.execute("UPDATE meeting SET held_at = '不是日期'")
    found = look_over(full.database)
    assert found.mended == ()
    assert "文件内部有损坏：有的内容读不出来" in found.faults


def test_of_many_faults_of_the_index_a_few_are_named(full: Desk) -> None:
    for number in range(9):
        factory.person(full, f"王{number}")
    full.database.connection.execute("UPDATE search_text SET body = '别的'")
    found = look_over(full.database)
    assert len(found.mended) == 7
    assert "还有" in found.mended[-2]


def test_a_column_that_came_with_an_upgrade_is_no_fault_while_it_is_empty(full: Desk) -> None:
    """What was logged before it knows nothing of it."""
    for row in full.database.read("SELECT rowid, after FROM change WHERE record_table = 'person'"):
        after = json.loads(row["after"])
        after.pop("party", None)
        full.database.connection.execute(
            "UPDATE change SET after = ? WHERE rowid = ?", (json.dumps(after), row["rowid"])
        )
    assert faults(full.database) == []
    full.database.connection.execute("UPDATE person SET party = '群众' WHERE name = '陆䶮'")
    assert "人员“陆䶮”与改动记录不一致" in faults(full.database)


def test_damage_inside_the_file_is_found(full: Desk) -> None:
    connection = full.database.connection
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE deed SET kind = 'dream' WHERE number = 2")
    connection.execute("PRAGMA ignore_check_constraints = OFF")
    assert any("文件内部有损坏" in each for each in faults(full.database))
