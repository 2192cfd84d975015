"""Data files that cannot be used: told in a sentence, and left as they were."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.person import Person
from liaison_desk.services.desk import Desk
from liaison_desk.store import errors
from liaison_desk.store.check import faults
from liaison_desk.store.database import APPLICATION_ID, SCHEMA_VERSION, Database
from liaison_desk.store.drafts import Draft
from tests import factory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A closed data file with some people in it."""
    folder = tmp_path / "好"
    folder.mkdir()
    opened = Database.open(folder / "资料.db")
    desk = Desk(opened, operator="李文书", now=factory.Clock())
    desk.set_up(factory.office())
    desk.save_all([Person(name=f"张{place}", note="停车难" * 50) for place in range(200)])
    opened.close()
    return opened.path


def refusal(path: Path, kind: type[errors.StoreError]) -> str:
    """Open and expect a refusal that leaves everything as it was."""
    before = {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    with pytest.raises(kind) as caught:
        Database.open(path).close()
    after = {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    after.pop(path.with_name(path.name + ".lock"), None)
    before.pop(path.with_name(path.name + ".lock"), None)
    assert after == before
    assert type(caught.value) is kind
    return str(caught.value)


def bytes_at(place: int, new: bytes) -> Callable[[bytes], bytes]:
    return lambda old: old[:place] + new + old[place + len(new) :]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda old: old[: len(old) // 2],
        lambda old: old[:4096],
        lambda old: old[:150],
        bytes_at(100, b"\xff" * 300),
        bytes_at(4096, b"\x00" * 4096 * 3),
        bytes_at(4096 * 5, random.Random(5).randbytes(4096 * 20)),
    ],
    ids=["half", "one page", "150 bytes", "first page", "three pages", "twenty pages"],
)
def test_a_damaged_file_is_refused_and_sent_to_the_backups(
    good: Path, break_it: Callable[[bytes], bytes]
) -> None:
    good.write_bytes(break_it(good.read_bytes()))
    sentence = refusal(good, errors.DamagedFile)
    assert "已损坏" in sentence
    assert "没有改动" in sentence
    assert "备份" in sentence


def test_bytes_flipped_anywhere_are_refused_or_do_no_harm(good: Path) -> None:
    """Free space and the inside of texts carry no check sum; nothing else may crash."""
    content, dice = good.read_bytes(), random.Random(20260309)
    refused = 0
    for _ in range(60):
        broken = bytearray(content)
        for _ in range(30):
            broken[dice.randrange(100, len(broken))] = dice.randrange(256)
        good.write_bytes(broken)
        try:
            opened = Database.open(good)
        except errors.DamagedFile:
            refused += 1
            assert good.read_bytes() == broken
            continue
        assert isinstance(faults(opened), list)
        opened.close()
    assert refused > 30


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"\x00" * 100,
        b"\x00" * 8192,
        "姓名,电话\n张伟,1380000".encode("gb18030"),
        b"PK\x03\x04",
    ],
    ids=["a byte", "zeros", "two zeroed pages", "a roster", "a zip"],
)
def test_a_file_of_another_kind_is_not_opened(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "名单.txt"
    path.write_bytes(content)
    sentence = refusal(path, errors.ForeignFile)
    assert "“名单.txt”不是联络台的资料文件，没有打开，也没有改动它" in sentence
    assert not path.with_name("名单.txt.lock").exists()


def test_a_data_file_without_its_header_is_sent_to_the_backups(good: Path) -> None:
    good.write_bytes(b"\x00" * 100 + good.read_bytes()[100:])
    assert "请从备份文件夹里选最近的一份备份打开" in refusal(good, errors.ForeignFile)


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_programs_database_is_not_opened(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "别的.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("CREATE TABLE a (b)")
        connection.commit()
    assert "不是联络台的资料文件" in refusal(path, errors.ForeignFile)


def test_another_programs_database_that_it_is_writing_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "别的.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE a (b)")
        connection.commit()
        before = path.read_bytes()
        with pytest.raises(errors.ForeignFile):
            Database.open(path)
        assert path.read_bytes() == before
        assert connection.execute("SELECT * FROM a").fetchall() == []


def test_a_file_of_a_newer_version_is_refused(good: Path) -> None:
    with closing(sqlite3.connect(good)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.execute("PRAGMA journal_mode = DELETE")
    sentence = refusal(good, errors.NewerFile)
    assert "更新版本的联络台" in sentence
    assert "请安装新版本" in sentence


def test_a_newer_version_that_was_cut_short_is_refused_too(good: Path) -> None:
    """Its version stands in the WAL, not yet in the file."""
    crashed = good.with_name("断电.db")
    with closing(sqlite3.connect(good)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        shutil.copy(good, crashed)
        shutil.copy(f"{good}-wal", f"{crashed}-wal")
    before = crashed.read_bytes()
    with pytest.raises(errors.NewerFile):
        Database.open(crashed)
    assert crashed.read_bytes() == before


def test_a_damaged_file_with_a_wal_beside_it_is_not_written_to(good: Path) -> None:
    crashed = good.with_name("断电.db")
    with closing(sqlite3.connect(good)) as connection:
        connection.execute("INSERT INTO setting VALUES ('a', 'b')")
        connection.commit()
        shutil.copy(good, crashed)
        shutil.copy(f"{good}-wal", f"{crashed}-wal")
    broken = bytes_at(4096 * 5, random.Random(5).randbytes(4096 * 20))(crashed.read_bytes())
    crashed.write_bytes(broken)
    with pytest.raises(errors.DamagedFile):
        Database.open(crashed)
    assert crashed.read_bytes() == broken
    assert Path(f"{crashed}-wal").stat().st_size > 0


def test_a_folder_is_not_opened(tmp_path: Path) -> None:
    assert "是文件夹" in refusal(tmp_path, errors.ForeignFile)


def test_a_missing_folder_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(errors.FileMissing, match=r"找不到文件夹.*请插好U盘"):
        Database.open(tmp_path / "U盘" / "资料.db")
    assert not (tmp_path / "U盘").exists()


@pytest.mark.parametrize("content", [None, b""])
def test_a_missing_or_empty_file_becomes_a_new_desk(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "新 #1%.db"
    if content is not None:
        path.write_bytes(content)
    opened = Database.open(path)
    assert Desk(opened).office is None
    opened.close()
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID
    Database.open(path).close()


def test_an_emptied_file_whose_changes_still_wait_beside_it_is_left_alone(tmp_path: Path) -> None:
    opened = Database.open(tmp_path / "资料.db")
    Desk(opened).set_up(factory.office())
    path = tmp_path / "断电.db"
    path.touch()
    waiting = path.with_name("断电.db-wal")
    shutil.copy(tmp_path / "资料.db-wal", waiting)
    opened.close()
    before = waiting.read_bytes()
    with pytest.raises(errors.DamagedFile, match=r"0字节.*不要删除它"):
        Database.open(path)
    assert (path.stat().st_size, waiting.read_bytes()) == (0, before)


def test_an_emptied_file_with_copies_beside_it_is_no_new_desk(tmp_path: Path) -> None:
    path = tmp_path / "资料.db"
    path.touch()
    (tmp_path / "备份").mkdir()
    for day in ("20260301", "20260308"):
        (tmp_path / "备份" / f"备份_{day}-090000.db").touch()
    with pytest.raises(errors.DamagedFile, match=r"0字节.*备份/备份_20260308-090000\.db"):
        Database.open(path)
    assert path.stat().st_size == 0
    path.unlink()
    Database.open(path).close()


def test_a_new_file_that_was_cut_short_while_being_made_is_made(tmp_path: Path) -> None:
    path = tmp_path / "资料.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert path.stat().st_size > 0
    opened = Database.open(path)
    assert faults(opened) == []
    opened.close()


# -- read-only --------------------------------------------------------------------------------


@pytest.fixture(params=["file", "folder"])
def fixed(good: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A data file that not even root can write to, or one in such a folder."""
    held = good if request.param == "file" else good.parent
    done = subprocess.run(["chattr", "+i", held], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("chattr +i is not allowed here")
    yield good
    subprocess.run(["chattr", "-i", held], check=True)


def test_a_read_only_file_or_folder_is_told(fixed: Path) -> None:
    sentence = refusal(fixed, errors.ReadOnlyFile)
    assert "是只读的" in sentence
    assert "资料没有改动" in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_without_the_right_to_write_is_told(good: Path) -> None:
    good.chmod(0o400)
    assert "是只读的" in refusal(good, errors.ReadOnlyFile)


def test_a_file_that_turns_read_only_is_told_and_nothing_is_lost(desk: Desk) -> None:
    person = factory.person(desk, "张伟")
    desk.database.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(errors.ReadOnlyFile, match=r"只读.*没有改动"):
        factory.person(desk, "李四")
    desk.database.connection.execute("PRAGMA query_only = OFF")
    assert desk.find(Person) == [person]
    assert faults(desk.database) == []


# -- full -------------------------------------------------------------------------------------


def fill(desk: Desk) -> int:
    """Save until the disk is full; how many were saved."""
    people = [Person(name=f"张{n}", note="停车难" * 600) for n in range(20)]

    def save_on() -> None:
        for _ in range(500):
            desk.save_all(people)

    with pytest.raises(errors.DiskFull, match=r"磁盘已满.*原有资料没有改动.*请清理磁盘"):
        save_on()
    return len(desk.find(Person)) // 20 * 20


def test_a_full_disk_is_told_and_the_deed_is_taken_back(desk: Desk) -> None:
    connection = desk.database.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 60}")
    saved = fill(desk)
    assert len(desk.find(Person)) == saved
    assert faults(desk.database) == []
    connection.execute("PRAGMA max_page_count = 100000")
    factory.person(desk, "李四")
    assert len(desk.find(Person)) == saved + 1


@pytest.mark.mount
def test_a_stick_that_is_full_is_told_and_the_file_stays_good(tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", stick], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        opened = Database.open(stick / "资料.db")
        desk = Desk(opened, now=factory.Clock())
        desk.set_up(factory.office())
        saved = fill(desk)
        opened.close()
        again = Database.open(stick / "资料.db")
        assert len(Desk(again).find(Person)) == saved
        assert faults(again) == []
        again.close()
    finally:
        subprocess.run(["umount", stick], check=True)


def test_a_disk_too_full_for_the_upgrade_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = Database._connect  # noqa: SLF001  # the full disk is put under it here

    def connect_to_full_disk(database: Database) -> sqlite3.Connection:
        connection = connect(database)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(Database, "_connect", connect_to_full_disk)
    with pytest.raises(errors.DiskFull):
        Database.open(tmp_path / "资料.db")
    monkeypatch.undo()
    opened = Database.open(tmp_path / "资料.db")
    assert faults(opened) == []
    opened.close()


# -- in use -----------------------------------------------------------------------------------

HOLD = """
import sys, time
from pathlib import Path
from liaison_desk.store.database import Database
held = Database.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_a_second_program_is_told_until_the_first_is_gone_even_by_kill_9(good: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(HOLD), str(good)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with pytest.raises(errors.FileInUse, match=r"正在另一个窗口里使用.*请先关闭那个窗口"):
            Database.open(good)
        first.kill()
    opened = Database.open(good)
    assert len(Desk(opened).find(Person)) == 200
    opened.close()


def test_the_same_program_cannot_open_a_file_twice(database: Database) -> None:
    with pytest.raises(errors.FileInUse):
        Database.open(database.path)
    database.close()
    Database.open(database.path).close()


def test_a_tool_that_holds_the_file_is_told(desk: Desk) -> None:
    desk.database.connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(desk.database.path, isolation_level=None)) as tool:
        tool.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.FileInUse, match=r"正忙.*请等一会儿再保存一次"):
            factory.person(desk)
        tool.execute("ROLLBACK")
    factory.person(desk)


# -- gone, failing ----------------------------------------------------------------------------


def complaint(code: int, name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_IOERR_READ, errors.StoreError),
        (sqlite3.SQLITE_IOERR_SHMSIZE, errors.StoreError),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, errors.ReadOnlyFile),
        (sqlite3.SQLITE_CORRUPT_VTAB, errors.DamagedFile),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, errors.FileInUse),
    ],
)
def test_what_the_disk_complains_of_is_told(
    good: Path, code: int, kind: type[errors.StoreError]
) -> None:
    with pytest.raises(kind, match="没有改动") as caught, errors.told_in_chinese(good):
        raise complaint(code, "disk")
    assert type(caught.value) is kind


