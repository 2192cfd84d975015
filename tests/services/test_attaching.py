"""Keeping files with a record: what is taken, what is refused, and the copies given out."""

from __future__ import annotations

import dataclasses
import errno
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import Cancelled, NotValid
from liaison_desk.services import attaching
from liaison_desk.services.attaching import (
    ContentLost,
    NotAttachable,
    NotWritable,
    attach,
    attach_content,
    copy_for_reading,
    rename,
    save_as,
)
from liaison_desk.store.check import faults
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.domain.topic import Topic
    from liaison_desk.services.desk import Desk


@pytest.fixture
def topic(desk: Desk) -> Topic:
    return factory.topic(desk)


def put(folder: Path, name: str, content: bytes = b"scan") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def names(desk: Desk) -> list[str]:
    return [each.name for each in desk.find(Attachment)]


def test_files_stand_in_the_order_they_were_added(desk: Desk, topic: Topic, tmp_path: Path) -> None:
    for name in ("3.jpg", "1.jpg", "2.jpg"):
        attach(desk, topic, put(tmp_path, name, name.encode()))
    assert names(desk) == ["3.jpg", "1.jpg", "2.jpg"]


def test_adding_a_file_again_keeps_nothing_new(desk: Desk, topic: Topic, tmp_path: Path) -> None:
    first = attach(desk, topic, put(tmp_path, "现场.jpg"))
    deeds = len(desk.log.deeds())
    assert attach(desk, topic, tmp_path / "现场.jpg") == first
    assert len(desk.log.deeds()) == deeds


def test_another_file_of_the_same_name_gets_a_number_and_is_known_by_it_too(
    desk: Desk, topic: Topic, tmp_path: Path
) -> None:
    for content in (b"one", b"two", b"three", b"two"):
        attach(desk, topic, put(tmp_path, "现场.JPG", content))
    assert names(desk) == ["现场.JPG", "现场（2）.JPG", "现场（3）.JPG"]


def test_one_photo_of_two_records_is_kept_once(desk: Desk, topic: Topic, tmp_path: Path) -> None:
    path = put(tmp_path, "现场.jpg", b"photo" * 1000)
    attach(desk, topic, path)
    attach(desk, factory.meeting(desk), path)
    rows = desk.database.read("SELECT count(*) AS n FROM attachment_content")
    assert rows[0]["n"] == 1
    assert len(desk.find(Attachment)) == 2
    assert faults(desk.database) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ('现场:"一"?.jpg', "现场__一__.jpg"),
        ("现场\n照片.jpg", "现场_照片.jpg"),
        ("CON.txt", "CON_.txt"),
        ("长" * 80 + ".jpg", "长" * 60 + ".jpg"),
        ("照片 .", "照片"),
    ],
)
def test_a_name_no_windows_takes_is_mended(
    desk: Desk, topic: Topic, tmp_path: Path, name: str, kept: str
) -> None:
    assert attach(desk, topic, put(tmp_path, name)).name == kept


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_in_an_old_encoding_does_not_stop_the_file(
    desk: Desk, topic: Topic, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "现场".encode("gb18030") + b".jpg"))
    path.write_bytes(b"scan")
    assert attach(desk, topic, path).name.endswith(".jpg")


def refused(desk: Desk, topic: Topic, path: Path) -> str:
    """What is said of a file that is not taken; nothing may have changed."""
    deeds = len(desk.log.deeds())
    with pytest.raises(NotAttachable) as told:
        attach(desk, topic, path)
    assert len(desk.log.deeds()) == deeds
    assert desk.database.read("SELECT 1 FROM attachment_content") == []
    return str(told.value)


def test_a_folder_an_empty_file_and_one_that_is_gone_are_refused_in_words(
    desk: Desk, topic: Topic, tmp_path: Path
) -> None:
    (tmp_path / "资料").mkdir()
    assert "“资料”是文件夹，没有加入" in refused(desk, topic, tmp_path / "资料")
    assert "“空.jpg”是空文件，没有加入" in refused(desk, topic, put(tmp_path, "空.jpg", b""))
    assert "“没有.jpg”读不出来" in refused(desk, topic, tmp_path / "没有.jpg")


