"""One more type of record: a file of the domain, a step of the schema, a line of the registry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WORKED = (
    "entered in the form",
    "shown in the list",
    "found by its words and by its teller's",
    "changed, with its history",
    "told on the page of all changes",
    "undone",
    "a file is attached",
    "followed its teller when people were merged",
    "removed, listed in the recycle bin and restored",
    "the data file is well",
)


def test_a_type_declared_in_three_places_has_everything_else(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.scenarios.one_more_type", str(tmp_path)],
        cwd=root,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tuple(done.stdout.splitlines()) == WORKED
