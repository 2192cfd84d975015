"""Run the benchmarks, all or those named, in full size: `python -m tests.benchmarks search`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.ratio import Missing, Ratio, table
from tests.benchmarks.registry import BENCHMARKS


def main(arguments: list[str] | None = None) -> str:
    """Run what is asked for; returns the table as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join(BENCHMARKS)}")
    parser.add_argument("--tiny", action="store_true", help="only see whether they work")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    ratios: list[Ratio] = []
    for name in options.names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                ratios += BENCHMARKS[name](Path(folder), is_tiny=options.tiny)
            except Missing as missing:
                print(f"{name}: left out, there is no {missing}", file=sys.stderr)  # noqa: T201
    return table(ratios)


if __name__ == "__main__":
    print(main())  # noqa: T201