def test_a_file_of_2_gb_is_refused_before_it_is_read(
    desk: Desk, topic: Topic, tmp_path: Path
) -> None:
    path = tmp_path / "录像.mp4"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    assert "超过200MB，没有加入。请压缩" in refused(desk, topic, path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file_at_all_is_refused_rather_than_waited_for(
    desk: Desk, topic: Topic, tmp_path: Path
) -> None:
    path = tmp_path / "管道"
    os.mkfifo(path)
    assert "不是普通文件" in refused(desk, topic, path)


class Failing(io.BytesIO):
    """A file on a stick that is pulled out after some bytes, at the first or second reading."""

    def __init__(self, content: bytes, *, rounds: int) -> None:
        super().__init__(content)
        self._rounds = rounds

    def seek(self, place: int, whence: int = 0) -> int:
        self._rounds -= 1
        return super().seek(place, whence)

    def read(self, size: int | None = -1) -> bytes:
        if not self._rounds and self.tell():
            raise OSError(errno.EIO, "gone")
        return super().read(size)


@pytest.mark.parametrize("rounds", [0, 1])
def test_a_stick_pulled_out_while_it_is_read_leaves_nothing_behind(
    desk: Desk, topic: Topic, tmp_path: Path, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytes(3 << 20)
    path = put(tmp_path, "现场.jpg", content)
    monkeypatch.setattr(Path, "open", lambda *_: Failing(content, rounds=rounds))
    assert "U盘没有拔出" in refused(desk, topic, path)


def test_a_file_written_to_while_it_is_read_is_refused(
    desk: Desk, topic: Topic, tmp_path: Path
) -> None:
    path = put(tmp_path, "录音.mp3", bytes(3 << 20))

    def grow(done: int, _total: int) -> None:
        if done == 50:
            path.write_bytes(b"x" * (4 << 20))

    with pytest.raises(NotAttachable, match="被改动了"):
        attach(desk, topic, path, grow)
    assert desk.database.read("SELECT 1 FROM attachment_content") == []


@pytest.mark.parametrize("stop_at", [10, 90])
def test_adding_a_large_file_can_be_cancelled_at_any_moment(
    desk: Desk, topic: Topic, tmp_path: Path, stop_at: int
) -> None:
    def stop(done: int, total: int) -> None:
        assert 0 <= done <= total
        if done >= stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        attach(desk, topic, put(tmp_path, "录像.mp4", bytes(12 << 20)), stop)
    assert desk.find(Attachment) == []
    assert desk.database.read("SELECT 1 FROM attachment_content") == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells so easily")
def test_a_file_of_150_mb_goes_in_and_out_in_little_memory(tmp_path: Path) -> None:
    """In a process of its own, as only that tells what it took."""
    large = tmp_path / "录像.mp4"
    with large.open("wb") as file:
        for number in range(150):
            file.write(bytes([number]) * (1 << 20))
    script = """
import pathlib, re, sys
from liaison_desk.services.attaching import attach, save_as
from liaison_desk.services.desk import Desk
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from tests import factory
def most():
    text = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s+([0-9]+)", text)[1]) // 1024
folder = pathlib.Path(sys.argv[1])
desk = Desk(Database.open(folder / "资料.db"))
desk.set_up(factory.office())
topic = factory.topic(desk)
before = most()
kept = attach(desk, topic, folder / "录像.mp4")
save_as(desk, kept, folder / "另存.mp4")
assert faults(desk.database) == []
print(most() - before)
desk.database.close()
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)
    assert 0 < int(done.stdout) < 60, "MB"
    assert (tmp_path / "另存.mp4").read_bytes() == large.read_bytes()


def test_a_pasted_picture_is_kept_and_an_empty_one_refused(desk: Desk, topic: Topic) -> None:
    kept = attach_content(desk, topic, "粘贴的照片.png", b"png")
    assert desk.contents.read(kept.sha256) == b"png"
    assert attach_content(desk, topic, "粘贴的照片.png", b"png") == kept
    with pytest.raises(NotAttachable, match="空文件"):
        attach_content(desk, topic, "粘贴的照片.png", b"")


@pytest.fixture
def scan(desk: Desk, topic: Topic, tmp_path: Path) -> Attachment:
    return attach(desk, topic, put(tmp_path, "IMG_0001.jpg", b"scan" * 1000))


def test_a_file_is_renamed_and_keeps_the_ending_that_opens_it(desk: Desk, scan: Attachment) -> None:
    assert rename(desk, scan, "签到表").name == "签到表.jpg"
    desk.undo()
    assert names(desk) == ["IMG_0001.jpg"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "请填写文件名"),
        ("签到/表", "文件名里不能有"),
        ("签到\n表", "文件名里不能有"),
        ("签" * 201, "最多200个字"),
        ("现场.JPG", "已经有“现场.JPG”了"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_words(
    desk: Desk, topic: Topic, scan: Attachment, tmp_path: Path, name: str, said: str
) -> None:
    attach(desk, topic, put(tmp_path, "现场.jpg"))
    with pytest.raises(NotValid, match=said):
        rename(desk, scan, name)
    assert names(desk) == ["IMG_0001.jpg", "现场.jpg"]


def test_a_copy_for_reading_cannot_be_written_to(
    desk: Desk, scan: Attachment, tmp_path: Path
) -> None:
    folder = tmp_path / "打开"
    folder.mkdir()
    copy = copy_for_reading(desk, scan, folder)
    assert copy.name == "IMG_0001.jpg"
    assert copy.stat().st_mode & 0o222 == 0
    assert list(folder.iterdir()) == [copy]


def test_a_name_that_came_from_elsewhere_cannot_leave_the_folder(
    desk: Desk, scan: Attachment, tmp_path: Path
) -> None:
    foreign = dataclasses.replace(scan, name="../../x:y.jpg")
    assert copy_for_reading(desk, foreign, tmp_path).parent == tmp_path


def test_saving_a_copy_replaces_a_file_only_once_it_is_whole(
    desk: Desk, scan: Attachment, tmp_path: Path
) -> None:
    target = put(tmp_path, "已有.jpg", b"old")

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        save_as(desk, scan, target, stop)
    assert target.read_bytes() == b"old"
    save_as(desk, scan, target)
    assert target.read_bytes() == b"scan" * 1000
    assert not list(tmp_path.glob("*.part"))


def test_a_full_disk_is_told_of_in_words(
    desk: Desk, scan: Attachment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> IO[bytes]:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(NotWritable, match="磁盘是否已满"):
        save_as(desk, scan, tmp_path / "另存.jpg")


def test_content_that_is_lost_or_damaged_is_told_of_and_no_copy_is_left(
    desk: Desk, scan: Attachment, tmp_path: Path
) -> None:
    with desk.database.transaction() as connection:
        connection.execute("UPDATE attachment_content SET bytes = x'00'")
    with pytest.raises(ContentLost, match="已损坏。请从备份里找回"):
        save_as(desk, scan, tmp_path / "另存.jpg")
    lost = dataclasses.replace(scan, sha256="0" * 64)
    with pytest.raises(ContentLost, match="不在了。请从备份里找回"):
        save_as(desk, lost, tmp_path / "另存.jpg")
    assert not (tmp_path / "另存.jpg").exists()
    assert attaching.LARGEST < 1_000_000_000, "SQLite keeps no larger content"
