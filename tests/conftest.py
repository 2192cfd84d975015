"""What every test starts from."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from liaison_desk.services.desk import Desk
from liaison_desk.store.database import Database
from tests import factory

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


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new, empty data file."""
    opened = Database.open(tmp_path / "资料.db")
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database) -> Desk:
    """A township's desk, set up and empty, on a day that does not move."""
    made = Desk(database, operator="李文书", now=factory.Clock())
    made.set_up(factory.office())
    return made


@pytest.fixture
def county_desk(tmp_path: Path) -> Iterator[Desk]:
    """A county's desk, set up and empty."""
    opened = Database.open(tmp_path / "县级.db")
    made = Desk(opened, operator="王科员", now=factory.Clock())
    made.set_up(factory.county_office())
    yield made
    opened.close()
