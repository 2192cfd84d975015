"""Reading a packet: nothing is believed before all of it is verified."""

from __future__ import annotations

import dataclasses
import json
import random
import stat
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.person import Person
from liaison_desk.services.handoff import errors
from liaison_desk.services.handoff.packet_format import CATALOGUE, MANIFEST, RECORDS, Limits
from liaison_desk.services.handoff.reading import read_packet
from tests import factory
from tests.services.handoff.packets import QUARTER, Tampered, made

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.handoff.making import MadePacket

UNCHANGED = "资料没有改动"
NOBODY = "5c9e31f0-6d0b-4c1a-9d5e-2f7a8b4c3d10"  # an id that no record has


def refused(path: Path, error: type[errors.PacketError], sentence: str = UNCHANGED) -> None:
    with pytest.raises(errors.PacketError, match=sentence) as told:
        read_packet(path)
    assert type(told.value) is error
    assert UNCHANGED in str(told.value)


def test_a_packet_reads_back_as_it_was_made(packet: MadePacket, township: Desk) -> None:
    content = read_packet(packet.path)
    assert content.sha256 == packet.sha256
    assert content.place == "柳河镇"
    manifest = content.manifest
    assert (manifest.office, manifest.desk) == (township.office_id, township.desk_id)
    assert (manifest.year, manifest.number) == (2026, 1)
    assert manifest.period == (QUARTER.period_from, QUARTER.period_until)
    held = township.find(Meeting)[0]
    [read] = [each for each in content.records if each.id == held.id]
    assert read.columns["name"] == held.name
    assert read.stamps == township.stamps("meeting", [held.id])[held.id]


