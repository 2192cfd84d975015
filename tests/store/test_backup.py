"""Copies of the data file: made daily, checked before they count, let go by rule."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.person import Person
from liaison_desk.services.desk import Desk
from liaison_desk.store import backup
from liaison_desk.store.backup import Backups, open_database, to_keep, verify
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database, migrate
from liaison_desk.store.drafts import Draft
from liaison_desk.store.errors import DamagedFile, DiskFull, FileMissing, StoreError
from tests import factory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from liaison_desk.domain.progress import Progress

NOON = datetime(2026, 3, 9, 12, 0)


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "备份")


def names(backups: Backups) -> list[str]:
    return sorted(each.name for each in backups.folder.iterdir())


def test_a_copy_holds_what_the_desk_holds_while_it_is_open(desk: Desk, backups: Backups) -> None:
    person = factory.person(desk, "陆䶮")
    copy = backups.make(desk.database.path, NOON)
    assert names(backups) == ["备份_20260309-120000.db"]
    opened = Database.open(copy)
    assert Desk(opened).get(Person, person.id) == person
    assert faults(opened) == []
    opened.close()


def test_a_copy_is_made_at_most_once_a_day(desk: Desk, backups: Backups) -> None:
    path = desk.database.path
    assert backups.newest() is None
    assert backups.make_if_due(path, NOON) is not None
    assert backups.newest() == NOON
    assert backups.make_if_due(path, NOON + timedelta(hours=11)) is None
    assert backups.make_if_due(path, NOON + timedelta(hours=13)) is not None
    assert len(names(backups)) == 2


def test_a_pc_whose_clock_once_ran_ahead_still_makes_its_copy(desk: Desk, backups: Backups) -> None:
    for days in range(1, 9):
        backups.make(desk.database.path, NOON + timedelta(days=365 + days))
    assert backups.make_if_due(desk.database.path, NOON) is not None
    assert "备份_20260309-120000.db" in names(backups)


def test_the_copy_before_an_upgrade_is_no_daily_copy_and_stays(
    desk: Desk, backups: Backups
) -> None:
    old = backups.make(desk.database.path, NOON, before_migration=True)
    assert old.name == "备份_20260309-120000_升级前.db"
    for days in range(30):
        assert backups.make_if_due(desk.database.path, NOON + timedelta(days=days)) is not None
    assert old.exists()


def test_three_years_leave_seven_days_four_weeks_and_twelve_months() -> None:
    kept: set[date] = set()
    first = date(2026, 1, 1)
    for days in range(3 * 365 + 1):
        kept = to_keep(kept | {first + timedelta(days=days)})
    last = date(2028, 12, 31)
    week = {last - timedelta(days=days) for days in range(7)}
    sundays = {last - timedelta(weeks=weeks) for weeks in range(4)}
    months = {date(2028, month + 1, 1) - timedelta(days=1) for month in range(1, 12)} | {last}
    assert kept == week | sundays | months


def test_on_every_day_of_three_years_there_is_a_copy_from_each_week_and_month_asked_for() -> None:
    kept: set[date] = set()
    first = date(2026, 1, 1)
    for days in range(3 * 365):
        today = first + timedelta(days=days)
        kept = to_keep(kept | {today})
        assert today in kept
        assert len(kept) <= 7 + 4 + 12
        for back in range(min(days, 6) + 1):
            assert today - timedelta(days=back) in kept
        for back in range(0, min(days, 320), 31):
            asked = today - timedelta(days=back)
            assert any((each.year, each.month) == (asked.year, asked.month) for each in kept)


def test_an_office_that_is_open_on_few_days_keeps_its_last_seven() -> None:
    days = {date(2026, 1, 1) + timedelta(days=40 * place) for place in range(20)}
    kept = to_keep(days)
    assert set(sorted(days)[-7:]) <= kept
    assert len(kept) == 12


def test_old_copies_go_and_strange_files_stay(desk: Desk, backups: Backups) -> None:
    source = backups.make(desk.database.path, NOON)
    for days in range(1, 400):
        shutil.copy(source, backups.folder / f"备份_{NOON - timedelta(days=days):%Y%m%d-%H%M%S}.db")
    for strange in ("我的备份.db", "备份_20261399-120000.db"):
        (backups.folder / strange).touch()
    backups.make_if_due(desk.database.path, NOON + timedelta(days=1))
    assert {"我的备份.db", "备份_20261399-120000.db"} <= set(names(backups))
    assert len(names(backups)) - 2 <= 7 + 4 + 12
    assert backups.newest() == NOON + timedelta(days=1)


def test_an_old_copy_in_which_the_clerk_works_on_is_no_copy_and_stays(
    desk: Desk, backups: Backups
) -> None:
    live = backups.make(desk.database.path, NOON)
    for days in range(60):
        assert backups.make_if_due(live, NOON + timedelta(days=days, hours=1)) is not None
    assert live.exists()


def test_a_copy_ends_though_another_thread_goes_on_saving(desk: Desk, backups: Backups) -> None:
    with desk.deed("附件"):
        for _ in range(5):
            desk.contents.add(os.urandom(8 << 20))
    is_over = threading.Event()

    def keep_typing() -> None:
        while not is_over.wait(0.01):
            desk.drafts.keep(Draft("person", "", {"name": "张"}, "2026-03-09T09:00:00"))

    typing = threading.Thread(target=keep_typing)
    typing.start()
    copying = threading.Thread(target=backups.make, args=(desk.database.path, NOON))
    copying.start()
    copying.join(20)
    is_ended = not copying.is_alive()
    is_over.set()
    typing.join()
    copying.join()
    assert is_ended


def test_a_backup_folder_that_cannot_be_read_is_told(
    desk: Desk, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(folder: Path) -> Iterator[Path]:
        raise OSError(5, "Input/output error", str(folder))

    backups.folder.mkdir()
    monkeypatch.setattr(type(backups.folder), "iterdir", fails)
    with pytest.raises(StoreError, match="备份没有做成"):
        backups.make_if_due(desk.database.path, NOON)
    assert backups.newest() is None


def test_an_older_file_is_copied_beside_itself_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, stop_before="m002_records")
    open_database(path).close()
    open_database(path).close()
    assert [each.stem[-4:] for each in (tmp_path / "备份").iterdir()] == ["_升级前"]


def test_a_copy_that_does_not_read_back_never_gets_its_name(
    desk: Desk, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_well = backup._copy  # noqa: SLF001  # the disk that breaks the copy stands here

    def copy_badly(source: Path, target: Path, progress: Progress) -> None:
        copy_well(source, target, progress)
        content = bytearray(target.read_bytes())
        content[5000:9000] = os.urandom(4000)
        target.write_bytes(content)

    before = desk.database.path.read_bytes()
    monkeypatch.setattr(backup, "_copy", copy_badly)
    with pytest.raises(DamagedFile, match=r"备份没有做成.*资料文件没有改动"):
        backups.make(desk.database.path, NOON)
    assert names(backups) == []
    assert desk.database.path.read_bytes() == before


def test_a_full_backup_disk_is_told_and_leaves_no_half_copy(
    desk: Desk, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy_to_full_disk(source: Path, target: Path, progress: Progress) -> None:
        with closing(sqlite3.connect(target, isolation_level=None)) as connection:
            connection.execute("PRAGMA max_page_count = 2")
            connection.execute("CREATE TABLE big AS SELECT randomblob(100000)")

    monkeypatch.setattr(backup, "_copy", copy_to_full_disk)
    with pytest.raises(DiskFull, match=r"备份没有做成.*磁盘已满"):
        backups.make(desk.database.path, NOON)
    assert names(backups) == []


def test_a_backup_folder_that_cannot_be_made_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("占位", encoding="utf-8")
    with pytest.raises(StoreError, match=r"写不进去.*资料文件没有改动"):
        Backups(tmp_path / "文件" / "备份").make(desk.database.path, NOON)


def test_a_data_file_that_is_gone_is_told_and_not_made_anew(
    backups: Backups, tmp_path: Path
) -> None:
    with pytest.raises(FileMissing, match="找不到资料文件"):
        backups.make(tmp_path / "资料.db", NOON)
    assert not (tmp_path / "资料.db").exists()
    assert not backups.folder.exists()


def test_what_a_cut_short_copy_left_is_cleared_away_later(desk: Desk, backups: Backups) -> None:
    backups.folder.mkdir()
    old, young = (backups.folder / f"备份_2026030{n}-120000.part" for n in (1, 2))
    for each in (old, young):
        each.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    backups.make(desk.database.path, NOON)
    assert not old.exists()
    assert young.exists()


def test_a_strange_or_broken_database_does_not_count_as_a_copy(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE a (b)")
    with pytest.raises(DamagedFile):
        verify(tmp_path / "a.db")
    (tmp_path / "b.db").write_bytes(b"SQLite format 3\x00" + b"?" * 5000)
    with pytest.raises(DamagedFile):
        verify(tmp_path / "b.db")


def test_two_data_files_in_one_folder_are_both_copied_and_keep_out_of_each_others_way(
    tmp_path: Path,
) -> None:
    township, county = tmp_path / "柳河[1].db", tmp_path / "县级.db"
    folder = tmp_path / "备份"
    for path in (township, county):
        Database.open(path).close()
    for path in (township, county):
        made = Backups(folder, path.stem).make_if_due(path, NOON)
        assert made is not None
        assert path.stem in made.name
    for days in range(1, 60):
        Backups(folder, county.stem).make_if_due(county, NOON + timedelta(days=days))
    assert Backups(folder, township.stem).newest() == NOON
    assert Backups(folder, county.stem).newest() == NOON + timedelta(days=59)


def test_an_emptied_file_names_its_own_newest_copy(tmp_path: Path) -> None:
    for name in ("柳河", "县级"):
        path = tmp_path / f"{name}.db"
        Database.open(path).close()
        Backups(tmp_path / "备份", name).make(path, NOON)
    (tmp_path / "柳河.db").write_bytes(b"")
    with pytest.raises(DamagedFile, match=r"备份_柳河_20260309-120000\.db"):
        Database.open(tmp_path / "柳河.db")
