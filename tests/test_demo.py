"""The demo: the whole story on the sample files, without anybody there."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
import pytest

from liaison_desk import app, demo
from liaison_desk.demo import COUNTY_FILE, TOWNSHIP_FILE, Demo
from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.office import Office
from liaison_desk.services.desk import Desk
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from liaison_desk.ui import pages

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    """A folder with a finished demo; it did not exist before."""
    made = tmp_path_factory.mktemp("演示") / "还不存在" / "演示"
    Demo(made, app.take_pictures).run()
    return made


@pytest.fixture(scope="module")
def summary(folder: Path) -> dict[str, Any]:
    """What summary.json says."""
    told: dict[str, Any] = json.loads((folder / "summary.json").read_text("utf-8"))
    return told


def test_the_summary_names_files_that_are_there(folder: Path, summary: dict[str, Any]) -> None:
    named = [*summary["files"].values(), *summary["pictures"]]
    assert len(named) == 9 + len(pages.PAGES) + len(pages.COUNTY_PAGES)
    assert all((folder / name).stat().st_size > 1000 for name in named)


def test_the_county_has_what_the_township_reported(summary: dict[str, Any]) -> None:
    township, county = summary["counts"]["township"], summary["counts"]["county"]
    assert township == {"membership": 14, "meeting": 2, "minutes": 2, "matter": 3}
    assert county == {"membership": 14, "meeting": 2, "minutes": 1, "matter": 3}
    assert "没有改动" in summary["packet_again"]


def test_the_data_files_are_well_and_of_the_right_level(folder: Path) -> None:
    for name, is_county in ((TOWNSHIP_FILE, False), (COUNTY_FILE, True)):
        database = Database.open(folder / name)
        office = Desk(database).office
        assert isinstance(office, Office)
        assert office.is_county is is_county
        assert faults(database) == []
        database.close()


def test_the_packet_is_the_one_that_was_read_back(folder: Path, summary: dict[str, Any]) -> None:
    packet = folder / summary["files"]["packet"]
    assert hashlib.sha256(packet.read_bytes()).hexdigest() == summary["packet_sha256"]
    with zipfile.ZipFile(packet) as archive:
        assert archive.testzip() is None
        assert archive.read(summary["files"]["minutes"]).startswith(b"%PDF")


def test_the_list_of_contents_vouches_for_every_paper(
    folder: Path, summary: dict[str, Any]
) -> None:
    with zipfile.ZipFile(folder / summary["files"]["packet"]) as archive:
        listed = archive.read("目录.txt").decode("utf-8-sig")
        for name in archive.namelist():
            if not name.startswith("数据/manifest") and name != "目录.txt":
                assert name in listed
                assert hashlib.sha256(archive.read(name)).hexdigest() in listed


def test_the_papers_are_what_a_county_without_the_program_can_read(
    folder: Path, summary: dict[str, Any]
) -> None:
    document = pypdfium2.PdfDocument(folder / summary["files"]["minutes"])
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert all(name in text.replace("\r\n", "") for name in ("陆䶮", "周㛃", "王𬭚", "孙頔"))
    roster = openpyxl.load_workbook(folder / summary["files"]["委员名册"]).active
    assert roster is not None
    cells = [str(cell.value) for row in roster.iter_rows() for cell in row]
    assert "王𬭚" in cells
    assert "138****0001" in cells


@pytest.mark.parametrize("program", ["unzip", "7z", "bsdtar"])
def test_any_unzip_opens_the_packet(folder: Path, summary: dict[str, Any], program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    test_call = {"unzip": ["-tq"], "7z": ["t"], "bsdtar": ["-tf"]}[program]
    packet = str(folder / summary["files"]["packet"])
    done = subprocess.run([program, *test_call, packet], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_libreoffice_opens_every_ledger(
    folder: Path, summary: dict[str, Any], tmp_path: Path
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    books = [name for name in summary["files"].values() if name.endswith(".xlsx")]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run([*call, *(str(folder / name) for name in books)], check=True, timeout=120)
    assert len(list(tmp_path.glob("*.csv"))) == len(books) == 5


def test_two_demos_are_not_mixed(folder: Path) -> None:
    before = (folder / TOWNSHIP_FILE).read_bytes()
    with pytest.raises(DeskError, match="已经有一次演示"):
        Demo(folder, app.take_pictures).run()
    assert (folder / TOWNSHIP_FILE).read_bytes() == before


def test_a_county_file_that_is_not_well_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "faults", lambda db: ["坏"] if db.path.name == COUNTY_FILE else [])
    assert Demo(tmp_path / "演示", lambda desk, folder: []).run()["well"] is False
