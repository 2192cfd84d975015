"""Reads one file in a process of its own and says how much memory that took.

`python -m tests.services.importing.huge_files FILE` prints the sentence (or the number of rows),
the megabytes at most, and the seconds.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from liaison_desk.domain.errors import DeskError
from liaison_desk.services.importing import open_source


def main(path: Path) -> None:
    """Read a file and report."""
    before = _megabytes()
    started = time.perf_counter()
    try:
        said = f"{len(open_source(path).likely.rows)}行"
    except DeskError as error:
        said = str(error)
    seconds = time.perf_counter() - started
    sys.stdout.write(f"{said}\n{_megabytes() - before:.0f}\n{seconds:.1f}\n")


def _megabytes() -> float:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
