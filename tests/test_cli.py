"""The command line, called as a script would call it."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from liaison_desk import cli
from liaison_desk.commands import NOT_WELL, OK
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.packet import Packet
from liaison_desk.services.desk import Desk
from liaison_desk.services.sample import fill_sample
from liaison_desk.store.database import Database, migrate
from tests import factory

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk as DeskType

ROSTER = factory.SAMPLE / "县下发委员名册.xlsx"


def call(*arguments: object) -> int:
    """Run the command line; nothing of the window."""

    def no_window(file: Path | None, quit_after_paint: bool) -> int:
        raise AssertionError(f"a window was asked for: {file}, {quit_after_paint}")

    def no_pictures(desk: DeskType, folder: Path) -> list[Path]:
        raise AssertionError(f"pictures were asked for: {desk}, {folder}")

    texts = [str(each) for each in arguments]
    return cli.run(texts, open_window=no_window, take_pictures=no_pictures)


@pytest.fixture
def township_file(tmp_path: Path) -> Path:
    """A township's data file, set up and empty."""
    path = tmp_path / "乡镇.db"
    database = Database.open(path)
    Desk(database).set_up(factory.office())
    database.close()
    return path


@pytest.fixture
def worked_file(tmp_path: Path) -> Path:
    """A township's data file after some weeks of work, in March 2026."""
    path = tmp_path / "乡镇.db"
    database = Database.open(path)
    fill_sample(Desk(database, now=factory.Clock(datetime(2026, 3, 20, 9, 0))), factory.SAMPLE)
    database.close()
    return path


@pytest.fixture
def county_file(tmp_path: Path) -> Path:
    """A county's data file, set up and empty."""
    path = tmp_path / "县级.db"
    database = Database.open(path)
    Desk(database).set_up(factory.county_office())
    database.close()
    return path


def members(path: Path) -> int:
    """How many members a data file has."""
    database = Database.open(path)
    try:
        return len(Desk(database).find(Membership))
    finally:
        database.close()


def test_without_yes_a_roster_is_only_shown(
    township_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("import-roster", ROSTER, "--file", township_file, "--json") == OK
    told = json.loads(capsys.readouterr().out)
    assert len(told["people"]) == 14
    assert told["term"] == "第十二届"
    assert any("合计" in each["text"] for each in told["left_out"])
    assert told["written"] is False
    assert members(township_file) == 0


def test_with_yes_a_roster_is_imported_once(township_file: Path) -> None:
    for _ in range(2):
        assert call("import-roster", ROSTER, "--file", township_file, "--yes") == OK
    assert members(township_file) == 14


def test_a_packet_goes_from_township_to_county(
    worked_file: Path, county_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    period = ("--from", "2026-01-01", "--to", "2026-03-31")
    assert call("export-packet", "--file", worked_file, *period, "--out", stick, "--json") == OK
    packet = json.loads(capsys.readouterr().out)["path"]
    assert call("import-packet", packet, "--file", county_file) == OK
    assert members(county_file) == 0
    assert call("import-packet", packet, "--file", county_file, "--yes") == OK
    assert members(county_file) == 14
    capsys.readouterr()
    assert call("import-packet", packet, "--file", county_file, "--yes", "--json") == OK
    assert json.loads(capsys.readouterr().out)["already_known"] is True
    assert call("check", "--file", county_file) == OK


def test_a_packet_without_a_stick_uses_no_number(
    worked_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-03-31")
    nowhere = tmp_path / "没有的U盘"
    code = call("export-packet", "--file", worked_file, *period, "--out", nowhere)
    assert code == cli.REFUSED
    assert "U盘" in capsys.readouterr().err
    database = Database.open(worked_file)
    assert Desk(database).find(Packet) == []
    database.close()


def test_check_lists_what_is_not_well(
    worked_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", "--file", worked_file) == OK
    database = Database.open(worked_file)
    with database.transaction() as connection:
        connection.execute("UPDATE person SET name = '某某' WHERE name = '赵犇'")
    database.close()
    capsys.readouterr()
    assert call("check", "--file", worked_file, "--json") == NOT_WELL
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is False
    assert any("某某" in each for each in told["faults"])


def test_check_counts_a_damaged_file_as_not_well(
    township_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with township_file.open("r+b") as file:
        file.seek(4096)
        file.write(b"?" * 40960)
    assert call("check", "--file", township_file, "--json") == NOT_WELL
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is False
    assert "已损坏" in told["faults"][0]


def test_an_older_file_is_copied_before_a_command_upgrades_it(tmp_path: Path) -> None:
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, stop_before="m002_records")
    assert call("check", "--file", path) == cli.REFUSED
    assert len(list((tmp_path / "备份").glob("备份_*_升级前.db"))) == 1


def test_a_missing_file_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", "--file", tmp_path / "没有.db") == cli.REFUSED
    assert "找不到资料文件" in capsys.readouterr().err
    assert not (tmp_path / "没有.db").exists()


def test_a_file_that_was_never_set_up_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Database.open(tmp_path / "新.db").close()
    assert call("check", "--file", tmp_path / "新.db") == cli.REFUSED
    assert "还没有登记本室" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frob"], "没有 'frob' 这个命令"),
        (["check"], "还缺 --file"),
        (["export-packet", "--from", "昨天"], "日期“昨天”"),
        (["check", "--file"], "--file 后面要写内容"),
        (["check", "--file", "x", "y"], "多了 y"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call(*arguments)
    assert stopped.value.code == cli.WRONG_CALL
    assert said in capsys.readouterr().err


def test_what_an_import_answers_tells_no_number_of_a_person(
    township_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "名册.csv"
    rows = ("姓名,手机,身份证号", "张伟,13805610001,110105194912310021", "张12345678,13905610002,")
    source.write_text("\n".join(rows), encoding="utf-8-sig")
    arguments = ("import-roster", source, "--file", township_file, "--term", "第十二届", "--json")
    assert call(*arguments) == OK
    answered = capsys.readouterr().out
    assert json.loads(answered)["left_out"]
    assert not re.search("13905610002|13805610001|110105194912310021", answered)


@pytest.mark.parametrize("command", ["", "demo", "import-roster", "export-packet", "check"])
def test_the_help_is_in_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call(*filter(None, [command, "--help"]))
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert "用法：" in told
    for english in ("usage", "options", "positional", "show this help"):
        assert english not in told


def test_the_help_lists_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call("--help")
    told = capsys.readouterr().out
    assert all(f"\n  {code}  " in told for code in (0, 1, 2, 3))


def test_without_a_command_the_window_opens() -> None:
    asked: list[tuple[Path | None, bool]] = []

    def window(file: Path | None, quit_after_paint: bool) -> int:
        asked.append((file, quit_after_paint))
        return 0

    code = cli.run(["--file", "资料.db"], open_window=window, take_pictures=lambda desk, folder: [])
    assert code == 0
    assert [(str(file), paint) for file, paint in asked] == [("资料.db", False)]
