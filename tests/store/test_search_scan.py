"""The index against a plain reading of every text: nothing missed, nothing false.

2,000 records of several types every time, 50,000 with --long; words of one to four characters,
common, rare, Latin, digits and signs, alone and together, most of them cut out of the texts.
"""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.fields import Day, Flag, Link, Moment, Month, PersonName
from liaison_desk.domain.matter import Matter, Progress
from liaison_desk.domain.meeting import Meeting, Statement
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.record_changes import change_between
from liaison_desk.store.pinyin import spellings
from liaison_desk.store.queries import ListQuery
from liaison_desk.store.search import Search, folded
from liaison_desk.store.search_mending import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

TYPES = (Village, Person, Topic, Meeting, Statement, Matter, Progress, Attachment)
_NAMES = (
    "单丽",
    "仇和",
    "解明",
    "张伟",
    "李明",
    "陆䶮",
    "周㛃",
    "王𬭚",
    "陈𫖯",
    "买买提·艾力",
    "Anna",
)
_TEXT = (
    "停车 停车难 桥口村 5号楼 B7座 A座 漏水 修路 路灯 王庄 教育 医生 群众 意见 建议 会议 镇政府 "
    "䶮 𬭚 㛃 〇 GB/T 2026 138 wifi Wi-Fi 50% （一） “十四五” ① ㎡ Ｂ座 １２号 的 了 是 在 a 1 -"
)
_WORDS = _TEXT.split()
_SIGNS = "停车难桥口村的了䶮𬭚𫖯㛃〇abAß15号#-\"'*%_，。（）"


def text(chance: random.Random, most: int) -> str:
    """Some words, run together or apart, over several lines now and then."""
    parts = chance.choices(_WORDS, k=chance.randint(1, most))
    return "".join(part + chance.choice(("", "", "，", " ", "\n", "　")) for part in parts).strip()


def records(count: int, office: str) -> Iterator[Record]:
    """Records of all the types, some removed, linked at random."""
    chance = random.Random(20260309)
    ids: dict[str, list[str]] = {each.table: [] for each in TYPES}
    for number in range(count):
        record_type = TYPES[number % len(TYPES)]
        key = str(UUID(int=chance.getrandbits(128), version=4))
        base = {"id": key, "office": office, "removed_at": "x" if chance.random() < 0.03 else ""}
        yield made(chance, record_type, base, ids)
        ids[record_type.table].append(key)


def made(
    chance: random.Random,
    record_type: type[Record],
    base: dict[str, str],
    ids: dict[str, list[str]],
) -> Record:
    """One record, with something in most of its fields."""
    values: dict[str, object] = {}
    for name, kind in record_type.fields().items():
        moment = datetime(2026, 1, 1, 9, 30) + timedelta(days=chance.randint(0, 400))
        if isinstance(kind, Link):
            known = ids.get(kind.to)
            values[name] = chance.choice(known) if known and chance.random() < 0.7 else None
        elif isinstance(kind, Day | Moment):
            values[name] = moment.date() if isinstance(kind, Day) else moment
        elif isinstance(kind, Month):
            values[name] = f"{chance.randint(1940, 2000)}.{chance.randint(1, 12):02}"
        elif isinstance(kind, PersonName):
            values[name] = chance.choice(_NAMES)
        elif kind.empty == "" and chance.random() < 0.6:
            values[name] = text(chance, 4)
    return record_type(**base, **values)  # type: ignore[arg-type]  # fields by their names


