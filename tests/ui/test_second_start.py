"""Starting where the file is in use, read-only or damaged: told in words, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from liaison_desk.services.desk import Desk
from liaison_desk.store.database import Database
from liaison_desk.ui import messages, pages
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.session import Session
from liaison_desk.ui.settings_page import SettingsPage
from tests import factory
from tests.ui.windows import ini, make_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

CHECKOUT = Path(__file__).parents[2]
PATIENCE_MS = 30_000


def set_up(path: Path, township: str) -> Path:
    database = Database.open(path)
    Desk(database).set_up(factory.office(township=township))
    database.close()
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A data file that has been set up, closed."""
    return set_up(tmp_path / "柳河镇.db", "柳河镇")


@pytest.fixture
def start(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], Session]]:
    """Starts sessions with settings of their own."""
    monkeypatch.setattr(pages, "PAGES", (HomePage, SettingsPage))
    made: list[Session] = []

    def begin(file: Path) -> Session:
        session = Session(make_once(), ini(tmp_path))
        made.append(session)
        session.start(file)
        return session

    yield begin
    for session in made:
        session.close()


@pytest.fixture
def locked(file: Path) -> Iterator[Path]:
    """The data file, which nobody may write to; root may unless the file is immutable."""
    if os.name == "nt" or os.geteuid():
        file.chmod(0o444)
        yield file
        file.chmod(0o644)
        return
    done = subprocess.run(["chattr", "+i", str(file)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("root, on a file system without immutable files: nothing is read-only")
    yield file
    subprocess.run(["chattr", "-i", str(file)], check=True)


def damage(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    return path


@pytest.fixture
def choose_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The clerk opens another file when one cannot be opened; what she was told."""
    other, told = set_up(tmp_path / "青龙镇.db", "青龙镇"), []

    def choose(sentence: str) -> Path:
        told.append(sentence)
        return other

    monkeypatch.setattr(messages, "ask_other_file", choose)
    return told


def is_showing(session: Session, township: str) -> bool:
    return session.window is not None and session.window.office_label.text().endswith(township)


def test_a_read_only_file_is_told_of_left_alone_and_another_can_be_opened(
    locked: Path, start: Callable[[Path], Session], choose_other: list[str]
) -> None:
    before = locked.read_bytes()
    session = start(locked)
    assert "只读" in choose_other[0]
    assert "资料没有改动" in choose_other[0]
    assert len(choose_other) == 1
    assert is_showing(session, "青龙镇")
    assert not session.failed
    assert locked.read_bytes() == before


def test_a_damaged_file_is_told_of_left_alone_and_another_can_be_opened(
    file: Path, start: Callable[[Path], Session], choose_other: list[str]
) -> None:
    before = damage(file).read_bytes()
    session = start(file)
    assert "已损坏" in choose_other[0]
    assert "备份" in choose_other[0]
    assert len(choose_other) == 1
    assert is_showing(session, "青龙镇")
    assert file.read_bytes() == before


def test_a_second_start_in_another_process_brings_the_first_forward_and_ends_well(
    file: Path, start: Callable[[Path], Session], tmp_path: Path, qtbot: QtBot
) -> None:
    window = start(file).window
    assert window is not None
    window.showMinimized()
    home = tmp_path / "家"
    home.mkdir()
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local"),
        "PYTHONPATH": str(CHECKOUT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "liaison_desk", "--file", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    with process:
        try:
            qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE_MS)
        finally:
            process.kill()
        assert process.stdout is not None
        assert process.stdout.read() == b""
    assert process.returncode == 0
    qtbot.waitUntil(lambda: not window.isMinimized())
    assert window.isVisible()
    assert not list(home.rglob("*.conf"))