def test_a_stick_that_was_pulled_out_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(errors.FileMissing, match=r"请插好U盘.*不要在别处新建"),
        errors.told_in_chinese(tmp_path / "资料.db"),
    ):
        raise complaint(sqlite3.SQLITE_CANTOPEN, "unable to open database file")


def test_a_fault_of_our_own_is_not_blamed_on_the_file(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        database.read("SELECT * FROM nowhere")


@pytest.mark.parametrize(
    ("error", "kind"),
    [(PermissionError(13, "no"), errors.ReadOnlyFile), (OSError(5, "I/O"), errors.StoreError)],
)
def test_a_file_that_cannot_be_read_is_told(
    good: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, kind: type[errors.StoreError]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(kind, match="没有改动"):
        Database.open(good)


def test_a_folder_in_which_no_lock_can_be_held_is_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "资料.db.lock").mkdir()
    with pytest.raises(errors.ReadOnlyFile):
        Database.open(tmp_path / "资料.db")


def test_a_draft_survives_a_crash_even_with_half_a_character(good: Path) -> None:
    opened = Database.open(good)
    drafts = Desk(opened).drafts
    drafts.keep(Draft("person", "", {"name": "陆䶮\ud840"}, "2026-03-09T09:00:00"))
    drafts.keep(Draft("topic", "t", {"name": "停车"}, "2026-03-09T09:01:00"))
    drafts.keep(Draft("topic", "t", {"name": "停车难"}, "2026-03-09T09:02:00"))
    opened.close()
    again = Database.open(good)
    kept = Desk(again).drafts
    assert [each.answers["name"] for each in kept.all()] == ["停车难", "陆䶮\ud840"]
    kept.drop("topic", "t")
    assert [each.table for each in kept.all()] == ["person"]
    again.close()
