"""Making a packet: what is in it, and that it is whole or not there."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import json
import resource
import shutil
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.minutes import FINAL
from liaison_desk.domain.packet import SENT, Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.services.handoff import errors
from liaison_desk.services.handoff.making import PacketOrder, make_packet, preview_packet
from liaison_desk.services.handoff.packet_file import safe_name
from liaison_desk.services.handoff.packet_format import MANIFEST, RECORDS
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.stick import TargetFolder
from liaison_desk.store import check
from tests import factory, sticks
from tests.services.handoff.packets import NAME, QUARTER, PacketFile, made, papers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.handoff.making import MadePacket, Progress
    from liaison_desk.services.handoff.scope import PacketScope


def lines(path: Path) -> list[dict[str, object]]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(RECORDS).splitlines()]


def living(path: Path, table: str) -> list[dict[str, object]]:
    return [each for each in lines(path) if each["table"] == table and "columns" in each]


# -- what is in it -------------------------------------------------------------------------


def test_its_name_says_township_period_and_number(packet: MadePacket, stick: Path) -> None:
    assert packet.path == stick / NAME
    assert [each.name for each in stick.iterdir()] == [NAME]


def test_a_period_over_two_years_names_both(township: Desk, stick: Path) -> None:
    order = PacketOrder(date(2025, 10, 1), date(2026, 3, 31))
    assert "2025年10月1日至2026年3月31日" in made(township, stick, order).path.name


def test_it_opens_with_the_plain_unzip(packet: MadePacket, tmp_path: Path) -> None:
    tool = shutil.which("unzip")
    if tool is None:
        pytest.skip("no unzip here")
    target = tmp_path / "解开"
    done = subprocess.run([tool, "-q", str(packet.path), "-d", str(target)], check=False)
    assert done.returncode == 0
    assert sorted(each.name for each in target.iterdir()) == sorted(
        ["纪要", "台账", "附件", "数据", "目录.txt"]
    )


def test_every_name_inside_is_marked_as_utf8(packet: MadePacket) -> None:
    with zipfile.ZipFile(packet.path) as archive:
        assert all(each.flag_bits & 0x800 for each in archive.infolist())


def test_the_list_of_contents_is_plain_text_for_any_windows(packet: MadePacket) -> None:
    with zipfile.ZipFile(packet.path) as archive:
        raw = archive.read("目录.txt")
        inside = {each.filename: archive.read(each) for each in archive.infolist()}
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("utf-8-sig")
    assert "柳河镇政协联络组" in text
    assert "2026年第1号" in text
    assert "certutil" in text
    for name in set(inside) - {"目录.txt", MANIFEST}:
        assert f"{name}　｜　{len(inside[name])}" in text
        assert hashlib.sha256(inside[name]).hexdigest() in text


def test_papers_lie_in_it_as_they_were_made(packet: MadePacket) -> None:
    with zipfile.ZipFile(packet.path) as archive:
        assert archive.read("台账/委员名册.xlsx") == b"PK\x03\x04 roster"
        assert "纪要/1号 关于桥口村停车难问题的协商纪要.pdf" in archive.namelist()


def test_two_papers_of_one_name_are_both_kept_and_large_ones_come_from_a_file(
    township: Desk, stick: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF" * 500_000)

    def twins(scope: PacketScope, progress: Progress) -> Iterable[PacketFile]:
        yield PacketFile("纪要/关于“停车”：一.pdf", b"one")
        yield PacketFile("纪要/关于“停车”：一.PDF", b"two")
        yield PacketFile("纪要/a:b?.pdf", large)

    path = make_packet(township, QUARTER, stick, twins).path
    with zipfile.ZipFile(path) as archive:
        assert archive.read("纪要/关于“停车”：一.pdf") == b"one"
        assert archive.read("纪要/关于“停车”：一(2).PDF") == b"two"
        assert archive.read("纪要/a_b_.pdf") == large.read_bytes()
    read_packet(path)


def test_a_paper_has_no_place_among_the_data(township: Desk, stick: Path) -> None:
    with pytest.raises(AssertionError):
        make_packet(township, QUARTER, stick, lambda *_: [PacketFile("数据/x", b"")])
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("..", "未命名"),
        ("a/b\\c.txt", "a_b_c.txt"),
        ("con.jpg", "con_.jpg"),
        ("长" * 200 + ".jpeg", "长" * 60 + ".jpeg"),
        ("第一次会议.三楼会议室讨论", "第一次会议.三楼会议室讨论"),
        ("", "未命名"),
    ],
)
def test_names_are_such_as_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_photos_lie_in_it_once_under_their_own_name(township: Desk, stick: Path) -> None:
    held = township.find(Meeting)[0]
    first = township.find(Attachment)[0]
    township.save(dataclasses.replace(first, id="", owner=held.id, name="同一张.jpg"))
    path = made(township, stick).path
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("附件/")]
        assert names == [f"附件/现场_{first.sha256[:12]}.jpg"]
        assert archive.read(names[0]) == township.contents.read(first.sha256)


def test_a_paper_that_is_also_an_attachment_lies_in_it_twice(township: Desk, stick: Path) -> None:
    photo = township.contents.read(township.find(Attachment)[0].sha256)
    assert photo is not None
    path = make_packet(
        township, QUARTER, stick, lambda *_: [PacketFile("纪要/现场.jpg", photo)]
    ).path
    assert read_packet(path).attachments


def test_the_same_records_make_the_same_bytes(township: Desk, stick: Path) -> None:
    taken: list[bytes] = []

    class Watched(sticks.StickPulledOutBeforeTheName):
        def rename(self, old: Path, new: Path) -> None:
            taken.append(old.read_bytes())
            super().rename(old, new)

    township.now = lambda: datetime(2026, 4, 1, 9, 0)
    for _ in range(2):
        with pytest.raises(errors.StickGone):
            make_packet(township, QUARTER, Watched(stick), papers)
    assert taken[0] == taken[1]
    with zipfile.ZipFile(io.BytesIO(taken[0])) as archive:
        assert archive.namelist()[-3:] == [RECORDS, "目录.txt", MANIFEST]


def test_a_clock_before_1980_does_not_stop_it(township: Desk, stick: Path) -> None:
    township.now = lambda: datetime(1970, 1, 1, 8, 0)
    assert read_packet(make_packet(township, QUARTER, stick, papers).path).manifest.year == 1970


# -- which records -------------------------------------------------------------------------


def test_draft_minutes_stay_at_home(township: Desk, stick: Path) -> None:
    factory.minutes(township, factory.meeting(township, "二次会"), heading="还没有写完")
    path = made(township, stick).path
    assert len(living(path, "minutes")) == 1
    assert "还没有写完" not in path.read_bytes().decode("utf-8", "ignore")
    assert preview_packet(township, QUARTER).drafts == 1


def test_what_hangs_on_draft_minutes_goes_without_the_link(township: Desk, stick: Path) -> None:
    draft = factory.minutes(township, township.find(Meeting)[0])
    factory.matter(township, "清理沟渠", minutes=draft.id)
    found = living(made(township, stick).path, "matter")
    columns = next(each["columns"] for each in found if "清理沟渠" in str(each["columns"]))
    assert "minutes" not in columns  # type: ignore[operator]


def test_meetings_after_the_period_stay_at_home_with_their_parts(
    township: Desk, stick: Path
) -> None:
    later = factory.meeting(township, "四月的会", held_at=datetime(2026, 4, 1, 9, 0))
    factory.attendance(township, later, township.find(Person)[0])
    agreed = factory.consensus(township, later, due_on=date(2026, 5, 1))
    factory.matter(township, "五月的事", consensus=agreed.id, due_on=date(2026, 5, 2))
    path = made(township, stick).path
    assert len(living(path, "meeting")) == 1
    assert len(living(path, "attendance")) == 1
    assert len(living(path, "consensus")) == 1
    matters = [each["columns"] for each in living(path, "matter")]
    assert sorted("consensus" in each for each in matters) == [False, True]  # type: ignore[operator]
    assert preview_packet(township, QUARTER).later_meetings == 1
    read_packet(path)


def test_a_record_dated_later_comes_only_when_one_of_the_period_names_it(
    township: Desk, stick: Path
) -> None:
    from liaison_desk.domain.meeting import MeetingTopic

    named = factory.topic(township, "提前议的", proposed_on=date(2026, 5, 1))
    factory.topic(township, "五月才提的", proposed_on=date(2026, 5, 2))
    held = township.find(Meeting)[0]
    township.save(MeetingTopic(meeting=held.id, topic=named.id))
    path = made(township, stick).path
    assert "提前议的" in str(living(path, "topic"))
    assert "五月才提的" not in str(living(path, "topic"))
    read_packet(path)


def test_removed_records_leave_only_their_id(township: Desk, stick: Path) -> None:
    gone = factory.person(township, "王五", note="秘密")
    township.remove(gone)
    told = [each for each in lines(made(township, stick).path) if each["id"] == gone.id]
    assert set(told[0]) == {"table", "id", "removed_at", "stamps"}
    assert set(told[0]["stamps"]) == {"removed_at"}  # type: ignore[call-overload]


def test_of_someone_removed_whom_an_old_meeting_shows_the_name_alone_leaves(
    township: Desk, stick: Path
) -> None:
    gone = township.find(Person, name="陆䶮")[0]
    township.remove(gone)
    [told] = [each for each in lines(made(township, stick).path) if each["id"] == gone.id]
    assert told["columns"] == {"name": "陆䶮"}
    assert set(told["stamps"]) == {"removed_at", "name"}  # type: ignore[call-overload]


def test_minutes_that_became_a_draft_again_are_gone_for_the_county(
    township: Desk, stick: Path
) -> None:
    draft = factory.minutes(township, township.find(Meeting)[0])
    township.save(with_values(draft, {"status": FINAL, "year": 2026, "number": 2, "version": 1}))
    township.undo()
    path = made(township, stick).path
    told = [each for each in lines(path) if each["id"] == draft.id]
    assert "removed_at" in told[0]
    assert read_packet(path)


def test_identity_numbers_leave_only_when_asked(township: Desk, stick: Path) -> None:
    assert "identity" not in str(living(made(township, stick).path, "person"))
    asked = dataclasses.replace(QUARTER, include_identity=True)
    assert "11010519491231002X" in str(living(made(township, stick, asked).path, "person"))


def test_old_photos_are_not_sent_again(township: Desk, stick: Path) -> None:
    order = PacketOrder(date(2026, 4, 1), date(2026, 6, 30))
    path = made(township, stick, order).path
    assert living(path, "meeting")
    assert not living(path, "attachment")


def test_a_photo_added_later_to_an_old_meeting_is_sent(
    township: Desk, stick: Path, tmp_path: Path
) -> None:
    from liaison_desk.services.attaching import attach

    township.now = factory.Clock(datetime(2026, 5, 1, 9, 0))
    late = tmp_path / "补.jpg"
    late.write_bytes(b"late")
    attach(township, township.find(Meeting)[0], late)
    order = PacketOrder(date(2026, 4, 1), date(2026, 6, 30))
    assert "补.jpg" in str(living(made(township, stick, order).path, "attachment"))


def test_a_photo_of_a_person_always_goes_and_one_of_a_draft_never(
    township: Desk, stick: Path, tmp_path: Path
) -> None:
    from liaison_desk.services.attaching import attach

    portrait, scan = tmp_path / "像.jpg", tmp_path / "稿.jpg"
    portrait.write_bytes(b"portrait")
    scan.write_bytes(b"scan")
    attach(township, township.find(Person)[0], portrait)
    attach(township, factory.minutes(township, township.find(Meeting)[0]), scan)
    order = PacketOrder(date(2026, 4, 1), date(2026, 6, 30))
    sent = str(living(made(township, stick, order).path, "attachment"))
    assert "像.jpg" in sent
    assert "稿.jpg" not in sent


def test_what_hangs_on_another_office_stays(county_desk: Desk, township: Desk, stick: Path) -> None:
    from tests.services.handoff.packets import received

    received(county_desk, made(township, stick).path)
    theirs = county_desk.find(Person)[0]
    own = factory.meeting(county_desk, "县级协商会")
    county_desk.save(Attendance(meeting=own.id, person=theirs.id))
    path = made(county_desk, stick).path
    assert living(path, "meeting")
    assert not living(path, "attendance")


def test_the_preview_tells_what_would_leave(township: Desk) -> None:
    told = preview_packet(township, dataclasses.replace(QUARTER, include_identity=True))
    assert (told.number, told.file_name) == (1, NAME)
    assert told.counts["协商会"] == 1
    assert told.personal == {"手机": 1, "身份证号": 1}
    assert told.attachments == (1, township.find(Attachment)[0].size)
    assert "身份证号" not in preview_packet(township, QUARTER).personal
    assert township.find(Packet) == []


def test_a_period_that_ends_before_it_begins_is_refused(township: Desk) -> None:
    with pytest.raises(errors.PacketError, match="起始日期晚于"):
        preview_packet(township, PacketOrder(date(2026, 4, 1), date(2026, 3, 1)))


# -- the number ----------------------------------------------------------------------------


def test_a_packet_that_left_is_noted(packet: MadePacket, township: Desk) -> None:
    [noted] = township.find(Packet)
    assert noted == packet.packet
    assert (noted.direction, noted.number, noted.file_name) == (SENT, 1, NAME)
    assert noted.sha256 == hashlib.sha256(packet.path.read_bytes()).hexdigest() == packet.sha256
    assert noted.stamp == read_packet(packet.path).manifest.stamp
    assert township.queries.changed_since(noted.stamp) == 0
    assert check.faults(township.database) == []


def test_the_same_period_again_gets_a_new_number(township: Desk, stick: Path) -> None:
    assert [made(township, stick).number for _ in range(3)] == [1, 2, 3]


def test_a_new_year_counts_from_one(township: Desk, stick: Path) -> None:
    made(township, stick)
    township.now = factory.Clock(datetime(2027, 1, 4, 9, 0))
    assert made(township, stick).number == 1


def test_a_number_that_was_taken_back_is_not_given_again(township: Desk, stick: Path) -> None:
    made(township, stick)
    township.undo()
    assert township.find(Packet) == []
    assert made(township, stick).number == 2


def test_a_file_of_the_same_name_is_never_written_over(township: Desk, stick: Path) -> None:
    (stick / NAME).write_bytes(b"hers")
    assert made(township, stick).path.name == NAME.replace(".zip", "(2).zip")
    assert (stick / NAME).read_bytes() == b"hers"


def test_two_packets_made_at_once_do_not_share_a_number(township: Desk, stick: Path) -> None:
    class Overtaken(TargetFolder):
        def free_bytes(self) -> int:
            made(township, stick)
            return super().free_bytes()

    with pytest.raises(errors.PacketError, match="期号重了"):
        make_packet(township, QUARTER, Overtaken(stick), papers)
    assert len(township.find(Packet)) == len(list(stick.glob("*.zip"))) == 1


# -- sticks --------------------------------------------------------------------------------


def nothing_happened(desk: Desk, stick: Path) -> bool:
    return desk.find(Packet) == [] and preview_packet(desk, QUARTER).number == 1


@pytest.mark.parametrize(
    ("target", "error", "sentence"),
    [
        (sticks.StickWithoutRoom, errors.StickFull, "还差约1MB"),
        (sticks.StickThatFillsUp, errors.StickFull, "还差约1MB"),
        (sticks.StickThatRefuses, errors.StickReadOnly, "只读"),
        (sticks.StickThatIsPulledOut, errors.StickGone, "拔出"),
        (sticks.StickThatFailsAtTheEnd, errors.StickGone, "拔出"),
        (sticks.StickPulledOutBeforeTheName, errors.StickGone, "拔出"),
        (sticks.StickPulledOutAfterTheName, errors.StickGone, "拔出"),
        (sticks.StickOfOldFormat, errors.FileTooBig, "exFAT"),
        (sticks.StickThatForgets, errors.ReadBackDiffers, "读回来与原样不符"),
    ],
)
def test_a_bad_stick_is_told_and_leaves_nothing_behind(
    township: Desk,
    stick: Path,
    target: type[TargetFolder],
    error: type[errors.PacketError],
    sentence: str,
) -> None:
    with pytest.raises(error, match=sentence) as told:
        make_packet(township, QUARTER, target(stick), papers)
    assert "期号没有占用" in str(told.value)
    assert list(stick.iterdir()) == []
    assert nothing_happened(township, stick)
    assert made(township, stick).number == 1


def test_a_missing_folder_is_told(township: Desk, tmp_path: Path) -> None:
    with pytest.raises(errors.FolderMissing, match="找不到文件夹"):
        make_packet(township, QUARTER, tmp_path / "没有", papers)


def test_a_folder_that_goes_before_writing_is_told(township: Desk, stick: Path) -> None:
    def pull(scope: PacketScope, progress: Progress) -> Iterable[PacketFile]:
        stick.rmdir()
        return []

    with pytest.raises(errors.FolderMissing):
        make_packet(township, QUARTER, stick, pull)
    assert nothing_happened(township, stick)


def test_what_windows_says_of_a_stick_is_understood(stick: Path) -> None:
    error = OSError(errno.EINVAL, "not ready")
    error.winerror = 21  # type: ignore[attr-defined,unused-ignore]
    assert isinstance(errors.not_written(error, stick, 0), errors.StickGone)


def test_an_unknown_fault_of_a_stick_is_told_too(stick: Path) -> None:
    told = errors.not_written(OSError(errno.ELOOP, "loop"), stick, 0)
    assert "没有写成" in str(told)


@pytest.mark.parametrize(
    ("code", "sentence"), [(errno.ENOSPC, "电脑磁盘已满"), (errno.EIO, "检查电脑磁盘")]
)
def test_a_fault_of_the_pc_itself_is_told(
    township: Desk, stick: Path, code: int, sentence: str
) -> None:
    def fail(scope: PacketScope, progress: Progress) -> Iterable[PacketFile]:
        raise OSError(code, "fault")

    with pytest.raises(errors.PacketError, match=sentence):
        make_packet(township, QUARTER, stick, fail)
    assert nothing_happened(township, stick)


def test_a_record_older_than_a_rule_is_told_here_rather_than_at_the_county(
    township: Desk, stick: Path
) -> None:
    with township.database.transaction() as connection:
        connection.execute("UPDATE meeting SET name = ''")
    with pytest.raises(errors.PacketError, match="协商会“未命名的协商会”填写有误：请填写名称"):
        made(township, stick)
    assert nothing_happened(township, stick)


def test_a_stick_that_cannot_even_be_asked_is_missing(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> bool:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr("pathlib.Path.is_dir", fail)
    assert not TargetFolder(stick).exists()


def test_a_lost_attachment_is_told_by_name(township: Desk, stick: Path) -> None:
    with township.database.transaction() as connection:
        connection.execute("DELETE FROM attachment_content")
    with pytest.raises(errors.PacketError, match="现场"):
        made(township, stick)
    assert nothing_happened(township, stick)


@pytest.mark.parametrize("step", ["挑选", "做纪要", "附件", "放入资料", "写到U盘", "读回"])
def test_cancelling_at_any_step_leaves_nothing_behind(
    township: Desk, stick: Path, step: str
) -> None:
    def cancel(done: int, total: int, what: str) -> None:
        if step in what:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_packet(township, QUARTER, stick, papers, cancel)
    assert list(stick.iterdir()) == []
    assert nothing_happened(township, stick)


def test_what_a_power_cut_left_is_written_over(township: Desk, stick: Path) -> None:
    left = stick / f".报送包_{township.desk_id}.part"
    left.write_bytes(b"half")
    made(township, stick)
    assert not left.exists()


def test_a_folder_that_cannot_be_synced_is_no_fault(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(errno.EINVAL, "no such thing here")

    monkeypatch.setattr("os.fsync", refuse)
    TargetFolder(stick).sync_folder()
    monkeypatch.delattr("os.O_DIRECTORY")
    TargetFolder(stick).sync_folder()


@pytest.mark.mount
def test_a_full_stick_is_told_with_what_is_lacking(township: Desk, full_stick: Path) -> None:
    with pytest.raises(errors.StickFull, match="还差约1MB"):
        make_packet(township, QUARTER, full_stick, papers)
    assert [each.name for each in full_stick.iterdir()] == ["照片.jpg"]
    (full_stick / "照片.jpg").unlink()
    assert make_packet(township, QUARTER, full_stick, papers).number == 1


@pytest.mark.mount
def test_a_stick_that_fills_up_meanwhile_is_told(township: Desk, full_stick: Path) -> None:
    class Hopeful(TargetFolder):
        def free_bytes(self) -> int:
            return 1 << 30

    def large(scope: PacketScope, progress: Progress) -> Iterable[PacketFile]:
        yield PacketFile("纪要/大.zip", b"\0" * 400_000)

    with pytest.raises(errors.StickFull):
        make_packet(township, QUARTER, Hopeful(full_stick), large)
    assert [each.name for each in full_stick.iterdir()] == ["照片.jpg"]
    assert nothing_happened(township, full_stick)


@pytest.mark.mount
def test_a_read_only_stick_is_told(township: Desk, read_only_stick: Path) -> None:
    with pytest.raises(errors.StickReadOnly, match="写保护"):
        make_packet(township, QUARTER, read_only_stick, papers)
    assert nothing_happened(township, read_only_stick)


@pytest.mark.mount
@pytest.mark.parametrize("step", ["写到U盘", "读回"])
def test_a_stick_pulled_out_half_way_shows_no_packet_when_put_in_again(
    township: Desk, pulled_out_stick: sticks.PulledOutStick, step: str
) -> None:
    def pull(done: int, total: int, what: str) -> None:
        if step in what and done > 0:
            pulled_out_stick.pull_out()

    def large(scope: PacketScope, progress: Progress) -> Iterable[PacketFile]:
        yield PacketFile("纪要/大.zip", bytes(range(256)) * 16_000)

    with pytest.raises(errors.PacketError):
        make_packet(township, QUARTER, pulled_out_stick.folder, large, pull)
    assert nothing_happened(township, pulled_out_stick.folder)
    pulled_out_stick.put_in()
    assert list(pulled_out_stick.folder.glob("*.zip")) == []
    path = make_packet(township, QUARTER, pulled_out_stick.folder, large).path
    assert read_packet(path).manifest.number == 1


_LIMITED = """
import resource, sys
from pathlib import Path
from liaison_desk.services.handoff import errors
from liaison_desk.services.handoff.stick import StickFile, TargetFolder
import io
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    source = io.BytesIO(b"x" * 300_000)
    file = StickFile(TargetFolder(Path(sys.argv[1])), "a.zip", "desk")
    file.write(source, 300_000, lambda *_: None)
except errors.FileTooBig as error:
    print(error)
"""


def test_a_file_system_that_takes_no_such_size_is_told(stick: Path) -> None:
    assert resource.RLIMIT_FSIZE is not None
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(stick)],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        env={"PYTHONUTF8": "1"},
    )
    assert "存不下这么大的单个文件" in done.stdout, done.stderr
    assert list(stick.iterdir()) == []


def test_the_disk_failing_at_the_last_moment_takes_the_file_back(
    township: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note cannot be kept: then the packet must not lie on the stick either."""

    class Failing(TargetFolder):
        def sync_folder(self) -> None:
            super().sync_folder()
            raise RuntimeError("our own bug after the name was given")

    with pytest.raises(RuntimeError):
        make_packet(township, QUARTER, Failing(stick), papers)
    assert list(stick.iterdir()) == []
    assert nothing_happened(township, stick)
