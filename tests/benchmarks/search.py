"""Finding people among 100,000, and anything at all, against LIKE over the same columns."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from uuid import UUID

from liaison_desk.domain.fields import Day, Flag, Link, Moment, Number
from liaison_desk.domain.office import Office
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.services.desk import Desk
from liaison_desk.services.record_changes import change_between
from liaison_desk.services.searching import search_everything
from liaison_desk.store.database import Database
from liaison_desk.store.queries import ListQuery, Queries
from liaison_desk.store.repository import quoted
from tests import factory
from tests.benchmarks.ratio import Ratio, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from liaison_desk.domain.record import Record

PEOPLE, FEW_PEOPLE = 100_000, 200
WORDS = {
    "one common character": "王",
    "one rare character": "䶮",
    "two characters": "张伟",
    "three characters": "桥口村",
    "four characters": "高级农艺",
    "Chinese and Latin": "桥口村B7",
    "two words": "桥口村 医生",
    "digits": "13856012",
    "two digits": "56",
    "Latin": "B7",
    "nothing found": "查无此人",
    "no digits found": "99999999",
}
"""What is typed, by what it is an example of."""
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志"
_VILLAGES = ("桥口村", "柳河村", "大王庄村", "石桥社区", "东岗村", "南湖社区", "河湾村", "北关村")
_POSTS = (
    "村民委员会主任",
    "高级农艺师",
    "乡村医生",
    "小学教师",
    "合作社理事长",
    "网格员",
    "个体户",
)


EVERYTHING = {
    "one common character": "王",
    "one rare character": "䶮",
    "two characters": "停车",
    "two words": "桥口村 停车",
    "digits": "13856012",
    "two digits": "56",
    "nothing found": "查无此人",
}
"""What is typed into the box over everything."""
_TOPICS = ("停车难", "路灯不亮", "下水道堵塞", "广场舞扰民", "充电桩少", "快递进村")


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Look for each of the words in a new data file in `folder`."""
    count, repeats = (FEW_PEOPLE, 1) if is_tiny else (PEOPLE, 9)
    database = Database.open(folder / "people.db")
    try:
        desk = Desk(database, operator="李文书", now=factory.Clock())
        desk.set_up(factory.office())
        _fill(desk, people(count, desk.office_id))
        of_people = [
            _compare(database, f"search {count:,} people, {name}", word, repeats)
            for name, word in WORDS.items()
        ]
        _fill(desk, topics(count, desk.office_id))
        of_all = [
            _compare_everything(desk, f"search everything, {2 * count:,} records, {name}", word)
            for name, word in EVERYTHING.items()
        ]
        return (*of_people, *of_all)
    finally:
        database.close()


def _compare_everything(desk: Desk, name: str, words: str) -> Ratio:
    """What the box does, to the last snippet, against only finding the records by LIKE."""
    asked = [_like(words, record_type) for record_type in (Office, Person, Topic)]

    def ours() -> int:
        return sum(each.count for each in search_everything(desk, words).groups)

    def by_like() -> int:
        return sum(len(desk.database.read(sql, values)) for sql, values in asked)

    assert ours() == by_like(), words
    return compare(f"{name} “{words}” / LIKE", ours, by_like, 5)


def _compare(database: Database, name: str, words: str, repeats: int) -> Ratio:
    """One word; both answer in the order of names, and must find the same people."""
    queries = Queries(database)
    sql, values = _like(words, Person)

    def ours() -> list[str]:
        return queries.ids(Person, ListQuery(words))

    def by_like() -> list[str]:
        return [row["id"] for row in database.read(sql, values)]

    assert sorted(ours()) == sorted(by_like()), words
    return compare(f"{name} “{words}” / LIKE", ours, by_like, repeats)


def _like(words: str, record_type: type[Record]) -> tuple[str, list[str]]:
    """The plain way: every word somewhere in one of the columns."""
    unsearched = (Link, Day, Moment, Number, Flag)
    columns = [
        quoted(name)
        for name, kind in record_type.fields().items()
        if not isinstance(kind, unsearched)
    ]
    either = " OR ".join(f"{column} LIKE ?" for column in columns)
    tests = " AND ".join(f"({either})" for _ in words.split())
    values = [f"%{word}%" for word in words.split() for _ in columns]
    table = record_type.table
    sql = f"SELECT id FROM {table} WHERE removed_at = '' AND {tests} ORDER BY name, rowid"
    return sql, values


def _fill(desk: Desk, records: Iterable[Record]) -> None:
    """Put records into the file through the desk's own door, some thousands to a deed."""
    changes = [change_between(None, record) for record in records]
    for start in range(0, len(changes), 5000):
        with desk.deed("导入"):
            desk.write([each for each in changes[start : start + 5000] if each])


def topics(count: int, office: str) -> Iterator[Topic]:
    """Topics with some sentences in them; the same in every run."""
    chance = random.Random(20260310)
    for number in range(count):
        place, what = chance.choice(_VILLAGES), chance.choice(_TOPICS)
        yield Topic(
            id=str(UUID(int=chance.getrandbits(128), version=4)),
            office=office,
            name=f"{place}{what}问题（{number}）",
            proposer=chance.choice(_FAMILY) + chance.choice(_GIVEN),
            reason=f"{place}群众多次反映{what}，建议尽快协商解决，惠及{chance.randint(50, 900)}人",
            present_state=f"目前{chance.choice(_VILLAGES)}等地也有{chance.choice(_TOPICS)}的情况。",
        )


def people(count: int, office: str) -> Iterator[Person]:
    """People as a county has them; the same in every run."""
    chance = random.Random(20260309)
    for number in range(count):
        given = "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
        rare = "䶮" if number % 5000 == 7 else ""
        place = f"{chance.choice(_VILLAGES)}{chance.choice('ABC')}{chance.randint(1, 40)}组"
        yield Person(
            id=str(UUID(int=chance.getrandbits(128), version=4)),
            office=office,
            name=chance.choice(_FAMILY) + given + rare,
            gender=chance.choice("男女"),
            ethnicity="汉族",
            born=f"{chance.randint(1940, 2004)}.{chance.randint(1, 12):02}",
            party=chance.choice(("中共党员", "群众", "民盟盟员")),
            education=chance.choice(("初中", "高中", "大学本科")),
            post=f"{place}{chance.choice(_POSTS)}",
            phone=f"138{chance.randint(0, 99_999_999):08}",
        )
