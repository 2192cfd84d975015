"""What every test starts from."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from liaison_desk.services.desk import Desk
from liaison_desk.services.sample import fill_sample
from liaison_desk.store.database import Database
from tests import factory
from tests.exports.papers.story import Story, live

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the long forms of the tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="runs with --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)


def pytest_collection_finish() -> None:
    """Leave what all tests are made of aside when looking for garbage: it stays to the end.

    It is most of what there is, and looking through it takes a fifth of a second each time.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _clipboard() -> Iterator[None]:
    """Nothing left in the clipboard at the end.

    Qt's offscreen platform frees what was copied after Python has gone, and crashes on what
    Python made; the platforms people use free it with the application.
    """
    yield
    if "PySide6.QtGui" not in sys.modules:
        return
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new data file; a copy of it is had sooner than another one."""
    path = tmp_path_factory.mktemp("空") / "资料.db"
    Database.open(path).close()
    return path


@pytest.fixture
def database(tmp_path: Path, empty_file: Path) -> Iterator[Database]:
    """A new, empty data file."""
    opened = Database.open(shutil.copyfile(empty_file, tmp_path / "资料.db"))
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database) -> Desk:
    """A township's desk, set up and empty, on a day that does not move."""
    made = Desk(database, operator="李文书", now=factory.Clock())
    made.set_up(factory.office())
    return made


@pytest.fixture
def county_desk(tmp_path: Path, empty_file: Path) -> Iterator[Desk]:
    """A county's desk, set up and empty."""
    opened = Database.open(shutil.copyfile(empty_file, tmp_path / "县级.db"))
    made = Desk(opened, operator="王科员", now=factory.Clock())
    made.set_up(factory.county_office())
    yield made
    opened.close()


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[factory.Filled, Story]:
    """A data file in which the story has been entered, and its records."""
    path, clock = tmp_path_factory.mktemp("事") / "资料.db", factory.Clock()
    with closing(Database.open(path)) as opened:
        desk = Desk(opened, operator="李文书", now=clock)
        desk.set_up(factory.office())
        records = live(desk)
    return factory.Filled(path, clock.moment), records


@pytest.fixture
def story(desk: Desk, lived: tuple[factory.Filled, Story]) -> Story:
    """The desk's office with something in every record that papers are printed from."""
    filled, records = lived
    filled.copy_to(desk)
    return records


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> factory.Filled:
    """A data file with the sample office."""
    path, clock = tmp_path_factory.mktemp("范例") / "资料.db", factory.Clock()
    with closing(Database.open(path)) as opened:
        fill_sample(Desk(opened, operator="李文书", now=clock), factory.SAMPLE)
    return factory.Filled(path, clock.moment)
