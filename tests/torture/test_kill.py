"""The program killed at any moment: whatever was told as done is there, and nothing is half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.torture.workloads import CRASH, REPORTS, WORKLOADS, wrongs

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ROUNDS = 108
MORE = 8
LONG_ROUNDS = 1000
ROUNDS_OF_ONE_FILE = 40

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")


class Killer:
    """Starts workers and kills them."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def kill_after(self, workload: str, folder: Path, seconds: float) -> None:
        """Let a worker run for so long; it must have died of nothing else."""
        assert self._server.stdin is not None
        self._server.stdin.write(f"{workload}\t{folder}\n")
        self._server.stdin.flush()
        worker = int(self._answer())
        time.sleep(seconds)
        with suppress(ProcessLookupError):  # it has died already; its status tells of what
            os.kill(worker, signal.SIGKILL)
        status = int(self._answer())
        crash = folder / CRASH
        assert status == signal.SIGKILL, crash.read_text(encoding="utf-8")

    def _answer(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline()


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    command = [sys.executable, "-m", "tests.torture.workloads"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield Killer(server)
        assert server.stdin is not None
        server.stdin.close()


def rounds_of(workload: str, *, total: int) -> range:
    """An equal share of all kills for each workload."""
    assert workload in WORKLOADS
    return range(-(-total // len(WORKLOADS)))


def torture(killer: Killer, workload: str, tmp_path: Path, total: int) -> int:
    """Kill and look, over and over on one growing file; how many deeds were told as done.

    Where none was, as on a busy PC, some more rounds let the worker live longer.
    """
    dice, told = random.Random(workload), 0
    rounds = len(rounds_of(workload, total=total))
    for number in range(rounds * MORE):
        if told and number >= rounds:
            break
        folder = tmp_path / f"{number // ROUNDS_OF_ONE_FILE}"
        folder.mkdir(exist_ok=True)
        longest = WORKLOADS[workload].longest * (1 + number // rounds)
        killer.kill_after(workload, folder, dice.uniform(0, longest))
        reports = folder / REPORTS
        told += len(reports.read_text(encoding="utf-8").splitlines()) if reports.exists() else 0
        assert wrongs(folder, workload) == [], f"round {number}"
    return told


@pytest.mark.parametrize("workload", WORKLOADS)
def test_what_was_done_before_the_kill_is_there_and_nothing_is_half(
    killer: Killer, workload: str, tmp_path: Path
) -> None:
    assert torture(killer, workload, tmp_path, ROUNDS) > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("workload", WORKLOADS)
def test_a_thousand_kills_do_no_more_harm(killer: Killer, workload: str, tmp_path: Path) -> None:
    assert torture(killer, workload, tmp_path, LONG_ROUNDS) > 0


def test_a_file_that_is_killed_while_it_is_made_opens(killer: Killer, tmp_path: Path) -> None:
    dice = random.Random(2026)
    for number in range(30):
        folder = tmp_path / str(number)
        folder.mkdir()
        killer.kill_after("save", folder, dice.uniform(0, 0.05))
        assert wrongs(folder, "save") == []
