"""A file for the clerk is there whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import Cancelled
from liaison_desk.store.whole_file import whole_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_takes_its_name_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with whole_file(path) as stream:
        stream.write(b"one")
        assert not path.exists()
        stream.write(b"two")
    assert path.read_bytes() == b"onetwo"
    assert list(tmp_path.iterdir()) == [path]


def test_what_stood_there_stays_when_the_writing_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"old")

    def give_up() -> None:
        with whole_file(path) as stream:
            stream.write(b"half")
            raise Cancelled

    with pytest.raises(Cancelled):
        give_up()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_name_a_disk_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'会' * 83}.pdf"
    with whole_file(path) as stream:
        stream.write(b"whole")
    assert path.read_bytes() == b"whole"


def test_a_folder_that_is_gone_is_the_disks_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "没有" / "台账.xlsx"):
        pass
