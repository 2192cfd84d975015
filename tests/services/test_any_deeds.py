"""Deeds of every kind, by chance, one after another: each can be undone and done again."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.desk import Desk
from liaison_desk.services.recycle_bin import RecycleBin
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from tests import factory
from tests.doings import DOINGS, Doings

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEDS = 60
SEEDS, LONG_SEEDS = 4, 60
BIN = "recycle bin"
State = dict[str, Any]


def state_of(desk: Desk) -> State:
    """Everything the clerk could see: living records, the recycle bin, the desk's own notes.

    But not what an import learned: which heading means which field stays known.
    """
    seen: State = {each.table: {e.id: e for e in desk.find(each)} for each in RECORD_TYPES}
    gone = RecycleBin(desk).contents(older_too=True)
    removed = [*(each.record for each in gone), *(p.record for each in gone for p in each.parts)]
    seen[BIN] = {each.id: with_values(each, {"removed_at": ""}) for each in removed}
    seen["settings"] = {
        row["name"]: row["value"]
        for row in desk.database.read("SELECT * FROM setting")
        if row["name"] not in {"clock", "import_mappings"}
    }
    return seen


def reopened(desk: Desk) -> Desk:
    """The desk after the program was closed and started again."""
    path = desk.database.path
    desk.database.close()
    return Desk(Database.open(path), operator="王文书", now=desk.now)


def walk(desk: Desk, seed: int) -> Iterator[tuple[str, str, list[str]]]:
    """Do, undo all, do all again, closing in between; whatever is not as it was then."""
    folder = desk.database.path.parent
    doings = Doings(desk, random.Random(seed), folder)
    names: list[str] = []
    states = [state_of(desk)]
    while len(names) < DEEDS:
        name = doings.one()
        if name:
            names.append(name)
            states.append(state_of(desk))
    assert faults(desk.database) == []
    desk = reopened(desk)
    for number in range(DEEDS - 1, -1, -1):
        desk.undo()
        yield "undo", names[number], _differing(states[number], state_of(desk))
    desk = reopened(desk)
    for number in range(DEEDS):
        desk.redo()
        yield "redo", names[number], _differing(states[number + 1], state_of(desk))
    assert faults(desk.database) == []
    desk.database.close()


def _differing(wanted: State, found: State) -> list[str]:
    """What is not as it was, table by table; what was undone lies in the recycle bin besides."""
    lost = [f"{BIN}: {each}" for each in dict(wanted[BIN].items() - found[BIN].items())]
    return lost + [
        f"{table}: {key}"
        for table in wanted.keys() - {BIN}
        for key in dict(wanted[table].items() ^ found[table].items())
    ]


def walked(seeds: range) -> None:
    """Walk through many offices."""
    for seed in seeds:
        with (
            TemporaryDirectory() as folder,
            closing(Database.open(Path(folder) / "资料.db")) as database,
        ):
            desk = Desk(database, operator="李文书", now=factory.Clock())
            desk.set_up(factory.office())
            for way, name, wrong in walk(desk, seed):
                assert wrong == [], f"{way} of {name} in office {seed}"


def test_undo_gives_every_state_back_and_redo_the_next_after_a_restart_too() -> None:
    walked(range(SEEDS))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_undo_and_redo_of_many_offices() -> None:
    walked(range(SEEDS, LONG_SEEDS))


def test_every_kind_of_deed_comes_up(tmp_path: Path) -> None:
    done: set[str] = set()
    for seed in range(8):
        with closing(Database.open(tmp_path / f"{seed}.db")) as database:
            desk = Desk(database, operator="李文书", now=factory.Clock())
            desk.set_up(factory.office())
            done |= set(Doings(desk, random.Random(seed), tmp_path).several(250))
        if done == set(DOINGS):
            break
    assert done == set(DOINGS)
