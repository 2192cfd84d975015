"""Write-ahead logging is for disks that stay where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison_desk.store import disks
from liaison_desk.store.database import Database

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
/dev/sdb1 /media/clerk/U\\040盘 exfat rw 0 0
server:/home /home/net nfs4 rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of mounts with a share and a stick."""
    path = tmp_path / "mounts"
    path.write_text(MOUNTS, "utf-8")
    monkeypatch.setattr(disks, "_MOUNTS", path)
    return path


@pytest.mark.parametrize(
    ("path", "is_local"),
    [
        ("/home/clerk/资料.db", True),
        ("/mnt/share/资料.db", False),
        ("/mnt/shared/资料.db", True),
        ("/home/net/资料.db", False),
        ("/media/clerk/U 盘/资料.db", False),
    ],
)
def test_a_share_is_told_from_a_local_disk(mounts: Path, path: str, is_local: bool) -> None:
    assert disks.is_local(Path(path)) is is_local


def test_where_nothing_is_known_of_mounts_a_disk_is_taken_for_local(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(disks, "_MOUNTS", tmp_path / "none")
    assert disks.is_local(tmp_path)


@pytest.mark.parametrize(("is_local", "mode"), [(True, "wal"), (False, "delete")])
def test_a_file_on_a_share_does_without_write_ahead_logging(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_local: bool, mode: str
) -> None:
    Database.open(tmp_path / "资料.db").close()
    monkeypatch.setattr(disks, "is_local", lambda path: is_local)
    database = Database.open(tmp_path / "资料.db")
    assert database.read("PRAGMA journal_mode")[0][0] == mode
    database.close()
