"""Older data files: copied, brought up to date in one step or left as they were."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Migrations

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.desk import Desk
from liaison_desk.store import database as module
from liaison_desk.store import migrations as steps
from liaison_desk.store.backup import Backups, open_database, verify
from liaison_desk.store.check import faults
from liaison_desk.store.database import APPLICATION_ID, SCHEMA_VERSION, Database, migrate
from liaison_desk.store.errors import StoreError
from liaison_desk.store.migrations import migrations
from liaison_desk.store.queries import ListQuery

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteDatabase

FROZEN = sorted((Path(__file__).parents[1] / "old_databases").glob("schema_*.db"))
NOON = datetime(2026, 3, 9, 12, 0)


def version_of(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        return application, connection.execute("PRAGMA user_version").fetchone()[0]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of the schema before the last step."""
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        last = migrations._migrations[-1].name  # noqa: SLF001  # the library offers no list
        migrate(connection, stop_before=last)
        connection.execute("INSERT INTO setting VALUES ('desk', 'abc')")
    return path


def test_an_older_file_is_copied_and_then_brought_up_to_date(old: Path, tmp_path: Path) -> None:
    before = dump(old)
    backups = Backups(tmp_path / "备份")
    made: list[Path] = []

    def copy(path: Path) -> None:
        made.append(backups.make(path, NOON, before_migration=True))

    opened = Database.open(old, before_migration=copy)
    assert Desk(opened).desk_id == "abc"
    assert faults(opened) == []
    opened.close()
    assert version_of(old) == (APPLICATION_ID, SCHEMA_VERSION)
    [kept] = made
    verify(kept)
    assert version_of(kept) == (APPLICATION_ID, SCHEMA_VERSION - 1)
    assert dump(kept) == before
    Database.open(old, before_migration=copy).close()
    assert len(made) == 1


def test_without_its_copy_an_older_file_is_not_touched(old: Path) -> None:
    before = dump(old)

    def fail(path: Path) -> None:
        raise StoreError("备份没有做成")

    with pytest.raises(StoreError, match="备份没有做成"):
        Database.open(old, before_migration=fail)
    assert dump(old) == before
    assert version_of(old)[1] == SCHEMA_VERSION - 1


def test_the_schema_version_counts_the_steps() -> None:
    assert len(migrations._migrations) == SCHEMA_VERSION  # noqa: SLF001  # the library has no count


def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    asked: list[Path] = []
    Database.open(tmp_path / "新.db", before_migration=asked.append).close()
    assert asked == []


def with_step(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A version of the program with one more step."""
    longer = Migrations("liaison_desk")
    for each in migrations._migrations:  # noqa: SLF001  # the library offers no list
        longer(name=each.name)(each.fn)

    @longer()
    def m999_next(database: SqliteDatabase) -> None:
        for statement in script.split(";"):
            database.execute(statement)

    monkeypatch.setattr(steps, "migrations", longer)
    monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE note (id TEXT) STRICT; DROP TABLE topic; CREATE TABLE note (id TEXT)",
        "CREATE TABLE note (id TEXT); UPDATE membership SET person = 'nobody'",
    ],
    ids=["a step that stops half way", "a step that breaks a link"],
)
def test_a_step_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    path = Path(shutil.copy(FROZEN[-1], tmp_path / "资料.db"))
    Database.open(path).close()
    before = dump(path)
    with_step(monkeypatch, script)
    with pytest.raises(sqlite3.DatabaseError):
        Database.open(path)
    assert dump(path) == before
    monkeypatch.undo()
    opened = Database.open(path)
    assert faults(opened) == []
    opened.close()


def test_an_upgrade_says_how_far_it_is(tmp_path: Path) -> None:
    path = Path(shutil.copy(FROZEN[0], tmp_path / "资料.db"))
    told: list[tuple[int, int]] = []
    Database.open(path, progress=lambda done, total: told.append((done, total))).close()
    of_records = [each for each in told if each[1]]
    assert of_records[0][0] == 0
    assert len(of_records) > 3
    assert [done for done, _ in of_records] == sorted(done for done, _ in of_records)
    assert all(done < total == of_records[0][1] for done, total in of_records)
    told.clear()
    Database.open(path, progress=lambda done, total: told.append((done, total))).close()
    assert told == []


@pytest.mark.parametrize("moment", [1, 2, 5])
def test_a_cancelled_upgrade_leaves_the_file_as_it_was_and_no_needless_copy(
    tmp_path: Path, moment: int
) -> None:
    path = Path(shutil.copy(FROZEN[0], tmp_path / "资料.db"))
    before, calls = dump(path), iter(range(1, 100))

    def cancel(_done: int, _total: int) -> None:
        if next(calls) == moment:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_database(path, cancel)
    assert dump(path) == before
    assert version_of(path)[1] == int(FROZEN[0].stem[-3:])
    assert list(tmp_path.glob("备份/*")) == []
    opened = open_database(path)
    assert faults(opened) == []
    opened.close()
    assert len(list(tmp_path.glob("备份/*"))) == 1


def test_a_step_that_works_is_done_once_and_the_older_program_then_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(FROZEN[-1], tmp_path / "资料.db"))
    with_step(monkeypatch, "CREATE TABLE note (id TEXT) STRICT")
    for _ in range(2):
        opened = Database.open(path)
        assert opened.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert faults(opened) == []
        opened.close()
    monkeypatch.undo()
    with pytest.raises(StoreError, match="更新版本的联络台"):
        Database.open(path)


def test_there_is_a_frozen_file_of_the_present_schema() -> None:
    assert FROZEN[-1].stem == f"schema_{SCHEMA_VERSION:03}", "run tests.old_databases.freeze"


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_file_of_every_released_schema_opens_whole(frozen: Path, tmp_path: Path) -> None:
    opened = Database.open(Path(shutil.copy(frozen, tmp_path / "资料.db")))
    desk = Desk(opened)
    assert faults(opened) == []
    assert desk.office is not None
    assert desk.office.name == "柳河镇政协联络组"
    [found] = desk.many(Person, desk.list_ids(Person, ListQuery("䶮")))
    assert (found.name, found.phone) == ("陆䶮", "13800000001")
    assert sum(len(desk.find(each)) for each in RECORD_TYPES) >= 12
    desk.undo()
    desk.redo()
    assert faults(opened) == []
    opened.close()
    assert version_of(opened.path) == (APPLICATION_ID, SCHEMA_VERSION)