class Scan:
    """A plain table of texts, read from end to end for every word."""

    def __init__(self, kept: list[Record]) -> None:
        self._kept = {each.id: each for each in kept}
        self._file = sqlite3.connect(":memory:")
        self._file.execute("CREATE TABLE body (record TEXT, words TEXT, sounds TEXT)")
        self._file.executemany("INSERT INTO body VALUES (?, ?, ?)", self._rows())

    def found(self, words: str) -> set[str]:
        """The records whose texts hold every word, or a name that sounds so."""
        tests, values = [], []
        for word in folded(words).split():
            is_sound = word.isalnum() and word.isascii() and len(word) > 1
            tests.append("(instr(words, ?) OR (? AND instr(sounds, ?)))")
            values += [word, is_sound, f"\n{word}"]
        rows = self._file.execute(f"SELECT record FROM body WHERE {' AND '.join(tests)}", values)
        return {row[0] for row in rows}

    def texts(self) -> list[str]:
        return [row[0] for row in self._file.execute("SELECT words FROM body")]

    def close(self) -> None:
        self._file.close()

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for record in self._kept.values():
            if not record.removed_at:
                texts, sounds = [], []
                for shown, name in self._read(record):
                    texts.append(folded(shown))
                    sounds += sorted(spellings(name))
                yield record.id, "\n".join(texts), "".join(f"\n{each}" for each in sounds)

    def _read(self, record: Record) -> Iterator[tuple[str, str]]:
        """Every text of a record as it stands on the screen, and the name that it is, if any."""
        for name, kind in record.fields().items():
            value = getattr(record, name)
            is_told = kind.searched and name != record.parent and not isinstance(kind, Flag)
            if value is None or not (is_told or name == record.headline):
                continue
            if isinstance(kind, Link):
                linked = self._kept[value]
                kind, value = linked.fields()[linked.headline], getattr(linked, linked.headline)
            yield kind.format(value), value if isinstance(kind, PersonName) else ""
            if isinstance(value, date):
                yield f"{value.year}年{value.month}月{value.day}日", ""
            if isinstance(kind, Month):
                yield f"{value[:4]}年{int(value[5:])}月", ""


def questions(count: int, texts: list[str]) -> Iterator[str]:
    """Words cut out of the texts, made of single signs, sounds, and several together."""
    chance = random.Random(7)

    def word() -> str:
        way = chance.random()
        if way < 0.6:
            whole = chance.choice(texts)
            start = chance.randrange(max(len(whole), 1))
            return whole[start : start + chance.randint(1, 4)]
        if way < 0.85:
            return "".join(chance.choices(_SIGNS, k=chance.randint(1, 4)))
        sounds = sorted(each for name in _NAMES for each in spellings(name))
        sound = chance.choice(sounds)
        return sound[: chance.randint(1, len(sound))]

    for _ in range(count):
        asked = " ".join(word() for _ in range(chance.choice((1, 1, 1, 2, 2, 3))))
        if folded(asked).split():
            yield asked


@pytest.mark.parametrize(
    ("many", "asked"),
    [
        pytest.param(2_000, 400, id="2,000 records"),
        pytest.param(50_000, 1_000, id="50,000 records", marks=pytest.mark.long),
    ],
)
@pytest.mark.timeout(1800)
def test_the_index_finds_just_what_a_scan_finds(desk: Desk, many: int, asked: int) -> None:
    made_all = list(records(many, desk.office_id))
    began = time.perf_counter()
    for start in range(0, many, 5_000):
        changes = [change_between(None, each) for each in made_all[start : start + 5_000]]
        with desk.deed("导入"):
            desk.write([each for each in changes if each is not None])
    print(f"\nkept and indexed: {time.perf_counter() - began:.1f} s")  # noqa: T201  # for people
    search = Search(desk.database)
    spent, hits, most = [0.0, 0.0], 0, ""
    with closing(Scan(made_all)) as scan:
        for words in questions(asked, scan.texts()):
            began = time.perf_counter()
            wanted = scan.found(words)
            between = time.perf_counter()
            found = [set(search.ids(each, words, many)) for each in TYPES]
            spent[0] += between - began
            spent[1] += time.perf_counter() - between
            listed = [set(desk.list_ids(each, ListQuery(words))) for each in TYPES]
            assert listed == found, words
            assert set.union(*found) == wanted, words
            assert [search.count(each, words) for each in TYPES] == [*map(len, found)], words
            hits, most = hits + len(wanted), max(most, words, key=len)
    assert hits > asked
    assert list(faults(desk.database)) == []
    print(f"{asked} questions, {hits} hits, 0 missed, 0 false; longest “{most}”")  # noqa: T201
    print(f"scan {spent[0]:.1f} s, index {spent[1]:.1f} s")  # noqa: T201  # figures for people