def test_reading_can_be_cancelled(packet: MadePacket) -> None:
    def cancel(done: int, total: int, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_packet(packet.path, cancel)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    refused(tmp_path / "没有.zip", errors.PacketUnreadable, "找不到文件")


def test_a_folder_is_no_packet(tmp_path: Path) -> None:
    refused(tmp_path, errors.PacketUnreadable, "读不出来")


# -- damage --------------------------------------------------------------------------------


def test_cut_short_at_any_byte_it_is_refused(packet: MadePacket, tmp_path: Path) -> None:
    whole = packet.path.read_bytes()
    assert len(whole) < 10_000
    path = tmp_path / "截断.zip"
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises((errors.DamagedPacket, errors.NotAPacket)):
            read_packet(path)


def flip(packet: MadePacket, path: Path, places: list[int]) -> None:
    whole = packet.path.read_bytes()
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        with pytest.raises((errors.DamagedPacket, errors.NotAPacket)):
            read_packet(path)


def test_with_one_byte_changed_it_is_refused(packet: MadePacket, tmp_path: Path) -> None:
    size = packet.path.stat().st_size
    sample = random.Random(3).sample(range(size), 500)
    flip(packet, tmp_path / "改动.zip", sorted({*sample, *range(30), *range(size - 300, size)}))


@pytest.mark.long
def test_with_any_byte_changed_it_is_refused(packet: MadePacket, tmp_path: Path) -> None:
    flip(packet, tmp_path / "改动.zip", list(range(packet.path.stat().st_size)))


def test_a_byte_more_at_the_end_is_damage(packet: MadePacket) -> None:
    packet.path.write_bytes(packet.path.read_bytes() + b"\0")
    refused(packet.path, errors.DamagedPacket, "不完整")


def test_packed_again_by_another_program_it_is_refused(packet: MadePacket, tmp_path: Path) -> None:
    parts = Tampered.of(packet.path)
    again = tmp_path / "重新压缩.zip"
    with zipfile.ZipFile(again, "w") as archive:
        for name, data in parts.entries.items():
            archive.writestr(name, data)
    refused(again, errors.DamagedPacket)


# -- other files ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"x", b"%PDF-1.7 something", bytes(range(256)) * 40, b"PK\x05\x06" + bytes(18)]
)
def test_other_files_are_no_packets(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "别的.zip"
    path.write_bytes(content)
    refused(path, errors.NotAPacket, "不是联络台做的报送包")


def test_an_ordinary_zip_is_no_packet(tmp_path: Path) -> None:
    path = tmp_path / "照片.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("照片/1.jpg", b"jpg")
    refused(path, errors.NotAPacket)


def test_an_encrypted_zip_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "加密.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"secret")
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    refused(path, errors.EncryptedPacket, "密码")


def test_a_sealed_zip_without_a_manifest_is_no_packet(packet: MadePacket, tmp_path: Path) -> None:
    parts = Tampered({"a.txt": b"a"}, is_manifest_kept=True)
    refused(parts.write(tmp_path / "x.zip"), errors.NotAPacket)


def test_another_programs_manifest_is_no_packets(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path).set_manifest(format="other")
    refused(parts.write(packet.path), errors.NotAPacket)


# -- newer versions ------------------------------------------------------------------------


@pytest.mark.parametrize("values", [{"version": 2}, {"requires": ["encryption"]}])
def test_a_newer_format_asks_for_a_newer_program(
    packet: MadePacket, values: dict[str, Any]
) -> None:
    path = Tampered.of(packet.path).set_manifest(**values).write(packet.path)
    refused(path, errors.NewerPacket, "安装新版本")


def test_an_unknown_column_asks_for_a_newer_program(packet: MadePacket) -> None:
    path = Tampered.of(packet.path).change("person", wechat="x").write(packet.path)
    refused(path, errors.NewerPacket)


@pytest.mark.parametrize("table", ["opinion_of_next_year", "packet", "setting"])
def test_an_unknown_type_asks_for_a_newer_program(packet: MadePacket, table: str) -> None:
    parts = Tampered.of(packet.path)
    lines = parts.lines
    lines[0] |= {"table": table}
    refused(parts.set_lines(lines, is_counted=False).write(packet.path), errors.NewerPacket)
    refused(
        Tampered.of(packet.path).set_manifest(counts={table: 1}).write(packet.path),
        errors.NewerPacket,
    )


def test_an_optional_entry_of_a_later_version_is_ignored(packet: MadePacket) -> None:
    info = zipfile.ZipInfo("签名/signature.bin")
    info.external_attr = 0o100644 << 16
    path = Tampered.of(packet.path).write(packet.path, (info, b"signed"))
    assert read_packet(path).manifest.number == 1


def test_an_older_program_that_knows_fewer_columns_is_read(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    lines = parts.lines
    for line in lines:
        if line["table"] == "person":
            del line["columns"]["pool"]
    assert read_packet(parts.set_lines(lines).write(packet.path))


# -- hostile archives ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../纪要.pdf",
        "附件/../../x",
        "/etc/passwd",
        "C:/x.exe",
        "C:x",
        "附件\\x.jpg",
        "附件//x",
        "./x",
        "附件/",
        "a\nb",
        "长" * 500,
        "目录.TXT",
    ],
)
def test_names_that_lead_elsewhere_are_refused(packet: MadePacket, name: str) -> None:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o100644 << 16
    info.filename = name
    path = Tampered.of(packet.path).write(packet.path, (info, b"x"))
    refused(path, errors.UnsafePacket, "结构不正常")


def test_a_name_cut_by_a_zero_byte_is_refused(packet: MadePacket) -> None:
    path = Tampered.of(packet.path).write(packet.path, (zipfile.ZipInfo("ab#c"), b"x"))
    raw = path.read_bytes().replace(b"ab#c", b"ab\0c")
    _reseal(path, raw)
    refused(path, errors.UnsafePacket)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_twice_is_refused(packet: MadePacket) -> None:
    info = zipfile.ZipInfo(RECORDS)
    path = Tampered.of(packet.path).write(packet.path, (info, b"{}"))
    refused(path, errors.UnsafePacket, "重名")


def test_a_symbolic_link_is_refused(packet: MadePacket) -> None:
    info = zipfile.ZipInfo("附件/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = Tampered.of(packet.path).write(packet.path, (info, b"/etc/passwd"))
    refused(path, errors.UnsafePacket, "快捷方式")


def test_an_encrypted_entry_is_refused(packet: MadePacket) -> None:
    raw = bytearray(packet.path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    _reseal(packet.path, bytes(raw))
    refused(packet.path, errors.EncryptedPacket)


def test_a_strange_compression_is_refused(packet: MadePacket) -> None:
    info = zipfile.ZipInfo("签名/x")
    info.compress_type = zipfile.ZIP_LZMA
    with zipfile.ZipFile(packet.path, "a") as archive:
        archive.writestr(info, b"x" * 100)
    _reseal(packet.path, packet.path.read_bytes())
    refused(packet.path, errors.UnsafePacket, "压缩方式")


def test_an_entry_that_nobody_vouches_for_is_refused(packet: MadePacket) -> None:
    path = Tampered.of(packet.path).write(packet.path, (zipfile.ZipInfo("附件/x.jpg"), b"x"))
    refused(path, errors.UnsafePacket, "清单不一致")


def test_an_entry_that_is_missing_is_refused(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    del parts.entries[CATALOGUE]
    parts.is_manifest_kept = True
    refused(parts.write(packet.path), errors.UnsafePacket, "清单不一致")


@pytest.mark.parametrize("text", [b"other", b"longer " * 500])
def test_an_entry_other_than_the_manifest_says_is_refused(packet: MadePacket, text: bytes) -> None:
    parts = Tampered.of(packet.path)
    parts.entries[CATALOGUE] = text
    parts.is_manifest_kept = True
    refused(parts.write(packet.path), errors.UnsafePacket)


def test_a_bomb_is_refused_by_what_it_declares(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    parts.entries["附件/bomb.bin"] = bytes(20 << 20)
    refused(parts.write(packet.path), errors.UnsafePacket, "大得不正常")


def test_a_bomb_that_lies_about_its_size_is_refused(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    parts.entries["附件/bomb.bin"] = bytes(3 << 20)
    parts.write(packet.path)
    raw = packet.path.read_bytes().replace((3 << 20).to_bytes(4, "little"), bytes([9, 0, 0, 0]))
    _reseal(packet.path, raw)
    refused(packet.path, errors.UnsafePacket)


@pytest.mark.parametrize(
    "limits",
    [
        Limits(directory=200),
        Limits(entries=3),
        Limits(entry=100),
        Limits(total=1000),
        Limits(manifest=100),
        Limits(records=100),
        Limits(record=50),
        Limits(count=2),
    ],
)
def test_whatever_exceeds_the_limits_is_refused(packet: MadePacket, limits: Limits) -> None:
    with pytest.raises(errors.UnsafePacket):
        read_packet(packet.path, limits=limits)


def test_a_list_of_entries_that_would_fill_the_memory_is_refused(packet: MadePacket) -> None:
    whole = packet.path.read_bytes()
    end = whole.rindex(b"PK\x05\x06")
    large = (2**31).to_bytes(8, "little")
    record = b"PK\x06\x06" + bytes(36) + large + bytes(8)
    locator = b"PK\x06\x07" + bytes(4) + end.to_bytes(8, "little") + b"\1\0\0\0"
    _reseal(packet.path, whole[:end] + record + locator + whole[end:])
    refused(packet.path, errors.UnsafePacket, "文件太多")


def test_a_directory_that_points_nowhere_is_refused(packet: MadePacket) -> None:
    raw = bytearray(packet.path.read_bytes())
    end = raw.rindex(b"PK\x05\x06")
    raw[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    _reseal(packet.path, bytes(raw))
    with pytest.raises(errors.PacketError):
        read_packet(packet.path)


def test_any_sealed_garbage_is_told_in_a_sentence(packet: MadePacket, tmp_path: Path) -> None:
    """Whatever a forger does to the archive's own headers, the answer is a sentence."""
    chance, path = random.Random(7), tmp_path / "伪造.zip"
    whole = packet.path.read_bytes()
    for _ in range(400):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            raw[chance.randrange(len(raw) - 76)] = chance.randrange(256)
        _reseal(path, bytes(raw))
        with suppress(errors.PacketError):
            read_packet(path)


# -- hostile JSON --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"[]",
        b"{}",
        b'{"table":"person","id":"1","columns":{},"stamps":{}}',
        b'{"table":7,"id":"%(id)b","columns":{},"stamps":{}}',
        b'{"table":"person","id":"%(id)b","columns":[],"stamps":{}}',
        b'{"table":"person","id":"%(id)b","columns":{},"stamps":[]}',
        b'{"table":"person","table":"person","id":"%(id)b","columns":{},"stamps":{}}',
        b'{"table":"person","id":"%(id)b","columns":{"name":NaN},"stamps":{}}',
        b'{"table":"person","id":"%(id)b","columns":{"name":1e400},"stamps":{}}',
        b'{"table":"person","id":"%(id)b","columns":{"name":' + b"9" * 5000 + b'},"stamps":{}}',
        b'{"table":"person","id":"%(id)b","removed_at":"yesterday","stamps":{}}',
        b'{"table":"person","id":"%(id)b","removed_at":"2026-03-01","stamps":{}}',
        b'{"table":"person","id":"%(id)b","removed_at":"2026-03-01T00:00:00+00:00","stamps":{}}',
        b'{"table":"office","id":"%(id)b","removed_at":"2026-03-01T00:00:00+00:00",'
        b'"stamps":{"removed_at":"000000000001-0000-a"}}',
        b'{"table":"person","id":"%(id)b","removed_at":"2026-03-01T00:00:00+00:00",'
        b'"columns":{"phone":"1"},'
        b'"stamps":{"removed_at":"000000000001-0000-a","phone":"000000000001-0000-a"}}',
        b'{"table":"person","id":"%(id)b","removed_at":"2026-03-01T00:00:00+00:00",'
        b'"columns":{"name":"x"},"stamps":{"removed_at":"000000000001-0000-a"}}',
        b"\xff\xfe",
    ],
)
def test_a_line_that_no_program_of_ours_wrote_is_refused(packet: MadePacket, line: bytes) -> None:
    parts = Tampered.of(packet.path)
    added = line.replace(b"%(id)b", str(uuid4()).encode())
    parts.set_lines([*parts.lines, added], is_counted=False)
    refused(parts.write(packet.path), errors.UnsafePacket, "写法不对")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("person", "name", 7),
        ("person", "name", None),
        ("person", "name", "\ud800"),
        ("person", "village", "x"),
        ("person", "village", 1),
        ("minutes", "number", "1"),
        ("minutes", "number", -1),
        ("minutes", "number", True),
        ("minutes", "number", 10**17),
        ("matter", "is_posted", 2),
        ("matter", "is_posted", None),
        ("matter", "due_on", "2026-3-1"),
        ("matter", "due_on", ""),
        ("matter", "due_on", "20260301"),
        ("matter", "due_on", 20260301),
        ("meeting", "held_at", "2026-03-01"),
        ("meeting", "held_at", "tomorrow"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(
    packet: MadePacket, table: str, column: str, value: object
) -> None:
    path = Tampered.of(packet.path).change(table, **{column: value}).write(packet.path)
    refused(path, errors.UnsafePacket, "写法不对")


@pytest.mark.parametrize(
    ("table", "column", "value", "sentence"),
    [
        ("person", "name", "", "请填写姓名"),
        ("person", "name", "长" * 100, "最多60个字"),
        ("person", "gender", "无", "请从"),
        ("person", "post", "a\x07b", "控制字符"),
        ("meeting", "name", "长" * 1000, "最多100个字"),
        ("person", "identity", "123456789012345678", "身份证号"),
        ("attendance", "person", NOBODY, "指向包里没有的资料"),
        ("attachment", "owner", NOBODY, "不知道属于哪条资料"),
        ("attachment", "owner_table", "person", "不知道属于哪条资料"),
        ("attachment", "sha256", "0" * 64, "的内容不在包里"),
        ("person", "office", NOBODY, "不属于报送单位"),
        ("person", "removed_at", "2026-01-01T00:00:00+00:00", "不属于报送单位"),
    ],
)
def test_a_value_against_the_rules_is_refused_with_the_rule(
    packet: MadePacket, table: str, column: str, value: str, sentence: str
) -> None:
    path = Tampered.of(packet.path).change(table, **{column: value}).write(packet.path)
    refused(path, errors.InvalidPacket, sentence)


def test_a_link_to_another_type_is_refused(packet: MadePacket, township: Desk) -> None:
    wrong = township.find(Meeting)[0].id
    path = Tampered.of(packet.path).change("attendance", person=wrong).write(packet.path)
    refused(path, errors.InvalidPacket, "指向包里没有的资料")


def test_a_required_column_cannot_be_left_out(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    lines = parts.lines
    next(each for each in lines if each["table"] == "person")["columns"].pop("name")
    refused(parts.set_lines(lines).write(packet.path), errors.InvalidPacket, "缺少“姓名”")


def test_an_id_twice_is_refused(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    parts.set_lines([*parts.lines, parts.lines[-1]])
    refused(parts.write(packet.path), errors.InvalidPacket, "同一个编号")


def test_another_office_in_it_is_refused(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    second = json.loads(json.dumps(parts.lines[0]))
    second["id"] = str(uuid4())
    refused(
        parts.set_lines([*parts.lines, second]).write(packet.path),
        errors.InvalidPacket,
        "夹带了别的单位",
    )


def test_without_its_own_office_it_is_refused(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    lines = [each for each in parts.lines if each["table"] != "office"]
    refused(parts.set_lines(lines).write(packet.path), errors.InvalidPacket, "没有报送单位的资料")


@pytest.mark.parametrize(
    "stamps",
    [
        {},
        {"name": "018000000000-0000-abc"},
        {"*": "x"},
        {"*": 7},
        {"*": ""},
        {"*": "018000000000-0000-abc", "unheard": "018000000000-0000-abc"},
    ],
)
def test_strange_stamps_are_refused(packet: MadePacket, stamps: dict[str, object]) -> None:
    parts = Tampered.of(packet.path)
    lines = parts.lines
    lines[-1] |= {"stamps": stamps}
    refused(parts.set_lines(lines, is_counted=False).write(packet.path), errors.UnsafePacket)


@pytest.mark.parametrize("stamp", ["ffffffffffff-0000-abc", "000000000000-0000-abc"])
def test_a_time_that_cannot_be_is_refused(packet: MadePacket, stamp: str) -> None:
    parts = Tampered.of(packet.path)
    lines = parts.lines
    lines[-1] |= {"stamps": {"*": stamp}}
    refused(parts.set_lines(lines).write(packet.path), errors.InvalidPacket, "核对乡镇电脑的日期")


@pytest.mark.parametrize(
    "values",
    [
        {"desk": 7},
        {"office": "x"},
        {"office": {"id": "x", "name": "y"}},
        {"year": 99999},
        {"number": 0},
        {"number": "1"},
        {"period": ["2026-01-01"]},
        {"period": ["2026-03-31", "2026-01-01"]},
        {"period": ["2026-1-1", "2026-03-31"]},
        {"stamp": "x"},
        {"counts": []},
        {"counts": {"person": "many"}},
        {"removed": -1},
        {"version": "1"},
        {"requires": None},
        {"entries": []},
        {"entries": [7]},
        {"entries": [{"name": "a", "size": -1, "sha256": "x"}]},
        {"entries": [{"name": MANIFEST, "size": 1, "sha256": "x"}]},
    ],
)
def test_a_manifest_out_of_order_is_refused(packet: MadePacket, values: dict[str, Any]) -> None:
    parts = Tampered.of(packet.path)
    parts.is_manifest_kept = True
    refused(parts.set_manifest(**values).write(packet.path), errors.UnsafePacket, "清单的写法不对")


def test_a_manifest_that_is_no_json_is_refused(packet: MadePacket) -> None:
    parts = Tampered.of(packet.path)
    parts.is_manifest_kept = True
    parts.entries[MANIFEST] = b"{"
    refused(parts.write(packet.path), errors.UnsafePacket, "清单的写法不对")


@pytest.mark.parametrize("values", [{"counts": {"person": 99}}, {"removed": 5}])
def test_counts_that_do_not_agree_are_refused(packet: MadePacket, values: dict[str, Any]) -> None:
    path = Tampered.of(packet.path).set_manifest(**values).write(packet.path)
    refused(path, errors.InvalidPacket, "数目与清单不一致")


def test_rare_names_come_through_whole(township: Desk, stick: Path) -> None:
    for name in factory.RARE_NAMES:
        factory.person(township, name)
    content = read_packet(made(township, stick).path)
    read = {each.columns["name"] for each in content.records if each.table == Person.table}
    assert set(factory.RARE_NAMES) <= read


def test_a_packet_of_an_empty_office_is_whole_too(desk: Desk, stick: Path) -> None:
    content = read_packet(made(desk, stick).path)
    assert [each.table for each in content.records] == ["office"]
    assert dataclasses.replace(content, records=()).place == "柳河镇政协联络组"


def _reseal(path: Path, raw: bytes) -> None:
    from liaison_desk.services.handoff.packet_format import BLANK_SEAL, SEAL_LENGTH, seal

    path.write_bytes(raw[:-SEAL_LENGTH] + BLANK_SEAL)
    with path.open("r+b") as file:
        seal(file)
